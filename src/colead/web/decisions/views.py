"""Views of decisions: the list, a new question, one decision, and what people do to it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from colead.web.areas.scope import AreaScoped
from colead.web.briefs.models import Brief
from colead.web.decisions.forms import CallForm, ChoiceForm, ConcernForm, DoubtForm, Question
from colead.web.decisions.models import Decision, Doubt, Raised, Space, Stale
from colead.web.decisions.models import call as calls
from colead.web.decisions.models import choice as choices
from colead.web.decisions.models import doubt as doubts
from colead.web.decisions.models.decision import USUAL
from colead.web.decisions.models.proposal import settle
from colead.web.decisions.page import Page, again, line, summary
from colead.web.decisions.readings import read_later

PAGE = 50
WHOSE = "Who asked it and the side that decides write it; raise a concern instead."


class DecisionsView(AreaScoped):
    """The decisions: open ones, what asks again, what was decided."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """One page of them; those about one space only where the address says so."""
        space, state = request.GET.get("about", ""), request.GET.get("which", "")
        found = listed(self.area.decisions.all())
        if space in Space.values:
            found = found.filter(space=space)
        narrowed = {"open": found.open, "again": found.asking, "decided": found.decided}.get(state)
        found = narrowed() if narrowed else found
        page = Paginator(found.in_order(), PAGE).get_page(request.GET.get("page"))
        rows = [(one, line(one), again(one)) for one in page]
        every = self.area.decisions
        told = {"sentence": summary(every.asking().count(), every.open().count()), "any": every.exists()}
        told |= {"page": page, "rows": rows, "about": space, "which": state, "spaces": Space.choices}
        return self.shown("decisions/list.html", status=200, at="decisions", **told)


def listed(found: QuerySet[Decision]) -> Any:
    """Decisions with what a list says of them."""
    along = ("choice__option", "choice__by", "withdrawal", "call", "brief")
    return found.select_related(*along).defer("background").prefetch_related("raised", "doubts")


class NewDecisionView(AreaScoped):
    """A new question: on an idea, on the area, or in place of a decision that was made."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The form, filled with what the address tells."""
        before, brief = self._before(), self._brief()
        told: dict[str, object] = {"space": request.GET.get("space") or Space.SOLUTION}
        told["question"] = request.GET.get("question", "")[:200]
        told["background"] = request.GET.get("background", "")[:2000]
        options = []
        if before is not None:
            told |= {"question": before.question, "space": before.space, "background": before.background}
            options = list(before.options.all())
        initial = {**Question.told(options), **told}
        for place in range(len(options)):
            initial[f"pk_{place}"] = 0
        return self._page(Question(initial=initial, options=len(options)), before, brief)

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Ask it."""
        self.takes_part()
        form, before, brief = Question(request.POST), self._before(), self._brief()
        if not form.is_valid():
            return self._page(form, before, brief, status=422)
        told = form.texts
        made = Decision.objects.ask(
            self.area,
            self.person,
            told["question"],
            told["space"],
            background=told["background"],
            options=form.options,
            brief=brief or (before.brief if before else None),
            before=before,
        )
        return redirect(made.address)

    def _before(self) -> Decision | None:
        number = self.request.GET.get("instead", "")
        if not number.isdecimal() or len(number) > 8:
            return None
        return get_object_or_404(self.area.decisions, number=int(number))

    def _brief(self) -> Brief | None:
        number = self.request.GET.get("idea", "")
        if not number.isdecimal() or len(number) > 8:
            return None
        return get_object_or_404(self.area.briefs, number=int(number))

    def _page(
        self, form: Question, before: Decision | None, brief: Brief | None, *, status: int = 200
    ) -> HttpResponse:
        told = {"form": form, "before": before, "brief": brief, "at": "decisions"}
        return self.shown("decisions/new.html", status=status, **told)


class DecisionScoped(AreaScoped):
    """A view on one decision of the area."""

    @property
    def decision(self) -> Decision:
        """The decision with what its page shows."""
        along = ("choice__option", "choice__by", "withdrawal__by", "call", "brief", "before", "by")
        raised = Prefetch("raised", Raised.objects.select_related("by").order_by("pk"))
        found = self.area.decisions.select_related(*along)
        found = found.prefetch_related(
            raised, "doubts", "options", "kept__by", "after__choice", "after__withdrawal"
        )
        one: Decision = get_object_or_404(found, number=self.kwargs["number"])
        one.area = self.area
        return one

    def page(self, decision: Decision) -> Page:
        """The decision as this person sees it."""
        return Page(decision, self.membership)

    def drawn(self, decision: Decision, *, status: int = 200, **forms: object) -> HttpResponse:
        """Its page, with forms as they were typed where one was refused."""
        page = self.page(decision)
        usual = timezone.localdate() + USUAL
        told = {
            "call_form": CallForm(initial={"until": page.call.until if page.call else usual}),
            "concern_form": ConcernForm(),
            "choice_form": ChoiceForm(options=decision.options.all(), initial={"version": decision.version}),
            "doubt_form": DoubtForm(),
            **forms,
        }
        told |= {"page": page, "decision": decision, "at": "decisions", "job": page_job(decision)}
        return self.shown("decisions/show.html", status=status, **told)

    def moved_on(self, decision: Decision) -> HttpResponse:
        """Say that something else stands by now."""
        return self.shown("decisions/moved_on.html", status=409, decision=decision, at="decisions")


def page_job(decision: Decision) -> object:
    """The last job that read its options."""
    from colead.web.decisions.readings import job_of

    return job_of(decision)


class DecisionView(DecisionScoped):
    """One decision."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The page."""
        return self.drawn(self.decision)


class WordingView(DecisionScoped):
    """The question, its background and its options; both texts where somebody saved in the meantime."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The form."""
        one = self.decision
        options = list(one.options.all())
        told = {"question": one.question, "space": one.space, "background": one.background}
        initial = {**told, **Question.told(options), "over": one.version}
        return self._page(one, Question(initial=initial, options=len(options)))

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Save it over the version that it was written over."""
        one = self.decision
        self.demand(self.page(one).may_word, WHOSE)
        form = Question(request.POST)
        if not form.is_valid():
            return self._page(one, form, status=422)
        try:
            one.reword(self.person, form.texts, form.options, over=form.cleaned_data["over"])
        except Stale as stale:
            if stale.decision.settled:
                return self.moved_on(stale.decision)
            typed = {**request.POST.dict(), "over": stale.decision.version}
            return self._page(one, Question(typed), status=409, stands=stale.decision)
        return redirect(one.address)

    def _page(self, one: Decision, form: Question, *, status: int = 200, **told: object) -> HttpResponse:
        told = {"decision": one, "form": form, "at": "decisions", **told}
        return self.shown("decisions/edit.html", status=status, **told)


class CallView(DecisionScoped):
    """The call for concerns and its clock."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Call, or move the clock."""
        one = self.decision
        self.demand(self.page(one).may_word, "Who asked it and the side that decides call for concerns.")
        if one.settled:
            return self.moved_on(one)
        form = CallForm(request.POST)
        if not form.is_valid():
            return self.drawn(one, status=422, call_form=form)
        calls.call(one, self.person, form.cleaned_data["until"])
        return redirect(one.address)


class ConcernsView(DecisionScoped):
    """What people say to it."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Raise a concern, ask for time, or say that nothing speaks against it."""
        one = self.decision
        self.takes_part()
        if one.settled:
            return self.moved_on(one)
        kind = next((each for each in calls.Kind.values if each in request.POST), calls.Kind.CONCERN)
        form = ConcernForm(request.POST)
        if form.is_valid() and kind == calls.Kind.CONCERN and not form.cleaned_data["text"]:
            form.add_error("text", "Say in a sentence what could go wrong.")
        if not form.is_valid():
            return self.drawn(one, status=422, concern_form=form)
        calls.say(one, self.person, kind, form.cleaned_data["text"])
        return redirect(f"{one.address}#concerns")


class ConcernView(DecisionScoped):
    """One concern, which its raiser alone resolves."""

    def post(self, request: HttpRequest, area: str, number: int, pk: int) -> HttpResponse:
        """It is resolved."""
        one = self.decision
        raised = get_object_or_404(one.raised.all(), pk=pk)
        mine = raised.by_id == self.person.pk
        self.demand(mine, f"{raised.by.name} raised it and says when it is resolved.")
        raised.decision = one
        raised.resolve(self.person, request.POST.get("how", "").strip()[:500])
        return redirect(f"{one.address}#concerns")


class ChoiceView(DecisionScoped):
    """The choice."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Decide."""
        one = self.decision
        page = self.page(one)
        self.demand(page.may_decide, f"{page.deciders} decides this; raise a concern, or suggest an option.")
        if one.settled:
            return self.moved_on(one)
        form = ChoiceForm(request.POST, options=one.options.all())
        if not form.is_valid():
            return self.drawn(one, status=422, choice_form=form)
        told = form.cleaned_data
        side = self.membership.side
        try:
            settle(one, self.person, side, told["option"], told["why"], version=told["version"])
        except Stale as stale:
            return self.moved_on(stale.decision)
        return redirect(one.address)


class WithdrawalView(DecisionScoped):
    """Taking a question, or an answer, back."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Withdraw it."""
        one = self.decision
        page = self.page(one)
        allowed = page.may_word if page.open else page.may_decide
        self.demand(allowed, f"{page.deciders} takes it back.")
        choices.withdraw(one, self.person, request.POST.get("why", "").strip()[:500])
        return redirect(one.address)


class KeptView(DecisionScoped):
    """The answer to a decision that asks again: it still holds."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """It does."""
        one = self.decision
        page = self.page(one)
        self.demand(page.may_decide, f"{page.deciders} says whether it still holds.")
        choices.keep(one, self.person, request.POST.get("why", "").strip()[:500])
        return redirect(one.address)


class DoubtsView(DecisionScoped):
    """What would make it wrong."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Write something down."""
        one = self.decision
        self.demand(self.page(one).may_word, "Who asked it and the side that decides write this down.")
        form = DoubtForm(request.POST)
        full = len([each for each in one.doubts.all() if each.waits]) >= doubts.MOST
        if form.is_valid() and full:
            form.add_error(None, "Eight are enough; take one out first.")
        if not form.is_valid():
            return self.drawn(one, status=422, doubt_form=form)
        for told in form.told:
            doubts.doubt(one, self.person, **told)
        return redirect(f"{one.address}#wrong")


class DoubtView(DecisionScoped):
    """One thing that would make it wrong."""

    def post(self, request: HttpRequest, area: str, number: int, pk: int) -> HttpResponse:
        """Say how the number stands, or take it out."""
        one = self.decision
        self.takes_part()
        found: Doubt = get_object_or_404(one.doubts.all(), pk=pk)
        found.decision = one
        if "drop" in request.POST:
            self.demand(self.page(one).may_word, "Who asked it and the side that decides take it out.")
            doubts.drop(found, self.person)
            return redirect(f"{one.address}#wrong")
        value = _number(request.POST.get("value", ""))
        if found.kind != doubts.Kind.METRIC or value is None:
            form = DoubtForm()
            wrong = "Write the number as digits, as in 3.4."
            return self.drawn(one, status=422, doubt_form=form, doubt_error=wrong)
        found.measured(self.person, value)
        return redirect(f"{one.address}#wrong")


def _number(told: str) -> float | None:
    try:
        value = float(told.strip().replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


class ReadingsView(DecisionScoped):
    """Reading the options against the area's repositories."""

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Ask for it."""
        one = self.decision
        self.takes_part()
        read_later(one, self.person)
        return redirect(one.address)
