"""Collect: everything that waits for a member, from every part of the area, the oldest first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting

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
    now = now or timezone.now()
    later = set(membership.put_off.filter(until__gt=now).values_list("key", flat=True))
    found = [one for one in _all(membership) if not later or key(one) not in later]
    return sorted(found, key=lambda one: (one.since, one.link))


def _all(membership: Membership) -> Iterator[Waiting]:
    for told in sources():
        yield from told(membership)
