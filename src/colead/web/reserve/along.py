"""Along: the reserve of an area in its export: the file of each repository, and all repairs as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from colead.ahead.repair import FILE
from colead.web.areas.models import Area
from colead.web.keeping.table import lines
from colead.web.reserve.coming import along
from colead.web.reserve.files import text
from colead.web.reserve.wire import of

HEAD = ("week", "what", "part", "slots", "of 100 fixes fewer", "estimated by", "ended", "done", "score")


def files(area: Area) -> Iterator[tuple[str, Iterable[str]]]:
    """Name and text, the files beside those of their repository."""
    for place, one in enumerate(area.repositories.order_by("pk"), start=1):
        folder = f"repositories/{place}-{slugify(one.name) or 'repository'}"
        yield f"{folder}/{FILE}", [text(one, first=place == 1)]
    found = along(area.repairs.order_by("pk")).iterator(chunk_size=200)
    told = (
        (one.week, one.what, one.part, one.slots, one.fewer, one.estimated_by and one.estimated_by.name,
         one.ended, one.done, one.score)
        for one in map(of, found)
    )  # fmt: skip
    yield "repairs.csv", lines(HEAD, told)
