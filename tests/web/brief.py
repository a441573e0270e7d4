"""The idea that the tests of the web app start from."""

from __future__ import annotations

from colead.web.areas.models import Area
from colead.web.briefs.models import Brief

TEXT = "### Whose problem is it, and what happens today?\n\nBuyers put gift messages into the delivery box.\n"


def fresh(area: Area) -> Brief:
    """The area's first idea as it stands in the database."""
    return area.briefs.order_by("id")[0]
