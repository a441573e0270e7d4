"""Views of concerns: raising one in one act, all of an area, one with what was said to it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from colead.web.areas.scope import AreaScoped
from colead.web.briefs.models import Brief
from colead.web.briefs.views import BriefScoped
from colead.web.concerns.follow import KIND, follow
from colead.web.concerns.forms import Follow, Raise, RaiseAnywhere, Say
from colead.web.concerns.models import Closed, Concern, Trail
from colead.web.jobs.models import Job

PAGE = 50


class ConcernsView(AreaScoped):
    """The bad news of an area."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """What is open, the oldest first, and what was resolved."""
        return self._page(RaiseAnywhere(self.area, initial={"idea": request.GET.get("idea", "")}))

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Raise one: everybody may, whoever only looks on, too."""
        form = RaiseAnywhere(self.area, request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        told = form.cleaned_data
        brief = self.area.briefs.get(number=int(told["idea"])) if told["idea"] else None
        if brief is not None:
            brief.area = self.area
        Concern.objects.raise_it(self.area, self.person, told["kind"], told["text"], brief)
        return (
            redirect("brief", self.area.slug, brief.number) if brief else redirect("concerns", self.area.slug)
        )

    def _page(self, form: RaiseAnywhere, *, status: int = 200) -> HttpResponse:
        resolved = "resolved" in self.request.GET
        found = self.area.concerns.filter(ended__isnull=not resolved).select_related(
            "brief", "by", "ended_by"
        )
        found = found.prefetch_related("brief__commitments", "replies__by")
        ordered = found.order_by("-ended", "-id") if resolved else found.order_by("at", "id")
        page = Paginator(ordered, PAGE).get_page(self.request.GET.get("page"))
        told: dict[str, Any] = {"page": page, "form": form, "resolved": resolved, "at": "concerns"}
        return self.shown("concerns/list.html", status=status, **told)


class RaisingView(BriefScoped):
    """Bad news about one idea."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The form."""
        return self._page(self.brief, Raise())

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Raise it."""
        brief = self.brief
        form = Raise(request.POST)
        if not form.is_valid():
            return self._page(brief, form, status=422)
        told = form.cleaned_data
        Concern.objects.raise_it(self.area, self.person, told["kind"], told["text"], brief)
        return self.back(brief)

    def _page(self, brief: Brief, form: Raise, *, status: int = 200) -> HttpResponse:
        return self.shown("concerns/raise.html", status=status, brief=brief, form=form, at="briefs")


class ConcernView(AreaScoped):
    """One concern."""

    def get(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """It, what was said, and what may be done."""
        return self._page(self._found(), Say())

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Say something to it, or resolve it."""
        one = self._found()
        ends = "resolve" in request.POST
        if ends:
            self.demand(
                one.may_resolve(self.membership), f"{one.raiser} raised it and says when it is resolved."
            )
        elif one.by_id != self.person.pk:
            self.takes_part()
        form = Say(request.POST)
        if not form.is_valid():
            return self._page(one, form, status=422)
        try:
            (one.resolve if ends else one.reply)(self.person, form.cleaned_data["text"])
        except Closed:
            return self._page(self._found(), form, status=409)
        if one.brief:
            return redirect("brief", self.area.slug, one.brief.number)
        return redirect("concerns", self.area.slug)

    def _found(self) -> Concern:
        found = self.area.concerns.select_related("brief", "by", "ended_by")
        one = get_object_or_404(found.prefetch_related("replies__by"), pk=self.kwargs["pk"])
        one.area = self.area
        return one

    def _page(self, one: Concern, form: Say, *, status: int = 200) -> HttpResponse:
        told = {"concern": one, "form": form, "may": one.may_resolve(self.membership), "at": "concerns"}
        return self.shown("concerns/show.html", status=status, **told)


class TrailView(BriefScoped):
    """By what the changes of an idea are known while it is built."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The form."""
        brief = self.brief
        trail = Trail.objects.filter(brief=brief).first()
        told = {"branch": trail.branch, "ticket": trail.ticket} if trail else {}
        return self._page(brief, Follow(initial=told), trail)

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Keep it and compare."""
        brief = self.brief
        self.takes_part()
        form = Follow(request.POST)
        if not form.is_valid():
            return self._page(brief, form, None, status=422)
        follow(brief, self.person, **form.cleaned_data)
        return self.back(brief)

    def _page(self, brief: Brief, form: Follow, trail: Trail | None, *, status: int = 200) -> HttpResponse:
        job = Job.objects.of(self.area, KIND, str(brief.pk)).first()
        told = {"brief": brief, "form": form, "trail": trail, "job": job, "at": "briefs"}
        return self.shown("concerns/trail.html", status=status, **told)
