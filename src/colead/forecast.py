"""Forecast: a range of dates or counts with odds, its past cousins, and the record of such forecasts here."""

from __future__ import annotations

from dataclasses import dataclass

from colead.evidence import Figure


@dataclass(frozen=True, slots=True)
class Cousin:
    """One past effort like this one."""

    name: str  # the issue key or branch
    title: str
    days: float  # first landing to last landing
    landings: int
    finished: str  # ISO date


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the idea is likely to be done, counted from `start`."""

    basis: str  # "efforts" (past issue keys or branches) or "throughput" (--changes N)
    start: str  # ISO date
    weeks: Figure  # median, in weeks; low and high: the middle 80 % of cases
    earliest: str  # ISO date of weeks.low
    latest: str  # ISO date of weeks.high
    by: str  # the hoped-for ISO date, "" when none
    odds: Figure | None  # of being done by `by`, 0..1
    cousins: tuple[Cousin, ...]  # the nearest, at most 12
    sentence: str  # "Likely 5 to 9 weeks; 3 in 10 to make 1 December"
    technical: str
    code: str = "D01"
