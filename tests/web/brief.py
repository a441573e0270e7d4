"""The idea that the tests of the web app start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from colead.web.areas.models import Area
from colead.web.briefs.models import Brief

TEXT = "### Whose problem is it, and what happens today?\n\nBuyers put gift messages into the delivery box.\n"
ROWS = (
    ("user problem", "decides", "is asked"),
    ("technical approach", "is told", "decides"),
    ("the outcome", "decides", "decides"),
    ("launch date", "decides", "must agree"),
)


def posted(rows: Iterable[tuple[str, str, str]], share: str = "25") -> dict[str, str]:
    """What a browser sends of the table of who decides what."""
    told = {"share": share, "row-TOTAL_FORMS": str(len(list(rows))), "row-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        names = ("thing", "product", "engineering")
        told |= {f"row-{place}-{name}": value for name, value in zip(names, row, strict=True)}
    return told


TERMS = posted(ROWS)


def fresh(area: Area) -> Brief:
    """The area's first idea as it stands in the database."""
    return area.briefs.order_by("id")[0]


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block has not happened after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
