"""Busy: what is debated, owed, decided and tried in an area that is filled for measuring."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

SOME = 300  # of each kind
LONG = 5000  # the number of the idea that has several of each


def busy(area: Any, briefs: list[Any], priya: Any, emil: Any) -> None:
    """SOME concerns, decisions, questions, tradeoffs, suggestions and prototypes, on idea LONG and others."""
    long = next((one for one in briefs if one.number == LONG), briefs[-1])
    among = [long] * 5 + briefs[:: max(1, len(briefs) // SOME)][: SOME - 5]
    for one in {each.pk: each for each in among}.values():
        one.area = area
    people = [(priya, emil)[at % 2] for at in range(len(among))]
    pairs = list(zip(among, people, strict=True))
    _raised(area, pairs)
    _decided(area, pairs)
    _asked(area, pairs)
    _skipped(area, pairs)
    _proposed(pairs)
    _tried(pairs)
    _met(area, priya, briefs[:8])


def _raised(area: Any, pairs: list[tuple[Any, Any]]) -> None:
    from colead.web.concerns.models import LAMPS, Concern, Reply

    made = [
        Concern(area=area, brief=brief, by=by, kind=LAMPS[at % 4], text=f"Notes are printed twice, {at}")
        for at, (brief, by) in enumerate(pairs)
    ]
    made = Concern.objects.bulk_create(made)
    Reply.objects.bulk_create([Reply(concern=one, by=one.by, text="Since the spring.") for one in made[::3]])


def _decided(area: Any, pairs: list[tuple[Any, Any]]) -> None:
    """Every third is open, every third called for, every third decided."""
    from colead.web.decisions.models import Call, Choice, Decision, Option, Raised

    spaces = ("solution", "problem")
    told = [
        Decision(
            area=area,
            brief=brief,
            number=at + 1,
            by=by,
            question=f"Printer {at} or label?",
            space=spaces[at % 2],
        )
        for at, (brief, by) in enumerate(pairs)
    ]
    made = Decision.objects.bulk_create(told)
    ways = [
        Option(decision=one, place=at, name=f"Way {at}", text="Print it.") for one in made for at in (0, 1)
    ]
    first = Option.objects.bulk_create(ways)[::2]
    until = timezone.localdate() + timedelta(days=5)
    Call.objects.bulk_create([Call(decision=one, by=one.by, until=until) for one in made[1::3]])
    Raised.objects.bulk_create(
        [Raised(decision=one, by=one.by, kind="concern", text="Why?") for one in made[1::3]]
    )
    chosen = list(zip(made, first, strict=True))[2::3]
    Choice.objects.bulk_create(
        [Choice(decision=one, option=way, by=one.by, version=1) for one, way in chosen]
    )


def _asked(area: Any, pairs: list[tuple[Any, Any]]) -> None:
    from colead.web.questions.models import Question

    sides = ("product", "engineering")
    Question.objects.bulk_create(
        Question(
            area=area, brief=brief, by=by, ask=f"Who reads note {at}?", side=sides[at % 2], turn=sides[at % 2]
        )
        for at, (brief, by) in enumerate(pairs)
    )


def _skipped(area: Any, pairs: list[tuple[Any, Any]]) -> None:
    """Every other one is accepted."""
    from colead.web.tradeoffs.models import Acceptance, Tradeoff

    told = [
        Tradeoff(area=area, brief=brief, by=by, kind="repair", skip=f"repair {at}", risk="Carts get lost.")
        for at, (brief, by) in enumerate(pairs)
    ]
    until = timezone.localdate() + timedelta(days=90)
    Acceptance.objects.bulk_create(
        Acceptance(tradeoff=one, area=area, by=one.by, side="product", until=until)
        for one in Tradeoff.objects.bulk_create(told)[::2]
    )


def _proposed(pairs: list[tuple[Any, Any]]) -> None:
    from colead.web.briefs.models import Section, Suggestion

    texts = {
        one.brief_id: one
        for one in Section.objects.filter(space="problem", brief__in=[one for one, _ in pairs])
    }
    Suggestion.objects.bulk_create(
        Suggestion(section=texts[brief.pk], by=by, over=1, text="Buyers of gifts.") for brief, by in pairs
    )


def _tried(pairs: list[tuple[Any, Any]]) -> None:
    from colead.web.prototypes.models import Prototype

    until = timezone.localdate() - timedelta(days=1)
    Prototype.objects.bulk_create(
        Prototype(brief=brief, by=by, question="Does it fit?", branch=f"try-{at}", until=until)
        for at, (brief, by) in enumerate(pairs)
    )


def _met(area: Any, by: Any, briefs: list[Any]) -> None:
    """One meeting is over, one comes."""
    from colead.web.meetings.models import Meeting, Outcome

    over = Meeting.objects.plan(area, by, timezone.localdate())
    for one in briefs:
        one.area = area
        over.put(by, one)
    over.begin(by)
    kinds = ("decided", "product", "engineering")
    Outcome.objects.bulk_create(
        Outcome(meeting=over, kind=kinds[at % 3], text=f"Ask the packers, {at}", by=by) for at in range(30)
    )
    over.end(by)
    coming = Meeting.objects.plan(area, by, timezone.localdate() + timedelta(days=7))
    for one in briefs:
        coming.put(by, one)
