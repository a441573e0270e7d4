"""Resources of prototypes."""

from __future__ import annotations

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.briefs.texts import IDEA
from colead.web.prototypes import wire


@route("GET", f"{IDEA}/prototypes")
def prototypes(call: Call, number: int) -> Page[wire.PrototypeWire]:
    """The experiments on an idea."""
    return call.page(call.brief(number).prototypes.select_related("brief", "by"), wire.of)
