"""Clock: what time it is for Colead's pages; a story is told as on its own days.

Only the demo and tests tell stories: `on` moves the time of the one thread that tells, so that the verbs
themselves write the days on which they happened. Everybody else's time goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, tzinfo
from typing import Any

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)
_plain = datetime


class _Told(type):
    """Every moment is one, whoever made it."""

    def __instancecheck__(cls, one: Any) -> bool:
        return isinstance(one, _plain)


class _Clock(datetime, metaclass=_Told):
    """What Django takes for the class of moments."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        """The moment that is told, or the present one."""
        told = _told.get()
        return _plain.now(tz) if told is None else told.astimezone(tz)


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """Until the block ends it is this moment here."""
    django: Any = timezone
    source, before = django.datetime, _told.set(moment)  # what all of Django's time comes from
    django.datetime = _Clock
    try:
        yield
    finally:
        django.datetime = source
        _told.reset(before)
