"""Resources of concerns: the bad news of an area, and by what an idea's changes are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited
from colead.web.areas.resources import AREA
from colead.web.briefs.texts import IDEA
from colead.web.concerns import wire
from colead.web.concerns.follow import follow
from colead.web.concerns.forms import Follow, Raise, Say
from colead.web.concerns.models import LONGEST, Closed, Concern, Trail

ONE = f"{AREA}/concerns/<int:concern>"


@dataclass(frozen=True)
class NewConcern:
    """Bad news in a sentence, its kind, and the number of the idea that it is about."""

    text: str = limited(LONGEST, least=1)
    kind: Literal["complexity", "timeline", "unclear", "hidden", "other"] = "other"
    idea: int | None = None


@dataclass(frozen=True)
class NewReply:
    """What is said to it, or what resolved it."""

    text: str = limited(LONGEST, least=1)


@dataclass(frozen=True)
class NewTrail:
    """By what the changes of an idea are known while it is built."""

    branch: str = ""
    ticket: str = limited(60, default="")


def _every(call: Call) -> QuerySet[Concern]:
    return call.area.concerns.select_related("brief", "by").prefetch_related("replies__by")


def _found(call: Call, concern: int) -> Concern:
    one = get_object_or_404(_every(call), pk=concern)
    one.area = call.area
    return one


def _once(deed: Callable[[], None]) -> None:
    try:
        deed()
    except Closed as closed:
        raise Problem(409, "closed", "Somebody resolved it in the meantime.") from closed


@route("GET", f"{AREA}/concerns", page="concerns")
def concerns(call: Call) -> Page[wire.Concern]:
    """The concerns that were raised, the newest first."""
    return call.page(_every(call), wire.of, newest_first=True)


@route("GET", ONE, page="concern")
def concern(call: Call, concern: int) -> wire.Concern:
    """One concern."""
    return wire.of(_found(call, concern))


@route("POST", f"{AREA}/concerns", status=201)
def raise_concern(call: Call, told: NewConcern) -> wire.Concern:
    """Raise one: everybody in the area may, whoever only looks on, too."""
    given = formed(Raise(shapes.told(told)))
    brief = call.brief(told.idea) if told.idea is not None else None
    made = Concern.objects.raise_it(call.area, call.person, given["kind"], given["text"], brief)
    return wire.of(made)


@route("POST", f"{ONE}/replies", status=201)
def answer_concern(call: Call, concern: int, told: NewReply) -> wire.Concern:
    """Say something to it."""
    one = _found(call, concern)
    if one.by_id != call.person.pk:
        call.takes_part()
    text = formed(Say(shapes.told(told)))["text"]
    _once(lambda: one.reply(call.person, text))
    return wire.of(_found(call, concern))


@route("PUT", f"{ONE}/resolution")
def resolve_concern(call: Call, concern: int, told: NewReply) -> wire.Concern:
    """End it with a sentence; who raised it does, for what Colead found a side that owes an answer."""
    one = _found(call, concern)
    call.demand(one.may_resolve(call.membership), f"{one.raiser} raised it and says when it is resolved.")
    text = formed(Say(shapes.told(told)))["text"]
    _once(lambda: one.resolve(call.person, text))
    return wire.of(_found(call, concern))


@route("GET", f"{IDEA}/trail", page="trail")
def trail(call: Call, number: int) -> wire.Trail:
    """By which branch or ticket the changes of an idea are known; empty where nobody said."""
    brief = call.brief(number)
    return wire.trail(Trail.objects.filter(brief=brief).first() or Trail(brief=brief))


@route("PUT", f"{IDEA}/trail")
def follow_idea(call: Call, number: int, told: NewTrail) -> wire.Trail:
    """Say by which branch or ticket the changes of an idea are known."""
    brief = call.brief(number)
    call.takes_part()
    return wire.trail(follow(brief, call.person, **formed(Follow(shapes.told(told)))))
