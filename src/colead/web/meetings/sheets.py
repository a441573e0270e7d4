"""Sheets: ideas as they come to a meeting, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from colead.phrase import day
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief
from colead.web.decisions.models import Decision
from colead.web.questions.models import Question
from colead.web.repositories.models import KeptReading

if TYPE_CHECKING:
    from colead.writers.sheet import Idea

DECIDES = {
    "idea": "Is this a problem that we want to solve?",
    "shaping": "Do we agree on how, and how much it may cost?",
    "ready": "Do we go ahead?",
    "building": "Do we go on as it is, or leave something out?",
}
SHIPPED = "Did it make things better?"


def sheet_of(area: Area, ideas: Sequence[Brief], on: date | None) -> str:
    """The file for these ideas."""
    from colead import __version__
    from colead.writers.sheet import sheet

    when = f"{area.name}, {day(on or timezone.localdate(), today=timezone.localdate())}"
    return sheet(f"{area.name}: meeting", when, _ideas(area, ideas), __version__)


def undecided(ideas: Sequence[Brief]) -> dict[int, Decision]:
    """The oldest open decision of each of these ideas that has one."""
    found = Decision.objects.filter(brief__in=ideas).open().defer("background").order_by("-id")
    return {one.brief_id: one for one in found}


def to_decide(brief: Brief, asks: Decision | None) -> str:
    """What there is to decide about an idea: this open decision, else what follows from its stage."""
    if asks is None:
        return DECIDES.get(brief.stage, SHIPPED)
    decider = brief.area.decider(asks.space)
    return f"{asks.question} {decider[:1].upper()}{decider[1:]}."


def _ideas(area: Area, ideas: Sequence[Brief]) -> list[Idea]:
    from colead.writers.sheet import MOST, Asked, Idea

    newest = KeptReading.objects.filter(brief=OuterRef("brief")).order_by("-id").values("pk")[:1]
    found = KeptReading.objects.filter(brief__in=ideas, pk=Subquery(newest))
    kept, asks = {one.brief_id: one.reading for one in found}, undecided(ideas)
    asked = Question.objects.filter(brief__in=ideas).open().few_of_each(MOST)
    made = []
    for one in ideas:
        one.area = area
        rows = tuple(Asked(each.ask, str(each.turn)) for each in asked.get(one.pk, []))
        made.append(Idea(one.title, kept.get(one.pk), rows, to_decide(one, asks.get(one.pk))))
    return made
