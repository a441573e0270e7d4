"""Wire: the reserve and its repairs as programs get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from colead.web.areas.wire import Who, who
from colead.web.reserve import models
from colead.web.reserve.coming import Coming
from colead.web.reserve.coming import Week as Told
from colead.web.reserve.score import score


@dataclass(frozen=True, slots=True)
class Repair:
    """A piece of health work in the slots of one week; `key` is empty where its part is not known."""

    id: int
    what: str
    part: str
    key: str
    repository: str | None
    week: date  # its Monday
    by: Who
    made: datetime
    missing: tuple[str, ...]  # sides whose lead has not said yes
    slots: int
    fewer: int | None  # of 100 fixes, those that will not come
    estimated_by: Who | None
    ended: datetime | None
    done: bool
    score: str  # what was said against what came, once its quarter is over


@dataclass(frozen=True, slots=True)
class Week:
    """One of the coming weeks; `slots` is null where nobody said a number and none can be told."""

    week: date
    slots: int | None
    said: int | None  # by the leads, for this week alone
    filled: int
    asked: int
    free: int
    sentence: str
    repairs: tuple[int, ...]  # their ids


@dataclass(frozen=True, slots=True)
class NextPart:
    """A part that the coming ideas will meet and that no open repair is about."""

    part: str
    name: str
    repository: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reserve:
    """The slots of the coming weeks, what fills them, and what to look at next."""

    sentence: str
    computed: str
    said: int | None  # by the leads, for every week that has no number of its own
    weeks: tuple[Week, ...]
    next: tuple[NextPart, ...]


def of(one: models.Repair) -> Repair:
    """A repair, which came with its people, place and estimates."""
    said = one.estimate
    held = getattr(said, "held", None)
    return Repair(
        id=one.pk,
        what=one.what,
        part=one.name,
        key=one.key,
        repository=one.repository.name if one.repository else None,
        week=one.week,
        by=who(one.by),
        made=one.at,
        missing=tuple(one.missing),
        slots=one.slots,
        fewer=said.fewer if said else None,
        estimated_by=who(said.by) if said else None,
        ended=one.ended,
        done=one.done,
        score=score(held) if held else "",
    )


def reserve(coming: Coming) -> Reserve:
    """The reserve as of today."""
    weeks = tuple(_week(one, coming.said.get(one.begins)) for one in coming.weeks)
    places = tuple(NextPart(one.key, one.name, one.repository, one.sentence) for one in coming.nexts)
    return Reserve(coming.sentence, coming.computed, coming.said.get(None), weeks, places)


def _week(one: Told, said: int | None) -> Week:
    repairs = tuple(each.pk for each in one.repairs)
    return Week(one.begins, one.slots, said, one.filled, one.asked, one.free, one.sentence, repairs)
