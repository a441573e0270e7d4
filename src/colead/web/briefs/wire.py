"""Wire: ideas with their texts, versions, signatures and suggestions as programs read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from colead.web.areas.wire import Who, who
from colead.web.briefs import models
from colead.web.briefs.form import SPACES
from colead.web.repositories.models import KeptReading


@dataclass(frozen=True)
class Standing:
    """How a text stands: its version, and which sides signed it."""

    version: int
    signed: tuple[str, ...]


@dataclass(frozen=True)
class Idea:
    """An idea on its way from problem to outcome, without its texts."""

    number: int
    title: str
    place: int
    stage: str
    hoped: date | None
    changes: int | None  # it may take, as engineering says
    made: datetime
    touched: datetime
    shipped: date | None
    problem: Standing
    approach: Standing
    outcome: Standing


@dataclass(frozen=True)
class Agreement:
    """A side's signature under the version that stands."""

    version: int
    side: str
    by: Who
    at: datetime


@dataclass(frozen=True)
class Section:
    """One of an idea's three texts, in Markdown; `owner` is null where both sides own it."""

    space: str
    owner: str | None
    version: int
    text: str
    changed: datetime
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Version:
    """A text as it was saved."""

    number: int
    text: str
    by: Who
    at: datetime


@dataclass(frozen=True)
class Suggestion:
    """Another text, proposed by the side that does not own it; `accepted` is null while it is open."""

    id: int
    space: str
    over: int
    text: str
    why: str
    by: Who
    at: datetime
    accepted: bool | None
    answer: str
    answered_by: Who | None
    answered: datetime | None


@dataclass(frozen=True)
class Commitment:
    """That an idea is built now, by whose word, and which texts were not agreed at that moment."""

    side: str
    by: Who
    at: datetime
    unsigned: tuple[str, ...]


@dataclass(frozen=True)
class ReadingHead:
    """A reading that was kept, without its findings."""

    id: int
    made: datetime
    verdict: str
    concerns: tuple[str, ...]
    current: bool


@dataclass(frozen=True)
class Reading:
    """A reading that was kept, with its findings in the published form of its time."""

    id: int
    made: datetime
    verdict: str
    concerns: tuple[str, ...]
    reading: Any


@dataclass(frozen=True)
class Happened:
    """What somebody did to an idea, as a sentence; `by` is null for Colead."""

    at: datetime
    by: Who | None
    did: str


@dataclass(frozen=True)
class Changed:
    """A text that is another one than on a day: the versions, the sentences that went, those that came."""

    space: str
    before: int
    version: int
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Past:
    """What happened to an idea, the newest first, and what changed in its texts since a day."""

    since: date
    changed: tuple[Changed, ...]
    entries: tuple[Happened, ...]


def _standing(section: models.Section) -> Standing:
    return Standing(section.version, tuple(sorted(section.signed)))


def idea(one: models.Brief) -> Idea:
    """An idea."""
    texts = one.by_space
    spaces = [_standing(texts[space]) for space in SPACES]
    dates = (one.hoped, one.changes, one.made, one.touched, one.shipped)
    return Idea(one.number, one.title, one.place, one.stage, *dates, *spaces)


def section(one: models.Section) -> Section:
    """A text with the signatures under it."""
    signed = (one.signed[side] for side in sorted(one.signed))
    agreements = tuple(Agreement(each.version, each.side, who(each.by), each.at) for each in signed)
    return Section(one.space, one.owner or None, one.version, one.text, one.changed, agreements)


def version(one: models.Version) -> Version:
    """A version, which came with its writer."""
    return Version(one.number, one.text, who(one.by), one.at)


def suggestion(one: models.Suggestion) -> Suggestion:
    """A suggestion, which came with its people and its section."""
    said = (one.over, one.text, one.why, who(one.by), one.at, one.accepted, one.answer)
    answered_by = who(one.answered_by) if one.answered_by else None
    return Suggestion(one.pk, one.section.space, *said, answered_by, one.answered)


def commitment(one: models.Commitment) -> Commitment:
    """A commitment."""
    unsigned = tuple(space for space in one.unsigned.split(",") if space)
    return Commitment(one.side, who(one.by), one.at, unsigned)


def reading_head(one: KeptReading, digest: str) -> ReadingHead:
    """A reading's head; `digest` is of the idea as it stands."""
    return ReadingHead(one.pk, one.made, one.verdict, tuple(one.concerns), one.digest == digest)
