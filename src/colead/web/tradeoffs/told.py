"""Told: the tradeoffs that the newest reading of an idea tells, with what became of each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import Prefetch

from colead.tradeoff import Act
from colead.tradeoff import Tradeoff as Told
from colead.web.briefs.models import Brief
from colead.web.briefs.rendered import tradeoffs
from colead.web.parts.models import Reached
from colead.web.people.models import Person
from colead.web.tradeoffs.models import LONGEST, LONGEST_RISK, Acceptance, Kind, Tradeoff, write

MOST = 20  # of one idea


@dataclass(frozen=True)
class Row:
    """One tradeoff of an idea: written down already, or told by the reading alone."""

    mark: str  # the same in every reading of the idea that tells it; "" where a person wrote it
    code: str
    skip: str
    risk: str
    kind: str
    written: Tradeoff | None

    def write(self, brief: Brief, by: Person) -> Tradeoff:
        """It is written down, so that somebody can give their word; once, whoever asks for it."""
        known = {"code": self.code, "mark": self.mark}
        made = self.written or write(
            brief.area, by, self.kind, self.skip, self.risk, brief=brief, parts=parts(brief), **known
        )
        made.area = brief.area
        return made


def mark(one: Told) -> str:
    """What a tradeoff is known by over all readings: its code, and what would be left out."""
    return f"{one.code}-{hashlib.sha256(f'{one.act} {one.what}'.encode()).hexdigest()[:12]}"


def rows(brief: Brief) -> list[Row]:
    """Those of the newest reading first, then what people wrote down beside it."""
    words = Prefetch("acceptances", Acceptance.objects.select_related("by"))
    written = list(brief.tradeoffs.select_related("by").prefetch_related(words).order_by("id")[:MOST])
    for one in written:
        one.brief, one.area = brief, brief.area
    kept = brief.last_reading
    told = [_row(brief, one, written) for one in tradeoffs(kept)] if kept else []
    met = {one.written.pk for one in told if one.written}
    rest = [one for one in written if one.pk not in met]
    return told + [Row(one.mark, one.code, one.skip, one.risk, one.kind, one) for one in rest]


def told(brief: Brief, named: str) -> Row | None:
    """The one of this mark."""
    return next((one for one in rows(brief) if one.mark == named), None) if named else None


def _row(brief: Brief, one: Told, written: list[Tradeoff]) -> Row:
    later, known = one.act is Act.WAIT, mark(one)
    skip, kind = (f"{brief.title} for now", Kind.FEATURE) if later else (one.what[:LONGEST], Kind.REPAIR)
    mine = (each for each in written if each.mark == known or (not each.mark and each.code == one.code))
    there = next((each for each in mine if each.mark or each.skip == skip), None)
    return Row(known, one.code, skip, one.sentence[:LONGEST_RISK], kind, there)


def parts(brief: Brief) -> list[list[str]]:
    """The parts that the newest reading says the idea touches: repository, key, name."""
    found = Reached.objects.filter(brief=brief, partner=False).order_by("-odds")[:12]
    return [[str(one.repository_id), one.key, one.name] for one in found]
