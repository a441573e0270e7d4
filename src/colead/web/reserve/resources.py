"""Resources of the reserve: slots of the coming weeks, and the repairs that fill them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone

from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited, unfit
from colead.web.areas.models import Side
from colead.web.areas.resources import AREA
from colead.web.reserve import models, wire
from colead.web.reserve.coming import FURTHEST, Coming, along, choices
from colead.web.reserve.forms import Freeing, Guessing, Moving, Proposal
from colead.web.reserve.models import LONGEST_NAME, LONGEST_WHY, MOST_ROOM, MOST_SLOTS, WEEK, monday
from colead.web.reserve.page import place
from colead.web.reserve.views import ENGINEERING, GONE, LEADS, ROOM, compute

ONE = f"{AREA}/repairs/<int:repair>"


@dataclass(frozen=True)
class NewRoom:
    """How many slots a week has, by its Monday, or every week without; null goes back to the proposal."""

    slots: int | None = limited(MOST_ROOM)
    week: date | None = None


@dataclass(frozen=True)
class NewRepair:
    """What is repaired, in which part, in which week; what it takes and gains is an estimate by name."""

    week: date
    what: str = limited(LONGEST_NAME, least=1)
    part: str = limited(LONGEST_NAME, least=1)
    repository: str = limited(80, default="")
    slots: int | None = limited(MOST_SLOTS, least=1, default=None)
    fewer: int | None = limited(100, least=1, default=None)


@dataclass(frozen=True)
class NewYes:
    """The week in which one saw it."""

    week: date


@dataclass(frozen=True)
class NewEstimate:
    """How many changes it takes; of 100 fixes there in the quarter after it, how many will not come."""

    slots: int | None = limited(MOST_SLOTS, least=1, default=None)
    fewer: int | None = limited(100, least=1, default=None)


@dataclass(frozen=True)
class NewWeek:
    """The week in which one saw it, the week it moves to, and why."""

    seen: date
    week: date
    why: str = limited(LONGEST_WHY, least=1)


@dataclass(frozen=True)
class NewFreeing:
    """Why its slot is given back."""

    why: str = limited(LONGEST_WHY, least=1)


def _found(call: Call, repair: int) -> models.Repair:
    one = get_object_or_404(along(models.Repair.objects.filter(area=call.area)), pk=repair)
    one.area = call.area
    return one


def _done(call: Call, repair: int, held: bool) -> wire.Repair:
    """The repair as it stands now; Problem where somebody was faster."""
    if not held:
        raise Problem(409, "moved-on", GONE, param="repair")
    return wire.of(_found(call, repair))


@route("GET", f"{AREA}/reserve", page="slots", rows="weeks")
def reserve(call: Call) -> wire.Reserve:
    """The slots of the coming six weeks, what fills them, and which parts to look at next."""
    return wire.reserve(Coming(call.area, timezone.localdate()))


@route("PUT", f"{AREA}/reserve/slots")
def set_slots(call: Call, told: NewRoom) -> wire.Reserve:
    """Say how many slots a week has, or every week; a lead does."""
    call.demand(call.membership.leads, ROOM)
    if told.week is not None:
        _coming(told.week)
    models.make_room(call.area, call.person, {told.week: told.slots})
    return reserve(call)


def _coming(week: date) -> None:
    ahead = (week - monday()) // WEEK
    if week != monday(week) or not 0 <= ahead < FURTHEST:
        raise unfit("week", f"has to be the Monday of one of the coming {FURTHEST} weeks")


@route("GET", f"{AREA}/repairs", page="repairs")
def repairs(call: Call) -> Page[wire.Repair]:
    """The repairs that were proposed, the newest first."""
    return call.page(along(models.Repair.objects.filter(area=call.area)), wire.of, newest_first=True)


@route("GET", ONE, page="repair")
def repair(call: Call, repair: int) -> wire.Repair:
    """One repair."""
    return wire.of(_found(call, repair))


@route("POST", f"{AREA}/repairs", status=201)
def propose_repair(call: Call, told: NewRepair) -> wire.Repair:
    """Propose a repair for a week; a lead who proposes it says yes to it by that."""
    call.takes_part()
    form = Proposal(choices(timezone.localdate()), _plain(told))
    given = formed(form)
    where = place(call.area, given["part"], given["repository"])
    made = models.Repair.objects.propose(call.membership, given["what"], where, given["week"], form.guess)
    compute(made, call.person)
    return wire.of(_found(call, made.pk))


@route("PUT", f"{ONE}/yes")
def fill_slot(call: Call, repair: int, told: NewYes) -> wire.Repair:
    """Say yes for one's side; it fills the slot once a lead of each side did."""
    one = _found(call, repair)
    call.demand(call.membership.leads, LEADS)
    return _done(call, repair, one.say_yes(call.membership, told.week))


@route("PUT", f"{ONE}/estimate")
def estimate_repair(call: Call, repair: int, told: NewEstimate) -> wire.Repair:
    """Say under one's name what it takes and gains; it is held against what comes."""
    one = _found(call, repair)
    call.takes_part()
    form = Guessing(_plain(told))
    formed(form)
    held = form.guess is not None and one.estimate_by(call.person, form.guess)
    if held:
        compute(one, call.person)
    return _done(call, repair, held)


@route("PUT", f"{ONE}/week")
def move_repair(call: Call, repair: int, told: NewWeek) -> wire.Repair:
    """Move it to another week, with why; a lead who moves it says yes to it there."""
    one = _found(call, repair)
    call.takes_part()
    given = formed(Moving(choices(timezone.localdate(), one.week), _plain(told)))
    return _done(call, repair, one.move(call.membership, given["seen"], given["week"], given["why"]))


@route("PUT", f"{ONE}/given-back")
def free_slot(call: Call, repair: int, told: NewFreeing) -> wire.Repair:
    """Give its slot back, with why; it is not done."""
    one = _found(call, repair)
    call.takes_part()
    why = formed(Freeing({"reason": told.why}))["reason"]
    freed = one.ended is not None and not one.done
    return _done(call, repair, freed or one.free(call.person, why))


@route("PUT", f"{ONE}/done")
def finish_repair(call: Call, repair: int) -> wire.Repair:
    """Say that it is done; engineering does, and a quarter is counted from that day."""
    one = _found(call, repair)
    _engineering(call)
    return _done(call, repair, one.done or one.finish(call.person))


@route("DELETE", f"{ONE}/done")
def reopen_repair(call: Call, repair: int) -> None:
    """Say that it is not done after all; what was counted is forgotten."""
    one = _found(call, repair)
    _engineering(call)
    if one.reopen(call.person):
        compute(one, call.person)


def _engineering(call: Call) -> None:
    call.takes_part()
    call.demand(call.membership.side == Side.ENGINEERING, ENGINEERING)


def _plain(told: object) -> dict[str, str]:
    """What was sent as a page's form has it."""
    return {name: str(value) for name, value in vars(told).items() if value is not None}
