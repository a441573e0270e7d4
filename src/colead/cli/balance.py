"""`colead balance`: features, fixes and the system health that was chosen, against what is agreed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from colead.cli.check import as_date
from colead.cli.output import coloured, columns, say
from colead.cli.progress import Progress


@click.command("balance", epilog="For example: colead balance --repo .")
@click.option(
    "--repo",
    "repos",
    multiple=True,
    metavar="PATH",
    help="A git repository; again for several.  [default: .]",
)
@click.option(
    "--since", callback=as_date, metavar="DATE", help="Count from this day on.  [default: 12 months]"
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead, for programs.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep what was read here.",
)
@click.option(
    "--today", callback=as_date, metavar="DATE", hidden=True, help="Count from this day instead of today."
)
def command(
    repos: tuple[str, ...], since: date | None, as_json: bool, cache: Path | None, today: date | None
) -> None:
    """Tell how the work of the past twelve months divides into features, fixes and system health,
    by month and by part, against the share of health that is agreed in .colead/balance.yml."""
    from colead.balancing import balance

    with Progress() as progress:
        told = balance(repos or (".",), since=since, today=today, cache=cache, progress=progress)
    if as_json:
        from colead.writers.wire import to_json

        return say(to_json(told))
    from colead.writers.balance import text

    return say(text(told, width=columns(), colour=coloured()))
