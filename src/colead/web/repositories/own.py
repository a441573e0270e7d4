"""Own forecasts: what readings said of the dates of this area's ideas, held against when people had them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from colead.backtest import Foretold
from colead.phrase import number, plural
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief, Commitment
from colead.web.repositories.models import KeptReading

MOST = 20  # ideas that are looked at
WEEK = 7.0  # days


@dataclass(frozen=True, slots=True)
class Own:
    """A forecast of an idea that people have by now."""

    number: int
    title: str
    said: Foretold  # as of the last reading before somebody went ahead, else of the first one


def own(area: Area) -> list[Own]:
    """Those of the ideas that were shipped last, oldest first; without those whose date nobody could tell."""
    shipped = area.briefs.exclude(shipped=None).annotate(told=_reading()).exclude(told=None)
    ideas = list(shipped.order_by("-shipped", "-id")[:MOST])
    wires = dict(KeptReading.objects.filter(pk__in=[one.told for one in ideas]).values_list("pk", "wire"))
    found = [_held(one, wires[one.told]) for one in reversed(ideas) if one.told in wires]
    return [one for one in found if one is not None]


def _reading() -> Coalesce:
    """The last reading before an idea was gone ahead with, else its first one."""
    mine = KeptReading.objects.filter(brief=OuterRef("pk"))
    ahead = Commitment.objects.filter(brief=OuterRef("brief")).order_by("id").values("at")[:1]
    before = mine.filter(made__lte=Subquery(ahead)).order_by("-id").values("pk")[:1]
    return Coalesce(Subquery(before), Subquery(mine.order_by("id").values("pk")[:1]))


def _held(brief: Brief, wire: str) -> Own | None:
    """What one reading said; None where it told no dates, or nobody can read it any more."""
    try:
        told = json.loads(wire)["timeline"]
        began, low, high = date.fromisoformat(told["start"]), told["weeks"]["low"], told["weeks"]["high"]
        took = max(0, (brief.shipped - began).days) / WEEK if brief.shipped else None
        return Own(brief.number, brief.title, Foretold(told["start"], float(low), float(high), took))
    except (ValueError, TypeError, KeyError):
        return None


def sentence(told: list[Own]) -> str:
    """How many held, in a sentence."""
    if not told:
        return (
            "No idea with a range of dates has reached people since Colead reads here. The first one that "
            "does begins this list."
        )
    held = sum(one.said.held for one in told)
    ideas = plural(len(told), "idea")
    return f"Of {ideas} that people have by now, {number(held)} came within the range that was said."
