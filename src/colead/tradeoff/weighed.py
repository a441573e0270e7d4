"""Weighed: what is at risk when something is skipped and what is known of waiting, of all repositories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from colead.activity import Activity
from colead.cost import Cost
from colead.demand import AskedFor, asked_for
from colead.evidence import Coverage, Ledger, State
from colead.forecast import Forecast
from colead.issue import Issue
from colead.partner import Partner, Texts
from colead.risk import Planned
from colead.spec import Spec
from colead.struck import Toll
from colead.touch import Index
from colead.tradeoff.asking import asked, demand_told
from colead.tradeoff.costed import costed
from colead.tradeoff.counted import counted, watched
from colead.tradeoff.parts import Tradeoff
from colead.tradeoff.told import SHOWN, tradeoffs
from colead.tradeoff.waiting import later


@dataclass(frozen=True)
class View:
    """What tradeoffs look at in one repository."""

    repository: str
    activity: Activity
    index: Index
    texts: Texts
    issues: tuple[Issue, ...]
    touched: Sequence[str]  # keys of touched components
    partners: Sequence[Partner]
    plan: Planned | None = None  # the change as it is expected
    tolls: Sequence[tuple[str, Toll]] = ()  # what incidents say of touched parts, by their names
    cost: Cost | None = None  # of an hour of downtime


def weigh(
    spec: Spec, views: Sequence[View], timeline: Forecast | None, *, today: date, ledger: Ledger
) -> tuple[tuple[Tradeoff, ...], tuple[Coverage, ...]]:
    """The tradeoffs of an idea, at most SHOWN and both ways where there are both, and what was looked at."""
    demand = [asked_for(one.issues, spec) for one in views]
    found = [
        tradeoffs(
            one.activity,
            one.touched,
            one.partners,
            today=today,
            ledger=ledger,
            repository=one.repository,
            plan=one.plan,
            demand=demand_told(wanted, len(one.issues)),
        )
        for one, wanted in zip(views, demand, strict=True)
    ]
    waiting = _waiting(spec, views, demand, timeline, today, ledger)
    also = [Coverage("tradeoffs", State.FINDING, "")] if waiting else []
    spent = [one for each in views for one in costed(each.tolls, each.cost, today)][:1]
    if spent:
        also.append(Coverage("tradeoffs", State.FINDING, ""))
    told = both_ways([*(one for some, _ in found for one in some), *spent], waiting)
    return told, (*(coverage for _, coverage in found), *also)


def _waiting(
    spec: Spec,
    views: Sequence[View],
    demand: Sequence[AskedFor],
    timeline: Forecast | None,
    today: date,
    ledger: Ledger,
) -> tuple[Tradeoff, ...]:
    """Who asks for it, what becomes of the date, and which number can be watched meanwhile."""
    most, where = max(zip(demand, views, strict=True), key=lambda one: len(one[0].surely))
    asking = asked(most, today=today, ledger=ledger, repository=where.repository)
    names = [(one, counted(spec, one.index, one.activity.codebase.product, one.texts)) for one in views]
    best, there = max(names, key=lambda one: len(one[1]) and one[1][0].worth)[::-1]
    seen = watched(best[:SHOWN], ledger=ledger, repository=there.repository)
    return (*asking, *later(timeline, today=today), *seen)


def both_ways(skipped: Sequence[Tradeoff], waiting: Sequence[Tradeoff]) -> tuple[Tradeoff, ...]:
    """At most SHOWN of both, in their order; neither way pushes the first of the other out."""
    kept = SHOWN - min(len(waiting), max(1, SHOWN - len(skipped)))
    return (*skipped[:kept], *waiting[: SHOWN - min(len(skipped), kept)])
