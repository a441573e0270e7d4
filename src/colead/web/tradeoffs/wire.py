"""The wire form of tradeoffs and occasions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from colead.web.tradeoffs import models
from colead.web.tradeoffs.told import Row


@dataclass(frozen=True, slots=True)
class Occasion:
    """A date that matters to the business."""

    id: int
    name: str
    first: date
    last: date
    what: str


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """What is skipped, what is at risk, and who accepted it until when."""

    id: int
    kind: str  # "repair" or "feature"
    skip: str
    risk: str
    code: str  # of the reading that tells it, "" where a person does
    idea: int | None
    written_by: str
    written_at: datetime
    state: str  # "open", "accepted", "again" or "ended"
    accepted_by: str
    side: str
    until: date | None
    against: str  # name of an occasion
    happened: str  # since then, as far as git shows it


@dataclass(frozen=True, slots=True)
class ToldTradeoff:
    """A tradeoff of an idea; `id` stays the same while readings tell it; "" where a person wrote it."""

    id: str
    code: str
    kind: str  # "repair" or "feature"
    skip: str
    risk: str
    written: Tradeoff | None  # once somebody wrote it down


def told(row: Row) -> ToldTradeoff:
    """A tradeoff of an idea as programs see it."""
    written = of(row.written) if row.written else None
    return ToldTradeoff(row.mark, row.code, row.kind, row.skip, row.risk, written)


def occasion(one: models.Occasion) -> Occasion:
    """An occasion as programs see it."""
    return Occasion(one.pk, one.name, one.first, one.last, one.what)


def of(one: models.Tradeoff) -> Tradeoff:
    """A tradeoff as programs see it."""
    word = one.standing
    ended = word is None and bool(list(one.acceptances.all()))
    state = "ended" if ended else "open" if word is None else "again" if word.over else "accepted"
    return Tradeoff(
        id=one.pk,
        kind=one.kind,
        skip=one.skip,
        risk=one.risk,
        code=one.code,
        idea=one.brief.number if one.brief else None,
        written_by=one.by.name,
        written_at=one.made,
        state=state,
        accepted_by=word.by.name if word else "",
        side=word.side if word else "",
        until=word.until if word else None,
        against=word.against if word else "",
        happened=word.happened if word else "",
    )
