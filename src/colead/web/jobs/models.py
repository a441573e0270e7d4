"""Job: longer work as people see it: what, how far, how it ended; it survives a crash of its worker.

A process that is alive says so every BEAT; whose lease ran out is dead. That it died is not the job's fault:
the job waits again, longer each time that the same step was the last one, and what ends it is its own error,
a person, or the death of STUCK processes at one and the same step.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import OperationalError, connection, models, transaction
from django.utils import timezone

from colead.web.areas.models import Area
from colead.web.people.models import Person

LEASE = timedelta(seconds=30)
BEAT = 10.0  # seconds between two signs of life
SILENT = timedelta(hours=2)  # without a word of the job itself, after which it counts as stuck, too
WAITS = [timedelta(minutes=one) for one in (0, 1, 5, 15)]  # after deaths at one step
STUCK = len(WAITS) + 1  # deaths at one step, after which a person has to say that it is tried again
MOST = 20  # attempts in all
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
            if waiting is not None and by is not None:
                self.filter(pk=waiting.pk).update(after=None)  # who asks does not wait for a pause to end
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
            if one.state == State.RUNNING and not one.fell_over(now):
                continue
            holder = secrets.token_hex(8)
            mine = self.filter(_free(now), pk=one.pk, attempts=one.attempts)
            told = {"state": State.RUNNING, "holder": holder, "lease": now + LEASE, "what": "", "done": 0}
            if mine.update(attempts=one.attempts + 1, **told):
                return self.get(pk=one.pk)
        return None


def _free(now: datetime) -> models.Q:
    due = models.Q(after=None) | models.Q(after__lte=now)
    return models.Q(due, state=State.WAITING) | models.Q(state=State.RUNNING, lease__lt=now)


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
    stuck = models.PositiveSmallIntegerField(default=0)  # processes that died at one step, the last ones
    step = models.CharField(max_length=200, blank=True)  # that step
    after = models.DateTimeField(null=True)  # not before
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

    @property
    def rests(self) -> bool:
        """Whether it waits for a while before it is tried again."""
        return self.state == State.WAITING and self.after is not None and self.after > timezone.now()

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
    def beating(self) -> Iterator[None]:
        """Keep the lease as long as this process lives, however long a step says nothing."""
        over = threading.Event()
        beat = threading.Thread(target=self._beat, args=[over], daemon=True)
        beat.start()
        try:
            yield
        finally:
            over.set()
            beat.join()

    def _beat(self, over: threading.Event) -> None:
        mine = Job.objects.filter(pk=self.pk, holder=self.holder, state=State.RUNNING)
        said, since = (0, ""), timezone.now()
        try:
            while not over.wait(BEAT):
                word = mine.values_list("done", "what").first()
                said, since = (word, timezone.now()) if word and word != said else (said, since)
                if word is None or timezone.now() - since > SILENT:
                    return
                mine.update(lease=timezone.now() + LEASE)
        except OperationalError:
            logging.getLogger(__name__).exception("job %s could not be kept", self.pk)
        finally:
            connection.close()

    def put_back(self) -> None:
        """It waits again as if nobody had begun it: its process has to end."""
        mine = Job.objects.filter(pk=self.pk, holder=self.holder, state=State.RUNNING)
        told = {"state": State.WAITING, "holder": "", "lease": None}
        mine.update(attempts=models.F("attempts") - 1, **told)

    def fell_over(self, now: datetime) -> bool:
        """Its process died: it waits again, or for a person in the end; whether it may go on now."""
        stuck = self.stuck + 1 if self.stuck and self.step == self.what else 1
        if stuck >= STUCK or self.attempts >= MOST:
            at = f"at “{self.what}”" if self.what else "before its first step"
            many = f"{stuck} times {at}" if stuck >= STUCK else f"{self.attempts} times, the last time {at}"
            self.end(State.FAILED, f"the process that does it died {many}; the server's log may say why")
            return False
        dead = Job.objects.filter(pk=self.pk, holder=self.holder, state=State.RUNNING, lease__lt=now)
        after = now + WAITS[stuck - 1]
        told = {"state": State.WAITING, "holder": "", "lease": None, "after": after}
        return bool(dead.update(stuck=stuck, step=self.what, **told)) and after <= now

    def again(self, by: Person) -> Job | None:
        """Try anew what failed, because a person says so: the newest job of its kind; None if it did not."""
        if self.state != State.FAILED:
            return None
        with self.area.held():
            newest = Job.objects.of(self.area, self.kind, self.about)[0]
            if newest.state == State.FAILED:
                newest = Job.objects.ask(self.area, self.kind, self.about, by)
                self.area.enter(by, "tried a job again", kind=self.kind, job=self.pk)
        return newest

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
