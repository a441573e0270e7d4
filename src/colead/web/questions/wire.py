"""Wire: a question as programs get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from colead.web.questions import models


@dataclass(frozen=True, slots=True)
class Question:
    """One question on an idea."""

    id: int
    idea: int  # its number in the area
    ask: str
    why: str
    asked_by: str
    asked: datetime
    owed_by: str  # product, engineering or both
    state: str  # open, answered, set aside, or gone: the text answers it
    answer: str
    ended: datetime | None


def of(one: models.Question) -> Question:
    """A question in this form."""
    state = one.how if one.ended else "gone" if one.gone else "open"
    return Question(
        one.pk,
        one.brief.number,
        one.ask,
        one.why,
        one.asker,
        one.asked,
        one.turn,
        state,
        one.answer,
        one.ended or one.gone,
    )
