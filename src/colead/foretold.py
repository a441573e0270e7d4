"""Foretold: whether a reading already holds the bad news that somebody raises, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from colead.phrase import odds, plural
from colead.reading import Reading
from colead.terms import terms

COMPLEXITY, TIMELINE, UNCLEAR, HIDDEN = "complexity", "timeline", "unclear", "hidden"
UNLIKELY = 0.5  # from these odds on, a date is hardly made
ALIKE = 2  # words that a question and the news share
SHORTEST = 4  # letters of a name that is looked for in a text


def foretold(reading: Reading, kind: str, text: str, part: str = "") -> str:
    """What the reading says of it, a clause; "" where it does not.

    Complexity and a date by the reading's own figures, an unclear requirement by a question that
    shares two telling words, everything else by a part (its key, or a name within the text).
    """
    return next(_told(reading, kind, text, part), "")


def _told(reading: Reading, kind: str, text: str, part: str) -> Iterator[str]:
    wide, line = reading.spread, reading.timeline
    if part or kind not in (COMPLEXITY, TIMELINE, UNCLEAR):
        yield from _parts(reading, text, part)
    elif kind == TIMELINE and line is not None and line.odds is not None and line.odds.value < UNLIKELY:
        yield f"{odds(line.odds.value)} to make the date"
    elif kind == COMPLEXITY and wide is not None and round(wide.parts.value) > round(wide.usual.value):
        yield f"{plural(round(wide.parts.value), 'part')} where {wide.usual.value:.0f} is usual"
    elif kind == UNCLEAR:
        said = set(terms(text[:2_000]))
        yield from (one.ask for one in reading.questions if len(said & set(terms(one.ask))) >= ALIKE)


def _parts(reading: Reading, text: str, part: str) -> Iterator[str]:
    for one in reading.partners:
        if _speaks_of(one.component, one.name, text, part):
            yield f"{one.name} may change along"
    for each in reading.touches:
        if _speaks_of(each.touch.component, each.touch.name, text, part):
            yield f"{each.touch.name} is likely touched"


def _speaks_of(key: str, name: str, text: str, part: str) -> bool:
    if part:
        return key == part
    named = len(name) >= SHORTEST and re.search(rf"\b{re.escape(name)}\b", text[:2_000], re.IGNORECASE)
    return bool(named)
