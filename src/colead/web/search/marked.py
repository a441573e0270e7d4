"""Marked: the sentence of a text in which what was looked for stands, in pieces of which some are it."""

from __future__ import annotations

import re

LONGEST = 220  # characters of a sentence
BEFORE = 90  # of them before what was found, where a sentence is longer
_END = re.compile(r"(?<=[.!?])\s+|\n")
Pieces = list[tuple[str, bool]]


def marked(text: str, pattern: re.Pattern[str]) -> Pieces:
    """The text in pieces, each with whether it is what was looked for."""
    made, last = [], 0
    for one in pattern.finditer(text):
        made += [(text[last : one.start()], False), (one.group(), True)]
        last = one.end()
    return [one for one in [*made, (text[last:], False)] if one[0]]


def sentence(text: str, pattern: re.Pattern[str]) -> Pieces:
    """The first sentence that holds a word of what was looked for; none where no one does."""
    hit = pattern.search(text)
    if hit is None:
        return []
    start = max(
        (one.end() for one in _END.finditer(text, max(0, hit.start() - 1_000), hit.start())), default=0
    )
    end = _END.search(text, hit.end(), hit.end() + 1_000)
    stop = end.start() if end else hit.end() + 1_000
    return marked(_cut(text, start, stop, hit.start()), pattern)


def _cut(text: str, start: int, stop: int, at: int) -> str:
    before = "" if at - start <= BEFORE else "…"
    start = start if not before else at - BEFORE
    told = " ".join(text[start : min(stop, start + LONGEST)].split())
    told = told if before else told.lstrip("#>-*+ ")
    return f"{before}{told}{'…' if stop > start + LONGEST and len(text) > start + LONGEST else ''}"
