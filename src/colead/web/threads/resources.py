"""Resources of discussions: opening one, saying something, what it is about, its test, its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from colead.settle import takes
from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited
from colead.web.areas.resources import AREA
from colead.web.briefs.form import LONGEST_TITLE
from colead.web.briefs.models.section import Stale
from colead.web.briefs.texts import IDEA
from colead.web.threads import wire
from colead.web.threads.forms import Come, Opening, Outcome, Say
from colead.web.threads.models import LONGEST, Message, Outdated, Thread

ONE = f"{IDEA}/discussions/<int:thread>"


@dataclass(frozen=True)
class NewDiscussion:
    """A discussion with its first message; on the idea, or on one of its texts, a decision, a concern."""

    title: str = limited(LONGEST_TITLE, least=1)
    text: str = limited(LONGEST, least=1)
    kind: Literal["idea", "section", "suggestion", "decision", "concern"] = "idea"
    key: str = limited(40, default="")


@dataclass(frozen=True)
class NewMessage:
    """What one says; @Name asks somebody."""

    text: str = limited(LONGEST, least=1)


@dataclass(frozen=True)
class Reworded:
    """Another wording over the one that one has read (else If-Match says it)."""

    text: str = limited(LONGEST, least=1)
    over: int | None = None


@dataclass(frozen=True)
class NewSpace:
    """What is discussed, which says who decides."""

    space: Literal["problem", "solution", "fact"]


@dataclass(frozen=True)
class NewTest:
    """A way to settle it; how many come by in a day, and of 100 how many do it today and are hoped to."""

    way: Literal["look", "prototype", "door", "before", "ab"]
    daily: int | None = None
    today: float | None = None
    hoped: float | None = None


@dataclass(frozen=True)
class NewOutcome:
    """What came of it, in a sentence; `into` writes it into one of the idea's texts, too."""

    outcome: str = limited(500, least=1)
    into: Literal["", "problem", "approach", "outcome"] = ""


def _told(found: QuerySet[Thread]) -> QuerySet[Thread]:
    return found.select_related("brief", "by").prefetch_related("messages__by")


def _found(call: Call, number: int, thread: int) -> Thread:
    one = get_object_or_404(_told(call.brief(number).threads.all()), number=thread)
    one.brief.area = call.area
    return one


@route("GET", f"{AREA}/discussions", page="area-discussions")
def area_discussions(call: Call) -> Page[wire.Discussion]:
    """What is still discussed in the area, the newest first."""
    return call.page(_told(Thread.objects.open_in(call.area)), wire.of, newest_first=True)


@route("GET", f"{IDEA}/discussions", page="discussions")
def discussions(call: Call, number: int) -> Page[wire.Discussion]:
    """The discussions on an idea with their messages."""
    return call.page(_told(call.brief(number).threads.all()), wire.of)


@route("GET", ONE, page="discussion")
def discussion(call: Call, number: int, thread: int) -> wire.Discussion:
    """One discussion with its messages."""
    return wire.of(_found(call, number, thread))


@route("POST", f"{IDEA}/discussions", status=201)
def open_discussion(call: Call, number: int, told: NewDiscussion) -> wire.Discussion:
    """Open a discussion with its first message."""
    call.takes_part()
    given = formed(Opening(shapes.told(told)))
    said = (given["title"], given["text"], given["kind"], given["key"])
    made = Thread.objects.begin(call.brief(number), call.person, *said)
    return discussion(call, number, made.number)


@route("POST", f"{ONE}/messages", status=201)
def say(call: Call, number: int, thread: int, told: NewMessage) -> wire.Message:
    """Say something; who looks on may where a message names them."""
    one = _found(call, number, thread)
    if not one.takes_word_of(call.person):
        call.takes_part()
    return wire.of_message(one.add(call.person, formed(Say(shapes.told(told)))["text"]))


@route("PUT", f"{ONE}/messages/<int:message>", lifts=True)
def reword_message(call: Call, number: int, thread: int, message: int, told: Reworded) -> wire.Message:
    """Say it differently; its wordings are kept, and only who wrote it does."""
    one = _found(call, number, thread)
    found: Message = get_object_or_404(one.messages.select_related("by"), pk=message)
    found.thread = one
    call.takes_part()
    call.demand(found.by_id == call.person.pk, "Only who wrote a message changes its wording.")
    over, text = call.over(told.over), formed(Say({"text": told.text}))["text"]
    try:
        found.reword(call.person, text, over=over)
    except Outdated as outdated:
        stands = shapes.told(wire.of_message(outdated.message))
        why = "Another wording stands; nothing of yours was saved."
        raise Problem(call.stale_status, "stale", why, param="over", stands=stands) from outdated
    return wire.of_message(found)


@route("PUT", f"{ONE}/space")
def set_space(call: Call, number: int, thread: int, told: NewSpace) -> wire.Discussion:
    """Say what is discussed: the problem, the solution or a fact."""
    one = _found(call, number, thread)
    call.takes_part()
    one.discuss(call.person, told.space)
    return discussion(call, number, thread)


@route("PUT", f"{ONE}/test")
def set_test(call: Call, number: int, thread: int, told: NewTest) -> wire.Discussion:
    """Choose what would settle it; how long that takes is said with it."""
    one = _found(call, number, thread)
    call.takes_part()
    some = (told.daily, told.today, told.hoped) != (None, None, None)
    traffic = Come(shapes.told(told)) if some else Come()
    if some:
        formed(traffic)
    one.test(call.person, told.way, takes(told.way, traffic.traffic)[:200])
    return discussion(call, number, thread)


@route("PUT", f"{ONE}/outcome")
def close_discussion(call: Call, number: int, thread: int, told: NewOutcome) -> wire.Discussion:
    """Close it with a sentence; its owner writes it into a text, everybody else suggests it there."""
    one = _found(call, number, thread)
    call.takes_part()
    given = formed(Outcome(shapes.told(told)))
    try:
        one.close(call.person, given["outcome"], given["into"], call.membership)
    except Stale as stale:
        why = "Somebody changed that text at this very moment; nothing was saved."
        raise Problem(409, "stale", why, param="into") from stale
    return discussion(call, number, thread)


@route("DELETE", f"{ONE}/outcome")
def reopen_discussion(call: Call, number: int, thread: int) -> None:
    """Discuss it again; what had come of it stays written in the entries."""
    one = _found(call, number, thread)
    call.takes_part()
    one.reopen(call.person)
