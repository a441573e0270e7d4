"""Views of questions: one question and its answer, asking one, answers that were given elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from colead.web.briefs.models import Brief
from colead.web.briefs.views import BriefScoped
from colead.web.questions.back import take_back
from colead.web.questions.forms import Answer, Answers, Ask
from colead.web.questions.models import Closed, Question


class QuestionsView(BriefScoped):
    """The questions of an idea."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """All of them, also those that are settled; and asking one."""
        return self._page(self.brief, Ask(initial={"side": _other(self.membership.side)}))

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Ask a side."""
        brief = self.brief
        self.takes_part()
        form = Ask(request.POST)
        if not form.is_valid():
            return self._page(brief, form, status=422)
        Question.objects.ask(brief, self.person, form.cleaned_data["side"], form.cleaned_data["ask"])
        return self.back(brief)

    def _page(self, brief: Brief, form: Ask, *, status: int = 200) -> HttpResponse:
        found = Question.objects.filter(brief=brief).select_related("by", "ended_by")
        rows = list(found.prefetch_related("turns__by").order_by("ended", "id")[:200])
        told = {"brief": brief, "form": form, "at": "briefs", "ahead": ahead(brief)}
        waiting = [one for one in rows if one.is_open]
        settled = [one for one in rows if not one.is_open]
        return self.shown("questions/list.html", status=status, waiting=waiting, settled=settled, **told)


class QuestionView(BriefScoped):
    """One question."""

    def get(self, request: HttpRequest, area: str, number: int, question: int) -> HttpResponse:
        """It, what was said to it, and where to answer."""
        return self._page(self._found(self.brief), Answer())

    def post(self, request: HttpRequest, area: str, number: int, question: int) -> HttpResponse:
        """Answer it, set it aside with a reason, or ask back."""
        brief = self.brief
        one = self._found(brief)
        self.demand(one.may_answer(self.membership), f"The answer is owed by {one.turn}.")
        form = Answer(request.POST)
        if not form.is_valid():
            return self._page(one, form, status=422)
        try:
            self._do(one, form.cleaned_data["text"])
        except Closed as closed:
            closed.question.brief = brief
            return self._page(closed.question, form, status=409)
        return redirect(f"{reverse('brief', args=[self.area.slug, brief.number])}#questions")

    def _do(self, one: Question, text: str) -> None:
        if "aside" in self.request.POST:
            one.set_aside(self.person, text)
        elif "back" in self.request.POST:
            one.ask_back(self.person, self.membership.side, text[:1_000])
        else:
            one.answer_with(self.person, self.membership.side, text)

    def _found(self, brief: Brief) -> Question:
        found = Question.objects.filter(brief=brief).select_related("by", "ended_by")
        one: Question = get_object_or_404(found.prefetch_related("turns__by"), pk=self.kwargs["question"])
        one.brief, one.area = brief, brief.area
        return one

    def _page(self, one: Question, form: Answer, *, status: int = 200) -> HttpResponse:
        told = {"brief": one.brief, "question": one, "form": form, "at": "briefs"}
        may = one.is_open and one.may_answer(self.membership)
        return self.shown("questions/show.html", status=status, may=may, ahead=ahead(one.brief), **told)


class AnswersView(BriefScoped):
    """Answers that were given on a reading's page, brought back."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Where to bring them."""
        return self.shown("questions/answers.html", brief=self.brief, form=Answers(), at="briefs")

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Take them over; says what became of each."""
        brief = self.brief
        self.takes_part()
        form = Answers(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown("questions/answers.html", status=422, brief=brief, form=form, at="briefs")
        taken = take_back(brief, self.person, self.membership, form.cleaned_data["text"])
        if not taken:
            form.add_error(None, "No answer was found in it. Answer on the page, save or copy it, try again.")
            return self.shown("questions/answers.html", status=422, brief=brief, form=form, at="briefs")
        return self.shown("questions/answers.html", brief=brief, form=Answers(), taken=taken, at="briefs")


def ahead(brief: Brief) -> object:
    """The moment at which it was decided to go ahead, if it was."""
    return next((one.at for one in brief.commitments.all()), None)


def _other(side: str) -> str:
    return "engineering" if side == "product" else "product"
