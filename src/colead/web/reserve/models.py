"""Reserve: repairs that fill the slots of the coming weeks, who said yes, estimates by name, what came."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

from colead.ahead import Repair as Said
from colead.ahead.repair import head
from colead.fragility import QUARTER
from colead.web.areas.models import Area, Membership, Side
from colead.web.people.models import Person
from colead.web.repositories.models import Repository

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from colead.ahead import Estimate as Computed

LONGEST_NAME, LONGEST_WHY = 200, 500
MOST_SLOTS, MOST_ROOM = 50, 99
WEEK = timedelta(days=7)


def monday(day: date | None = None) -> date:
    """The first day of the week that this day is in; of this week by default."""
    told = day or timezone.localdate()
    return told - timedelta(days=told.weekday())


class Room(models.Model):
    """How many slots the leads said a week has, in place of what is proposed."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="rooms")
    week = models.DateField(null=True)  # its Monday; None: every week that has no row of its own
    slots = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "week"], nulls_distinct=False, name="one_room_of_a_week")
        ]


def make_room(area: Area, by: Person, told: dict[date | None, int | None]) -> None:
    """Say how many slots weeks have; None goes back to what is proposed."""
    with area.held():
        before = dict(
            Room.objects.filter(area=area, week__in=[one for one in told if one]).values_list("week", "slots")
        )
        before |= dict(Room.objects.filter(area=area, week=None).values_list("week", "slots"))
        for week, slots in told.items():
            if before.get(week) == slots:
                continue
            if slots is None:
                Room.objects.filter(area=area, week=week).delete()
            else:
                row = {"slots": slots, "by": by, "at": timezone.now()}
                Room.objects.update_or_create(area=area, week=week, defaults=row)
            area.enter(by, "said how many slots", week=week.isoformat() if week else "", slots=slots)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a repair is: a part of a repository, or what people call it."""

    name: str
    key: str = ""
    repository: Repository | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """What a person says a repair takes and gains."""

    slots: int
    fewer: int | None  # of 100 fixes there in the quarter after it; None where no gain is said


class Repairs(models.Manager["Repair"]):
    """All repairs."""

    def propose(
        self, member: Membership, what: str, place: Place, week: date, guess: Guess | None = None
    ) -> Repair:
        """Propose one for a week; a lead who proposes says yes by it, who gives an estimate is named."""
        area = member.area
        with area.held():
            told: dict[str, Any] = {"what": what, "name": place.name, "key": place.key}
            made = self.create(area=area, by=member.person, week=week, repository=place.repository, **told)
            where = {"repair": made.pk, "part": place.name, "week": week.isoformat()}
            area.enter(member.person, "proposed a repair", None, what=what, **where)
            made.area = area
            if guess is not None:
                made.estimate_by(member.person, guess)
            if member.leads:
                made.say_yes(member)
        return made


class Repair(models.Model):
    """A piece of health work in one week's slots."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="repairs")
    what = models.CharField(max_length=LONGEST_NAME)
    name = models.CharField(max_length=LONGEST_NAME)  # what people call the part
    key = models.CharField(max_length=1000, blank=True)  # Component.key, where it is a known part
    repository = models.ForeignKey(Repository, models.SET_NULL, null=True, related_name="+")
    week = models.DateField()  # its Monday
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done = models.BooleanField(default=False)  # once it ended: done, or its slot was freed

    yeses: RelatedManager[Yes]
    estimates: RelatedManager[Estimate]
    moves: RelatedManager[Move]
    objects: ClassVar[Repairs] = Repairs()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "ended", "week"]),
            models.Index(fields=["area", "-id"]),
        ]

    def __str__(self) -> str:
        return self.what

    @contextmanager
    def _held(self, **still: Any) -> Iterator[bool]:
        """Whether it is still open, and as the person saw it, while nobody else changes it."""
        with self.area.held():
            found = Repair.objects.filter(pk=self.pk, ended=None, **still).first()
            if found is not None:
                self.week = found.week
            yield found is not None
        if "estimate" in self.__dict__:
            del self.__dict__["estimate"]

    def say_yes(self, member: Membership, week: date | None = None) -> bool:
        """A lead's yes to it in the week that was seen; False where it ended or moved meanwhile."""
        with self._held(week=week or self.week) as here:
            if here:
                _, new = self.yeses.get_or_create(
                    side=member.side, week=self.week, defaults={"by": member.person}
                )
                if new:
                    self._enter(member.person, "said yes to a repair", week=self.week.isoformat())
        return here

    def move(self, member: Membership, seen: date, to: date, why: str) -> bool:
        """To another week, with why; a lead who moves it says yes to it there, the other one is asked."""
        with self._held(week=seen) as here:
            if here and to != seen:
                self.moves.create(before=seen, after=to, why=why, by=member.person)
                Repair.objects.filter(pk=self.pk).update(week=to)
                self.week = to
                told = {"before": seen.isoformat(), "after": to.isoformat(), "because": why}
                self._enter(member.person, "moved a repair", **told)
                if member.leads:
                    self.say_yes(member)
        return here

    def free(self, by: Person, why: str) -> bool:
        """Give its slot back, with why."""
        with self._held() as here:
            if here:
                self.moves.create(before=self.week, after=None, why=why, by=by)
                self._end(by, done=False)
                self._enter(by, "freed a slot", because=why, week=self.week.isoformat())
        return here

    def finish(self, by: Person) -> bool:
        """It is done; a quarter is counted from today."""
        with self._held() as here:
            if here:
                self._end(by, done=True)
                self._enter(by, "finished a repair")
        return here

    def reopen(self, by: Person) -> bool:
        """It is not done after all: it is open again, and what was counted is forgotten."""
        with self.area.held():
            mine = Repair.objects.filter(pk=self.pk, done=True)
            if not mine.update(ended=None, ended_by=None, done=False):
                return False
            Held.objects.filter(estimate__repair=self.pk).delete()
            self._enter(by, "reopened a repair")
        return True

    def _end(self, by: Person, *, done: bool) -> None:
        self.ended, self.ended_by, self.done = timezone.now(), by, done
        self.save(update_fields=["ended", "ended_by", "done"])

    def estimate_by(self, by: Person, guess: Guess) -> bool:
        """What a person says that it takes and gains; the newest one counts, and is scored."""
        with self._held() as here:
            last = self.estimates.order_by("-pk").first()
            same = last is not None and (last.by_id, last.slots, last.fewer) == (by.pk, *astuple(guess))
            if here and not same:
                self.estimates.create(by=by, slots=guess.slots, fewer=guess.fewer)
                self._enter(by, "estimated a repair", slots=guess.slots, fewer=guess.fewer)
        return here

    def _enter(self, by: Person | None, verb: str, **told: object) -> None:
        self.area.enter(by, verb, None, repair=self.pk, what=self.what, **told)

    @cached_property
    def estimate(self) -> Estimate | None:
        """The newest one."""
        return max(self.estimates.all(), key=lambda one: one.pk, default=None)

    @property
    def slots(self) -> int:
        """Health changes that it takes; one where nobody said."""
        return self.estimate.slots if self.estimate else 1

    @property
    def missing(self) -> list[str]:
        """The sides whose lead has not said yes to it in its week."""
        said = {one.side for one in self.yeses.all() if one.week == self.week}
        return [str(one) for one in Side if one not in said]

    @property
    def is_filled(self) -> bool:
        """Whether both leads said yes."""
        return not self.missing

    @property
    def is_over(self) -> bool:
        """Whether its week is over and nobody said what came of it."""
        return self.ended is None and self.week + WEEK <= timezone.localdate()

    @property
    def said(self) -> Said:
        """The same as the reserve file tells it; fixes are counted from the day it was done, once it is."""
        one = self.estimate
        by, at = (one.by, one.at) if one else (self.by, self.at)
        day = timezone.localtime(self.ended if self.done and self.ended else at).date()
        until = day + timedelta(days=QUARTER)
        return Said(
            self.what, self.key or self.name, by.name, day, until, self.slots, (one and one.fewer) or 0
        )


class Yes(models.Model):
    """A side's yes to a repair in one week."""

    repair = models.ForeignKey(Repair, models.CASCADE, related_name="yeses")
    side = models.CharField(max_length=12, choices=Side)
    week = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["repair", "side", "week"], name="one_yes_of_a_side")
        ]


class Move(models.Model):
    """That a repair left its week, and why."""

    repair = models.ForeignKey(Repair, models.CASCADE, related_name="moves")
    before = models.DateField()
    after = models.DateField(null=True)  # None: its slot was freed
    why = models.CharField(max_length=LONGEST_WHY)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Estimate(models.Model):
    """What a person says, by name, that a repair takes and gains."""

    repair = models.ForeignKey(Repair, models.CASCADE, related_name="estimates")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    slots = models.PositiveSmallIntegerField(default=1)  # health changes that it takes
    fewer = models.PositiveSmallIntegerField(null=True)  # of 100 fixes in the quarter after it

    held: Held


class Held(models.Model):
    """An estimate held against the history: what is expected without the repair, and what came."""

    estimate = models.OneToOneField(Estimate, models.CASCADE, related_name="held")
    at = models.DateTimeField(default=timezone.now)
    begins = models.DateField()
    until = models.DateField()
    without = models.JSONField(default=list)  # fixes expected without it: middle, low, high
    said = models.JSONField(default=list)  # less what the person says
    came = models.PositiveIntegerField(null=True)  # once the quarter is over
    sentence = models.TextField()

    def keep(self, told: Computed, *, final: bool) -> bool:
        """Take over what was computed, and whether that is the score; `final`: the repair is done."""
        self.at, begun = timezone.now(), f"{head(self.estimate.repair.said)}: "
        plain = told.sentence.removeprefix(begun)
        self.sentence = f"{plain[:1].upper()}{plain[1:]}"
        self.begins, self.until = date.fromisoformat(told.on), date.fromisoformat(told.until)
        ends = [[one.value, one.low, one.high] if one else [] for one in (told.without, told.said)]
        self.without, self.said = ends
        self.came = round(told.came.value) if told.came and final else None
        self.save()
        return self.came is not None
