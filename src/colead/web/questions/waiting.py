"""Waiting: the answers that a side owes, those of one idea and one moment together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db import models

from colead.phrase import number, plural
from colead.web.areas.models import Membership
from colead.web.areas.waiting import Waiting, at
from colead.web.questions.models import Question

MOST = 100  # questions
FIRST = 3  # ideas in product's order whose open questions are told one by one


def waits(membership: Membership) -> Iterator[Waiting]:
    """What this member's side owes an answer to, since when."""
    if not membership.takes_part:
        return
    found = Question.objects.filter(area=membership.area_id, brief__shipped=None).open()
    mine = found.owed_by(membership.side).exclude(by=membership.person_id)
    first = mine.filter(by=None).order_by("brief__place").values_list("brief", "brief__place").distinct()
    near = models.Q(brief__in=[pk for pk, _ in first[:FIRST]]) | models.Q(brief__commitments__isnull=False)
    shown = mine.filter(near | models.Q(by__isnull=False)).select_related("brief", "by")
    rows = shown.order_by("turned", "brief", "id")[:MOST]
    for (since, _), group in groupby(rows, key=lambda one: (one.turned, one.brief_id)):
        told = list(group)
        brief = told[0].brief
        there = at("brief", membership.area.slug, brief.number)
        link, reason = f"{there}#question-{told[0].pk}", f"your side owes {_it(told)}"
        yield Waiting(since, f"{brief.title}: {_asked(told)}", link, reason, "question")
    yield from _further(membership, mine.filter(by=None).exclude(near))


def _further(membership: Membership, rest: models.QuerySet[Question]) -> Iterator[Waiting]:
    """What Colead asks of ideas further down product's order: one line for all of them."""
    counted = rest.aggregate(ideas=models.Count("brief", distinct=True), since=models.Min("turned"))
    if not counted["ideas"]:
        return
    title = rest.order_by("brief__place").values_list("brief__title", flat=True)[0]
    told = f"Colead asks about {plural(counted['ideas'], 'more idea')} further down, first {title}"
    link = at("briefs", membership.area.slug)
    yield Waiting(counted["since"], told, link, "your side owes answers there; these can wait", "question")


def _asked(told: list[Question]) -> str:
    asker = told[0].asker
    if len(told) == 1:
        return f"{asker} asks: {told[0].ask}"
    return f"{asker} asks {number(len(told))} things, first: {told[0].ask}"


def _it(told: list[Question]) -> str:
    return "the answer" if len(told) == 1 else "the answers"
