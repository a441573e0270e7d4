"""Doubt: what would make a decision wrong: a day comes, something lands there, a number crosses a line."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from colead.phrase import day
from colead.web.areas.models import Area
from colead.web.decisions.models.decision import Decision
from colead.web.people.models import Person
from colead.web.repositories.models import Repository

MOST = 8  # of one decision


class Kind(models.TextChoices):
    """What comes about."""

    DAY = "day", "a day"
    PATH = "path", "something lands there"
    METRIC = "metric", "a number"


class Direction(models.TextChoices):
    """How a number crosses its line."""

    BELOW = "below", "falls below"
    ABOVE = "above", "rises above"


class Doubt(models.Model):
    """One thing that would make a decision wrong, and whether it came about."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="doubts")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField(null=True)
    path = models.CharField(max_length=300, blank=True)
    metric = models.CharField(max_length=100, blank=True)
    direction = models.CharField(max_length=6, choices=Direction, blank=True)
    value = models.FloatField(null=True)
    seen = models.JSONField(default=dict)  # by repository: the newest commit that was looked at
    fired = models.DateTimeField(null=True)
    because = models.CharField(max_length=500, blank=True)
    answered = models.DateTimeField(null=True)  # somebody said that it holds, or replaced it

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "on"]),
            models.Index(fields=["area", "fired"]),
        ]

    @property
    def sentence(self) -> str:
        """What it waits for, in words."""
        if self.kind == Kind.DAY and self.on:
            return f"{day(self.on, today=timezone.localdate())} comes"
        if self.kind == Kind.PATH:
            return f"something lands in {self.path}"
        return f"{self.metric} {Direction(self.direction).label} {self.value:g}"

    @property
    def asks(self) -> bool:
        """Whether it came about, and nobody answered yet."""
        return self.fired is not None and self.answered is None

    @property
    def waits(self) -> bool:
        """Whether it has not come about yet."""
        return self.fired is None and self.answered is None

    def fire(self, because: str, by: Person | None = None, **more: object) -> bool:
        """It came about: the decision asks again; once, whoever notices it."""
        with self.decision.area.held():
            mine = Doubt.objects.filter(pk=self.pk, fired=None, answered=None)
            if not mine.update(fired=timezone.now(), because=because[:500]):
                return False
            one = self.decision
            told = {"number": one.number, "question": one.question, "because": because[:500]}
            one.area.enter(by, "asks again", one.brief, **told, **more)
        return True

    def measured(self, by: Person, value: float) -> None:
        """Somebody says how the number stands."""
        one, line = self.decision, self.value or 0.0
        beyond = value < line if self.direction == Direction.BELOW else value > line
        because = f"{self.metric} is at {value:g}, {self.direction} {self.value:g}"
        with one.area.held():
            if not (beyond and self.fire(because, by, metric=self.metric, value=value)):
                told = {"number": one.number, "metric": self.metric, "value": value}
                one.area.enter(by, "told a number", one.brief, **told)


def doubt(decision: Decision, by: Person, **told: object) -> Doubt:
    """Write down what would make it wrong; what landed until now does not count."""
    with decision.area.held():
        tips = dict(Repository.objects.filter(area=decision.area_id).values_list("pk", "tip"))
        seen = {str(pk): tip for pk, tip in tips.items()} if told["kind"] == Kind.PATH else {}
        made: Doubt = decision.doubts.create(area=decision.area, by=by, seen=seen, **told)
        entered = {"number": decision.number, "question": decision.question, "what": made.sentence}
        decision.area.enter(by, "said what would make it wrong", decision.brief, **entered)
    return made


def drop(one: Doubt, by: Person) -> None:
    """It no longer counts."""
    with one.decision.area.held():
        if Doubt.objects.filter(pk=one.pk, fired=None).delete()[0]:
            told = {"number": one.decision.number, "what": one.sentence}
            one.decision.area.enter(by, "took a doubt back", one.decision.brief, **told)


def due(today: date) -> int:
    """Let the decisions whose day has come ask again; how many."""
    ready = Doubt.objects.filter(
        kind=Kind.DAY, on__lte=today, fired=None, answered=None, decision__choice__isnull=False
    )
    found = list(ready.select_related("decision__area", "decision__brief")[:200])
    return sum(one.fire(f"{day(one.on, today=today)} has come") for one in found if one.on)
