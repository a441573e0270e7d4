"""Waiting: experiments whose box is over, and which nobody answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from colead.phrase import day
from colead.web.areas.models import Membership, Side
from colead.web.areas.waiting import Waiting
from colead.web.prototypes.models import Prototype


def waits(membership: Membership) -> Iterator[Waiting]:
    """Overdue ones, for who began them and for engineering."""
    if not membership.takes_part:
        return
    today = timezone.localdate()
    late = Prototype.objects.filter(brief__area=membership.area_id, ended=None, until__lt=today)
    if membership.side != Side.ENGINEERING:
        late = late.filter(models.Q(by=membership.person_id))
    for one in late.select_related("brief").order_by("until", "id")[:50]:
        link = reverse("prototype", args=[membership.area.slug, one.brief.number, one.pk])
        over = datetime.combine(one.until + timedelta(days=1), time(), timezone.get_current_timezone())
        ended = day(one.until, today=today)
        told = f"What did the prototype of {one.brief.title} show? Its box ended on {ended}"
        yield Waiting(over, told, link, "an overdue prototype asks", "prototype")
