"""Drawn: --html and --picture, for commands that tell what can be drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import click

from colead.cli.output import may_write, say, write_bytes, write_page
from colead.errors import WrongUse

F = TypeVar("F", bound=Callable[..., Any])
ENDS = (".svg", ".png")
HEADER = 33  # bytes of a PNG before whatever else it says


def options(command: F) -> F:
    """--html and --picture."""
    drawn = click.option(
        "--picture", metavar="FILE", help="Also write the picture alone, as .svg or .png, by the file's end."
    )
    page = click.option(
        "--html", metavar="FILE", help='Also write a page with pictures ("-": print that instead).'
    )
    return page(drawn(command))


def refuse(html: str | None, picture: str | None) -> None:
    """Tell before the work what could not be written after it."""
    if html not in (None, "-"):
        may_write(Path(html), force=False)
    if picture is None:
        return
    if not picture.lower().endswith(ENDS):
        raise WrongUse(
            "E55",
            f"{picture!r} is no name of a picture",
            why="its end says what it will be, .svg or .png",
            hint="--picture map.svg",
        )
    may_write(Path(picture), force=False)


def write(asked: tuple[str | None, str | None], page: Callable[[], str], drawing: Callable[[], str]) -> bool:
    """Write page and picture where they are asked for; whether the page was printed instead of all else."""
    html, picture = asked
    if picture is not None:
        _drawing(Path(picture), drawing())
    if html == "-":
        say(page())
        return True
    if html is not None:
        write_page(Path(html), page(), force=False)
    return False


def _drawing(place: Path, drawing: str) -> None:
    if not drawing:
        raise WrongUse(
            "E56",
            "there is nothing to draw",
            why="too little is known here, or single files were asked for",
            hint="leave --picture out to read why",
        )
    if place.suffix.lower() == ".svg":
        return write_page(place, drawing, force=False)
    return write_bytes(place, painted(drawing), force=False)


def painted(drawing: str) -> bytes:
    """SVG as PNG, twice as large; an optional package does it."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise WrongUse(
            "E57",
            "PNG needs a package that is not installed",
            why="resvg_py turns a picture into dots, and comes with the extra `charts`",
            hint="pip install 'colead[charts]', or name a file that ends in .svg",
        ) from error
    return _marked(svg_to_bytes(svg_string=drawing, zoom=2))


def _marked(png: bytes) -> bytes:
    """The picture with a word about who wrote it, after its header (PNG 1.2, chunk tEXt)."""
    told = b"tEXtSoftware\0Colead"
    chunk = (len(told) - 4).to_bytes(4) + told + crc32(told).to_bytes(4)
    return png[:HEADER] + chunk + png[HEADER:]
