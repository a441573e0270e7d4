"""Rendered: pages of ideas, and the pieces of a reading on them, kept as long as nothing on them changes."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from colead.web.areas.models import Membership
from colead.web.briefs.past import moved

if TYPE_CHECKING:
    from colead.tradeoff import Tradeoff
    from colead.web.briefs.models import Brief
    from colead.web.repositories.models import KeptReading
    from colead.writers.amiss import Folds

MOST = 64  # pages, and readings whose pieces a process keeps, some 80 KB each
LASTS = 60  # seconds; names of people, for one, change without an entry in the area
Made = TypeVar("Made")


class Shelf(Generic[Made]):
    """The things of the last keys; this process alone keeps them, so they are as old as its code."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, ...], Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What is kept under the key, made where nothing is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_TOLD: Shelf[tuple[str, dict[str, str]]] = Shelf()
_NEWS: Shelf[tuple[str, ...]] = Shelf()
_SKIPS: Shelf[tuple[Tradeoff, ...]] = Shelf()
_PAGES: Shelf[tuple[bytes, bytes]] = Shelf()


def page(seen: Membership, about: tuple[object, ...], token: str, make: Callable[[str], bytes]) -> bytes:
    """A page as this member sees it; made anew where anything that it is about changed, and a minute later.

    `about` is what the page is of, with the last entry that tells of it. `make` makes it with the text given
    in the place of the token, and so with no request's own.
    """
    area, person = seen.area, seen.person
    who = (seen.pk, seen.side, seen.role, person.name, person.technical, person.keys)
    where = (area.pk, area.name, area.slug, area.made)

    def made() -> tuple[bytes, bytes]:
        mark = secrets.token_hex()  # no text can hold it
        return mark.encode(), make(mark)

    mark, text = _PAGES.get((*who, *where, int(time.time() // LASTS), *about), made)
    return text.replace(mark, escape(token).encode())


def told(kept: KeptReading, brief: Brief, membership: Membership, token: str) -> dict[str, SafeString]:
    """The findings, each for the side that owes the answer; `token` is what forms beside them carry."""
    from colead.web.parts.amiss import forms

    speaks = bool(membership.takes_part and token)

    def make() -> tuple[str, dict[str, str]]:
        mark = secrets.token_hex()  # stands for the token of each request; no text can hold it
        return mark, _pieces(kept, forms(brief, membership, mark if speaks else ""), brief.area.slug)

    mark, pieces = _TOLD.get((*_name(kept), brief.area.slug, speaks), make)
    # The writers escape whatever comes from a spec or a repository.
    return {
        name: mark_safe(text.replace(mark, escape(token)) if speaks else text)  # noqa: S308 - escaped
        for name, text in pieces.items()
    }


def news(before: KeptReading, kept: KeptReading) -> tuple[str, ...]:
    """What a reading says that the one before did not."""

    def make() -> tuple[str, ...]:
        old, new = before.reading, kept.reading
        return tuple(moved(old, new)) if old and new else ()

    return _NEWS.get((*_name(before), *_name(kept)), make)


def tradeoffs(kept: KeptReading) -> tuple[Tradeoff, ...]:
    """The tradeoffs that a reading tells."""

    def make() -> tuple[Tradeoff, ...]:
        whole = kept.reading
        return whole.tradeoffs if whole else ()

    return _SKIPS.get(_name(kept), make)


def _name(kept: KeptReading) -> tuple[object, ...]:
    return kept.pk, kept.made, kept.digest


def _pieces(kept: KeptReading, folds: Folds, slug: str) -> dict[str, str]:
    from colead.writers import across, html, proof, sides

    whole = kept.reading
    if whole is None:
        return {}
    # Questions stand on the page as rows that are answered in place.
    asked = {each.ask for each in whole.questions}
    partners = (replace(each, ask="") if each.ask in asked else each for each in whole.partners)
    one = replace(whole, questions=(), partners=tuple(partners))
    return {
        "verdict": html.verdict(whole),
        "three": html.three(one),
        "engineering": sides.findings(one, fields=False, folds=folds),
        "across": across.across(one, fields=False),
        "undated": "" if whole.timeline else "yes",
        "proof": proof.proof(whole, reverse("record", args=[slug])),
        "read": html.read_on(one),
    }
