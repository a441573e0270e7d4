"""Pace and partners replayed: ranges that held, and parts that changed along as they had before."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from colead.activity import Activity
from colead.backtest.parts import Foretold, PaceReplayed, PartnersReplayed
from colead.citing import DAY, day_of, end_of
from colead.pace import WEEK, Pace
from colead.partner import ENOUGH, SUPPORT, Along

LOW, HIGH = 0.1, 0.9  # between them lie 8 in 10 cases
WEEKS = 8  # worth of changes in one range
MOMENTS = 32  # one every eight weeks, nearly five years
FEWEST_RANGES, FEWEST_PAIRS = 5, 5
HALF_YEAR, BACK = 180, (540, 360, 180)  # days
FEWEST_LATER = 3  # changes of a part in the half year after
USUAL_WEEKS, LEAST = 26, 5  # the last weeks say how many changes eight weeks hold, five at least


def paced(whole: Activity, rng: np.random.Generator) -> PaceReplayed | None:
    """When eight weeks' worth of changes had landed, against the range said before; None for few ranges."""
    at = np.sort(whole.history.at[np.unique(whole.row_landing)])
    if not len(at):
        return None
    found = [_foretold(whole, at, int(at[-1]) - back * WEEKS * WEEK, rng) for back in range(2, MOMENTS + 2)]
    told = [one for one in found if one is not None]
    if len(told) < FEWEST_RANGES:
        return None
    held = sum(one.held for one in told)
    sooner = sum(one.took is not None and one.took < one.low for one in told)
    return PaceReplayed(len(told), held, sooner, len(told) - held - sooner, tuple(reversed(told)))


def _foretold(whole: Activity, at: np.ndarray, moment: int, rng: np.random.Generator) -> Foretold | None:
    """The range for eight weeks' worth of changes as of this moment, and when they had landed."""
    known = Pace.of([whole], moment)
    if not known.enough:
        return None
    changes = max(LEAST, round(float(known.weekly[:USUAL_WEEKS].mean()) * WEEKS))
    later = at[at >= moment]
    took = float(later[changes - 1] - moment) / WEEK if len(later) >= changes else None
    low, high = map(float, np.quantile(known.weeks_for(changes, rng), (LOW, HIGH)))
    return Foretold(day_of(moment).isoformat(), low, high, took)


def partnered(whole: Activity) -> PartnersReplayed | None:
    """Every part with partners half a year, a year and a year and a half ago; None for few pairs."""
    if not len(whole.history.landings):
        return None
    last = int(whole.history.at.max())
    rows = [row for back in BACK for row in _pairs(whole, last - back * DAY)]
    if len(rows) < FEWEST_PAIRS:
        return None
    means = map(float, np.mean(rows, axis=0))
    return PartnersReplayed(len(rows), *means)


def _pairs(whole: Activity, moment: int) -> list[tuple[float, float, float, float]]:
    """Of each pair known at a moment: how often so far, said, how often in the half year after, by chance."""
    day = day_of(moment)
    known, later = Along.of(whole, day), Along.of(whole, day + timedelta(days=HALF_YEAR))
    new = later.table[whole.history.at[later.landings] >= end_of(day)]
    often = known.table.astype(np.int32).T @ known.table.astype(np.int32)
    rows = []
    for one, other in np.argwhere(often >= SUPPORT):
        changed = new[:, one]
        if one == other or often[one, one] < ENOUGH or changed.sum() < FEWEST_LATER:
            continue
        pair = known.pair(whole.components[one], whole.components[other])
        if pair:
            happened = float(new[changed, other].mean())
            rows.append((pair.together / pair.times, pair.chance, happened, pair.usual))
    return rows
