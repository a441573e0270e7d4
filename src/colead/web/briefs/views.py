"""Views of briefs: the list in product's order, a new idea, the open book, its file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from colead.web.areas.scope import AreaScoped
from colead.web.briefs import rendered
from colead.web.briefs.book import book, dated
from colead.web.briefs.bring import MOST, Bring
from colead.web.briefs.forms import NewIdea, Size, Title
from colead.web.briefs.listed import lines, ordered
from colead.web.briefs.models import Agreement, Brief, Commitment
from colead.web.jobs.models import Job
from colead.web.repositories.check import KIND, check_later

PAGE = 50
WHOLE = (
    Prefetch("commitments", Commitment.objects.select_related("by")),
    "sections",
    Prefetch("sections__agreements", Agreement.objects.select_related("by")),
)


class BriefScoped(AreaScoped):
    """A view on one brief of the area."""

    @property
    def brief(self) -> Brief:
        """The brief with its sections; 404 where the area has none of this number."""
        one = get_object_or_404(self.area.briefs.prefetch_related(*WHOLE), number=self.kwargs["number"])
        one.area = self.area
        return one

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; what somebody deletes in the middle of it is not found, as it would be a moment later."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except (ObjectDoesNotExist, IntegrityError):
            if self.area.briefs.filter(number=kwargs["number"]).exists():
                raise
            raise Http404 from None

    def back(self, brief: Brief) -> HttpResponse:
        """To the brief's page."""
        return redirect("brief", self.area.slug, brief.number)


class BriefsView(AreaScoped):
    """The ideas in product's order."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """One page of them."""
        page = Paginator(ordered(self.area), PAGE).get_page(request.GET.get("page"))
        may_order = self.membership.may_edit("problem")
        told = {"page": page, "may_order": may_order, "ordering": may_order and "order" in request.GET}
        return self.shown("briefs/list.html", status=200, at="briefs", lines=lines(page), **told)


class NewBriefView(AreaScoped):
    """Six short questions, or an import."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """Both forms."""
        return self._page(NewIdea(), Bring(area=self.area))

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Write the idea down and check it."""
        self.takes_part()
        if "import" in request.POST:
            taken = Bring(request.POST, request.FILES, area=self.area)
            if not taken.is_valid():
                return self._page(NewIdea(), taken, status=422)
            told = taken.cleaned_data
            if taken.several:
                shown = {"issues": taken.several[:MOST], "count": len(taken.several), "at": "briefs"}
                return self.shown("briefs/choose.html", status=200, **shown)
            return self._made(Brief.objects.take(self.area, self.person, told["text"], told["named"]))
        form = NewIdea(request.POST)
        if not form.is_valid():
            return self._page(form, Bring(area=self.area), status=422)
        title, hoped = form.cleaned_data["title"], form.cleaned_data["hoped"]
        return self._made(Brief.objects.write(self.area, self.person, title, form.texts, hoped))

    def _made(self, brief: Brief) -> HttpResponse:
        return redirect("brief", self.area.slug, brief.number)

    def _page(self, form: NewIdea, taken: Bring, *, status: int = 200) -> HttpResponse:
        told = {"form": form, "import": taken, "at": "briefs"}
        return self.shown("briefs/new.html", status=status, **told)


class BriefView(BriefScoped):
    """The open book of one brief."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The page."""
        one: Any = get_object_or_404(dated(self.area), number=number)
        one.area = self.area
        job = Job.objects.of(self.area, KIND, str(one.pk)).first()
        about = (one.pk, one.said, one.common, job and (job.pk, job.state, job.done, job.total, job.what))

        def made(token: str) -> bytes:
            prefetch_related_objects([one], *WHOLE)
            told = book(one, self.membership, token, job)
            return self.shown("briefs/show.html", book=told, brief=one, csrf_token=token, at="briefs").content

        return HttpResponse(rendered.page(self.membership, about, get_token(request), made))


class FileView(BriefScoped):
    """The brief as its file; programs fetch it with a token."""

    takes_tokens = True

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Markdown, to keep or to check at a terminal."""
        from colead.web.briefs.merge import marked

        brief = self.brief
        answer = HttpResponse(marked(brief), content_type="text/markdown; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="idea-{brief.number}.md"'
        return answer


class TitleView(BriefScoped):
    """Title and hoped-for date: product's."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The form."""
        brief = self.brief
        return self._page(brief, Title(initial={"title": brief.title, "hoped": brief.hoped}))

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Keep it and check anew."""
        brief = self.brief
        self.demand(self.membership.may_edit("problem"), "Product owns the title and the hoped-for date.")
        form = Title(request.POST)
        if not form.is_valid():
            return self._page(brief, form, status=422)
        brief.name(self.person, form.cleaned_data["title"], form.cleaned_data["hoped"])
        return self.back(brief)

    def _page(self, brief: Brief, form: Title, *, status: int = 200) -> HttpResponse:
        told = {"brief": brief, "form": form, "at": "briefs"}
        return self.shown("briefs/title.html", status=status, **told)


class SizeView(BriefScoped):
    """How large it is: engineering's."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The form."""
        brief = self.brief
        return self._page(brief, Size(initial={"changes": brief.changes}))

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Keep it and check anew."""
        brief = self.brief
        self.demand(self.membership.may_edit("approach"), "Engineering says how large it is.")
        form = Size(request.POST)
        if not form.is_valid():
            return self._page(brief, form, status=422)
        brief.size(self.person, form.cleaned_data["changes"])
        return self.back(brief)

    def _page(self, brief: Brief, form: Size, *, status: int = 200) -> HttpResponse:
        told = {"brief": brief, "form": form, "at": "briefs"}
        return self.shown("briefs/size.html", status=status, **told)


class PlaceView(BriefScoped):
    """Its place in the order, which is product's."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Move it up or down by one, or to the top."""
        brief = self.brief
        self.demand(self.membership.may_edit("problem"), "The order of ideas is product's.")
        step = {"up": -1, "down": 1, "first": -brief.place}.get(request.POST.get("move", ""), 0)
        if step:
            brief.put(self.person, max(1, brief.place + step))
        told = urlencode({"order": 1, "page": request.POST.get("page", "1")})
        return redirect(f"{reverse('briefs', args=[self.area.slug])}?{told}#idea-{brief.number}")


class CommitmentView(BriefScoped):
    """Going ahead, with what is open at that moment."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Record it."""
        brief = self.brief
        self.demand(self.membership.leads, "A lead of either side decides to go ahead.")
        brief.go_ahead(self.person, self.membership.side)
        return self.back(brief)


class ShippingView(BriefScoped):
    """That people have it."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Record it with today's date."""
        brief = self.brief
        self.takes_part()
        brief.ship(self.person, timezone.localdate())
        return self.back(brief)


class CheckView(BriefScoped):
    """Reading the brief anew against the area's repositories."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Ask for it."""
        brief = self.brief
        self.takes_part()
        check_later(brief, self.person)
        return self.back(brief)
