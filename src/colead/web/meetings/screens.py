"""Screens: a meeting as steps, one question each, then what came out of each idea, then the end."""

from __future__ import annotations

from dataclasses import dataclass

from colead.question import Side as Owes
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief
from colead.web.meetings.models import Meeting
from colead.web.questions.models import Question

SPACES = {
    Owes.PRODUCT: ("problem", "the problem"),
    Owes.ENGINEERING: ("approach", "the solution"),
    Owes.BOTH: ("outcome", "what both own"),
}


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

    @property
    def said(self) -> str:
        """The sentence of the idea that the question is about, where it is one."""
        one = self.question
        return one.quote if one and " " in one.quote and one.quote not in f"{one.ask} {one.why}" else ""


def screens(meeting: Meeting) -> list[Screen]:
    """All steps, in their order."""
    found: list[Screen] = []
    ideas = meeting.ideas
    asked = meeting.asked(ideas)
    for brief in ideas:
        brief.area = meeting.area
        for number, one in enumerate(asked.get(brief.pk, []), start=1):
            one.brief = brief
            found.append(Screen(len(found), brief, one, number, _line(meeting.area, one)))
        line = f"We are discussing: whether it is worth it. {_decider(meeting.area, 'outcome')}"
        found.append(Screen(len(found), brief, None, 0, line))
    return [*found, Screen(len(found), None, None, 0, "")]


def _line(area: Area, one: Question) -> str:
    space, spoken = SPACES[Owes(one.turn)]
    return f"We are discussing: {spoken}. {_decider(area, space)}"


def _decider(area: Area, space: str) -> str:
    decider = area.decider(space)
    return f"{decider[:1].upper()}{decider[1:]}."
