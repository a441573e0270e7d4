"""Views of jobs: how far one is, and stopping it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from colead.web.areas.scope import AreaScoped
from colead.web.jobs.models import Job


class JobView(AreaScoped):
    """One job of the area."""

    def get(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """How far it is, as a piece of a page."""
        job = get_object_or_404(Job, area=self.area, pk=pk)
        answer = self.shown("jobs/state.html", job=job)
        if not job.alive:
            answer["HX-Refresh"] = "true"
        return answer

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Stop it."""
        self.takes_part()
        get_object_or_404(Job, area=self.area, pk=pk).cancel(self.person)
        back = request.POST.get("back", "")
        if back.isdigit():
            return redirect("brief", self.area.slug, int(back))
        return redirect("repositories" if back == "repositories" else "area", self.area.slug)
