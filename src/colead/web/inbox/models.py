"""Notice: how often a person wants to be told by mail, and of what not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from colead.web.areas.models import Area, Membership
from colead.web.people.models import Person
from colead.web.people.models.turn import Turn

WORKING = range(8, 18)  # hours at which mails go out
MOST = 2  # mails to one person on one day
KEPT = timedelta(days=60)  # how long is remembered what a mail said


class Rhythm(models.TextChoices):
    """How often a person is told by mail, at most; nothing new, no mail."""

    NEVER = "never", "never"
    OFTEN = "often", "twice a working day"
    DAILY = "daily", "every working day"
    WEEKLY = "weekly", "on Mondays"


APART = {
    Rhythm.OFTEN: timedelta(hours=4),
    Rhythm.DAILY: timedelta(hours=20),
    Rhythm.WEEKLY: timedelta(days=6),
}


class Notices(models.Manager["Notice"]):
    """Everybody's wishes."""

    def of(self, person: Person) -> Notice:
        """The person's wish; every working day where none was said."""
        return self.get_or_create(person=person)[0]


class Notice(Turn):
    """How often one person is told by mail, over all areas, and until when the mails told."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="notice")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.DAILY)
    told = models.DateTimeField(default=timezone.now)  # what came before was told, or was old then

    objects: ClassVar[Notices] = Notices()

    def is_due(self, now: datetime) -> bool:
        """Whether a mail may go now, if there is something new."""
        here = timezone.localtime(now)
        if self.rhythm == Rhythm.NEVER or here.weekday() > 4 or here.hour not in WORKING:
            return False
        if self.rhythm == Rhythm.WEEKLY and here.weekday():
            return False
        return now - self.told >= APART[Rhythm(self.rhythm)]

    def went(self, now: datetime, keys: list[str]) -> None:
        """Write down that everything until now was told, and what the mail said if there was one."""
        with transaction.atomic():
            Notice.objects.filter(pk=self.pk).update(told=now, sending=None, tries=0)
            if keys:
                Sent.objects.create(person=self.person, at=now, keys=keys)
                Sent.objects.filter(person=self.person, at__lt=now - KEPT).delete()

    def had_enough(self, now: datetime) -> bool:
        """Whether this person got as many mails today as anybody gets."""
        today = timezone.localtime(now).date()
        return self.person.sent.filter(at__date=today).count() >= MOST

    def mutes(self) -> set[tuple[int, str]]:
        """What the person does not want to be told: area and kind, "" for all kinds."""
        return set(self.person.mutes.values_list("area", "kind"))


class Mute(models.Model):
    """A kind of news of an area that a person does not want by mail; all kinds where it is ""."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mutes")
    area = models.ForeignKey(Area, models.CASCADE)
    kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "area", "kind"], name="muted_once")
        ]


class Sent(models.Model):
    """A mail that went: to whom, when, and the keys of what it said."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sent")
    at = models.DateTimeField(default=timezone.now)
    keys = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "-at"])]


class PutOff(models.Model):
    """Something that waits, which its person put off until a day."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="put_off")
    key = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["membership", "key"], name="put_off_once")
        ]


class Hook(Turn):
    """A chat's address to which an area's news are told; sealed, since whoever has it can write there."""

    objects: ClassVar[models.Manager[Hook]]

    area = models.OneToOneField(Area, models.CASCADE, related_name="hook")
    sealed = models.TextField()
    by = models.ForeignKey(Person, models.CASCADE)
    host = models.CharField(max_length=255)
    told = models.DateTimeField(default=timezone.now)
    fault = models.TextField(blank=True)

    def is_due(self, now: datetime) -> bool:
        """Whether the chat may be told now, if there is something new."""
        here = timezone.localtime(now)
        return here.weekday() < 5 and here.hour in WORKING and now - self.told >= APART[Rhythm.OFTEN]

    def went(self, now: datetime, fault: str) -> None:
        """Write down that everything until now was told, or why it could not be."""
        Hook.objects.filter(pk=self.pk).update(told=now, sending=None, tries=0, fault=fault)
