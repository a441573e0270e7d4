"""`colead explain`: what a code says, how it is measured, how often it was right."""

from __future__ import annotations

import click

from colead.cli.group import nearest
from colead.cli.output import columns, say
from colead.codes import CODES
from colead.errors import WrongUse


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Tell what CODE says, why it matters and how it is measured. Without CODE: list them all."""
    from colead.writers.explain import every, explained

    if code is None:
        say(every())
        return
    found = CODES.get(code.strip().upper())
    if found is None:
        near = nearest(code.strip().upper(), list(CODES))
        raise WrongUse(
            "E05",
            f"there is no code {code!r}",
            why="codes are a letter and two figures",
            hint=f"colead explain {near}" if near else "colead explain, for the list",
        )
    say(explained(found, width=min(columns(), 100)))
