"""Sheet: one idea for a meeting on one A4: verdict, questions with room to answer, one risk, the range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from colead.fragility import Level
from colead.reading import Reading
from colead.writers.frame import asset, head
from colead.writers.parts import fragile_told, if_we, timeline_told
from colead.writers.tags import safe

MOST = 5  # questions


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the sheet, and who owes the answer."""

    ask: str
    owed_by: str


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea as it comes to the meeting."""

    title: str
    reading: Reading | None
    questions: tuple[Asked, ...]
    decision: str  # what is to be decided


def sheet(title: str, when: str, ideas: Sequence[Idea], version: str) -> str:
    """The page as text: a sheet for each idea; it loads nothing and runs nothing."""
    pages = "".join(_page(one, when) for one in ideas)
    return f"{head(safe(title, 120), version, asset('sheet.css'))}<body>{pages}</body></html>\n"


def _page(idea: Idea, when: str) -> str:
    asked = "".join(_question(number, one) for number, one in enumerate(idea.questions[:MOST], start=1))
    verdict = idea.reading.verdict.sentence if idea.reading else "It was not read yet."
    questions = f"<ol>{asked}</ol>" if asked else "<p>No answer is owed.</p>"
    return (
        f'<main><p class="when">{safe(when, 120)}</p><h1>{safe(idea.title, 100)}</h1>'
        f'<p class="verdict">{safe(verdict, 420)}</p><h2>To answer</h2>{questions}'
        f'<div class="two">{_told("One risk", risk(idea.reading))}{_told("When", _range(idea.reading))}</div>'
        f'<h2>To decide</h2><p>{safe(idea.decision, 200)}</p><p class="line">Decided:</p>'
        '<div class="two"><p class="line">Product owes:</p><p class="line">Engineering owes:</p></div></main>'
    )


def _question(number: int, one: Asked) -> str:
    return (
        f'<li><b>{number}. {safe(one.ask, 200)}</b> <span class="when">owed by {safe(one.owed_by, 40)}</span>'
        f'<label class="box"><span>Answer {number}</span></label></li>'
    )


def _told(title: str, sentence: str) -> str:
    return f"<div><h2>{title}</h2><p>{safe(sentence, 260)}</p></div>"


def risk(reading: Reading | None) -> str:
    """What hurts most, in one sentence: what is lost if something is skipped, else the most fragile part."""
    if reading is None:
        return "Not read yet."
    for one in reading.tradeoffs:
        return f"{if_we(one)}: {one.sentence}"
    for each in reading.touches:
        if each.fragility.level is Level.FRAGILE:
            return f"{each.touch.name}: {fragile_told(each)}"
    return "Nothing found: no part that it will probably touch is fragile."


def _range(reading: Reading | None) -> str:
    return timeline_told(reading.timeline) if reading and reading.timeline else "Too little data for a range."
