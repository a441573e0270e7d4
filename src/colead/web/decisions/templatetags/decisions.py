"""Decisions of an idea, for its page."""

from __future__ import annotations

from typing import Any

from django import template

from colead.web.briefs.models import Brief
from colead.web.decisions.models import Decision
from colead.web.decisions.page import line

register = template.Library()
MOST, READ = 20, 200  # of one idea: that its page names, and that are looked at
ALONG = ("choice__option", "choice__by", "withdrawal", "call")


@register.simple_tag
def decisions_of(brief: Brief) -> dict[str, Any]:
    """The idea's decisions with where each stands: those that want something, and the others."""
    found = Decision.objects.filter(brief=brief).select_related(*ALONG).defer("background")
    every = list(found.prefetch_related("raised", "doubts").order_by("-number")[:READ])
    for one in every:
        one.area = brief.area
    wants = [one for one in every if not one.settled or any(each.asks for each in one.doubts.all())]
    wants.sort(key=lambda one: one.settled)  # open ones before those that ask again
    closed = [one for one in every if one not in wants]
    closed.sort(key=lambda one: one.choice.at if hasattr(one, "choice") else one.made, reverse=True)
    return {
        "open": [(one, line(one)) for one in wants[:MOST]],
        "closed": [(one, line(one)) for one in closed[: max(0, MOST - len(wants))]],
    }
