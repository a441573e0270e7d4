"""`colead demo`: the made-up shop and its gift notes, read as any other repository and spec."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from colead.cli.output import coloured, columns, say, write_page
from colead.cli.progress import Progress

if TYPE_CHECKING:
    from colead.reading import Reading

PAGE = "gift-notes.html"


@click.command("demo")
@click.option("--html", default=PAGE, metavar="FILE", show_default=True, help="The page to write.")
@click.option(
    "--cache", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Build the shop here."
)
def command(html: str, cache: Path | None) -> None:
    """Build the demo shop, check the gift notes spec against it, and write the page."""
    from colead import look
    from colead.demo.repository import demo_repository
    from colead.demo.story import TODAY

    folder = (cache or look.cache_folder()) / "demo"
    with Progress() as progress:
        shop = demo_repository(folder)
        spec = Path(__file__).parent.parent / "demo" / "gift-notes.md"
        reading = look.check(spec, shop, today=date.fromisoformat(TODAY), cache=folder, progress=progress)
    _shown(reading, html)


def _shown(reading: Reading, place: str) -> None:
    from colead.writers.html import html
    from colead.writers.text import text

    write_page(Path(place), html(reading), force=False)
    say(text(reading, width=columns(), colour=coloured()))
    say(f"Page: {place} (open it in a browser, answer in it, print it)\n")
