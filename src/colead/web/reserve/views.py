"""Views of the reserve: a repair on its way, the slots of weeks, the reserve as a file."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from colead.web.areas.models import Side
from colead.web.areas.scope import AreaScoped
from colead.web.people.models import Person
from colead.web.reserve.coming import Coming, along, choices
from colead.web.reserve.files import text
from colead.web.reserve.forms import Freeing, Guessing, Moving, Proposal, Rooms, moving
from colead.web.reserve.models import Repair, make_room
from colead.web.reserve.page import parts_named, place, shown

PAGE = 50
GONE = "It was moved or ended meanwhile. This is how it stands now."
LEADS = "A lead of either side says yes to a repair."
ROOM = "The leads of this area say how many slots a week has."
ENGINEERING = "Engineering says whether a repair is done."


def compute(one: Repair, by: Person) -> None:
    """Ask what the newest estimate of a repair lets expect, where it can be told."""
    from colead.web.repositories.look import ahead_later

    if one.estimate and one.estimate.fewer and one.repository:
        ahead_later(one.area, by)


class RoomView(AreaScoped):
    """How many slots the coming weeks have."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """What is proposed, and what the leads said."""
        coming = Coming(self.area, timezone.localdate())
        form = self._form(coming)
        said = {"all": coming.said.get(None)}
        form.initial = said | {name: coming.said.get(week) for name, week in form.weeks.items()}
        return self._page(coming, form)

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Say other numbers."""
        self.demand(self.membership.leads, ROOM)
        coming = Coming(self.area, timezone.localdate())
        form = self._form(coming, request.POST)
        if not form.is_valid():
            return self._page(coming, form, status=422)
        make_room(self.area, self.person, form.told)
        return redirect(reverse("investments", args=[area]) + "#reserve")

    def _form(self, coming: Coming, *told: object) -> Rooms:
        return Rooms({one.begins: one.slots for one in coming.weeks}, coming.today, *told)

    def _page(self, coming: Coming, form: Rooms, status: int = 200) -> HttpResponse:
        return self.shown("reserve/slots.html", status=status, coming=coming, form=form, at="ahead")


class RepairsView(AreaScoped):
    """Every repair, the newest first."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """Fifty of them."""
        found = along(self.area.repairs.order_by("-id"))
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        return self.shown("reserve/list.html", status=200, page=page, at="ahead")


class NewRepairView(AreaScoped):
    """Proposing a repair for a week."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The form, with what the address names."""
        told = request.GET
        first = {name: told.get(name, "")[:200] for name in ("what", "part", "repository", "slots", "fewer")}
        found = place(self.area, first["part"], first["repository"])
        if place(self.area, found.name, first["repository"]) == found:
            first["part"] = found.name
        coming = Coming(self.area, timezone.localdate())
        first["week"] = told.get("week") or coming.room.isoformat()
        return self._page(Proposal(self._weeks, initial=first))

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Propose it."""
        self.takes_part()
        form = Proposal(self._weeks, request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        told = form.cleaned_data
        where = place(self.area, told["part"], told["repository"])
        made = Repair.objects.propose(self.membership, told["what"], where, told["week"], form.guess)
        compute(made, self.person)
        return redirect("repair", area, made.pk)

    @property
    def _weeks(self) -> list[tuple[str, str]]:
        return choices(timezone.localdate())

    def _page(self, form: Proposal, status: int = 200) -> HttpResponse:
        named = parts_named(self.area)
        return self.shown("reserve/new.html", status=status, form=form, named=named, at="ahead")


class RepairScoped(AreaScoped):
    """A view on one repair."""

    @cached_property
    def repair(self) -> Repair:
        """The repair; 404 where the area has none of this number."""
        found = get_object_or_404(
            along(Repair.objects.filter(area=self.area)).select_related("ended_by"), pk=self.kwargs["pk"]
        )
        found.area = self.area
        return found

    def page(self, *, status: int = 200, news: str = "", **forms: object) -> HttpResponse:
        """Its page."""
        one = self.repair
        told = {
            "one": one,
            "news": news,
            "page": shown(one, self.membership),
            "guessing": Guessing(),
            "moving": moving(one, choices(timezone.localdate(), one.week)),
            "freeing": Freeing(),
            **forms,
        }
        return self.shown("reserve/show.html", status=status, at="ahead", **told)

    def back(self, held: bool) -> HttpResponse:
        """To the page; where somebody else was faster, it is shown as it stands now."""
        if not held:
            self.__dict__.pop("repair", None)
            return self.page(status=409, news=GONE)
        return redirect("repair", self.area.slug, self.repair.pk)


class RepairView(RepairScoped):
    """One repair: what it protects, its estimate, the yes of both, its trail."""

    def get(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """The page."""
        return self.page()


class YesView(RepairScoped):
    """A lead's yes."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Say it, to the week that was seen."""
        self.demand(self.membership.leads, LEADS)
        try:
            seen = date.fromisoformat(request.POST.get("week", ""))
        except ValueError:
            seen = self.repair.week
        return self.back(self.repair.say_yes(self.membership, seen))


class EstimateView(RepairScoped):
    """What somebody says that it takes and gains."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Say it, by name."""
        self.takes_part()
        form = Guessing(request.POST)
        if not form.is_valid() or form.guess is None:
            return self.page(status=422, guessing=form)
        held = self.repair.estimate_by(self.person, form.guess)
        if held:
            compute(self.repair, self.person)
        return self.back(held)


class WeekView(RepairScoped):
    """The week of a repair."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Move it, or give its slot back."""
        self.takes_part()
        if "free" in request.POST:
            freeing = Freeing(request.POST)
            if not freeing.is_valid():
                return self.page(status=422, freeing=freeing)
            return self.back(self.repair.free(self.person, freeing.cleaned_data["reason"]))
        form = Moving(choices(timezone.localdate(), self.repair.week), request.POST)
        if not form.is_valid():
            return self.page(status=422, moving=form)
        told = form.cleaned_data
        return self.back(self.repair.move(self.membership, told["seen"], told["week"], told["why"]))


class EndView(RepairScoped):
    """That it is done."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Say so, or take it back."""
        self.takes_part()
        self.demand(self.membership.side == Side.ENGINEERING, ENGINEERING)
        if "undo" not in request.POST:
            return self.back(self.repair.finish(self.person))
        held = self.repair.reopen(self.person)
        if held:
            compute(self.repair, self.person)
        return self.back(held)


class ReserveFileView(AreaScoped):
    """The reserve as the file that the command line reads."""

    takes_tokens = True

    def get(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """YAML of one repository."""
        repository = get_object_or_404(self.area.repositories, pk=pk)
        first = self.area.repositories.order_by("id").values_list("pk", flat=True).first() == pk
        answer = HttpResponse(text(repository, first=first), content_type="application/yaml; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="reserve.yml"'
        return answer
