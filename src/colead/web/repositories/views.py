"""Views of repositories: what an area's ideas are held against."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe

from colead.errors import ColeadError
from colead.web.areas.scope import AreaScoped
from colead.web.jobs.models import Job
from colead.web.repositories.look import KIND, look_later, notice
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
        notice()
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


class LookView(AreaScoped):
    """What Colead last saw of the area as a whole."""

    kind = ""
    title = ""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The newest look of each repository."""
        looks = self.area.looks.filter(kind=self.kind).select_related("repository").order_by("repository")
        # What a writer made is escaped there.
        told = [(one, mark_safe(one.page)) for one in looks]  # noqa: S308 - escaped by the writers
        job = Job.objects.filter(area=self.area, kind=KIND).order_by("-id").first()
        page = {"looks": told, "job": job, "title": self.title, "connected": self.area.repositories.exists()}
        return self.shown("repositories/look.html", status=200, at=self.kind, **page)

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Look anew."""
        self.takes_part()
        if self.area.repositories.exists():
            look_later(self.area, self.person)
        return redirect(self.kind, self.area.slug)


class FragilityView(LookView):
    """The system: its parts, and where fixes are likely."""

    kind, title = "fragility", "The system, and where fixes are likely"


class BalanceView(LookView):
    """How the work divides."""

    kind, title = "balance", "How the work divides"
