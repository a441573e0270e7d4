"""Views of how two sides work together, a quarter at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from colead.together import FINDING, Figure, Quarter, beside, figures, headline, missing, nothing
from colead.web.areas.models import Area
from colead.web.areas.scope import AreaScoped
from colead.web.together.counted import Counted, Span, began
from colead.web.together.opened import sources
from colead.writers.pictures.shares import shares

_NAMED = re.compile(r"(\d{4})-([1-4])")


class TogetherView(AreaScoped):
    """How are we doing together?"""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """One quarter, with the one before beside it where there is enough."""
        quarter = wanted(self.area, named := request.GET.get("quarter", ""))
        seen = looked(self.area, quarter)
        young = not named and not told_of(seen.told) and told_of(seen.before)
        if young:
            quarter = quarter.before
            seen = looked(self.area, quarter)
        opened = sources(self.area, seen.counted)
        rows = [
            {"now": one, "before": other, "picture": drawn(one), "sources": opened[one.key]}
            for one, other in beside(seen.told, seen.before)
            if one.state == FINDING
        ]
        told = {"quarter": quarter, "rows": rows, "headline": headline(seen.told), **self._ways(quarter)}
        told |= {"lacks": seen.lacks, "nothing": nothing(seen.told), "young": young, "every": seen.told}
        return self.shown("together/show.html", status=200, at="area", **told)

    def _ways(self, quarter: Quarter) -> dict[str, object]:
        """The quarters before and after, where there are any."""
        today, first = Quarter.of(timezone.localdate()), Quarter.of(began(self.area))
        return {
            "earlier": quarter.before if first < quarter else None,
            "later": quarter.after if quarter < today else None,
            "lasts": quarter == today,
        }


def wanted(area: Area, named: str) -> Quarter:
    """The quarter of this name, the present one without; 404 for one that has not begun."""
    today = Quarter.of(timezone.localdate())
    if not named:
        return today
    found = _NAMED.fullmatch(named)
    made = Quarter(int(found[1]), int(found[2])) if found else None
    if made is None or not Quarter.of(began(area)) <= made <= today:
        raise Http404
    return made


def told_of(told: tuple[Figure, ...]) -> bool:
    """Whether there is anything to say."""
    return any(one.state == FINDING for one in told)


@dataclass(frozen=True, slots=True)
class Looked:
    """The figures of a quarter and of the one before, what counted them, and what would be needed."""

    told: tuple[Figure, ...]
    before: tuple[Figure, ...]
    counted: Counted
    lacks: str


def looked(area: Area, quarter: Quarter) -> Looked:
    """What there is of a quarter."""
    now = timezone.now()
    counted, earlier = (Counted(area, Span.of(one, now)) for one in (quarter, quarter.before))
    counts = counted.counts()
    return Looked(figures(counts), figures(earlier.counts()), counted, missing(counts))


def drawn(one: Figure) -> SafeString:
    """The parts of a figure as a bar."""
    if one.state != FINDING or not one.pieces:
        return mark_safe("")
    told = [(each.name, each.count, each.kind) for each in one.pieces]
    return mark_safe(shares(told, one.title))  # noqa: S308 - escaped by the writer
