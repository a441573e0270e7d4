"""Lamps: four for each idea, one for each kind of bad news, lit by people and by its newest reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from colead.phrase import listing, plural
from colead.web.areas.models import Area
from colead.web.briefs.models import Brief
from colead.web.concerns.models import LAMPS, Concern
from colead.web.repositories.check import kind_of

MOST = 200  # open concerns of the shown ideas


@dataclass(frozen=True, slots=True)
class Row:
    """An idea with its four lamps."""

    title: str
    to: str
    marks: tuple[bool, ...]  # in the order of LAMPS
    lit: str  # the kinds that are lit, in words
    told: str  # what shows them


def lit(area: Area, ideas: Sequence[tuple[Brief, Sequence[str] | None]]) -> tuple[Row, ...]:
    """The rows of those of the ideas that have bad news; each with what its newest reading shows."""
    raised: dict[int, list[str]] = defaultdict(list)
    found = Concern.objects.filter(brief__in=[one for one, _ in ideas], ended=None).order_by("at")
    for brief, kind in found.values_list("brief", "kind")[:MOST]:
        raised[brief].append(kind)
    rows = (_row(area, one, read or [], raised[one.pk]) for one, read in ideas)
    return tuple(one for one in rows if one is not None)


def _row(area: Area, brief: Brief, read: Sequence[str], raised: list[str]) -> Row | None:
    kinds = {*raised, *map(kind_of, read)}
    told = [plural(len(raised), "concern is open", "concerns are open")] if raised else []
    if not told and not read:
        return None
    names = listing([str(one.label) for one in LAMPS if one in kinds]) or "none of the four kinds"
    to = reverse("brief", args=[area.slug, brief.number])
    return Row(brief.title, to, tuple(one in kinds for one in LAMPS), names, f"{listing([*told, *read])}.")
