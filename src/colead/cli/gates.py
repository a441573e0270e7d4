"""Gates: when a reading makes the call fail, asked for with --fail-on; by default nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from colead.phrase import listing, number, odds, plural

if TYPE_CHECKING:
    from colead.reading import Reading

GATES = ("unclear", "hidden", "late", "fragile")
EVEN = 0.5  # a hoped-for date with smaller odds is late


def closed(reading: Reading, gates: Sequence[str]) -> list[str]:
    """One plain clause for each of the gates that this reading does not pass."""
    said = {"unclear": _unclear, "hidden": _hidden, "late": _late, "fragile": _fragile}
    return [f"{gate}: {told}" for gate in GATES if gate in gates and (told := said[gate](reading))]


def _unclear(reading: Reading) -> str:
    looked = {one.part: one.state for one in reading.coverage}.get("answers") != "not analysed"
    open_ones = sum(looked and one.said != "answered" for one in reading.answers)
    asked = sum(one.code.startswith("U") for one in reading.questions)
    told = [f"{number(open_ones)} of the three questions not answered"] if open_ones else []
    return listing([*told, *([plural(asked, "unclear point")] if asked else [])])


def _hidden(reading: Reading) -> str:
    return f"{plural(len(reading.partners), 'part')} not mentioned" if reading.partners else ""


def _late(reading: Reading) -> str:
    found = reading.timeline.odds if reading.timeline else None
    return f"{odds(found.value)} to make the hoped-for date" if found and found.value < EVEN else ""


def _fragile(reading: Reading) -> str:
    count = sum(one.fragility.level == "fragile" for one in reading.touches)
    return f"{plural(count, 'touched part')} fragile" if count else ""
