"""Try out: reads the branch of a prototype that ended, and the idea anew after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from colead.errors import ColeadError
from colead.web.jobs.models import Job
from colead.web.people.models import Person
from colead.web.prototypes.models import Prototype
from colead.web.repositories.check import check_later
from colead.web.repositories.fetch import fetch_later
from colead.web.repositories.models import Repository, ready

if TYPE_CHECKING:
    from colead.touch import Tried

KIND = "prototype"


def try_later(prototype: Prototype, by: Person | None = None) -> Job:
    """Ask for it; what is fetched by address is fetched first, since its branch comes along then."""
    for one in Repository.objects.filter(area=prototype.brief.area, origin__isnull=False).order_by("id"):
        fetch_later(one, by)
    return Job.objects.ask(prototype.brief.area, KIND, str(prototype.pk), by)


def try_now(job: Job, today: date) -> str:
    """Read what the branch changed, keep it, and have the idea read anew."""
    one = Prototype.objects.select_related("brief__area").get(pk=int(job.about))
    try:
        found = _changed(one, job)
    except ColeadError as error:
        Prototype.objects.filter(pk=one.pk).update(fault=f"{error.what}: {error.why}")
        raise
    with one.brief.area.held(), job.ending("read the branch"):
        one.keep(found)
        check_later(one.brief)
    return "read the branch"


def _changed(one: Prototype, job: Job) -> dict[Repository, Tried]:
    from colead import look
    from colead.web.parts.lessons import beside

    repositories = list(ready(one.brief.area).select_related("area"))
    found = look.tried(
        [one.place for one in repositories],
        one.branch,
        beside={str(one.place): beside(one) for one in repositories},
        cache=settings.DATA / "cache",
        progress=job.go_on,
    )
    return {each: found[str(each.place)] for each in repositories if str(each.place) in found}
