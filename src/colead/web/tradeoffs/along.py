"""Along: the tradeoffs of an area in its export, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from colead.web.areas.models import Area
from colead.web.keeping.table import lines
from colead.web.tradeoffs.wire import of

HEAD = ("kind", "skip", "risk", "idea", "state", "accepted by", "until", "against", "since then")


def files(area: Area) -> Iterator[tuple[str, Iterable[str]]]:
    """Name and text."""
    found = area.tradeoffs.select_related("brief", "by").prefetch_related("acceptances__by").order_by("pk")
    rows = (of(one) for one in found.iterator(chunk_size=200))
    told = (
        (
            one.kind,
            one.skip,
            one.risk,
            one.idea,
            one.state,
            one.accepted_by,
            one.until,
            one.against,
            one.happened,
        )
        for one in rows
    )
    yield "tradeoffs.csv", lines(HEAD, told)
