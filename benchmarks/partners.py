"""How often partners came true, replayed on clones.

    python benchmarks/partners.py CACHE FOLDER [LIST]

FOLDER holds the clones and LIST (default: repositories.txt beside this file)
names them with their set, as for ranking.py. Every 90 days from 180 to 1,170
days before the newest landing, each part of then is taken as the touched one,
and the at most three partners that would be told are held against the landings
of the half year after (those with none are left out). Components and their
files are those of today. Per set, means over pairs:

- before: how often they had changed along; said: the chance that is told;
- came: the share of the touched part's landings that they were in;
- controls: the same of parts as active that are no partners of it;
- a table of said against came, by fifths of what was said.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from fragility import read
from ranking import clone_of, listed

from colead.activity import Activity
from colead.citing import DAY, day_of, end_of
from colead.partner import ENOUGH, SUPPORT, Along, Pair, strongest

AFTER = timedelta(days=180)
BACK = range(180, 1_260, 90)  # days


class Row(NamedTuple):
    """One pair that would have been told, and what came."""

    before: float
    said: float
    came: float
    controls: float
    landings: int


def main(cache: str, folder: str, repositories: str) -> None:
    """Replay every clone; one line each, then a table per set."""
    sets: dict[str, dict[str, list[Row]]] = defaultdict(dict)
    for name, _, kind in listed(Path(repositories)):
        clone = clone_of(Path(folder), name)
        if clone:
            sets[kind][name] = list(rows(read(clone, Path(cache))))
            print(name, told(sets[kind][name]), flush=True)
    print("\n| set | clones | pairs | before | said | came | controls | mean of clones: said / came |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    for kind, found in sets.items():
        print(f"| {kind} | {summary([one for one in found.values() if one])} |")
    print("\n| set | said > came, by fifths |\n|---|---|")
    for kind, found in sets.items():
        print(f"| {kind} | {fifths([row for one in found.values() for row in one])} |")


def rows(whole: Activity) -> Iterator[Row]:
    """What would have been told at every moment of one clone."""
    first, last = int(whole.history.at.min()), int(whole.history.at.max())
    for moment in (last - back * DAY for back in BACK):
        if moment - first >= 365 * DAY:
            day = day_of(moment)
            yield from _moment(Along.of(whole, day), Along.of(whole, day + AFTER), end_of(day))


def _moment(known: Along, later: Along, end: int) -> Iterator[Row]:
    new = later.table[known.activity.history.at[later.landings] >= end]
    often = known.table.astype(np.int32).T @ known.table.astype(np.int32)
    keys = known.activity.components
    for one in np.flatnonzero((often.diagonal() >= ENOUGH) & new.any(axis=0)):
        others = (two for two in np.flatnonzero(often[one] >= SUPPORT) if two != one)
        pairs = [pair for two in others if (pair := known.pair(keys[one], keys[two]))]
        for pair in strongest(pairs):
            yield _row(known, pair, new[new[:, one]])


def _row(known: Along, pair: Pair, after: np.ndarray) -> Row:
    keys = known.activity.components
    like = [
        int(one) for one in known.as_active(pair.component, pair.of) if not known.pair(pair.of, keys[one])
    ]
    controls = float(after[:, like].mean()) if like else np.nan
    came = float(after[:, keys.index(pair.component)].mean())
    return Row(pair.together / pair.times, pair.chance, came, controls, len(after))


def told(found: list[Row]) -> str:
    """One clone's line."""
    means = np.nanmean(np.array(found), axis=0) if found else []
    return f"{len(found)} pairs " + " ".join(f"{one:.2f}" for one in means[:4])


def summary(clones: list[list[Row]]) -> str:
    """One set's line."""
    pairs = np.array([row for one in clones for row in one])
    before, said, came, controls = (f"{100 * one:.0f} %" for one in np.nanmean(pairs, axis=0)[:4])
    mean = np.mean([np.array(one)[:, 1:3].mean(axis=0) for one in clones], axis=0)
    each = f"{100 * mean[0]:.0f} / {100 * mean[1]:.0f} %"
    return f"{len(clones)} | {len(pairs):,} | {before} | {said} | {came} | {controls} | {each}"


def fifths(found: list[Row]) -> str:
    """Said against came."""
    pairs = np.array(found)
    parts = np.array_split(np.argsort(pairs[:, 1]), 5)
    return ", ".join(f"{100 * pairs[one, 1].mean():.0f} > {100 * pairs[one, 2].mean():.0f}" for one in parts)


if __name__ == "__main__":
    main(*sys.argv[1:3], *(sys.argv[3:4] or [str(Path(__file__).with_name("repositories.txt"))]))
