"""The reserve on the page of investments."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from colead.web.areas.models import Area
from colead.web.repositories.models import ready
from colead.web.reserve.coming import Coming, along
from colead.web.reserve.files import beside
from colead.web.reserve.landed import done_lately, landed
from colead.web.reserve.models import Repair
from colead.web.reserve.page import where
from colead.web.reserve.score import score

register = template.Library()
ENDED = 5  # repairs that are named


@register.simple_tag
def reserve_of(area: Area) -> dict[str, Any]:
    """The coming weeks, what comes next, what ended, and what the repositories' own files say."""
    coming = Coming(area, timezone.localdate())
    ended = list(along(area.repairs.filter(ended__isnull=False).order_by("-ended", "-id"))[:ENDED])
    return {
        "coming": coming,
        "ended": ended,
        "beside": list(beside(coming.look, [*coming.open, *ended])),
        "landed": landed(area),
        "done": done_lately(area),
        "files": list(ready(area)),
    }


@register.filter
def scored(one: Repair) -> str:
    """What was said of a repair against what came; "" before its quarter is over."""
    held = getattr(one.estimate, "held", None)
    return score(held) if held else ""


@register.filter
def stands(one: Repair, side: str = "") -> str:
    """Where a repair stands, a sentence."""
    return where(one, side)
