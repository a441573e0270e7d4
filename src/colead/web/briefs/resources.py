"""Resources of ideas: the idea, going ahead, shipping, its place, its readings; its texts stand beside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited, unfit
from colead.web.areas.resources import AREA
from colead.web.briefs import wire
from colead.web.briefs.form import LONGEST_TITLE
from colead.web.briefs.forms import MOST_CHANGES
from colead.web.briefs.models import Agreement, Brief, Section
from colead.web.briefs.models.section import LONGEST
from colead.web.briefs.texts import IDEA
from colead.web.briefs.told import past
from colead.web.jobs import wire as jobs
from colead.web.repositories.check import check_later


@dataclass(frozen=True)
class NewIdea:
    """An idea: its title and, as far as they are known, its texts; or one Markdown `file` with all of it."""

    title: str = limited(LONGEST_TITLE, default="")
    problem: str = limited(LONGEST, default="")
    approach: str = limited(LONGEST, default="")
    outcome: str = limited(LONGEST, default="")
    hoped: date | None = None
    file: str = limited(LONGEST, default="")


@dataclass(frozen=True)
class NewName:
    """Its title and the hoped-for date."""

    title: str = limited(LONGEST_TITLE, least=1)
    hoped: date | None = None


@dataclass(frozen=True)
class NewPlace:
    """Its place in product's order; 1 is first."""

    place: int = limited(2**31 - 1, least=1)


@dataclass(frozen=True)
class NewSize:
    """How many changes it may take, all in all; null where nobody says."""

    changes: int | None = limited(MOST_CHANGES, least=1)


@dataclass(frozen=True)
class NewShipping:
    """The day since which people have it; today where it is left out."""

    on: date | None = None


def told_ideas(call: Call) -> QuerySet[Brief]:
    """The area's ideas, with what an answer tells of them."""
    lean = Section.objects.defer("text").prefetch_related(
        Prefetch("agreements", Agreement.objects.filter(lifted=None))
    )
    found: QuerySet[Brief] = call.area.briefs.prefetch_related(Prefetch("sections", lean), "commitments")
    return found


def _told(call: Call, number: int) -> wire.Idea:
    return wire.idea(get_object_or_404(told_ideas(call), number=number))


@route("GET", f"{AREA}/ideas", page="briefs")
def ideas(call: Call) -> Page[wire.Idea]:
    """The ideas of the area, the oldest first; `place` is product's order."""
    return call.page(told_ideas(call), wire.idea)


@route("POST", f"{AREA}/ideas", status=201)
def write_idea(call: Call, told: NewIdea) -> wire.Idea:
    """Write an idea down; it is read against the area's repositories."""
    call.takes_part()
    if told.file:
        made = Brief.objects.take(call.area, call.person, told.file, told.title)
    elif not told.title.strip():
        raise unfit("title", "is missing")
    else:
        texts = {"problem": told.problem, "approach": told.approach, "outcome": told.outcome}
        made = Brief.objects.write(call.area, call.person, told.title.strip(), texts, told.hoped)
    return _told(call, made.number)


@route("GET", IDEA, page="brief")
def idea(call: Call, number: int) -> wire.Idea:
    """An idea."""
    return _told(call, number)


@route("DELETE", IDEA)
def drop_idea(call: Call, number: int) -> None:
    """Delete an idea with its texts and readings; that it was there stays written."""
    call.demand(call.membership.leads, "A lead deletes an idea.")
    call.brief(number).drop(call.person)


@route("PUT", f"{IDEA}/name")
def name_idea(call: Call, number: int, told: NewName) -> wire.Idea:
    """Change its title and the hoped-for date, which are product's."""
    brief = call.brief(number)
    call.demand(call.membership.may_edit("problem"), "Product owns the title and the hoped-for date.")
    brief.name(call.person, told.title, told.hoped)
    return _told(call, number)


@route("PUT", f"{IDEA}/size")
def size_idea(call: Call, number: int, told: NewSize) -> wire.Idea:
    """Say how many changes it may take, all in all, which is engineering's; null takes it back."""
    brief = call.brief(number)
    call.demand(call.membership.may_edit("approach"), "Engineering says how large it is.")
    brief.size(call.person, told.changes)
    return _told(call, number)


@route("PUT", f"{IDEA}/place")
def place_idea(call: Call, number: int, told: NewPlace) -> wire.Idea:
    """Give it a place in product's order; the others close up."""
    brief = call.brief(number)
    call.demand(call.membership.may_edit("problem"), "The order of ideas is product's.")
    brief.put(call.person, told.place)
    return _told(call, number)


@route("GET", f"{IDEA}/commitment")
def commitment(call: Call, number: int) -> wire.Commitment:
    """That it is built now."""
    found = call.brief(number).commitments.select_related("by").first()
    if found is None:
        raise Http404
    return wire.commitment(found)


@route("PUT", f"{IDEA}/commitment")
def go_ahead(call: Call, number: int) -> wire.Commitment:
    """Go ahead, with what is open at that moment; a lead of either side does."""
    brief = call.brief(number)
    call.demand(call.membership.leads, "A lead of either side decides to go ahead.")
    return wire.commitment(brief.go_ahead(call.person, call.membership.side))


@route("PUT", f"{IDEA}/shipping")
def ship_idea(call: Call, number: int, told: NewShipping) -> wire.Idea:
    """Say that people have it."""
    brief = call.brief(number)
    call.takes_part()
    today = timezone.localdate()
    brief.ship(call.person, min(told.on or today, today))
    return _told(call, number)


@route("GET", f"{IDEA}/readings")
def readings(call: Call, number: int) -> Page[wire.ReadingHead]:
    """The readings that were kept of it, the newest first."""
    brief = call.brief(number)
    kept, digest = brief.readings.defer("wire"), brief.digest
    return call.page(kept, lambda one: wire.reading_head(one, digest), newest_first=True)


@route("GET", f"{IDEA}/readings/<int:reading>")
def reading(call: Call, number: int, reading: int) -> wire.Reading:
    """A reading with its findings."""
    one = get_object_or_404(call.brief(number).readings, pk=reading)
    return wire.Reading(one.pk, one.made, one.verdict, tuple(one.concerns), json.loads(one.wire))


@route("POST", f"{IDEA}/readings", status=202)
def read_anew(call: Call, number: int) -> jobs.Job:
    """Ask for a new reading; 404 where the area has no repository to read yet."""
    brief = call.brief(number)
    call.takes_part()
    asked = check_later(brief, call.person)
    if asked is None:
        raise Http404
    return jobs.job(asked)


__all__ = ["past"]  # a resource of a module of its own
