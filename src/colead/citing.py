"""Citing: landings named as sources that a person can open, and days counted in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from colead.evidence import SOURCES_SHOWN, Source
from colead.history import History

DAY = 86_400  # seconds


def end_of(today: date) -> int:
    """The first second after `today`, in unix seconds (UTC): what ages are counted from."""
    return DAY * (today.toordinal() - date(1970, 1, 1).toordinal() + 1)


def day_of(at: float) -> date:
    """The day (UTC) of a moment in unix seconds."""
    return datetime.fromtimestamp(at, UTC).date()


def days_after(day: date, count: int) -> date:
    """So many days later, the last day there is at most."""
    return date.fromordinal(min(date.max.toordinal(), day.toordinal() + count))


def cite(history: History, positions: Iterable[int], repository: str) -> tuple[Source, ...]:
    """The newest of the landings at `positions` as sources, newest first, at most SOURCES_SHOWN."""
    newest = sorted({int(one) for one in positions}, reverse=True)[:SOURCES_SHOWN]
    return tuple(_source(history, one, repository) for one in newest)


def _source(history: History, position: int, repository: str) -> Source:
    landing = history.landings[position]
    day = day_of(landing.at).isoformat()
    return Source("landing", landing.oid, landing.title, day, repository)
