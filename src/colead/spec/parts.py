"""The parts of a spec as read: sections, sentences, what is said to a question, which light is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Space(StrEnum):
    """What a heading or a sentence speaks of."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    METRIC = "metric"
    TEST = "test"  # the simplest test
    OUT = "out"  # what is out of scope
    WHEN = "when"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item with its place; white space runs are one blank."""

    text: str
    line: int  # 1-based, in the file as given
    section: int  # position in Spec.sections


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it up to the next heading."""

    heading: str
    level: int  # 0 for text before the first heading
    line: int
    space: Space
    text: str


@dataclass(frozen=True)
class Spec:
    """A spec as read: nothing interpreted yet."""

    title: str
    source: str  # file name as given, "standard input", "text" from Python
    text: str
    digest: str  # sha256 of the text, hex
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    hoped_for: date | None = None  # a date that the spec names ("by: 2026-12-01", "1 December 2026")
    hoped_line: int = 0
    notes: tuple[str, ...] = ()  # what the reader had to do ("read as Latin-1", "not English")
    english: bool = True

    def space_of(self, sentence: Sentence) -> Space:
        """What the section that a sentence stands in speaks of."""
        return self.sections[sentence.section].space

    def says(self, quote: str) -> bool:
        """Whether the spec holds a quote word for word; line breaks, blanks and comments do not count."""
        return bool(quote) and " ".join(quote.split()) in " ".join(without_comments(self.text).split())


class Said(StrEnum):
    """How far the spec answers a question."""

    ANSWERED = "answered"
    HALF = "half"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three questions with what the spec says to it."""

    code: str  # Q01 problem, Q02 metric, Q03 simplest test
    question: str
    said: Said
    quote: str  # verbatim from the spec, "" when open
    line: int  # 0 when open
    missing: str  # what would complete it, a sentence; "" when answered


@dataclass(frozen=True, slots=True)
class Light:
    """One of five: problem, who, metric, simplest test, not in scope."""

    name: str
    on: bool
    quote: str
    line: int


def without_comments(text: str) -> str:
    """A text without its HTML comments; an unclosed one takes the rest; line breaks stay."""
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        stop = len(text) if end < 0 else end + 3
        kept += [text[at:start], "\n" * text.count("\n", start, stop)]
        at = stop
    return "".join([*kept, text[at:]])
