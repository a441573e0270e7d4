"""Wire: the inbox as programs get it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting
from colead.web.inbox.collect import lately
from colead.web.inbox.moved import Moved, since, yesterday
from colead.web.inbox.said import verdict


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for one person in one area, and what moved since the last working day."""

    area: str
    link: str
    verdict: str
    waits: tuple[Waiting, ...]
    moved: tuple[Moved, ...]


def of(membership: Membership) -> Inbox:
    """The inbox of a member."""
    found = tuple(lately(membership))
    link = reverse("inbox", args=[membership.area.slug])
    told = verdict([one.since for one in found])
    return Inbox(membership.area.name, link, told, found, tuple(since(membership.area, yesterday())))
