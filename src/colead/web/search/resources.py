"""Resources of the search: what is written in an area."""

from __future__ import annotations

from dataclasses import dataclass

from colead.web.api.call import Call, cursor
from colead.web.api.routes import Ask, Page, route
from colead.web.api.shapes import unfit
from colead.web.areas.resources import AREA
from colead.web.search.asked import LONGEST
from colead.web.search.marked import Pieces
from colead.web.search.shown import GROUPS, Group, groups
from colead.web.search.views import FURTHEST

WORDS = Ask("q", "The words that are looked for; a thing holds all of them.", LONGEST)
KIND = Ask("kind", f"One sort alone: {', '.join(GROUPS)}.")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing in whose words it stands; `sentence` is empty where only its name holds them."""

    kind: str
    name: str
    link: str
    of: str  # the idea it belongs to; "" where it is one, or belongs to none
    sentence: str


@route("GET", f"{AREA}/search", page="search", asks=(WORDS, KIND))
def search(call: Call) -> Page[Found]:
    """What holds all of the words, the newest first: a few of each sort, or all of one `kind`."""
    sought, kind = (call.request.GET.get(one, "").replace("\0", "").strip() for one in ("q", "kind"))
    if kind and kind not in GROUPS:
        raise unfit("kind", f"has to be one of {', '.join(GROUPS)}")
    if not kind:
        return call.cut(_found(groups([call.area], sought[:LONGEST])))
    skip, limit = min(call.cursor or 0, FURTHEST), call.limit
    made = groups([call.area], sought[:LONGEST], kind, skip, limit)
    more = bool(made and made[0].more and skip < FURTHEST)
    return Page(_found(made), cursor(skip + limit) if more else None)


def _found(made: list[Group]) -> tuple[Found, ...]:
    every = ((one, hit) for one in made for hit in one.hits)
    return tuple(Found(one.key, hit.plain, hit.link, hit.of, _plain(hit.sentence)) for one, hit in every)


def _plain(pieces: Pieces) -> str:
    return "".join(piece for piece, _ in pieces)
