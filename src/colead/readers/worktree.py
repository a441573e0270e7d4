"""Worktree: what a person has changed and not committed yet: staged, and in the files themselves.

No git runs here, and no setting, filter or hook of the repository is obeyed:
the index is parsed by own code and compared with the tip by hash, files are
compared with what the index remembers of them, and hashed where that differs.
No symbolic link is followed, nothing but regular files is opened, and only so
many bytes are read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from colead.phrase import plural
from colead.readers.git import Door
from colead.readers.git.staged import FILE, FOLDER, Index, Staged, read_index

LARGEST = 8 << 20  # bytes of one file that is hashed; larger ones count as changed when their size differs
BUDGET = 512 << 20  # bytes that are hashed in all
BLOB = 1 << 20  # bytes of a stored text that is compared line end by line end
POINTER = b"version https://git-lfs"
NO_FILTERS = "filters are not run, untracked files are not counted"


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """Paths (raw bytes) that differ from the tip, and what was not looked at, in clauses."""

    staged: tuple[bytes, ...] = ()
    edited: tuple[bytes, ...] = ()  # in the work tree, not staged
    notes: tuple[str, ...] = ()
    read: bool = True  # False: there is no work tree, or its index could not be read


class _Suspect(NamedTuple):
    """A file that is not as the index remembers it; `data` is None when it is gone, no file, or too large."""

    entry: Staged
    data: bytes | None


def uncommitted(door: Door) -> Uncommitted:
    """What is staged and what is edited in the work tree of an open repository."""
    if door.root is None:
        return Uncommitted(notes=("a bare repository has no work tree",), read=False)
    index = read_index(door.index_file, len(door.tip))
    if index.problem:
        return Uncommitted(notes=(index.problem,), read=False)
    edited, unread = _edited(door, index)
    notes = [NO_FILTERS]
    if unread:
        notes.append(f"{plural(unread, 'changed file')} too large to compare")
    if index.left_out:
        notes.append(f"{plural(index.left_out, 'path')} of the index lead out of the work tree: left out")
    return Uncommitted(tuple(_staged(door, index)), tuple(edited), tuple(notes))


def _staged(door: Door, index: Index) -> Iterator[bytes]:
    """Paths whose entry differs from the tip; sides of a conflict count, submodules and links do not."""
    committed = {one.path: one.oid for one in door.tree(door.tip)}
    folders = tuple(one.path for one in index.entries if one.kind == FOLDER)
    seen: set[bytes] = set()
    for one in index.entries:
        first = one.path not in seen
        seen.add(one.path)
        differs = one.stage > 0 or committed.get(one.path) != one.oid
        if first and differs and one.kind == FILE and not one.intended:
            yield one.path
    for path in committed:
        if path not in seen and not path.startswith(folders):
            yield path


def _edited(door: Door, index: Index) -> tuple[list[bytes], int]:
    """Paths whose file differs from the index, and how many were too large to tell."""
    edited, unread, budget = [], 0, BUDGET
    for one in _suspects(door, index):
        size = len(one.data or b"")
        budget -= size
        if size > LARGEST or budget < 0:
            unread += 1
        elif _differs(door, one):
            edited.append(one.entry.path)
    return edited, unread


def _differs(door: Door, suspect: _Suspect) -> bool:
    """Whether a file's contents differ from what is staged by more than the ends of their lines."""
    data, oid = suspect.data, suspect.entry.oid
    if data is None:
        return True
    if _hash(data, oid) == oid:
        return False
    before = next(door.blobs([oid], BLOB))[1]
    return before is None or not _same(before, data)


def _same(before: bytes, now: bytes) -> bool:
    return before.startswith(POINTER) or before.replace(b"\r\n", b"\n") == now.replace(b"\r\n", b"\n")


def _hash(data: bytes, like: str) -> str:
    """The name that git would give these contents."""
    kind = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _suspects(door: Door, index: Index) -> Iterator[_Suspect]:
    looked_at = (one for one in index.entries if one.kind == FILE and one.looked_at and not one.stage)
    with _Folders(os.fsencode(door.root or "")) as folders:
        for entry in looked_at:
            folder, _, name = entry.path.rpartition(b"/")
            place = folders.enter(folder)
            if place is None:
                yield _Suspect(entry, None)
            elif (found := _compared(place, name, entry, index.seconds)) is not None:
                yield found


def _compared(folder: int, name: bytes, entry: Staged, written: int) -> _Suspect | None:
    """None when size and time are as the index remembers them and older than the index itself."""
    try:
        now = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return _Suspect(entry, None)
    if not stat.S_ISREG(now.st_mode):
        return _Suspect(entry, None)
    same_time = int(now.st_mtime) & 0xFFFFFFFF == entry.seconds
    same_nanoseconds = not entry.nanoseconds or now.st_mtime_ns % 10**9 == entry.nanoseconds
    same_size = now.st_size & 0xFFFFFFFF == entry.size
    if same_size and same_time and same_nanoseconds and entry.seconds < written:
        return None
    return _Suspect(entry, _read(folder, name))


def _read(folder: int, name: bytes) -> bytes | None:
    """At most LARGEST + 1 bytes of a regular file; None when it cannot be opened without following a link."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.open(name, flags, dir_fd=folder)
    except OSError:
        return None
    with os.fdopen(file, "rb") as opened:
        return opened.read(LARGEST + 1) if stat.S_ISREG(os.fstat(file).st_mode) else None


class _Folders:
    """Folders below a work tree, entered one name at a time, so that no link leads out of it."""

    def __init__(self, root: bytes) -> None:
        top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._open: list[tuple[bytes, int]] = [(b"", top)]

    def __enter__(self) -> _Folders:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave(0)

    def enter(self, folder: bytes) -> int | None:
        """A descriptor of the folder, None when it is not there or a link stands in its way."""
        names = folder.split(b"/") if folder else []
        here = [name for name, _ in self._open[1:]]
        shared = _shared(here, names)
        self._leave(shared + 1)
        for name in names[shared:]:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
            try:
                self._open.append((name, os.open(name, flags, dir_fd=self._open[-1][1])))
            except OSError:
                return None
        return self._open[-1][1]

    def _leave(self, level: int) -> None:
        while len(self._open) > level:
            with suppress(OSError):
                os.close(self._open.pop()[1])


def _shared(one: Iterable[bytes], other: Iterable[bytes]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
