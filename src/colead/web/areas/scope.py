"""Scope: objects are reached only through the person who asks; to everybody else they do not exist."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from colead.web.areas.models import Area, Membership
from colead.web.people.models import Person


class AreaScoped(AccessMixin, View):
    """A view inside an area; 404 for whoever does not belong to it."""

    area: Area
    membership: Membership

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the area among those of the person."""
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            mine = Membership.objects.select_related("area")
            found = get_object_or_404(mine, person=request.user, area__slug=kwargs["area"])
            found.person = request.user
            self.membership, self.area = found, found.area

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask whoever is not signed in to do so first."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)

    @property
    def person(self) -> Person:
        """Who asks."""
        return cast(Person, self.request.user)

    def demand(self, allowed: bool, why: str) -> None:
        """Refuse with a sentence where it is not allowed."""
        if not allowed:
            raise PermissionDenied(why)

    def takes_part(self) -> None:
        """Refuse viewers."""
        self.demand(self.membership.takes_part, "You look on in this area; ask a lead to take part.")

    def shown(self, template: str, /, *, status: int = 200, **told: object) -> HttpResponse:
        """The page, with what every page of an area needs."""
        always = {"area": self.area, "membership": self.membership, "person": self.person}
        return render(self.request, template, {**always, **told}, status=status)
