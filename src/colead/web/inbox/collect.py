"""Collect: everything that waits for a member, from every part of the area, the oldest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from django.utils import timezone

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting

SOURCES = ("briefs",)  # apps whose module `waiting` tells what waits


def key(one: Waiting) -> str:
    """What names one thing that waits, as long as it waits for the same reason."""
    told = f"{one.kind}\0{one.link}\0{one.since.isoformat()}\0{one.sentence}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def waits(membership: Membership, now: datetime | None = None) -> list[Waiting]:
    """What waits for this member and was not put off, the oldest first."""
    now = now or timezone.now()
    later = set(membership.put_off.filter(until__gt=now).values_list("key", flat=True))
    found = [one for one in _all(membership) if key(one) not in later]
    return sorted(found, key=lambda one: (one.since, one.link))


def _all(membership: Membership) -> Iterator[Waiting]:
    for app in SOURCES:
        yield from import_module(f"colead.web.{app}.waiting").waits(membership)
