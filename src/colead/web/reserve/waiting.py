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
        yield from _over(membership)


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


def _over(membership: Membership) -> Iterator[Waiting]:
    found = Repair.objects.filter(area=membership.area_id, ended=None, week__lt=monday())
    for one in found.order_by("week", "id")[:MOST]:
        since = datetime.combine(one.week + WEEK, time(), timezone.get_current_timezone())
        told = f"Was it done? {one.what}; its week is over"
        yield Waiting(since, told, _to(membership, one.pk), "engineering says whether it was done", "repair")


def _scored(membership: Membership) -> Iterator[Waiting]:
    fresh = Held.objects.filter(came__isnull=False, at__gt=timezone.now() - TOLD)
    fresh = fresh.filter(estimate__repair__area=membership.area_id)
    for one in fresh.select_related("estimate__repair", "estimate__by").order_by("id")[:MOST]:
        repair = one.estimate.repair
        told = f"What came of the estimate by {one.estimate.by.name}: {repair.what}"
        yield Waiting(one.at, told, _to(membership, repair.pk), "its quarter is over", "repair")
