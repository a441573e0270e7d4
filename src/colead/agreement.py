"""Agreement: how two people lead an area together, in six blocks of one idea each."""

from __future__ import annotations

from dataclasses import dataclass
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

DECIDES, AGREES, ASKED, TOLD = "decides", "must agree", "is asked", "is told"
PARTS = (DECIDES, AGREES, ASKED, TOLD)
SIDES = ("product", "engineering")
FILE = ".colead/agreement.yml"
LONGEST = 80  # characters of a thing that is decided about
MOST = 40  # rows


class Owned(NamedTuple):
    """A row of the table: a thing that people decide about, and the part of each side in it; one of PARTS."""

    thing: str
    product: str = ASKED
    engineering: str = ASKED

    @property
    def deciding(self) -> tuple[str, ...]:
        """The sides that decide."""
        return tuple(side for side in SIDES if getattr(self, side) == DECIDES)

    @property
    def side(self) -> str:
        """Who decides: "product", "engineering", "both", or "" where nobody does."""
        return "both" if len(self.deciding) == len(SIDES) else "".join(self.deciding)

    @property
    def sentence(self) -> str:
        """The row in words: "launch date: product decides, engineering must agree"."""
        if self.side == "both":
            return f"{self.thing}: both decide together"
        return f"{self.thing}: " + ", ".join(
            f"{side} {getattr(self, side)}"
            for side in sorted(SIDES, key=lambda one: one not in self.deciding)
        )


# Who decides what, as long as nothing else is agreed.
USUAL = (
    Owned("user problem", DECIDES, ASKED),
    Owned("priority", DECIDES, ASKED),
    Owned("success metric", DECIDES, ASKED),
    Owned("launch date", DECIDES, AGREES),
    Owned("technical approach", ASKED, DECIDES),
    Owned("feasibility", TOLD, DECIDES),
    Owned("system risk", TOLD, DECIDES),
    Owned("the outcome", DECIDES, DECIDES),
)
# The rows that texts and discussions take their owner from; they can be changed and not taken out.
ANCHORS = {
    "problem": "user problem",
    "solution": "technical approach",
    "approach": "technical approach",
    "outcome": "the outcome",
}


@dataclass(frozen=True, slots=True)
class Ownership:
    """The table of who decides what in an area."""

    rows: tuple[Owned, ...] = USUAL

    def row(self, what: str) -> Owned | None:
        """The row of a thing or a space (one of ANCHORS); None where there is none."""
        thing = ANCHORS.get(what, what).strip().casefold()
        every = (*self.rows, *(one for one in USUAL if one.thing in ANCHORS.values()))
        return next((one for one in every if one.thing.strip().casefold() == thing), None)

    def decides(self, what: str) -> str:
        """Who decides on a thing or in a space: "product", "engineering", "both", "" where it is not said."""
        row = self.row(what)
        return row.side if row else ""

    def deciding(self, what: str) -> tuple[str, ...]:
        """The sides that decide on a thing or in a space."""
        row = self.row(what)
        return row.deciding if row else ()

    def by_side(self) -> dict[str, tuple[str, ...]]:
        """What product, engineering and both decide."""
        return {side: tuple(one.thing for one in self.rows if one.side == side) for side in (*SIDES, "both")}

    def changes(self, other: Ownership) -> list[str]:
        """What is otherwise in another table, a sentence for each row."""
        gone = [one for one in self.rows if other.row(one.thing) is None]
        new = [one.sentence for one in other.rows if one not in self.rows]
        return [*new, *(f"{one.thing}: not in the table any more" for one in gone)]


def kept(share: int) -> Block:
    """The last block with an area's own share for health, 0 to 100."""
    return Block(f"Keep about {100 - share} / {share}", RESERVE.line)
