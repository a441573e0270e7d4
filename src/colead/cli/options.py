"""Options that several commands share, told the same way everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from colead.errors import DateError

if TYPE_CHECKING:
    from colead.store.imports import Given


def given(issues: tuple[str, ...], incidents: tuple[str, ...], *, shared: bool = False) -> Given:
    """What --issues and --incidents name."""
    from colead.store.imports import Given

    return Given(issues, incidents, shared)


def as_date(ctx: click.Context, option: click.Parameter, told: str | None) -> date | None:
    """An ISO date; DateError (E03) names the option and the form."""
    if told is None:
        return None
    try:
        return date.fromisoformat(told.strip())
    except ValueError as error:
        raise DateError(
            "E03",
            f"--{option.name} {told!r} is not a date",
            why="a date is written year-month-day",
            hint=f"--{option.name} 2026-12-01",
        ) from error


repositories = click.option(
    "--repo",
    "repos",
    multiple=True,
    metavar="PATH",
    help="A git repository; again for several.  [default: .]",
)
issues = click.option(
    "--issues",
    multiple=True,
    metavar="FILE",
    help="Issues exported from a tracker, JSON or CSV. Again for several.",
)
incidents = click.option(
    "--incidents",
    multiple=True,
    metavar="FILE",
    help="A list of incidents, or a folder of post-mortems. Again for several.",
)
cache = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep what was read here.",
)
today = click.option(
    "--today", callback=as_date, metavar="DATE", hidden=True, help="Count from this day instead of today."
)
