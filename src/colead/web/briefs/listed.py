"""Listed: an idea as a line of a list: where it stands, and what bad news its newest reading has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from colead.web.areas.models import Area, Side
from colead.web.briefs.models import Agreement, Brief, Commitment
from colead.web.briefs.models.brief import STAGES, BriefQuerySet
from colead.web.briefs.models.section import MARKS
from colead.web.repositories.models import KeptReading


@dataclass(frozen=True, slots=True)
class Line:
    """One idea, with what its texts' signatures say."""

    brief: Brief
    concerns: list[str]
    going: bool
    signed: Counter[str]  # by space, how many sides signed what stands

    @property
    def stands(self) -> str:
        """The stage in words."""
        agreed = [space for space, sides in self.signed.items() if sides == len(Side)]
        return STAGES[self.brief.stage_at(agreed, going=self.going)]

    @property
    def rests(self) -> bool:
        """Whether it fades from the list."""
        return self.brief.rests_at(going=self.going)

    @property
    def marks(self) -> dict[str, str]:
        """By space, how many sides agreed, as a mark."""
        return {space: MARKS[self.signed[space]] for space in ("problem", "approach")}


def ordered(area: Area) -> BriefQuerySet:
    """The ideas of an area in product's order, with what `lines` needs of each."""
    newest = KeptReading.objects.filter(brief=OuterRef("pk")).order_by("-id")
    going = Exists(Commitment.objects.filter(brief=OuterRef("pk")))
    found: BriefQuerySet = Brief.objects.filter(area=area).order_by("place", "id")
    return found.annotate(concerns=Subquery(newest.values("concerns")[:1]), going=going)


def lines(briefs: Iterable[Brief]) -> list[Line]:
    """These ideas of `ordered` as lines; one question to the database for all of them."""
    every = list(briefs)
    standing = Agreement.objects.filter(section__brief__in=every, lifted=None, version=F("section__version"))
    signed: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for brief, space in standing.values_list("section__brief", "section__space"):
        signed[brief][space] += 1
    return [_line(one, signed[one.pk]) for one in every]


def _line(brief: Any, signed: Counter[str]) -> Line:
    news = [] if brief.shipped else brief.concerns or []
    return Line(brief, news, brief.going, signed)
