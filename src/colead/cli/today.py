"""`colead today`: what waits for you on the shared page, and what moved since yesterday."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import click

from colead.cli.output import say
from colead.errors import WrongUse
from colead.phrase import day, literal


@click.command("today", epilog="For example: colead today --server https://colead.example.com")
@click.option(
    "--server", envvar="COLEAD_SERVER", metavar="ADDRESS", help="Your shared page.  [env: COLEAD_SERVER]"
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(server: str | None, as_json: bool) -> None:
    """Say what waits for you on the shared page and since when, and what moved since yesterday and why.

    It asks your own server with the token in COLEAD_TOKEN; make one there under your name."""
    from colead.readers.shared import asked

    token = os.environ.get("COLEAD_TOKEN", "")
    if not server or not token:
        raise WrongUse(
            "E93", "no shared page was named", why="COLEAD_SERVER or COLEAD_TOKEN is not set",
            hint="set both: the address of your shared page, and a token made there under your name",
        )  # fmt: skip
    told = asked(server, token, "/today.json")
    if as_json:
        say(json.dumps(told, indent=2) + "\n")
    else:
        say("".join(f"{literal(line)}\n" for line in _lines(told, server.rstrip("/"))))


def _lines(told: Any, server: str) -> Iterator[str]:
    areas = told["areas"]
    if not areas:
        yield "You belong to no area there yet."
    for one in areas:
        yield f"{one['area']}: {one['verdict']}"
        for each in one["waits"]:
            yield f"- {each['sentence']}, since {_day(each['since'])} ({each['reason']})"
            yield f"  {server}{each['link']}"
        for each in one["moved"]:
            yield f"- {each['title']}: {'; '.join(each['news'])} (why: {each['why']})"
            yield f"  {server}{each['link']}"


def _day(told: str) -> str:
    from datetime import UTC, datetime

    here = datetime.fromisoformat(told).astimezone()
    today = datetime.now(UTC).astimezone().date()
    return "today" if here.date() == today else day(here.date(), today=today)
