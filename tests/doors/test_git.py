"""The door to git tells what git would tell, in step, within its limits, and leaves nothing running."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path

import pytest
from corpus import build
from forge import Forge
from hypothesis import given
from hypothesis import strategies as st

import colead
from colead.errors import ColeadError, LimitReached, RepositoryError
from colead.readers.git import Change, Door, Limits
from colead.readers.git import place as place_module
from colead.readers.git.shadow import Running

Snapshot = dict[str | bytes, bytes]
LETTERS = st.sampled_from([b"a", b"b", b"\n", b"\t", b" ", b":", b'"', b"\xff", b"-", b"\x1b"])
NAMES = st.lists(LETTERS, min_size=1, max_size=3).map(b"".join)
PATHS = st.tuples(st.sampled_from([b"", b"x/", b"x/y/", b"z/"]), NAMES).map(
    lambda two: two[0] + b"_" + two[1]
)
SNAPSHOTS = st.dictionaries(PATHS, st.sampled_from([b"", b"1\n", b"2\n", b"3\n"]), max_size=6)
HISTORIES = st.lists(st.tuples(SNAPSHOTS, st.lists(st.integers(0, 9), max_size=3)), min_size=1, max_size=8)


def shop(folder: Path, landings: int = 3) -> Forge:
    forge = Forge(folder / "shop")
    tip: list[str] = []
    for number in range(landings):
        files: Snapshot = {"cart.py": b"%d\n" % number, f"tax/{number % 7}.py": b"%d\n" % number}
        tip = [forge.commit(files, parents=tip, message=b"Change %d\n\nWhy.\n" % number)]
    return forge


def pairs_of(door: Door) -> list[tuple[str, str]]:
    return [(one.oid, one.parents[0] if one.parents else "") for one in door.commits(door.tip)]


@given(HISTORIES, st.booleans())
def test_any_history_is_told_as_it_was_made(
    told: list[tuple[dict[bytes, bytes], list[int]]], sha256: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        forge = Forge(Path(folder), sha256=sha256)
        oids: list[str] = []
        snapshots: dict[str, dict[bytes, bytes]] = {}
        for number, (files, bases) in enumerate(told):
            parents = list(dict.fromkeys(oids[base % len(oids)] for base in bases)) if oids else []
            oid = forge.commit(
                forge.files(files),
                parents=parents,
                message=b"%d\n" % number,
            )
            oids.append(oid)
            snapshots[oid] = files
        with Door.open(folder) as door:
            commits = list(door.commits(door.tip))
            place = {one.oid: number for number, one in enumerate(commits)}
            assert all(place[one.oid] < place[parent] for one in commits for parent in one.parents)
            for oid, changes in door.changes(pairs_of(door)):
                base = next(one.parents[0] if one.parents else "" for one in commits if one.oid == oid)
                agree(changes, snapshots.get(base, {}), snapshots[oid])
            tree = door.tree(door.tip)
            contents = dict(door.blobs(entry.oid for entry in tree))
            assert {entry.path: contents[entry.oid] for entry in tree} == snapshots[door.tip]
            assert door.count_files(door.tip) == len(tree)
            assert all(entry.size == len(contents[entry.oid] or b"") for entry in tree)


def agree(changes: list[Change], before: dict[bytes, bytes], after: dict[bytes, bytes]) -> None:
    """What was told of a commit against what was really in its snapshots."""
    renamed = [one for one in changes if one.status == "R"]
    assert all(before[one.old_path] == after[one.path] for one in renamed)
    added = {one.path for one in changes if one.status in "AR"}
    gone = {one.path for one in changes if one.status == "D"} | {one.old_path for one in renamed}
    assert added == after.keys() - before.keys()
    assert gone == before.keys() - after.keys()
    modified = {one.path for one in changes if one.status == "M"}
    assert modified == {path for path in before.keys() & after.keys() if before[path] != after[path]}
    assert all(one.old_path == b"" for one in changes if one.status != "R")


def test_the_tip_is_found_without_starting_anything(tmp_path: Path) -> None:
    forge = shop(tmp_path)
    program = (
        "import sys; from colead.readers.git import Door; door = Door.open(sys.argv[1]);"
        "print(door.tip, door.name, door.shallow, door.notes);"
        "print(sorted({'subprocess', 'tempfile', 'numpy', 'select'} & set(sys.modules)))"
    )
    environment = {"PATH": "", "PYTHONPATH": str(Path(colead.__file__).parent.parent)}
    command = [sys.executable, "-S", "-c", program, str(forge.folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    first, second = done.stdout.splitlines()
    assert first.split()[1] == "shop"
    assert second == "[]"


def test_names_and_folders(tmp_path: Path) -> None:
    forge = shop(tmp_path)
    bare = Forge(tmp_path / "checkout.git", bare=True)
    bare.commit({"a": b""})
    with Door.open(forge.folder) as door:
        assert (door.name, door.root, door.git_dir) == ("shop", forge.folder, forge.git_dir)
    with Door.open(forge.git_dir) as door:
        assert (door.name, door.root) == ("shop", forge.folder)
    with Door.open(str(bare.folder)) as door:
        assert (door.name, door.root, door.git_dir) == ("checkout", None, bare.folder)


def test_only_what_is_new(tmp_path: Path) -> None:
    forge = shop(tmp_path, landings=5)
    with Door.open(forge.folder) as door:
        everything = list(door.commits(door.tip))
        old = everything[2].oid
        assert list(door.commits(door.tip, old)) == everything[:2]
        assert list(door.commits(door.tip, door.tip)) == []
        assert door.is_ancestor(old, door.tip)
        assert not door.is_ancestor(door.tip, old)
        assert not door.is_ancestor("1" * 40, door.tip)
        assert everything[0].message == "Change 4\n\nWhy."
        assert (everything[0].author, everything[0].email) == ("Emil", "emil@shop.example")


def test_long_conversations_stay_in_step(tmp_path: Path) -> None:
    forge = shop(tmp_path, landings=400)
    with Door.open(forge.folder) as door:
        pairs = pairs_of(door)
        whole = dict(door.changes(pairs))
        assert list(whole) == [oid for oid, _ in pairs]
        assert all(changes for changes in whole.values())
        reached = 0

        def lazily() -> Iterator[tuple[str, str]]:
            nonlocal reached
            for pair in pairs:
                reached += 1
                yield pair

        oids = [entry.oid for entry in door.tree(door.tip)]
        together = zip(door.changes(lazily()), door.blobs(oids * 60), door.commits(door.tip), strict=False)
        for (oid, changes), (_, content), commit in islice(together, 50):
            assert whole[oid] == changes and content is not None and commit.oid == oid
        assert reached < 200  # windows, not the whole at once
        assert not list(door.changes([]))
        assert not list(door.blobs([]))


def test_unknown_commits_and_other_objects_are_passed_by(tmp_path: Path) -> None:
    forge = shop(tmp_path)
    blob = forge.blob(b"0\n")
    with Door.open(forge.folder) as door:
        first, second, third = pairs_of(door)
        asked = [first, ("1" * 40, ""), (second[0], "2" * 40), (blob, ""), third, ("3" * 40, "")]
        told = list(door.changes(asked))
        assert [oid for oid, _ in told] == [oid for oid, _ in asked]
        assert [bool(changes) for _, changes in told] == [True, False, False, False, True, False]
        assert len(door.notes) == 4
        given_back = dict(door.blobs([blob, "4" * 40, door.tip]))
        assert given_back == {blob: b"0\n", "4" * 40: None, door.tip: None}
        assert dict(door.blobs([blob], largest=1)) == {blob: None}
        with pytest.raises(RepositoryError) as caught:
            door.tree("5" * 40)
        assert caught.value.code == "E27"
        with pytest.raises(RepositoryError):
            list(door.commits("5" * 40))


def test_many_damaged_commits_count_as_a_damaged_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colead.readers.git.differences.CULPRITS", 5)
    forge = shop(tmp_path, landings=20)
    with Door.open(forge.folder) as door:
        pairs = [(oid, "2" * 40) for oid, _ in pairs_of(door)]
        with pytest.raises(RepositoryError) as caught:
            list(door.changes(pairs))
    assert caught.value.code == "E27"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Running]:
    """Every process that is started meanwhile."""
    found: list[Running] = []
    restrain = Running._restrain

    def noticed(self: Running) -> None:
        found.append(self)
        restrain(self)

    monkeypatch.setattr(Running, "_restrain", noticed)
    return found


def test_whatever_is_left_early_is_ended(
    tmp_path: Path, started: list[Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    forge = shop(tmp_path, landings=300)
    with Door.open(forge.folder) as door:
        pairs = pairs_of(door)
        commits, changes = door.commits(door.tip), door.changes(pairs)
        blobs = door.blobs(entry.oid for entry in door.tree(door.tip))
        for told in (commits, changes, blobs):
            next(iter(told))
            assert isinstance(told, Generator)
            told.close()  # as Ctrl-C does
        (shadow,) = private.iterdir()
        assert shadow.stat().st_mode & 0o777 == 0o700
    assert len(started) >= 5
    assert all(one.finished() for one in started)
    assert not list(private.iterdir())


def test_what_a_killed_process_left_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = shop(tmp_path)
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    program = (
        "import os, signal, sys; from colead.readers.git import Door; door = Door.open(sys.argv[1]);"
        "door.count_files(door.tip); os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(colead.__file__).parent.parent),
        "TMPDIR": str(private),
    }
    command = [sys.executable, "-c", program, str(forge.folder)]
    subprocess.run(command, env=environment, check=False, timeout=60)
    (left,) = private.iterdir()
    (private / "colead-shadow-of-others").symlink_to(forge.folder)
    with Door.open(forge.folder) as first, Door.open(forge.folder) as second:
        assert first.count_files(first.tip) == second.count_files(second.tip) == 2
        assert first.count_files(first.tip) == 2
        assert not left.exists()
        assert len(list(private.iterdir())) == 3  # both are in use, and the link is nobody's
    assert forge.git_dir.exists()


def test_an_interrupted_conversation_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forge = shop(tmp_path)
    with Door.open(forge.folder) as door:
        count = door.count_files(door.tip)

        def interrupted(self: Running) -> bytes:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(Running, "chunk", interrupted)
            with pytest.raises(KeyboardInterrupt):
                list(door.blobs([forge.blob(b"2\n")]))
        assert dict(door.blobs([forge.blob(b"2\n")])) == {forge.blob(b"2\n"): b"2\n"}
        assert door.count_files(door.tip) == count


LIMITS = {
    "E30": Limits(files=1),
    "E32": Limits(seconds=0),
    "E33": Limits(output=50),
}


@pytest.mark.parametrize("code", LIMITS)
def test_limits_hold(code: str, tmp_path: Path, started: list[Running]) -> None:
    forge = shop(tmp_path)
    with Door.open(forge.folder, LIMITS[code]) as door, pytest.raises(LimitReached) as caught:
        list(door.commits(door.tip))
        door.tree(door.tip)
    assert caught.value.code == code
    assert all(one.finished() for one in started)


def test_a_process_may_not_take_more_memory_than_it_is_given(tmp_path: Path) -> None:
    where = build("tree-bomb-in-the-past", tmp_path)
    with Door.open(where, Limits(memory=64 << 20)) as door, pytest.raises(LimitReached) as caught:
        list(door.changes(pairs_of(door)))
    assert caught.value.code == "E31"


def test_a_landing_that_changes_too_many_files_is_passed_by(tmp_path: Path) -> None:
    forge = Forge(tmp_path)
    first = forge.commit({"a": b""})
    large = forge.commit({str(number): b"" for number in range(50)}, parents=[first])
    forge.commit({str(number): b"" for number in range(40, 50)}, parents=[large])
    with Door.open(tmp_path, Limits(files=20)) as door:
        told = dict(door.changes(pairs_of(door)))
        assert (told[large], told[door.tip], len(told[first])) == ([], [], 1)
        assert len(door.notes) == 2


def refused(where: Path) -> str:
    with pytest.raises(ColeadError) as caught, Door.open(where) as door:
        list(door.commits(door.tip))
    assert caught.value.what and caught.value.why and caught.value.hint
    return caught.value.code


@pytest.mark.parametrize("told", ["git version 2.20.1", "git version 2.29.9", "command not found", ""])
def test_an_old_or_broken_git_is_named(told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forge = shop(tmp_path)
    (tmp_path / "git").write_text(f"#!/bin/sh\necho '{told}'\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(forge.folder) == "E28"


def test_a_git_that_does_not_start_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forge = shop(tmp_path)
    (tmp_path / "git").write_bytes(b"\0no program")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(forge.folder) == "E28"


def test_git_is_never_taken_from_the_folder_that_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = shop(tmp_path)
    (forge.folder / "git").write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\necho git version 2.40\n")
    (forge.folder / "git").chmod(0o755)
    monkeypatch.chdir(forge.folder)
    monkeypatch.setenv("PATH", ".::bin")
    assert refused(forge.folder) == "E28"
    assert not (tmp_path / "ran").exists()


def test_without_a_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forge = shop(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert refused(forge.folder) == "E36"


def test_files_of_git_that_are_far_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forge = shop(tmp_path)
    (forge.git_dir / "packed-refs").write_text("x" * 100)
    (forge.git_dir / "HEAD").write_text("ref: refs/heads/other\n")
    monkeypatch.setattr(place_module, "LARGE", 50)
    assert refused(forge.folder) == "E35"


def test_a_repository_of_somebody_else_is_read(tmp_path: Path) -> None:
    forge = shop(tmp_path)
    if os.geteuid() == 0:  # anybody else cannot give files away
        for path in (forge.folder, *forge.folder.rglob("*")):
            os.chown(path, 12_345, 12_345)
    with Door.open(forge.folder) as door:
        assert len(list(door.commits(door.tip))) == 3


def test_a_door_can_be_closed_twice_and_asked_again(tmp_path: Path) -> None:
    forge = shop(tmp_path)
    door = Door.open(forge.folder)
    assert door.count_files(door.tip) == 2
    door.close()
    door.close()
    assert door.count_files(door.tip) == 2
    door.close()
