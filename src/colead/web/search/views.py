"""Views of the search: in one area, and over all areas of the person."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from colead.phrase import plural
from colead.web.areas.models import Area
from colead.web.areas.scope import AreaScoped
from colead.web.people.models import Person
from colead.web.search.asked import LONGEST
from colead.web.search.shown import GROUPS, MOST, groups

FURTHEST = 10_000  # things that one pages through


class SearchView(AreaScoped):
    """What is written in an area."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """What was found."""
        told = answer([self.area], request, self.area.name)
        return self.shown("search/show.html", status=200, at="search", **told)


class EverywhereView(LoginRequiredMixin, View):
    """What is written in all areas of the person."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What was found."""
        person = cast(Person, request.user)
        mine = Area.objects.filter(memberships__person=person).order_by("name")
        told = answer(list(mine), request, "your areas")
        return render(request, "search/show.html", {**told, "person": person, "everywhere": True})


def answer(areas: list[Area], request: HttpRequest, where: str) -> dict[str, Any]:
    """What a page tells of a search."""
    sought = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    only = request.GET.get("kind", "")
    only = only if only in GROUPS else ""
    page = request.GET.get("from", "")
    skip = min(int(page), FURTHEST) if only and page.isascii() and page.isdigit() and len(page) < 7 else 0
    made = groups(areas, sought, only, skip)
    for_more = urlencode({"q": sought})
    further = f"{for_more}&kind={only}&from={skip + MOST}" if only and made and made[0].more else ""
    told = {"groups": made, "sought": sought, "only": only, "further": further, "again": for_more}
    return {**told, "sentence": _sentence(made, sought, where), "where": where, "skip": skip}


def _sentence(made: list[Any], sought: str, where: str) -> str:
    if not sought:
        return f"Words of an idea, a decision, a discussion or anything else that is written in {where}."
    count = sum(len(one.hits) for one in made)
    if not count:
        return f"Nothing that you may see in {where} holds all of these words."
    if any(one.more for one in made):
        return f"The newest of what holds these words in {where}."
    return f"{plural(count, 'thing holds', 'things hold').capitalize()} these words in {where}."
