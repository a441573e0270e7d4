"""Said: the inbox in a sentence."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from colead.phrase import day, plural


def verdict(moments: list[datetime]) -> str:
    """How much waits and since when."""
    if not moments:
        return "Nothing waits for you here."
    told = plural(len(moments), "thing waits", "things wait").capitalize()
    return (
        f"{told} for you, {'since' if len(moments) == 1 else 'the oldest since'} {since_when(min(moments))}."
    )


def since_when(moment: datetime) -> str:
    """A day as people say since when: "today", "3 October"."""
    there, today = timezone.localtime(moment).date(), timezone.localdate()
    return "today" if there == today else day(there, today=today)
