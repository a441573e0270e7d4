"""Score: holds the estimates of an area against the history, with the arithmetic of the reserve file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery

from colead.phrase import plural
from colead.web.areas.models import Area
from colead.web.repositories.models import Repository
from colead.web.reserve.models import Estimate, Held, Repair

if TYPE_CHECKING:
    from colead.ahead import Estimate as Computed
    from colead.look import Progress

MOST = 200  # estimates that are held at once


def compute(
    area: Area, repositories: Sequence[Repository], today: date, progress: Progress
) -> list[tuple[Repair, Computed]]:
    """What open estimates let expect, and the scores of those whose quarter is over."""
    from colead.planning import foretold
    from colead.web.parts.lessons import beside

    due = _due(area)
    written = {one: [each for each in due if each.repository_id == one.pk] for one in repositories}
    written = {one: found for one, found in written.items() if found}
    if not written:
        return []
    told = foretold(
        {one.place: [each.said for each in found] for one, found in written.items()},
        today=today,
        beside={str(one.place): beside(one) for one in written},
        cache=settings.DATA / "cache",
        progress=progress,
    )
    pairs = zip(written.values(), told, strict=True)
    return [pair for found, computed in pairs for pair in zip(found, computed, strict=True)]


def keep(area: Area, scored: Sequence[tuple[Repair, Computed]]) -> None:
    """Keep what was computed; in the transaction of the look that it belongs to."""
    for repair, one in scored:
        _keep(area, repair, one)


def _keep(area: Area, repair: Repair, told: Computed) -> None:
    held = Held.objects.filter(estimate=repair.estimate).first() or Held(estimate=repair.estimate)
    if held.came is not None:
        return
    if held.keep(told, final=repair.done):
        area.enter(None, "scored an estimate", repair=repair.pk, what=repair.what)


def _due(area: Area) -> list[Repair]:
    """Repairs of known parts whose newest estimate names a gain and was not scored; done ones first."""
    newest = Estimate.objects.filter(repair=OuterRef("pk")).order_by("-id")
    found = area.repairs.filter(models.Q(ended=None) | models.Q(done=True), repository__isnull=False)
    found = found.alias(last=Subquery(newest.values("pk")[:1]), fewer=Subquery(newest.values("fewer")[:1]))
    scored = Held.objects.filter(estimate__repair__area=area, came__isnull=False).values("estimate")
    found = found.filter(fewer__gt=0).exclude(last__in=scored).select_related("by")
    return list(found.order_by("-done", "id").prefetch_related("estimates__by")[:MOST])


def score(held: Held, *, caveat: bool = True) -> str:
    """What was said against what came, with what that can show; "" before the quarter is over."""
    from colead.ahead.repair import verdict
    from colead.evidence import Figure

    if held.came is None or not held.without or not held.said:
        return ""
    without, said = (Figure(one[0], "", one[1], one[2]) for one in (held.without, held.said))
    who = held.estimate.by.name
    told = f"{who} said {_fewer(without.value - said.value)}; it was {_fewer(without.value - held.came)}."
    return f"{told} {verdict(without, said, held.came, who)}" if caveat else told


def _fewer(count: float) -> str:
    whole = round(count)
    if not whole:
        return "about as many fixes as without it"
    return f"{plural(abs(whole), 'fix', 'fixes')} {'fewer' if whole > 0 else 'more'}"
