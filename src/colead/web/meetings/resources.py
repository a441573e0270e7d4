"""Resources of meetings."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.areas.resources import AREA
from colead.web.meetings import wire


@route("GET", f"{AREA}/meetings")
def meetings(call: Call) -> Page[wire.Meeting]:
    """The meetings of the area, the newest first."""
    return call.page(call.area.meetings.all(), wire.of, newest_first=True)


@route("GET", f"{AREA}/meetings/<int:meeting>")
def meeting(call: Call, meeting: int) -> wire.Meeting:
    """One meeting."""
    return wire.of(get_object_or_404(call.area.meetings, pk=meeting))
