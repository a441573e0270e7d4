"""The store: what was read bit by bit equals what is read at once, and no accident breaks it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from grown import Grown, Stream, git, long_repository, random_repository

from colead.errors import StoreError
from colead.history import History, Kind
from colead.readers.git import Door
from colead.store import Store, Updated
from colead.store.schema import APPLICATION, VERSION

FULL = os.environ.get("COLEAD_DOSE") == "full"
SEEDS = range(200 if FULL else 12)


def told(past: History) -> object:
    """Everything that a history says, with files named by the order in which they appear."""
    number: dict[int, int] = {}
    rows = [
        (past.landings[landing].oid, number.setdefault(file, len(number)), past.paths[file], status)
        for landing, file, status in zip(
            past.change_landing.tolist(), past.change_file.tolist(), past.change_status.tolist(), strict=True
        )
    ]
    return past.landings, rows, past.tip, past.coverage, Counter(past.paths)


def read(where: Path, cache: Path | None) -> tuple[Updated, History]:
    with Door.open(where) as door, Store.open(door, cache) as store:
        return store.update(door), store.history()


def messages(where: Path, cache: Path | None) -> list[tuple[str, str, str]]:
    with Door.open(where) as door, Store.open(door, cache) as store:
        store.update(door)
        return list(store.messages())


@pytest.fixture
def shop(tmp_path: Path) -> Grown:
    stream = Stream()
    start = stream.commit([], {"src/cart.py": "cart", "docs/guide.md": "guide"}, "start")
    work = stream.commit([start], {"src/cart.py": "cart, note", "docs/guide.md": "guide"}, "work")
    tree = {"src/basket.py": "cart, note", "docs/guide.md": "guide"}
    merged = stream.commit(
        [start, work], stream.trees[work], "Merge pull request #1 from ann/gift-notes\n\nAdd gift notes"
    )
    moved = stream.commit([merged], tree, "Call it basket (#2)")
    stream.commit([moved], {**tree, "src/basket.py": "fixed"}, "fix: keep the note\n\nCloses #9")
    grown = stream.build(tmp_path / "shop.git")
    grown.stand_on(-1)
    return grown


def test_landings_with_their_changes(shop: Grown, tmp_path: Path) -> None:
    updated, past = read(shop.where, tmp_path / "cache")
    assert updated == Updated(commits=5, landings=4, vanished=0, total=4)
    assert "5 new commits" in updated.sentence
    assert [(one.title, one.pull, one.fix, one.files) for one in past.landings] == [
        ("start", None, False, 2),
        ("Add gift notes", 1, False, 1),
        ("Call it basket", 2, False, 1),
        ("fix: keep the note", None, True, 1),
    ]
    assert past.landings[1].base == past.landings[0].oid
    assert past.landings[1].efforts == ("gift-notes",)
    assert past.landings[3].efforts == ("#9",)
    assert past.tip == shop.hashes[-1]
    rows = [
        (past.paths[file], chr(status))
        for file, status in zip(past.change_file, past.change_status, strict=True)
    ]
    assert rows == [
        ("docs/guide.md", "A"),
        ("src/basket.py", "A"),
        ("src/basket.py", "M"),
        ("src/basket.py", "R"),
        ("src/basket.py", "M"),
    ]


def test_nothing_new_reads_nothing(shop: Grown, tmp_path: Path) -> None:
    read(shop.where, tmp_path)
    with Door.open(shop.where) as door, Store.open(door, tmp_path) as store:
        updated = store.update(door)
    assert updated == Updated(total=4)
    assert updated.sentence == "nothing new, 4 landings"


def test_messages_for_those_who_search_them(shop: Grown, tmp_path: Path) -> None:
    said = messages(shop.where, tmp_path)
    assert [(title, body) for _, title, body in said] == [
        ("start", ""),
        ("Add gift notes", "work"),
        ("Call it basket", ""),
        ("fix: keep the note", "Closes #9"),
    ]


def test_no_op_needs_nothing_heavy(shop: Grown, tmp_path: Path) -> None:
    read(shop.where, tmp_path)
    program = """
import sys
from pathlib import Path
from colead.readers.git import Door
from colead.store import Store
with Door.open(sys.argv[1]) as door, Store.open(door, Path(sys.argv[2])) as store:
    store.update(door)
heavy = {"numpy", "yaml", "colead.history", "colead.codebase", "tree_sitter"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", program, str(shop.where), str(tmp_path)], check=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_bit_by_bit_equals_at_once(seed: int, tmp_path: Path) -> None:
    grown = random_repository(seed, tmp_path / "r.git")
    for stop in (5, 11, 12, 25, len(grown.hashes) - 1):
        grown.stand_on(stop)
        updated, past = read(grown.where, tmp_path / "bit")
        at_once, anew = read(grown.where, None)
        assert told(past) == told(anew)
        assert updated.total == at_once.total == len(anew.landings)
        assert messages(grown.where, tmp_path / "bit") == messages(grown.where, None)


@pytest.mark.parametrize("seed", SEEDS)
def test_rewinds_and_rewrites_end_as_if_read_at_once(seed: int, tmp_path: Path) -> None:
    grown = random_repository(seed + 1000, tmp_path / "r.git")
    for stop in (30, 8, 33, 20, 39, 0, 39):
        grown.stand_on(min(stop, len(grown.hashes) - 1))
        _, past = read(grown.where, tmp_path / "bit")
        assert told(past) == told(read(grown.where, None)[1])


def test_a_store_keeps_nothing_of_what_vanished(shop: Grown, tmp_path: Path) -> None:
    read(shop.where, tmp_path)
    shop.stand_on(1)
    with Door.open(shop.where) as door, Store.open(door, tmp_path) as store:
        assert store.update(door) == Updated(commits=0, landings=1, vanished=3, total=2)
        counts = {
            name: len(store.db.execute(f"SELECT 1 FROM {name}").fetchall())  # noqa: S608 - four names above
            for name in ("commits", "messages", "changes", "landings")
        }
    assert counts == {"commits": 2, "messages": 2, "changes": 2, "landings": 2}


def test_a_tip_that_was_thrown_away_is_forgotten(shop: Grown, tmp_path: Path) -> None:
    read(shop.where, tmp_path)
    shop.stand_on(1)
    git(shop.where, "update-ref", "-d", "refs/heads/grown")
    git(shop.where, "reflog", "expire", "--expire=now", "--all")
    git(shop.where, "gc", "-q", "--prune=now")
    _, past = read(shop.where, tmp_path)
    assert [one.title for one in past.landings] == ["start", "work"]


def test_a_shallow_clone_and_its_deepening(tmp_path: Path) -> None:
    grown = random_repository(7, tmp_path / "r.git")
    grown.stand_on(-1)
    near = tmp_path / "near"
    git(tmp_path, "clone", "-q", "--depth", "3", f"file://{grown.where}", str(near))
    _, past = read(near, tmp_path / "cache")
    assert past.coverage.startswith("shallow")
    assert 0 < len(past.landings) < len(read(grown.where, None)[1].landings)
    git(near, "fetch", "-q", "--depth", "6")
    assert told(read(near, tmp_path / "cache")[1]) == told(read(near, None)[1])
    git(near, "fetch", "-q", "--unshallow")
    _, whole = read(near, tmp_path / "cache")
    assert whole.coverage == ""
    assert told(whole) == told(read(grown.where, None)[1])


def test_carriers_have_no_changes_and_a_number(tmp_path: Path) -> None:
    stream = Stream()
    start = stream.commit([], {"a.py": "a"}, "start")
    one = stream.commit([start], {"a.py": "b"}, "Add notes (#1)")
    stream.commit([start, one], {"a.py": "b"}, "Merge pull request #2 from shop/develop\n\nWeek 3")
    grown = stream.build(tmp_path / "r.git")
    grown.stand_on(-1)
    _, past = read(grown.where, tmp_path / "cache")
    assert [(one.kind, one.pull, one.files) for one in past.landings] == [
        (Kind.PERSON, None, 1),
        (Kind.PERSON, 1, 1),
        (Kind.CARRIER, 2, 0),
    ]
    assert [title for _, title, _ in messages(grown.where, tmp_path / "cache")] == ["start", "Add notes"]


def test_odd_names_and_texts_survive(tmp_path: Path) -> None:
    where = tmp_path / "odd.git"
    where.mkdir()
    git(where, "init", "-q", "--bare", "-b", "main")
    stream = (
        b"commit refs/heads/main\nmark :1\ncommitter \xff <x> 1700000000 +0000\ndata 8\nn\xf6te \xff\n\n"
        b'M 100644 inline "tab\\tnew\\nline\\377.py"\ndata 1\na\n'
    )
    git(where, "fast-import", "--quiet", given=stream)
    _, past = read(where, tmp_path / "cache")
    assert past.landings[0].title.encode("utf-8", "surrogateescape") == b"n\xf6te \xff"
    assert past.paths[0].encode("utf-8", "surrogateescape") == b"tab\tnew\nline\xff.py"


def test_in_memory_for_those_who_may_not_write(shop: Grown, tmp_path: Path) -> None:
    with Door.open(shop.where) as door, Store.open(door, None) as store:
        assert store.file is None
        assert store.update(door).total == 4
        assert len(store.history().landings) == 4
    assert list(tmp_path.glob("*.sqlite")) == []


def place(shop: Grown, cache: Path) -> Path:
    with Door.open(shop.where) as door, Store.open(door, cache) as store:
        assert store.file is not None
        return store.file


def test_the_file_is_named_after_the_repository(shop: Grown, tmp_path: Path) -> None:
    file = place(shop, tmp_path / "deep" / "cache")
    assert file.name.startswith("shop-")
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_newer_store_is_left_alone(shop: Grown, tmp_path: Path) -> None:
    file = place(shop, tmp_path)
    with sqlite3.connect(file) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    before = file.read_bytes()
    with pytest.raises(StoreError) as error:
        place(shop, tmp_path)
    assert error.value.code == "E40"
    assert error.value.why
    assert error.value.hint
    assert file.read_bytes() == before


def test_an_older_store_is_built_anew(shop: Grown, tmp_path: Path) -> None:
    read(shop.where, tmp_path)
    with sqlite3.connect(place(shop, tmp_path)) as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("CREATE TABLE of_yesterday (x)")
    db.close()
    updated, past = read(shop.where, tmp_path)
    assert updated.commits == 5
    assert told(past) == told(read(shop.where, None)[1])


@pytest.mark.parametrize("damage", ["text", "zeros", "cut", "middle"])
def test_a_damaged_store_is_set_aside_and_read_anew(shop: Grown, tmp_path: Path, damage: str) -> None:
    read(shop.where, tmp_path)
    file = place(shop, tmp_path)
    whole = file.read_bytes()
    broken = {
        "text": b"not a database at all, though long enough to be one " * 90,
        "zeros": bytes(len(whole)),
        "cut": whole[: len(whole) // 3],
        "middle": whole[:4096] + b"\xa5" * (len(whole) - 4096),
    }
    file.write_bytes(broken[damage])
    with Door.open(shop.where) as door, Store.open(door, tmp_path) as store:
        store.update(door)
        past = store.history()
        notes = store.notes
    assert told(past) == told(read(shop.where, None)[1])
    assert damage == "zeros" or file.with_suffix(".aside").read_bytes() == broken[damage]
    assert damage == "zeros" or any("read anew" in note for note in notes)


def test_damage_that_another_part_meets_is_told_and_gone_at_the_next_run(shop: Grown, tmp_path: Path) -> None:
    read(shop.where, tmp_path)
    file = place(shop, tmp_path)
    whole = file.read_bytes()
    with (
        pytest.raises(StoreError) as error,
        Door.open(shop.where) as door,
        Store.open(door, tmp_path) as store,
    ):
        file.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
        store.db.execute("SELECT * FROM blob_facts").fetchall()
    assert error.value.code == "E44"
    assert "again" in error.value.hint
    assert told(read(shop.where, tmp_path)[1]) == told(read(shop.where, None)[1])


def test_a_wrong_statement_is_told_in_words(shop: Grown, tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError) as error,
        Door.open(shop.where) as door,
        Store.open(door, tmp_path) as store,
    ):
        store.db.execute("SELECT nothing FROM nowhere")
    assert error.value.code == "E44"


def test_what_another_check_repaired_is_left_alone(shop: Grown, tmp_path: Path) -> None:
    read(shop.where, tmp_path)
    file = place(shop, tmp_path)
    with Door.open(shop.where) as door, Store.open(door, tmp_path) as store:
        store._set_aside("was damaged")
        assert store.notes == ()
    assert file.exists()
    assert not file.with_suffix(".aside").exists()


def test_a_database_of_somebody_else_is_set_aside(shop: Grown, tmp_path: Path) -> None:
    file = place(shop, tmp_path)
    file.unlink()
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE theirs (x)")
        db.execute("INSERT INTO theirs VALUES (7)")
    db.close()
    with Door.open(shop.where) as door, Store.open(door, tmp_path) as store:
        assert store.update(door).total == 4
        assert "not made by Colead" in store.notes[0]
        assert store.db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    with sqlite3.connect(file.with_suffix(".aside")) as db:
        assert db.execute("SELECT x FROM theirs").fetchone() == (7,)
    db.close()


def test_a_folder_that_cannot_be_made(shop: Grown, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError) as error:
        place(shop, tmp_path / "file" / "cache")
    assert error.value.code == "E41"
    assert "--cache" in error.value.hint


def test_a_file_that_cannot_be_opened(shop: Grown, tmp_path: Path) -> None:
    file = place(shop, tmp_path)
    for one in tmp_path.glob("*.sqlite*"):
        one.unlink()
    file.mkdir()
    with pytest.raises(StoreError) as error:
        place(shop, tmp_path)
    assert error.value.code == "E41"


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    grown = long_repository(tmp_path / "long.git", 60)
    grown.stand_on(0)
    before = read(grown.where, tmp_path)[1]
    grown.stand_on(-1)
    with Door.open(grown.where) as door, Store.open(door, tmp_path) as store:
        pages = store.db.execute("PRAGMA page_count").fetchone()[0]
        store.db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError) as error:
            store.update(door)
        assert error.value.code == "E42"
        assert told(store.history()) == told(before)


def test_the_second_check_waits_for_the_first(shop: Grown, tmp_path: Path) -> None:
    file = place(shop, tmp_path)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said: list[str] = []

    def waiting(done: int, total: int, what: str) -> None:
        said.append(what)
        if other.in_transaction:
            other.rollback()

    with Door.open(shop.where) as door, Store.open(door, tmp_path) as store:
        assert store.update(door, waiting).total == 4
    other.close()
    assert "waiting for another check of this repository" in said


def test_a_check_that_never_ends_is_not_waited_for_for_ever(shop: Grown, tmp_path: Path) -> None:
    other = sqlite3.connect(place(shop, tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Door.open(shop.where) as door, Store.open(door, tmp_path, patience=0.1) as store:
        with pytest.raises(StoreError) as error:
            store.update(door)
        assert error.value.code == "E43"
    other.close()


def test_many_checks_at_once_all_end_right(tmp_path: Path) -> None:
    grown = long_repository(tmp_path / "r.git", 500)
    grown.stand_on(-1)
    expected = told(read(grown.where, None)[1])
    found: list[object] = []

    def check() -> None:
        found.append(told(read(grown.where, tmp_path / "cache")[1]))

    threads = [threading.Thread(target=check) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [expected] * 6


UPDATE = """
import sys
from pathlib import Path
from colead.readers.git import Door
from colead.store import Store
with Door.open(sys.argv[1]) as door, Store.open(door, Path(sys.argv[2])) as store:
    print("open", flush=True)
    store.update(door)
"""


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.1, 0.2, 0.3] if not FULL else [n / 100 for n in range(60)])
def test_killed_at_any_moment_the_store_is_whole(moment: float, tmp_path: Path) -> None:
    grown = long_repository(tmp_path / "r.git", 1500)
    grown.stand_on(100)
    read(grown.where, tmp_path / "cache")
    grown.stand_on(-1)
    program = [sys.executable, "-c", UPDATE, str(grown.where), str(tmp_path / "cache")]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(moment)
        running.send_signal(signal.SIGKILL)
    _, past = read(grown.where, tmp_path / "cache")
    assert told(past) == told(read(grown.where, None)[1])


def test_progress_is_told_now_and_then(tmp_path: Path) -> None:
    grown = long_repository(tmp_path / "r.git", 1500)
    grown.stand_on(-1)
    calls: list[float] = []
    with Door.open(grown.where) as door, Store.open(door, None) as store:
        began = time.monotonic()
        store.update(door, lambda done, total, what: calls.append(time.monotonic()))
        took = time.monotonic() - began
    assert len(calls) <= 10 * took + 1


def test_an_interrupted_update_is_undone(shop: Grown, tmp_path: Path) -> None:
    with Door.open(shop.where) as door, Store.open(door, tmp_path) as store:
        with pytest.raises(KeyboardInterrupt), store.writing() as db:
            db.execute("INSERT INTO facts VALUES ('state', 'half')")
            raise KeyboardInterrupt
        assert store.update(door).total == 4
