"""Wire: a meeting as programs get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, prefetch_related_objects

from colead.web.meetings import models

ALONG = (
    Prefetch("items", models.Item.objects.select_related("brief").order_by("id")),
    Prefetch("outcomes", models.Outcome.objects.select_related("brief", "by").order_by("id")),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, or what a side owes."""

    id: int
    idea: int | None
    kind: str  # decided, product or engineering
    text: str
    noted_by: str
    done: datetime | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting with its ideas and what came out."""

    id: int
    on: date
    begun: datetime | None
    ended: datetime | None
    ideas: tuple[int, ...]  # their numbers in the area
    outcomes: tuple[Outcome, ...]


def of(one: models.Meeting) -> Meeting:
    """A meeting in this form; what of ALONG did not come with it is asked for."""
    prefetch_related_objects([one], *ALONG)
    ideas = tuple(each.brief.number for each in one.items.all()[: models.MOST])
    return Meeting(one.pk, one.on, one.begun, one.ended, ideas, tuple(map(outcome, one.outcomes.all())))


def outcome(one: models.Outcome) -> Outcome:
    """What came out, which came with its idea and person."""
    number = one.brief.number if one.brief else None
    return Outcome(one.pk, number, one.kind, one.text, one.by.name, one.done)
