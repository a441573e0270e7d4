"""Archive: a zip that somebody gave, opened within limits; what is odd about it is refused."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from colead.web.keeping.portable import Unfit

FILES = 30_000
LEAST, LARGEST = 256 << 20, 4 << 30  # bytes of all files together, unpacked, that are taken
GROWS = 20  # so many times as large as the zip, where that is more than the least
LINE = 8 << 20  # bytes of a row
NAME = re.compile(r"[A-Za-z0-9._-][A-Za-z0-9._ -]{0,150}(/[A-Za-z0-9._-][A-Za-z0-9._ -]{0,150}){0,5}")
LINK = 0o120000
DEEPEST = 30


class Archive:
    """A zip whose names and sizes were looked at; nothing of it is written to the disk."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Unfit("It is no zip.") from error
        every = self._zip.infolist()
        if len(every) > FILES:
            raise Unfit(f"It holds more than {FILES:,} files.")
        self._most = min(LARGEST, max(LEAST, GROWS * file.seek(0, os.SEEK_END)))
        if sum(one.file_size for one in every) > self._most:
            raise Unfit(f"It unpacks to more than {self._most >> 20} MB.")
        self._left = self._most
        self.names = [_name(one) for one in every]
        if len(set(map(str.casefold, self.names))) < len(self.names):
            raise Unfit("It holds two files of one name.")

    def json(self, name: str) -> Any:
        """A whole file as JSON."""
        return _read(b"".join(self._pieces(name)), name)

    def rows(self, name: str) -> Iterator[Any]:
        """A file of a JSON object a line; none where it is not there."""
        if name not in self.names:
            return
        rest = b""
        for piece in self._pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > LINE:
                raise Unfit(f"{name} holds a line that is too long.")
            yield from (_read(one, name) for one in whole if one)
        if rest:
            yield _read(rest, name)

    def _pieces(self, name: str) -> Iterator[bytes]:
        if name not in self.names:
            raise Unfit(f"It holds no {name}.")
        try:
            with self._zip.open(name) as file:
                while piece := file.read(1 << 20):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Unfit(f"It unpacks to more than {self._most >> 20} MB.")
                    yield piece
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
        ) as error:
            raise Unfit(f"{name} cannot be unpacked.") from error


def _name(one: zipfile.ZipInfo) -> str:
    told = one.filename
    if not NAME.fullmatch(told) or ".." in told or one.is_dir():
        raise Unfit(f"It holds a file with a name that is not allowed: {told[:60]!r}.")
    if one.external_attr >> 16 & 0o170000 == LINK or one.flag_bits & 0x1:
        raise Unfit(f"{told} is a link or encrypted.")
    return told


def _read(text: bytes, name: str) -> Any:
    try:
        found = json.loads(text.decode("utf-8"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"{name} is no JSON.") from error
    if _deep(found, DEEPEST):
        raise Unfit(f"{name} is too deep.")
    return found


def _refused(name: str) -> Any:
    raise ValueError(name)


def _deep(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left < 0 or any(_deep(one, left - 1) for one in inner)
