"""Owed: the open questions of an idea on its page, each on the side that owes the answer."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Prefetch

from colead.web.areas.models import Membership
from colead.web.briefs.models import Brief
from colead.web.questions.models import Question, Turn
from colead.web.questions.views import ahead

register = template.Library()


@register.simple_tag
def questions_of(brief: Brief) -> list[Question]:
    """The open questions of an idea, the oldest first; asked for once per page."""
    found = Question.objects.filter(brief=brief).open().select_related("by")
    turns = Prefetch("turns", Turn.objects.select_related("by"))
    return list(found.prefetch_related(turns).order_by("id")[:50])


@register.inclusion_tag("questions/owed.html", takes_context=True)
def owed(context: Any, brief: Brief, membership: Membership, found: list[Question], side: str) -> Any:
    """Those that this side owes, with a field each for whom may answer."""
    mine = [one for one in found if one.turn == side]
    own = membership.takes_part and (side in ("both", membership.side))
    told = {"brief": brief, "area": brief.area, "found": mine, "side": side, "own": own}
    return {**told, "ahead": ahead(brief), "csrf_token": context.get("csrf_token")}
