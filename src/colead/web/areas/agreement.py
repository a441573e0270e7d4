"""Agreement: how two people lead an area together: six blocks, each an idea, a live fact and an act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from colead.phrase import listing, number, plural
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief, Suggestion

SHOWN = 4  # ideas whose lamps are shown


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Block:
    """One sixth of the agreement."""

    name: str
    title: str
    line: str  # the idea
    fact: str  # what is so today
    links: tuple[Link, ...] = ()  # what the fact speaks of
    act: Link | None = None
    lamps: tuple[tuple[str, str], ...] = ()  # a kind of bad news, and where it shows


def blocks(area: Area) -> list[Block]:
    """The six blocks of an area as of now."""
    briefs = list(area.briefs.prefetch_related("sections__agreements", "commitments").order_by("place"))
    return [
        _problem_first(area, briefs),
        _who_owns_what(area),
        _problem_or_solution(area),
        _translate(),
        _surface_early(area, briefs),
        _reserve(area),
    ]


def _to(brief: Brief) -> Link:
    return Link(brief.title, reverse("brief", args=[brief.area.slug, brief.number]))


def _problem_first(area: Area, briefs: Sequence[Brief]) -> Block:
    coming = [one for one in briefs if one.stage in ("idea", "shaping", "ready")]
    open_ones = [one for one in coming if one.stage == "idea"]
    agreed = len(coming) - len(open_ones)
    fact = f"{number(agreed).capitalize()} of {plural(len(coming), 'open idea')} have an agreed problem."
    if not coming:
        fact = "No idea is written down yet."
    elif open_ones:
        fact += " Without:"
    return Block(
        "problem",
        "Start with the problem",
        "Agree on the problem before discussing the solution.",
        fact,
        tuple(_to(one) for one in open_ones[:SHOWN]),
        Link("Write an idea", reverse("new-brief", args=[area.slug])),
    )


def _who_owns_what(area: Area) -> Block:
    missing = area.missing_side
    fact = f"Nobody leads {missing} here yet. Colead needs two." if missing else ""
    act = Link("Invite your counterpart", reverse("people", args=[area.slug])) if missing else None
    line = "Product the problem, engineering the solution, both the outcome."
    return Block("owners", "Who owns what", line, fact, act=act)


def _problem_or_solution(area: Area) -> Block:
    waiting = Suggestion.objects.filter(section__brief__area=area, accepted=None)
    found = list(waiting.select_related("section__brief__area").order_by("id"))
    fact = "No suggestion waits for an answer."
    if found:
        fact = f"{plural(len(found), 'suggestion waits', 'suggestions wait').capitalize()} for an answer:"
    named = {one.section.brief_id: _to(one.section.brief) for one in found}
    line = "Ask which one we are debating, and it is clear who decides."
    return Block("spaces", "Problem or solution?", line, fact, tuple(named.values())[:SHOWN])


def _translate() -> Block:
    return Block(
        "translate",
        "Translate",
        "Say what it means for the people who use it.",
        "Every finding of a reading is told in plain words; the engineers' line is one switch away.",
    )


def _surface_early(area: Area, briefs: Sequence[Brief]) -> Block:
    lamps: list[tuple[str, str]] = []
    for brief in [one for one in briefs if not one.shipped][:SHOWN]:
        kept = brief.newest_reading
        if kept is not None and kept.concerns:
            lamps.append((brief.title, f"{listing(kept.concerns)}."))
    fact = "" if lamps else "No reading of an open idea shows any of the four kinds of bad news."
    line = "Bad news late is a crisis: complexity, timeline, unclear needs, hidden dependencies."
    return Block("early", "Surface early", line, fact, lamps=tuple(lamps))


def _reserve(area: Area) -> Block:
    fact = f"{area.share} of 100 changes are meant for the health of the system."
    line = "A small share for the system, every week, without an argument."
    return Block("reserve", f"Keep about {100 - area.share} / {area.share}", line, fact)
