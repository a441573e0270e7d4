"""Views of meetings: the next one, its sheets, the live screens, and the record of those that are over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from colead.web.areas.scope import AreaScoped
from colead.web.briefs.models import Brief
from colead.web.briefs.views import BriefScoped
from colead.web.meetings.agenda import agenda, owed
from colead.web.meetings.forms import Note, Plan
from colead.web.meetings.models import Meeting, Outcome
from colead.web.meetings.screens import Screen, screens
from colead.web.meetings.sheets import sheet_of, to_decide, undecided
from colead.web.questions.forms import Answer
from colead.web.questions.models import Closed

CHOICE = 50  # ideas and meetings that are listed


class MeetingView(AreaScoped):
    """The next meeting, and those that are over."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """Its day and its ideas."""
        return self._page(None)

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Plan it, put an idea on it or take one off."""
        self.takes_part()
        meeting, number = Meeting.objects.next_of(self.area), request.POST.get("idea", "")
        if number.isdecimal() and len(number) < 9 and meeting is not None:
            brief = get_object_or_404(self.area.briefs, number=int(number))
            meeting.area = self.area
            (meeting.leave_out if "out" in request.POST else meeting.put)(self.person, brief)
            return redirect("meeting", self.area.slug)
        form = Plan(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        meeting = Meeting.objects.plan(self.area, self.person, form.cleaned_data["on"])
        if (named := self._named()) is not None:
            meeting.put(self.person, named)
        return redirect("meeting", self.area.slug)

    def _page(self, form: Plan | None, *, status: int = 200) -> HttpResponse:
        meeting = Meeting.objects.next_of(self.area)
        form = form or Plan(initial={"on": meeting and meeting.on})
        past = self.area.meetings.exclude(ended=None).order_by("-ended")[:CHOICE]
        told: dict[str, object] = {"meeting": meeting, "form": form, "past": past, "at": "meeting"}
        ideas = meeting.ideas if meeting else []
        others = self.area.briefs.filter(shipped=None).exclude(pk__in=[one.pk for one in ideas])
        choice = list(others.order_by("place", "id").only("area", "number", "title")[:CHOICE])
        if (named := self._named()) is not None and named not in ideas:
            choice = [named, *(one for one in choice if one != named)]
        told |= {"topics": agenda(self.area, ideas), "owed": owed(self.area), "others": choice}
        return self.shown("meetings/next.html", status=status, ideas=ideas, **told)

    def _named(self) -> Brief | None:
        number = self.request.GET.get("idea", "")
        whole = number.isascii() and number.isdigit() and len(number) < 9
        return self.area.briefs.filter(number=int(number)).first() if whole else None


class SheetView(AreaScoped):
    """The next meeting on paper."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """A file that works without a network, one A4 for each idea."""
        meeting = Meeting.objects.next_of(self.area)
        if meeting is None:
            raise Http404
        return _file(sheet_of(self.area, meeting.ideas, meeting.on), "meeting")


class IdeaSheetView(BriefScoped):
    """One idea on paper."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The same for one idea."""
        return _file(sheet_of(self.area, [self.brief], None), f"idea-{number}")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-sheet.html"'
    return answer


class LiveView(AreaScoped):
    """A meeting while it goes on: one question per screen; afterwards its record."""

    def get(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """The screen, or the record."""
        meeting = self._found()
        steps = screens(meeting)
        if meeting.ended:
            told = {"meeting": meeting, "steps": steps, "outcomes": _outcomes(meeting), "at": "meeting"}
            return self.shown("meetings/record.html", status=200, **told)
        return self._page(meeting, steps, self._step(steps))

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Begin, answer, note what came out, or end."""
        self.takes_part()
        meeting = self._found()
        if "begin" in request.POST:
            meeting.begin(self.person)
            return redirect("live", self.area.slug, meeting.pk)
        if "end" in request.POST:
            meeting.end(self.person)
            return redirect("live", self.area.slug, meeting.pk)
        steps = screens(meeting)
        step = self._step(steps)
        return self._answer(meeting, steps, step) if step.question else self._note(meeting, steps, step)

    def _answer(self, meeting: Meeting, steps: list[Screen], step: Screen) -> HttpResponse:
        one, brief = step.question, step.brief
        assert one is not None and brief is not None  # noqa: S101 - asked before
        one.area = self.area
        self.demand(one.may_answer(self.membership), f"The answer is owed by {one.turn}.")
        form = Answer(self.request.POST)
        if not form.is_valid():
            return self._page(meeting, steps, step, form, status=422)
        try:
            if "aside" in self.request.POST:
                one.set_aside(self.person, form.cleaned_data["text"])
            else:
                one.answer_with(self.person, self.membership.side, form.cleaned_data["text"])
        except Closed:
            return self._page(meeting, screens(meeting), step, form, status=409)
        return self._go(meeting, step.at + 1)

    def _note(self, meeting: Meeting, steps: list[Screen], step: Screen) -> HttpResponse:
        form = Note(self.request.POST)
        if not form.is_valid():
            return self._page(meeting, steps, step, form, status=422)
        meeting.note(self.person, form.cleaned_data["kind"], form.cleaned_data["text"], step.brief)
        return self._go(meeting, step.at)

    def _go(self, meeting: Meeting, at: int) -> HttpResponse:
        return redirect(f"{reverse('live', args=[self.area.slug, meeting.pk])}?at={at}")

    def _step(self, steps: list[Screen]) -> Screen:
        told = self.request.POST.get("at") or self.request.GET.get("at") or "0"
        at = int(told) if told.isdecimal() and len(told) < 5 else 0
        return steps[min(at, len(steps) - 1)]

    def _found(self) -> Meeting:
        meeting: Meeting = get_object_or_404(self.area.meetings, pk=self.kwargs["pk"])
        meeting.area = self.area
        return meeting

    def _page(
        self,
        meeting: Meeting,
        steps: list[Screen],
        step: Screen,
        form: Answer | Note | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        one, said = step.question, _outcomes(meeting)
        told: dict[str, object] = {"meeting": meeting, "step": step, "steps": steps, "at": "meeting"}
        if step.brief and not one:
            asks = undecided([step.brief]).get(step.brief.pk)
            told["to_decide"], told["asks"] = to_decide(step.brief, asks), asks
        told["form"] = form or (Answer() if one else Note())
        told["may"] = one is not None and one.is_open and one.may_answer(self.membership)
        told["same"] = [each for each in steps if each.brief == step.brief and each.question]
        told["outcomes"] = [each for each in said if step.brief is None or each.brief_id == step.brief.pk]
        told["state"] = f"{len(said)} {sum(not each.question.is_open for each in steps if each.question)}"
        return self.shown("meetings/live.html", status=status, **told)


class OutcomeView(AreaScoped):
    """What a side owes after a meeting."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """It is done."""
        self.takes_part()
        found = Outcome.objects.select_related("meeting__area", "brief").filter(meeting__area=self.area)
        one = get_object_or_404(found, pk=pk)
        self.demand(one.kind == self.membership.side, f"This is owed by {one.kind}.")
        one.finish(self.person)
        return redirect("live", self.area.slug, one.meeting_id)


def _outcomes(meeting: Meeting) -> list[Outcome]:
    return list(meeting.outcomes.select_related("by", "brief").order_by("id")[:200])
