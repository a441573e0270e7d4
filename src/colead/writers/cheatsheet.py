"""Cheatsheet: the working agreement of a repository without a server, on one page of text."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from colead import agreement
from colead.agreement import Block, Ownership
from colead.balance import Balance
from colead.outlook import Outlook
from colead.phrase import listing
from colead.writers.parts import said

INDENT = 25


def text(fragility: Outlook, balance: Balance, named: int, table: Ownership, *, width: int) -> str:
    """Six blocks, each with its idea, what is so here today, and the command that tells more.

    `named` is how many parts have a name of the team's own, `table` who decides what.
    """
    told = balance.repositories[0]
    share = round(100 * balance.agreed)
    decided = ((side, things) for side, things in table.by_side().items() if things)
    owns = "; ".join(f"{side}: {listing(things)}" for side, things in decided)
    blocks = (
        (agreement.PROBLEM, "", "colead check idea.md"),
        (agreement.OWNERS, f"{owns[:1].upper()}{owns[1:]}.", ""),
        (agreement.SPACES, "A question of fact is decided by nobody: look it up, or test it.", ""),
        (agreement.TRANSLATE, _named(named), "colead init"),
        (agreement.EARLY, fragility.sentence, "colead fragility"),
        (agreement.kept(share), told.sentence, "colead balance"),
    )
    title = f"How we work together in {said(fragility.repository, 60)}"
    rows = [line for block, fact, door in blocks for line in _block(block, fact, door, width)]
    return "\n".join(
        [title, "", *rows, "Signed by product ____________________   engineering ____________________", ""]
    )


def _named(count: int) -> str:
    if not count:
        return "No part has a name in your own words yet."
    return f"{count} part{' has' if count == 1 else 's have'} a name in your own words."


def _block(block: Block, fact: str, door: str, width: int) -> Sequence[str]:
    head = f"{block.title.upper():<{INDENT}}"
    lines = wrap(block.line, width - INDENT)
    lines += [
        one for part in (said(fact, 400), f"({door})" if door else "") for one in wrap(part, width - INDENT)
    ]
    return [f"{head}{lines[0]}", *(f"{'':<{INDENT}}{one}" for one in lines[1:]), ""]
