"""Job: longer work as people see it: what, how far, how it ended; it survives a crash of its worker."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import connection, models, transaction
from django.utils import timezone

from colead.web.areas.models import Area
from colead.web.people.models import Person

LEASE = timedelta(seconds=30)
MOST = 3  # attempts
QUICK = "check"  # the kind that people wait for; it has a lane of its own


READINGS, REST = "readings", "rest"
LANES = {READINGS: models.Q(kind=QUICK), REST: ~models.Q(kind=QUICK)}


class Cancelled(Exception):
    """A person stopped the job."""


class State(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


ALIVE = (State.WAITING, State.RUNNING)


class Jobs(models.Manager["Job"]):
    """All work, past and waiting."""

    def ask(self, area: Area, kind: str, about: str, by: Person | None = None) -> Job:
        """The job that does this, waiting already or added now."""
        with area.held():
            waiting = self.filter(area=area, kind=kind, about=about, state=State.WAITING).first()
            if waiting is None:
                waiting = self.create(area=area, kind=kind, about=about, by=by)
                dispatch(waiting)
            return waiting

    def of(self, area: Area, kind: str, about: str) -> models.QuerySet[Job]:
        """All that does or did this, the newest first."""
        return self.filter(area=area, kind=kind, about=about).order_by("-id")

    def free(self, now: datetime | None = None) -> models.QuerySet[Job]:
        """What a worker may take, what a person asked for first; one whose worker died counts as waiting.

        Of two jobs about the same, the second waits for the first one's end."""
        now = now or timezone.now()
        twin = {one: models.OuterRef(one) for one in ("area", "kind", "about")}
        running = self.filter(state=State.RUNNING, lease__gte=now, **twin)
        found = self.filter(_free(now)).exclude(models.Exists(running))
        by_itself = models.ExpressionWrapper(models.Q(by=None), models.BooleanField())
        return found.order_by(by_itself, "id")

    def claim(self, now: datetime | None = None, among: models.Q | None = None) -> Job | None:
        """The next job for this worker, among those it does, leased; None where nothing waits."""
        now = now or timezone.now()
        for one in self.free(now).filter(among or models.Q())[:5]:
            if one.attempts >= MOST:
                one.end(State.FAILED, f"its worker stopped {MOST} times in the middle of it")
                continue
            holder = secrets.token_hex(8)
            mine = self.filter(_free(now), pk=one.pk, attempts=one.attempts)
            told = {"state": State.RUNNING, "holder": holder, "lease": now + LEASE}
            if mine.update(attempts=one.attempts + 1, **told):
                return self.get(pk=one.pk)
        return None


def _free(now: datetime) -> models.Q:
    return models.Q(state=State.WAITING) | models.Q(state=State.RUNNING, lease__lt=now)


def dispatch(job: Job) -> None:
    """Wake a worker for it where the database can; elsewhere workers look by themselves."""
    if connection.vendor == "postgresql":
        from colead.web.jobs.tasks import wake

        wake(job)


class Job(models.Model):
    """A piece of work: `kind` says what is done, `about` to what."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.SET_NULL, null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=16, blank=True)
    lease = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=200, blank=True)  # the step it is at, or how it ended
    stop = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True)

    objects: ClassVar[Jobs] = Jobs()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "id"]),
            models.Index(fields=["area", "kind", "about", "-id"]),
        ]

    @property
    def lane(self) -> str:
        """Which lane it is done in: nothing that takes long stands before the reading of an edited idea."""
        return READINGS if self.kind == QUICK else REST

    @property
    def alive(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ALIVE

    def go_on(self, done: int, total: int, what: str) -> None:
        """Say how far it is and keep the lease; raises Cancelled where a person stopped it or it was lost."""
        told = {"done": max(0, done), "total": max(0, total), "what": what[:200]}
        mine = Job.objects.filter(pk=self.pk, holder=self.holder, state=State.RUNNING, stop=False)
        if not mine.update(lease=timezone.now() + LEASE, **told):
            raise Cancelled

    def end(self, state: str, what: str = "") -> bool:
        """Its end, once; False where another worker holds it by now."""
        mine = Job.objects.filter(pk=self.pk, holder=self.holder, state__in=ALIVE)
        return bool(mine.update(state=state, what=what[:200], ended=timezone.now(), lease=None))

    @contextmanager
    def ending(self, what: str, state: str = State.DONE) -> Iterator[None]:
        """Keep a result and end the job in one transaction; raises Cancelled where it is somebody else's."""
        with transaction.atomic():
            if not self.end(state, what):
                raise Cancelled
            yield

    def cancel(self, by: Person | None = None) -> None:
        """Stop it, once: at once while it waits, at its next step while it runs."""
        with self.area.held():
            waits = Job.objects.filter(pk=self.pk, state=State.WAITING)
            runs = Job.objects.filter(pk=self.pk, state=State.RUNNING, stop=False)
            told = {"state": State.CANCELLED, "ended": timezone.now()}
            if waits.update(**told) or runs.update(stop=True):
                self.area.enter(by, "stopped a job", kind=self.kind, job=self.pk)
