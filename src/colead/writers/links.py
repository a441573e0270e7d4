"""Links: from a reason or a date in a sentence to the commit's page on the team's forge."""

from __future__ import annotations

from typing import NamedTuple

from colead.evidence import Source
from colead.partner import Partner
from colead.phrase import clip, literal
from colead.reading import Reading
from colead.writers.parts import dated, said


class Linked(NamedTuple):
    """A text with one part of it that leads to a page; `url` "" when nothing does."""

    before: str
    told: str = ""
    url: str = ""
    after: str = ""


def reason(text: str, evidence: str, reading: Reading, most: int) -> Linked:
    """A reason, at most `most` characters of it, in which the title of a past change opens its commit."""
    told = said(text, most)
    for one in sources(evidence, reading):
        quoted = f'"{literal(clip(one.title, 60))}"'
        at = told.find('"')
        if one.url and at >= 0 and quoted in said(text, 400) and quoted.startswith(told[at : at + 20]):
            end = at + len(quoted)
            return Linked(told[:at], told[at:end], one.url, told[end:])
    return Linked(told)


def last_time(one: Partner, text: str, reading: Reading) -> Linked:
    """The sentence of a partner, in which the day of the last time opens that commit."""
    text, when = said(text, 400), dated(one.last, reading)
    newest = next((row for row in sources(one.together.evidence, reading) if row.date == one.last), None)
    at = text.rfind(when)
    if newest is None or not newest.url or at < 0:
        return Linked(text)
    return Linked(text[:at], when, newest.url, text[at + len(when) :])


def sources(evidence: str, reading: Reading) -> tuple[Source, ...]:
    """What a row of the evidence table was computed from."""
    return next((row.sources for row in reading.evidence if row.id == evidence), ())
