"""Finds exports: files that a person names, and files below a repository that its settings name.

Below a repository no link is followed and nothing outside of it is read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from colead.errors import SettingsError, WrongUse
from colead.readers.git import Door
from colead.readers.tables import LARGEST

MOST = 400  # files of one folder


def given(place: str | Path, endings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The file that a person names, or those of a folder: (name, bytes); WrongUse E60."""
    path = Path(place)
    try:
        inside = (
            sorted(one for one in path.iterdir() if one.suffix.lower() in endings)
            if path.is_dir()
            else [path]
        )
        for one in inside[:MOST]:
            if not one.is_file():
                raise FileNotFoundError(2, "there is no such file")
            with one.open("rb") as opened:
                yield str(one), opened.read(LARGEST + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        hint = "look at the name; a file or a folder of files can be given"
        raise WrongUse("E60", f"{str(place)!r} could not be read", why=why, hint=hint) from None


def kept(door: Door, place: str, endings: Sequence[str], *, needed: bool) -> Iterator[tuple[str, bytes]]:
    """The file at a path below the repository, or those of a folder: in the work tree, else in the commit.

    Raises:
        SettingsError: E60 where it is `needed` and is not there, or a link stands in its way.
    """
    found = list(_in_work_tree(door.root, place, endings) if door.root else _committed(door, place, endings))
    if needed and not found:
        raise SettingsError(
            "E60",
            f".colead/imports.yml names {place!r}, which could not be read",
            why="there is no such file here, or a link stands in its way",
            hint="write a file or a folder below the repository's root",
        )
    yield from found


def _in_work_tree(root: Path, place: str, endings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    here = root
    for name in place.split("/"):
        here = here / name
        if here.is_symlink():
            return
    try:
        names = sorted(os.listdir(here)) if here.is_dir() else [""]
    except OSError:
        return
    wanted = [name for name in names if not name or name.lower().endswith(tuple(endings))]
    for name in wanted[:MOST]:
        data = _plain(here / name if name else here)
        if data is not None:
            yield f"{place}/{name}" if name else place, data


def _plain(file: Path) -> bytes | None:
    """The bytes of a regular file that is no link; None for anything else."""
    try:
        opened = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(opened, "rb") as read:
        return read.read(LARGEST + 1) if stat.S_ISREG(os.fstat(opened).st_mode) else None


def _committed(door: Door, place: str, endings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    ours = ".colead/" if place.startswith(".colead/") else ""  # a name that a stranger wrote is no argument
    there = {os.fsdecode(one.path): one.oid for one in door.tree(door.tip, ours)}
    inside = [one for one in there if one.startswith(f"{place}/") and one.lower().endswith(tuple(endings))]
    wanted = [place] if place in there else sorted(one for one in inside if "/" not in one[len(place) + 1 :])
    wanted = wanted[:MOST]
    blobs = door.blobs([there[one] for one in wanted], LARGEST + 1)
    yield from ((one, data) for one, (_, data) in zip(wanted, blobs, strict=True) if data is not None)
