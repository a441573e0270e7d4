"""`colead balance`: features, fixes and the system health that was chosen, against what is agreed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from colead.cli import ahead as looking
from colead.cli import audit as sorting
from colead.cli import options
from colead.cli.output import coloured, columns, say
from colead.cli.progress import Progress


@click.command("balance", epilog="For example: colead balance --ahead gift-notes.md returns.md")
@looking.options
@options.repositories
@click.option(
    "--since", callback=options.as_date, metavar="DATE", help="Count from this day on.  [default: 12 months]"
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead, for programs.")
@sorting.option
@options.cache
@options.today
def command(**asked: Any) -> None:
    """Tell how the work of the past twelve months divides into features, fixes and system health,
    by month and by part, against the share of health that is agreed in .colead/balance.yml. With --ahead:
    what the ideas in SPECS will meet."""
    if asked["audit"]:
        sorting.run(asked)
    elif looking.meant(asked):
        return looking.run(asked)
    return _divided(**{name: asked[name] for name in ("repos", "since", "as_json", "cache", "today")})


def _divided(
    repos: tuple[str, ...], since: date | None, as_json: bool, cache: Path | None, today: date | None
) -> None:
    from colead.balancing import balance

    with Progress() as progress:
        told = balance(repos or (".",), since=since, today=today, cache=cache, progress=progress)
    if as_json:
        from colead.writers.wire import to_json

        return say(to_json(told))
    from colead.writers.balance import text

    return say(text(told, width=columns(), colour=coloured()))
