"""Meeting: the two sides at one table, with the ideas they talk about and what came out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from colead.web.areas.models import Area, Side
from colead.web.briefs.models import Brief
from colead.web.people.models import Person
from colead.web.questions.models import Question

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

MOST = 8  # ideas of one meeting
ASKED = 5  # questions of one idea
LONGEST = 500  # characters


class Kind(models.TextChoices):
    """What came out: a decision, or what a side owes."""

    DECIDED = "decided", "we decided"
    PRODUCT = "product", "product owes"
    ENGINEERING = "engineering", "engineering owes"


class Meetings(models.Manager["Meeting"]):
    """All meetings."""

    def next_of(self, area: Area) -> Meeting | None:
        """The one that is not over."""
        return self.filter(area=area, ended=None).first()

    def plan(self, area: Area, by: Person, on: date) -> Meeting:
        """The next meeting on this day: a new one, or the planned one moved."""
        with area.held():
            there: Meeting | None = self.filter(area=area, ended=None, on=on).first()
            if there is not None:
                return there
            made, _ = self.update_or_create(area=area, ended=None, defaults={"on": on})
            area.enter(by, "planned a meeting", on=on.isoformat())
        return made


class Meeting(models.Model):
    """One meeting of an area."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="meetings")
    on = models.DateField()
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    items: RelatedManager[Item]
    outcomes: RelatedManager[Outcome]
    objects: ClassVar[Meetings] = Meetings()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area"], condition=models.Q(ended=None), name="one_next_meeting")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "-ended"])]

    @property
    def ideas(self) -> list[Brief]:
        """The ideas in their order."""
        along = ("brief__commitments", "brief__sections__agreements")
        rows = self.items.select_related("brief").prefetch_related(*along).order_by("id")
        return [one.brief for one in rows[:MOST]]

    def put(self, by: Person, brief: Brief) -> None:
        """Talk about this idea, too."""
        with self.area.held():
            if self.items.count() < MOST and self.items.get_or_create(brief=brief)[1]:
                self.area.enter(by, "put on the agenda", brief, meeting=self.pk)

    def leave_out(self, by: Person, brief: Brief) -> None:
        """Talk about it another time."""
        with self.area.held():
            if self.items.filter(brief=brief).delete()[0]:
                self.area.enter(by, "took off the agenda", brief, meeting=self.pk)

    def begin(self, by: Person) -> None:
        """It begins, once."""
        with self.area.held():
            if Meeting.objects.filter(pk=self.pk, begun=None).update(begun=timezone.now()):
                self.area.enter(by, "began a meeting", meeting=self.pk)
        self.refresh_from_db()

    def end(self, by: Person) -> None:
        """It is over, once."""
        with self.area.held():
            if Meeting.objects.filter(pk=self.pk, ended=None).update(ended=timezone.now()):
                self.area.enter(by, "ended a meeting", meeting=self.pk)
        self.refresh_from_db()

    def note(self, by: Person, kind: str, text: str, brief: Brief | None) -> Outcome:
        """Write down what was decided or who owes what."""
        with self.area.held():
            made: Outcome = self.outcomes.create(by=by, kind=kind, text=text, brief=brief)
            self.area.enter(by, "noted in a meeting", brief, kind=kind, text=text, meeting=self.pk)
        return made

    def asked(self, ideas: Sequence[Brief]) -> dict[int, list[Question]]:
        """What it asks of each idea: open at its beginning, so that the order stays while it is answered."""
        found = Question.objects.filter(brief__in=ideas).select_related("by", "ended_by")
        begun = self.begun or timezone.now()
        there = found.exclude(ended__lt=begun).exclude(gone__lt=begun)
        if self.ended:
            there = there.filter(asked__lte=self.ended)
        asked: dict[int, list[Question]] = there.few_of_each(ASKED)
        return asked


class Item(models.Model):
    """An idea on the agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    brief = models.ForeignKey(Brief, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "brief"], name="once_on_the_agenda")
        ]


class Outcome(models.Model):
    """What a meeting decided, or what a side owes after it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outcomes")
    brief = models.ForeignKey(Brief, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=LONGEST)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done = models.DateTimeField(null=True)  # of what a side owes

    @property
    def is_owed(self) -> bool:
        """Whether a side still owes it."""
        return self.kind in Side.values and self.done is None

    def finish(self, by: Person) -> None:
        """Say that it is done."""
        with self.meeting.area.held():
            mine = Outcome.objects.filter(pk=self.pk, done=None, kind__in=Side.values)
            if mine.update(done=timezone.now()):
                self.meeting.area.enter(by, "did what was owed", self.brief, text=self.text)
