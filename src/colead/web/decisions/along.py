"""Along: the decisions of an area in its export, each as a Markdown file (MADR)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from colead.web.areas.models import Area
from colead.web.decisions.files import ALONG, FETCHED, file_of


def files(area: Area) -> Iterator[tuple[str, Iterable[str]]]:
    """Name and text."""
    found = area.decisions.select_related(*ALONG).prefetch_related(*FETCHED).order_by("number")
    for one in found.iterator(chunk_size=200):
        one.area = area
        name, text = file_of(one)
        yield f"decisions/{name}", [text]
