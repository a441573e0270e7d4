"""Members: one person's place in an area: another role, leaving, being taken out."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from colead.web.areas.models import LastLead, Membership, Role
from colead.web.areas.scope import AreaScoped

GONE = "gone"


class Place(forms.Form):
    """Another role, or none."""

    role = forms.ChoiceField(choices=[*Role.choices, (GONE, GONE)])
    meant = forms.BooleanField(required=False)


def refuse_placing(mine: Membership, other: Membership, role: str) -> None:
    """Refuse who neither decides on the other's role nor leaves themselves."""
    if not (mine.may_place(other) or (mine == other and role == GONE)):
        raise PermissionDenied(f"Who belongs to {other.side}, and as what, its leads decide.")


class MemberView(AreaScoped):
    """One person's place in the area."""

    def get(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """What may be changed of it."""
        return self._page(self._member(pk))

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Change it; ask once more where a side would be left without a lead."""
        member = self._member(pk)
        form = Place(request.POST)
        if not form.is_valid():
            return self._page(member, status=422)
        role, meant, own = form.cleaned_data["role"], form.cleaned_data["meant"], member == self.membership
        refuse_placing(self.membership, member, role)
        try:
            self._change(member, role, meant=meant)
        except LastLead as error:
            return self._page(member, status=422, error=error, role=role)
        return redirect("home") if own and role == GONE else redirect("people", self.area.slug)

    def _change(self, member: Membership, role: str, *, meant: bool) -> None:
        if role == GONE:
            member.end(self.person, meant=meant)
        else:
            member.become(role, self.person, meant=meant)

    def _member(self, pk: int) -> Membership:
        return get_object_or_404(Membership.objects.select_related("person", "area"), area=self.area, pk=pk)

    def _page(
        self, member: Membership, *, status: int = 200, error: LastLead | None = None, role: str = ""
    ) -> HttpResponse:
        told = {"member": member, "error": error, "role": role, "own": member == self.membership}
        roles = [one for one in Role if one != member.role]
        may = self.membership.may_place(member)
        return self.shown("areas/member.html", status=status, roles=roles, may=may, at="area", **told)
