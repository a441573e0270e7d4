"""Resources of areas: the area, its people, its terms, what happened there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from colead.agreement import LONGEST
from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited, unfit
from colead.web.areas import models, wire
from colead.web.areas.members import GONE, refuse_placing
from colead.web.areas.terms import table_of

AREA = "areas/<slug:area>"
Sides = Literal["product", "engineering"]
Parts = Literal["decides", "must agree", "is asked", "is told"]
Roles = Literal["lead", "member", "viewer"]


@dataclass(frozen=True)
class NewArea:
    """An area that one begins, and the side that one leads."""

    name: str = limited(80, least=1)
    side: Sides = "product"


@dataclass(frozen=True)
class NewRole:
    """Another role; `meant` where a side would be left without a lead."""

    role: Roles
    meant: bool = False


@dataclass(frozen=True)
class NewInvitation:
    """To which side, and as what, somebody is invited."""

    side: Sides
    role: Roles = "member"


@dataclass(frozen=True)
class Invitation:
    """A link that lets one person join, shown this once."""

    link: str
    side: str
    role: str


@dataclass(frozen=True)
class NewOwned:
    """A thing that people decide about, and the part of each side in it."""

    thing: str = limited(LONGEST, least=1)
    product: Parts = "decides"
    engineering: Parts = "is asked"


@dataclass(frozen=True)
class NewTerms:
    """Who owns what, and the share for health, over the version that one has read; one's side signs them."""

    share: int = limited(100)
    owns: tuple[NewOwned, ...] = ()
    over: int | None = None


@route("GET", "areas")
def areas(call: Call) -> Page[wire.Area]:
    """The areas that one belongs to."""
    return call.page(models.Area.objects.filter(memberships__person=call.person), wire.area)


@route("POST", "areas", status=201)
def begin_area(call: Call, told: NewArea) -> wire.Area:
    """Begin an area."""
    from colead.web.people.views import begin

    return wire.area(begin(call.person, told.name, told.side))


@route("GET", AREA)
def area(call: Call) -> wire.Area:
    """An area."""
    return wire.area(call.area)


@route("GET", f"{AREA}/home", page="area", rows="blocks")
def home(call: Call) -> wire.Home:
    """How the area is led: what waits for one, and the six rules with what is so today."""
    return wire.home(call.membership)


@route("GET", f"{AREA}/people", page="people")
def people(call: Call) -> Page[wire.Member]:
    """Who belongs to the area."""
    return call.page(call.area.memberships.select_related("person"), wire.member)


@route("POST", f"{AREA}/invitations", status=201)
def invite(call: Call, told: NewInvitation) -> Invitation:
    """Invite somebody to a side; a lead does."""
    call.demand(call.membership.leads, "Only a lead of this area invites.")
    secret = call.area.invite(call.person, told.side, told.role)
    link = call.request.build_absolute_uri(reverse("join", args=[secret]))
    return Invitation(link, told.side, told.role)


def _member(call: Call, member: int) -> models.Membership:
    mine = models.Membership.objects.select_related("person", "area")
    return get_object_or_404(mine, area=call.area, pk=member)


@route("GET", f"{AREA}/people/<int:member>", page="member")
def member(call: Call, member: int) -> wire.Member:
    """One person's place in the area."""
    return wire.member(_member(call, member))


@route("PUT", f"{AREA}/people/<int:member>/role")
def place_member(call: Call, member: int, told: NewRole) -> wire.Member:
    """Give somebody another role; leads of that side do."""
    found = _member(call, member)
    refuse_placing(call.membership, found, told.role)
    try:
        found.become(told.role, call.person, meant=told.meant)
    except models.LastLead as error:
        raise Problem(409, "last-lead", str(error), param="meant", final=error.final) from error
    return wire.member(_member(call, member))


@route("DELETE", f"{AREA}/people/<int:member>")
def end_member(call: Call, member: int) -> None:
    """Leave, or take somebody out."""
    found = _member(call, member)
    refuse_placing(call.membership, found, GONE)
    try:
        found.end(call.person, meant=True)
    except models.LastLead as error:
        raise Problem(409, "last-lead", str(error), final=error.final) from error


@route("GET", f"{AREA}/ownership", page="terms", rows="owns")
def ownership(call: Call) -> wire.Ownership:
    """Who decides what, as it holds; `terms` tells the newest version and who signed it."""
    return wire.ownership(call.area)


@route("GET", f"{AREA}/terms")
def terms(call: Call) -> wire.Terms:
    """What the leads agreed on last."""
    found = call.area.newest_terms
    if found is None:
        raise Http404
    return wire.terms(found)


@route("PUT", f"{AREA}/terms", lifts=True)
def change_terms(call: Call, told: NewTerms) -> wire.Terms:
    """Change what the leads agree on; one's own side signs it by that."""
    call.demand(call.membership.leads, "The leads of an area agree on this.")
    newest = call.area.newest_terms
    if newest is not None and call.over(told.over) != newest.number:
        stands = shapes.told(wire.terms(newest))
        raise Problem(call.stale_status, "stale", "Another version stands.", param="over", stands=stands)
    table = table_of([shapes.told(one) for one in told.owns])
    if not table.is_valid():
        raise unfit("owns", f"does not fit: {' '.join(table.faults)}")
    return wire.terms(call.area.agree_on(call.person, call.membership.side, told.share, table.rows))


@route("PUT", f"{AREA}/terms/<int:version>/signature")
def sign_terms(call: Call, version: int) -> wire.Terms:
    """Sign this version for one's side."""
    call.demand(call.membership.leads, "The leads of an area agree on this.")
    found = call.area.newest_terms
    if found is None or found.number != version:
        raise Problem(409, "stale", "Another version stands now.", param="version")
    found.sign(call.person, call.membership.side)
    return wire.terms(found)


@route("GET", f"{AREA}/entries", page="keeping")
def entries(call: Call) -> Page[wire.Entry]:
    """What happened in the area, the newest first."""
    return call.page(call.area.entries.select_related("by", "brief"), wire.entry, newest_first=True)
