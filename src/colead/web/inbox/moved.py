"""Moved: what a newer reading of an idea says that the older one did not, and why it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from colead.phrase import listing
from colead.web.areas.models import Area, Entry
from colead.web.briefs.models import Brief
from colead.web.briefs.past import moved
from colead.web.repositories.models import KeptReading

WRITES = ("edited", "restored", "accepted", "answered", "closed a discussion")
MOST = 5  # ideas that are told


@dataclass(frozen=True, slots=True)
class Moved:
    """An idea whose reading changed."""

    title: str
    link: str
    news: tuple[str, ...]
    why: str
    at: datetime


def yesterday() -> datetime:
    """The start of the last working day before today."""
    here = timezone.localtime()
    back = here - timedelta(days={0: 3, 6: 2}.get(here.weekday(), 1))
    return datetime.combine(back.date(), time(), tzinfo=here.tzinfo)


def since(area: Area, moment: datetime) -> list[Moved]:
    """Ideas of the area whose newest reading says something else than the one of that moment did."""
    newer = KeptReading.objects.filter(brief__area=area, brief__shipped=None, made__gt=moment)
    newest = dict(newer.order_by("id").values_list("brief", "pk")[:500])
    told = KeptReading.objects.filter(pk__in=newest.values()).select_related("brief").order_by("-id")
    found = [one for kept in told[: 4 * MOST] if (one := _one(area, kept, moment))]
    return found[:MOST]


def _one(area: Area, kept: KeptReading, moment: datetime) -> Moved | None:
    old = kept.brief.readings.filter(made__lte=moment).order_by("-id").first()
    if old is None or (old.verdict, old.concerns, old.tips) == (kept.verdict, kept.concerns, kept.tips):
        return None
    before, after = old.reading, kept.reading
    news = tuple(moved(before, after)) if before and after else ()
    link = reverse("brief", args=[area.slug, kept.brief.number])
    return Moved(kept.brief.title, link, news, _why(kept, old), kept.made) if news else None


def _why(kept: KeptReading, old: KeptReading) -> str:
    """What led to another reading: an edit, or landings."""
    if kept.digest != old.digest:
        names = _editors(kept.brief, old.made)
        return f"{listing(names)} changed the text" if names else "its text changed"
    return "something landed in the code"


def _editors(brief: Brief, moment: datetime) -> list[str]:
    made = Entry.objects.filter(brief=brief, at__gte=moment, verb__in=WRITES)
    made = made.exclude(Q(verb="closed a discussion") & ~Q(told__has_key="space"))
    return sorted(set(made.exclude(by=None).values_list("by__name", flat=True)))
