"""Tradeoffs of an idea, for its page."""

from __future__ import annotations

from django import template

from colead.web.briefs.models import Brief
from colead.web.tradeoffs.told import Row, rows

register = template.Library()


@register.simple_tag
def tradeoffs_of(brief: Brief) -> list[Row]:
    """What its reading tells and what people wrote down."""
    return rows(brief)
