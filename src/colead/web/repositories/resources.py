"""Resources of repositories: connecting and fetching them, and what was seen of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from colead.readers.git.address import address
from colead.web.api.call import Call
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited
from colead.web.areas.resources import AREA
from colead.web.jobs import wire as jobs
from colead.web.repositories import wire
from colead.web.repositories.check import AHEAD
from colead.web.repositories.fetch import ask_to_fetch, connect, take_out
from colead.web.repositories.look import RECORD
from colead.web.repositories.models import Origin, Repository
from colead.web.repositories.own import own
from colead.web.repositories.views import MOST


@dataclass(frozen=True)
class NewRepository:
    """A repository by its address, and what opens it where it is private."""

    address: str = limited(1000, least=1)
    token: str = limited(500, default="")
    user: str = limited(80, default="")


def _one(call: Call, repository: int) -> Repository:
    return get_object_or_404(call.area.repositories.select_related("origin"), pk=repository)


@route("GET", f"{AREA}/repositories", page="repositories")
def repositories(call: Call) -> Page[wire.Repository]:
    """The repositories of the area."""
    return call.page(call.area.repositories.select_related("origin"), wire.repository)


@route("POST", f"{AREA}/repositories", status=201)
def connect_repository(call: Call, told: NewRepository) -> wire.Repository:
    """Connect a repository by its address; every idea is read against it."""
    call.demand(call.membership.leads or call.person.is_admin, "A lead of this area connects repositories.")
    where = address(told.address.strip())
    if call.area.repositories.count() >= MOST:
        raise Problem(409, "many", f"An area has at most {MOST} repositories.")
    if Origin.objects.filter(repository__area=call.area, address=where.text).exists():
        raise Problem(409, "connected", "It is connected already.", param="address")
    made = connect(call.area, call.person, where, told.token, told.user)
    return wire.repository(_one(call, made.pk))


@route("GET", f"{AREA}/repositories/<int:repository>")
def repository(call: Call, repository: int) -> wire.Repository:
    """One repository."""
    return wire.repository(_one(call, repository))


@route("DELETE", f"{AREA}/repositories/<int:repository>")
def take_repository_out(call: Call, repository: int) -> None:
    """Take a repository out of the area."""
    found = _one(call, repository)
    call.demand(
        call.person.is_admin or (found.is_fetched and call.membership.leads),
        "A lead of this area takes repositories out; folders of the disk, who runs the installation.",
    )
    take_out(found, call.person)


@route("POST", f"{AREA}/repositories/<int:repository>/fetch", status=202)
def fetch_repository(call: Call, repository: int) -> jobs.Job:
    """Fetch it as soon as a worker is free."""
    call.takes_part()
    found = _one(call, repository)
    if not found.is_fetched:
        raise Http404
    return jobs.job(ask_to_fetch(found, call.person))


def _looks(call: Call, kind: str) -> Page[wire.Look]:
    return call.page(call.area.looks.filter(kind=kind).select_related("repository"), wire.look)


@route("GET", f"{AREA}/system", page="fragility")
def system(call: Call) -> Page[wire.Look]:
    """Where fixes are likely, for each repository."""
    return _looks(call, "fragility")


@route("GET", f"{AREA}/balance", page="balance")
def balance(call: Call) -> Page[wire.Look]:
    """How the work divides."""
    return _looks(call, "balance")


@route("GET", f"{AREA}/ahead", page="investments")
def investments(call: Call) -> Page[wire.Look]:
    """Which parts the coming ideas will meet, and how often fixes followed there."""
    return _looks(call, AHEAD)


@route("GET", f"{AREA}/record", page="record", rows="own")
def record(call: Call) -> wire.Record:
    """How often readings were right here: the past replayed, and what was said of own ideas."""
    looks = call.area.looks.filter(kind=RECORD).select_related("repository").order_by("repository")
    return wire.record(own(call.area), looks)
