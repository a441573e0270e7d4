"""Wire: a prototype as programs get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from colead.web.prototypes import models


@dataclass(frozen=True, slots=True)
class Prototype:
    """An experiment on an idea: one question, a box of days, a branch, and what was learned."""

    id: int
    idea: int
    question: str
    branch: str
    until: date
    by: str
    began: datetime
    ended: datetime | None
    verdict: str
    answer: str
    changed: dict[str, list[str]]  # by part, the files that its branch changed


def of(one: models.Prototype) -> Prototype:
    """The wire form of an experiment."""
    files = {key: list(paths) for trial in one.trials.values() for key, paths in trial.files.items()}
    return Prototype(
        one.pk, one.brief.number, one.question, one.branch, one.until, one.by.name,
        one.began, one.ended, one.verdict, one.answer, files,
    )  # fmt: skip
