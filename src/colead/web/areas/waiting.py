"""Waiting: what somebody is expected to do in an area, since when, and why it is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for one person: since when, what, where it is done, and why it is theirs."""

    since: datetime
    sentence: str  # "Emil suggests another text for the problem of Gift notes"
    link: str  # the address where it is done
    reason: str  # why it waits for this person: "you write the problem"
    kind: str  # "suggestion", "question", "decision", ...; what can be muted


@lru_cache(maxsize=8192)
def at(page: str, *told: object) -> str:
    """The address of a page; kept, as an inbox asks for hundreds."""
    return reverse(page, args=told)
