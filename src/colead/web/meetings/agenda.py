"""Agenda: what each idea of the next meeting brings to the table, and what is still owed from before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from colead.phrase import listing, number, plural
from colead.web.areas.models import Area, Entry, Side
from colead.web.briefs.models import Brief
from colead.web.meetings.models import Item, Outcome
from colead.web.meetings.sheets import to_decide, undecided
from colead.web.questions.models import Question

MOST = 20  # promises that are shown
TALK = ("put on the agenda", "took off the agenda", "noted in a meeting")  # no news of the idea itself


@dataclass(frozen=True, slots=True)
class Topic:
    """One idea on the agenda."""

    brief: Brief
    asks: str  # "Three questions are open: two for product and one for both."
    decides: str  # "Do we go ahead?"
    met: datetime | None  # when it was last talked about, where it moved since


def agenda(area: Area, ideas: Sequence[Brief]) -> list[Topic]:
    """What each of these ideas brings, in their order."""
    open_ones = Question.objects.filter(brief__in=ideas).open().values_list("brief", "turn")
    turns: dict[int, Counter[str]] = {one.pk: Counter() for one in ideas}
    for brief, turn in open_ones:
        turns[brief][turn] += 1
    met, asks = _met(ideas), undecided(ideas)
    topics = []
    for one in ideas:
        one.area = area
        topics.append(Topic(one, _asks(turns[one.pk]), to_decide(one, asks.get(one.pk)), met.get(one.pk)))
    return topics


def owed(area: Area) -> list[Outcome]:
    """What was said in earlier meetings and is not done, the oldest first."""
    found = Outcome.objects.filter(meeting__area=area, kind__in=Side.values, done=None)
    return list(found.exclude(meeting__ended=None).select_related("brief", "meeting").order_by("id")[:MOST])


def _asks(turns: Counter[str]) -> str:
    count = turns.total()
    if not count:
        return "No question is open."
    sides = sorted(turns.items(), key=lambda one: (one[0] == "both", one[0] != "product"))
    if len(sides) == 1:
        return f"{plural(count, 'question')} for {sides[0][0]}.".capitalize()
    split = listing([f"{number(many)} for {side}" for side, many in sides])
    return f"{plural(count, 'question')}: {split}.".capitalize()


def _met(ideas: Iterable[Brief]) -> dict[int, datetime]:
    """When each was last talked about, of those that moved since."""
    talked = Item.objects.filter(brief__in=ideas, meeting__ended__lt=timezone.now())
    last: dict[int, datetime] = dict(talked.values_list("brief").annotate(Max("meeting__ended")))
    news = Entry.objects.filter(brief__in=last).exclude(verb__in=TALK)
    moved = dict(news.values_list("brief").annotate(Max("at")))
    return {brief: ended for brief, ended in last.items() if brief in moved and moved[brief] > ended}
