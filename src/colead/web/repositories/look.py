"""Look: sees an area as a whole, later and by itself: where fixes are likely, how the work divides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings

from colead.web.areas.models import Area
from colead.web.jobs.models import Job
from colead.web.people.models import Person
from colead.web.repositories.check import check_later
from colead.web.repositories.fetch import fetch_due, sweep
from colead.web.repositories.models import Look, Repository, ready

if TYPE_CHECKING:
    from colead.balance import Balance
    from colead.outlook import Outlook

KIND = "look"


def look_later(area: Area, by: Person | None = None) -> Job:
    """Ask for it."""
    return Job.objects.ask(area, KIND, str(area.pk), by)


def look_now(job: Job, today: date) -> str:
    """See fragility per repository, part by part, and the balance of all, and keep both."""
    from colead.balancing import balance
    from colead.lookout import system
    from colead.web.parts.lessons import beside
    from colead.web.parts.seen import drawn, keep_parts
    from colead.writers import balance_page

    repositories = list(ready(job.area).select_related("area"))
    told: dict[str, Any] = {"today": today, "cache": settings.DATA / "cache", "progress": job.go_on}
    for one in repositories:
        seen = system(one.place, beside=beside(one), **told)
        keep_parts(one, seen)
        _kept(job.area, one, "fragility", seen.first.sentence, drawn(one, seen.first), seen.first)
    if repositories:
        divided = balance([one.place for one in repositories], **told)
        sentence = divided.repositories[0].sentence
        _kept(job.area, None, "balance", sentence, balance_page.inside(divided), divided)
    return "looked"


def _kept(
    area: Area, repository: Repository | None, kind: str, sentence: str, page: str, wire: Outlook | Balance
) -> None:
    from django.utils import timezone

    from colead.writers.wire import to_json

    fresh = {"made": timezone.now(), "sentence": sentence, "page": page, "wire": to_json(wire)}
    Look.objects.update_or_create(area=area, repository=repository, kind=kind, defaults=fresh)


def notice() -> int:
    """Ask for new readings where something landed in a folder since the last look; how many moved.

    What has an address is fetched when its time comes, and clones that nobody names are removed."""
    from colead.errors import ColeadError
    from colead.readers.git import Door

    fetch_due()
    sweep()
    moved = 0
    for one in Repository.objects.filter(origin=None).select_related("area"):
        try:
            with Door.open(one.place) as door:
                tip = door.tip
        except ColeadError:
            continue  # its next reading tells what is wrong
        if tip == one.tip or not Repository.objects.filter(pk=one.pk, tip=one.tip).update(tip=tip):
            continue
        moved += 1
        landed(one.area)
    return moved


def landed(area: Area) -> None:
    """Ask for everything of the area anew."""
    look_later(area)
    for brief in area.briefs.filter(shipped=None).order_by("place"):
        check_later(brief)
