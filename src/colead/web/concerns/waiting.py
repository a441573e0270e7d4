"""Waiting: bad news that a side has not answered, and answers that whoever raised it has not taken up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import OuterRef, Subquery

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting, at
from colead.web.concerns.models import OWES, Concern, Reply

MOST = 50


def waits(membership: Membership) -> Iterator[Waiting]:
    """What was raised to this member's side and nobody said anything to; what others said to one's own."""
    newest = Reply.objects.filter(concern=OuterRef("pk")).order_by("-id")
    found = Concern.objects.open_in(membership.area).select_related("by", "brief")
    said = found.annotate(last=Subquery(newest.values("by")[:1]), last_at=Subquery(newest.values("at")[:1]))
    own = said.filter(by=membership.person_id).exclude(last=None).exclude(last=membership.person_id)
    for one in own[:MOST]:
        told = f"Something was said to your concern: {one.text}"
        yield _waiting(membership, one, told, "you say when it is resolved", since=one.last_at)
    if not membership.takes_part:
        return
    kinds = [kind for kind, sides in OWES.items() if membership.side in sides]
    silent = said.filter(last=None).exclude(by=membership.person_id)
    for one in silent.filter(by=None)[:MOST]:
        yield _waiting(membership, one, _of(one), "nobody foresaw it; it waits for both sides")
    for one in silent.filter(by__isnull=False, kind__in=kinds)[:MOST]:
        told = f"{one.raiser} raised: {one.text}"
        yield _waiting(membership, one, told, f"{membership.side} answers what is {one.get_kind_display()}")


def _of(one: Concern) -> str:
    return f"{one.brief.title}: {one.text}" if one.brief else one.text


def _waiting(
    membership: Membership, one: Concern, told: str, reason: str, since: datetime | None = None
) -> Waiting:
    link = at("concern", membership.area.slug, one.pk)
    kind = "concern" if one.by_id else "surprise"
    return Waiting(since or one.at, told, link, reason, kind)
