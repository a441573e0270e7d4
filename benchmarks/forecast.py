"""How often forecasts held, replayed on clones.

    python benchmarks/forecast.py CACHE CLONE...

- pace: every eight weeks over five years, when 4, 8 and 12 weeks' worth of
  changes will have landed; how often the 80 % range held (the pace is that of
  the last 26 weeks);
- efforts: every past effort is forecast on the day of its first landing from
  the efforts known then (its parts are taken as known).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from colead import efforts as past_efforts
from colead.activity import Activity, activity
from colead.citing import DAY
from colead.efforts import FEWEST, Lengths, efforts, nearest
from colead.look import silent
from colead.pace import LONGEST, WEEK, Pace
from colead.readers.git import Door
from colead.store import Store
from colead.store.codebase import codebase

LOW, HIGH = 0.1, 0.9
Found = dict[str, list[float]]


def read(clone: Path, cache: Path) -> Activity:
    """The activity of a clone."""
    with Door.open(clone) as door, Store.open(door, cache) as store:
        store.update(door, silent)
        return activity(store.history(), codebase(store, door, silent))


def main(cache: str, clones: list[str]) -> None:
    """Replay every clone and print one line each, then the mean over clones."""
    every: Found = defaultdict(list)
    for clone in clones:
        whole = read(Path(clone), Path(cache))
        found: Found = defaultdict(list)
        pace(found, whole)
        effort(found, whole)
        print(Path(clone).parent.name, " ".join(f"{key}={np.mean(all_):.2f}" for key, all_ in found.items()))
        for key, values in found.items():
            every[key].append(float(np.mean(values)))
            every[f"{key} (cases)"].append(float(len(values)))
    for key, values in every.items():
        figure = np.sum(values) if key.endswith("(cases)") else np.mean(values)
        print(f"{key:32} {figure:.2f} of {len(values)} clones")


def pace(found: Found, whole: Activity) -> None:
    """Ranges from the pace of landings."""
    at = np.sort(whole.history.at[np.unique(whole.row_landing)])
    rng = np.random.default_rng(1)
    for weeks in (4, 8, 12):
        for back in range(2, 34):
            moment = int(at[-1]) - back * 8 * WEEK
            known = Pace.of([whole], moment)
            later = at[at >= moment]
            if known.enough:
                changes = max(5, round(known.weekly[:26].mean() * weeks))
                took = (later[changes - 1] - moment) / WEEK if len(later) >= changes else LONGEST + 1
                said = known.weeks_for(changes, rng)
                low, high = np.quantile(said, (LOW, HIGH))
                found[f"pace_{weeks}_weeks"].append(float(low <= took <= high))


def effort(found: Found, whole: Activity) -> None:
    """Ranges from past efforts."""
    looked_back = past_efforts.LOOKED_BACK
    past_efforts.LOOKED_BACK = 100 * 365 * DAY  # every effort is a case; each is forecast from three years
    cases = efforts([whole], int(whole.history.at.max()) + 1)
    past_efforts.LOOKED_BACK = looked_back
    for one in (case for case in cases if case.done):
        cousins = nearest(efforts([whole], one.first), one.parts, None)
        if cousins.finished >= FEWEST:
            lengths = Lengths.of(cousins.efforts)
            found["efforts"].append(float(lengths.after(LOW) <= one.days <= lengths.after(HIGH)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
