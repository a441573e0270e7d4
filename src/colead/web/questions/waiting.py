"""Waiting: the answers that a side owes, those of one idea and one moment together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse

from colead.phrase import number
from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting
from colead.web.questions.models import Question

MOST = 100  # questions


def waits(membership: Membership) -> Iterator[Waiting]:
    """What this member's side owes an answer to, since when."""
    if not membership.takes_part:
        return
    found = Question.objects.filter(area=membership.area_id, brief__shipped=None).open()
    mine = found.owed_by(membership.side).select_related("brief", "by")
    rows = mine.order_by("turned", "brief", "id")[:MOST]
    for (since, _), group in groupby(rows, key=lambda one: (one.turned, one.brief_id)):
        told = list(group)
        brief = told[0].brief
        there = reverse("brief", args=[membership.area.slug, brief.number])
        link, reason = f"{there}#question-{told[0].pk}", f"your side owes {_it(told)}"
        yield Waiting(since, f"{brief.title}: {_asked(told)}", link, reason, "question")


def _asked(told: list[Question]) -> str:
    asker = told[0].asker
    if len(told) == 1:
        return f"{asker} asks: {told[0].ask}"
    return f"{asker} asks {number(len(told))} things, first: {told[0].ask}"


def _it(told: list[Question]) -> str:
    return "the answer" if len(told) == 1 else "the answers"
