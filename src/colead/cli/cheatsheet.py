"""`colead cheatsheet`: how two people lead an area together, with what is so in this repository today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from colead.cli import options
from colead.cli.output import columns, say
from colead.cli.progress import Progress


@click.command("cheatsheet", epilog="For example: colead cheatsheet > how-we-work.txt")
@click.option("--repo", default=".", metavar="PATH", help="A git repository.  [default: .]")
@options.cache
@options.today
def command(repo: str, cache: Path | None, today: date | None) -> None:
    """Print the working agreement of product and engineering on one page: six blocks, each with one idea
    and what is so in this repository today. To print, to sign, to hang up."""
    from colead.balancing import balance
    from colead.look import named, owned
    from colead.lookout import fragility
    from colead.writers.cheatsheet import text

    with Progress() as progress:
        likely = fragility(repo, today=today, cache=cache, progress=progress)
        divided = balance(repo, today=today, cache=cache, progress=progress)
        own, table = named(repo), owned(repo)
    say(text(likely, divided, own, table, width=columns()))
