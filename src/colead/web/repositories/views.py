"""Views of repositories: what an area's ideas are held against."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from colead.errors import ColeadError
from colead.readers.git.address import Address, address
from colead.web.areas.scope import AreaScoped
from colead.web.jobs.models import Job
from colead.web.repositories.fetch import KIND as FETCH
from colead.web.repositories.fetch import ask_to_fetch, connect, replace_token, take_out
from colead.web.repositories.look import notice
from colead.web.repositories.models import Origin, Repository
from colead.web.repositories.origin import state

MOST = 20


class Connect(forms.Form):
    """A repository: by its address, or on this machine."""

    path = forms.CharField(
        label="Its address", max_length=1000,
        widget=forms.TextInput(
            attrs={"placeholder": "https://git.example.com/team/shop.git", "spellcheck": "false"}
        ),
    )  # fmt: skip
    token = forms.CharField(
        label="A token that may read it, if it is private", max_length=500, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    user = forms.CharField(
        label="The name that goes with the token, if it has one", max_length=80, required=False
    )

    def __init__(self, *told: Any, admin: bool, **more: Any) -> None:
        super().__init__(*told, **more)
        self.where: Address | None = None
        if admin:
            self.fields["path"].label = "Its address, or its folder on this machine"

    @property
    def is_folder(self) -> bool:
        """Whether a folder of this machine was written."""
        return str(self.data.get("path", "")).strip().startswith("/")

    def clean_path(self) -> str:
        """An address, or a folder that git can read; what is wrong is said as a command would say it."""
        from colead.readers.git import Door

        told: str = self.cleaned_data["path"].strip()
        try:
            if not self.is_folder:
                self.where = address(told)
                return self.where.text
            with Door.open(told) as door:
                self.named = door.name
        except ColeadError as error:
            raise forms.ValidationError(f"{error.what}: {error.why}. Try: {error.hint}.") from error
        return told


class RepositoriesView(AreaScoped):
    """The repositories of an area."""

    def get(self, request: HttpRequest, area: str) -> HttpResponse:
        """The list."""
        return self._page(Connect(admin=self.person.is_admin))

    def post(self, request: HttpRequest, area: str) -> HttpResponse:
        """Connect one; every idea is read against it."""
        form = Connect(request.POST, admin=self.person.is_admin)
        _may_change(self, folder=form.is_folder)
        if self.area.repositories.count() >= MOST:
            form.add_error("path", f"An area has at most {MOST} repositories.")
        elif form.is_valid():
            self._connect(form)
        if not form.is_valid():
            return self._page(form, status=422)
        return redirect("repositories", self.area.slug)

    def _connect(self, form: Connect) -> None:
        told = form.cleaned_data
        if form.where is None:
            self._folder(told["path"], form.named)
        elif Origin.objects.filter(repository__area=self.area, address=form.where.text).exists():
            form.add_error("path", "It is connected already.")
        else:
            connect(self.area, self.person, form.where, told["token"], told["user"])

    def _folder(self, path: str, name: str) -> None:
        with self.area.held():
            given = {"name": name}
            made, new = Repository.objects.get_or_create(area=self.area, path=path, defaults=given)
            if new:
                self.area.enter(self.person, "connected", repository=made.name)
        notice()

    def _page(self, form: Connect, *, status: int = 200) -> HttpResponse:
        found = self.area.repositories.select_related("origin").order_by("id")
        jobs = {one.about: one for one in Job.objects.filter(area=self.area, kind=FETCH).order_by("id")}
        told = [
            (one, state(one, jobs.get(str(one.pk))) if one.is_fetched else "", jobs.get(str(one.pk)))
            for one in found
        ]
        leads = self.membership.leads or self.person.is_admin
        page: dict[str, Any] = {"repositories": told, "form": form, "leads": leads}
        page["readable"] = sum(not one.is_fetched or bool(one.tip) for one in found)
        return self.shown("repositories/list.html", status=status, at="fragility", **page)


def _may_change(view: AreaScoped, *, folder: bool) -> None:
    """Refuse who is neither a lead of the area nor, for folders, runs the installation."""
    if folder:
        why = "Who runs this installation connects folders: they are on its disk."
        view.demand(view.person.is_admin, why)
    view.demand(view.membership.leads or view.person.is_admin, "A lead of this area connects repositories.")


class RepositoryView(AreaScoped):
    """One repository."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Take it out of the area; a folder stays as it is, a clone of Colead's own is removed."""
        found = get_object_or_404(self.area.repositories, pk=pk)
        _may_change(self, folder=not found.is_fetched)
        take_out(found, self.person)
        return redirect("repositories", self.area.slug)


class FetchView(AreaScoped):
    """Fetching one repository."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Fetch it as soon as a worker is free."""
        self.takes_part()
        found = get_object_or_404(self.area.repositories, pk=pk, origin__isnull=False)
        ask_to_fetch(found, self.person)
        return redirect("repositories", self.area.slug)


class TokenView(AreaScoped):
    """What opens one repository."""

    def post(self, request: HttpRequest, area: str, pk: int) -> HttpResponse:
        """Another token instead of the one that was given; it is never shown."""
        found = get_object_or_404(self.area.repositories, pk=pk, origin__public="")
        _may_change(self, folder=False)
        told = {name: request.POST.get(name, "").strip() for name in ("token", "user")}
        replace_token(found, self.person, told["token"][:500], told["user"][:80])
        return redirect("repositories", self.area.slug)
