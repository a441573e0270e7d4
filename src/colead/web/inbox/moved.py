"""Moved: what a newer reading of an idea says that the older one did not, and why it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from colead.phrase import listing
from colead.web.areas.models import Area, Entry
from colead.web.briefs.rendered import news
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
    newest: dict[int, int] = {}
    for brief, pk in newer.order_by("-made", "-id").values_list("brief", "pk")[:500]:
        newest.setdefault(brief, pk)
    every = KeptReading.objects.defer("wire").select_related("brief")
    told = list(every.filter(pk__in=list(newest.values())[: 4 * MOST]).order_by("-id"))
    before = _before([one.brief_id for one in told], moment)
    pairs = [(before[one.brief_id], one) for one in told if one.brief_id in before]
    found = [(old, one, said) for old, one in pairs if (said := _news(old, one))][:MOST]
    by_idea = _editors([(old, one) for old, one, _ in found])
    return [_moved(area, old, one, said, by_idea.get(one.brief_id, set())) for old, one, said in found]


def _before(briefs: list[int], moment: datetime) -> dict[int, KeptReading]:
    """The reading of each idea that stood at that moment."""
    older = KeptReading.objects.filter(brief=OuterRef("brief"), made__lte=moment).order_by("-id").values("pk")
    found = KeptReading.objects.defer("wire").filter(brief__in=briefs, pk=Subquery(older[:1]))
    return {one.brief_id: one for one in found}


def _news(old: KeptReading, kept: KeptReading) -> tuple[str, ...]:
    if (old.verdict, old.concerns, old.tips) == (kept.verdict, kept.concerns, kept.tips):
        return ()
    return news(old, kept)


def _moved(area: Area, old: KeptReading, kept: KeptReading, said: tuple[str, ...], by: set[str]) -> Moved:
    link = reverse("brief", args=[area.slug, kept.brief.number])
    return Moved(kept.brief.title, link, said, _why(kept, old, by), kept.made)


def _why(kept: KeptReading, old: KeptReading, editors: set[str]) -> str:
    """What led to another reading: an edit, or landings."""
    if kept.digest != old.digest:
        return f"{listing(sorted(editors))} changed the text" if editors else "its text changed"
    return "something landed in the code"


def _editors(pairs: list[tuple[KeptReading, KeptReading]]) -> dict[int, set[str]]:
    """By idea, who changed its texts since the older reading."""
    since_then = {one.brief_id: old.made for old, one in pairs}
    made = Entry.objects.filter(brief__in=since_then, verb__in=WRITES).exclude(by=None)
    made = made.exclude(Q(verb="closed a discussion") & ~Q(told__has_key="space"))
    late = made.filter(at__gte=min(since_then.values(), default=timezone.now()))
    found: dict[int, set[str]] = {}
    for brief, at, name in late.values_list("brief", "at", "by__name").distinct():
        if at >= since_then[brief]:
            found.setdefault(brief, set()).add(name)
    return found
