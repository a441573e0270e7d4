"""Decisions of an idea, for its page."""

from __future__ import annotations

from typing import Any

from django import template

from colead.web.briefs.models import Brief
from colead.web.decisions.models import Decision
from colead.web.decisions.page import line
from colead.web.decisions.views import listed

register = template.Library()
MOST = 20  # of one idea that its page names


@register.simple_tag
def decisions_of(brief: Brief) -> dict[str, Any]:
    """The idea's decisions with where each stands: those that want something, and the others."""
    found = list(listed(Decision.objects.filter(brief=brief)).in_order()[:MOST])
    for one in found:
        one.area = brief.area
    wants = [one for one in found if not one.settled or any(each.asks for each in one.doubts.all())]
    return {
        "open": [(one, line(one)) for one in wants],
        "closed": [(one, line(one)) for one in found if one not in wants],
    }
