"""Along: the ideas of an area in its export, each as Markdown, and all of them as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from colead.web.areas.models import Area
from colead.web.briefs.merge import marked
from colead.web.keeping.table import lines

HEAD = ("number", "title", "place", "stage", "hoped", "made", "shipped")


def files(area: Area) -> Iterator[tuple[str, Iterable[str]]]:
    """Name and text."""
    every = area.briefs.prefetch_related("sections__agreements", "commitments").order_by("pk")
    for one in every.iterator(chunk_size=200):
        yield f"ideas/{one.number:04}-{slugify(one.title)[:60] or 'idea'}.md", [marked(one)]
    told = (
        (one.number, one.title, one.place, one.stage, one.hoped, one.made, one.shipped)
        for one in every.iterator(chunk_size=200)
    )
    yield "ideas.csv", lines(HEAD, told)
