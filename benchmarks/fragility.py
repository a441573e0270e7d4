"""How well fragility tells files and parts that will need fixes, beside four plain rules, replayed on clones.

    python benchmarks/fragility.py gather ROWS FOLDER [LIST] [--cache DIR]
    python benchmarks/fragility.py report ROWS [LIST]
    python benchmarks/fragility.py CACHE CLONE...

The last one replays your own clones. FOLDER holds the clones as OWNER+NAME/repo; LIST
(default: fragility.txt beside this file) has one per line: name, commit, set. `gather` writes one
file per repository to ROWS and leaves out those that are there; `report` prints the tables from them.

For each of the last eight windows of 90 days before a repository's newest landing
what would have been said is made from what had landed by then, with the line counts of
that day's commit (those of today for a file that has been renamed since), and compared
with the fixes that came. The parts are those of today. Windows with fewer than five
fixes of files, or of which Colead would have said nothing, are left out; repositories
with fewer than two windows, too. Leaving quiet windows out looks at what came, and makes
what was said look too little: the calibration error is told with them, too. Every figure
is a mean over windows, then over repositories, so that large ones do not dominate. Printed, by set:

- AUC of "this file will be fixed" for fragility, for changes in a year times lines (the
  usual hotspot), lines, changes in a year and past fixes; the paired difference to each
  with its 95 % interval (bootstrap over repositories) and the share of repositories in
  which fragility is better;
- the share of the window's fixes in the 20 % of files ranked highest;
- fixes said and come in the 1 % of files ranked highest; the calibration error: the mean
  distance of said and come over eight bands of rank, against what came;
- parts: fixes said and come, and how often the 80 % range held (randomised within the
  count, as counts are discrete);
- what the words meant: share of parts called fragile, to watch, steady that needed a fix.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colead import fixes
from colead.activity import Activity, activity
from colead.citing import DAY, day_of, end_of
from colead.evidence import Ledger
from colead.fragility import Fragilities, fragilities
from colead.readers.git import Door
from colead.store import Store
from colead.store.codebase import codebase, non_blank
from colead.store.replayed import tips

WINDOWS, FEWEST, ENOUGH = 8, 2, 5
RULES = ("fragility", "hotspot", "lines", "changes", "fixes")
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)  # shares of the files, ranked
LIST = Path(__file__).with_name("fragility.txt")
DRAWS = 10_000
Floats = NDArray[np.float64]
Row = dict[str, Any]


def main() -> None:
    """Gather, report, or replay clones that are named."""
    if len(sys.argv) > 2 and sys.argv[1] not in ("gather", "report"):
        clones(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
        return
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("what", choices=("gather", "report"))
    asked.add_argument("rows", type=Path)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("list", type=Path, nargs="?", default=LIST)
    asked.add_argument("--cache", type=Path, default=None)
    told = asked.parse_args()
    if told.what == "gather":
        gather(told.rows, told.folder, told.list, told.cache)
    else:
        report(told.rows, told.list)


def listed(place: Path) -> dict[str, tuple[str, str]]:
    """Commit and set of each repository."""
    rows = (line.split() for line in place.read_text().splitlines() if line and not line.startswith("#"))
    return {name: (commit, kind) for name, commit, kind in rows}


# --- gathering -------------------------------------------------------------------------------


def gather(rows: Path, folder: Path, place: Path, cache: Path | None) -> None:
    """Replay every clone that has no row yet."""
    rows.mkdir(parents=True, exist_ok=True)
    for name, (commit, _) in listed(place).items():
        target = rows / f"{name.replace('/', '+')}.json"
        if target.exists():
            continue
        begun = time.monotonic()
        with Door.open(folder / name.replace("/", "+") / "repo") as door, door.at(commit) as fixed:
            found = replay(fixed, cache)
        target.write_text(json.dumps(found))
        print(f"{name}: {len(found)} windows, {time.monotonic() - begun:.0f} s", flush=True)


def clones(cache: Path, named: Sequence[Path]) -> None:
    """Replay clones as they are, and print."""
    told = []
    for one in named:
        with Door.open(one) as door:
            told.append((str(one), "yours", replay(door, cache)))
    show(told)


@dataclass(frozen=True)
class Moment:
    """The end of a past day: what would have been said on it, and the fixes of each file that came after."""

    whole: Activity
    alive: NDArray[np.bool_]
    said: Fragilities
    came: Floats

    @property
    def counts(self) -> bool:
        """Whether enough came for the order to be judged."""
        return bool(self.came[self.alive].sum() >= ENOUGH)


def replay(door: Door, cache: Path | None) -> list[Row]:
    """The figures of every window of which something would have been said."""
    rng = np.random.default_rng(1)
    return [figures(one, rng) for one in moments(door, cache)]


def figures(one: Moment, rng: np.random.Generator) -> Row:
    """The figures of one window; of a quiet one the fixes said and come alone."""
    said, came = one.said.file_expected[one.alive], one.came[one.alive]
    found: Row = {"counts": one.counts, "bands": bands(said, came)}
    if one.counts:
        found |= {**files(one), **parts(one.whole, one.said, one.said.end, rng)}
    return found


def moments(door: Door, cache: Path | None) -> Iterator[Moment]:
    """The last windows of a repository, newest first, of which something would have been said."""
    with Store.open(door, cache) as store:
        store.update(door, silent)
        whole = activity(store.history(), codebase(store, door, silent))
        last = day_of(int(whole.history.at.max()))
        days = [last - timedelta(days=90 * back) for back in range(1, WINDOWS + 1)]
        commits = tips(store, door.tip, [end_of(one) for one in days])
    sizes: dict[str, int] = {}
    for day, commit in zip(days, commits, strict=True):
        end = end_of(day)
        alive = fixes.alive_at(whole, end)
        if not commit:
            continue
        with door.at(commit) as earlier:
            here = as_of(whole, alive, end, lines_of(earlier, whole, alive, sizes))
        said = fragilities(here, today=day, repository="")
        if not said.too_little:
            yield Moment(whole, alive, said, fixes.fixed_files(whole, end, end + 90 * DAY))


def silent(done: int, total: int, what: str) -> None:
    """Report to nobody."""


def lines_of(door: Door, whole: Activity, alive: NDArray[np.bool_], known: dict[str, int]) -> dict[str, int]:
    """Non-blank lines of the files of a past commit, by path; `known` keeps them by hash."""
    wanted = {whole.history.paths[one] for one in np.flatnonzero(alive)}
    there = {os.fsdecode(one.path): one.oid for one in door.tree(door.tip)}
    oids = {path: oid for path, oid in there.items() if path in wanted}
    new = [oid for oid in dict.fromkeys(oids.values()) if oid not in known]
    for oid, data in door.blobs(new) if new else ():
        known[oid] = non_blank(data) if data is not None else 0
    return {path: known[oid] for path, oid in oids.items() if oid in known}


def as_of(whole: Activity, alive: NDArray[np.bool_], end: int, lines: Mapping[str, int]) -> Activity:
    """The activity as it was: landings until then, files that were there with their lines (today's seats)."""
    paths = {whole.history.paths[one] for one in np.flatnonzero(alive)}
    template = whole.codebase.product[0]
    sources = tuple(dataclasses.replace(template, path=path) for path in sorted(paths))
    then = dataclasses.replace(whole.codebase, files=sources, lines={**whole.codebase.lines, **lines})
    return Activity(whole.history.until(day_of(end - 1)), then, whole.components, whole.file_component)


def files(one: Moment) -> Row:
    """File figures of one window."""
    whole, said, alive, came = one.whole, one.said, one.alive, one.came
    at = whole.history.at[whole.row_landing]
    year = (at < said.end) & (at >= said.end - 365 * DAY)
    changes = np.bincount(whole.row_file, weights=year, minlength=len(alive))
    scores = {
        "fragility": said.file_expected,
        "hotspot": changes * said.lines,
        "lines": said.lines,
        "changes": changes,
        "fixes": fixes.fixed_files(whole, 0, said.end),
    }
    hit = came[alive] > 0
    return {
        "auc": {name: auc(score[alive], hit) for name, score in scores.items()},
        "fifth": {name: fifth(score[alive], came[alive]) for name, score in scores.items()},
    }


def bands(said: Floats, came: Floats) -> list[tuple[int, float, float]]:
    """Files, fixes said and come in each band of rank."""
    order = np.argsort(said, kind="stable")
    edges = [round(share * len(order)) for share in BANDS]
    places = [order[start:stop] for start, stop in pairwise(edges)]
    return [(len(one), float(said[one].sum()), float(came[one].sum())) for one in places]


def parts(whole: Activity, said: Fragilities, end: int, rng: np.random.Generator) -> Row:
    """Component figures of one window."""
    seen = fixes.fixed_parts(whole, end, end + 90 * DAY)
    there = said.component_files > 0
    ledger, words = Ledger(), defaultdict(list)
    for position in np.flatnonzero(there):
        level = said.component(whole.components[position], ledger).level
        words[str(level)].append(float(seen[position] > 0))
    expected = said.component_expected[there]
    places = [inside(e, int(n), rng) for e, n in zip(expected, seen[there], strict=True)]
    return {
        "parts": (float(expected.sum()), float(seen[there].sum())),
        "held": float(np.mean([0.1 <= one <= 0.9 for one in places])),
        "words": {word: (len(all_), sum(all_)) for word, all_ in words.items()},
    }


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


def fifth(score: Floats, came: Floats) -> float:
    """The share of fixes in the fifth of the files that a rule ranks highest."""
    top = np.argsort(-score, kind="stable")[: max(1, len(score) // 5)]
    return float(came[top].sum() / came.sum())


# --- reporting -------------------------------------------------------------------------------


def report(rows: Path, place: Path) -> None:
    """Print the tables of what was gathered."""
    found = []
    for name, (_, kind) in listed(place).items():
        row = rows / f"{name.replace('/', '+')}.json"
        found.append((name, kind, json.loads(row.read_text()) if row.exists() else []))
    show(found)


def show(every: Sequence[tuple[str, str, list[Row]]]) -> None:
    """A line of each repository, the tables of each set and of all."""
    sets: dict[str, list[list[Row]]] = defaultdict(list)
    quiet: dict[str, list[list[Row]]] = defaultdict(list)
    for name, kind, all_ in every:
        found = [one for one in all_ if one["counts"]]
        if len(found) < FEWEST:
            print(f"left out: {name} ({kind}), {len(found)} windows")
            continue
        mean = {rule: np.mean([one["auc"][rule] for one in found]) for rule in RULES}
        print(f"{name} ({kind}):", " ".join(f"{rule} {value:.3f}" for rule, value in mean.items()))
        sets[kind].append(found)
        quiet[kind].append(all_)
    if len(sets) > 1:
        for some in (sets, quiet):
            some["all"] = [one for told in some.values() for one in told]
    for kind, told in sets.items():
        print(f"\n{kind}: {len(told)} repositories, {sum(map(len, told))} windows")
        rules(told)
        levels(told)
        summed = np.array([np.sum([one["bands"] for one in some], axis=0) for some in quiet[kind]])
        error, rates = calibration(summed)
        share = np.diff(BANDS)
        print(f"  with quiet quarters ({sum(map(len, quiet[kind]))}): calibration error {error:.3f},", end="")
        print(f" said/came {share @ rates[:, 0] / (share @ rates[:, 1]):.2f}")


def calibration(bands: Floats) -> tuple[float, Floats]:
    """The relative error, and fixes said and come per file and band (means of repositories).

    `bands` holds files, fixes said and come, by repository and band. The
    error is the mean distance of said and come, bands weighing as the files
    in them, against what came: as in the research that the goal is from.
    """
    share = np.diff(BANDS)
    rates = (bands[:, :, 1:] / np.maximum(1, bands[:, :, :1])).mean(axis=0)
    return float(share @ np.abs(rates[:, 0] - rates[:, 1]) / (share @ rates[:, 1])), rates


def mean_of(told: Sequence[list[Row]], what: str, rule: str) -> Floats:
    """A figure of each repository, mean over its windows."""
    return np.array([np.mean([one[what][rule] for one in some]) for some in told])


def rules(told: Sequence[list[Row]]) -> None:
    """Fragility beside the plain rules."""
    own, rng = mean_of(told, "auc", "fragility"), np.random.default_rng(1)
    for rule in RULES:
        score, top = mean_of(told, "auc", rule), mean_of(told, "fifth", rule)
        line = f"  {rule:10} AUC {score.mean():.3f} ({np.median(score):.3f}), top fifth {top.mean():.3f}"
        if rule != "fragility":
            more = own - score
            drawn = more[rng.integers(0, len(more), (DRAWS, len(more)))].mean(axis=1)
            low, high = np.quantile(drawn, (0.025, 0.975))
            line += f"; fragility {more.mean():+.3f} [{low:+.3f}, {high:+.3f}]"
            line += f", better {np.mean(more > 0):.0%}"
        print(line)


def levels(told: Sequence[list[Row]]) -> None:
    """How many fixes were said, and how many came."""
    bands = np.array([np.sum([one["bands"] for one in some], axis=0) for some in told])
    error, rates = calibration(bands)
    pooled = bands.sum(axis=0)
    own = float(np.abs(pooled[:, 1] - pooled[:, 2]).sum() / pooled[:, 2].sum())
    each = bands[:, -1, 1] / np.maximum(1, bands[:, -1, 2])
    print("  said by band", " ".join(f"{one:.3f}" for one in rates[:, 0]))
    print("  came by band", " ".join(f"{one:.3f}" for one in rates[:, 1]))
    rng = np.random.default_rng(1)
    drawn = [calibration(bands[rng.integers(0, len(bands), len(bands))])[0] for _ in range(1_000)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    print(f"  calibration error {error:.3f} (drawn anew: {low:.3f} to {high:.3f}; ", end="")
    print(f"all files alike: {own:.3f})")
    print(
        f"  top 1 %: said/came {rates[-1, 0] / rates[-1, 1]:.2f} (all files alike: "
        f"{pooled[-1, 1] / pooled[-1, 2]:.2f}; middle repository {np.median(each):.2f})"
    )
    parts = np.array([np.sum([one["parts"] for one in some], axis=0) for some in told])
    held = np.array([np.mean([one["held"] for one in some]) for some in told])
    print(f"  parts: said/came {parts[:, 0].sum() / parts[:, 1].sum():.2f}", end="")
    print(f" (middle {np.median(parts[:, 0] / np.maximum(1, parts[:, 1])):.2f})", end="")
    print(f"; 80 % range held {held.mean():.3f} (median {np.median(held):.3f})")
    for word in ("fragile", "watch", "steady"):
        counts = [np.sum([one["words"].get(word, (0, 0)) for one in some], axis=0) for some in told]
        shares = [fixed / n for n, fixed in counts if n]
        print(f"  {word}: {np.mean(shares):.3f} needed one (median {np.median(shares):.3f})")


if __name__ == "__main__":
    main()
