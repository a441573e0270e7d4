"""Sheets: ideas as they come to a meeting, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from colead.phrase import day
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief
from colead.web.decisions.models import Decision
from colead.web.questions.models import Question

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
    return sheet(f"{area.name}: meeting", when, [_idea(area, one) for one in ideas], __version__)


def to_decide(brief: Brief) -> tuple[str, Decision | None]:
    """What there is to decide about an idea: its oldest open decision, else what follows from its stage."""
    asks = Decision.objects.filter(brief=brief).open().order_by("id").first()
    if asks is None:
        return DECIDES.get(brief.stage, SHIPPED), None
    decider = brief.area.decider(asks.space)
    return f"{asks.question} {decider[:1].upper()}{decider[1:]}.", asks


def _idea(area: Area, brief: Brief) -> Idea:
    from colead.writers.sheet import MOST, Asked, Idea

    brief.area = area
    kept = brief.newest_reading
    rows = Question.objects.filter(brief=brief).open().people_first()[:MOST]
    asked = tuple(Asked(one.ask, str(one.turn)) for one in rows)
    return Idea(brief.title, kept.reading if kept else None, asked, to_decide(brief)[0])
