"""Agreement: how two people lead an area together, in six blocks of one idea each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Block(NamedTuple):
    """One sixth: its title and its idea."""

    title: str
    line: str


PROBLEM = Block("Start with the problem", "Agree on the problem before discussing the solution.")
OWNERS = Block("Who owns what", "Product the problem, engineering the solution, both the outcome.")
SPACES = Block("Problem or solution?", "Ask which one we are debating, and it is clear who decides.")
TRANSLATE = Block("Translate", "Say what it means for the people who use it.")
EARLY = Block(
    "Surface early",
    "Bad news late is a crisis: complexity, timeline, unclear needs, hidden dependencies.",
)
RESERVE = Block("Keep about 80 / 20", "A small share for the system, every week, without an argument.")

# Who owns what, as long as nothing else is agreed.
USUAL: Mapping[str, tuple[str, ...]] = {
    "product": ("user problem", "priority", "success metric"),
    "engineering": ("technical approach", "feasibility", "system risk"),
    "both": ("the outcome",),
}


def kept(share: int) -> Block:
    """The last block with an area's own share for health, 0 to 100."""
    return Block(f"Keep about {100 - share} / {share}", RESERVE.line)
