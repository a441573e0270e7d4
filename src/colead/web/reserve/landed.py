"""Landed: the share that was planned for health, against what the newest balance says that landed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from colead.evidence import State
from colead.phrase import literal, number, plural
from colead.web.areas.models import Area
from colead.web.reserve.coming import WEEKS, along
from colead.web.reserve.models import WEEK

NOT_YET = "nobody has looked yet at how the work divides"
MOST = 50  # repairs of the past weeks


@dataclass(frozen=True, slots=True)
class Landed:
    """What a repository's balance says, in one of the four states."""

    state: str
    sentence: str


def landed(area: Area) -> list[Landed]:
    """Of every repository that the newest balance tells of; never guessed where it says nothing."""
    wire = area.looks.filter(kind="balance").values_list("wire", flat=True).first()
    try:
        told = json.loads(wire or "{}").get("repositories", [])
        found = [_one(one, several=len(told) > 1) for one in told]
    except (ValueError, TypeError, KeyError, AttributeError):
        found = []
    return found or [Landed(State.NOT_ANALYSED, NOT_YET)]


def _one(told: dict[str, Any], *, several: bool) -> Landed:
    coverage = told["coverage"]
    state = State(coverage["state"])
    sentence = str(told["sentence"] if state is State.FINDING else coverage["note"] or told["sentence"])
    name = f"{literal(str(told['repository']))}: " if several else ""
    return Landed(state, f"{name}{sentence}")


def done_lately(area: Area) -> str:
    """What people said of the slots of the past weeks, a sentence; "" where nothing was planned."""
    today = timezone.localdate()
    first = today - WEEKS * WEEK - timedelta(days=today.weekday())
    past = along(area.repairs.filter(week__gte=first, week__lt=today - timedelta(days=today.weekday())))
    found = [one for one in past.order_by("-id")[:MOST] if one.is_filled]
    if not found:
        return ""
    done = sum(one.done for one in found)
    planned = f"Of {plural(len(found), 'repair')} planned for the past six weeks"
    return f"{planned}, {number(done) if done else 'none'} {'are' if done > 1 else 'is'} done."
