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
class Ownership:
    """Who decides what, as it holds: what both sides signed last; until then, the usual table."""

    share: int
    owns: tuple[Owned, ...]
    changed: tuple[str, ...]  # what a version that not both sides signed yet would change, a sentence each


@dataclass(frozen=True)
class Link:
    """Words that lead to a page."""

    words: str
    to: str


@dataclass(frozen=True)
class Block:
    """One of the six rules of working together, and what is so in the area today."""

    title: str
    line: str
    fact: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Home:
    """How two people lead an area together: what waits for whoever asks, and the six rules."""

    led: str
    signed: str
    sentence: str
    waits: tuple[Link, ...]
    blocks: tuple[Block, ...]


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


def ownership(one: models.Area) -> Ownership:
    """The table of an area that holds."""
    holds, newest = one.ownership, one.newest_terms
    changed = holds.changes(newest.ownership) if newest else []
    owns = tuple(Owned(*each) for each in holds.rows)
    return Ownership(one.share, owns, tuple(changed))


def home(one: models.Membership) -> Home:
    """The home of an area as a member sees it."""
    from colead.web.areas.agreement import blocks, led, signed, waiting

    sentence, waits = waiting(one.area, one)
    told = tuple(
        Block(each.title, each.line, each.fact, tuple(Link(link.words, link.to) for link in each.links))
        for each in blocks(one.area)
    )
    links = tuple(Link(each.words, each.to) for each in waits)
    return Home(led(one.area), signed(one.area), sentence, links, told)
