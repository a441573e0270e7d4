"""Views of jobs: how far one is, stopping it, and trying it again."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

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
        """Stop it, or try again what failed; back to where it shows."""
        self.takes_part()
        job = get_object_or_404(Job.objects.select_related("area"), area=self.area, pk=pk)
        if "again" in request.POST:
            job.again(self.person)
        else:
            job.cancel(self.person)
        return redirect(page_of(job))


def page_of(job: Job) -> str:
    """The page on which a job shows; the area's where what it is about is gone."""
    from colead.web.concerns import follow
    from colead.web.decisions import readings
    from colead.web.prototypes import try_out
    from colead.web.repositories import check, fetch, look

    area, about = job.area, int(job.about) if job.about.isdecimal() else 0
    names = {look.KIND: "fragility", check.AHEAD: "investments", look.RECORD: "record"}
    names[fetch.KIND] = "repositories"
    brief = {check.KIND: Q(pk=about), follow.KIND: Q(pk=about), try_out.KIND: Q(prototypes=about)}
    decision = area.decisions.filter(pk=about).first() if job.kind == readings.KIND else None
    found = area.briefs.filter(brief[job.kind]).first() if job.kind in brief else None
    if decision is not None:
        return reverse("decision", args=[area.slug, decision.number])
    if found is not None and job.kind == try_out.KIND:
        return reverse("prototype", args=[area.slug, found.number, about])
    if found is not None:
        return reverse("brief", args=[area.slug, found.number])
    return reverse(names.get(job.kind, "area"), args=[area.slug])
