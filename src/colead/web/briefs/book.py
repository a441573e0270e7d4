"""Book: what the page of a brief shows: two sides, what stands between them, and the newest reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from colead.reading import Reading
from colead.web.areas.models import Area, Membership, Side
from colead.web.briefs import rendered
from colead.web.briefs.models import Agreement, Brief, Section, Suggestion
from colead.web.briefs.models.brief import STAGES
from colead.web.jobs.models import Job
from colead.web.people.models import Person
from colead.web.repositories.models import KeptReading

# As SQL, which is asked at every look at an idea, because making it takes longer than answering it.
_LAST = "SELECT e.number FROM areas_entry e WHERE {} ORDER BY e.id DESC LIMIT 1"
_NONE = "e.area_id = briefs_brief.area_id AND e.brief_id IS NULL"


@dataclass(frozen=True)
class Page:
    """One side of the book."""

    section: Section
    lead: Person | None
    may_edit: bool
    may_sign: bool
    mine: Agreement | None  # the reader's own side's signature
    suggestions: tuple[Suggestion, ...]

    @property
    def space(self) -> str:
        """Which text it is."""
        return self.section.space

    @property
    def owner(self) -> str:
        """The side that owns it."""
        return self.section.owner

    @property
    def state(self) -> str:
        """Who signed what stands, in words."""
        signed = self.section.signed
        names = [signed[side].by.name for side in Side if side in signed]
        version = f"version {self.section.version}"
        if not self.section.text.strip():
            return "Nothing is written here yet."
        if len(names) == len(Side):
            return f"Agreed by {' and '.join(names)}, {version}."
        if names:
            return f"{names[0]} agreed to {version}; the other side has not yet."
        if self.section.lifted:
            return f"Not agreed: the text changed after it was signed; {version} stands."
        return f"Not agreed yet, {version}."

    @property
    def mark(self) -> str:
        """The same as a mark: on, half or empty."""
        return self.section.mark


@dataclass(frozen=True)
class Book:
    """The open book of one brief as one person sees it."""

    brief: Brief
    membership: Membership
    problem: Page
    approach: Page
    outcome: Page
    kept: KeptReading | None
    job: Job | None
    connected: bool
    token: str  # that forms carry; "" where none is sent

    @property
    def stage(self) -> str:
        """Where the idea stands, in words."""
        return STAGES[self.brief.stage]

    @cached_property
    def reading(self) -> Reading | None:
        """The newest reading."""
        return self.kept.reading if self.kept else None

    @cached_property
    def before(self) -> KeptReading | None:
        """The last reading of another day, else the one before the newest."""
        if self.kept is None:
            return None
        older = self.brief.readings.defer("wire").filter(pk__lt=self.kept.pk).order_by("-id")
        return older.filter(made__date__lt=self.kept.made.date()).first() or older.first()

    @cached_property
    def news(self) -> tuple[str, ...]:
        """What the newest reading says that the one before did not."""
        return rendered.news(self.before, self.kept) if self.before and self.kept else ()

    @property
    def stale(self) -> bool:
        """Whether the text changed since it was read."""
        return self.kept is not None and self.kept.digest != self.brief.digest

    @cached_property
    def told(self) -> dict[str, SafeString]:
        """The reading's findings as pieces of the page, each for the side that owes the answer."""
        return rendered.told(self.kept, self.brief, self.membership, self.token) if self.kept else {}


def dated(area: Area) -> QuerySet[Brief]:
    """The ideas with the number of the last entry about each, `said`, and of the last about none, `common`.

    A page of an idea changes by these alone; `connected` says whether there is anything to read it against.
    """
    return area.briefs.annotate(
        said=RawSQL(_LAST.format("e.brief_id = briefs_brief.id"), ()),  # noqa: S611 - nothing of a person
        common=RawSQL(_LAST.format(_NONE), ()),  # noqa: S611 - nothing of a person
        connected=Exists(area.repositories.all()),
    )


def book(brief: Any, membership: Membership, token: str, job: Job | None) -> Book:
    """What a member sees of a brief, which is `dated`; `job` is the newest that reads it."""
    area = brief.area
    leads = area.leads
    waiting = Suggestion.objects.filter(section__brief=brief, accepted=None)
    open_ones = list(waiting.select_related("by", "section").order_by("id"))
    pages = {space: _page(section, leads, membership, open_ones) for space, section in brief.by_space.items()}
    return Book(
        brief=brief,
        membership=membership,
        kept=brief.last_reading,
        job=job,
        connected=brief.connected,
        token=token,
        **pages,
    )


def _page(
    section: Section, leads: dict[Side, Person | None], membership: Membership, waiting: Sequence[Suggestion]
) -> Page:
    owner = section.owner
    return Page(
        section=section,
        lead=leads[Side(owner)] if owner else None,
        may_edit=membership.may_edit(section.space),
        may_sign=membership.leads and bool(section.text.strip()),
        mine=section.signed.get(membership.side),
        suggestions=tuple(one for one in waiting if one.section_id == section.pk),
    )
