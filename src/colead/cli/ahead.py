"""What looks ahead in `colead balance`: `--ahead` with specs, and `--repair` that writes one down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from colead.cli.options import as_date
from colead.cli.output import coloured, columns, say
from colead.cli.progress import Progress
from colead.errors import WrongUse

if TYPE_CHECKING:
    from colead.ahead import Ahead

F = TypeVar("F", bound=Callable[..., Any])
OF_A_REPAIR = ("part", "by", "slots", "fewer", "until")
NEEDED = ("part", "by", "until")
NOT_AHEAD = ("since", "picture", "issues")
LONGEST = 200  # characters of a text that is kept
EXAMPLE = (
    "colead balance --repair 'split tax rates' --part tax --by Emil --slots 3 --fewer 30 --until 2027-02-20"
)


def options(command: F) -> F:
    """The arguments and options of both forms."""
    told = (
        click.argument("specs", nargs=-1),
        click.option(
            "--ahead",
            is_flag=True,
            help="Tell which parts the ideas in SPECS will meet, how often "
            "fixes followed changes there, and how much room is kept for health.",
        ),
        click.option("--technical", is_flag=True, help="With --ahead: add the engineers' lines."),
        click.option("--repair", metavar="WHAT", help="Write down a repair, with --part, --by and --until."),
        click.option("--part", metavar="PART", help="Of a repair: the part that it repairs."),
        click.option("--by", metavar="NAME", help="Of a repair: who says what it will gain."),
        click.option(
            "--slots",
            type=click.IntRange(1, 500),
            metavar="N",
            help="Of a repair: the health changes that it takes.  [default: 1]",
        ),
        click.option(
            "--fewer",
            type=click.IntRange(1, 100),
            metavar="N",
            help="Of a repair: of 100 fixes there, those that will not come.",
        ),
        click.option("--until", callback=as_date, metavar="DATE", help="Of a repair: up to when."),
    )
    for one in reversed(told):
        command = one(command)
    return command


def meant(asked: dict[str, Any]) -> bool:
    """Whether one of the two forms is asked for; WrongUse where something belongs to neither."""
    if asked["repair"] is None and (given := [one for one in OF_A_REPAIR if asked[one] is not None]):
        raise _wrong(f"--{given[0]} belongs to --repair", EXAMPLE)
    if asked["specs"] and not asked["ahead"]:
        raise _wrong("specs are looked at with --ahead", "colead balance --ahead a.md b.md")
    for name in NOT_AHEAD:
        if asked[name] and (asked["ahead"] or asked["repair"] is not None):
            raise _wrong(
                f"--{name} does not go with {'--ahead' if asked['ahead'] else '--repair'}", "leave it out"
            )
    return asked["ahead"] or asked["repair"] is not None


def run(asked: dict[str, Any]) -> None:
    """Write a repair down where one is told; then look ahead."""
    from colead import planning

    repos = asked["repos"] or (".",)
    with Progress() as progress:
        more = {"cache": asked["cache"], "progress": progress}
        kept = "" if asked["repair"] is None else planning.repair(_repair(asked), repos, **more)
        told = planning.ahead(asked["specs"], repos, today=asked["today"], **more)
    if _paged(told, asked["html"]):
        return
    if asked["as_json"]:
        from colead.writers.wire import to_json

        return say(to_json(told))
    from colead.writers.ahead import text

    head = f"Written to .colead/reserve.yml:\n{kept}\n" if kept else ""
    return say(head + text(told, width=columns(), colour=coloured(), technical=asked["technical"]))


def _paged(told: Ahead, html: str | None) -> bool:
    """Write the page where it is asked for; whether it was printed instead of all else."""
    from colead.cli import drawn
    from colead.writers import ahead_page

    return drawn.write((html, None), lambda: ahead_page.html(told), str)


def _repair(asked: dict[str, Any]) -> Any:
    from colead.ahead import Repair

    for name in NEEDED:
        if not asked[name]:
            raise _wrong(f"--repair without --{name}", EXAMPLE)
    on: date = asked["today"] or datetime.now(UTC).date()
    what, part, who = (_line(name, asked[name]) for name in ("repair", "part", "by"))
    return Repair(what, part, who, on, asked["until"], asked["slots"] or 1, asked["fewer"] or 0)


def _line(name: str, told: str) -> str:
    words = " ".join(told.split())
    if words and len(words) <= LONGEST and words.isprintable():
        return words
    raise WrongUse(
        "E02",
        f"--{name} is empty, holds over {LONGEST} characters or invisible ones",
        why="it is kept as one line in a settings file",
        hint="say it in a few words",
    )


def _wrong(what: str, hint: str) -> WrongUse:
    return WrongUse("E01", what, why="the forms of colead balance are told apart", hint=hint)
