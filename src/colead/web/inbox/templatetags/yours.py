"""Yours: where an idea stands and what on it waits for its reader, in one sentence."""

from __future__ import annotations

from typing import Any

from django import template

from colead.phrase import plural
from colead.web.areas.models import Membership
from colead.web.briefs.book import Book, Page
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision
from colead.web.decisions.waiting import due
from colead.web.questions.models import Question

register = template.Library()
Waits = tuple[int, str, str]  # how many, in words, and where on the page


@register.inclusion_tag("inbox/yours.html")
def yours(book: Book, asked: list[Question], decided: dict[str, Any], raised: list[Concern]) -> Any:
    """The sentence, from what the page holds anyway."""
    seen = book.membership
    decisions = [one for one, _ in decided["open"] if seen.leads and seen.side in one.sides and _open(one)]
    found = [
        *_answers([one for one in asked if one.may_answer(seen) and not book.brief.shipped]),
        *(each for page in (book.problem, book.approach, book.outcome) for each in _text(page, seen)),
        *_some(decisions, "decision", "decisions"),
        *_some([one for one in raised if one.ended is None and one.waits_for(seen)], "concern", "concerns"),
    ]
    several = sum(count for count, *_ in found) > 1
    told = {"first": found[:-1], "last": found[-1]} if found else {}
    return {**told, "book": book, "several": several, "seen": seen}


def _open(one: Decision) -> bool:
    return any(each.asks for each in one.doubts.all()) if one.settled else due(one)


def _answers(asked: list[Question]) -> list[Waits]:
    first = min(asked, key=lambda one: (one.turn == "both", one.pk), default=None)
    return [(len(asked), plural(len(asked), "answer"), f"#question-{first.pk}")] if first else []


def _some(found: list[Any], one: str, many: str) -> list[Waits]:
    return [(len(found), plural(len(found), one), f"#{many}")] if found else []


def _text(page: Page, seen: Membership) -> list[Waits]:
    """What waits beside one of the three texts: somebody's suggestion, the other side's signature."""
    others = [one for one in page.suggestions if page.may_edit and one.by_id != seen.person_id]
    suggested = plural(len(others), "suggestion")
    told = [(len(others), f"{suggested} for the {page.space}", f"#{page.space}")] if others else []
    if page.may_sign and page.section.signed and not page.mine:
        told.append((1, f"your agreement to the {page.space}", f"#{page.space}"))
    return told
