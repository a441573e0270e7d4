"""Design: Markdown of people as safe HTML, and the words in which templates speak of days."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

import nh3
from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from colead.phrase import clip, number, odds
from colead.phrase import day as in_words

register = template.Library()
TAGS = {"a", "p", "ul", "ol", "li", "em", "strong", "del", "code", "pre", "blockquote", "br", "hr"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto"}
BREAKS = {"softbreak", "hardbreak"}
OPENING = 110  # characters by which a phone tells a longer text
LOWER = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6", "h6": "h6"}


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


@register.simple_tag(takes_context=True)
def data_doors(context: template.Context) -> list[tuple[str, str]]:
    """The forms in which the page is data, each with its address."""
    from colead.web.api.data import doors

    request = context.get("request")
    return doors(request) if request is not None else []


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML: no images, no raw HTML, no scripts; headings one below the page's own."""
    tokens = _reader().parse(text)
    for one in tokens:
        one.tag = LOWER.get(one.tag, one.tag)
    made = _reader().renderer.render(tokens, _reader().options, {})
    clean = nh3.clean(made, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES)
    return mark_safe(clean)  # noqa: S308 - this is what cleaning is for


@register.filter
def opening(text: str) -> str:
    """How a text begins, without headings and marks; "" where that is nearly all of it."""
    told, heading = [], False
    for one in _reader().parse(text):
        heading = one.type == "heading_open" or (heading and one.type != "heading_close")
        if one.type == "inline" and not heading:
            told.append("".join(" " if each.type in BREAKS else each.content for each in one.children or ()))
    whole = " ".join(told)
    return clip(whole, OPENING) if len(whole) > 1.5 * OPENING else ""


@register.filter
def day(told: date | datetime | None) -> str:
    """A day as people write it: "3 October", with the year where it is another one."""
    if told is None:
        return ""
    on = timezone.localtime(told).date() if isinstance(told, datetime) else told
    return in_words(on, today=timezone.localdate())


@register.filter
def clock(told: datetime | None) -> str:
    """A moment: "today, 09:12", else the day; in UTC, as the page says."""
    if told is None:
        return ""
    here = timezone.localtime(told)
    return f"today, {here:%H:%M}" if here.date() == timezone.localdate() else day(told)


@register.filter
def chances(told: float) -> str:
    """Odds as people say them: "3 in 10"."""
    return odds(told)


@register.filter
def counted(told: int) -> str:
    """Small counts as words: "three", "14"."""
    return number(told)
