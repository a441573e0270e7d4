"""Pace: how many changes people land in a week, and when so many more will have landed at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, day_of, end_of

WEEK = 7 * DAY
PATHS = 4_000
# By how much the level wanders in a week, in logarithms; twice that at the start. Replayed on 15 public
# repositories, ranges for 4, 8 and 12 weeks' worth of work held 78, 82 and 86 % of the time (said: 80 %).
DRIFT = 0.15
RECENT, YEAR = 12, 52  # weeks that a path draws from
LATEST = 8  # weeks whose pace is compared with the year before
FEWEST_WEEKS, FEWEST_LANDINGS = 26, 30
LONGEST = 260  # weeks that a path is followed
QUIET = 4 * WEEK  # a silence up to so long says nothing of the clone
USUAL = 365 * DAY  # before the newest landing, in which pauses are usual ones
BEYOND = 1.5  # times the longest usual pause: the next one may be a little longer


@dataclass(frozen=True, slots=True)
class Known:
    """Up to when histories tell what happened: the end of `today`, or of the day of their newest landing.

    The latter when the silence since then is longer than four weeks
    and than one and a half times the longest pause of the year before it: then
    the clone has probably not been brought up to date, and the silence says
    nothing of the work.
    """

    end: int  # unix seconds
    today: date
    current: bool

    @classmethod
    def of(cls, activities: Sequence[Activity], today: date) -> Known:
        """What these histories, taken together, know on `today`; a landing of anybody shows that."""
        moments = [one.history.at for one in activities]
        at = np.sort(np.concatenate(moments)) if moments else np.zeros(0, dtype=np.int64)
        at, end = at[at < end_of(today)], end_of(today)
        if not len(at):
            return cls(end, today, True)
        longest = int(np.diff(at[at >= at[-1] - USUAL]).max(initial=0))
        current = bool(end - at[-1] <= max(QUIET, BEYOND * longest))
        return cls(end if current else end_of(day_of(at[-1])), today, current)

    @property
    def newest(self) -> str:
        """The day it tells until: "22 August"."""
        return phrase.day(day_of(self.end - 1), today=self.today)

    @property
    def year(self) -> str:
        """The year that is counted, in a sentence."""
        return "in the past year" if self.current else f"in the year to {self.newest}"

    @property
    def years(self) -> str:
        """The two years that are looked at, in a sentence."""
        return "the last two years" if self.current else f"the two years to {self.newest}"

    @property
    def doubt(self) -> str:
        """What to say of a clone that is not current, with a space before it; else ""."""
        return "" if self.current else f" The newest landing is of {self.newest}: is this clone current?"


@dataclass(frozen=True, slots=True)
class Pace:
    """People's landings on product files per week, latest week first, at most a year and eight weeks."""

    weekly: NDArray[np.int64]

    @classmethod
    def of(cls, activities: Sequence[Activity], end: int) -> Pace:
        """The pace over all repositories, weeks counted back from `end` (unix seconds)."""
        moments = [one.history.at[np.unique(one.row_landing)] for one in activities]
        return cls.counted(np.concatenate(moments) if moments else np.zeros(0, dtype=np.int64), end)

    @classmethod
    def counted(cls, at: NDArray[np.int64], end: int) -> Pace:
        """The pace of landings at these moments (unix seconds), weeks counted back from `end`."""
        back = (end - 1 - at[at < end]) // WEEK
        weeks = int(back.max()) if len(back) else 0  # the oldest week is not whole
        return cls(np.bincount(back, minlength=weeks)[: min(weeks, YEAR + LATEST)])

    @property
    def year(self) -> NDArray[np.int64]:
        """The past year's weeks."""
        return self.weekly[:YEAR]

    @property
    def enough(self) -> bool:
        """Whether a forecast can stand on it: half a year, and 30 landings within the past year."""
        return len(self.weekly) >= FEWEST_WEEKS and int(self.year.sum()) >= FEWEST_LANDINGS

    def weeks_for(self, changes: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Weeks until so many changes have landed, one per path, ascending; LONGEST where not before.

        Each path draws its weeks from the last 12 or from the last 52, at a
        level that wanders (a log-normal random walk). Drawing from the recent
        weeks alone made ranges that held far too seldom on 30 repositories.
        """
        weeks = int(min(LONGEST, 6 * changes / float(self.year.mean()) + 26))
        return np.sort(_reached(self._paths(weeks, rng), changes))

    def landed_in(self, weeks: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """How many changes land in so many weeks from now, one per path, ascending."""
        return np.sort(self._paths(weeks, rng)[:, -1])

    def _paths(self, weeks: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Landings so far after each week, a row per path."""
        spans = np.where(rng.random((PATHS, 1)) < 0.5, min(RECENT, len(self.year)), len(self.year))
        drawn = self.year.astype(np.float64)[(rng.random((PATHS, weeks)) * spans).astype(np.int64)]
        steps = DRIFT * rng.standard_normal((PATHS, weeks))
        steps[:, 0] += 2 * DRIFT * rng.standard_normal(PATHS)
        landed: NDArray[np.float64] = np.cumsum(drawn * np.exp(np.cumsum(steps, axis=1)), axis=1)
        return landed

    @property
    def turned(self) -> float:
        """Latest weeks' pace against the year before when it more than doubled or halved, else 1."""
        latest, before = self.weekly[:LATEST], self.weekly[LATEST:]
        if len(before) < LATEST:
            return 1.0
        expected, seen = float(before.mean()) * LATEST, float(latest.sum())
        ratio = (seen + 0.5) / (expected + 0.5)
        clear = abs(seen - expected) > 3 * np.sqrt(max(expected, seen, 1.0))
        return ratio if clear and not 0.5 <= ratio <= 2.0 else 1.0


def _reached(landed: NDArray[np.float64], changes: int) -> NDArray[np.float64]:
    """When each row first reaches `changes`, in weeks, told within the week as if landings came evenly."""
    week = np.argmax(landed >= changes, axis=1)
    rows = np.arange(len(landed))
    before = np.where(week > 0, landed[rows, week - 1], 0.0)
    within = (changes - before) / np.maximum(landed[rows, week] - before, 1e-9)
    reached: NDArray[np.float64] = np.where(landed[:, -1] >= changes, week + within, float(LONGEST))
    return reached
