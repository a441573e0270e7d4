"""Look: sees an area as a whole, later and by itself: where fixes are likely, how the work divides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from colead.web.areas.models import Area
from colead.web.jobs.models import ALIVE, Job
from colead.web.people.models import Person
from colead.web.repositories.check import AHEAD, check_later
from colead.web.repositories.fetch import fetch_due, sweep
from colead.web.repositories.models import Look, Repository, ready

if TYPE_CHECKING:
    from colead.ahead import Ahead
    from colead.backtest import Backtest
    from colead.balance import Balance
    from colead.outlook import Outlook

    Wire = Outlook | Balance | Ahead | Backtest

KIND, RECORD = "look", "record"
EVERY = timedelta(days=7)  # between two replays of the past
ANEW = 50  # ideas that are read again when the past was replayed


def look_later(area: Area, by: Person | None = None) -> Job:
    """Ask for it."""
    return Job.objects.ask(area, KIND, str(area.pk), by)


def look_now(job: Job, today: date) -> str:
    """See fragility per repository, part by part, and the balance of all, and keep both."""
    from colead.balancing import balance
    from colead.lookout import system
    from colead.web.decisions.landing import watch
    from colead.web.parts.lessons import beside
    from colead.web.parts.seen import drawn, keep_parts
    from colead.web.tradeoffs.since import watch as count_since
    from colead.writers import balance_page

    repositories = list(ready(job.area).select_related("area"))
    told: dict[str, Any] = {"today": today, "cache": settings.DATA / "cache", "progress": job.go_on}
    seen = [(one, system(one.place, beside=beside(one), **told)) for one in repositories]
    divided = None
    if repositories:
        words = {str(one.place): beside(one) for one in repositories}
        places = [one.place for one in repositories]
        divided = balance(places, share=agreed(job.area), beside=words, **told)
    watch(job.area, repositories)
    count_since(job.area, repositories)
    job.go_on(1, 1, "keeping what was seen")
    with job.area.held(), job.ending("looked"):
        for one, each in seen:
            keep_parts(one, each)
            _kept(job.area, one, "fragility", each.first.sentence, drawn(one, each.first), each.first)
        if divided is not None:
            sentence = divided.repositories[0].sentence
            _kept(job.area, None, "balance", sentence, balance_page.inside(divided, shut=True), divided)
            ahead_later(job.area)
    return "looked"


def agreed(area: Area) -> float | None:
    """The share of health that the area's terms name, of 1; None where nobody agreed on any."""
    return area.share / 100 if area.terms.exists() else None


def _kept(area: Area, repository: Repository | None, kind: str, sentence: str, page: str, wire: Wire) -> None:
    from django.utils import timezone

    from colead.writers.wire import to_json

    fresh = {"made": timezone.now(), "sentence": sentence, "page": page, "wire": to_json(wire)}
    Look.objects.update_or_create(area=area, repository=repository, kind=kind, defaults=fresh)


# --- what is ahead ------------------------------------------------------------------------------


def ahead_later(area: Area, by: Person | None = None) -> Job:
    """Ask what the open ideas will meet."""
    return Job.objects.ask(area, AHEAD, str(area.pk), by)


def ahead_now(job: Job, today: date) -> str:
    """Hold the open ideas against how parts fared, the first ones in product's order, and keep it."""
    from colead.planning import MOST, ahead
    from colead.web.parts.lessons import beside
    from colead.web.reserve.score import compute, keep

    repositories = list(ready(job.area).select_related("area"))
    if not repositories:
        return "no repository to read"
    ideas = job.area.briefs.filter(shipped=None).order_by("place", "id").prefetch_related("sections")[:MOST]
    told = ahead(
        repos=[one.place for one in repositories],
        texts={f"idea-{one.number}.md": one.text for one in ideas},
        today=today,
        share=agreed(job.area),
        beside={str(one.place): beside(one) for one in repositories},
        cache=settings.DATA / "cache",
        progress=job.go_on,
    )
    scored = compute(job.area, repositories, today, job.go_on)
    job.go_on(1, 1, "keeping what is ahead")
    with job.area.held(), job.ending("looked ahead"):
        _kept(job.area, None, AHEAD, told.sentence, "", told)
        keep(job.area, scored)
    return "looked ahead"


# --- the record ---------------------------------------------------------------------------------


def record_later(area: Area, by: Person | None = None) -> Job:
    """Ask for a replay of the past."""
    return Job.objects.ask(area, RECORD, str(area.pk), by)


def record_now(job: Job, today: date) -> str:
    """Replay the past and keep how far to trust readings here; ideas read before carry it from then on."""
    from colead.grading import backtest
    from colead.web.parts.lessons import beside
    from colead.writers import backtest_page

    repositories = list(ready(job.area).select_related("area"))
    if not repositories:
        return "no repository to read"
    told = backtest(
        [one.place for one in repositories],
        today=today,
        beside={str(one.place): beside(one) for one in repositories},
        cache=settings.DATA / "cache",
        progress=job.go_on,
    )
    page = backtest_page.inside(told)
    job.go_on(1, 1, "keeping the record")
    with job.area.held(), job.ending("replayed"):
        _kept(job.area, None, RECORD, told.sentence, page, told)
        for brief in job.area.briefs.filter(shipped=None, readings__isnull=False).distinct()[:ANEW]:
            brief.area = job.area
            check_later(brief)
    return "replayed"


def replay_due() -> int:
    """Ask for the record of areas that were looked at and have none of the last week; how many."""
    from django.utils import timezone

    fresh = Look.objects.filter(kind=RECORD, made__gt=timezone.now() - EVERY).values("area")
    due = Area.objects.filter(looks__kind="balance").exclude(pk__in=fresh)
    busy = Job.objects.filter(state__in=ALIVE).values("area")
    tried = Job.objects.filter(kind=RECORD, made__gt=timezone.now() - EVERY).values("area")
    found = due.exclude(pk__in=busy).exclude(pk__in=tried).distinct()[:1]
    for area in found:
        record_later(area)
    return len(found)


# --- what landed --------------------------------------------------------------------------------


def notice() -> int:
    """Ask for new readings where something landed in a folder since the last look; how many moved.

    What has an address is fetched when its time comes, and clones that nobody names are removed."""
    from colead.errors import ColeadError
    from colead.readers.git import Door

    fetch_due()
    sweep()
    replay_due()
    moved = 0
    for one in Repository.objects.filter(origin=None).select_related("area"):
        try:
            with Door.open(one.place) as door:
                tip = door.tip
        except ColeadError:
            continue  # its next reading tells what is wrong
        if tip != one.tip:
            moved += _moved_on(one, tip)
    return moved


def _moved_on(one: Repository, tip: str) -> bool:
    """Keep the tip and ask for what follows from it, both or neither; False where somebody did already."""
    with one.area.held():
        mine = bool(Repository.objects.filter(pk=one.pk, tip=one.tip).update(tip=tip))
        if mine:
            landed(one.area)
    return mine


def landed(area: Area) -> None:
    """Ask for everything of the area anew."""
    from colead.web.concerns.follow import compare_all

    look_later(area)
    compare_all(area)
    for brief in area.briefs.filter(shipped=None).order_by("place"):
        check_later(brief)
