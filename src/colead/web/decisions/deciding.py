"""Deciding for programs: the call for concerns, what is said, the choice, what would make it wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.shortcuts import get_object_or_404

from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import route
from colead.web.api.shapes import limited, unfit
from colead.web.areas.resources import AREA
from colead.web.decisions import wire
from colead.web.decisions.files import ALONG, FETCHED
from colead.web.decisions.forms import CallForm, ChoiceForm, ConcernForm, DoubtForm
from colead.web.decisions.models import Decision, Doubt, Stale
from colead.web.decisions.models import call as calls
from colead.web.decisions.models import choice as choices
from colead.web.decisions.models import doubt as doubts
from colead.web.decisions.models.proposal import settle
from colead.web.decisions.page import Page

ONE = f"{AREA}/decisions/<int:number>"
WORDS = "Who asked it and the side that decides do this; raise a concern instead."


@dataclass(frozen=True)
class NewCall:
    """Until when everybody is asked for concerns."""

    until: date


@dataclass(frozen=True)
class NewRaised:
    """A concern, a hold, or that nothing speaks against it."""

    kind: Literal["concern", "hold", "none"]
    text: str = limited(calls.LONGEST, default="")


@dataclass(frozen=True)
class NewReason:
    """Why, or what changed."""

    why: str = limited(500, default="")


@dataclass(frozen=True)
class NewChoice:
    """Which option by its id, why, and of which version (else If-Match says it)."""

    option: int
    why: str = limited(choices.LONGEST, default="")
    version: int | None = None


@dataclass(frozen=True)
class NewDoubt:
    """What would make it wrong: one of a day, a place where something lands, a number and its line."""

    on: date | None = None
    path: str = limited(300, default="")
    metric: str = limited(100, default="")
    direction: Literal["below", "above"] = "below"
    value: float | None = None


@dataclass(frozen=True)
class NewNumber:
    """How a number stands."""

    value: float


def seen(call: Call, number: int) -> Page:
    """A decision as this person sees it."""
    found = call.area.decisions.select_related(*ALONG).prefetch_related(*FETCHED)
    one = get_object_or_404(found, number=number)
    one.area = call.area
    return Page(one, call.membership)


def settled(one: Decision) -> Problem:
    """It was decided or taken back; what is said here would change what people agreed on."""
    why = "It is settled by now. Ask anew with `instead` to replace it."
    return Problem(409, "settled", why, version=one.version)


def _told(call: Call, number: int) -> wire.Decision:
    return wire.of(seen(call, number).decision)


def _open(call: Call, number: int) -> Page:
    page = seen(call, number)
    if page.decision.settled:
        raise settled(page.decision)
    return page


def _raised(call: Call, number: int, raised: int) -> calls.Raised:
    one = seen(call, number).decision
    found: calls.Raised = get_object_or_404(one.raised.all(), pk=raised)
    found.decision = one
    return found


def _doubt(page: Page, doubt: int) -> Doubt:
    found: Doubt = get_object_or_404(page.decision.doubts.all(), pk=doubt)
    found.decision = page.decision
    return found


@route("PUT", f"{ONE}/call")
def call_for_concerns(call: Call, number: int, told: NewCall) -> wire.Decision:
    """Call for concerns until a day, or move that day."""
    page = seen(call, number)
    call.demand(page.may_word, WORDS)
    one = _open(call, number).decision
    calls.call(one, call.person, formed(CallForm(shapes.told(told)))["until"])
    return _told(call, number)


@route("POST", f"{ONE}/concerns", status=201)
def answer_call(call: Call, number: int, told: NewRaised) -> wire.Raised:
    """Raise a concern, ask for time, or say that nothing speaks against it."""
    call.takes_part()
    one = _open(call, number).decision
    text = formed(ConcernForm(shapes.told(told)))["text"]
    if told.kind == "concern" and not text:
        raise unfit("text", "is missing: say in a sentence what could go wrong")
    return wire.raised(calls.say(one, call.person, told.kind, text))


@route("PUT", f"{ONE}/concerns/<int:raised>/resolution")
def resolve_raised(call: Call, number: int, raised: int, told: NewReason) -> wire.Raised:
    """It is resolved; who raised it says so."""
    one = _raised(call, number, raised)
    call.demand(one.by_id == call.person.pk, f"{one.by.name} raised it and says when it is resolved.")
    one.resolve(call.person, told.why.strip())
    return wire.raised(_raised(call, number, raised))


@route("PUT", f"{ONE}/choice", lifts=True)
def choose(call: Call, number: int, told: NewChoice) -> wire.Decision:
    """Decide; a lead of the side that owns it does. Where both do, it is proposed until the other agrees."""
    page = seen(call, number)
    call.demand(page.may_decide, f"{page.deciders} decides this; raise a concern, or suggest an option.")
    one = _open(call, number).decision
    version = call.over(told.version)
    given = {"option": told.option, "why": told.why, "version": version}
    chosen = formed(ChoiceForm(given, options=one.options.all()))
    try:
        side = call.membership.side
        settle(one, call.person, side, chosen["option"], chosen["why"], version=version)
    except Stale as stale:
        if stale.decision.settled:
            raise settled(stale.decision) from stale
        stands = {"version": stale.decision.version, "text": stale.decision.worded}
        why = "It was worded differently in the meantime; nothing was decided."
        raise Problem(call.stale_status, "stale", why, param="version", stands=stands) from stale
    return _told(call, number)


@route("PUT", f"{ONE}/withdrawal")
def withdraw_decision(call: Call, number: int, told: NewReason) -> wire.Decision:
    """Take the question, or the answer, back."""
    page = seen(call, number)
    call.demand(page.may_word if page.open else page.may_decide, f"{page.deciders} takes it back.")
    choices.withdraw(page.decision, call.person, told.why.strip())
    return _told(call, number)


@route("PUT", f"{ONE}/kept")
def keep_decision(call: Call, number: int, told: NewReason) -> wire.Decision:
    """It was asked again, and still holds."""
    page = seen(call, number)
    call.demand(page.may_decide, f"{page.deciders} says whether it still holds.")
    choices.keep(page.decision, call.person, told.why.strip())
    return _told(call, number)


@route("POST", f"{ONE}/doubts", status=201)
def doubt_decision(call: Call, number: int, told: NewDoubt) -> wire.Doubt:
    """Write down one thing that would make it wrong; it asks again when that comes about."""
    page = seen(call, number)
    call.demand(page.may_word, WORDS)
    form = DoubtForm(shapes.told(told))
    formed(form)
    given = list(form.told)
    if len(given) != 1:
        raise unfit("body", "has to be one of a day, a place and a number")
    if len([one for one in page.decision.doubts.all() if one.waits]) >= doubts.MOST:
        raise Problem(409, "full", "Eight are enough; take one out first.")
    return wire.doubt(doubts.doubt(page.decision, call.person, **given[0]))


@route("POST", f"{ONE}/doubts/<int:doubt>/numbers")
def tell_number(call: Call, number: int, doubt: int, told: NewNumber) -> wire.Doubt:
    """Say how the number stands; beyond its line, the decision asks again."""
    call.takes_part()
    one = _doubt(seen(call, number), doubt)
    if one.kind != doubts.Kind.METRIC:
        raise Problem(409, "no-number", "This is a day or a place, not a number.", param="doubt")
    one.measured(call.person, told.value)
    return wire.doubt(_doubt(seen(call, number), doubt))


@route("DELETE", f"{ONE}/doubts/<int:doubt>")
def drop_doubt(call: Call, number: int, doubt: int) -> None:
    """It no longer counts."""
    page = seen(call, number)
    call.takes_part()
    call.demand(page.may_word, WORDS)
    doubts.drop(_doubt(page, doubt), call.person)
