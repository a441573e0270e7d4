"""Record: how often a list of files by expected fixes was right on this repository's own past quarters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from colead.evidence import Figure, Ledger
from colead.fixes import FloatArray
from colead.outlook.parts import Record
from colead.outlook.past import Then

ENOUGH = 5  # fixes of files in a quarter that can be scored
FEWEST = 2  # quarters
POOR = 0.65  # share of pairs; below, a list would mislead


def record(past: Sequence[Then], ledger: Ledger) -> Record | None:
    """The record over the quarters that had enough fixes; None where fewer than two had.

    A list is poor, and not shown, where less than 65 of 100 pairs were ranked right.
    """
    scored = [one for one in past if one.files_came.sum() >= ENOUGH]
    if len(scored) < FEWEST:
        return None
    row = ledger.file(
        "F02",
        "Of each past quarter the files that were there were ranked by what had landed before it, and held"
        " against the fixes in it; line counts are today's.",
        n=len(scored),
        window=(scored[-1].today.isoformat(), past[0].today.isoformat()),
    )
    ours = float(np.mean([_pairs(one, one.file_expected) for one in scored]))
    changed = float(np.mean([_pairs(one, one.changes) for one in scored]))
    fifth = float(np.mean([_fifth(one) for one in scored]))
    said = float(sum(one.file_expected.sum() for one in scored))
    came = float(sum(one.files_came.sum() for one in scored))
    return Record(
        quarters=len(scored),
        fixed=int(came),
        pairs=Figure(ours, row),
        most_changed=Figure(changed, row),
        fifth=Figure(fifth, row),
        said=Figure(said, row),
        came=Figure(came, row),
        held=ours >= POOR,
        sentence=_sentence(len(scored), ours, changed, fifth, said, came),
    )


def _sentence(quarters: int, ours: float, changed: float, fifth: float, said: float, came: float) -> str:
    return (
        f"over {quarters} past quarters, of a file that needed a fix and one that did not, the first was"
        f" ranked higher in {ours:.0%} of pairs (the most changed: {changed:.0%}). The fifth of the files"
        f" ranked highest held {fifth:.0%} of the fixes. {said:,.0f} fixes of files were expected,"
        f" {came:,.0f} came."
    ).replace("%", " %")


def _pairs(then: Then, score: FloatArray) -> float:
    """The chance that a fixed file is ranked above another; ties count half (Mann and Whitney 1947)."""
    return _above(score[then.alive], then.files_came[then.alive] > 0)


def _above(score: FloatArray, hit: NDArray[np.bool_]) -> float:
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    hits, misses = int(hit.sum()), int((~hit).sum())
    return float((ranks[hit].sum() - hits * (hits + 1) / 2) / max(1, hits * misses))


def _fifth(then: Then) -> float:
    score, came = then.file_expected[then.alive], then.files_came[then.alive]
    top = np.argsort(-score, kind="stable")[: max(1, len(score) // 5)]
    return float(came[top].sum() / came.sum())
