"""Output: what is printed, and files that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from colead.errors import WrongUse

# How pages, SVG and PNG that Colead wrote begin.
OURS = (b'<meta name="generator" content="Colead', b"<metadata>Colead</metadata>", b"Software\0Colead")
UNPIPED = 100  # columns where there is no terminal to ask
COMFORTABLE = 120  # columns beyond which lines are hard to read; --width gives more
SPELT = str.maketrans({"●": "*", "◐": "~", "○": "o", "“": '"', "”": '"', "…": "...", "–": "-"})


def columns() -> int:
    """The terminal's width up to 120, 100 where there is none."""
    return min(COMFORTABLE, shutil.get_terminal_size((UNPIPED, 24)).columns)


def coloured() -> bool:
    """Colour only on a terminal, and not where a person asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """Print, also where the terminal knows fewer letters than the text."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(SPELT).encode(encoding, "backslashreplace").decode(encoding)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard()
        raise _unwritable("standard output", error) from error


def discard() -> None:
    """Nothing more goes to standard output, so that Python does not fail when it closes the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def write_page(place: Path, page: str, *, force: bool) -> None:
    """Write a page as a whole; a file that Colead did not write stays unless `force` is given."""
    write_bytes(place, page.encode("utf-8", "backslashreplace"), force=force)


def write_bytes(place: Path, told: bytes, *, force: bool) -> None:
    """Write a page or a picture; see `write_page`."""
    may_write(place, force=force)
    try:
        write_whole(place.resolve(), told)
    except OSError as error:
        raise _unwritable(repr(str(place)), error) from error


def may_write(place: Path, *, force: bool) -> None:
    """Refuse a page's place that has no folder (E07) or holds a file of somebody else's (E06)."""
    try:
        target = place.resolve()
        if not target.parent.is_dir():
            raise WrongUse(
                "E07",
                f"{str(place)!r} could not be written",
                why="there is no such folder",
                hint="make the folder first, or name another",
            )
        if not force and target.exists() and not _ours(target):
            raise WrongUse(
                "E06",
                f"{str(place)!r} is no file of Colead's and was left as it is",
                why="only its own pages and pictures are written over",
                hint="name another file, or add --force",
            )
    except OSError as error:
        raise _unwritable(repr(str(place)), error) from error


def write_whole(target: Path, told: bytes) -> None:
    """Write beside the target, then put it in its place in one step."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(told)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _ours(place: Path) -> bool:
    if not place.is_file():
        return False
    with place.open("rb") as file:
        head = file.read(2048)
    return not head or any(one in head for one in OURS)


def _unwritable(name: str, error: OSError) -> WrongUse:
    why = (error.strerror or str(error)).lower()
    return WrongUse(
        "E07", f"{name} could not be written", why=why, hint="look at its folder and the space left"
    )
