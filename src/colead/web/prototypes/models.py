"""Prototype: a time-boxed experiment with one question, a branch, an answer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from colead.web.briefs.models import Brief
from colead.web.people.models import Person
from colead.web.repositories.models import KeptReading, Repository

if TYPE_CHECKING:
    from colead.touch import Tried

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_BRANCH = 300, 5_000, 200
BOX = 3  # days that are proposed


class Verdict(models.TextChoices):
    """What the experiment showed."""

    YES = "yes", "yes"
    NO = "no", "no"
    OPEN = "open", "it did not tell"


class Prototypes(models.Manager["Prototype"]):
    """All experiments."""

    def start(self, brief: Brief, by: Person, question: str, branch: str, until: date) -> Prototype:
        """Begin one; what the idea was read to touch at that moment is kept with it."""
        with brief.area.held():
            told: dict[str, Any] = {"question": question, "branch": branch, "until": until}
            made = self.create(brief=brief, by=by, before=brief.newest_reading, **told)
            told["until"] = until.isoformat()
            brief.area.enter(by, "began a prototype", brief, prototype=made.pk, **told)
        return made


class Prototype(models.Model):
    """One experiment."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="prototypes")
    question = models.CharField(max_length=LONGEST_QUESTION)
    branch = models.CharField(max_length=LONGEST_BRANCH)
    until = models.DateField()  # the end of the box
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    began = models.DateTimeField(default=timezone.now)
    before = models.ForeignKey(KeptReading, models.SET_NULL, null=True, related_name="+")
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=4, choices=Verdict, blank=True)
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True)
    read = models.DateTimeField(null=True)  # when its branch was read
    changed = models.JSONField(default=dict)  # by id of a repository: branch, tip, day, files by part
    fault = models.TextField(blank=True)  # why its branch could not be read
    after = models.ForeignKey(KeptReading, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Prototypes] = Prototypes()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["brief", "-id"])]

    @property
    def is_open(self) -> bool:
        """Whether it is still tried."""
        return self.ended is None

    @property
    def is_overdue(self) -> bool:
        """Whether its box is over and nobody wrote the answer."""
        return self.is_open and self.until < timezone.localdate()

    def end(self, by: Person, verdict: str, answer: str) -> bool:
        """Write the answer; False where somebody did already. Its branch is asked to be read."""
        from colead.web.prototypes.try_out import try_later

        with self.brief.area.held():
            told = {"ended": timezone.now(), "ended_by": by, "verdict": verdict, "answer": answer}
            mine = bool(Prototype.objects.filter(pk=self.pk, ended=None).update(**told))
            if mine:
                self.brief.area.enter(by, "ended a prototype", self.brief, prototype=self.pk, verdict=verdict)
                try_later(self, by)
        self.refresh_from_db()
        return mine

    def extend(self, by: Person, until: date) -> None:
        """Give it more time; how often that happened stays written."""
        with self.brief.area.held():
            if Prototype.objects.filter(pk=self.pk, ended=None).exclude(until=until).update(until=until):
                told = {"prototype": self.pk, "until": until.isoformat()}
                self.brief.area.enter(by, "gave a prototype more time", self.brief, **told)

    def keep(self, found: dict[Repository, Tried]) -> None:
        """What its branch changed."""
        told = {str(one.pk): {**asdict(trial), "on": trial.on.isoformat()} for one, trial in found.items()}
        Prototype.objects.filter(pk=self.pk).update(changed=told, read=timezone.now(), fault="")

    @property
    def trials(self) -> dict[int, Tried]:
        """What its branch changed, by id of a repository."""
        return {int(pk): _trial(told) for pk, told in self.changed.items()}


def _trial(told: dict[str, Any]) -> Tried:
    from colead.touch import Tried

    files = {key: tuple(paths) for key, paths in told["files"].items()}
    return Tried(told["branch"], told["tip"], date.fromisoformat(told["on"]), files)


def newest(brief: Brief) -> Prototype | None:
    """The prototype that readings of the idea are made after."""
    return Prototype.objects.filter(brief=brief, read__isnull=False).order_by("-ended", "-id").first()


def branch_for(brief: Brief) -> str:
    """A name for the branch of the idea's next prototype."""
    number = brief.prototypes.count() + 1
    stem = f"try/{slugify(brief.title)[:60] or f'idea-{brief.number}'}"
    return stem if number == 1 else f"{stem}-{number}"
