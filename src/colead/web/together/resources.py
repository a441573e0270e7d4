"""Resources of how two sides work together: the figures of an area and a quarter, never of a person."""

from __future__ import annotations

from dataclasses import dataclass

from colead.together import Figure as Told
from colead.together import beside, headline
from colead.web.api.call import Call
from colead.web.api.routes import Ask, route
from colead.web.areas.resources import AREA
from colead.web.together.opened import Source as Opened
from colead.web.together.opened import sources
from colead.web.together.views import looked, wanted

QUARTER = Ask("quarter", "A quarter as `2026-4`; the present one where it is left out.")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a figure."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that was counted, and how."""

    words: str
    to: str
    how: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `state` says whether it tells something, and `before` how it was a quarter earlier."""

    key: str
    title: str
    state: str
    sentence: str
    n: int
    shares: tuple[Share, ...]
    before: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """How product and engineering worked together in a quarter; about the area, never about a person."""

    quarter: str
    sentence: str
    lacks: str  # what would be needed for the figures that say too little, "" where all say something
    figures: tuple[Figure, ...]


@route("GET", f"{AREA}/together", page="together", asks=(QUARTER,), rows="figures")
def together(call: Call) -> Together:
    """How the two sides work together, a quarter at a time."""
    quarter = wanted(call.area, call.request.GET.get("quarter", ""))
    seen = looked(call.area, quarter)
    opened = sources(call.area, seen.counted)
    made = beside(seen.told, seen.before)
    figures = tuple(_figure(one, before, opened[one.key]) for one, before in made)
    return Together(f"{quarter.year}-{quarter.number}", headline(seen.told), seen.lacks, figures)


def _figure(one: Told, before: Told | None, opened: tuple[Opened, ...]) -> Figure:
    return Figure(
        key=one.key,
        title=one.title,
        state=one.state,
        sentence=one.sentence,
        n=one.n,
        shares=tuple(Share(each.name, each.count) for each in one.pieces),
        before=before.sentence if before else "",
        sources=tuple(Source(each.words, each.to, each.how) for each in opened),
    )
