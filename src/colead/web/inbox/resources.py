"""Resources of the inbox: what waits for whoever asks."""

from __future__ import annotations

from colead.web.api.call import Call
from colead.web.api.routes import route
from colead.web.areas.resources import AREA
from colead.web.inbox import wire


@route("GET", f"{AREA}/inbox", page="inbox", rows="waits")
def inbox(call: Call) -> wire.Inbox:
    """What waits for one in this area, and what moved."""
    return wire.of(call.membership)
