"""Along: what an area calls parts and said of readings, in its export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from colead.web.areas.models import Area
from colead.web.parts.lessons import beside


def files(area: Area) -> Iterator[tuple[str, Iterable[str]]]:
    """Name and text, in a folder for each repository."""
    for place, one in enumerate(area.repositories.order_by("pk"), start=1):
        for name, text in beside(one).items():
            yield f"repositories/{place}-{slugify(one.name) or 'repository'}/{name}", [text.decode()]
