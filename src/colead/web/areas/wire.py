"""Wire: areas, people, terms and entries as programs read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from colead.web.areas import models
from colead.web.people.models import Person


@dataclass(frozen=True)
class Who:
    """A person."""

    id: int
    name: str


@dataclass(frozen=True)
class Area:
    """A product area."""

    slug: str
    name: str
    share: int
    made: datetime


@dataclass(frozen=True)
class Member:
    """A person in an area: on which side, and in which role."""

    id: int
    person: Who
    side: str
    role: str


@dataclass(frozen=True)
class Signature:
    """A side's signature under the terms."""

    side: str
    by: Who
    at: datetime


@dataclass(frozen=True)
class Owned:
    """A thing that people decide about, and the part of each side in it."""

    thing: str
    product: str
    engineering: str


@dataclass(frozen=True)
class Terms:
    """What the leads agreed on: who owns what, and the share for the health of the system."""

    version: int
    share: int
    owns: tuple[Owned, ...]
    by: Who
    at: datetime
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Entry:
    """What somebody did."""

    id: int
    at: datetime
    by: Who | None
    verb: str
    idea: int | None
    told: dict[str, Any]


def who(person: Person) -> Who:
    """A person."""
    return Who(person.pk, person.name)


def area(one: models.Area) -> Area:
    """An area."""
    return Area(one.slug, one.name, one.share, one.made)


def member(one: models.Membership) -> Member:
    """A membership, which came with its person."""
    return Member(one.pk, who(one.person), one.side, one.role)


def terms(one: models.Terms) -> Terms:
    """A version of the terms."""
    signed = one.signatures.select_related("by").order_by("id")
    signatures = tuple(Signature(each.side, who(each.by), each.at) for each in signed)
    owns = tuple(Owned(*each) for each in one.ownership.rows)
    return Terms(one.number, one.share, owns, who(one.by), one.at, signatures)


def entry(one: models.Entry) -> Entry:
    """An entry, which came with its person and idea."""
    idea = one.brief.number if one.brief else None
    return Entry(one.pk, one.at, who(one.by) if one.by else None, one.verb, idea, one.told)
