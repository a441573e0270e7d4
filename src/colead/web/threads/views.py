"""Views of discussions: the list, one of them, its line, what settles it, its outcome, a message."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from colead.settle import WAYS, takes
from colead.space import SPOKEN
from colead.web.areas.scope import AreaScoped
from colead.web.briefs.models import Brief
from colead.web.briefs.models.section import Stale
from colead.web.briefs.views import BriefScoped
from colead.web.threads.forms import Come, Opening, Outcome, Reword, Say
from colead.web.threads.models import Message, Outdated, Thread
from colead.web.threads.shown import choices, of_page, sounds, told

PAGE = 50


class AreaThreadsView(AreaScoped):
    """What is discussed in the area."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """Open ones, what moved last first."""
        found = Thread.objects.open_in(self.area)
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        rows = [(one, one.line(self.area)) for one in page]
        return self.shown("threads/area.html", page=page, rows=rows, at="briefs")


class ThreadsView(BriefScoped):
    """The discussions of an idea, and a new one."""

    def get(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """The list and the form, on what the address names."""
        asked = {name: request.GET.get(name, "")[:40] for name in ("kind", "key")}
        return self._page(self.brief, Opening(initial=asked))

    def post(self, request: HttpRequest, area: str, number: int) -> HttpResponse:
        """Open one."""
        brief = self.brief
        self.takes_part()
        form = Opening(request.POST)
        if not form.is_valid():
            return self._page(brief, form, status=422)
        given = form.cleaned_data
        made = Thread.objects.begin(
            brief, self.person, given["title"], given["text"], given["kind"], given["key"]
        )
        return redirect("discussion", self.area.slug, brief.number, made.number)

    def _page(self, brief: Brief, form: Opening, *, status: int = 200) -> HttpResponse:
        threads = brief.threads.order_by("-moved", "-id")[:PAGE]
        about = Thread(kind=form["kind"].value() or "idea", key=form["key"].value() or "").about
        return self.shown(
            "threads/list.html",
            status=status,
            brief=brief,
            form=form,
            threads=[(one, one.line(self.area)) for one in threads],
            about=about,
            at="briefs",
        )


class ThreadScoped(BriefScoped):
    """A view on one discussion of an idea."""

    def thread_of(self, brief: Brief) -> Thread:
        """The discussion of this number."""
        found = get_object_or_404(Thread.objects.filter(brief=brief), number=self.kwargs["thread"])
        found.brief = brief
        return found

    def to(self, thread: Thread) -> HttpResponse:
        """To the discussion's page."""
        return redirect("discussion", self.area.slug, thread.brief.number, thread.number)

    def page(
        self, thread: Thread, *, status: int = 200, say: Say | None = None, outcome: Outcome | None = None
    ) -> HttpResponse:
        """The discussion."""
        messages, earlier = of_page(thread, self.request.GET.get("before", ""))
        come = Come(self.request.GET if "daily" in self.request.GET else None)
        heard = sounds(thread, messages)
        return self.shown(
            "threads/show.html",
            status=status,
            thread=thread,
            brief=thread.brief,
            line=thread.line(self.area),
            about_at=thread.about_at(self.area),
            spaces=SPOKEN,
            heard=heard if heard.space != thread.space and "before" not in self.request.GET else None,
            spoken=SPOKEN.get(heard.space, ""),
            messages=told(thread, messages, self.area, self.membership),
            earlier=earlier,
            say=say or Say(),
            may_say=self.membership.takes_part or thread.takes_word_of(self.person),
            come=come,
            ways=choices(thread, come.traffic),
            chosen=WAYS.get(thread.settles),
            outcome=outcome or Outcome(),
            at="briefs",
        )


class ThreadView(ThreadScoped):
    """One discussion."""

    def get(self, request: HttpRequest, area: str, number: int, thread: int) -> HttpResponse:
        """The page."""
        return self.page(self.thread_of(self.brief))

    def post(self, request: HttpRequest, area: str, number: int, thread: int) -> HttpResponse:
        """Say something."""
        found = self.thread_of(self.brief)
        if not found.takes_word_of(self.person):
            self.takes_part()
        form = Say(request.POST)
        if not form.is_valid():
            return self.page(found, status=422, say=form)
        found.add(self.person, form.cleaned_data["text"])
        return self.to(found)


class LineView(ThreadScoped):
    """What is discussed: the problem, the solution or a fact."""

    def post(self, request: HttpRequest, area: str, number: int, thread: int) -> HttpResponse:
        """Say it."""
        found = self.thread_of(self.brief)
        self.takes_part()
        if (space := request.POST.get("space", "")) in SPOKEN:
            found.discuss(self.person, space)
        return self.to(found)


class TestView(ThreadScoped):
    """What would settle it."""

    def post(self, request: HttpRequest, area: str, number: int, thread: int) -> HttpResponse:
        """Choose a way, with the time that it takes."""
        found = self.thread_of(self.brief)
        self.takes_part()
        if (way := request.POST.get("way", "")) in WAYS:
            found.test(self.person, way, takes(way, Come(request.POST).traffic)[:200])
        return self.to(found)


class OutcomeView(ThreadScoped):
    """What came of it."""

    def post(self, request: HttpRequest, area: str, number: int, thread: int) -> HttpResponse:
        """Close it with a sentence, which may go into a text, too; or open it again."""
        brief = self.brief
        found = self.thread_of(brief)
        self.takes_part()
        if "reopen" in request.POST:
            found.reopen(self.person)
            return self.to(found)
        form = Outcome(request.POST)
        if not form.is_valid():
            return self.page(found, status=422, outcome=form)
        try:
            told = form.cleaned_data
            found.close(self.person, told["outcome"], told["into"], self.membership)
        except Stale:
            form.add_error("into", "Somebody changed that text at this very moment. Try again.")
            return self.page(found, status=409, outcome=form)
        return self.to(found)


class MessageView(ThreadScoped):
    """A message: its earlier wordings, and another one by who wrote it."""

    def get(self, request: HttpRequest, area: str, number: int, thread: int, message: int) -> HttpResponse:
        """The form and the past."""
        one = self._message
        return self._page(one, Reword(initial={"text": one.text, "over": one.number}))

    def post(self, request: HttpRequest, area: str, number: int, thread: int, message: int) -> HttpResponse:
        """Save another wording."""
        one = self._message
        self.takes_part()
        self.demand(one.by_id == self.person.pk, "Only who wrote a message changes its wording.")
        form = Reword(request.POST)
        if not form.is_valid():
            return self._page(one, form, status=422)
        text = form.cleaned_data["text"]
        try:
            one.reword(self.person, text, over=form.cleaned_data["over"])
        except Outdated as outdated:
            again = Reword(initial={"text": text, "over": outdated.message.number})
            return self._page(outdated.message, again, status=409, stands=True)
        return self.to(one.thread)

    @property
    def _message(self) -> Message:
        thread = self.thread_of(self.brief)
        found = get_object_or_404(thread.messages.select_related("by"), pk=self.kwargs["message"])
        found.thread = thread
        return found

    def _page(self, one: Message, form: Reword, *, status: int = 200, stands: bool = False) -> HttpResponse:
        return self.shown(
            "threads/message.html",
            status=status,
            message=one,
            thread=one.thread,
            brief=one.thread.brief,
            form=form,
            stands=stands,
            own=one.by_id == self.person.pk and self.membership.takes_part,
            wordings=list(one.wordings.all()[:PAGE]),
            at="briefs",
        )
