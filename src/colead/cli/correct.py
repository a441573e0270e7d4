"""`colead check --wrong`, `--missing`: what a reading got wrong is kept for the team, and it is read anew."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from colead.cli.output import say
from colead.errors import WrongUse
from colead.phrase import literal

if TYPE_CHECKING:
    from colead.correcting import Corrected

FILE = ".colead/corrections.yml"
Command = TypeVar("Command", bound=Callable[..., Any])


def options(command: Command) -> Command:
    """The three options of `check` that correct a reading."""
    told = (
        click.option(
            "--wrong",
            multiple=True,
            metavar="WHAT",
            help=f"This part, partner or file of the reading is wrong: keep that in {FILE}.",
        ),
        click.option(
            "--missing", multiple=True, metavar="PART", help="This part or file is missing: keep that."
        ),
        click.option(
            "--because", default="", metavar="WHY", help="The reason, kept with --wrong and --missing."
        ),
    )
    for one in reversed(told):
        command = one(command)
    return command


def meant(asked: Mapping[str, Any]) -> bool:
    """Whether something is to be corrected."""
    return bool(asked["wrong"] or asked["missing"])


def refuse(asked: Mapping[str, Any]) -> None:
    """Say what does not go together before anything is read."""
    changes = asked["diff"] is not None or asked["ticket"] or asked["span"]
    if meant(asked) and (changes or asked["update"]):
        why = "a reading is corrected, and this asks for something else"
        raise WrongUse(
            "E01", "--wrong and --missing go with a reading alone", why=why, hint="leave the other out"
        )
    if asked["because"] and not meant(asked):
        raise WrongUse(
            "E01",
            "--because was given alone",
            why="it is the reason for --wrong or --missing",
            hint='colead check idea.md --wrong "Checkout" --because "..."',
        )


def told(corrected: Corrected, form: str | None) -> None:
    """Say what was kept: before the reading, or beside it where a program reads on."""
    lines = [f"Kept in {FILE} of {literal(name)}:\n{text}" for name, text in corrected.entries.items()]
    text = f"{''.join(lines)}Commit it, and it holds for the whole team. Read anew:\n\n"
    if form is None:
        say(text)
    else:
        sys.stderr.write(text)
