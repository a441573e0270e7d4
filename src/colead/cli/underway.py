"""`colead check --diff`, `--ticket`, `--range`: what is being built, beside the past and the spec."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from colead.cli.output import coloured, columns, say
from colead.cli.progress import Progress
from colead.errors import WrongUse
from colead.phrase import listing

if TYPE_CHECKING:
    from colead.underway import Underway

FAILED = 1
GATE = "left-out"
Command = TypeVar("Command", bound=Callable[..., Any])


def options(command: Command) -> Command:
    """The three options of `check` that name changes instead of, or beside, a spec."""
    told = (
        click.option(
            "--diff",
            is_flag=False,
            flag_value="",
            metavar="[BASE]",
            help="Tell what your changes leave out; BASE is what they go into.  [default: the main branch]",
        ),
        click.option("--ticket", default="", metavar="KEY", help="Compare SPEC with changes that name KEY."),
        click.option("--range", "span", default="", metavar="A..B", help="Compare SPEC with these commits."),
    )
    for one in reversed(told):
        command = one(command)
    return command


def meant(asked: dict[str, Any]) -> bool:
    """Whether changes are asked about."""
    return asked["diff"] is not None or bool(asked["ticket"]) or bool(asked["span"])


def run(asked: dict[str, Any], standard_input: Callable[[bool], bytes]) -> int:
    """Print what is under way; the exit code."""
    _refuse(asked)
    from colead import built

    text = standard_input(asked["no_input"]) if asked["spec"] == "-" else None
    with Progress() as progress:
        told = built.under_way(
            None if text is not None else asked["spec"],
            asked["repos"] or (".",),
            diff=asked["diff"],
            ticket=asked["ticket"],
            span=asked["span"],
            text=text,
            source="standard input",
            today=asked["today"],
            path=asked["path"],
            cache=asked["cache"],
            progress=progress,
        )
    say(_rendered(told, asked))
    return _gate(told, asked["fail_on"])


def _refuse(asked: dict[str, Any]) -> None:
    """Say what does not go together before anything is read."""
    given = {"--diff": asked["diff"] is not None, "--ticket": asked["ticket"], "--range": asked["span"]}
    named = [name for name, there in given.items() if there]
    if len(named) > 1:
        why = "each of them names the changes that are meant"
        raise WrongUse("E01", f"{listing(named)} were given together", why=why, hint="give one of them")
    if asked["html"]:
        why = "the page shows a reading, and this is about changes"
        raise WrongUse("E01", f"--html does not go with {named[0]}", why=why, hint="give --md or --json")
    if asked["diff"] and asked["spec"] is None and Path(asked["diff"]).is_file():
        why = "what stands behind --diff is the branch that the changes go into"
        hint = f"colead check {asked['diff']} --diff"
        raise WrongUse("E01", f"{asked['diff']!r} is a file and no branch", why=why, hint=hint)


def _rendered(told: Underway, asked: dict[str, Any]) -> str:
    if asked["form"] == "json":
        from colead.writers.wire import to_json

        return to_json(told)
    from colead.writers.underway import markdown, quiet, text

    if asked["form"] == "md":
        return markdown(told)
    if asked["form"] == "quiet":
        return quiet(told)
    return text(told, width=asked["width"] or columns(), colour=coloured(), technical=asked["technical"])


def _gate(told: Underway, gates: tuple[str, ...]) -> int:
    if GATE not in gates or not told.left_out:
        return 0
    sys.stderr.write(f"fail-on {GATE}: {listing([one.name for one in told.left_out])}\n")
    return FAILED
