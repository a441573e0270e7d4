"""Views of an area as a whole: how it divides, where fixes are likely, what is ahead, how often it held."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from colead.ahead import Ahead
from colead.errors import WrongUse
from colead.phrase import literal
from colead.planning import MOST
from colead.web.areas.models import Area
from colead.web.areas.scope import AreaScoped
from colead.web.jobs.models import Job
from colead.web.parts.models import address
from colead.web.repositories.check import AHEAD
from colead.web.repositories.look import KIND, RECORD, ahead_later, look_later, record_later
from colead.web.repositories.models import Look
from colead.web.repositories.own import Own, own, sentence


class LookView(AreaScoped):
    """What Colead last saw of the area as a whole."""

    kind = ""
    title = ""
    job = KIND
    again = "Look anew"
    template = "repositories/look.html"

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The newest look of each repository."""
        looks = list(
            self.area.looks.filter(kind=self.kind).select_related("repository").order_by("repository")
        )
        job = Job.objects.filter(area=self.area, kind=self.job).order_by("-id").first()
        page = {"job": job, "title": self.title, "again": self.again, **self.told(looks)}
        page["connected"] = self.area.repositories.exists()
        return self.shown(self.template, status=200, at=self.kind, **page)

    def told(self, looks: list[Look]) -> dict[str, Any]:
        """What the page shows of them."""
        return {"looks": [(one, _made(one.page)) for one in looks]}

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Look anew."""
        self.takes_part()
        if self.area.repositories.exists():
            self.ask()
        return redirect(request.path)

    def ask(self) -> None:
        """Ask for it."""
        look_later(self.area, self.person)


def _made(page: str) -> SafeString:
    return mark_safe(page)  # noqa: S308 - escaped by the writers


class FragilityView(LookView):
    """The system: its parts, and where fixes are likely."""

    kind, title = "fragility", "The system, and where fixes are likely"


class BalanceView(LookView):
    """How the work divides."""

    kind, title = "balance", "How the work divides"


class InvestmentsView(LookView):
    """What the coming ideas will meet, and the room kept for the health of the system."""

    kind, title, job = AHEAD, "Where to invest next", AHEAD
    template = "repositories/investments.html"

    def told(self, looks: list[Look]) -> dict[str, Any]:
        """The exposure, the room and the evidence apart, so that other things may stand between them."""
        ahead = _ahead(looks[0]) if looks else None
        told = {"look": looks[0] if looks else None, "ahead": ahead, **pieces(self.area, ahead)}
        return {**told, "most": MOST, "open": self.area.briefs.filter(shipped=None).count()}

    def ask(self) -> None:
        """Ask for it."""
        ahead_later(self.area, self.person)


def _ahead(look: Look) -> Ahead | None:
    """What was kept; None where another version of Colead kept it."""
    from colead.writers.wire import ahead_from_json

    try:
        return ahead_from_json(look.wire)
    except WrongUse:
        return None


def pieces(area: Area, told: Ahead | None) -> dict[str, SafeString]:
    """What is ahead as pieces of the page, in which ideas and parts open their pages."""
    from colead.writers import ahead_page
    from colead.writers.proof import folded

    if told is None:
        return {}
    opened = ahead_page.Opened(_ideas(area, told), _parts(area, told))
    made = {
        "exposure": ahead_page.exposure(told, opened),
        "room": ahead_page.room(told),
        "sure": ahead_page.sure(told),
        "proof": folded(ahead_page.proof(told)),
    }
    return {name: _made(text) for name, text in made.items()}


def _ideas(area: Area, told: Ahead) -> dict[str, str]:
    """The pages of ideas by the name that the job gave them."""
    numbers = [one.source.removeprefix("idea-").removesuffix(".md") for one in told.ideas]
    whole = [int(one) for one in numbers if one.isdigit()]
    there = area.briefs.filter(number__in=whole).values_list("number", flat=True)
    return {f"idea-{one}.md": reverse("brief", args=[area.slug, one]) for one in there}


def _parts(area: Area, told: Ahead) -> dict[tuple[str, str], str]:
    """The pages of parts by repository, as the job named them in the order it read them, and key."""
    from colead.web.parts.models import Part
    from colead.web.repositories.models import ready

    where = dict(zip(told.repositories, ready(area).select_related("area"), strict=False))
    keys = [literal(one.component) for one in told.places]
    there = set(Part.objects.filter(repository__area=area, key__in=keys).values_list("repository", "key"))
    return {
        (one.repository, one.component): address(where[one.repository], literal(one.component))
        for one in told.places
        if one.repository in where and (where[one.repository].pk, literal(one.component)) in there
    }


class RecordView(LookView):
    """How often such readings were right here: the past replayed, and what was said of own ideas."""

    kind, title, job, again = RECORD, "How often this was right here", RECORD, "Replay the past anew"
    template = "repositories/record.html"

    def told(self, looks: list[Look]) -> dict[str, Any]:
        """The replay as it was kept, and the forecasts of the area's own ideas."""
        mine = own(self.area)
        return {**super().told(looks), "own": mine, "own_told": sentence(mine), "drawn": drawn(mine)}

    def ask(self) -> None:
        """Ask for it."""
        record_later(self.area, self.person)


def drawn(mine: list[Own]) -> SafeString:
    """A dot for each own forecast on the range that was said."""
    from colead.writers.backtest_page import RANGES
    from colead.writers.pictures.record import ranges

    if not mine:
        return _made("")
    return _made(ranges([one.said for one in mine], sentence(mine)) + RANGES)
