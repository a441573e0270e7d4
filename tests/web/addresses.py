"""Doors: every address from which something of an area could come, as the URL conf and the API tell them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, get_resolver, reverse
from test_api_routes import TABLE as ACTS
from test_routes import TABLE as PAGES

from colead.web.api.data import FORMS, pages
from colead.web.api.routes import every

SLUG = "harbour"
SEARCHES = ("everywhere", "search", "menu")


@dataclass(frozen=True)
class Door:
    """Where to knock, and what a form sends there."""

    name: str
    address: str
    form: dict[str, Any] = field(default_factory=dict)
    method: str = "GET"


def parts(ground: Any, slug: str = SLUG) -> dict[str, object]:
    """What stands for each changing part of an address: things of the area that carry a canary."""
    return {
        "area": slug,
        "number": 1,
        "key": "services/zanarypart",
        "file": "corrections",
        "space": "problem",
        "thread": ground.thread.number,
        "message": ground.message.pk,
        "question": ground.question.pk,
        "suggestion": ground.suggestion.pk,
        "meeting": ground.meeting.pk,
        "outcome": ground.outcome.pk,
        "decision": ground.decision.number,
        "tradeoff": ground.tradeoff.pk,
        "occasion": ground.occasion.pk,
        "concern": ground.concern.pk,
        "repair": ground.repair.pk,
        "repository": ground.shop.pk,
        "prototype": ground.prototype.pk,
        "doubt": ground.doubt.pk,
        "raised": ground.raised.pk,
        "member": ground.mine.pk,
        "reading": ground.brief.newest_reading.pk,
        "job": ground.area.jobs.order_by("id")[0].pk,
        "version": 1,
        "id": "X01-0",
        "token": "wrong",
        "secret": "wrong",
        "mark": "wrong",
    }


# The table of pages says "pk" of many things; of which, by the name of the route.
PKS = {
    "member": "member", "repository": "repository", "fetch": "repository", "token": "repository",
    "lessons-file": "repository", "reserve-file": "repository", "job": "job", "live": "meeting",
    "outcome": "outcome", "concern": "concern", "repair": "repair", "repair-yes": "repair",
    "repair-estimate": "repair", "repair-week": "repair", "repair-end": "repair", "prototype": "prototype",
    "pack": "prototype", "decision-concern": "raised", "decision-doubt": "doubt", "tradeoff": "tradeoff",
    "occasion": "occasion", "own-token": "version",
}  # fmt: skip


def page_doors(ground: Any, slug: str = SLUG) -> Iterator[Door]:
    """Every page; one that the table of routes does not know fails."""
    for one in get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            yield Door(f"page {one.name}", _page(str(one.name), ground, slug), PAGES[str(one.name)][3])


def search_doors(ground: Any) -> Iterator[Door]:
    """Every search, for the beginning of all canaries, over everything and by kind."""
    from canary import SOUGHT

    from colead.web.search.shown import GROUPS

    for address in (_page(name, ground) for name in SEARCHES):
        for kind in ("", *GROUPS):
            yield Door(f"search {kind or 'all'} {address}", f"{address}?q={SOUGHT}&kind={kind}")


def _page(name: str, ground: Any, slug: str = SLUG) -> str:
    known = parts(ground, slug)
    told = {one: known[PKS[name] if one == "pk" else one] for one in PAGES[name][0]}
    return reverse(name, kwargs=told)


def form_doors(ground: Any) -> Iterator[Door]:
    """Every page that has data, in its three forms."""
    for name in pages():
        for form in FORMS:
            yield Door(f"form {name}.{form}", f"{_page(name, ground)}.{form}")


def act_doors(ground: Any, slug: str = SLUG, *, reads: bool) -> Iterator[Door]:
    """Every route of the API, those that read or those that change."""
    for one in every():
        if (one.method == "GET") is reads:
            there = f"/api/1{one.address.format(**parts(ground, slug))}"
            yield Door(f"act {one.name}", there, ACTS[one.name][1], one.method)
