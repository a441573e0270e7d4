"""Past: what followed here when a partner was left out, and after changes across several parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY
from colead.history import MANY_FILES, IntArray
from colead.pace import Known
from colead.partner import WINDOW, Along, Partner, wilson

ENOUGH = 20  # cases in either group
SOON = 3 * DAY  # in which a left-out partner shows up
LATER = 90 * DAY  # in which a fix counts as needed
SAME_WORK = DAY  # a fix this close is part of the same piece of work
BEFORE = 180 * DAY  # in which changes say how busy a file is
SIZES = np.array([1, 2, 3, 5, 9, 16])  # files changed, and
BUSY = np.array([0, 1, 3, 6, 12])  # changes of the busiest of them: like is compared with like
ENOUGH_IN_BAND = 5


@dataclass(frozen=True, slots=True)
class Groups:
    """Like cases against a comparison group: how many, and the share in which it happened."""

    n: int
    here: float
    others: int
    usual: float
    highest: float  # of `usual`, the upper end of its 95 % interval
    cases: IntArray  # landings in which it happened

    @property
    def enough(self) -> bool:
        """Whether both groups are large enough to speak of."""
        return min(self.n, self.others) >= ENOUGH

    @property
    def apart(self) -> bool:
        """Whether the 95 % intervals are apart, and the odds differ in words too."""
        low = wilson(round(self.here * self.n), self.n)[0]
        return self.enough and low > self.highest and phrase.odds(self.here) != phrase.odds(self.usual)


def left_out_partner(activity: Activity, partner: Partner, today: date) -> Groups:
    """Landings that changed the partner's touched part without it: was it changed within three days?

    Compared with parts as active that are no partners of the touched part,
    because partners are chosen for being busy.
    """
    along = Along.of(activity, today)
    landings, hits = _soon_after(along, partner.of, partner.component)
    keys = (activity.components[one] for one in along.as_active(partner.component, partner.of))
    others = [_soon_after(along, partner.of, key)[1] for key in keys if not along.pair(partner.of, key)]
    pooled = np.concatenate(others) if others else np.zeros(0, dtype=bool)
    # The same landings stand in every comparison, so they count once for how sure the share is.
    size = int(np.mean([len(one) for one in others])) if others else 0
    usual = float(pooled.mean()) if size else 0.0
    highest = wilson(round(usual * size), size)[1]
    return Groups(len(hits), _mean(hits), size, usual, highest, landings[hits])


def wide_changes(activity: Activity, parts: int, today: date) -> tuple[int, Groups]:
    """Landings that reached at least `parts` parts: did the same files need a fix within 90 days?

    Compared with landings within one part, like with like: by how many files
    they changed and how busy these had been, weighted as the wide ones are.
    When fewer than ENOUGH reach so far, the largest reach that enough landings
    have (at least two parts). Returns the reach used, too.
    """
    landings, files = settled(activity, today)
    spread, fixed = activity.spread[landings], fixed_later(activity)[landings]
    reach = max(2, parts)
    while reach > 2 and np.sum(spread >= reach) < ENOUGH:
        reach -= 1
    band = _band(files, SIZES) * len(BUSY) + _band(busy_before(activity)[landings], BUSY)
    return reach, _alike(band, spread >= reach, spread == 1, fixed, landings)


def _alike(
    band: NDArray[np.intp],
    wide: NDArray[np.bool_],
    narrow: NDArray[np.bool_],
    fixed: NDArray[np.bool_],
    landings: IntArray,
) -> Groups:
    """The wide landings against the narrow ones of the same bands (direct standardisation)."""
    size = len(SIZES) * len(BUSY)
    wanted, n, hits = (np.bincount(band[one], minlength=size) for one in (wide, narrow, narrow & fixed))
    shared = (wanted > 0) & (n >= ENOUGH_IN_BAND)
    counted = wide & shared[band]
    weights = wanted[shared] / max(1, int(counted.sum()))
    smooth = (hits[shared] + 0.5) / (n[shared] + 1)
    usual = float(weights @ (hits[shared] / n[shared]))
    error = float(np.sqrt(np.sum(weights**2 * smooth * (1 - smooth) / n[shared])))
    highest = usual + 1.96 * error
    happened = landings[counted & fixed]
    return Groups(int(counted.sum()), _mean(fixed[counted]), int(n[shared].sum()), usual, highest, happened)


def fixed_later(activity: Activity) -> NDArray[np.bool_]:
    """Which landings were followed by a fix on one of the same product files, 1 to 90 days later."""
    rows = activity.row_landing[fixed_rows(activity)]
    return np.bincount(rows, minlength=len(activity.history.landings)) > 0


def fixed_rows(activity: Activity) -> NDArray[np.bool_]:
    """Which of `activity.rows` were followed by a fix on the same file, 1 to 90 days later."""
    key = _file_and_time(activity)
    fixes = np.append(np.sort(key[activity.history.is_fix[activity.row_landing]]), np.iinfo(np.int64).max)
    following: NDArray[np.int64] = fixes[np.searchsorted(fixes, key + SAME_WORK, side="right")]
    return following <= key + LATER


def busy_before(activity: Activity) -> NDArray[np.int64]:
    """How often the busiest product file of each landing had been changed in the 180 days before."""
    key = _file_and_time(activity)
    ordered = np.sort(key)
    before = np.searchsorted(ordered, key) - np.searchsorted(ordered, key - BEFORE)
    busiest = np.zeros(len(activity.history.landings), dtype=np.int64)
    np.maximum.at(busiest, activity.row_landing, before)
    return busiest


def _file_and_time(activity: Activity) -> NDArray[np.int64]:
    """One number per row, ordered by file, then by time, with room between files for the spans used here."""
    at = activity.history.at
    span = int(at.max()) + LATER + BEFORE + 1 if len(at) else 1
    key: NDArray[np.int64] = activity.row_file.astype(np.int64) * span + at[activity.row_landing]
    return key


def _band(values: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.intp]:
    band: NDArray[np.intp] = np.searchsorted(starts, values, side="right") - 1
    return band


def _soon_after(along: Along, of: str, key: str) -> tuple[IntArray, NDArray[np.bool_]]:
    """Landings that changed `of` and not `key`, and whether `key` changed within SOON after each."""
    history = along.activity.history
    landings = along.landings[along.column(of) & ~along.column(key)]
    landings = landings[history.at[landings] <= along.known.end - SOON]
    moments = np.sort(history.at[along.activity.landings_of(along.activity.components.index(key))])
    moments = np.append(moments, np.iinfo(np.int64).max)
    next_time = moments[np.searchsorted(moments, history.at[landings], side="right")]
    return landings, next_time - history.at[landings] <= SOON


def settled(activity: Activity, today: date) -> tuple[IntArray, NDArray[np.int64]]:
    """People's landings of two years that are LATER old, of at most MANY_FILES files; their file counts."""
    history, end = activity.history, Known.of([activity], today).end
    files = np.bincount(activity.row_landing, minlength=len(history.landings))
    old = (history.at < end - LATER) & (history.at >= end - WINDOW * DAY)
    landings = np.flatnonzero(old & (files > 0) & (files <= MANY_FILES)).astype(np.int32)
    return landings, files[landings]


def _mean(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else 0.0
