"""Brief: one idea on its way from problem to outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from colead.web.areas.models import Area, Side
from colead.web.briefs.form import LONGEST_TITLE, SPACES, read, written
from colead.web.people.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from colead.web.briefs.models.section import Section
    from colead.web.repositories.models import KeptReading

RESTING = timedelta(days=90)
STAGES = {
    "learned": "what happened is agreed",
    "measuring": "shipped; the number is being watched",
    "building": "going ahead",
    "ready": "problem and approach are agreed",
    "shaping": "the problem is agreed",
    "idea": "the problem is not agreed yet",
}


class BriefQuerySet(models.QuerySet["Brief"]):
    """Ideas, asked for as people speak of them."""

    def coming(self) -> BriefQuerySet:
        """Neither going ahead nor shipped."""
        return self.filter(shipped=None, commitments=None)

    def agreed_on(self, space: str) -> BriefQuerySet:
        """Those of which both sides signed this text as it stands; an edit lifts every signature."""
        return self.filter(*_signed(space))

    def counted(self, space: str) -> tuple[int, int]:
        """How many, and how many of them both sides agreed on in this text; one question."""
        product, engineering = _signed(space)
        agreed = models.Count("pk", filter=product & engineering)
        told = self.aggregate(every=models.Count("pk"), agreed=agreed)
        return told["every"], told["agreed"]

    def not_agreed_on(self, space: str) -> BriefQuerySet:
        """The others."""
        product, engineering = _signed(space)
        return self.exclude(product & engineering)


def _signed(space: str) -> list[models.Q]:
    """For each side, whether it signed the text as it stands; asked per idea, so that a few cost little."""
    from colead.web.briefs.models.section import Agreement

    standing = Agreement.objects.filter(
        section__brief=models.OuterRef("pk"), section__space=space, lifted=None
    )
    return [models.Q(models.Exists(standing.filter(side=side))) for side in Side]


class Briefs(models.Manager.from_queryset(BriefQuerySet)):  # type: ignore[misc]  # made by Django
    """The ideas of all areas."""

    def write(
        self, area: Area, by: Person, title: str, texts: Mapping[str, str], hoped: date | None
    ) -> Brief:
        """Add an idea at the end of the area's order."""
        with transaction.atomic():
            # Numbers are given one at a time.
            held = Area.objects.select_for_update(no_key=True).get(pk=area.pk)
            Area.objects.filter(pk=area.pk).update(numbered=held.numbered + 1)
            last = area.briefs.aggregate(place=Max("place"))["place"] or 0
            brief: Brief = self.create(
                area=area,
                number=held.numbered + 1,
                place=last + 1,
                title=title,
                hoped=hoped,
            )
            for space in SPACES:
                brief.sections.model.objects.begin(brief, space, texts.get(space, ""), by)
            area.enter(by, "wrote", brief, title=title)
            brief.read_anew(by)
        return brief

    def take(self, area: Area, by: Person, text: str, named: str = "") -> Brief:
        """Add an idea from a file, a pasted text or an exported issue, with the day that it hopes for."""
        form = read(text, named)
        return self.write(area, by, form.title, form.texts, _hoped(text))


def _hoped(text: str) -> date | None:
    """The day ahead that a text names for itself; None where it names none."""
    from colead.errors import SpecError
    from colead.readers.markdown import read_spec
    from colead.spec import hoped_ahead

    try:
        spec = read_spec(text.encode("utf-8", "replace"), "text")
    except SpecError:
        return None
    return hoped_ahead(spec, timezone.localdate())


class Brief(models.Model):
    """An idea: its title, its place in product's order, its hoped-for date; the texts are its sections."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="briefs")
    number = models.PositiveIntegerField()  # within the area; never used twice
    title = models.CharField(max_length=LONGEST_TITLE)
    place = models.PositiveIntegerField()  # product's order, 1 is first
    hoped = models.DateField(null=True, blank=True)
    changes = models.PositiveSmallIntegerField(null=True, blank=True)  # it may take, as engineering says
    made = models.DateTimeField(default=timezone.now)
    touched = models.DateTimeField(default=timezone.now)
    shipped = models.DateField(null=True, blank=True)

    sections: RelatedManager[Section]
    commitments: RelatedManager[Commitment]
    readings: RelatedManager[KeptReading]
    objects: ClassVar[Briefs] = Briefs()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "number"], name="numbered_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "place"])]

    def __str__(self) -> str:
        return self.title

    @property
    def by_space(self) -> dict[str, Section]:
        """Its sections by space; one query unless they were fetched along."""
        return {one.space: one for one in self.sections.all()}

    @property
    def text(self) -> str:
        """The brief as its file, which is also what a check reads."""
        told = {space: one.text for space, one in self.by_space.items()}
        return written(self.title, told)

    @property
    def digest(self) -> str:
        """Changes when anything that a check reads does."""
        told = f"{self.text}\0{self.hoped or ''}"
        if self.changes:
            told += f"\0{self.changes}"
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def stage(self) -> str:
        """Where it stands, told by what was agreed, decided and shipped; one of STAGES."""
        agreed = {space for space, one in self.by_space.items() if one.agreed}
        return self.stage_at(agreed, going=bool(self.commitments.all()))

    def stage_at(self, agreed: Collection[str], *, going: bool) -> str:
        """The stage by which texts both sides signed, and whether it is going ahead."""
        if self.shipped:
            return "learned" if "outcome" in agreed else "measuring"
        if going:
            return "building"
        if "problem" in agreed:
            return "ready" if "approach" in agreed else "shaping"
        return "idea"

    @property
    def stands(self) -> str:
        """The stage in words."""
        return STAGES[self.stage]

    @property
    def rests(self) -> bool:
        """Whether nobody touched it for a long while and nothing was decided: it fades from the list."""
        return self.rests_at(going=bool(self.commitments.all()))

    def rests_at(self, *, going: bool) -> bool:
        """The same, by whether it is going ahead."""
        return not self.shipped and not going and self.touched < timezone.now() - RESTING

    @cached_property
    def last_reading(self) -> KeptReading | None:
        """The same without its text, which is fetched where it is asked for; asked for once."""
        return self.readings.defer("wire").order_by("-id").first()

    @property
    def newest_reading(self) -> KeptReading | None:
        """The last reading of it."""
        return self.readings.order_by("-id").first()

    def read_anew(self, by: Person) -> None:
        """Ask for a reading of what stands by now; in the transaction of the deed that changed it."""
        from colead.web.repositories.check import check_later

        if not self.shipped:  # what people have is looked back at, not ahead
            check_later(self, by)

    def name(self, by: Person, title: str, hoped: date | None) -> None:
        """Give it another title and hoped-for date."""
        with self.area.held():
            mine = Brief.objects.filter(pk=self.pk).exclude(title=title, hoped=hoped)
            if mine.update(touched=timezone.now(), title=title, hoped=hoped):
                told = hoped.isoformat() if hoped else ""
                self.area.enter(by, "named", self, title=title, hoped=told)
                self.read_anew(by)
        self.refresh_from_db(fields=["title", "hoped", "touched"])

    def size(self, by: Person, changes: int | None) -> None:
        """Say how many changes it may take, all in all; None takes it back."""
        with self.area.held():
            if (
                Brief.objects.filter(pk=self.pk)
                .exclude(changes=changes)
                .update(touched=timezone.now(), changes=changes)
            ):
                self.area.enter(by, "sized", self, changes=changes or "")
                self.read_anew(by)
        self.refresh_from_db(fields=["changes", "touched"])

    def go_ahead(self, by: Person, side: str) -> Commitment:
        """Record that it is built now, and what was still open: nothing blocks, and nothing is hidden."""
        unsigned = [space for space in ("problem", "approach") if not self.by_space[space].agreed]
        with self.area.held():
            made: Commitment
            made, new = self.commitments.get_or_create(
                defaults={"by": by, "side": side, "unsigned": ",".join(unsigned)}
            )
            if new:
                self.area.enter(by, "went ahead", self, unsigned=unsigned)
        return made

    def ship(self, by: Person, on: date) -> None:
        """Record that people have it."""
        from colead.web.repositories.look import ahead_later

        with self.area.held():
            if Brief.objects.filter(pk=self.pk, shipped=None).update(shipped=on):
                self.area.enter(by, "shipped", self, on=on.isoformat())
                ahead_later(self.area, by)
        self.refresh_from_db(fields=["shipped"])

    def drop(self, by: Person) -> None:
        """Delete it with its texts and readings; that it was there, and who deleted it, stays written."""
        with transaction.atomic():
            order = self._held_order()
            self.refresh_from_db(fields=["place"])
            self.area.enter(by, "deleted", None, number=self.number, title=self.title)
            order.filter(place__gt=self.place).update(place=models.F("place") - 1)
            self.delete()

    def put(self, by: Person, place: int) -> None:
        """Give it this place in product's order; the others close up."""
        with transaction.atomic():
            order = self._held_order()
            self.refresh_from_db(fields=["place"])
            was, place = self.place, max(1, min(place, order.count()))
            if was == place:
                return
            step = 1 if place < was else -1
            between = (place, was - 1) if place < was else (was + 1, place)
            order.filter(place__range=between).update(place=models.F("place") + step)
            order.filter(pk=self.pk).update(place=place)
            self.area.enter(by, "ordered", self, place=place)
        self.place = place

    def _held_order(self) -> models.QuerySet[Brief]:
        """The ideas of the area, whose order nobody else changes until the transaction ends."""
        Area.objects.select_for_update(no_key=True).get(pk=self.area_id)
        order: models.QuerySet[Brief] = Brief.objects.filter(area=self.area_id)
        return order


class Commitment(models.Model):
    """That an idea is built now, by whose word, and what was not agreed at that moment."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="commitments")
    by = models.ForeignKey(Person, models.PROTECT)
    side = models.CharField(max_length=12, choices=Side)
    at = models.DateTimeField(default=timezone.now)
    unsigned = models.CharField(max_length=40, blank=True)  # spaces, separated by commas

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brief"], name="goes_ahead_once")
        ]
