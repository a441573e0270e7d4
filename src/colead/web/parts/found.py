"""Found: a part by its address, and the open ideas whose newest reading names it."""

from __future__ import annotations

from django.db.models import QuerySet

from colead.web.areas.models import Area
from colead.web.parts.models import ROOT, Part, Reached

SHOWN = 50


def found(area: Area, key: str, where: str = "") -> Part | None:
    """The part of this key; of several repositories with it that of the id `where`, else the first."""
    if "\0" in key:  # which no text of PostgreSQL holds
        return None
    every = Part.objects.filter(repository__area=area, key="" if key == ROOT else key)
    if where.isascii() and where.isdecimal() and len(where) < 16:
        every = every.filter(repository=int(where))
    one = every.select_related("repository").order_by("repository").first()
    if one is not None:
        one.repository.area = area
    return one


def reaching(part: Part) -> QuerySet[Reached]:
    """The open ideas that touch it, in product's order, with what was said of that."""
    reached = Reached.objects.filter(repository=part.repository, brief__shipped=None)
    named = reached.filter(key=part.key, partner=False).select_related("brief")
    return named.order_by("brief__place", "id")[:SHOWN]
