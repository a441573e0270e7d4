"""Resources of prototypes: beginning one, its answer, more time, reading its branch again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.shortcuts import get_object_or_404

from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited
from colead.web.briefs.texts import IDEA
from colead.web.jobs import wire as jobs
from colead.web.prototypes import wire
from colead.web.prototypes.forms import Box, End, Start, proposed
from colead.web.prototypes.models import (
    LONGEST_ANSWER,
    LONGEST_BRANCH,
    LONGEST_QUESTION,
    Prototype,
    branch_for,
)
from colead.web.prototypes.try_out import try_later

ONE = f"{IDEA}/prototypes/<int:prototype>"


@dataclass(frozen=True)
class NewPrototype:
    """One question; the branch and the end of the box, as Colead proposes them where they are left out."""

    question: str = limited(LONGEST_QUESTION, least=1)
    branch: str = limited(LONGEST_BRANCH, default="")
    until: date | None = None


@dataclass(frozen=True)
class NewVerdict:
    """Whether it holds, and what was learned."""

    verdict: Literal["yes", "no", "open"]
    answer: str = limited(LONGEST_ANSWER, least=1)


@dataclass(frozen=True)
class NewBox:
    """The end of the box."""

    until: date


def _found(call: Call, number: int, prototype: int) -> Prototype:
    brief = call.brief(number)
    one: Prototype = get_object_or_404(brief.prototypes.select_related("by"), pk=prototype)
    one.brief = brief
    return one


@route("GET", f"{IDEA}/prototypes", page="prototypes")
def prototypes(call: Call, number: int) -> Page[wire.Prototype]:
    """The experiments on an idea."""
    return call.page(call.brief(number).prototypes.select_related("brief", "by"), wire.of)


@route("GET", ONE, page="prototype")
def prototype(call: Call, number: int, prototype: int) -> wire.Prototype:
    """One experiment."""
    return wire.of(_found(call, number, prototype))


@route("POST", f"{IDEA}/prototypes", status=201)
def begin_prototype(call: Call, number: int, told: NewPrototype) -> wire.Prototype:
    """Begin one; what the idea was read to touch at that moment is kept with it."""
    call.takes_part()
    brief = call.brief(number)
    branch, until = told.branch or branch_for(brief), told.until or proposed()
    given = formed(Start({"question": told.question, "branch": branch, "until": until}))
    said = (given["question"], given["branch"], given["until"])
    return wire.of(Prototype.objects.start(brief, call.person, *said))


@route("PUT", f"{ONE}/answer")
def end_prototype(call: Call, number: int, prototype: int, told: NewVerdict) -> wire.Prototype:
    """Write what was learned; its branch is read."""
    one = _found(call, number, prototype)
    call.takes_part()
    given = formed(End(shapes.told(told)))
    if not one.end(call.person, given["verdict"], given["answer"]):
        raise Problem(409, "closed", "Somebody wrote its answer already.")
    return wire.of(_found(call, number, prototype))


@route("PUT", f"{ONE}/until")
def extend_prototype(call: Call, number: int, prototype: int, told: NewBox) -> wire.Prototype:
    """Give it more time; how often that happened stays written."""
    one = _found(call, number, prototype)
    call.takes_part()
    one.extend(call.person, formed(Box(shapes.told(told)))["until"])
    return wire.of(_found(call, number, prototype))


@route("POST", f"{ONE}/readings", status=202)
def read_prototype(call: Call, number: int, prototype: int) -> jobs.Job:
    """Read its branch again; 409 as long as it is open or where there is nothing to read."""
    one = _found(call, number, prototype)
    call.takes_part()
    asked = None if one.is_open else try_later(one, call.person)
    if asked is None:
        raise Problem(409, "nothing-to-read", "It is still tried, or no repository is there to read.")
    return jobs.job(asked)
