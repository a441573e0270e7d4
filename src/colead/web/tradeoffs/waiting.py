"""Waiting: tradeoffs that ask again, and those that nobody accepted yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Exists, OuterRef
from django.utils import timezone

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting
from colead.web.tradeoffs.models import Acceptance, Tradeoff

MOST = 50  # of each kind


def waits(membership: Membership) -> Iterator[Waiting]:
    """What waits for this member: leads give their word, the side that accepted is asked again."""
    if not membership.leads:
        return
    over = Acceptance.objects.filter(area=membership.area_id, ended=None, until__lt=timezone.localdate())
    for one in over.filter(side=membership.side).select_related("tradeoff", "by").order_by("id")[:MOST]:
        one.tradeoff.area = membership.area
        since = timezone.make_aware(datetime.combine(one.until, time.max))
        told = f"Skipping {one.tradeoff.skip} asks again: accepted until {one.until:%-d %B}"
        yield Waiting(since, told, one.tradeoff.address, "your side accepted it", "tradeoff")
    any_word = Acceptance.objects.filter(tradeoff=OuterRef("pk"))
    fresh = Tradeoff.objects.filter(~Exists(any_word), area=membership.area_id)
    for written in fresh.exclude(by=membership.person_id).select_related("by").order_by("id")[:MOST]:
        written.area = membership.area
        told = f"{written.by.name} wrote down what skipping {written.skip} risks"
        yield Waiting(written.made, told, written.address, "a lead accepts it or not", "tradeoff")
