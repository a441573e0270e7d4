"""No setting and no word of a repository makes the door run a program or write a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from everything import read
from forge import Forge
from traps import ARGUMENT_FORMS, CONFIG_VECTORS, lay, spring

from colead.errors import ColeadError, RepositoryError
from colead.readers.git import Door

ASKING: dict[str, Callable[[Door, str], object]] = {
    "new": lambda door, form: list(door.commits(form)),
    "old": lambda door, form: list(door.commits(door.tip, form)),
    "ancestor": lambda door, form: door.is_ancestor(form, door.tip),
    "descendant": lambda door, form: door.is_ancestor(door.tip, form),
    "commit": lambda door, form: list(door.changes([(form, "")])),
    "base": lambda door, form: list(door.changes([(door.tip, form)])),
    "count": lambda door, form: door.count_files(form),
    "tree": lambda door, form: door.tree(form),
    "blob": lambda door, form: list(door.blobs([form])),
}


def test_there_are_fourteen_vectors_and_thirteen_forms() -> None:
    assert (len(CONFIG_VECTORS), len(ARGUMENT_FORMS)) == (14, 13)


@pytest.mark.parametrize("name", CONFIG_VECTORS)
def test_plain_git_falls_into_the_trap(name: str, tmp_path: Path) -> None:
    assert spring(lay(name, tmp_path / "trap"))


@pytest.mark.parametrize("name", CONFIG_VECTORS)
def test_the_door_does_not(name: str, tmp_path: Path) -> None:
    trap = lay(name, tmp_path / "trap")
    found = read(trap.where)
    assert len(found.commits) == 2
    assert not trap.sprung()


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a program that leaves a mark there."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "script").write_text(f"#!/bin/sh\ntouch '{folder}/mark'\n")
    (folder / "script").chmod(0o755)
    monkeypatch.chdir(folder)
    return folder


def spoken(form: str, folder: Path) -> str:
    return form.format(script=folder / "script", mark=folder / "mark")


def untouched(folder: Path) -> bool:
    return {path.name for path in folder.iterdir()} <= {"script", "shop"}


@pytest.mark.parametrize("form", ARGUMENT_FORMS)
def test_as_the_name_of_a_folder(form: str, marked: Path) -> None:
    with pytest.raises(RepositoryError) as caught:
        Door.open(spoken(form, marked))
    assert caught.value.code == "E20"
    assert untouched(marked)


@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize("form", ARGUMENT_FORMS)
def test_as_a_hash(form: str, asking: str, marked: Path) -> None:
    Forge(marked / "shop").commit({"a": b""})
    with Door.open(marked / "shop") as door, pytest.raises(RepositoryError) as caught:
        ASKING[asking](door, spoken(form, marked))
    assert caught.value.code == "E27"
    assert untouched(marked)


@pytest.mark.parametrize("form", ARGUMENT_FORMS)
def test_as_the_name_of_a_branch(form: str, marked: Path) -> None:
    forge = Forge(marked / "shop")
    tip = forge.commit({"a": b""}, branch=None)
    name = f"refs/heads/{spoken(form, marked)}"
    (forge.git_dir / "HEAD").write_text(f"ref: {name}\n")
    (forge.git_dir / "packed-refs").write_text(f"{tip} {name}\n")
    try:
        assert read(forge.folder).tip == tip
    except ColeadError as error:
        assert error.code == "E25"  # no name that git allows
    assert untouched(marked)


@pytest.mark.parametrize("form", ARGUMENT_FORMS)
def test_as_the_name_of_a_file_and_a_person(form: str, marked: Path) -> None:
    word = spoken(form, marked).encode()
    forge = Forge(marked / "shop")
    who = word.replace(b"\n", b" ").replace(b"<", b"") + b" <a@b>"
    forge.commit({word.replace(b"/", b"|"): b"1"}, who=who, message=word)
    found = read(forge.folder)
    assert [entry.path for entry in found.tree] == [word.replace(b"/", b"|")]
    assert untouched(marked)
