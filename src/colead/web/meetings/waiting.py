"""Waiting: what a side owes after a meeting."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting
from colead.web.meetings.models import Outcome

MOST = 50


def waits(membership: Membership) -> Iterator[Waiting]:
    """What this member's side said in a meeting that it would do."""
    if not membership.takes_part:
        return
    found = Outcome.objects.filter(meeting__area=membership.area_id, kind=membership.side, done=None)
    for one in found.select_related("brief", "meeting").order_by("at", "id")[:MOST]:
        told = f"{one.brief.title}: {one.text}" if one.brief else one.text
        link = reverse("live", args=[membership.area.slug, one.meeting_id])
        yield Waiting(one.at, told, link, f"{membership.side} said so in the meeting", "promise")
