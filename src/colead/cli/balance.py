"""`colead balance`: features, fixes and the system health that was chosen, against what is agreed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from colead.cli import ahead as looking
from colead.cli import audit as sorting
from colead.cli import drawn, options
from colead.cli.output import coloured, columns, say
from colead.cli.progress import Progress

if TYPE_CHECKING:
    from colead.balance import Balance


@click.command("balance", epilog="For example: colead balance --ahead gift-notes.md returns.md")
@looking.options
@options.repositories
@click.option(
    "--since", callback=options.as_date, metavar="DATE", help="Count from this day on.  [default: 12 months]"
)
@options.issues
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead, for programs.")
@sorting.option
@drawn.options
@options.cache
@options.today
def command(**asked: Any) -> None:
    """Tell how the work of the past twelve months divides into features, fixes and system health,
    by month and by part, against the share of health that is agreed in .colead/balance.yml. With --ahead:
    what the ideas in SPECS will meet."""
    drawn.refuse(asked["html"], asked["picture"])
    if asked["audit"]:
        sorting.run(asked)
    elif looking.meant(asked):
        return looking.run(asked)
    here = ("repos", "since", "issues", "as_json", "html", "picture", "cache", "today")
    return _divided(**{name: asked[name] for name in here})


def _divided(
    repos: tuple[str, ...],
    since: date | None,
    issues: tuple[str, ...],
    as_json: bool,
    html: str | None,
    picture: str | None,
    cache: Path | None,
    today: date | None,
) -> None:
    from colead.balancing import balance

    given = options.given(issues, (), shared=len(repos) > 1)
    with Progress() as progress:
        told = balance(repos or (".",), since=since, today=today, given=given, cache=cache, progress=progress)
    if _drawn(told, html, picture):
        return
    if as_json:
        from colead.writers.wire import to_json

        return say(to_json(told))
    from colead.writers.balance import text

    return say(text(told, width=columns(), colour=coloured()))


def _drawn(told: Balance, html: str | None, picture: str | None) -> bool:
    """Write what is asked for; whether the page was printed."""
    from colead.writers import balance_page

    return drawn.write((html, picture), lambda: balance_page.html(told), lambda: balance_page.picture(told))
