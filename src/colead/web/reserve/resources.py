"""Resources of the reserve: the repairs of an area."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from colead.web.api.call import Call
from colead.web.api.routes import Page, route
from colead.web.areas.resources import AREA
from colead.web.reserve import wire
from colead.web.reserve.coming import along
from colead.web.reserve.models import Repair


@route("GET", f"{AREA}/repairs", page="repairs")
def repairs(call: Call) -> Page[wire.RepairWire]:
    """The repairs that were proposed, the newest first."""
    return call.page(along(Repair.objects.filter(area=call.area)), wire.of, newest_first=True)


@route("GET", f"{AREA}/repairs/<int:repair>", page="repair")
def repair(call: Call, repair: int) -> wire.RepairWire:
    """One repair."""
    return wire.of(get_object_or_404(along(Repair.objects.filter(area=call.area)), pk=repair))
