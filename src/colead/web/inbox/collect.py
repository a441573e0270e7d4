"""Collect: everything that waits for a member, from every part of the area, the oldest first."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting
from colead.web.briefs.rendered import LASTS, Shelf

_KEPT: Shelf[tuple[Waiting, ...]] = Shelf(16)
Source = Callable[[Membership], Iterator[Waiting]]


@cache
def sources() -> tuple[Source, ...]:
    """What tells what waits: `waits` in the module `waiting` of every app that has one."""
    names = [one.name for one in apps.get_app_configs() if module_has_submodule(one.module, "waiting")]
    found = [getattr(import_module(f"{name}.waiting"), "waits", None) for name in names]
    return tuple(one for one in found if one is not None)


def key(one: Waiting) -> str:
    """What names one thing that waits, as long as it waits for the same reason."""
    told = f"{one.kind}\0{one.link}\0{one.since.isoformat()}\0{one.sentence}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def waits(membership: Membership, now: datetime | None = None) -> list[Waiting]:
    """What waits for this member and was not put off, the oldest first."""
    return _without(membership, _all(membership), now or timezone.now())


def lately(membership: Membership) -> list[Waiting]:
    """The same for a page: gathered anew after every entry in the member's area, and a minute later."""
    area = membership.area
    who = (membership.pk, membership.side, membership.role, area.pk, area.slug)
    when = (area.head, area.entered, int(time.time() // LASTS))
    return _without(membership, _KEPT.get((*who, *when), lambda: _all(membership)), timezone.now())


def _without(membership: Membership, every: tuple[Waiting, ...], now: datetime) -> list[Waiting]:
    later = set(membership.put_off.filter(until__gt=now).values_list("key", flat=True))
    return [one for one in every if not later or key(one) not in later]


def _all(membership: Membership) -> tuple[Waiting, ...]:
    found = (one for told in sources() for one in told(membership))
    return tuple(sorted(found, key=lambda one: (one.since, one.link)))
