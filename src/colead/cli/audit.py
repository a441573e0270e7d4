"""`colead balance --audit`: changes drawn at random are sorted by hand, one key each."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from statistics import median
from typing import TYPE_CHECKING, Any

import click

from colead.cli.output import coloured, columns, say
from colead.cli.progress import Progress
from colead.errors import WrongUse

if TYPE_CHECKING:
    from colead.auditing import Auditing

PACE, REMEMBERED = 2.5, 15  # seconds that an answer takes until somebody's own are known; answers that tell


option = click.option(
    "--audit",
    is_flag=False,
    flag_value="80",
    type=click.IntRange(10, 400),
    metavar="[N]",
    help="Sort N changes drawn at random by hand, to make the ranges narrow (80: about three minutes).",
)


def run(asked: Mapping[str, Any]) -> None:
    """Ask until enough is sorted, somebody stops, or nobody says anything more."""
    from colead.auditing import auditing
    from colead.kinds import HEALTH
    from colead.writers.audit import closing, opening

    where, more = _where(asked), {"cache": asked["cache"], "today": asked["today"]}
    with Progress() as progress:
        open_ = auditing(where, count=asked["audit"], progress=progress, **more)
    if not open_.order:
        return say("Nothing to sort: every title of the past twelve months says what its change was.\n\n")
    whole = len(open_.agreed.health) == len(HEALTH)
    if open_.next():
        say(opening(open_.count, columns(), whole=whole))
    try:
        _ask(open_, whole)
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write(f"\n{closing(open_.done, open_.count)}")
        raise
    return say(f"{closing(open_.done, open_.count)}\n")


def _where(asked: Mapping[str, Any]) -> str:
    """The repository that is meant; WrongUse where something is asked for that does not go with it."""
    others = [name for name in ("specs", "ahead", "repair", "since", "as_json") if asked[name]]
    if others or len(asked["repos"]) > 1:
        raise WrongUse(
            "E01",
            "--audit goes with one repository and nothing else",
            why="it asks a person about the past twelve months of one repository",
            hint="colead balance --audit --repo .",
        )
    return next(iter(asked["repos"]), ".")


def _ask(open_: Auditing, whole: bool) -> None:
    from colead.audit import KEYS
    from colead.writers.audit import asked, taken

    took: list[float] = []
    while one := open_.next():
        left = (median(took[-REMEMBERED:]) if len(took) > 2 else PACE) * (open_.count - open_.done)
        say(asked(one, open_.done, open_.count, left, columns(), colour=coloured()))
        start = time.monotonic()
        key = _answer(whole)
        if key in ("q", ""):
            return
        if key == "u":
            say("  taken back\n\n" if open_.undo() else "  nothing to take back\n\n")
            continue
        open_.keep(one, KEYS[key])
        took.append(time.monotonic() - start)
        say(taken(KEYS[key]))


def _answer(whole: bool) -> str:
    """A key that means something; "" when nothing more comes."""
    from colead.audit import KEYS
    from colead.kinds import HEALTH

    some = " ".join(key for key, kind in KEYS.items() if kind in HEALTH)
    while True:
        key = _key()
        if key in ("u", "q", "") or (key in KEYS and (whole or key != "h")):
            return key
        more = "" if whole else " Not all upkeep counts as health here, so h is not enough."
        say(f"  one of f x{' h' if whole else ''} {some}; s skip, u undo, q stop.{more}\n")


def _key() -> str:
    """One key of a terminal, else the first letter of the next line; "" when nothing more comes."""
    if sys.stdin.isatty():
        try:
            return click.getchar().lower()
        except EOFError:
            return ""
    line = sys.stdin.readline()
    return line.strip()[:1].lower() or (" " if line else "")
