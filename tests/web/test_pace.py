"""Pace: no page, list of the API or form of data asks the database more where more is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import Client
from fuller import grow
from test_hardness import ARCHIVES, asked_of
from test_routes import NOBODY, TABLE, address, asked, fetched, owed, planned

from colead.web.api.data import pages
from colead.web.api.routes import every
from colead.web.areas.resources import AREA
from colead.web.people.models import Person

__all__ = ["asked", "fetched", "owed", "planned"]  # the fixtures that fill the area

MOST = 80  # questions of one page; each is asked for in half a millisecond
BESIDE = (
    "/checkout/search?q=gift+notes", "/checkout/search?q=gift&kind=ideas",
    "/checkout/search?q=gift&kind=decisions",
    "/checkout/search?q=absent", "/search?q=gift", "/checkout/menu?q=gift", "/checkout/inbox?page=2",
    "/checkout/ideas?page=2", "/checkout/ideas?order=1", "/checkout/decisions?state=open",
    "/checkout/decisions/new?idea=1", "/checkout/meeting?idea=1", "/checkout/?print=1", "/", "/me",
    "/today.json", "/installation",
)  # fmt: skip


def _there(area: Any) -> Iterator[str]:
    """The address of everything that can be looked at in an area."""
    yield from BESIDE
    for name, (parts, seen, _, _) in TABLE.items():
        if "area" in parts and seen and seen is not NOBODY and name not in ARCHIVES:
            yield address(name, area)
    for name in pages():
        if "area" in TABLE[name][0]:
            there = address(name, area)
            yield from (f"{there}.{form}" for form in ("json", "csv", "md"))
    for one in every():
        if one.method == "GET" and one.many and one.path.startswith(f"{AREA}/"):
            there = one.path.replace("<slug:area>", "checkout").replace("<int:number>", "1")
            yield f"/api/1/{there}?limit=5"


def test_every_page_asks_as_often_where_more_is_there(area: Any, signed_in: Any) -> None:
    client: Client = signed_in("product lead")
    Person.objects.filter(pk=area.priya.pk).update(is_admin=True)
    there = [to for to in _there(area) if client.get(to).status_code == 200]
    assert len(there) > 150, there
    before = {to: asked_of(client, to) for to in there}
    assert grow(area.area, 3) > 300
    after = {to: asked_of(client, to) for to in there}
    assert not {to: (before[to], count) for to, count in after.items() if count > before[to]}
    assert not {to: count for to, count in after.items() if count > MOST}
