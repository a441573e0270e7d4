"""Resources of tradeoffs: what is skipped and who lives with it until when, and the dates that matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited
from colead.web.areas.resources import AREA
from colead.web.briefs.texts import IDEA
from colead.web.tradeoffs import models, wire
from colead.web.tradeoffs.forms import OccasionForm, Word, Written
from colead.web.tradeoffs.told import rows, told

ONE = f"{AREA}/tradeoffs/<int:tradeoff>"
LEADS = "A lead gives their word for a side."
OCCASIONS = 60  # of an area


@dataclass(frozen=True)
class NewTradeoff:
    """What is skipped, and what is at risk because of it."""

    kind: Literal["repair", "feature"]
    skip: str = limited(models.LONGEST, least=1)
    risk: str = limited(models.LONGEST_RISK, least=1)


@dataclass(frozen=True)
class NewTold:
    """A tradeoff that the newest reading of an idea tells, by its id."""

    id: str = limited(20, least=1)


@dataclass(frozen=True)
class NewAcceptance:
    """A lead's word: until when, against which occasion by its id, why."""

    until: date
    occasion: int | None = None
    why: str = limited(500, default="")


@dataclass(frozen=True)
class NewEnd:
    """How it came that it is accepted no longer."""

    how: str = limited(500, default="")


@dataclass(frozen=True)
class NewOccasion:
    """A date that matters to the business; `last` where it takes more than a day."""

    first: date
    name: str = limited(60, least=1)
    last: date | None = None
    what: str = limited(200, default="")


def _found(call: Call, tradeoff: int) -> models.Tradeoff:
    found = call.area.tradeoffs.select_related("brief", "by").prefetch_related("acceptances__by")
    one: models.Tradeoff = get_object_or_404(found, pk=tradeoff)
    one.area = call.area
    return one


@route("GET", f"{AREA}/tradeoffs", page="tradeoffs")
def tradeoffs(call: Call) -> Page[wire.Tradeoff]:
    """What is skipped knowingly, the oldest first."""
    found = call.area.tradeoffs.select_related("brief", "by")
    return call.page(found.prefetch_related("acceptances__by"), wire.of)


@route("GET", ONE, page="tradeoff")
def tradeoff(call: Call, tradeoff: int) -> wire.Tradeoff:
    """One tradeoff."""
    return wire.of(_found(call, tradeoff))


@route("POST", f"{AREA}/tradeoffs", status=201)
def write_tradeoff(call: Call, told: NewTradeoff) -> wire.Tradeoff:
    """Write one down, so that somebody can give their word."""
    call.takes_part()
    given = formed(Written(shapes.told(told)))
    return wire.of(_found(call, models.write(call.area, call.person, **given).pk))


@route("GET", f"{IDEA}/tradeoffs")
def told_tradeoffs(call: Call, number: int) -> Page[wire.ToldTradeoff]:
    """The tradeoffs of an idea: what its newest reading tells, then what people wrote down beside it."""
    return call.cut([wire.told(one) for one in rows(call.brief(number))])


def _told(call: Call, number: int, named: str) -> models.Tradeoff:
    brief = call.brief(number)
    row = told(brief, named)
    if row is None:
        raise Http404
    return row.write(brief, call.person)


@route("POST", f"{IDEA}/tradeoffs", status=201)
def write_told_tradeoff(call: Call, number: int, told: NewTold) -> wire.Tradeoff:
    """Write down one that the newest reading of an idea tells; 404 where it does not."""
    call.takes_part()
    return wire.of(_found(call, _told(call, number, told.id).pk))


@route("PUT", f"{IDEA}/tradeoffs/<slug:id>/acceptance")
def accept_told_tradeoff(call: Call, number: int, id: str, told: NewAcceptance) -> wire.Tradeoff:
    """Live with one that the newest reading tells, by its id there, until a day; a lead does."""
    call.demand(call.membership.leads, LEADS)
    with call.area.held():
        return accept_tradeoff(call, _told(call, number, id).pk, told)


@route("PUT", f"{ONE}/acceptance")
def accept_tradeoff(call: Call, tradeoff: int, told: NewAcceptance) -> wire.Tradeoff:
    """Live with it until a day, or review one's word; a lead does."""
    one = _found(call, tradeoff)
    call.demand(call.membership.leads, LEADS)
    ahead = call.area.occasions.filter(last__gte=timezone.localdate())
    given = formed(Word(shapes.told(told), occasions=ahead))
    models.accept(one, call.person, call.membership.side, **given)
    return wire.of(_found(call, tradeoff))


@route("PUT", f"{ONE}/end")
def end_tradeoff(call: Call, tradeoff: int, told: NewEnd) -> wire.Tradeoff:
    """It is accepted no longer: mended, built, or not a risk any more; a lead says so."""
    one = _found(call, tradeoff)
    call.demand(call.membership.leads, LEADS)
    models.end(one, call.person, told.how.strip())
    return wire.of(_found(call, tradeoff))


@route("GET", f"{AREA}/occasions", page="occasions")
def occasions(call: Call) -> Page[wire.Occasion]:
    """The dates that matter to the business."""
    return call.page(call.area.occasions.all(), wire.occasion)


@route("POST", f"{AREA}/occasions", status=201)
def add_occasion(call: Call, told: NewOccasion) -> wire.Occasion:
    """Add a date that matters; the same one twice counts once."""
    call.takes_part()
    given = formed(OccasionForm(shapes.told(told)))
    if call.area.occasions.count() >= OCCASIONS:
        raise Problem(409, "full", f"{OCCASIONS} are enough; take out what is over.")
    first, last = given["first"], given["last"] or given["first"]
    made = models.keep_occasion(call.area, call.person, given["name"], first, last, given["what"])
    return wire.occasion(made)


@route("DELETE", f"{AREA}/occasions/<int:occasion>")
def drop_occasion(call: Call, occasion: int) -> None:
    """It is off; what was accepted against it keeps its name."""
    call.takes_part()
    models.drop_occasion(get_object_or_404(call.area.occasions.all(), pk=occasion), call.person)
