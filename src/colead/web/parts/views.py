"""Views of parts: what a part is, how fragile, which ideas reach it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from colead.web.areas.scope import AreaScoped
from colead.web.parts.models import ROOT, Part, Reached

SHOWN = 50


class PartScoped(AreaScoped):
    """A view on one part of the area."""

    @property
    def part(self) -> Part:
        """The part of the address; of several repositories that have it the one that is meant."""
        key = "" if self.kwargs["key"] == ROOT else self.kwargs["key"]
        found = Part.objects.filter(repository__area=self.area, key=key).select_related("repository")
        meant = self.request.GET.get("in", "")
        if meant.isdecimal() and len(meant) < 16:
            found = found.filter(repository=int(meant))
        one = found.order_by("repository").first()
        if one is None:
            raise Http404
        one.repository.area = self.area
        return one


class PartView(PartScoped):
    """One part."""

    def get(self, request: HttpRequest, area: str, key: str) -> HttpResponse:
        """The page."""
        return self._page(self.part)

    def _page(self, part: Part, *, status: int = 200, **told: object) -> HttpResponse:
        reached = Reached.objects.filter(repository=part.repository, brief__shipped=None)
        named = reached.filter(key=part.key).select_related("brief")
        touches = named.filter(partner=False).order_by("brief__place", "id")[:SHOWN]
        page = {"part": part, "touches": list(touches), "along": _along(part), **told}
        # What a writer made is escaped there.
        page["history"] = mark_safe(part.page)  # noqa: S308 - escaped by the writers
        return self.shown("parts/show.html", status=status, at="fragility", **page)


def _along(part: Part) -> list[dict[str, object]]:
    """The parts that readings of open ideas name beside this one, each with what was said of it last."""
    reached = Reached.objects.filter(repository=part.repository, partner=True, brief__shipped=None)
    beside = reached.filter(of=part.key).select_related("brief").order_by("-odds", "id")
    names: dict[str, dict[str, object]] = {}
    for one in beside[:SHOWN]:
        to = Part(repository=part.repository, key=one.key).address
        names.setdefault(one.key, {"name": one.name, "to": to, "sentence": one.sentence, "brief": one.brief})
    return list(names.values())
