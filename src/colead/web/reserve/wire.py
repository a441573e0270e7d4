"""Wire: a repair as programs get it."""

from __future__ import annotations

from dataclasses import dataclass

from colead.web.reserve.models import Repair
from colead.web.reserve.score import score


@dataclass(frozen=True, slots=True)
class RepairWire:
    """One repair."""

    id: int
    what: str
    part: str
    key: str
    week: str  # ISO date of its Monday
    by: str
    made: str
    missing: tuple[str, ...]  # sides whose lead has not said yes
    slots: int
    fewer: int  # of 100 fixes, those that will not come; 0 where nobody said
    estimated_by: str
    ended: str  # "" while it is open
    done: bool
    score: str  # what was said against what came, once its quarter is over


def of(one: Repair) -> RepairWire:
    """The wire form of a repair."""
    said = one.estimate
    held = getattr(said, "held", None)
    return RepairWire(
        id=one.pk,
        what=one.what,
        part=one.name,
        key=one.key,
        week=one.week.isoformat(),
        by=one.by.name,
        made=one.at.isoformat(),
        missing=tuple(one.missing),
        slots=one.slots,
        fewer=(said and said.fewer) or 0,
        estimated_by=said.by.name if said else "",
        ended=one.ended.isoformat() if one.ended else "",
        done=one.done,
        score=score(held) if held else "",
    )
