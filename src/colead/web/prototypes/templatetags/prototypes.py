"""Tried: the experiments of an idea on its page."""

from __future__ import annotations

from django import template

from colead.web.briefs.models import Brief
from colead.web.prototypes.models import Prototype

register = template.Library()


@register.simple_tag
def prototypes_of(brief: Brief) -> list[Prototype]:
    """The idea's experiments, the newest first."""
    return list(Prototype.objects.filter(brief=brief).order_by("-id")[:20])
