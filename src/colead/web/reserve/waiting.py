"""Waiting: a repair that a lead's yes is missing for, a week that is over, an estimate that was scored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone

from colead.phrase import day
from colead.web.areas.models import Membership, Side
from colead.web.areas.waiting import Waiting
from colead.web.reserve.models import WEEK, Held, Repair, monday

MOST = 50
TOLD = timedelta(days=14)  # how long a score is told


def waits(membership: Membership) -> Iterator[Waiting]:
    """What waits for this member in the reserve."""
    if not membership.takes_part:
        return
    if membership.leads:
        yield from _asked(membership)
    yield from _scored(membership)
    if membership.side == Side.ENGINEERING:
        yield from _open(membership)


def _to(membership: Membership, pk: int) -> str:
    return reverse("repair", args=[membership.area.slug, pk])


def _asked(membership: Membership) -> Iterator[Waiting]:
    today = timezone.localdate()
    mine = Q(yeses__side=membership.side, yeses__week=F("week"))
    found = Repair.objects.filter(area=membership.area_id, ended=None, week__gte=monday(today))
    found = found.exclude(pk__in=found.filter(mine).values("pk")).annotate(moved=Max("moves__at"))
    for one in found.select_related("by").order_by("id")[:MOST]:
        told = f"{one.by.name} proposes a repair for the week of {day(one.week, today=today)}: {one.what}"
        if one.moved:
            told = f"A repair was moved to the week of {day(one.week, today=today)}: {one.what}"
        reason = "both leads say yes to what fills a slot"
        yield Waiting(one.moved or one.at, told, _to(membership, one.pk), reason, "repair")


def _open(membership: Membership) -> Iterator[Waiting]:
    """Of this week, what both leads said yes to; of weeks before, what nobody said done or not done to."""
    this, zone = monday(), timezone.get_current_timezone()
    found = Repair.objects.filter(area=membership.area_id, ended=None, week__lte=this)
    for one in found.prefetch_related("yeses").order_by("week", "id")[:MOST]:
        told, since = f"Was it done? {one.what}; its week is over", one.week + WEEK
        if one.week == this:
            told, since = f"Planned for this week: {one.what}", this
        if one.is_filled or one.week < this:
            at = datetime.combine(since, time(), zone)
            reason = "engineering says whether it was done"
            yield Waiting(at, told, _to(membership, one.pk), reason, "repair")


def _scored(membership: Membership) -> Iterator[Waiting]:
    """A score is told to the leads, and to whoever estimated."""
    fresh = Held.objects.filter(came__isnull=False, at__gt=timezone.now() - TOLD)
    fresh = fresh.filter(estimate__repair__area=membership.area_id)
    if not membership.leads:
        fresh = fresh.filter(estimate__by=membership.person_id)
    for one in fresh.select_related("estimate__repair", "estimate__by").order_by("id")[:MOST]:
        repair, said = one.estimate.repair, one.estimate.by
        whose = "your estimate" if said.pk == membership.person_id else f"the estimate by {said.name}"
        told = f"What came of {whose}: {repair.what}"
        yield Waiting(one.at, told, _to(membership, repair.pk), "its quarter is over", "repair")
