"""Views of repositories: what an area's ideas are held against."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from colead.errors import ColeadError
from colead.web.areas.scope import AreaScoped
from colead.web.repositories.check import check_later
from colead.web.repositories.models import Repository

MOST = 20


class Connect(forms.Form):
    """A repository on this machine."""

    path = forms.CharField(label="Folder of a git repository on this machine", max_length=1000)

    def clean_path(self) -> str:
        """A folder that git can read; what is wrong is said as a command would say it."""
        from colead.readers.git import Door

        told: str = self.cleaned_data["path"].strip()
        if not Path(told).is_absolute():
            raise forms.ValidationError("Write the whole path, from / on.")
        try:
            with Door.open(told) as door:
                self.named = door.name
        except ColeadError as error:
            raise forms.ValidationError(f"{error.what}: {error.why}. Try: {error.hint}.") from error
        return told


class RepositoriesView(AreaScoped):
    """The repositories of an area."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The list."""
        return self._page(Connect())

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Connect one; every idea is read against it."""
        self.demand(
            self.person.is_admin, "Who runs this installation connects repositories: they are on its disk."
        )
        form = Connect(request.POST)
        if self.area.repositories.count() >= MOST:
            form.add_error("path", f"An area has at most {MOST} repositories.")
        if not form.is_valid():
            return self._page(form, status=422)
        with transaction.atomic():
            path = form.cleaned_data["path"]
            made, new = Repository.objects.get_or_create(
                area=self.area, path=path, defaults={"name": form.named}
            )
            if new:
                self.area.enter(self.person, "connected", repository=made.name)
        for brief in self.area.briefs.filter(shipped=None):
            check_later(brief, self.person)
        return redirect("repositories", self.area.slug)

    def _page(self, form: Connect, *, status: int = 200) -> HttpResponse:
        told: dict[str, Any] = {"repositories": self.area.repositories.order_by("id"), "form": form}
        return self.shown("repositories/list.html", status=status, at="repositories", **told)


class RepositoryView(AreaScoped):
    """One repository."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Take it out of the area; the folder stays as it is."""
        self.demand(self.person.is_admin, "Who runs this installation connects repositories.")
        found = get_object_or_404(self.area.repositories, pk=pk)
        with transaction.atomic():
            self.area.enter(self.person, "disconnected", repository=found.name)
            found.delete()
        return redirect("repositories", self.area.slug)
