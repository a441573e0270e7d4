"""Job: longer work as people see it: what, how far, how it ended; it survives a crash of its worker."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from colead.web.areas.models import Area
from colead.web.people.models import Person

LEASE = timedelta(seconds=30)
MOST = 3  # attempts


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
        with transaction.atomic():
            Area.objects.select_for_update(no_key=True).get(pk=area.pk)
            waiting = self.filter(area=area, kind=kind, about=about, state=State.WAITING).first()
            return waiting or self.create(area=area, kind=kind, about=about, by=by)

    def claim(self, now: datetime | None = None) -> Job | None:
        """The next job for this worker, leased; one whose worker died counts as waiting."""
        now = now or timezone.now()
        free = models.Q(state=State.WAITING) | models.Q(state=State.RUNNING, lease__lt=now)
        for one in self.filter(free).order_by("id")[:5]:
            if one.attempts >= MOST:
                one.end(State.FAILED, f"its worker stopped {MOST} times in the middle of it")
                continue
            holder = secrets.token_hex(8)
            mine = self.filter(free, pk=one.pk, attempts=one.attempts)
            told = {"state": State.RUNNING, "holder": holder, "lease": now + LEASE}
            if mine.update(attempts=one.attempts + 1, **told):
                return self.get(pk=one.pk)
        return None


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
    def ending(self, what: str) -> Iterator[None]:
        """Keep a result and end the job in one transaction; raises Cancelled where it is somebody else's."""
        with transaction.atomic():
            if not self.end(State.DONE, what):
                raise Cancelled
            yield

    def cancel(self) -> None:
        """Stop it: at once while it waits, at its next step while it runs."""
        if not Job.objects.filter(pk=self.pk, state=State.WAITING).update(
            state=State.CANCELLED, ended=timezone.now()
        ):
            Job.objects.filter(pk=self.pk, state=State.RUNNING).update(stop=True)
