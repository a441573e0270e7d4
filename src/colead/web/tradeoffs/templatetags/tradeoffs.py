"""Tradeoffs of an idea, for its page."""

from __future__ import annotations

from django import template

from colead.web.briefs.models import Brief
from colead.web.tradeoffs.told import Row, rows

register = template.Library()


@register.simple_tag
def tradeoffs_of(brief: Brief) -> dict[str, list[Row]]:
    """What people wrote down, and what its reading tells that nobody spoke of; nothing where neither is."""
    found = rows(brief)
    if not found:
        return {}
    return {
        "written": [one for one in found if one.written],
        "open": [one for one in found if not one.written],
    }
