"""Dated: the days that a text names.

"1 December 2026", "Dec 1st", ISO dates, "end of November" and "end of Q4" are
read; 01/02/2026 is two different days to two readers and is never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from colead.phrase import MONTHS

MONTH = "|".join(rf"{name}|{name[:4]}|{name[:3]}" for name in MONTHS)
_ISO = re.compile(r"(?<![\d/-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?({MONTH})\b\.?(?:,? (\d{{4}}))?(?!\d)", re.IGNORECASE
)
_MONTH_DAY = re.compile(
    rf"\b({MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?(?![\d:%])", re.IGNORECASE
)
_END_OF_MONTH = re.compile(rf"\bend of ({MONTH})\b\.?(?:,? (\d{{4}}))?", re.IGNORECASE)
_END_OF_QUARTER = re.compile(r"\bend of (?:the )?q([1-4])(?:[ /]?(\d{4}))?", re.IGNORECASE)
_END_OF_YEAR = re.compile(r"\bend of (?:the year )?(20\d{2})\b|\bend of (?:the|this) year\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b(?:{MONTH})\b\.?,? \d{{4}}\b|\bq[1-4][ /]?\d{{4}}\b|\b20\d\d\b", re.IGNORECASE)
SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/])")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a text names."""

    place: int  # where in the text it begins
    end: int
    year: int | None
    month: int
    day: int
    read_as: bool  # the day is our reading of a longer span


def dates(text: str) -> list[Dated]:
    """Every day that a text names, in the order in which they stand."""
    found = [Dated(*m.span(), int(m[1]), int(m[2]), int(m[3]), False) for m in _ISO.finditer(text)]
    for words, month, number in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        found += [
            Dated(*m.span(), _year(m[3]), _month(m[month]), int(m[number]), False)
            for m in words.finditer(text)
        ]
    found += [Dated(*m.span(), _year(m[2]), _month(m[1]), 31, True) for m in _END_OF_MONTH.finditer(text)]
    found += [Dated(*m.span(), _year(m[2]), 3 * int(m[1]), 31, True) for m in _END_OF_QUARTER.finditer(text)]
    found += [Dated(*m.span(), _year(m[1]), 12, 31, True) for m in _END_OF_YEAR.finditer(text)]
    for match in SLASHED.finditer(text):
        if order := slashed(match):
            found.append(Dated(*match.span(), int(match[4]), *order, False))
    return sorted((one for one in found if _real(one)), key=lambda one: one.place)


def names_date(text: str) -> bool:
    """Whether a text names a day, with or without its year."""
    return bool(dates(text[:600]))


def without_dates(text: str) -> str:
    """A text with its days, months of a year and years taken out, so that only counts are left as numbers."""
    for one in reversed(dates(text)):
        text = text[: one.place] + "then" + text[one.end :]
    return _MONTH_YEAR.sub("then", text)


def slashed(match: re.Match[str]) -> tuple[int, int] | None:
    """Month and day of 25/12/2026, 12/25/2026, 5/5/2026 or 25.12.2026; None where two are possible."""
    one, other = int(match[1]), int(match[3])
    if match[2] == "." or one > 12 or one == other:
        return other, one
    return (one, other) if other > 12 else None


def _month(name: str) -> int:
    return 1 + [one[:3].lower() for one in MONTHS].index(name[:3].lower())


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _real(one: Dated) -> bool:
    if not (1 <= one.month <= 12 and 1 <= one.day <= 31 and 1990 <= (one.year or 2000) <= 2200):
        return False
    return one.read_as or one.day <= monthrange(one.year or 2024, one.month)[1]
