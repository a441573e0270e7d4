"""Whole: all lines of the demo's story, from the first day of its area to yesterday evening."""

from __future__ import annotations

from colead.agreement import USUAL
from colead.web.areas.models import Area, Invitation, Membership, Role, Side
from colead.web.decisions.demo import decisions
from colead.web.meetings.example import meetings
from colead.web.people.models import Person, digest
from colead.web.prototypes.example import prototypes
from colead.web.reserve.demo import first_day, reserve
from colead.web.story.backlog import backlog
from colead.web.story.flight import flight
from colead.web.story.shipped import shipped
from colead.web.story.told import HOUR, Cast, Line, moment, tell
from colead.web.threads.story import debate
from colead.web.tradeoffs.demo import tradeoffs

SMALL = 10  # of 100 changes, with which the two began


def whole(cast: Cast) -> None:
    """Tell all of it."""
    parts = (backlog, shipped, flight, decisions, meetings, prototypes, debate, tradeoffs, reserve)
    tell([_terms(cast), *(line for part in parts for line in part(cast))])


def begin(name: str, slug: str, priya: Person) -> Area:
    """The area on its first day, which product's lead began."""
    area: Area = Area.objects.create(name=name, slug=slug, demo=True)
    Membership.objects.create(area=area, person=priya, side=Side.PRODUCT, role=Role.LEAD)
    area.enter(priya, "began")
    return area


def join(area: Area, by: Person, person: Person, side: Side, role: Role) -> None:
    """Somebody is invited and comes."""
    secret = area.invite(by, side, role)
    Invitation.objects.get(digest=digest(secret)).take(person)


def _terms(cast: Cast) -> Line:
    """A small share at first; the agreed one after half a quarter."""
    priya, emil, area = cast.person("Priya"), cast.person("Emil"), cast.area
    yield moment(first_day(), 14)
    first = area.agree_on(priya, Side.PRODUCT, SMALL, USUAL)
    yield moment(first_day(), 14) + HOUR
    first.sign(emil, Side.ENGINEERING)
    yield cast.at(37, 16)
    second = area.agree_on(emil, Side.ENGINEERING, 20, USUAL)
    yield cast.at(36, 9, 15)
    second.sign(priya, Side.PRODUCT)
    area.refresh_from_db()
