"""Waiting: suggestions that a side has not answered, and texts that the other side signed alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting, at
from colead.web.briefs.form import SPACES
from colead.web.briefs.models import Agreement, Brief, Suggestion

MOST = 50  # of each kind


def waits(membership: Membership) -> Iterator[Waiting]:
    """What waits for this member on ideas and on the terms."""
    if not membership.takes_part:
        return
    yield from _suggestions(membership)
    if membership.leads:
        yield from _half_signed(membership)
        yield from _terms(membership)


def _suggestions(membership: Membership) -> Iterator[Waiting]:
    mine = [space for space in SPACES if membership.may_edit(space)]
    open_ones = Suggestion.objects.filter(
        section__brief__area=membership.area_id, accepted=None, section__space__in=mine
    ).exclude(by=membership.person_id)
    for one in open_ones.select_related("by", "section__brief").order_by("id")[:MOST]:
        brief, space = one.section.brief, one.section.space
        told = f"{one.by.name} suggests another {space} for {brief.title}"
        yield Waiting(one.at, told, _to(membership, brief), f"your side writes the {space}", "suggestion")


def _half_signed(membership: Membership) -> Iterator[Waiting]:
    standing = Agreement.objects.filter(section__brief__area=membership.area_id, lifted=None)
    mine = Agreement.objects.filter(section=OuterRef("section"), lifted=None, side=membership.side)
    half = standing.filter(~Exists(mine), section__brief__shipped=None)
    for one in half.select_related("by", "section__brief").order_by("id")[:MOST]:
        brief, space = one.section.brief, one.section.space
        told = f"{one.by.name} agreed to the {space} of {brief.title}; {membership.side} has not yet"
        yield Waiting(one.at, told, _to(membership, brief), "you sign for your side", "agreement")


def _terms(membership: Membership) -> Iterator[Waiting]:
    terms = membership.area.newest_terms
    if terms is not None and membership.side not in terms.signed_by:
        told = f"{terms.by.name} changed what you both agree on: version {terms.number}"
        link = at("area", membership.area.slug)
        yield Waiting(terms.at, told, link, "both leads sign the terms", "terms")


def _to(membership: Membership, brief: Brief) -> str:
    return at("brief", membership.area.slug, brief.number)
