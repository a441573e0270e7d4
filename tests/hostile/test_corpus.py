"""Every repository of the hostile corpus is read, or refused with an error that a person can act on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from corpus import BOMBS, CASES, REFUSED, build
from everything import read

import colead
from colead.errors import ColeadError
from colead.readers.git import Door


@pytest.mark.parametrize("name", [case for case in CASES if case not in BOMBS])
def test_a_hostile_repository_is_read_or_refused(name: str, tmp_path: Path) -> None:
    where = build(name, tmp_path)
    if name in REFUSED:
        with pytest.raises(ColeadError) as caught:
            read(where)
        told = caught.value
        assert told.code == REFUSED[name]
        assert told.what and told.why and told.hint
        assert (told.what + told.why + told.hint).isprintable()
    else:
        found = read(where)
        assert found.commits[0].oid == found.tip
        assert found.count >= len(found.tree)


@pytest.mark.parametrize(
    ("name", "code"), [("tree-bomb", "E30"), ("tree-bomb-in-the-past", "E31"), ("blob-bomb", "")]
)
def test_a_bomb_takes_at_most_ten_seconds_and_a_gigabyte(name: str, code: str, tmp_path: Path) -> None:
    where = build(name, tmp_path)
    paths = [str(Path(colead.__file__).parent.parent), str(Path(__file__).parent)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, str(Path(__file__).with_name("everything.py")), str(where)]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=120)
    taken = json.loads(done.stdout)
    assert taken["code"] == code
    assert taken["processor"] <= 10
    assert taken["megabytes"] <= 1024


def test_a_bomb_is_counted_to_the_last_file(tmp_path: Path) -> None:
    with Door.open(build("tree-bomb", tmp_path)) as door:
        assert door.count_files(door.tip) == 10**10


def test_a_large_blob_is_left_where_it_is(tmp_path: Path) -> None:
    with Door.open(build("blob-bomb", tmp_path)) as door:
        sizes = {entry.path: entry.size for entry in door.tree(door.tip)}
        contents = dict(door.blobs([entry.oid for entry in door.tree(door.tip)]))
    assert sizes == {b"a": 1, b"big.txt": 300 << 20}
    assert sorted(contents.values(), key=str) == [None, b"x"]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    for name in ("criss-cross", "missing-commit", "damaged-tree", "lying-blob", "tree-bomb"):
        where = build(name, tmp_path)
        before = sorted(where.rglob("*"))
        with suppress(ColeadError):
            read(where)
        assert sorted(where.rglob("*")) == before
        assert not list(private.iterdir())


EXPECTED_DATES = {
    "date-zero": 0,
    "date-negative": 0,
    "date-beyond-64-bits": 4_102_444_800,
    "date-far": 4_102_444_800,
    "date-word": 0,
    "date-missing": 0,
    "zone-odd": 1_750_000_000,
}


@pytest.mark.parametrize("name", EXPECTED_DATES)
def test_odd_dates_are_clamped(name: str, tmp_path: Path) -> None:
    commit = read(build(name, tmp_path)).commits[0]
    assert commit.at == EXPECTED_DATES[name]


EXPECTED_MESSAGES = {
    "message-empty": "",
    "message-latin1": "Gr\udcf6\udcdfe ge\udce4ndert",
    "message-latin1-declared": "Größe geändert",
    "message-markup": "fix [/b] tag, see [red] and [link=https://evil.example]x[/link]",
    "message-separators": "a\x1eb\x1fc\x1dd\x0be\x0cf\udc85g\u2028h\r\ni",
    "message-nul": "before",
    "message-bidi": "allow \u202euser\u2066 // admin\u2069\u200b\ufeff",
    "message-unknown-encoding": "plain",
}


@pytest.mark.parametrize("name", EXPECTED_MESSAGES)
def test_messages_arrive_as_they_were_written(name: str, tmp_path: Path) -> None:
    assert read(build(name, tmp_path)).commits[0].message == EXPECTED_MESSAGES[name]


def test_a_message_cannot_pose_as_another_record(tmp_path: Path) -> None:
    found = read(build("message-like-a-record", tmp_path))
    assert len(found.commits) == 2
    assert found.commits[0].author == "Emil"


def test_a_long_message_is_cut(tmp_path: Path) -> None:
    assert len(read(build("message-long", tmp_path)).commits[0].message) == 65_536


@pytest.mark.parametrize("name", ["replaced", "grafted"])
def test_what_rewrites_history_is_not_obeyed(name: str, tmp_path: Path) -> None:
    found = read(build(name, tmp_path))
    assert {one.message for one in found.commits} == {"Change"}
    assert [entry.path for entry in found.tree] == [b"a"]


def test_a_boundary_commit_of_a_shallow_clone_changes_nothing(tmp_path: Path) -> None:
    with Door.open(build("shallow", tmp_path)) as door:
        (boundary,) = door.shallow
        commits = list(door.commits(door.tip))
        pairs = [(one.oid, one.parents[0] if one.parents else "") for one in commits]
        changes = dict(door.changes(pairs))
        assert changes[boundary] == []
        assert [change.path for change in changes[door.tip]] == [b"a"]
        assert any(note.startswith("shallow") for note in door.notes)


def test_missing_folders_in_the_past_are_noted_and_passed_by(tmp_path: Path) -> None:
    found = read(build("missing-tree-in-the-past", tmp_path))
    silent = [oid for oid, changes in found.changes.items() if not changes]
    assert len(found.commits) == 60
    assert len(silent) == 2  # the commit whose folder is missing, and the one after it
    assert all(any(oid in note for note in found.notes) for oid in silent)


def test_missing_contents_are_none(tmp_path: Path) -> None:
    found = read(build("partial-clone", tmp_path))
    sizes = {entry.path: entry.size for entry in found.tree}
    assert sizes == {b"a": 1, b"b": -1}
    assert sorted(found.blobs.values(), key=str) == [None, b"3"]
    assert any(note.startswith("partial clone") for note in found.notes)


def test_submodules_are_left_out_and_symbolic_links_are_changes_only(tmp_path: Path) -> None:
    submodule = read(build("submodule-entry", tmp_path))
    told = [[(one.status, one.path) for one in changes] for changes in submodule.changes.values()]
    assert told == [[("D", b"sub")], [("A", b"sub")], [], [], [("A", b"a")]]
    links = read(build("symlinks", tmp_path))
    assert [[one.status for one in changes] for changes in links.changes.values()] == [["D", "T"], ["A", "A"]]
    assert [entry.path for entry in links.tree] == [b"link"]


def test_a_rename_that_only_changes_case_is_a_rename(tmp_path: Path) -> None:
    found = read(build("case-only-rename", tmp_path))
    (change,) = found.changes[found.tip]
    assert (change.status, change.old_path, change.path) == ("R", b"Cart.py", b"cart.py")


def test_sha256_is_read(tmp_path: Path) -> None:
    found = read(build("sha256", tmp_path))
    assert len(found.tip) == 64
    assert [len(changes) for changes in found.changes.values()] == [2, 2, 2]


def test_the_mailmap_is_used(tmp_path: Path) -> None:
    found = read(build("mailmap-hostile", tmp_path))
    assert (found.commits[0].author, found.commits[0].email) == ("Emil Known", "emil@known.example")


def test_a_folder_of_an_odd_name_keeps_its_name(tmp_path: Path) -> None:
    assert read(build("folder-of-an-odd-name", tmp_path)).name == 'a:b "c"\n\x1b[31m\udcff;$(x)'
