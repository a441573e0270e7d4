"""Risk: how likely a change of some parts is to come back for a fix within three months, by a frozen formula.

It comes back where a fix, 1 to 90 days later, changes or deletes lines of code that
the change itself wrote. That a fix touches one of the same files (`tradeoff.fixed_later`)
is five times as common, and says that the files are busy rather than what the change did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY
from colead.fixes import FloatArray
from colead.fragility import Fragilities
from colead.history import MANY_FILES, IntArray

# Logistic regression fitted on 22 public repositories, each weighing alike; see docs/benchmarks.md. Weighed
# are one, ln of the number of parts, ln of the highest of their expected fixes per file, ln of the share of
# fixes among changes here, whether it is a feature, whether it is a fix (against work on system health).
WEIGHTS = np.array([-1.992, 0.937, 0.300, 0.605, 0.976, 0.639])
LEAST = 0.003  # expected fixes per file below which no difference was seen
SHARE, BESIDE = 0.2, 20.0  # share of fixes where nothing is known, and how many changes that weighs
NEW = 0.4  # how likely a past change that is no fix was a feature, on average
TWICE = 2.0  # times as often as usual, from which it is told
YEAR, LATER, LOOKED = 365 * DAY, 90 * DAY, 730 * DAY


def chances(
    parts: FloatArray,
    rate: FloatArray,
    share: FloatArray | float,
    feature: FloatArray | float,
    fix: FloatArray,
) -> FloatArray:
    """The chance of each change to come back for a fix.

    Args:
        parts: how many it touches.
        rate: the highest of their expected fixes per file in the next 90 days (`Fragilities.component_rate`).
        share: `share_of_fixes` then.
        feature: how likely it is a feature, 0..1.
        fix: whether it is a fix.
    """
    told = (np.ones(len(parts)), np.log(parts), np.log(rate + LEAST), np.log(share), feature, fix)
    logit = np.stack(np.broadcast_arrays(*told), axis=1) @ WEIGHTS
    chance: FloatArray = 1 / (1 + np.exp(-logit))
    return chance


def share_of_fixes(activity: Activity, end: int) -> float:
    """The share of fixes in people's changes of the year before `end` (unix seconds), drawn to the usual."""
    year = small(activity, end - YEAR, end)
    return float((activity.history.is_fix[year].sum() + BESIDE * SHARE) / (len(year) + BESIDE))


def small(activity: Activity, start: int, end: int) -> IntArray:
    """People's landings on product files between two moments, without those that changed very many."""
    at = activity.history.at
    files = np.bincount(activity.row_landing, minlength=len(at))
    chosen = activity.history.by_people & (files > 0) & (files <= MANY_FILES) & (at >= start) & (at < end)
    return np.flatnonzero(chosen).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Planned:
    """The risk of a planned change, and what is usual here."""

    parts: int
    fragile: int  # of them
    chance: float
    usual: float  # of people's landings of two years, as the parts are today
    landings: IntArray  # these

    @property
    def stands_out(self) -> bool:
        """Whether it reaches several parts and comes back at least twice as often as usual, in words too."""
        apart = phrase.odds(self.chance) != phrase.odds(self.usual)
        return self.parts > 1 and self.chance >= TWICE * self.usual > 0 and apart


@dataclass(frozen=True)
class Risks:
    """The risk of changes to one repository, as of its fragility."""

    fragile: Fragilities

    def chance(self, parts: Sequence[str]) -> float:
        """The chance that a feature in these parts (keys, at least one), landed as one change, comes back."""
        where = [self.fragile.activity.components.index(one) for one in parts]
        rate = self.fragile.component_rate[where].max()
        share = share_of_fixes(self.fragile.activity, self.fragile.end)
        return float(chances(np.array([float(len(where))]), rate[None], share, 1.0, np.zeros(1))[0])

    def planned(self, parts: Sequence[str], fragile: int) -> Planned | None:
        """The risk of a plan of these parts, so many of them fragile; None where too little is known."""
        landings, chance = self.past()
        if not parts or self.fragile.too_little or not len(landings):
            return None
        return Planned(len(parts), fragile, self.chance(parts), float(chance.mean()), landings)

    def past(self) -> tuple[IntArray, FloatArray]:
        """People's landings of two years, and the chance of each to come back as the parts are today."""
        activity, end = self.fragile.activity, self.fragile.end
        landings = small(activity, end - LOOKED, end)
        rate = np.zeros(len(activity.history.landings))
        landing, part = activity.pairs
        np.maximum.at(rate, landing, self.fragile.component_rate[part])
        fix = activity.history.is_fix[landings].astype(np.float64)
        parts = activity.spread[landings].astype(np.float64)
        share = share_of_fixes(activity, end)
        return landings, chances(parts, rate[landings], share, NEW * (1 - fix), fix)
