"""Views of areas: where one comes in, the area's home, its people."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from colead.web.areas.agreement import blocks, led, signed, waiting
from colead.web.areas.models import Area, Role, Side
from colead.web.areas.scope import AreaScoped
from colead.web.people.models import Person
from colead.web.people.views import begin


class NewArea(forms.Form):
    """An area that one begins."""

    name = forms.CharField(label="The product area you lead", max_length=80)
    side = forms.ChoiceField(label="You lead", choices=Side.choices)


class HomeView(View):
    """Where one comes in: one's only area, or the list of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go to the only area; show several."""
        person = cast(Person, request.user)
        mine = Area.objects.filter(memberships__person=person).order_by("name")
        if len(mine) == 1:
            return redirect("area", mine[0].slug)
        return render(request, "areas/list.html", {"areas": mine, "form": NewArea(), "person": person})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin an area."""
        form, person = NewArea(request.POST), cast(Person, request.user)
        if not form.is_valid():
            told = {"areas": Area.objects.filter(memberships__person=person), "form": form, "person": person}
            return render(request, "areas/list.html", told, status=422)
        return redirect("area", begin(person, form.cleaned_data["name"], form.cleaned_data["side"]).slug)


class AreaView(AreaScoped):
    """The area's home: the working agreement, six blocks."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The page."""
        terms = self.area.newest_terms
        unsigned = terms is not None and self.membership.leads and self.membership.side not in terms.signed_by
        told: dict[str, object] = {"blocks": blocks(self.area), "led": led(self.area), "terms": terms}
        told |= {"signed": signed(self.area), "waits": waiting(self.area, self.membership)}
        told["meeting"] = self.area.meetings.filter(ended=None).first()
        return self.shown(
            "areas/home.html",
            status=200,
            unsigned=unsigned,
            at="area",
            printing="print" in request.GET,
            **told,
        )


class Invite(forms.Form):
    """Whom to invite to which side."""

    side = forms.ChoiceField(choices=Side.choices)
    role = forms.ChoiceField(choices=Role.choices)


class PeopleView(AreaScoped):
    """Who belongs to the area; a lead invites."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The list."""
        return self._page(Invite(initial={"side": self.area.missing_side, "role": Role.LEAD}))

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """A link to hand over, shown once."""
        self.demand(self.membership.leads, "Only a lead of this area invites.")
        form = Invite(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        secret = self.area.invite(self.person, form.cleaned_data["side"], form.cleaned_data["role"])
        link = request.build_absolute_uri(reverse("join", args=[secret]))
        return self._page(form, link=link)

    def _page(self, form: Invite, *, status: int = 200, link: str = "") -> HttpResponse:
        members = self.area.memberships.select_related("person").order_by("side", "role", "id")
        told = {"members": members, "form": form, "link": link, "at": "area", "led": led(self.area)}
        return self.shown("areas/people.html", status=status, **told)
