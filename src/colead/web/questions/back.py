"""Back: answers that were given on the page of a reading, wherever it was opened, go where all answers go."""

from __future__ import annotations

from dataclasses import dataclass

from colead.readers.answers import Given, read_answers
from colead.web.areas.models import Membership
from colead.web.briefs.models import Brief
from colead.web.people.models import Person
from colead.web.questions.models import LONGEST, WRITES, Closed, Question
from colead.writers.parts import said

WHY = "answers from a reading's page"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one answer: "written", "suggested" to the side that owes it, "closed" or "unknown"."""

    ask: str
    answer: str
    became: str
    side: str = ""


def take_back(brief: Brief, by: Person, membership: Membership, text: str) -> list[Taken]:
    """Take answers over: one's own side's into its text, the other side's as a suggestion to it."""
    every = Question.objects.filter(brief=brief).order_by("id")
    rows = {(one.code, said(one.ask)): one for one in every}  # as the page shows it
    taken, foreign = [], []
    for one in read_answers(text):
        found = rows.get((one.code, said(one.ask)))
        if found is not None:
            found.brief, found.area = brief, brief.area
        if found is None or found.ended is not None:
            taken.append(Taken(one.ask, one.answer, "unknown" if found is None else "closed"))
        elif found.may_answer(membership):
            taken.append(_written(found, by, membership.side, one))
        else:
            foreign.append((found, one))
    return taken + _suggested(brief, by, foreign)


def _written(found: Question, by: Person, side: str, one: Given) -> Taken:
    try:
        found.answer_with(by, side, one.answer[:LONGEST])
    except Closed:
        return Taken(one.ask, one.answer, "closed")
    return Taken(one.ask, one.answer, "written", side)


def _suggested(brief: Brief, by: Person, foreign: list[tuple[Question, Given]]) -> list[Taken]:
    """One suggestion for each text, with all answers in it; the questions stay open until it is accepted."""
    spaces = {found.turn: WRITES[side] for found, _ in foreign for side in WRITES if side == found.turn}
    for side, space in spaces.items():
        with brief.area.held():
            section = brief.sections.get(space=space)
            section.brief, text = brief, section.text
            for found, one in foreign:
                text = found.in_text(text, one.answer[:LONGEST]) if found.turn == side else text
            section.suggest(by, text, WHY)
    return [Taken(one.ask, one.answer, "suggested", found.turn) for found, one in foreign]
