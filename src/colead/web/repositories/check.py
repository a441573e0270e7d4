"""Check: reads a brief against its area's repositories, later and by itself, and keeps the reading."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from colead.phrase import odds, plural
from colead.web.briefs.models import Brief
from colead.web.jobs.models import Job
from colead.web.people.models import Person
from colead.web.repositories.models import KeptReading, ready

if TYPE_CHECKING:
    from colead.reading import Reading

KIND, AHEAD = "check", "ahead"  # a reading moves what is ahead
SURE = 0.5  # from these odds on, a date is hardly made


def check_later(brief: Brief, by: Person | None = None) -> Job | None:
    """Ask for a reading; none where the area has no repository to read yet."""
    if not ready(brief.area).exists():
        return None
    return Job.objects.ask(brief.area, KIND, str(brief.pk), by)


def check_now(job: Job, today: date) -> str:
    """Read the brief that the job is about and keep the reading; says how it went."""
    from colead import look
    from colead.web.parts.lessons import beside
    from colead.web.parts.seen import draw_anew, keep_reached
    from colead.web.prototypes.models import Prototype, newest
    from colead.web.questions.asked import keep_asked
    from colead.writers.wire import to_json

    brief = Brief.objects.select_related("area").get(pk=int(job.about))
    repositories = list(ready(brief.area).select_related("area"))
    digest = brief.digest
    prototype = newest(brief)
    known = prototype.trials if prototype else {}
    reading = look.check(
        text=brief.text,
        source=f"idea-{brief.number}.md",
        repos=[one.place for one in repositories],
        by=brief.hoped if brief.hoped and brief.hoped > today else None,
        today=today,
        changes=brief.changes,
        beside={str(one.place): beside(one) for one in repositories},
        trials={str(one.place): known[one.pk] for one in repositories if one.pk in known},
        cache=settings.DATA / "cache",
        progress=job.go_on,
    )
    job.go_on(1, 1, "keeping the reading")
    with brief.area.held(), job.ending("read"):
        kept = KeptReading.objects.create(
            brief=brief,
            digest=digest,
            tips=" ".join(one.tip for one in reading.repositories)[:1000],
            verdict=reading.verdict.sentence,
            concerns=concerns(reading),
            wire=to_json(reading),
        )
        if prototype is not None and prototype.after_id is None:
            Prototype.objects.filter(pk=prototype.pk, after=None).update(after=kept)
        keep_reached(brief, repositories, reading)
        keep_asked(brief, reading)
        brief.area.enter(None, "read", brief, verdict=reading.verdict.sentence)
        Job.objects.ask(brief.area, AHEAD, str(brief.area_id))
        for one in repositories:
            draw_anew(one)  # nobody else draws meanwhile, and no crash leaves the map behind the readings
    return "read"


ENDS = {"is usual": "complexity", "make the date": "timeline", "owed": "unclear", "change along": "hidden"}


def kind_of(concern: str) -> str:
    """Which of the four kinds of bad news the words of `concerns` speak of; "" for other words."""
    return next((kind for end, kind in ENDS.items() if concern.endswith(end)), "")


def concerns(reading: Reading) -> list[str]:
    """Which of the four kinds of bad news a reading shows, in words."""
    told, wide, line = [], reading.spread, reading.timeline
    if wide is not None and round(wide.parts.value) > round(wide.usual.value):
        told.append(f"{plural(round(wide.parts.value), 'part')} where {wide.usual.value:.0f} is usual")
    if line is not None and line.odds is not None and line.odds.value < SURE:
        told.append(f"{odds(line.odds.value)} to make the date")
    if reading.questions:
        told.append(f"{plural(len(reading.questions), 'answer')} owed")
    if reading.partners:
        told.append(f"{reading.partners[0].name} may change along")
    return told
