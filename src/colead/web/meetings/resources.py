"""Resources of meetings: the next one, its ideas, its course, and what came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.shortcuts import get_object_or_404

from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited
from colead.web.areas.resources import AREA
from colead.web.meetings import models, wire
from colead.web.meetings.forms import Note

ONE = f"{AREA}/meetings/<int:meeting>"


@dataclass(frozen=True)
class NewDay:
    """The day on which you meet next."""

    on: date


@dataclass(frozen=True)
class Noted:
    """What was decided or what a side owes, and the number of the idea that it is about."""

    text: str = limited(models.LONGEST, least=1)
    kind: Literal["decided", "product", "engineering"] = "decided"
    idea: int | None = None


def _found(call: Call, meeting: int) -> models.Meeting:
    one: models.Meeting = get_object_or_404(call.area.meetings, pk=meeting)
    one.area = call.area
    return one


def _ahead(call: Call, meeting: int) -> models.Meeting:
    call.takes_part()
    one = _found(call, meeting)
    if one.ended:
        raise Problem(409, "over", "This meeting is over.", param="meeting")
    return one


@route("GET", f"{AREA}/meetings", page="meeting")
def meetings(call: Call) -> Page[wire.Meeting]:
    """The meetings of the area, the newest first."""
    return call.page(call.area.meetings.prefetch_related(*wire.ALONG), wire.of, newest_first=True)


@route("GET", ONE, page="live")
def meeting(call: Call, meeting: int) -> wire.Meeting:
    """One meeting."""
    return wire.of(_found(call, meeting))


@route("PUT", f"{AREA}/meetings/next")
def set_meeting(call: Call, told: NewDay) -> wire.Meeting:
    """Plan the next meeting, or move it."""
    call.takes_part()
    return wire.of(models.Meeting.objects.plan(call.area, call.person, told.on))


@route("PUT", f"{ONE}/ideas/<int:number>")
def put_on_agenda(call: Call, meeting: int, number: int) -> wire.Meeting:
    """Talk about this idea, too."""
    one = _ahead(call, meeting)
    one.put(call.person, call.brief(number))
    return wire.of(one)


@route("DELETE", f"{ONE}/ideas/<int:number>")
def take_off_agenda(call: Call, meeting: int, number: int) -> None:
    """Talk about it another time."""
    _ahead(call, meeting).leave_out(call.person, call.brief(number))


@route("PUT", f"{ONE}/begin")
def begin_meeting(call: Call, meeting: int) -> wire.Meeting:
    """It begins."""
    one = _ahead(call, meeting)
    one.begin(call.person)
    return wire.of(one)


@route("PUT", f"{ONE}/end")
def end_meeting(call: Call, meeting: int) -> wire.Meeting:
    """It is over."""
    call.takes_part()
    one = _found(call, meeting)
    one.end(call.person)
    return wire.of(one)


@route("POST", f"{ONE}/outcomes", status=201)
def note_outcome(call: Call, meeting: int, told: Noted) -> wire.Outcome:
    """Write down what was decided, or what a side owes."""
    call.takes_part()
    one = _found(call, meeting)
    given = formed(Note({"kind": told.kind, "text": told.text}))
    brief = call.brief(told.idea) if told.idea is not None else None
    return wire.outcome(one.note(call.person, given["kind"], given["text"], brief))


@route("PUT", f"{AREA}/owed/<int:outcome>/done")
def do_what_is_owed(call: Call, outcome: int) -> wire.Outcome:
    """It is done; the side that owes it says so."""
    call.takes_part()
    found = models.Outcome.objects.select_related("meeting", "brief", "by")
    one = get_object_or_404(found, meeting__area=call.area, pk=outcome)
    one.meeting.area = call.area
    call.demand(one.kind == call.membership.side, f"This is owed by {one.kind}.")
    one.finish(call.person)
    one.refresh_from_db()
    return wire.outcome(one)
