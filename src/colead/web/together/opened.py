"""Opened: what each figure was computed from, as links; things, never people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.urls import reverse
from django.utils import timezone

from colead.phrase import clip, day, plural
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief
from colead.web.concerns.models import Concern
from colead.web.questions.models import Question
from colead.web.together.counted import Counted

MOST = 12  # of one figure
WIDE = 110  # letters


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that was counted, and how it was counted."""

    words: str
    to: str
    how: str


def sources(area: Area, told: Counted) -> dict[str, tuple[Source, ...]]:
    """The newest or most telling of what each figure counts."""
    every = {
        "questions": _questions,
        "surprises": _late,
        "decisions": _decisions,
        "agreed": _agreed,
        "hours": _hours,
        "promises": _promises,
    }
    return {key: tuple(each(area, told)) for key, each in every.items()}


def _idea(area: Area, brief: Brief, how: str) -> Source:
    return Source(brief.title, reverse("brief", args=[area.slug, brief.number]), how)


def _questions(area: Area, told: Counted) -> Iterator[Source]:
    found = told.questions().select_related("brief").prefetch_related("brief__commitments")
    for one in found.order_by("-asked", "-id")[:MOST]:
        to = reverse("question", args=[area.slug, one.brief.number, one.pk])
        yield Source(clip(one.ask, WIDE), to, f"{one.brief.title}: {_when(one)}")


def _when(one: Question) -> str:
    ahead = min((each.at for each in one.brief.commitments.all()), default=None)
    done = one.ended or one.gone
    if done is None:
        return "still open" if ahead is None else "still open, and it goes ahead"
    return "answered after it went ahead" if ahead and done > ahead else "answered before anybody went ahead"


def _late(area: Area, told: Counted) -> Iterator[Source]:
    found = told.late().select_related("brief").prefetch_related("brief__commitments")
    for one in found.order_by("-at", "-id")[:MOST]:
        yield Source(clip(one.text, WIDE), reverse("concern", args=[area.slug, one.pk]), _surprise(one))


def _surprise(one: Concern) -> str:
    brief = cast(Brief, one.brief)
    ahead = min(each.at for each in brief.commitments.all())
    after = (timezone.localdate(one.at) - timezone.localdate(ahead)).days
    told = f"{brief.title}: on day {after + 1} after it went ahead"
    if one.told_since and one.told_since < one.at:
        return f"{told}; a reading showed it from {day(one.told_since.date())}"
    return f"{told}; no reading had shown it"


def _decisions(area: Area, told: Counted) -> Iterator[Source]:
    for one in told.waiting()[:MOST]:
        to = reverse("decision", args=[area.slug, one.number])
        yield Source(one.question, to, f"asked on {day(one.made.date())}")


def _agreed(area: Area, told: Counted) -> Iterator[Source]:
    for one in told.ahead().prefetch_related("commitments").order_by("-id")[: MOST // 2]:
        unsigned = any("problem" in each.unsigned for each in one.commitments.all())
        how = "went ahead without an agreed problem" if unsigned else "went ahead with an agreed problem"
        yield _idea(area, one, how)
    for one in told.coming().filter(~told.agreed()).order_by("place", "id")[: MOST // 2]:
        yield _idea(area, one, "open, and the problem is not agreed")


def _hours(area: Area, told: Counted) -> Iterator[Source]:
    for one in told.written().order_by("-made", "-id")[:MOST]:
        yield _idea(area, one, f"written on {day(one.made.date())}")


def _promises(area: Area, told: Counted) -> Iterator[Source]:
    accepted, asked = told.due()
    for one in accepted.select_related("tradeoff").order_by("-until", "-id")[: MOST // 4]:
        to = reverse("tradeoff", args=[area.slug, one.tradeoff_id])
        yield Source(
            clip(one.tradeoff.skip, WIDE), to, f"accepted until {day(one.until)}, {_seen(one.ended)}"
        )
    for each in asked.select_related("decision").order_by("-on", "-id")[: MOST // 4]:
        to = reverse("decision", args=[area.slug, each.decision.number])
        yield Source(
            each.decision.question, to, f"to be looked at on {_day(each.on)}, {_seen(each.answered)}"
        )
    for held in told.estimates().select_related("estimate__repair")[: MOST // 4]:
        repair = held.estimate.repair
        said = f"{held.said[1]:.0f} to {held.said[2]:.0f}"
        came = f"{plural(held.came or 0, 'fix', 'fixes')} came, {said} were said"
        yield Source(clip(repair.what, WIDE), reverse("repair", args=[area.slug, repair.pk]), came)
    for idea in told.hoped().order_by("-hoped", "-id")[: MOST // 4]:
        there = f"there on {day(idea.shipped)}" if idea.shipped else "not there yet"
        yield _idea(area, idea, f"hoped for by {_day(idea.hoped)}, {there}")


def _day(when: date | None) -> str:
    return day(when) if when else "no day"


def _seen(when: datetime | None) -> str:
    return f"looked at on {day(when.date())}" if when else "not looked at yet"
