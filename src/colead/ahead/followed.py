"""How often changes of each part were followed by a fix there: counted, with what is usual here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.history import IntArray
from colead.partner import wilson
from colead.tradeoff import ENOUGH, fixed_rows, settled

Floats = NDArray[np.float64]
FEWEST_PARTS = 3  # with enough changes, of which one can be called usual
# Changes at the share of the whole repository that stand beside a part's own. Chosen on twelve public
# repositories by the deviance of what came, of 0, 5, 20, 50, 100, 200 and the whole repository's share alone.
DRAWN = 50.0


@dataclass(frozen=True)
class Followed:
    """People's changes of two years, older than 90 days, and those that a fix on the same files followed."""

    changes: IntArray  # of each component
    fixed: IntArray

    @property
    def whole(self) -> float:
        """The share over all changes of parts."""
        return float(self.fixed.sum() / max(1, self.changes.sum()))

    @property
    def share(self) -> Floats:
        """The share of each part, drawn to the repository's own where there are few changes."""
        drawn: Floats = (self.fixed + DRAWN * self.whole) / (self.changes + DRAWN)
        return drawn

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which parts have changes enough to say a share."""
        return self.changes >= ENOUGH

    @property
    def usual(self) -> float | None:
        """The share of the median part among those known; None where there are too few of them."""
        if self.known.sum() < FEWEST_PARTS:
            return None
        return float(np.median(self.fixed[self.known] / self.changes[self.known]))

    def range(self, part: int) -> tuple[float, float]:
        """The 95 % interval of a part's share."""
        return wilson(int(self.fixed[part]), int(self.changes[part]))

    def more(self, part: int) -> bool:
        """Whether fixes followed changes of the part more often than usual, beyond chance."""
        return bool(self.known[part]) and self.usual is not None and self.range(part)[0] > self.usual


def followed(activity: Activity, today: date) -> Followed:
    """The changes of each part, and how many a fix there followed: on its same files, 1 to 90 days later."""
    size = len(activity.components)
    chosen = np.zeros(len(activity.history.landings), dtype=bool)
    chosen[settled(activity, today)[0]] = True
    rows = chosen[activity.row_landing]
    pair = activity.row_landing[rows].astype(np.int64) * max(1, size)
    pair += activity.file_component[activity.row_file[rows]]
    every, hit = np.unique(pair), np.unique(pair[fixed_rows(activity)[rows]])
    counted = (np.bincount(one % max(1, size), minlength=size).astype(np.int32) for one in (every, hit))
    return Followed(*counted)
