"""Along: what an area agreed on and what happened there, in its export."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from colead.web.areas.models import Area
from colead.web.keeping.table import lines
from colead.writers.agreement import agreement

HEAD = ("number", "at", "by", "verb", "idea", "told")


def files(area: Area) -> Iterator[tuple[str, Iterable[str]]]:
    """Name and text."""
    yield ".colead/agreement.yml", [agreement(area.ownership)]
    entries = area.entries.select_related("by").order_by("number").iterator(chunk_size=1000)
    told = (
        (one.number, one.at, one.by.name if one.by else "Colead", one.verb, one.idea, json.dumps(one.told))
        for one in entries
    )
    yield "entries.csv", lines(HEAD, told)
