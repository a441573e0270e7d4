"""Views of keeping: whether all is as it was written, taking an area along, and how the installation is."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from colead.web.areas.chain import verify
from colead.web.areas.models import Ended
from colead.web.areas.scope import AreaScoped
from colead.web.keeping.export import export
from colead.web.keeping.health import health
from colead.web.keeping.portable import Unfit
from colead.web.keeping.takein import fetch_all, take_in
from colead.web.people.models import Person

LARGEST = 1 << 30  # bytes of a zip


class KeepingView(AreaScoped):
    """What happened stays as it was written; and everything can be taken along."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The page."""
        return self._page()

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Look through every entry."""
        self.demand(self.membership.leads or self.person.is_admin, "A lead of this area looks this through.")
        return self._page(found=verify(self.area))

    def _page(self, **told: object) -> HttpResponse:
        return self.shown("keeping/area.html", status=200, at="keeping", **told)


class ExportView(AreaScoped):
    """The whole area as one file."""

    takes_tokens = True

    def get(self, request: HttpRequest, area: str) -> FileResponse:
        """A zip; it holds the addresses of its people, so leads take it."""
        self.demand(self.membership.leads, "A lead takes the whole area along.")
        file = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115 - the answer closes it
        try:
            export(self.area, file)
        except BaseException:
            with suppress(OSError):  # a disk that is full takes the rest no more
                file.close()
            raise
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{self.area.slug}.zip")


class TakeIn(forms.Form):
    """An area that was exported."""

    file = forms.FileField(label="The zip of an area")

    def clean_file(self) -> Any:
        """Not too large."""
        found = self.cleaned_data["file"]
        if (found.size or 0) > LARGEST:
            raise forms.ValidationError(f"It is larger than {LARGEST >> 20} MB.")
        return found


class InstallationView(View):
    """How the installation is, for whoever runs it; an area is taken in here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self._page(request, TakeIn())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take an area in."""
        form, person = TakeIn(request.POST, request.FILES), cast(Person, request.user)
        if not person.is_admin:
            raise PermissionDenied("Who runs this installation takes an area in.")
        if form.is_valid():
            try:
                area = take_in(form.cleaned_data["file"].file, person)
            except Unfit as error:
                form.add_error("file", f"It was not taken in. {error}")
            else:
                fetch_all(area)
                mine = area.memberships.filter(person=person).exists()
                return redirect("area", area.slug) if mine else redirect("installation")
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: TakeIn, *, status: int = 200) -> HttpResponse:
        person = cast(Any, request.user)
        if not person.is_admin:
            raise PermissionDenied("Who runs this installation looks at this.")
        told = {"person": person, "form": form, "ended": Ended.objects.order_by("-pk")[:20]}
        return render(request, "keeping/installation.html", {**told, "health": health()}, status=status)
