"""Raised: the bad news about an idea on its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Prefetch
from django.utils import timezone

from colead.phrase import plural
from colead.web.areas.models import Membership
from colead.web.briefs.models import Brief
from colead.web.concerns.forms import Raise
from colead.web.concerns.models import Concern, Reply, Trail
from colead.web.questions.views import ahead

register = template.Library()


@register.simple_tag
def concerns_on(brief: Brief) -> list[Concern]:
    """The bad news about an idea, the oldest first; asked for once per page."""
    found = Concern.objects.filter(brief=brief).select_related("by", "ended_by")
    replies = Prefetch("replies", Reply.objects.select_related("by"))
    return list(found.prefetch_related(replies).order_by("at", "id")[:100])


@register.inclusion_tag("concerns/between.html", takes_context=True)
def concerns_of(context: Any, brief: Brief, membership: Membership, rows: list[Concern]) -> Any:
    """What is open, what was resolved, and raising one."""
    told = {"brief": brief, "area": brief.area, "membership": membership, "form": Raise()}
    told |= {"waiting": [one for one in rows if one.ended is None]}
    told |= {"resolved": [one for one in rows if one.ended is not None]}
    trail = Trail.objects.filter(brief=brief).first() if ahead(brief) else None
    return {**told, "trail": trail, "ahead": ahead(brief), "csrf_token": context.get("csrf_token")}


@register.filter
def age(concern: Concern) -> str:
    """How long it is open, in words."""
    days = (timezone.now() - concern.at).days
    return f"open for {plural(days, 'day')}" if days else "raised today"
