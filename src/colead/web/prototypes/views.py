"""Views of prototypes: beginning one, its page, its pack."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from colead.web.briefs.past import moved
from colead.web.briefs.views import BriefScoped
from colead.web.jobs.models import Job
from colead.web.prototypes.forms import Box, End, Start, proposed
from colead.web.prototypes.models import Prototype, branch_for
from colead.web.prototypes.pack import as_markdown, pack
from colead.web.prototypes.try_out import KIND, try_later


class PrototypesView(BriefScoped):
    """Beginning an experiment for an idea."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The form, with the question that the newest reading would ask first."""
        brief = self.brief
        kept = brief.newest_reading
        reading = kept.reading if kept else None
        asked = reading.questions[0].ask if reading and reading.questions else ""
        first = {"question": asked[:300], "branch": branch_for(brief), "until": proposed()}
        return self.shown(
            "prototypes/new.html", status=200, form=Start(initial=first), brief=brief, at="briefs"
        )

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Begin it."""
        self.takes_part()
        brief, form = self.brief, Start(request.POST)
        if not form.is_valid():
            return self.shown("prototypes/new.html", status=422, form=form, brief=brief, at="briefs")
        told = form.cleaned_data
        made = Prototype.objects.start(brief, self.person, told["question"], told["branch"], told["until"])
        return redirect("prototype", self.area.slug, brief.number, made.pk)


class PrototypeScoped(BriefScoped):
    """A view on one experiment."""

    @cached_property
    def prototype(self) -> Prototype:
        """The experiment; 404 where the idea has none of this number."""
        brief = self.brief
        mine = brief.prototypes.select_related("by", "ended_by", "before", "after")
        found: Prototype = get_object_or_404(mine, pk=self.kwargs["pk"])
        found.brief = brief
        return found


class PrototypeView(PrototypeScoped):
    """One experiment: the question, the box, the pack; then the answer and what it moved."""

    def get(self, request: HttpRequest, area: str, number: int, pk: int) -> HttpResponse:
        """The page."""
        return self._page(End())

    def post(self, request: HttpRequest, area: str, number: int, pk: int) -> HttpResponse:
        """Write the answer, give more time, or read the branch again."""
        self.takes_part()
        if "more" in request.POST:
            box = Box(request.POST)
            if not box.is_valid():
                return self._page(End(), box=box, status=422)
            self.prototype.extend(self.person, box.cleaned_data["until"])
        elif "again" in request.POST and not self.prototype.is_open:
            try_later(self.prototype, self.person)
        else:
            form = End(request.POST)
            if not form.is_valid():
                return self._page(form, status=422)
            self.prototype.end(self.person, form.cleaned_data["verdict"], form.cleaned_data["answer"])
        return redirect("prototype", area, number, pk)

    def _page(self, form: End, *, box: Box | None = None, status: int = 200) -> HttpResponse:
        one = self.prototype
        before = one.before.reading if one.before else None
        after = one.after.reading if one.after else None
        job = Job.objects.filter(area=self.area, kind=KIND, about=str(one.pk)).order_by("-id").first()
        told = {
            "one": one,
            "brief": one.brief,
            "form": form,
            "box": box or Box(initial={"until": max(one.until, proposed())}),
            "pack": pack(before),
            "job": job,
            "news": moved(before, after) if before and after else [],
            "compared": bool(before and after),
            "touches": [each.touch for each in after.touches] if after else [],
        }
        return self.shown("prototypes/show.html", status=status, at="briefs", **told)


class PackView(PrototypeScoped):
    """What somebody needs to try it out, as a file."""

    takes_tokens = True

    def get(self, request: HttpRequest, area: str, number: int, pk: int) -> HttpResponse:
        """Markdown."""
        one = self.prototype
        address = request.build_absolute_uri(reverse("brief", args=[area, number]))
        told = as_markdown(one, pack(one.before.reading if one.before else None), address)
        answer = HttpResponse(told, content_type="text/markdown; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="prototype-{one.pk}.md"'
        return answer
