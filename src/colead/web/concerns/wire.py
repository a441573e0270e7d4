"""Wire: a concern as programs get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from colead.web.concerns import models


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody said to a concern."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Concern:
    """One piece of bad news; `first_told` is when a reading first held it."""

    id: int
    idea: int | None  # its number in the area; None where it is about the area
    kind: str
    text: str
    raised_by: str
    raised: datetime
    owed_by: tuple[str, ...]  # the sides that it waits for
    day: int | None  # of the building, for a part that nobody foresaw
    first_told: datetime | None
    resolved: datetime | None
    because: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """By what the changes of an idea are known while it is built."""

    branch: str
    ticket: str
    said: str  # how the last comparison went


def trail(one: models.Trail) -> Trail:
    """A trail in this form."""
    return Trail(one.branch, one.ticket, one.said)


def of(one: models.Concern) -> Concern:
    """A concern in this form."""
    return Concern(
        one.pk,
        one.brief.number if one.brief else None,
        one.kind,
        one.text,
        one.raiser,
        one.at,
        tuple(str(side) for side in one.owed_by),
        one.day,
        one.told_since,
        one.ended,
        one.because,
        tuple(Reply(each.by.name, each.at, each.text) for each in one.replies.all()),
    )
