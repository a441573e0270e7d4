"""`colead fragility`: parts and files likeliest to need fixes next, with the record of such lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from colead.cli import drawn, options
from colead.cli.output import coloured, columns, say
from colead.cli.progress import Progress

if TYPE_CHECKING:
    from colead.outlook import Outlook


@click.command("fragility", epilog="For example: colead fragility --files")
@click.argument("part", default="")
@click.option("--repo", default=".", metavar="PATH", help="A git repository.  [default: .]")
@click.option("--files", is_flag=True, help="Tell files instead of parts.")
@click.option("--json", "form", flag_value="json", help="Print JSON instead, for programs.")
@drawn.options
@click.option("--quiet", "form", flag_value="quiet", help="Print the one sentence alone.")
@click.option("--technical", is_flag=True, help="Add the engineers' line to each place.")
@click.option("--width", type=click.IntRange(60, 200), metavar="N", help="Columns of text (60 to 200).")
@click.option("--path", default="", metavar="DIR", help="Look only at this subfolder.")
@options.incidents
@options.cache
@options.today
def command(
    part: str,
    repo: str,
    files: bool,
    form: str | None,
    html: str | None,
    picture: str | None,
    technical: bool,
    width: int | None,
    path: str,
    incidents: tuple[str, ...],
    cache: Path | None,
    today: date | None,
) -> None:
    """Tell where fixes are likely in the next three months: the parts, with --files the files, with PART
    the files of that part. Beside it: how often such a list was right here."""
    from colead import lookout

    drawn.refuse(html, picture)
    with Progress() as progress:
        told = lookout.fragility(
            repo,
            part,
            files=files,
            today=today,
            path=path,
            given=options.given((), incidents),
            cache=cache,
            progress=progress,
        )
    if not _drawn(told, html, picture):
        say(_rendered(told, form, width, technical))


def _drawn(told: Outlook, html: str | None, picture: str | None) -> bool:
    """Write what is asked for; whether the page was printed."""
    from colead.writers import outlook_page

    return drawn.write((html, picture), lambda: outlook_page.html(told), lambda: outlook_page.picture(told))


def _rendered(told: Outlook, form: str | None, width: int | None, technical: bool) -> str:
    if form == "json":
        from colead.writers.wire import to_json

        return to_json(told)
    from colead.writers import outlook

    if form == "quiet":
        return outlook.quiet(told)
    return outlook.text(told, width=width or columns(), colour=coloured(), technical=technical)
