"""Wire: a prototype as programs get it."""

from __future__ import annotations

from dataclasses import dataclass

from colead.web.prototypes.models import Prototype


@dataclass(frozen=True, slots=True)
class PrototypeWire:
    """One experiment."""

    id: int
    idea: int
    question: str
    branch: str
    until: str
    by: str
    began: str
    ended: str  # "" while it is open
    verdict: str
    answer: str
    changed: dict[str, list[str]]  # by part, the files that its branch changed


def of(one: Prototype) -> PrototypeWire:
    """The wire form of an experiment."""
    files = {key: list(paths) for trial in one.trials.values() for key, paths in trial.files.items()}
    ended = one.ended.isoformat() if one.ended else ""
    return PrototypeWire(
        one.pk, one.brief.number, one.question, one.branch, one.until.isoformat(), one.by.name,
        one.began.isoformat(), ended, one.verdict, one.answer, files,
    )  # fmt: skip
