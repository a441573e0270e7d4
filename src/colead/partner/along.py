"""Which parts changed together: a table of landings by component, and pairs that go along beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.citing import DAY, day_of
from colead.history import MANY_FILES, IntArray
from colead.pace import Known

WINDOW = 730  # days looked back
ENOUGH = 5  # landings of a touched part
SUPPORT = 6  # times together; with 4 it came true less often (29 % against 34 %)
SHARE = 0.3  # of the touched part's landings
DOUBT = 8  # times without that are added to a count before it is told as a chance
LIKE = 1.5  # "as active" means between 1/LIKE and LIKE times as many landings
FEWEST_LIKE = 3  # parts to compare with; when fewer are as active, the nearest


@dataclass(frozen=True, slots=True)
class Pair:
    """A touched part and one that goes with it more than chance."""

    of: str
    component: str
    together: int
    times: int
    usual: float
    low: float  # of the share, 95 %

    @property
    def chance(self) -> float:
        """That it changes along the next time: the count, with `DOUBT` times more without it.

        The more a count stands on, the less it falls back. Chosen on 12
        repositories; other ones are in docs/benchmarks.md.
        """
        return self.together / (self.times + DOUBT)


@dataclass(frozen=True)
class Along:
    """Which parts changed in which landings: a table over the landings that count."""

    activity: Activity
    landings: IntArray  # positions, ascending
    table: NDArray[np.bool_]  # landings x components
    known: Known  # up to when it was counted

    @classmethod
    def of(cls, activity: Activity, today: date) -> Along:
        """The table of the two years up to the end of `today`, or of a stale clone's newest landing."""
        history, known = activity.history, Known.of([activity], today)
        end = known.end
        files = np.bincount(activity.row_landing, minlength=len(history.landings))
        recent = (history.at < end) & (history.at >= end - WINDOW * DAY)
        landings = np.flatnonzero(recent & (files > 0) & (files <= MANY_FILES)).astype(np.int32)
        landing, part = activity.pairs
        place = np.searchsorted(landings, landing)
        kept = np.isin(landing, landings)
        table = np.zeros((len(landings), len(activity.components)), dtype=bool)
        table[place[kept], part[kept]] = True
        return cls(activity, landings, table, known)

    @property
    def window(self) -> tuple[str, str]:
        """Their first and last day, ISO."""
        end = self.known.end
        return day_of(end - WINDOW * DAY).isoformat(), day_of(end - 1).isoformat()

    def column(self, key: str) -> NDArray[np.bool_]:
        """In which of the landings the component changed."""
        changed: NDArray[np.bool_] = self.table[:, self.activity.components.index(key)]
        return changed

    def changed(self, key: str) -> int:
        """How many of the landings changed the component; 0 for a key that is not there."""
        return int(self.column(key).sum()) if key in self.activity.components else 0

    def pair(self, of: str, key: str) -> Pair | None:
        """`key` as a partner of `of`, None when it is not one."""
        a, b = self.column(of), self.column(key)
        times, together = int(a.sum()), int((a & b).sum())
        newer = b[a][times // 2 :]
        if together < SUPPORT or together < SHARE * times or newer.mean() < SHARE:
            return None
        usual, low = self.usual(of, key), wilson(together, times)[0]
        return Pair(of, key, together, times, usual, low) if low > usual else None

    def usual(self, of: str, key: str) -> float:
        """The share of `of`'s landings that `key` would be in if parts changed along by how active they are.

        Each landing keeps its number of parts; never less than `key`'s share of all landings.
        """
        a, counts = self.column(of), self.table.sum(axis=0)
        others = counts.sum() - counts[self.activity.components.index(of)]
        own = counts[self.activity.components.index(key)]
        along = (self.table[a].sum(axis=1) - 1) * own / max(1, others)
        return float(max(np.minimum(1.0, along).mean(), own / max(1, len(self.landings))))

    def as_active(self, key: str, of: str) -> NDArray[np.intp]:
        """Positions of the components that changed about as often as `key`, without it and `of`."""
        counts = self.table.sum(axis=0)
        position, other = (self.activity.components.index(one) for one in (key, of))
        distance = np.abs(np.log(np.maximum(counts, 0.5) / max(counts[position], 0.5)))
        distance[[position, other]] = np.inf
        like = np.flatnonzero(distance <= np.log(LIKE))
        nearest = np.argsort(distance, kind="stable")[:FEWEST_LIKE]
        chosen = like if len(like) >= FEWEST_LIKE else nearest
        seated: NDArray[np.intp] = chosen[np.isfinite(distance[chosen])]
        return seated


def changed_most(activity: Activity, landings: IntArray, key: str | None = None) -> tuple[str, ...]:
    """Product files of today (of one component, where a key is given), those changed most first."""
    rows = np.isin(activity.row_landing, landings)
    if key is not None:
        rows &= activity.file_component[activity.row_file] == activity.components.index(key)
    counts = np.bincount(activity.row_file[rows], minlength=len(activity.history.paths))
    there = {one.path for one in activity.codebase.product}
    often = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
    return tuple(path for file in often if (path := activity.history.paths[file]) in there)


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share of `hits` in `n`, 95 % by default (Wilson 1927)."""
    if n <= 0:
        return 0.0, 1.0
    share, width = hits / n, z * z / n
    middle = share + width / 2
    half = z * float(np.sqrt(share * (1 - share) / n + width / (4 * n)))
    return max(0.0, (middle - half) / (1 + width)), min(1.0, (middle + half) / (1 + width))
