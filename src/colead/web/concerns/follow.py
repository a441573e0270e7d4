"""Follow: what an idea that goes ahead really touches, held against its reading at that moment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from colead.phrase import plural
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief
from colead.web.concerns.models import Concern, Trail
from colead.web.jobs.models import Job
from colead.web.people.models import Person
from colead.web.repositories.models import KeptReading, ready

if TYPE_CHECKING:
    from colead.underway import Unforeseen

KIND = "compare"


def follow(brief: Brief, by: Person, branch: str, ticket: str) -> Trail:
    """Keep by what the changes of an idea are known, and compare; the same twice counts once."""
    told = {"branch": branch, "ticket": ticket}
    with brief.area.held():
        trail = Trail.objects.filter(brief=brief).first() or Trail(brief=brief)
        if (trail.branch, trail.ticket) != (branch, ticket):
            trail, _ = Trail.objects.update_or_create(brief=brief, defaults={**told, "tips": ""})
            brief.area.enter(by, "follows", brief, **told)
        compare_later(brief, by)
    return trail


def compare_later(brief: Brief, by: Person | None = None) -> Job | None:
    """Ask for it; none where nothing could be compared: not going ahead, not followed, or shipped."""
    followed = Trail.objects.filter(brief=brief, brief__shipped=None, brief__commitments__isnull=False)
    followed = followed.exclude(branch="", ticket="")
    if not followed.exists() or not ready(brief.area).exists():
        return None
    return Job.objects.ask(brief.area, KIND, str(brief.pk), by)


def compare_all(area: Area) -> None:
    """Ask for every idea of the area that is built: something landed."""
    for brief in area.briefs.filter(shipped=None, trail__isnull=False, commitments__isnull=False):
        brief.area = area
        compare_later(brief)


def compare_now(job: Job, today: date) -> str:
    """Compare the idea that the job is about, raise what nobody foresaw, and say how it went."""
    from colead.surprises import Known, surprises
    from colead.web.parts.lessons import beside

    trail = Trail.objects.select_related("brief__area").get(brief=int(job.about))
    brief = trail.brief
    kept = at_commitment(brief)
    reading = kept.reading if kept else None
    if reading is None:
        return _said(trail, "it was not read when you went ahead, so there is nothing to compare with")
    repositories = list(ready(brief.area).select_related("area"))
    found = surprises(
        reading,
        [one.place for one in repositories],
        Known(trail.branch, trail.ticket),
        today=today,
        beside={str(one.place): beside(one) for one in repositories},
        cache=settings.DATA / "cache",
        progress=job.go_on,
    )
    job.go_on(1, 1, "writing down what nobody foresaw")
    with brief.area.held():
        new = [raised for one in found if (raised := _raised(brief, one))]
        unforeseen = plural(len(new), "part that nobody foresaw", "parts that nobody foresaw")
        with job.ending(unforeseen if new else "nothing new"):
            return _said(trail, unforeseen if new else "nothing new")


def at_commitment(brief: Brief) -> KeptReading | None:
    """The last reading before it was decided to go ahead; the first one after it where there was none."""
    decided = brief.commitments.order_by("at").first()
    if decided is None:
        return None
    before = brief.readings.filter(made__lte=decided.at).order_by("-id").first()
    return before or brief.readings.order_by("id").first()


def _raised(brief: Brief, one: Unforeseen) -> Concern | None:
    files = f" ({', '.join(one.files[:2])}: {one.title})" if one.files else ""
    text = f"{one.sentence[:1].upper()}{one.sentence[1:]}{files}."
    printed = text.encode("utf-8", "replace").decode()
    key = one.component.encode("utf-8", "replace").decode()
    return Concern.objects.surprise(brief, one.repository, key, printed, round(one.day.value))


def _said(trail: Trail, told: str) -> str:
    Trail.objects.filter(pk=trail.pk).update(compared=timezone.now(), said=told)
    return told


def notice_branches() -> int:
    """Ask for ideas whose branch moved since it was compared last; how many."""
    from colead.errors import ColeadError
    from colead.surprises import tips

    moved = 0
    building = Trail.objects.filter(brief__shipped=None, brief__commitments__isnull=False).exclude(branch="")
    for trail in building.select_related("brief__area"):
        told = []
        for repository in ready(trail.brief.area):
            try:
                told.append(tips(repository.place, trail.branch))
            except ColeadError:
                continue  # its next reading tells what is wrong
        now = " ".join(filter(None, told))[:1_000]
        if now != trail.tips:
            moved += _moved_on(trail, now)
    return moved


def _moved_on(trail: Trail, tips: str) -> bool:
    """Keep the tips and ask for the comparison, both or neither; False where somebody did already."""
    with trail.brief.area.held():
        mine = bool(Trail.objects.filter(pk=trail.pk, tips=trail.tips).update(tips=tips))
        if mine:
            compare_later(trail.brief)
    return mine
