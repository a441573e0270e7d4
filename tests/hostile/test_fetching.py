"""Fetching what means harm: unsound objects, too many of them, hosts that never end, kills in the middle."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from smart import git, host, land, repository

from colead.errors import ColeadError
from colead.readers.git import Door
from colead.readers.git.address import address
from colead.readers.git.fetching import Access, Bounds, Fetching, size_of
from colead.readers.reach import Reach

OWN = Reach(("127.0.0.1",))
CANARY = "cld-canary-51c0e"
SCRIPT = """
import sys
from pathlib import Path
from colead.readers.git.address import address
from colead.readers.git.fetching import Access, Bounds, Fetching
from colead.readers.reach import Reach
where, clone, trusted = sys.argv[1:]
access = Access(authorities=trusted)
with Fetching(address(where), Path(clone), Reach(("127.0.0.1",)), access, Bounds(free=0)) as door:
    print(door.fetch(lambda *_: None))
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Any]:
    """A host with one repository."""
    repository(tmp_path / "root" / "shop")
    with host(tmp_path / "root", tmp_path) as told:
        told.folder, told.clone = tmp_path / "root" / "shop", tmp_path / "clones" / "shop.git"
        told.address = f"https://127.0.0.1:{told.port}/shop"
        yield told


def fetched(told: Any, progress: Any = lambda *_: None, **more: Any) -> str:
    """The tip after a fetch, or the code with which it failed."""
    access, bounds = Access(token=CANARY, authorities=told.authorities), Bounds(**{"free": 0, **more})
    try:
        with Fetching(address(told.address), told.clone, OWN, access, bounds) as door:
            return door.fetch(progress)
    except ColeadError as error:
        assert CANARY not in f"{error.what}{error.why}{error.hint}"
        return error.code


def tip(told: Any) -> str:
    """Where the clone stands."""
    with Door.open(told.clone) as door:
        return door.tip


def unsound(folder: Path, tree: bytes) -> None:
    """A commit whose folder is `tree`, as the newest of the main line."""
    made = git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=tree)
    commit = git(folder, "commit-tree", made, "-p", "main", "-m", "odd")
    git(folder, "update-ref", "refs/heads/main", commit)


@pytest.mark.parametrize("name", ["..", ".git", ".GIT", ".", "a/b", ".git\u200c"])
def test_what_fails_gits_checks_is_not_taken(name: str, shop: Any) -> None:
    before = fetched(shop)
    blob = bytes.fromhex(git(shop.folder, "rev-parse", "HEAD:file0.txt"))
    unsound(shop.folder, b"100644 " + name.encode() + b"\0" + blob)
    assert fetched(shop) == "E75" and tip(shop) == before
    git(shop.folder, "reset", "-q", "--hard", "HEAD~1")
    assert fetched(shop) == land(shop.folder, "later.txt") or fetched(shop) == tip(shop) != before


def test_names_that_are_allowed_start_nothing(shop: Any) -> None:
    (shop.folder / ".gitmodules").write_text('[submodule "x"]\n\tpath = x\n\turl = -u./payload\n')
    assert fetched(shop) != "" and land(shop.folder, "x.txt")
    assert fetched(shop) == "E75"


def test_a_large_history_is_stopped_at_the_limit(shop: Any) -> None:
    before = fetched(shop)
    (shop.folder / "large").write_bytes(random.Random(1).randbytes(6 << 20))
    land(shop.folder, "large.txt")
    assert fetched(shop, size=2 << 20) == "E74" and tip(shop) == before
    assert fetched(shop) == git(shop.folder, "rev-parse", "HEAD")
    assert size_of(shop.clone) < 8 << 20, "nothing of the stopped fetch is left"


def test_a_bomb_is_fetched_small_and_refused_when_it_is_read(shop: Any) -> None:
    blob = bytes.fromhex(git(shop.folder, "rev-parse", "HEAD:file0.txt"))
    mode, held = b"100644", blob
    for _ in range(10):
        tree = b"".join(mode + b" f%d\0" % number + held for number in range(10))
        made = git(shop.folder, "hash-object", "-t", "tree", "-w", "--stdin", given=tree)
        mode, held = b"40000", bytes.fromhex(made)
    git(shop.folder, "update-ref", "refs/heads/main", git(shop.folder, "commit-tree", made, "-m", "many"))
    started = time.monotonic()
    newest = fetched(shop)
    assert len(newest) == 40 and size_of(shop.clone) < 1 << 20 and time.monotonic() - started < 10
    with Door.open(shop.clone) as door, pytest.raises(ColeadError) as told:
        door.tree(newest)
    assert told.value.code == "E30"


def test_a_host_that_never_ends_is_left(tmp_path: Path) -> None:
    def answer(asked: Any) -> bool:
        asked.send_response(200)
        asked.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
        asked.end_headers()
        for _ in range(300):
            asked.wfile.write(b"001e# service=git-upload-pack\n0000"[:1])
            asked.wfile.flush()
            time.sleep(0.1)
        return True

    with host(tmp_path, tmp_path, answer=answer) as told:
        told.address, told.clone = f"https://127.0.0.1:{told.port}/x", tmp_path / "clones" / "x.git"
        started = time.monotonic()
        assert fetched(told, seconds=1.5) == "E72"
        assert time.monotonic() - started < 8


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 502])
def test_what_a_host_says_is_not_repeated(status: int, tmp_path: Path) -> None:
    """A host sends back what it was sent, in every place that git prints."""

    def answer(asked: Any) -> bool:
        sent = asked.headers.get("Authorization", "").encode() + CANARY.encode()
        asked.send_response(status, CANARY)
        asked.send_header("Content-Type", "text/plain")
        asked.send_header("Content-Length", str(len(sent)))
        asked.end_headers()
        asked.wfile.write(sent)
        return True

    with host(tmp_path, tmp_path, answer=answer) as told:
        told.address, told.clone = f"https://127.0.0.1:{told.port}/x", tmp_path / "clones" / "x.git"
        assert fetched(told) == ("E73" if status in (401, 403, 404) else "E72")


def test_stopping_leaves_no_process_and_what_was_there(shop: Any) -> None:
    before = fetched(shop)
    land(shop.folder, "later.txt")

    def stop(done: int, total: int, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetched(shop, stop)
    assert tip(shop) == before and not started_for(shop.address)


def started_for(address: str) -> list[str]:
    """The processes whose words name this address."""
    told = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in told.splitlines() if address in line and str(os.getpid()) not in line.split()]


def test_the_token_stands_in_no_process(shop: Any) -> None:
    seen: list[str] = []

    def look(done: int, total: int, what: str) -> None:
        for place in Path("/proc").glob("[0-9]*"):
            for name in ("cmdline", "environ"):
                try:
                    seen.append((place / name).read_bytes().decode("utf-8", "replace"))
                except OSError:
                    continue

    assert len(fetched(shop, look)) == 40
    assert any(shop.address in one for one in seen)
    assert not [one for one in seen if CANARY in one]


def test_killed_at_any_moment_and_again(shop: Any) -> None:
    """Each kill leaves the old clone readable; the next fetch that may end brings everything."""
    before, chance = fetched(shop), random.Random(7)
    for number in range(8):
        (shop.folder / f"bytes{number}").write_bytes(chance.randbytes(400_000))
        land(shop.folder, f"more{number}.txt")
        words = [sys.executable, "-c", SCRIPT, shop.address, str(shop.clone), shop.authorities]
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 1.2))
        running.send_signal(signal.SIGKILL)
        running.wait()
        known = git(shop.folder, "rev-list", "main").splitlines()
        assert tip(shop) in known[: known.index(before) + 1]
        before = tip(shop)
    for _ in range(50):
        if (newest := fetched(shop)) != "E77":  # what was killed may still hold on for a moment
            break
        time.sleep(0.1)
    assert newest == git(shop.folder, "rev-parse", "HEAD")
    git(shop.clone, "-c", "safe.directory=*", "fsck", "--strict")
    assert not [*shop.clone.rglob("tmp_*"), *shop.clone.rglob("*.lock")]
