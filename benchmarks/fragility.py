"""How well fragility tells files and parts that will need fixes, replayed on clones.

    python benchmarks/fragility.py CACHE CLONE...

For each of the last eight windows of 90 days the reading of that day is made
from what had landed by then (sizes are today's), and compared with the fixes
that came. Windows with fewer than five fixed files are left out. Printed:

- AUC of "this file will be fixed" for fragility, for changes in a year times
  lines (the usual hotspot) and for lines alone, mean over windows;
- the share of fixes in the 20 % of files that fragility ranks highest;
- parts: fixes expected and seen, and how often the 80 % range held
  (randomised within the count, as counts are discrete);
- what the words meant: share of parts called fragile, to watch, steady that needed a fix.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colead import fixes
from colead.activity import Activity, activity
from colead.citing import DAY, day_of, end_of
from colead.evidence import Ledger
from colead.fragility import Fragilities, fragilities
from colead.readers.git import Door
from colead.store import Store
from colead.store.codebase import codebase

WINDOWS = 8
Floats = NDArray[np.float64]


def main(cache: str, clones: list[str]) -> None:
    """Replay every clone and print one line each, then the middle of them."""
    every: dict[str, list[float]] = defaultdict(list)
    for clone in clones:
        found = replay(read(Path(clone), Path(cache)))
        print(Path(clone).parent.name, " ".join(f"{key}={np.mean(all_):.3f}" for key, all_ in found.items()))
        for key, values in found.items():
            every[key].append(float(np.mean(values)))
    for key, values in every.items():
        print(f"{key:24} median {np.median(values):.3f} mean {np.mean(values):.3f} of {len(values)} clones")


def read(clone: Path, cache: Path) -> Activity:
    """The activity of a clone."""

    def silent(done: int, total: int, what: str) -> None:
        """Report to nobody."""

    with Door.open(clone) as door, Store.open(door, cache) as store:
        store.update(door, silent)
        return activity(store.history(), codebase(store, door, silent))


def replay(whole: Activity) -> dict[str, list[float]]:
    """Figures of every window that has enough fixes."""
    last = day_of(int(whole.history.at.max()))
    found: dict[str, list[float]] = defaultdict(list)
    rng = np.random.default_rng(1)
    for back in range(1, WINDOWS + 1):
        today = last - timedelta(days=90 * back)
        end = end_of(today)
        alive = fixes.alive_at(whole, end)
        came = fixes.fixed_files(whole, end, end + 90 * DAY)
        if came[alive].sum() < 5:
            continue
        here = as_of(whole, alive, end)
        said = fragilities(here, today=today, repository="")
        if said.too_little:
            continue
        files(found, whole, said, alive, came)
        parts(found, whole, said, end, rng)
    return found


def as_of(whole: Activity, alive: NDArray[np.bool_], end: int) -> Activity:
    """The activity as it was: landings until then, files that were there (sizes and seats are today's)."""
    paths = {whole.history.paths[one] for one in np.flatnonzero(alive)}
    template = whole.codebase.product[0]
    sources = tuple(dataclasses.replace(template, path=path) for path in sorted(paths))
    history = whole.history.until(day_of(end - 1))
    return Activity(
        history, dataclasses.replace(whole.codebase, files=sources), whole.components, whole.file_component
    )


def files(
    found: dict[str, list[float]], whole: Activity, said: Fragilities, alive: NDArray[np.bool_], came: Floats
) -> None:
    """File figures of one window."""
    at = whole.history.at[whole.row_landing]
    year = (at < said.end) & (at >= said.end - 365 * DAY)
    changes = np.bincount(whole.row_file, weights=year, minlength=len(alive))
    score, hit = said.file_expected[alive], came[alive] > 0
    found["auc"].append(auc(score, hit))
    found["auc_hotspot"].append(auc((changes * said.lines)[alive], hit))
    found["auc_lines"].append(auc(said.lines[alive], hit))
    top = np.argsort(-score)[: max(1, len(score) // 5)]
    found["fixes_in_top_fifth"].append(float(came[alive][top].sum() / came[alive].sum()))


def parts(
    found: dict[str, list[float]], whole: Activity, said: Fragilities, end: int, rng: np.random.Generator
) -> None:
    """Component figures of one window."""
    landing, part = whole.pairs
    at = whole.history.at[landing]
    later = whole.history.is_fix[landing] & (at >= end) & (at < end + 90 * DAY)
    seen = np.bincount(part[later], minlength=len(whole.components))
    there = said.component_files > 0
    found["parts_said"].append(float(said.component_expected[there].sum()))
    found["parts_seen"].append(float(seen[there].sum()))
    pit = [inside(e, int(n), rng) for e, n in zip(said.component_expected[there], seen[there], strict=True)]
    found["range_held"].append(float(np.mean([0.1 <= one <= 0.9 for one in pit])))
    ledger = Ledger()
    for position in np.flatnonzero(there):
        level = said.component(whole.components[position], ledger).level
        found[f"needed_fix_{level}"].append(float(seen[position] > 0))


def inside(expected: float, seen: int, rng: np.random.Generator) -> float:
    """Where a count lies in its distribution, randomised within the count."""
    below = fixes.cumulative(expected, seen + 1)
    low = below[seen - 1] if seen else 0.0
    return float(low + rng.random() * (below[seen] - low))


def auc(score: Floats, hit: NDArray[np.bool_]) -> float:
    """The chance that a hit is ranked above a miss; ties count half."""
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    hits, misses = int(hit.sum()), int((~hit).sum())
    return float((rank[hit].sum() - hits * (hits + 1) / 2) / max(1, hits * misses))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
