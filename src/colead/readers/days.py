"""Days as people and tools write them: 2026-11-23, 23 November 2026, November 23, 2026, 23.11.2026."""

from __future__ import annotations

import re
from datetime import date, datetime

_DAYS = (
    (re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b"), (1, 2, 3)),
    (re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b"), (3, 2, 1)),
    (re.compile(r"\b(\d{4})(\d{2})(\d{2})\b"), (1, 2, 3)),
)
_NAMED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s-]{1,2}([A-Za-z]{3,9})\.?,?[\s-]{1,2}(\d{4})\b")
_AMERICAN = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_of(told: object) -> date | None:
    """The day that a value or the start of a text tells; None where it tells none."""
    if isinstance(told, datetime):
        return told.date()
    if isinstance(told, date):
        return told
    words = str(told)[:300]
    for shape, order in _DAYS:
        if found := shape.search(words):
            return _date(*(int(found[place]) for place in order))
    if found := _NAMED.search(words):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _AMERICAN.search(words):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    return None


def _month(told: str) -> int:
    name = told[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else 0


def _date(year: int, month: int, on: int) -> date | None:
    try:
        return date(year, month, on)
    except ValueError:
        return None
