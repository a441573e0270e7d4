"""Staged: the entries of git's index, read from its file by own code, so that no git runs on a work tree.

Versions 2 to 4, SHA-1 and SHA-256. Extensions are passed over, but for those
that change what an entry means: a split index is not read and says so, a sparse
one holds whole folders. Nothing is trusted: counts are held against the bytes
that are there, paths that would lead out of the work tree are left out.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from colead.errors import LimitReached
from colead.readers.git.limits import MEGABYTE
from colead.readers.git.place import regular_file

LARGEST = 256 * MEGABYTE  # two million ordinary entries
MOST = 1_000_000
ALL_PATHS = 256 * MEGABYTE  # bytes of all paths: version 4 can name long ones in few bytes
LONGEST = 4096  # bytes of a path, the system's own limit
SMALLEST = 43  # bytes of an entry beside its hash: ten numbers, flags, and the end of its path
HEADER = struct.Struct(">4sII")
NUMBERS = struct.Struct(">10I")
FLAGS = struct.Struct(">H")
NAMED, EXTENDED, VALID = 0x0FFF, 0x4000, 0x8000
INTENDED, SKIPPED = 0x2000, 0x4000  # of the extended flags: to be added later; not in this work tree
FOLDER, FILE, LINK, SUBMODULE = 0o040000, 0o100000, 0o120000, 0o160000
NOT_THERE = "there is no index: nothing was ever staged here"


class Staged(NamedTuple):
    """One entry of the index: a file as it would be committed, and what it looked like on disk then."""

    path: bytes
    oid: str
    kind: int  # FILE, LINK, SUBMODULE, or FOLDER in a sparse index
    stage: int  # 0, or 1 to 3 for the sides of a conflict
    size: int  # bytes on disk, modulo 2**32
    seconds: int  # of the last modification on disk
    nanoseconds: int
    looked_at: bool  # False: the work tree is not compared (skip-worktree, assume-unchanged)
    intended: bool  # True: named with `git add -N`, its contents are not staged


@dataclass(frozen=True, slots=True)
class Index:
    """What is staged; `problem` says why it could not be read, in a clause."""

    entries: tuple[Staged, ...] = ()
    seconds: int = 0  # when the file itself was written; younger files cannot be told by their times
    problem: str = ""
    left_out: int = 0  # entries whose path leads out of the work tree


class _Odd(Exception):
    """Why an index cannot be read."""


def read_index(file: Path, digits: int) -> Index:
    """The index of a work tree; never an error: what cannot be read is told in `problem`.

    Args:
        file: where it lies.
        digits: of a hash in this repository, 40 or 64.
    """
    try:
        data = regular_file(file, LARGEST)
        if data is None:
            return Index(problem=NOT_THERE)
        return _parsed(data, digits // 2, int(os.stat(file).st_mtime))
    except LimitReached:
        return Index(problem=f"the index is larger than {LARGEST // MEGABYTE} MB")
    except _Odd as odd:
        return Index(problem=str(odd))
    except OSError as error:
        return Index(problem=f"the index cannot be opened: {error.strerror}")


def _parsed(data: bytes, width: int, seconds: int) -> Index:
    if len(data) < HEADER.size + width:
        raise _Odd("the index is shorter than its own header")
    magic, version, count = HEADER.unpack_from(data)
    if magic != b"DIRC" or version not in (2, 3, 4):
        raise _Odd("the index is of no version that is known (2 to 4)")
    body = data[: len(data) - width]  # a checksum ends it
    if count > MOST or count * (SMALLEST + width) > len(body):
        raise _Odd("the index counts more entries than it holds")
    entries, at = _entries(body, version, count, width)
    _look_at_extensions(body, at)
    if not all(one.path for one in entries):
        raise _Odd("the index has an entry without a path")
    safe = tuple(one for one in entries if is_inside(one.path))
    return Index(safe, seconds, "", len(entries) - len(safe))


def _entries(body: bytes, version: int, count: int, width: int) -> tuple[list[Staged], int]:
    entries: list[Staged] = []
    at, before, held = HEADER.size, b"", 0
    for _ in range(count):
        try:
            one, at = _entry(body, at, before, version, width)
        except (struct.error, IndexError) as error:
            raise _Odd("the index ends in the middle of an entry") from error
        entries.append(one)
        before, held = one.path, held + len(one.path)
        if held > ALL_PATHS:
            raise _Odd("the index has paths of more bytes than are read")
    return entries, at


def _entry(body: bytes, start: int, before: bytes, version: int, width: int) -> tuple[Staged, int]:
    numbers = NUMBERS.unpack_from(body, start)
    at = start + NUMBERS.size
    oid, at = body[at : at + width], at + width
    (flags,) = FLAGS.unpack_from(body, at)
    at, more = at + FLAGS.size, 0
    if flags & EXTENDED and version > 2:
        (more,) = FLAGS.unpack_from(body, at)
        at += FLAGS.size
    path, at = _shortened(body, at, before) if version == 4 else _padded(body, at, start)
    if len(oid) != width or len(path) > LONGEST:
        raise _Odd("the index has an entry with a path longer than a system could hold")
    kind = numbers[6] & 0o170000
    looked_at = not flags & VALID and not more & SKIPPED
    told = Staged(
        path, oid.hex(), kind, flags >> 12 & 3, numbers[9], numbers[2], numbers[3], looked_at,
        bool(more & INTENDED),
    )  # fmt: skip
    return told, at


def _padded(body: bytes, at: int, start: int) -> tuple[bytes, int]:
    """A path that ends in one to eight NULs, so that the entry's length is a multiple of eight."""
    end = body.index(b"\0", at) if b"\0" in body[at : at + LONGEST + 1] else -1
    if end < 0:
        raise _Odd("the index has an entry whose path does not end")
    return body[at:end], start + (end - start + 8) // 8 * 8


def _shortened(body: bytes, at: int, before: bytes) -> tuple[bytes, int]:
    """A path of version 4: how many bytes of the one before to drop, and what follows instead."""
    dropped, at = _number(body, at)
    end = body.find(b"\0", at, at + LONGEST + 1)
    if end < 0 or dropped > len(before):
        raise _Odd("the index has an entry whose path does not end")
    return before[: len(before) - dropped] + body[at:end], end + 1


def _number(body: bytes, at: int) -> tuple[int, int]:
    """A number in git's own variable width, at most four bytes of it."""
    value = body[at] & 0x7F
    for end in range(at, at + 4):
        if not body[end] & 0x80:
            return value, end + 1
        value = (value + 1) << 7 | body[end + 1] & 0x7F
    raise _Odd("the index has an entry whose path does not end")


def _look_at_extensions(body: bytes, at: int) -> None:
    """Refuse the one extension that moves entries elsewhere."""
    while at + 8 <= len(body):
        if body[at : at + 4] == b"link":
            raise _Odd("the index is split over several files, which is not read")
        at += 8 + int.from_bytes(body[at + 4 : at + 8], "big")


def is_inside(path: bytes) -> bool:
    """Whether a path stays in the work tree and out of git's own folder."""
    parts = path.removesuffix(b"/").split(b"/")
    return all(part not in (b"", b".", b"..") and part.lower() != b".git" for part in parts)
