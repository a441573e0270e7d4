"""Views of tradeoffs: the ledger, one tradeoff, a lead's word, and the dates that matter."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from colead.phrase import listing, number
from colead.web.areas.scope import AreaScoped
from colead.web.briefs.views import BriefScoped
from colead.web.tradeoffs import models
from colead.web.tradeoffs.forms import OccasionForm, Word, Written
from colead.web.tradeoffs.models import Acceptance, Occasion, Tradeoff
from colead.web.tradeoffs.told import told

PAGE, MOST = 50, 60  # tradeoffs of a page, occasions of an area
LEADS = "A lead gives their word for a side."


class TradeoffsView(AreaScoped):
    """The ledger: what asks again first, then what nobody accepted, then what is accepted."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """One page of it."""
        return self._page(Written())

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Write one down."""
        self.takes_part()
        form = Written(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        return redirect(models.write(self.area, self.person, **form.cleaned_data).address)

    def _page(self, form: Written, *, status: int = 200) -> HttpResponse:
        word = Acceptance.objects.filter(tradeoff=OuterRef("pk"), ended=None)
        over, any_word = (
            word.filter(until__lt=timezone.localdate()),
            Acceptance.objects.filter(tradeoff=OuterRef("pk")),
        )
        found = self.area.tradeoffs.annotate(over=Exists(over), held=Exists(word), met=Exists(any_word))
        counts = [
            (found.filter(over=True).count(), "asks again", "ask again"),
            (found.filter(met=False).count(), "waits for a lead's word", "wait for a lead's word"),
            (found.filter(held=True, over=False).count(), "is accepted", "are accepted"),
        ]
        told = listing([f"{number(n)} {one if n == 1 else many}" for n, one, many in counts if n])
        found = found.select_related("brief").prefetch_related("acceptances__by")
        page = Paginator(found.order_by("-over", "met", "-held", "-id"), PAGE).get_page(
            self.request.GET.get("page")
        )
        for one in page:
            one.area = self.area
        sentence = f"{told[0].upper()}{told[1:]}." if told else "Nothing is skipped knowingly."
        shown = {"page": page, "form": form, "sentence": sentence, "at": "tradeoffs"}
        return self.shown("tradeoffs/list.html", status=status, **shown)


class TradeoffScoped(AreaScoped):
    """A view on one tradeoff of the area."""

    @property
    def tradeoff(self) -> Tradeoff:
        """With everything that was said of it."""
        found = self.area.tradeoffs.select_related("brief", "by").prefetch_related("acceptances__by")
        one = get_object_or_404(found, pk=self.kwargs["pk"])
        one.area = self.area
        return one

    def word(self, *data: object) -> Word:
        """The form of a lead's word."""
        ahead = self.area.occasions.filter(last__gte=timezone.localdate())
        return Word(*data, occasions=ahead)


class TradeoffView(TradeoffScoped):
    """One tradeoff."""

    def get(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Its page."""
        return self._page(self.tradeoff, self.word())

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Accept it until a day, or end that."""
        one = self.tradeoff
        self.demand(self.membership.leads, LEADS)
        if "end" in request.POST:
            models.end(one, self.person, request.POST.get("how", "").strip()[:500])
            return redirect(one.address)
        form = self.word(request.POST)
        if not form.is_valid():
            return self._page(one, form, status=422)
        models.accept(one, self.person, self.membership.side, **form.cleaned_data)
        return redirect(one.address)

    def _page(self, one: Tradeoff, form: Word, *, status: int = 200) -> HttpResponse:
        past = sorted((each for each in one.acceptances.all() if each.ended), key=lambda each: -each.pk)
        told = {"tradeoff": one, "word": one.standing, "past": past, "form": form, "at": "tradeoffs"}
        return self.shown("tradeoffs/show.html", status=status, **told)


class OfIdeaView(BriefScoped):
    """A tradeoff that an idea's reading tells, written down so that somebody can give their word."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Write it down and go to it."""
        self.takes_part()
        brief = self.brief
        found = told(brief, request.POST.get("told", ""))
        return redirect(found.write(brief, self.person).address) if found else self.back(brief)


class OccasionsView(AreaScoped):
    """The dates that matter to the business."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """Those ahead, and those that were."""
        return self._page(OccasionForm())

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Add one."""
        self.takes_part()
        form = OccasionForm(request.POST)
        if form.is_valid() and self.area.occasions.count() >= MOST:
            form.add_error(None, f"{MOST} are enough; take out what is over.")
        if not form.is_valid():
            return self._page(form, status=422)
        told = form.cleaned_data
        last = told["last"] or told["first"]
        models.keep_occasion(self.area, self.person, told["name"], told["first"], last, told["what"])
        return redirect("occasions", self.area.slug)

    def _page(self, form: OccasionForm, *, status: int = 200) -> HttpResponse:
        today = timezone.localdate()
        every = list(self.area.occasions.select_related("by"))
        ahead = [one for one in every if one.last >= today]
        over = [one for one in every if one.last < today]
        told = {"ahead": ahead, "over": over, "form": form, "at": "tradeoffs"}
        return self.shown("tradeoffs/occasions.html", status=status, **told)


class OccasionView(AreaScoped):
    """One of them."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Take it out."""
        self.takes_part()
        one: Occasion = get_object_or_404(self.area.occasions.filter(Q(pk=pk)), pk=pk)
        models.drop_occasion(one, self.person)
        return redirect("occasions", self.area.slug)
