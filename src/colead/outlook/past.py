"""Past: fragility as it would have been told before each of the past quarters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead import fixes
from colead.citing import DAY, day_of, end_of
from colead.fixes import FloatArray
from colead.fragility import ENOUGH_DAYS, QUARTER, Fragilities
from colead.pace import Known

MOST = 8  # quarters looked back


@dataclass(frozen=True)
class Then(Fragilities):
    """Fragility at the end of a past day, from what had landed by then; line counts and parts are today's."""

    kept: dict[int, tuple[NDArray[np.bool_], FloatArray]] = field(default_factory=dict)

    @cached_property
    def known(self) -> Known:
        """The history tells up to that day."""
        return Known(end_of(self.today), self.today, True)

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Which file ids were product source then."""
        return self.formula(self.end)[0]

    def formula(self, end: int) -> tuple[NDArray[np.bool_], FloatArray]:
        """As of Fragilities, computed once for all days looked back to."""
        if end not in self.kept:
            alive = fixes.alive_at(self.activity, end)
            self.kept[end] = alive, fixes.unscaled(self.activity, self.lines, alive, end)
        return self.kept[end]

    @cached_property
    def file_expected(self) -> FloatArray:
        """Expected fixes of each file id in the 90 days after."""
        return self.scale * self.formula(self.end)[1]

    @property
    def after(self) -> int:
        """The end of the quarter after, unix seconds."""
        return self.end + QUARTER * DAY

    @cached_property
    def files_came(self) -> FloatArray:
        """Fixes of each file id in the quarter after; 0 for files that were not there."""
        return np.where(self.alive, fixes.fixed_files(self.activity, self.end, self.after), 0.0)

    @cached_property
    def parts_came(self) -> FloatArray:
        """Fixes (landings) of each component in the quarter after."""
        return fixes.fixed_parts(self.activity, self.end, self.after)

    @cached_property
    def changes(self) -> FloatArray:
        """Changes of each file id in the year before."""
        at = self.activity.history.at[self.activity.row_landing]
        year = (at < self.end) & (at >= self.end - 365 * DAY)
        counted = np.bincount(self.activity.row_file, weights=year, minlength=len(self.alive))
        return counted.astype(np.float64)


def quarters(now: Fragilities) -> list[Then]:
    """The starts of the past quarters, newest first: at most MOST, each with half a year before it."""
    kept: dict[int, tuple[NDArray[np.bool_], FloatArray]] = {}
    ends = (now.end - QUARTER * DAY * back for back in range(1, MOST + 1))
    days = (day_of(end - 1) for end in ends)
    every = (Then(now.activity, day, now.repository, kept) for day in days)
    return [one for one in every if one.days >= ENOUGH_DAYS]
