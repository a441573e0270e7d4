"""Whether features that change a part reach further or need more afterwards than like ones, and if it holds.

    python benchmarks/drag.py FOLDER [LIST] [--cache DIR] [--parts]

FOLDER holds the clones as OWNER+NAME/repo; LIST (default: risk.txt beside this file) has one per line:
name, commit, set. Features are landings that the shipped model of kinds takes for such, of six years before
the newest landing. Each is seen from every part that it changed and compared, in the same two years, with
features seen from other parts (`colead.drag`):

- reached: other parts that it changed, against features that changed as many files inside the part;
- reached, outside: the same against features that changed as many files outside of it;
- fixed: whether one of its files was fixed 1 to 90 days later, against features of as many files, as busy;
- again: whether one of its files was changed again within 30 days, against the same.

Printed by set, for each: parts with 20 such features; of how many Colead would tell, in how many
repositories, and how many times as much; of how many it would where parts are dealt out anew within each
band (mean of 20 deals); and of the parts told from the first three years, what came in the last three: the
ratio there, how often it was above 1, and how often within the range foretold (98 %: both errors). --parts
names them, and tells the schema.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from colead.activity import Activity, activity
from colead.balancing import shipped
from colead.citing import DAY
from colead.drag import SPELL, WIDE, YEARS, Compared, Drags, against
from colead.kinds import kinds
from colead.readers.git import Door
from colead.store import Store
from colead.store.codebase import codebase
from colead.tradeoff import busy_before, fixed_later

DEALS, FEW = 20, 10  # features of a part in the second half
OUTSIDE = np.array([1, 2, 3, 4, 5, 6, 7, 9, 12, 17, 23])
BUSY = np.array([0, 1, 3, 6, 12])
FILES = np.array([1, 2, 3, 4, 5, 7, 9, 12, 16, 22])
Array = np.ndarray
LIST = Path(__file__).with_name("risk.txt")


def listed(place: Path) -> dict[str, tuple[str, str]]:
    """Commit and set of each repository."""
    rows = (line.split() for line in place.read_text().splitlines() if line and not line.startswith("#"))
    return {name: (commit, use) for name, commit, use in rows}


def silent(done: int, total: int, what: str) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Seen:
    """Features seen from their parts, with one outcome."""

    part: Array
    at: Array
    band: Array
    value: Array

    def kept(self, chosen: Array) -> Seen:
        """Some of them."""
        return Seen(self.part[chosen], self.at[chosen], self.band[chosen], self.value[chosen])

    def every(self, part: Array | None = None) -> dict[int, Compared]:
        """All parts with enough features."""
        part = self.part if part is None else part
        found = {
            int(one): against(self.band, self.value, part == one, part != one) for one in np.unique(part)
        }
        return {one: told for one, told in found.items() if told is not None}

    def dealt(self, rng: np.random.Generator) -> Array:
        """The parts, dealt out anew within each band."""
        part = self.part.copy()
        for one in np.unique(self.band):
            place = np.flatnonzero(self.band == one)
            part[place] = part[rng.permutation(place)]
        return part


def outcomes(drags: Drags) -> dict[str, Seen]:
    """What is looked at."""
    a, seen = drags.activity, drags.seen
    kept = seen.part < len(a.components)
    landing, part, at = seen.landing[kept], seen.part[kept], a.history.at[seen.landing[kept]]
    files = np.bincount(a.row_landing, minlength=len(a.history.at))[landing]
    width = len(a.components)
    pairs, inside = np.unique(
        a.row_landing.astype(np.int64) * width + a.file_component[a.row_file], return_counts=True
    )
    outside = files - inside[np.searchsorted(pairs, landing * width + part)]
    spell = (a.history.at.max() - at) // SPELL
    like = np.searchsorted(FILES, files, side="right") * 10 + np.searchsorted(
        BUSY, busy_before(a)[landing], side="right"
    )
    apart = np.searchsorted(OUTSIDE, outside, side="right")
    reached = Seen(part, at, seen.band[kept], seen.besides[kept])
    return {
        "reached": reached,
        "reached, outside": Seen(part, at, apart * (YEARS + 1) + spell, seen.besides[kept]).kept(outside > 0),
        "fixed": Seen(part, at, like * (YEARS + 1) + spell, fixed_later(a)[landing].astype(float)),
        "again": Seen(part, at, like * (YEARS + 1) + spell, again(a)[landing].astype(float)),
    }


def again(a: Activity) -> Array:
    """Which landings were followed by another one on one of their files within 30 days."""
    at = a.history.at
    key = a.row_file.astype(np.int64) * (1 << 34) + at[a.row_landing]
    order = np.append(np.sort(key), np.iinfo(np.int64).max)
    soon = order[np.searchsorted(order, key, side="right")] <= key + 30 * DAY
    return np.bincount(a.row_landing[soon], minlength=len(at)) > 0


def repository(
    name: str, commit: str, clone: Path, cache: Path | None
) -> tuple[Drags, dict[str, dict[str, object]]]:
    """The figures of one repository by outcome."""
    with Door.open(clone) as door, door.at(commit) as fixed, Store.open(fixed, cache) as store:
        store.update(fixed, silent)
        a = activity(store.history(), codebase(store, fixed, silent))
    end = int(a.history.at.max())
    drags = Drags(a, kinds(a.history, shipped(), end - YEARS * 365 * DAY), name)
    return drags, {what: figures(one, end) for what, one in outcomes(drags).items()}


def figures(seen: Seen, end: int) -> dict[str, object]:
    """All figures of one outcome in one repository."""
    rng = np.random.default_rng(1)
    half = end - YEARS * 365 * DAY // 2
    first, second = seen.kept(seen.at < half).every(), seen.kept(seen.at >= half)
    later = {
        one: against(second.band, second.value, second.part == one, second.part != one, FEW) for one in first
    }
    deals = [sum(one.told for one in seen.every(seen.dealt(rng)).values()) for _ in range(DEALS)]
    return {
        "parts": seen.every(),
        "dealt": float(np.mean(deals)),
        "halves": [(first[one], told) for one, told in later.items() if told is not None],
    }


def held(first: Compared, second: Compared) -> bool:
    """Whether the second half lies within what the first one foretells."""
    off = np.log(second.here / second.usual) - np.log(first.ratio)
    return bool(abs(off) <= WIDE * np.hypot(first.error, second.raw_error))


def row(what: str, some: list[dict[str, dict[str, object]]]) -> str:
    """A line of the table."""
    parts = [one[what]["parts"] for one in some]
    told = [[found for found in one.values() if found.told] for one in parts]
    times = [one.ratio for found in told for one in found]
    halves = [pair for one in some for pair in one[what]["halves"]]
    ours = [(a, b) for a, b in halves if a.told]
    later = [b.here / b.usual for _, b in ours]
    said = f"{np.median(times):.2f}" if times else ""
    cells = [what, sum(map(len, parts)), sum(map(len, told)), sum(map(bool, told)), said]
    cells += [f"{sum(one[what]['dealt'] for one in some):.1f}", len(halves), len(ours)]
    if ours:
        cells += [
            f"{np.exp(np.mean(np.log([a.ratio for a, _ in ours]))):.2f}",
            f"{np.exp(np.mean(np.log(later))):.2f}",
        ]
        cells += [f"{np.mean(np.array(later) > 1):.0%}", f"{np.mean([held(a, b) for a, b in ours]):.0%}"]
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path, nargs="?", default=LIST)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--parts", action="store_true")
    given = parser.parse_args()
    sets: dict[str, list[dict[str, dict[str, object]]]] = defaultdict(list)
    for name, (commit, use) in listed(given.list).items():
        drags, found = repository(name, commit, given.folder / name.replace("/", "+") / "repo", given.cache)
        sets[use].append(found)
        if given.parts:
            named(drags, found)
    for use, some in sets.items():
        print(f"\n{use}: {len(some)} repositories\n")
        print(
            "| outcome | parts | told | in repositories | times | dealt anew | in both halves"
            " | told from the first | times | in the second | above 1 | within the range |"
            "\n|---|" + "---:|" * 11
        )
        for what in some[0]:
            print(row(what, some))


def named(drags: Drags, found: dict[str, dict[str, object]]) -> None:
    """What would be told of one repository."""
    names = [one.name for one in drags.activity.codebase.components]
    for what in ("reached", "fixed"):
        for part, told in sorted(found[what]["parts"].items(), key=lambda pair: -pair[1].ratio):
            if told.told:
                print(f"{drags.repository}, {what}: {names[part]} {ranged(told)}")
    schema = drags.compared(len(names))
    if schema:
        print(f"{drags.repository}, schema{'' if schema.told else ', not told'}: {ranged(schema)}")


def ranged(one: Compared) -> str:
    """A ratio with its range."""
    return f"{one.ratio:.2f} ({one.low:.2f} to {one.high:.2f}; {one.n})"


if __name__ == "__main__":
    main()
