"""Coming: the weeks ahead with their slots and what fills them, and what to look at next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet

from colead.ahead import SCHEMA
from colead.phrase import day, literal, number, odds, plural
from colead.web.areas.models import Area
from colead.web.repositories.check import AHEAD
from colead.web.reserve.models import WEEK, Repair, Room, monday

WEEKS = 6
FURTHEST = 12  # weeks ahead that a repair may be put into
NEXT = 3  # parts to look at next
MOST = 60  # open repairs that a page names


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the look ahead proposes: how many health changes fit into six weeks, and why."""

    slots: float
    landings: float
    share: float  # of 1

    def of(self, place: int) -> int:
        """The slots of one of the coming weeks; over all of them the rounding evens out."""
        return int(self.slots * (place + 1) / WEEKS + 0.5) - int(self.slots * place / WEEKS + 0.5)


def proposed(look: dict[str, Any]) -> Proposed | None:
    """As a look ahead tells it; None where there is none, or too little to tell."""
    told = look.get("reserve")
    if not told:
        return None
    return Proposed(told["slots"]["value"], told["landings"]["value"], told["share"])


def newest(area: Area) -> dict[str, Any]:
    """The newest look ahead as it was kept; {} where there is none of this form."""
    wire = area.looks.filter(kind=AHEAD).values_list("wire", flat=True).first()
    try:
        told = json.loads(wire or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) and told.get("schema") == SCHEMA else {}


@dataclass(slots=True)
class Week:
    """One week with its slots."""

    begins: date
    slots: int | None  # None: nobody said, and it cannot be told
    repairs: list[Repair] = field(default_factory=list)

    @property
    def ends(self) -> date:
        """Its Sunday."""
        return self.begins + timedelta(days=6)

    @property
    def filled(self) -> int:
        """Slots of repairs that both leads said yes to."""
        return sum(one.slots for one in self.repairs if one.is_filled)

    @property
    def asked(self) -> int:
        """Slots of repairs that wait for a yes."""
        return sum(one.slots for one in self.repairs if not one.is_filled)

    @property
    def free(self) -> int:
        """Slots that nothing is proposed for."""
        return max(0, (self.slots or 0) - self.filled - self.asked)

    @property
    def sentence(self) -> str:
        """How full it is."""
        spoken = self.filled + self.asked
        if self.slots is None:
            return f"{plural(spoken, 'slot')} spoken for" if spoken else "nothing planned"
        if spoken > self.slots:
            return f"{plural(self.slots, 'slot')}, {number(spoken)} spoken for: more than planned"
        if not self.slots:
            return "no slot"
        if not spoken:
            return f"{plural(self.slots, 'slot')}, {'free' if self.slots == 1 else 'all free'}"
        rest = f"{number(self.free)} free" if self.free else "full"
        return f"{plural(self.slots, 'slot')}, {rest}"


@dataclass(frozen=True)
class Coming:
    """The reserve of an area as of today."""

    area: Area
    today: date

    @cached_property
    def look(self) -> dict[str, Any]:
        """The newest look ahead."""
        return newest(self.area)

    @cached_property
    def proposed(self) -> Proposed | None:
        """What it proposes."""
        return proposed(self.look)

    @cached_property
    def said(self) -> dict[date | None, int]:
        """How many slots the leads said, by week; under None for every week."""
        this = monday(self.today)
        mine = Room.objects.filter(models.Q(week=None) | models.Q(week__gte=this), area=self.area)
        return dict(mine.values_list("week", "slots"))

    @cached_property
    def open(self) -> list[Repair]:
        """The repairs that have not ended, by week."""
        found = self.area.repairs.filter(ended=None).order_by("week", "id")
        return list(along(found)[:MOST])

    @cached_property
    def weeks(self) -> list[Week]:
        """The coming six."""
        first = monday(self.today)
        return [self._week(place, first + place * WEEK) for place in range(WEEKS)]

    def _week(self, place: int, begins: date) -> Week:
        slots = self.said.get(begins, self.said.get(None))
        if slots is None and self.proposed:
            slots = self.proposed.of(place)
        return Week(begins, slots, [one for one in self.open if one.week == begins])

    @property
    def over(self) -> list[Repair]:
        """Those whose week is over."""
        return [one for one in self.open if one.is_over]

    @property
    def later(self) -> list[Repair]:
        """Those of weeks after the coming six."""
        return [one for one in self.open if one.week > self.weeks[-1].begins]

    @property
    def free(self) -> int:
        """Slots of the coming weeks that nothing is proposed for."""
        return sum(one.free for one in self.weeks)

    @property
    def sentence(self) -> str:
        """How much of the reserve is filled."""
        every = sum(one.slots or 0 for one in self.weeks)
        if all(one.slots is None for one in self.weeks):
            return "How many slots there are cannot be told yet; say a number yourselves."
        if not every:
            return "No slot is kept for health in the coming six weeks."
        filled = sum(min(one.filled, one.slots or 0) for one in self.weeks)
        asked = sum(one.asked for one in self.weeks)
        slots = f"{number(filled).capitalize() if filled else 'None'} of {plural(every, 'slot')}"
        told = f"{slots} in the coming six weeks"
        more = f"; {number(asked)} {'waits' if asked == 1 else 'wait'} for a yes" if asked else ""
        return f"{told} {'are' if filled > 1 else 'is'} filled{more}."

    @property
    def computed(self) -> str:
        """How the number of slots comes about, and that it is a proposal."""
        one = self.proposed
        if one is None:
            return "A look ahead proposes how many slots a week has, once there are enough changes to count."
        return (
            f"About {one.landings:,.0f} changes by people usually land here in six weeks; of 100 of them "
            f"{100 * one.share:.0f} are meant for health, so about {one.slots:,.0f} slots "
            "of one change each. It is a proposal: the two of you may change it for any week."
        )

    @cached_property
    def nexts(self) -> list[Next]:
        """The parts to look at next."""
        return nexts(self.look, self.open)

    @property
    def room(self) -> date:
        """The first week with a free slot; the first of all where none has one."""
        return next((one.begins for one in self.weeks if one.free), self.weeks[0].begins)


def along(found: QuerySet[Repair]) -> QuerySet[Repair]:
    """With what a line of a repair tells."""
    return found.select_related("by", "repository").prefetch_related(
        "yeses", "estimates__by", "estimates__held"
    )


def choices(today: date, *more: date) -> list[tuple[str, str]]:
    """The weeks that a repair may be put into, in words."""
    first = monday(today)
    every = sorted({first + place * WEEK for place in range(FURTHEST)} | set(more))
    return [(one.isoformat(), f"the week of {day(one, today=today)}") for one in every]


# --- what to look at next -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Next:
    """A part from the ranking of exposure that no open repair is about."""

    key: str
    name: str
    repository: str  # as the look named it
    sentence: str

    @property
    def asked(self) -> dict[str, str]:
        """What a form of a new repair begins with."""
        return {"part": self.key, "repository": self.repository}


def nexts(look: dict[str, Any], open_ones: Sequence[Repair]) -> list[Next]:
    """The first ones of the ranking, without those that a repair is planned for."""
    taken = {one.key or one.name for one in open_ones}
    found = [one for one in look.get("places", ()) if one["component"] not in taken]
    return [
        Next(literal(one["component"]), literal(one["name"]), one["repository"], _why(one))
        for one in found[:NEXT]
    ]


def _why(one: dict[str, Any]) -> str:
    """Why it comes next."""
    ideas = plural(len(one["meetings"]), "coming idea meets", "coming ideas meet")
    likely, usual = (odds(one[name]["value"]) if one[name] else "" for name in ("odds", "usual_odds"))
    follows = f"{likely} that a fix follows one of them within three months"
    beside = "" if usual in ("", likely) else f", in the usual part {usual}"
    return f"{ideas.capitalize()} it; {follows}{beside}."
