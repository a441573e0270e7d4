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

Files the same way, of the 150 changed most in the two years, every 180 days;
their controls are all landings of that half year.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from forecast import read
from ranking import clone_of, listed

from colead.activity import Activity
from colead.citing import DAY, day_of, end_of
from colead.partner import ENOUGH, SUPPORT, Along, Files, Pair, changed_most, strongest
from colead.partner.files import LIFT, TOLD

AFTER = timedelta(days=180)
BACK = range(180, 1_260, 90)  # days
MOST = 150  # files of a moment


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
    for one in listed(Path(repositories)):
        clone = clone_of(Path(folder), one.name)
        if clone:
            whole = read(clone, Path(cache))
            for level, replayed in (("parts", rows), ("files", files)):
                found = sets[f"{one.use}, {level}"][one.name] = list(replayed(whole))
                print(one.name, level, told(found), flush=True)
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


def files(whole: Activity) -> Iterator[Row]:
    """What would have been told of each of the 150 files changed most; controls are all landings."""
    first, last = int(whole.history.at.min()), int(whole.history.at.max())
    there = {one.path for one in whole.codebase.product}
    for moment in (last - back * DAY for back in BACK[::2]):
        if moment - first < 365 * DAY:
            return
        day = day_of(moment)
        known, later = (Along.of(whole, one) for one in (day, day + AFTER))
        before, after = Files(known, known.known.end), Files(later, later.known.end)
        new = later.landings[whole.history.at[later.landings] >= end_of(day)]
        for of in [path for path in changed_most(whole, known.landings)[:MOST] if path in there]:
            came = np.intersect1d(after.landings(of), new)
            for pair in best_of(before, of, there) if len(came) else ():
                own = after.landings(pair.component)
                usual = float(np.isin(new, own).mean())
                hits = float(np.isin(came, own).mean())
                yield Row(pair.together / pair.times, pair.chance, hits, usual, len(came))


def best_of(known: Files, of: str, there: set[str]) -> list[Pair]:
    """The at most two that would be told."""
    found = [pair for pair, _ in known.pairs(of, there) if pair.low > LIFT * pair.usual]
    return sorted(found, key=lambda one: -one.low)[:TOLD]


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
