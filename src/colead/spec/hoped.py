"""The hoped-for date in a spec: named with enough certainty to be used, or noted and left alone."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from colead.phrase import day
from colead.spec.dated import MONTH, SLASHED, Dated, dates, slashed
from colead.spec.goal import moves
from colead.spec.parts import Section, Sentence, Space, Spec

_VAGUE = re.compile(
    rf"\b(?:by|in|before|until|during) (?:(?:early|mid|late)[ -])?({MONTH}|q[1-4])\b", re.IGNORECASE
)
_LEADS = re.compile(
    r"\b(?:by|before|until|due|deadline|no later than|not later than|launch(?:es)?|ship|ships|live|ready|"
    r"release[sd]?|target|hoped[- ]for|needed|gets? (?:it|this)|out|availab(?:le|ility)|rolled out|"
    r"have it|have this)"
    r"\b[^.\d]{0,40}$",
    re.IGNORECASE,
)
_FROM_THEN = re.compile(
    r"^\W*(?:from|as of|starting|on)\s?$", re.IGNORECASE
)  # "From 1 June, every buyer will"
_WILL = re.compile(r"\b(?:will|can)\b", re.IGNORECASE)
_DATELINE = re.compile(r"^\W*[A-Z][A-Za-z .]{1,30},\s$")  # "LISBON, 2 March 2027: Today we launch"
_OTHERS = re.compile(  # a day by which people answer, not by which buyers have it
    r"\b(?:comments?|feedback|answers?|repl(?:y|ies)|reviews?|votes?|texts?|copy|created|updated|written|"
    r"decided?|"
    r"decision|sign[- ]?off|approvals?|tests?|testing|regression|qa|workshops?|meetings?|"
    r"interviews?)\b[^.]{0,30}$",
    re.IGNORECASE,
)
_BY = re.compile(r"\W*(?:by|until|before|due|deadline)\b", re.IGNORECASE)
BARE = 5  # words
_APART = (Space.METRIC, Space.TEST, Space.OUT)


@dataclass(frozen=True, slots=True)
class Hoped:
    """The date a spec hopes for. `when` is None where none was named or none could be read with certainty."""

    when: date | None = None
    line: int = 0
    quote: str = ""
    note: str = ""  # what was read into it or left alone, a sentence; "" when there is nothing to say


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
    noted, not used. The day by which a metric should have moved, a test is over
    or comments are due is another one: such sentences are not looked at.
    """

    def under(one: Sentence) -> bool:
        return sections[one.section].space is Space.WHEN

    note = ""
    free = [one for one in sentences if sections[one.section].space not in _APART or _bare(one)]
    looked_at = [one for one in free if under(one) or not moves(one.text)]
    for sentence in sorted(looked_at, key=lambda one: not under(one)):
        found = _in_sentence(sentence, under(sentence), today)
        if found.when:
            return found
        note = note or found.note
    return Hoped(note=note)


def _in_sentence(sentence: Sentence, under: bool, today: date | None) -> Hoped:
    text, note = sentence.text[:600], ""
    for found in dates(text):
        if under or _leads(text, found):
            settled = _settle(found, sentence, today)
            if settled.when:
                return settled
            note = note or settled.note
    return Hoped(note=note or _left_alone(text, under))


def _bare(one: Sentence) -> bool:
    """Whether a line says hardly more than a day, so that it belongs to no heading above it."""
    return len(one.text.split()) <= BARE and bool(_BY.match(one.text))


def _leads(text: str, found: Dated) -> bool:
    """Whether a day in a sentence is the one by which people should have it."""
    before, after = text[: found.place][-60:], text[found.end :]
    if _FROM_THEN.match(text[: found.place]):
        return bool(_WILL.search(after[:80]))
    if _DATELINE.match(text[: found.place]):
        return after.lstrip()[:1] in (":", "-", "\u2013", "\u2014")
    return bool(_LEADS.search(before)) and not _OTHERS.search(before)


def _settle(found: Dated, sentence: Sentence, today: date | None) -> Hoped:
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
    two = next((one for one in SLASHED.finditer(text) if slashed(one) is None), None)
    if two and (under or _LEADS.search(text[: two.start()][-60:])):
        return f"{two.group()} can be two different days; write the month's name, or use --by."
    if under and (vague := _VAGUE.search(text)):
        return f'"{vague.group()}" names no day; write one, or use --by.'
    return ""
