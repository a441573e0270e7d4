"""Tradeoff: "if we skip X, Y is at risk", told by a reading or a person, accepted by a lead until a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from colead.phrase import day, plural
from colead.web.areas.models import Area, Side
from colead.web.briefs.models import Brief
from colead.web.people.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST = 300  # characters of what is skipped
LONGEST_RISK = 1_000  # characters of what is at risk


class Occasion(models.Model):
    """A date that matters to the business: launch, sale, audit."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="occasions")
    name = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    what = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["first", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "name", "first"], name="one_occasion_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.days}"

    @property
    def days(self) -> str:
        """Its day or days, as people write them."""
        from colead.occasion import Occasion as Told

        return Told(self.name, self.first, self.last).said(timezone.localdate())


class Kind(models.TextChoices):
    """What is skipped."""

    REPAIR = "repair", "a repair"
    FEATURE = "feature", "a feature"


class Tradeoff(models.Model):
    """One thing that is skipped and what is at risk because of it."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="tradeoffs")
    brief = models.ForeignKey(Brief, models.SET_NULL, null=True, related_name="tradeoffs")
    kind = models.CharField(max_length=8, choices=Kind)
    skip = models.CharField(max_length=LONGEST)
    risk = models.TextField(max_length=LONGEST_RISK)
    code = models.CharField(max_length=4, blank=True)  # of the reading that tells it; "" where a person does
    mark = models.CharField(max_length=20, blank=True)  # by which readings of the idea tell it again
    parts = models.JSONField(default=list)  # [repository, key, name] of what it is about
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made = models.DateTimeField(default=timezone.now)

    acceptances: RelatedManager[Acceptance]

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "-id"])]

    def __str__(self) -> str:
        return self.skip

    @property
    def address(self) -> str:
        """Where its page is; it came with its area."""
        return reverse("tradeoff", args=[self.area.slug, self.pk])

    @property
    def standing(self) -> Acceptance | None:
        """The acceptance that nobody ended."""
        return next((one for one in self.acceptances.all() if one.ended is None), None)

    @property
    def sentence(self) -> str:
        """How it stands, in one sentence."""
        one = self.standing
        if one is not None:
            return one.sentence
        last = max(self.acceptances.all(), key=lambda each: each.pk, default=None)
        if last is not None and last.ended:
            how = f": {last.how.rstrip('.')}" if last.how else ""
            return f"No longer accepted since {_day(last.ended.date())}{how}."
        return "Nobody accepted it yet."


class Acceptance(models.Model):
    """A lead's word: we live with it until a day, perhaps against an occasion."""

    tradeoff = models.ForeignKey(Tradeoff, models.CASCADE, related_name="acceptances")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateField()
    occasion = models.ForeignKey(Occasion, models.SET_NULL, null=True, related_name="+")
    against = models.CharField(max_length=80, blank=True)  # the occasion's name, should it go
    why = models.CharField(max_length=500, blank=True)
    asked = models.DateTimeField(null=True)  # it ran out and asks again
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=500, blank=True)
    since = models.JSONField(default=dict)  # fixes in its parts since then, as the last look counted them

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "ended", "until"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["tradeoff"], condition=models.Q(ended=None), name="accepted_once_at_a_time"
            )
        ]

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return timezone.localdate() > self.until

    @property
    def sentence(self) -> str:
        """Who accepted it, until when, against what."""
        against = f" against {self.against}" if self.against else ""
        if self.over:
            return f"It asks again: {self.by.name} accepted it until {_day(self.until)}{against}."
        return f"Accepted by {self.by.name} until {_day(self.until)}{against}; it asks again then."

    @property
    def happened(self) -> str:
        """What happened since, as far as git shows it; "" before the first look."""
        count = self.since.get("fixes")
        if count is None:
            return ""
        last = f', the last one "{self.since["last"]}"' if self.since.get("last") else ""
        return f"Since then {plural(count, 'fix', 'fixes') if count else 'no fix'} landed in its parts{last}."


def write(
    area: Area,
    by: Person,
    kind: str,
    skip: str,
    risk: str,
    *,
    brief: Brief | None = None,
    code: str = "",
    mark: str = "",
    parts: list[list[str]] | None = None,
) -> Tradeoff:
    """Write a tradeoff down; one that a reading tells is there once for each idea."""
    with area.held():
        same = models.Q(mark=mark) | models.Q(mark="", code=code, skip=skip)
        there = area.tradeoffs.filter(same, brief=brief).first() if mark else None
        if there:
            return there
        told = {"kind": kind, "skip": skip, "risk": risk, "code": code, "mark": mark, "parts": parts or []}
        made: Tradeoff = Tradeoff.objects.create(area=area, by=by, brief=brief, **told)
        area.enter(by, "wrote a tradeoff down", brief, skip=skip, risk=risk)
    return made


def accept(
    one: Tradeoff, by: Person, side: str, until: date, *, occasion: Occasion | None = None, why: str = ""
) -> Acceptance:
    """A lead lives with it until a day; what was accepted before ends with it. The same word counts once."""
    with one.area.held():
        now = timezone.now()
        before = Acceptance.objects.filter(tradeoff=one, ended=None)
        if same := before.filter(by=by, side=side, until=until, occasion=occasion, why=why).first():
            return same
        before.update(ended=now, ended_by=by, how="accepted anew")
        against = occasion.name if occasion else ""
        told = {"until": until, "occasion": occasion, "against": against, "why": why}
        made: Acceptance = one.acceptances.create(area=one.area, by=by, side=side, at=now, **told)
        entered = {"skip": one.skip, "until": until.isoformat(), "against": against, "why": why}
        one.area.enter(by, "accepted a tradeoff", one.brief, **entered)
    return made


def end(one: Tradeoff, by: Person, how: str) -> bool:
    """It is accepted no longer: mended, built, or not a risk any more."""
    with one.area.held():
        mine = Acceptance.objects.filter(tradeoff=one, ended=None)
        if not mine.update(ended=timezone.now(), ended_by=by, how=how):
            return False
        one.area.enter(by, "ended a tradeoff", one.brief, skip=one.skip, how=how)
    return True


def due(today: date) -> int:
    """Let what was accepted until a day that has passed ask again, once; how many."""
    found = Acceptance.objects.filter(ended=None, asked=None, until__lt=today)
    count = 0
    for one in found.select_related("area", "tradeoff__area", "tradeoff__brief")[:200]:
        with one.area.held():
            if Acceptance.objects.filter(pk=one.pk, asked=None, ended=None).update(asked=timezone.now()):
                told = {"skip": one.tradeoff.skip, "until": one.until.isoformat()}
                one.tradeoff.area.enter(None, "a tradeoff asks again", one.tradeoff.brief, **told)
                count += 1
    return count


def keep_occasion(area: Area, by: Person, name: str, first: date, last: date, what: str) -> Occasion:
    """Write an occasion down; the same one twice counts once."""
    with area.held():
        made, new = Occasion.objects.get_or_create(
            area=area, name=name, first=first, defaults={"last": last, "what": what, "by": by}
        )
        if new:
            area.enter(by, "added an occasion", name=name, first=first.isoformat())
    return made


def drop_occasion(one: Occasion, by: Person) -> None:
    """It is off; what was accepted against it keeps its name."""
    with one.area.held():
        area, told = one.area, {"name": one.name, "first": one.first.isoformat()}
        if Occasion.objects.filter(pk=one.pk).delete()[0]:
            area.enter(by, "took an occasion out", None, **told)


def _day(on: date) -> str:
    return day(on, today=timezone.localdate())
