"""Section: a text with versions that one side owns; both sides sign one exact version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from colead.web.areas.models import Side
from colead.web.briefs.models.brief import Brief
from colead.web.people.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST = 200_000  # characters
MARKS = ("", "half", "on")  # by how many sides signed


class Stale(Exception):
    """Somebody else saved in the meantime; `section` holds what stands now."""

    def __init__(self, section: Section) -> None:
        super().__init__(f"version {section.version} stands now")
        self.section = section


class Sections(models.Manager["Section"]):
    """The texts of all briefs."""

    def begin(self, brief: Brief, space: str, text: str, by: Person) -> Section:
        """The first version."""
        made = self.create(brief=brief, space=space, text=text)
        made.versions.create(number=1, text=text, by=by)
        return made


class Section(models.Model):
    """One of a brief's three texts: problem, approach, outcome."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="sections")
    space = models.CharField(max_length=10)
    text = models.TextField(blank=True, max_length=LONGEST)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField(default=timezone.now)

    versions: RelatedManager[Version]
    agreements: RelatedManager[Agreement]
    suggestions: RelatedManager[Suggestion]
    drafts: RelatedManager[Draft]
    objects: ClassVar[Sections] = Sections()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brief", "space"], name="one_of_each_space")
        ]
        # Which texts are problems, without the texts themselves.
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["space", "id", "brief"])]

    @property
    def owner(self) -> str:
        """The side that owns it; "" where both do."""
        owner = self.brief.area.decides(self.space)
        return "" if owner == "both" else owner

    @property
    def signed(self) -> dict[str, Agreement]:
        """The agreements under the version that stands, by side."""
        standing = [
            one for one in self.agreements.all() if one.version == self.version and one.lifted is None
        ]
        return {one.side: one for one in standing}

    @property
    def agreed(self) -> bool:
        """Whether both sides signed what stands."""
        return len(self.signed) == len(Side)

    @property
    def mark(self) -> str:
        """How many sides agreed, as a mark: empty, half or on."""
        return MARKS[len(self.signed)]

    @property
    def lifted(self) -> list[Agreement]:
        """Agreements that the newest edit ended."""
        return [
            one for one in self.agreements.all() if one.lifted is not None and one.version == self.version - 1
        ]

    def save_text(self, by: Person, text: str, *, over: int, within: bool = False) -> bool:
        """Save a new version over version `over`; False where nothing changed. Raises Stale.

        `within`: it is part of a deed that writes its own entry.
        """
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        with self.brief.area.held():
            self.refresh_from_db()
            if text == self.text:
                self.drafts.filter(person=by).delete()
                return False
            now = timezone.now()
            mine = Section.objects.filter(pk=self.pk, version=over)
            if not mine.update(text=text, version=models.F("version") + 1, changed=now):
                raise Stale(self)
            self.versions.create(number=over + 1, text=text, by=by, at=now)
            lifted = self.agreements.filter(lifted=None).update(lifted=now)
            Brief.objects.filter(pk=self.brief_id).update(touched=now)
            self.drafts.filter(person=by).delete()
            told = {"space": self.space, "version": over + 1, "lifted": lifted}
            if not within:
                self.brief.area.enter(by, "edited", self.brief, **told)
            self.brief.read_anew(by)
        self.refresh_from_db()
        return True

    def restore(self, by: Person, number: int, *, over: int) -> bool:
        """Bring an old version's text back as a new version; raises Stale."""
        return self.save_text(by, self.versions.get(number=number).text, over=over)

    def agree(self, by: Person, side: str, version: int) -> Agreement:
        """Sign this version for a side; raises Stale where another one stands."""
        with self.brief.area.held():
            held = Section.objects.select_for_update(no_key=True).get(pk=self.pk)
            if held.version != version:
                raise Stale(held)
            made, new = self.agreements.get_or_create(
                version=version, side=side, lifted=None, defaults={"by": by}
            )
            if new:
                self.brief.area.enter(by, "agreed", self.brief, space=self.space, version=version, side=side)
        return made

    def take_back(self, by: Person, side: str) -> None:
        """End this side's agreement."""
        with self.brief.area.held():
            if self.agreements.filter(side=side, lifted=None).update(lifted=timezone.now()):
                self.brief.area.enter(by, "took back", self.brief, space=self.space, side=side)

    def suggest(self, by: Person, text: str, why: str, *, within: bool = False) -> Suggestion:
        """Propose another text to the side that owns it."""
        with self.brief.area.held():
            made: Suggestion = self.suggestions.create(by=by, over=self.version, text=text, why=why)
            if not within:
                self.brief.area.enter(by, "suggested", self.brief, space=self.space, suggestion=made.pk)
        return made

    def keep_draft(self, person: Person, text: str, over: int) -> None:
        """Keep what a person typed and did not save yet."""
        self.drafts.update_or_create(
            person=person, defaults={"text": text, "over": over, "at": timezone.now()}
        )


class Version(models.Model):
    """A text as it was saved; versions are never changed and never lost."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["section", "number"], name="versioned_once")
        ]


class Agreement(models.Model):
    """A side's signature under one exact version, until an edit or the side itself lifts it."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="agreements")
    version = models.PositiveIntegerField()
    side = models.CharField(max_length=12, choices=Side)
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    lifted = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["section", "version", "side"],
                condition=models.Q(lifted=None),
                name="signed_once",
            )
        ]


class Suggestion(models.Model):
    """Another text for a section, proposed by the side that does not own it, and what became of it."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="suggestions")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    over = models.PositiveIntegerField()  # the version it was written over
    text = models.TextField(max_length=LONGEST)
    why = models.CharField(max_length=500, blank=True)
    accepted = models.BooleanField(null=True)  # None: open
    answer = models.CharField(max_length=500, blank=True)  # why it was declined
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered = models.DateTimeField(null=True)

    def accept(self, by: Person) -> None:
        """Make it the text; raises Stale where the text changed since it was written."""
        with self.section.brief.area.held():
            if self._answer(by, True, ""):
                self.section.save_text(by, self.text, over=self.over, within=True)

    def decline(self, by: Person, why: str) -> None:
        """Leave the text as it is, and say why."""
        with self.section.brief.area.held():
            self._answer(by, False, why)

    def _answer(self, by: Person, accepted: bool, why: str) -> bool:
        told = {"accepted": accepted, "answer": why, "answered_by": by, "answered": timezone.now()}
        first = bool(Suggestion.objects.filter(pk=self.pk, accepted=None).update(**told))
        if first:
            brief, verb = self.section.brief, "accepted" if accepted else "declined"
            brief.area.enter(by, verb, brief, suggestion=self.pk, why=why, space=self.section.space)
        self.refresh_from_db()
        return first


class Draft(models.Model):
    """What a person typed into a section and did not save yet."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    over = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["section", "person"], name="one_draft_each")
        ]
