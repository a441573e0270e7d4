"""Fragility replayed: of the files of a past day, which were ranked high and which needed fixes after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.backtest.foreseen import changes
from colead.backtest.parts import FragilityReplayed
from colead.fragility import fragilities
from colead.touch.ranking import Floats

FEWEST_FIXED = 5  # files of a quarter


@dataclass(frozen=True, slots=True)
class Quarter:
    """The figures of one quarter."""

    fixed: int
    pairs: tuple[float, float]  # of fragility, of the most changed files
    fifth: tuple[float, float]


def quarter(then: Activity, fixed: Iterable[str], today: date) -> Quarter | None:
    """One quarter; None where too little was known or fixed.

    Args:
        then: history and codebase as they were at the end of `today`.
        fixed: the path of a file once for each fix of it in the 90 days after.
        today: the day of the moment.
    """
    said = fragilities(then, today=today, repository="")
    place = {one.path: number for number, one in enumerate(then.codebase.product)}
    came = np.zeros(len(place))
    for path in fixed:
        if path in place:
            came[place[path]] += 1
    if said.too_little or np.count_nonzero(came) < FEWEST_FIXED:
        return None
    ids = [then.history.file_of.get(path, -1) for path in place]
    expected = np.array([said.file_expected[one] if one >= 0 else 0.0 for one in ids])
    rules = (expected, changes(then, today))
    pairs, fifths = [_auc(one, came > 0) for one in rules], [_fifth(one, came) for one in rules]
    return Quarter(int(np.count_nonzero(came)), (pairs[0], pairs[1]), (fifths[0], fifths[1]))


def fragile(quarters: Sequence[Quarter]) -> FragilityReplayed | None:
    """The mean over quarters; None where there is none."""
    if not quarters:
        return None
    pairs, fifth = (
        np.mean([one.pairs for one in quarters], axis=0), np.mean([one.fifth for one in quarters], axis=0)
    )  # fmt: skip
    return FragilityReplayed(
        quarters=len(quarters),
        files=sum(one.fixed for one in quarters),
        pairs=float(pairs[0]),
        pairs_most_changed=float(pairs[1]),
        fifth=float(fifth[0]),
        fifth_most_changed=float(fifth[1]),
    )


def _auc(score: Floats, hit: NDArray[np.bool_]) -> float:
    """The chance that a hit is ranked above a miss; ties count half (Mann and Whitney 1947)."""
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    hits, misses = int(hit.sum()), int((~hit).sum())
    return float((ranks[hit].sum() - hits * (hits + 1) / 2) / max(1, hits * misses))


def _fifth(score: Floats, came: Floats) -> float:
    top = np.argsort(-score, kind="stable")[: max(1, len(score) // 5)]
    return float(came[top].sum() / came.sum())
