"""Resources of decisions: what was decided, and what is open."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.areas.resources import AREA
from colead.web.decisions import wire
from colead.web.decisions.files import ALONG, FETCHED


@route("GET", f"{AREA}/decisions")
def decisions(call: Call) -> Page[wire.Wired]:
    """The decisions of the area."""
    found = call.area.decisions.select_related(*ALONG).prefetch_related(*FETCHED)
    return call.page(found, wire.of)


@route("GET", f"{AREA}/decisions/<int:number>")
def decision(call: Call, number: int) -> wire.Wired:
    """One decision."""
    return wire.of(get_object_or_404(call.area.decisions, number=number))
