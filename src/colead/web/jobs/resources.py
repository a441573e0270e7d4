"""Resources of jobs: how far longer work is, stopping it, and trying it again."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from colead.web.api.call import Call
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.areas.resources import AREA
from colead.web.jobs import wire
from colead.web.jobs.models import Job


@route("GET", f"{AREA}/jobs")
def jobs(call: Call) -> Page[wire.Job]:
    """Longer work in the area, the newest first."""
    return call.page(Job.objects.filter(area=call.area), wire.job, newest_first=True)


@route("GET", f"{AREA}/jobs/<int:job>", page="job")
def job(call: Call, job: int) -> wire.Job:
    """One piece of longer work."""
    return wire.job(get_object_or_404(Job, area=call.area, pk=job))


@route("DELETE", f"{AREA}/jobs/<int:job>")
def stop_job(call: Call, job: int) -> None:
    """Stop it: at once while it waits, at its next step while it runs."""
    call.takes_part()
    get_object_or_404(Job, area=call.area, pk=job).cancel(call.person)


@route("POST", f"{AREA}/jobs/<int:job>/tries", status=202)
def try_job_again(call: Call, job: int) -> wire.Job:
    """Try again what failed; the newest job that does it. 409 where it did not fail."""
    call.takes_part()
    one = get_object_or_404(Job, area=call.area, pk=job)
    asked = one.again(call.person)
    if asked is None:
        raise Problem(409, "not-failed", "It did not fail, so there is nothing to try again.")
    return wire.job(asked)
