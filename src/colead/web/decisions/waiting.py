"""Waiting: decisions that somebody owns, calls that ask for their concern, and those that ask again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from colead.phrase import day
from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting
from colead.web.decisions.models import Decision, Doubt, Raised, Space
from colead.web.decisions.models.call import Kind
from colead.web.decisions.models.decision import deciding
from colead.web.decisions.models.proposal import proposed
from colead.web.threads.mentions import mentioned

MOST = 50  # of each kind


def waits(membership: Membership) -> Iterator[Waiting]:
    """What waits for this member on decisions."""
    if not membership.takes_part:
        return
    area = membership.area
    mine = [space for space in Space.values if membership.side in deciding(area, space)]
    if membership.leads:
        yield from _owned(membership, mine)
        yield from _again(membership, mine)
    yield from _called(membership, mine if membership.leads else [])
    yield from _held(membership)
    yield from _over(membership)


def due(decision: Decision) -> bool:
    """Whether nothing is left but to decide: nobody was asked for concerns, or none stands after the call."""
    call = getattr(decision, "call", None)
    stands = any(each.stands for each in decision.raised.all())
    return call is None or (call.over(timezone.localdate()) and not stands)


def _owned(membership: Membership, mine: list[str]) -> Iterator[Waiting]:
    found = Decision.objects.open().filter(area=membership.area_id, space__in=mine)
    found = (
        found.select_related("call")
        .prefetch_related("raised", "proposals__by", "proposals__option")
        .defer("background")
        .order_by("id")
    )
    for one in found[:MOST]:
        one.area = membership.area
        reason = f"your side decides about {one.get_space_display()}"
        call = getattr(one, "call", None)
        there = proposed(one)
        if there is not None:
            if there.side != membership.side:
                told = f"{one.question} {there.by.name} proposes: {there.option.name}; do you agree?"
                yield Waiting(there.at, told, one.address, "both sides decide this", "decision")
        elif not due(one):
            continue
        elif call is None:
            yield Waiting(one.made, f"{one.question} Nobody decided yet", one.address, reason, "decision")
        else:
            since = timezone.make_aware(datetime.combine(call.until, time.max))
            told = f"{one.question} Nobody has a concern left; you decide"
            yield Waiting(since, told, one.address, reason, "decision")


def _again(membership: Membership, mine: list[str]) -> Iterator[Waiting]:
    fired = Doubt.objects.filter(area=membership.area_id, fired__isnull=False, answered=None)
    fired = fired.filter(decision__space__in=mine).select_related("decision").order_by("id")
    for one in fired[:MOST]:
        one.decision.area = membership.area
        told = f"{one.decision.question} The decision asks again: {one.because}"
        reason = f"your side decides about {one.decision.get_space_display()}"
        if one.fired:
            yield Waiting(one.fired, told, one.decision.address, reason, "again")


def _called(membership: Membership, mine: list[str]) -> Iterator[Waiting]:
    said = Raised.objects.filter(by=membership.person_id).values("decision")
    found = Decision.objects.open().filter(area=membership.area_id, call__until__gte=timezone.localdate())
    found = found.exclude(space__in=mine).exclude(pk__in=said).exclude(call__by=membership.person_id)
    called = found.select_related("call__by").order_by("id")
    for one in called.defer("background")[:MOST] if membership.leads else _naming(membership, called):
        one.area = membership.area
        until = day(one.call.until, today=timezone.localdate())
        told = f"{one.question} {one.call.by.name} asks for concerns until {until}"
        reason = "both leads are asked" if membership.leads else "you are named in it"
        yield Waiting(one.call.at, told, one.address, reason, "call")


def _naming(membership: Membership, found: QuerySet[Decision]) -> Iterator[Decision]:
    """Those that name this member with an @, in the question or in what one has to know."""
    told = found.filter(Q(question__contains="@") | Q(background__contains="@"))
    members = membership.area.memberships.values_list("person", "person__name")
    names = dict(members)
    for one in told[:MOST]:
        if membership.person_id in mentioned(f"{one.question}\n{one.background}", names):
            yield one


def _over(membership: Membership) -> Iterator[Waiting]:
    """A concern of one's own that holds a decision up after its call has run out."""
    mine = Raised.objects.filter(by=membership.person_id, resolved=None, kind=Kind.CONCERN)
    mine = mine.filter(decision__area=membership.area_id, decision__choice=None, decision__withdrawal=None)
    mine = mine.filter(decision__call__until__lt=timezone.localdate())
    for one in mine.select_related("decision__call").order_by("id")[:MOST]:
        one.decision.area = membership.area
        since = timezone.make_aware(datetime.combine(one.decision.call.until, time.max))
        told = f"{one.decision.question} The call ran out, and your concern stands"
        yield Waiting(since, told, one.decision.address, "you say when it is resolved", "call")


def _held(membership: Membership) -> Iterator[Waiting]:
    mine = Raised.objects.filter(by=membership.person_id, resolved=None, kind=Kind.HOLD)
    mine = mine.filter(decision__area=membership.area_id, decision__choice=None, decision__withdrawal=None)
    for one in mine.select_related("decision").order_by("id")[:MOST]:
        one.decision.area = membership.area
        told = f"{one.decision.question} You asked for time"
        yield Waiting(one.at, told, one.decision.address, "you said hold; you end it", "call")
