"""Discussions on the page of an idea."""

from __future__ import annotations

from typing import Any

from django import template

from colead.web.threads.models import Thread

register = template.Library()
MOST = 50


@register.inclusion_tag("threads/of_idea.html", takes_context=True)
def discussions(context: dict[str, Any]) -> dict[str, Any]:
    """What is discussed about the idea; closed ones apart."""
    area, brief = context["area"], context["brief"]
    found = list(Thread.objects.filter(brief=brief).order_by("-moved", "-id")[:MOST])
    open_ones = [(one, one.line(area)) for one in found if one.resolved is None]
    closed = [one for one in found if one.resolved]
    told = {"open": open_ones, "closed": closed, "membership": context["membership"]}
    return {"area": area, "brief": brief, **told}
