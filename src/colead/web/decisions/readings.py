"""Readings: what each option of a decision would touch, read by a job with its text as the approach."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from colead.phrase import plural
from colead.web.briefs.form import written
from colead.web.decisions.models import Decision, Option
from colead.web.jobs.models import Job
from colead.web.people.models import Person
from colead.web.repositories.models import ready

KIND = "options"


def read_later(decision: Decision, by: Person | None = None) -> Job | None:
    """Ask for it; none where no option has a text or the area nothing to read against."""
    unread = decision.options.exclude(text="")
    if not unread.exists() or not ready(decision.area).exists():
        return None
    return Job.objects.ask(decision.area, KIND, str(decision.pk), by)


def job_of(decision: Decision) -> Job | None:
    """The last job that read its options."""
    found = Job.objects.filter(area=decision.area_id, kind=KIND, about=str(decision.pk))
    return found.order_by("-id").first()


def read_now(job: Job, today: date) -> str:
    """Read every option that says what would be done; keeps each reading."""
    from colead import look
    from colead.web.parts.lessons import beside
    from colead.writers.wire import to_json

    found = Decision.objects.select_related("area", "brief")
    decision = found.get(pk=int(job.about))
    options = [one for one in decision.options.all() if one.text.strip()]
    repositories = list(ready(decision.area).select_related("area"))
    hoped = decision.brief.hoped if decision.brief else None
    told = []
    for one in options:
        reading = look.check(
            text=_text(decision, one),
            source=f"option-{one.place + 1}.md",
            repos=[each.place for each in repositories],
            by=hoped if hoped and hoped > today else None,
            today=today,
            beside={str(each.place): beside(each) for each in repositories},
            cache=settings.DATA / "cache",
            progress=job.go_on,
        )
        told.append((one, to_json(reading)))
    job.go_on(1, 1, "keeping the readings")
    said = plural(len(told), "option was read", "options were read")
    with decision.area.held(), job.ending(said):
        for one, wire in told:
            same = Option.objects.filter(pk=one.pk, text=one.text)  # what changed meanwhile is read anew
            same.update(wire=wire, read=timezone.now())
        decision.area.enter(None, "read options", decision.brief, number=decision.number, count=len(told))
    return said


def _text(decision: Decision, option: Option) -> str:
    """The idea with the option as its approach; without an idea, the question and the option."""
    if decision.brief is None:
        return written(decision.question, {"problem": decision.background, "approach": option.text})
    brief = decision.brief
    problem = brief.by_space["problem"].text
    return written(brief.title, {"problem": problem, "approach": option.text})
