"""`colead backtest`: readings of the past, held against what then happened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from colead.cli import options
from colead.cli.output import coloured, columns, may_write, say, write_page
from colead.cli.progress import Progress

if TYPE_CHECKING:
    from colead.backtest import Backtest


@click.command("backtest", epilog="For example: colead backtest --repo .")
@options.repositories
@click.option("--json", "form", flag_value="json", help="Print JSON instead, for programs.")
@click.option("--html", metavar="FILE", help="Also write a page to read and print.")
@click.option("--quiet", "form", flag_value="quiet", help="Print the one sentence alone.")
@options.cache
@options.today
def command(
    repos: tuple[str, ...], form: str | None, html: str | None, cache: Path | None, today: date | None
) -> None:
    """Replay the past year of one or more git repositories: what readings would have said of changes
    beforehand, and what then happened. Later readings carry the result."""
    from colead import grading

    if html is not None:
        may_write(Path(html), force=False)  # told before the work, not after it
    with Progress() as progress:
        told = grading.backtest(repos or (".",), today=today, cache=cache, progress=progress)
    if html is not None:
        _page(told, Path(html))
    say(_rendered(told, form))


def _page(told: Backtest, place: Path) -> None:
    from colead.writers.backtest_page import html

    write_page(place, html(told), force=False)


def _rendered(told: Backtest, form: str | None) -> str:
    if form == "json":
        from colead.writers.wire import to_json

        return to_json(told)
    from colead.writers.backtest import quiet, text

    return quiet(told) if form == "quiet" else text(told, width=columns(), colour=coloured())
