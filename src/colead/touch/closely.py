"""Closely: a ranking with all that a reading tells of it, and a replay of hundreds does not need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from colead.activity import Activity
from colead.correction import Lesson
from colead.evidence import Ledger
from colead.spec import Spec
from colead.touch.born import births
from colead.touch.parts import Index, Touches
from colead.touch.requirements import pointed
from colead.touch.told import rank


def closely(
    spec: Spec,
    activity: Activity,
    index: Index,
    *,
    today: date,
    ledger: Ledger,
    repository: str,
    changes: int | None = None,
    lessons: Sequence[Lesson] = (),
) -> Touches:
    """As `rank`, with what each requirement of the spec points at, and where new files will be made."""
    found = rank(
        spec,
        activity,
        index,
        today=today,
        ledger=ledger,
        repository=repository,
        changes=changes,
        lessons=lessons,
    )
    told = pointed(found, spec, activity, index, today=today, ledger=ledger, repository=repository)
    new = births(found, activity, ledger=ledger, repository=repository)
    return replace(found, requirements=told, births=new)
