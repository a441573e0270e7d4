"""Fixes: what a repository's past fixes say about the next quarter, file by file, by a frozen formula."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY
from colead.codebase import is_migration

FloatArray = NDArray[np.float64]

TOGETHER = 10.0  # fixed files at which a component's own fixes per file weigh as much as the repository's
TWO_YEARS = 730 * DAY
# A migration is written once: on six public repositories a twelfth of what the formula said came.
STEPS = 1 / 12
# Weights of `terms`, in their order. Fits on other repositories were no better (benchmarks/expected.py).
FORMULA = (-4.438, 0.534, 1.391, -0.123, 0.322, 0.586)
COUNTED = 1.5  # from so many expected fixes on, their number tells more than the odds of one
SURE = 4.0  # the same, where there was none in the past year


def alive_at(activity: Activity, end: int) -> NDArray[np.bool_]:
    """Which product file ids were there just before `end` (unix seconds): last change no deletion."""
    history = activity.history
    rows = np.flatnonzero(history.at[history.change_landing] < end)
    status = np.full(len(history.paths), ord("D"), dtype=np.uint8)
    status[history.change_file[rows]] = history.change_status[rows]  # the last row of a file wins
    there: NDArray[np.bool_] = (status != ord("D")) & (activity.file_component >= 0)
    return there


def fixed_files(activity: Activity, start: int, end: int) -> FloatArray:
    """How many fixes changed each file id between two moments (unix seconds, end not included)."""
    at = activity.history.at[activity.row_landing]
    weights = activity.history.is_fix[activity.row_landing] & (at >= start) & (at < end)
    return _counted(activity.row_file, weights, len(activity.history.paths))


def fixed_parts(activity: Activity, start: int, end: int) -> FloatArray:
    """How many fixes (landings) changed each component between two moments (unix seconds)."""
    landing, part = activity.pairs
    at = activity.history.at[landing]
    weights = activity.history.is_fix[landing] & (at >= start) & (at < end)
    return _counted(part, weights, len(activity.components))


def again(paths: Sequence[str]) -> FloatArray:
    """How much of the formula holds for each path: little for files that are written once."""
    once = np.fromiter((is_migration(path) for path in paths), dtype=bool, count=len(paths))
    return np.where(once, STEPS, 1.0)


@lru_cache(maxsize=2)
def _again(paths: tuple[str, ...]) -> FloatArray:
    return again(paths)  # of one history again and again, once for each past quarter


def unscaled(activity: Activity, lines: FloatArray, alive: NDArray[np.bool_], end: int) -> FloatArray:
    """Fixes expected in the 90 days after `end` for each file id, as the frozen formula says, before scaling.

    Poisson log-linear model of `terms`, fitted on 22 public repositories.
    Migrations count a twelfth.
    """
    expected = np.exp(np.array(FORMULA) @ terms(activity, lines, alive, end))
    return np.where(alive, expected * _again(activity.history.paths), 0.0)


def terms(activity: Activity, lines: FloatArray, alive: NDArray[np.bool_], end: int) -> FloatArray:
    """What the formula weighs, as rows of one value for each file id, from what had landed before `end`.

    One; logarithms of lines and changes, and their product; of fixes; of the
    repository's own rate of fixes in half a year. Changes and fixes decay with
    half-lives of 180 and 365 days. Size and changes share what they tell, so
    their product is taken off: without it, many fixes were expected of large
    files that nobody changes.
    """
    history, file, size = activity.history, activity.row_file, len(activity.history.paths)
    age = (end - history.at[activity.row_landing]) / DAY
    past, fix = age > 0, history.is_fix[activity.row_landing]
    decay = np.maximum(age, 0.0)
    changes = _counted(file, past * np.exp2(-decay / 180), size)
    fixes = _counted(file, past * fix * np.exp2(-decay / 365), size)
    base = np.sum(past & fix & (age <= 180)) / 2 / max(1, alive.sum()) + 0.001
    large, often = np.log(np.maximum(1.0, lines)), np.log1p(changes)
    return np.stack(
        (np.ones(size), large, often, large * often, np.log1p(fixes), np.full(size, np.log(base)))
    )


def landings_per_fixed_file(activity: Activity, end: int) -> FloatArray:
    """How many fixes stand behind one fixed file in each component (1 when every fix changes one file).

    From the two years before `end`; components with few fixes lean on the repository's own share.
    """
    size, history = len(activity.components), activity.history
    counts = history.is_fix & (history.at < end) & (history.at >= end - TWO_YEARS)
    landing, part = activity.pairs
    fixes = _counted(part, counts[landing], size)
    seats = activity.file_component[activity.row_file]
    files = _counted(seats, counts[activity.row_landing], size)
    share = fixes.sum() / files.sum() if files.sum() else 1.0
    return (fixes + TOGETHER * share) / (files + TOGETHER)


def interval(expected: float) -> tuple[int, int]:
    """The middle 80 % of a count of fixes: its 10 % and 90 % points under a negative binomial."""
    below = cumulative(expected, int(8 * expected) + 30)
    return int(np.searchsorted(below, 0.1)), int(np.searchsorted(below, 0.9))


def cumulative(expected: float, size: int) -> FloatArray:
    """The chances of at most 0, 1, ... `size` - 1 fixes under a negative binomial."""
    if expected <= 0:
        return np.ones(size)
    shape, counts = dispersion(expected), np.arange(1, size)
    steps = np.log((counts - 1 + shape) / counts * expected / (shape + expected))
    none = -shape * np.log1p(expected / shape)
    below: FloatArray = np.cumsum(np.exp(np.concatenate(([none], none + np.cumsum(steps)))))
    return below


def chance(expected: float) -> float:
    """The chance of at least one fix."""
    shape = dispersion(expected)
    return float(1 - (1 + expected / shape) ** -shape)


def dispersion(expected: float) -> float:
    """The negative binomial's shape: 1.5 for small counts, 2 for large ones."""
    return 1.5 + 0.5 * expected / (expected + 5)


def sentence(changes: int, repairs: int, expected: float | None, span: str = "in the past year") -> str:
    """Changes and fixes over `span`, and what to expect of the next 90 days; None where that is not known.

    The number of fixes is said where at least COUNTED are expected, rounded:
    its 80 % range is too wide to help ("up to 7" for 3). Below, the odds of one
    are; also where none came over `span` and fewer than SURE are expected, for
    there fewer came than expected, and nobody would believe the number.

    >>> sentence(102, 12, 3.2)
    '102 changes in the past year, 12 for fixes; expect about 3 more in three months'
    >>> sentence(8, 0, 0.3)
    '8 changes in the past year, none for a fix; 2 in 10 to need one in three months'
    """
    said = counted(changes, repairs, span)
    if expected is None:
        return f"{said}; too little here to say more"
    if expected >= (COUNTED if repairs else SURE):
        return f"{said}; expect about {expected:,.0f} {'more' if repairs else 'fixes'} in three months"
    return f"{said}; {phrase.odds(chance(expected))} to need {'one' if changes else 'a fix'} in three months"


def counted(changes: int, repairs: int, span: str) -> str:
    """Changes and fixes over `span`: "102 changes in the past year, 12 for fixes"."""
    return f"{_times(changes)} {span}{_of_them(changes, repairs)}"


def _times(changes: int) -> str:
    return f"{changes:,} changes" if changes > 1 else f"{phrase.number(changes)} change"


def _of_them(changes: int, repairs: int) -> str:
    if changes < 2:
        return "" if not changes else ", for a fix" if repairs else ", not for a fix"
    told = f"{repairs:,} for fixes" if repairs > 1 else "one for a fix" if repairs else "none for a fix"
    return f", {told}"


def _counted(groups: NDArray[np.int32], weights: NDArray[Any], size: int) -> FloatArray:
    return np.bincount(groups, weights=weights, minlength=size).astype(np.float64)
