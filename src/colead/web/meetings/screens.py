"""Screens: a meeting as steps, one question each, then what came out of each idea, then the end."""

from __future__ import annotations

from dataclasses import dataclass

from colead.question import Side as Owes
from colead.web.areas.models import Area, Side
from colead.web.briefs.models import Brief
from colead.web.meetings.models import Meeting
from colead.web.questions.models import Question

SPACES = {Owes.PRODUCT: "the problem", Owes.ENGINEERING: "the solution"}


@dataclass(frozen=True, slots=True)
class Screen:
    """One step: a question of an idea, what came out of it, or the end."""

    at: int
    brief: Brief | None
    question: Question | None
    number: int  # of the question within its idea; 0 for none
    line: str  # "We are discussing: the solution. Emil decides."

    @property
    def mark(self) -> str:
        """The side whose hue it carries."""
        return self.question.turn if self.question else "both"


def screens(meeting: Meeting) -> list[Screen]:
    """All steps, in their order."""
    found: list[Screen] = []
    names = _names(meeting.area)
    for brief in meeting.ideas:
        brief.area = meeting.area
        for number, one in enumerate(meeting.asked(brief), start=1):
            one.brief = brief
            found.append(Screen(len(found), brief, one, number, _line(one, names)))
        line = f"We are discussing: whether it is worth it. {names[Owes.BOTH]} decide together."
        found.append(Screen(len(found), brief, None, 0, line))
    return [*found, Screen(len(found), None, None, 0, "")]


def _names(area: Area) -> dict[str, str]:
    told = {}
    for side in Side:
        lead = area.lead(side)
        told[str(side)] = lead.name if lead else str(side)
    return {**told, Owes.BOTH: " and ".join(told.values())}


def _line(one: Question, names: dict[str, str]) -> str:
    if one.turn == Owes.BOTH:
        return f"We are discussing: what both own. {names[one.turn]} decide together."
    return f"We are discussing: {SPACES[Owes(one.turn)]}. {names[one.turn]} decides."
