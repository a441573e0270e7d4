"""Resources of discussions."""

from __future__ import annotations

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.briefs.texts import IDEA
from colead.web.threads import wire


@route("GET", f"{IDEA}/discussions")
def discussions(call: Call, number: int) -> Page[wire.ThreadWire]:
    """The discussions on an idea with their messages."""
    found = call.brief(number).threads.select_related("brief", "by")
    return call.page(found.prefetch_related("messages__by"), wire.of)
