"""Concern: bad news of one of four kinds, or another, by a person or Colead, dated until it is resolved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from colead.foretold import COMPLEXITY, HIDDEN, TIMELINE, UNCLEAR, foretold
from colead.web.areas.models import Area, Membership, Side
from colead.web.briefs.models import Brief
from colead.web.people.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST = 500  # characters
READINGS = 200  # the oldest of an idea, of which one may have told the news


class Kind(models.TextChoices):
    """What kind of bad news."""

    COMPLEXITY = COMPLEXITY, "architectural complexity"
    TIMELINE = TIMELINE, "timeline risk"
    UNCLEAR = UNCLEAR, "unclear requirement"
    HIDDEN = HIDDEN, "hidden dependency"
    OTHER = "other", "something else"


LAMPS = (Kind.COMPLEXITY, Kind.TIMELINE, Kind.UNCLEAR, Kind.HIDDEN)
BOTH = (Side.PRODUCT, Side.ENGINEERING)
OWES = {
    Kind.COMPLEXITY: (Side.ENGINEERING,),
    Kind.TIMELINE: BOTH,
    Kind.UNCLEAR: (Side.PRODUCT,),
    Kind.HIDDEN: (Side.ENGINEERING,),
    Kind.OTHER: BOTH,
}


class Closed(Exception):
    """Somebody resolved it in the meantime."""


class Concerns(models.Manager["Concern"]):
    """The bad news of all areas."""

    def open_in(self, area: Area) -> models.QuerySet[Concern]:
        """What is not resolved yet, the oldest first."""
        return self.filter(area=area, ended=None).order_by("at", "id")

    def raise_it(self, area: Area, by: Person, kind: str, text: str, brief: Brief | None = None) -> Concern:
        """One act of anybody in the area; it is kept with the first reading that told the same."""
        since, told = first_told(brief, kind, text) if brief else (None, "")
        with area.held():
            made = self.create(
                area=area, brief=brief, by=by, kind=kind, text=text, told_since=since, told=told[:LONGEST]
            )
            area.enter(by, "raised a concern", brief, concern=made.pk, kind=kind, text=text)
        return made

    def surprise(self, brief: Brief, repository: str, part: str, text: str, day: int) -> Concern | None:
        """Colead's own, once for each part of an idea; None where it was raised before."""
        since, told = first_told(brief, "", text, part)
        kept = {"area": brief.area, "kind": Kind.HIDDEN, "text": text[:LONGEST], "day": day}
        kept |= {"told_since": since, "told": told[:LONGEST]}
        with brief.area.held():
            made, new = self.get_or_create(
                brief=brief, by=None, repository=repository[:200], part=part[:400], defaults=kept
            )
            if not new:
                return None
            brief.area.enter(None, "raised a concern", brief, concern=made.pk, kind=made.kind, text=made.text)
        return made


class Concern(models.Model):
    """One piece of bad news."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="concerns")
    brief = models.ForeignKey(Brief, models.CASCADE, null=True, related_name="+")  # None: the area
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: Colead
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=LONGEST)
    repository = models.CharField(max_length=200, blank=True)  # of a part that nobody foresaw
    part = models.CharField(max_length=400, blank=True)  # its key
    day = models.PositiveIntegerField(null=True)  # of the building, 1 is the first
    told_since = models.DateTimeField(null=True)  # the first reading that held it, before it was raised
    told = models.CharField(max_length=LONGEST, blank=True)  # in that reading's words
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=LONGEST, blank=True)  # what resolved it

    replies: RelatedManager[Reply]
    objects: ClassVar[Concerns] = Concerns()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["brief", "repository", "part"],
                condition=models.Q(by=None),
                name="surprises_once",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "at"], condition=models.Q(ended=None), name="concerns_open"),
            models.Index(fields=["area", "-ended"]),
            models.Index(fields=["brief", "ended"]),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def raiser(self) -> str:
        """Who raised it, by name."""
        return self.by.name if self.by else "Colead"

    @property
    def owed_by(self) -> tuple[Side, ...]:
        """The sides whose word it waits for; what nobody foresaw waits for both."""
        return BOTH if self.by_id is None else OWES[Kind(self.kind)]

    def may_resolve(self, membership: Membership) -> bool:
        """Whoever raised it; for Colead's own, or where the raiser has left, a side that owes an answer."""
        if self.by_id == membership.person_id:
            return True
        if self.by_id is not None and self.area.memberships.filter(person=self.by_id).exists():
            return False
        return membership.takes_part and membership.side in self.owed_by

    def waits_for(self, membership: Membership) -> bool:
        """Whether it is this person's turn: nobody said anything yet to it, or others did to one's own."""
        last = max(self.replies.all(), key=lambda one: one.pk, default=None)
        if self.by_id == membership.person_id:
            return last is not None and last.by_id != membership.person_id
        return last is None and membership.takes_part and membership.side in self.owed_by

    def reply(self, by: Person, text: str) -> None:
        """Say something to it; raises Closed."""
        with self.area.held():
            if not Concern.objects.filter(pk=self.pk, ended=None).exists():
                raise Closed
            self.replies.create(by=by, text=text)
            self.area.enter(by, "answered a concern", self.brief, concern=self.pk, text=text)

    def resolve(self, by: Person, because: str) -> None:
        """End it with a sentence; raises Closed."""
        with self.area.held():
            told = {"ended": timezone.now(), "ended_by": by, "because": because}
            if not Concern.objects.filter(pk=self.pk, ended=None).update(**told):
                raise Closed
            self.area.enter(by, "resolved a concern", self.brief, concern=self.pk, text=because)
        self.refresh_from_db()

    def late(self, ahead: datetime | None) -> bool:
        """Whether it came after the idea went ahead at this moment."""
        return ahead is not None and self.at > ahead


class Reply(models.Model):
    """What somebody says to a concern."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="replies")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField(max_length=LONGEST)


class Trail(models.Model):
    """By what the changes of an idea are known while it is built: a branch, a ticket, or both."""

    brief = models.OneToOneField(Brief, models.CASCADE, related_name="trail")
    branch = models.CharField(max_length=200, blank=True)
    ticket = models.CharField(max_length=60, blank=True)
    tips = models.CharField(max_length=1_000, blank=True)  # of the branch, as they were compared last
    compared = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)  # how the last comparison went

    objects: ClassVar[models.Manager[Trail]] = models.Manager()


def first_told(brief: Brief, kind: str, text: str, part: str = "") -> tuple[datetime | None, str]:
    """When a reading of the idea first held this news, and in which words; None where none did."""
    for kept in brief.readings.order_by("id")[:READINGS].iterator():
        reading = kept.reading
        if reading is not None and (told := foretold(reading, kind, text, part)):
            return kept.made, told
    return None, ""
