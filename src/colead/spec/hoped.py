"""The hoped-for date in a spec: named with enough certainty to be used, or noted and left alone.

"1 December 2026", "Dec 1st", ISO dates, "end of November" and "end of Q4" are
read; 01/02/2026 is two different days to two readers and is never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from colead.phrase import MONTHS, day
from colead.spec.parts import Section, Sentence, Space, Spec

_MONTH = "|".join(rf"{name}|{name[:4]}|{name[:3]}" for name in MONTHS)
_ISO = re.compile(r"(?<![\d/-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?({_MONTH})\b\.?(?:,? (\d{{4}}))?(?!\d)", re.IGNORECASE
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?(?![\d:%])", re.IGNORECASE
)
_END_OF_MONTH = re.compile(rf"\bend of ({_MONTH})\b\.?(?:,? (\d{{4}}))?", re.IGNORECASE)
_END_OF_QUARTER = re.compile(r"\bend of (?:the )?q([1-4])(?:[ /]?(\d{4}))?", re.IGNORECASE)
_END_OF_YEAR = re.compile(r"\bend of (?:the year )?(20\d{2})\b|\bend of (?:the|this) year\b", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/])")
_VAGUE = re.compile(
    rf"\b(?:by|in|before|until|during) (?:(?:early|mid|late)[ -])?({_MONTH}|q[1-4])\b", re.IGNORECASE
)
_LEADS = re.compile(
    r"\b(?:by|before|until|due|deadline|no later than|not later than|launch(?:es)?|ship|ships|live|ready|"
    r"release[sd]?|target|hoped[- ]for|needed)\b[^.\d]{0,30}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hoped:
    """The date a spec hopes for. `when` is None where none was named or none could be read with certainty."""

    when: date | None = None
    line: int = 0
    quote: str = ""
    note: str = ""  # what was read into it or left alone, a sentence; "" when there is nothing to say


@dataclass(frozen=True, slots=True)
class _Found:
    place: int  # where in the sentence
    year: int | None
    month: int
    day: int
    read_as: bool  # the day is our reading of a longer span


def names_date(text: str) -> bool:
    """Whether a text names a day, with or without its year."""
    return bool(_dates(text[:600]))


def hoped_for(sections: Sequence[Section], today: date) -> date | None:
    """The date that the spec itself hopes for, counted from `today`, or None."""
    sentences = [
        Sentence(text, one.line, number)
        for number, one in enumerate(sections)
        for text in one.text.split("\n")
        if text
    ]
    return hoped(sections, sentences, today).when


def hoped_ahead(spec: Spec, today: date) -> date | None:
    """The date that a spec hopes for, where it is one after `today`."""
    found = spec.hoped_for or hoped_for(spec.sections, today)
    return found if found is not None and found > today else None


def hoped(sections: Sequence[Section], sentences: Sequence[Sentence], today: date | None = None) -> Hoped:
    """The hoped-for date with its place, or what kept one from being read.

    Looked for in sentences under a "when" heading, else after words like "by"
    and "deadline" anywhere else. A day without its year is the next such day
    from `today` on; without `today` only days with a year count. A past day is
    noted, not used. The day by which a metric should have moved is another one:
    what stands under a metric heading is not looked at.
    """

    def under(one: Sentence) -> bool:
        return sections[one.section].space is Space.WHEN

    note = ""
    looked_at = [one for one in sentences if sections[one.section].space is not Space.METRIC]
    for sentence in sorted(looked_at, key=lambda one: not under(one)):
        found = _in_sentence(sentence, under(sentence), today)
        if found.when:
            return found
        note = note or found.note
    return Hoped(note=note)


def _in_sentence(sentence: Sentence, under: bool, today: date | None) -> Hoped:
    text, note = sentence.text[:600], ""
    for found in _dates(text):
        if under or _LEADS.search(text[: found.place][-60:]):
            settled = _settle(found, sentence, today)
            if settled.when:
                return settled
            note = note or settled.note
    return Hoped(note=note or _left_alone(text, under))


def _settle(found: _Found, sentence: Sentence, today: date | None) -> Hoped:
    if found.year is None and today is None:
        return Hoped()
    year = found.year or (today or date.max).year
    when = date(year, found.month, min(found.day, monthrange(year, found.month)[1]))
    if found.year is None and today and when < today:
        when = date(year + 1, found.month, min(found.day, monthrange(year + 1, found.month)[1]))
    if today and when < today:
        return Hoped(note=f"The spec names {day(when)}, which is past; no hoped-for date was used.")
    note = f"The hoped-for date was read as {day(when)}." if found.read_as else ""
    return Hoped(when, sentence.line, sentence.text, note)


def _left_alone(text: str, under: bool) -> str:
    two = next((one for one in _SLASHED.finditer(text) if _slashed(one) is None), None)
    if two and (under or _LEADS.search(text[: two.start()][-60:])):
        return f"{two.group()} can be two different days; write the month's name, or use --by."
    if under and (vague := _VAGUE.search(text)):
        return f'"{vague.group()}" names no day; write one, or use --by.'
    return ""


def _month(name: str) -> int:
    return 1 + [one[:3].lower() for one in MONTHS].index(name[:3].lower())


def _slashed(match: re.Match[str]) -> tuple[int, int] | None:
    """Month and day of 25/12/2026, 12/25/2026, 5/5/2026 or 25.12.2026; None where two are possible."""
    one, other = int(match[1]), int(match[3])
    if match[2] == "." or one > 12 or one == other:
        return other, one
    return (one, other) if other > 12 else None


def _dates(text: str) -> list[_Found]:
    """Every day that a text names, in the order in which they stand."""
    found = [_Found(m.start(), int(m[1]), int(m[2]), int(m[3]), False) for m in _ISO.finditer(text)]
    for words, month, number in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        found += [
            _Found(m.start(), _year(m[3]), _month(m[month]), int(m[number]), False)
            for m in words.finditer(text)
        ]
    found += [_Found(m.start(), _year(m[2]), _month(m[1]), 31, True) for m in _END_OF_MONTH.finditer(text)]
    found += [_Found(m.start(), _year(m[2]), 3 * int(m[1]), 31, True) for m in _END_OF_QUARTER.finditer(text)]
    found += [_Found(m.start(), _year(m[1]), 12, 31, True) for m in _END_OF_YEAR.finditer(text)]
    for match in _SLASHED.finditer(text):
        if order := _slashed(match):
            found.append(_Found(match.start(), int(match[4]), *order, False))
    return sorted((one for one in found if _real(one)), key=lambda one: one.place)


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _real(one: _Found) -> bool:
    if not (1 <= one.month <= 12 and 1 <= one.day <= 31 and 1990 <= (one.year or 2000) <= 2200):
        return False
    return one.read_as or one.day <= monthrange(one.year or 2024, one.month)[1]
