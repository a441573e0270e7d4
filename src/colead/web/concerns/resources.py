"""Resources of concerns: the bad news of an area."""

from __future__ import annotations

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.areas.resources import AREA
from colead.web.concerns import wire


@route("GET", f"{AREA}/concerns")
def concerns(call: Call) -> Page[wire.Concern]:
    """The concerns that were raised, the newest first."""
    return call.page(call.area.concerns.select_related("brief"), wire.of, newest_first=True)
