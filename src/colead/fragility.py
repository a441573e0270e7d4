"""Fragility: how likely a component or file is to need fixes in the next quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead import fixes, phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of
from colead.evidence import Coverage, Figure, Ledger, State
from colead.fixes import FloatArray
from colead.history import IntArray
from colead.pace import Known

QUARTER = 90  # days that "the next quarter" means
YEAR = 365  # days that "the past year" means
WINDOWS = 4  # past quarters that this repository's own scale is taken from
FADES = 0.5  # what a quarter weighs in it against the one after it
PSEUDO_FIXES = 20.0  # how many fixes at the usual scale stand against this repository's own
ENOUGH_FIXES = 5.0  # a quarter, on average; below, counts are noise
ENOUGH_DAYS = 180
# Quarters that the formula weighs beside a component's own past year. Chosen on 13 public repositories,
# where this and the line above lowered the deviance of parts by 13 %; on ten others by 2 %.
OWN = 8.0
FEWEST_REPAIRS = 2  # in the past year, of a component that is called fragile


class Level(StrEnum):
    """Fragility in a word."""

    FRAGILE = "fragile"
    WATCH = "watch"
    STEADY = "steady"
    UNKNOWN = "unknown"  # too little data


@dataclass(frozen=True, slots=True)
class Fragility:
    """One component's (or file's) fragility. It says "likely to need fixes", never "bad code"."""

    repository: str
    key: str  # Component.key or path
    level: Level
    expected: Figure | None  # fixes in the next 90 days, with interval
    chance: Figure | None  # of at least one fix in the next 90 days, 0..1
    rank: float  # share of this repository's components (files) with a lower rate per file, 0..1
    changed: Figure  # landings by people in the last 365 days
    fixes: Figure  # of these, fixes
    sentence: str  # "41 changes in the past year, 9 for fixes; expect about 3 more in three months"
    technical: str
    code: str = "F01"


@dataclass(frozen=True)
class Fragilities:
    """How fragile every component and file of one repository is, as of the end of `today` (UTC).

    Expected fixes come from a frozen Poisson formula (size, decayed changes,
    decayed fixes, the repository's own rate of fixes), fitted on 22 public
    repositories, times this repository's own scale: what came in the last four
    quarters against what the formula would have said, each weighing half as
    much as the one after it, shrunk by 20 fixes. Line
    counts are today's for past quarters too. A component expects the sum of
    its files, told in landings: one fix of three files is one fix; its own
    fixes of the past year count as four quarters beside the formula's eight.

    A component is *fragile* when a fix in the next 90 days is at least as
    likely as not, the past year had two, and it is among the upper third of
    this repository's components by expected fixes without being merely large
    (its rate per file is not in the lower third), or among the upper tenth by
    rate per file. It is one to *watch* when a fix is at least as likely as
    not, or the odds are 1 in 4 and it is above the middle by either; else
    *steady*. A file is fragile when a fix is at least as likely as not, to
    watch from 1 in 5 on. Everything is *unknown* with less than 180 days of
    history or fewer than 5 fixed files a quarter. Where the clone seems out of
    date, all is as of its newest landing (`Known`), and the words say so.
    """

    activity: Activity
    today: date
    repository: str

    def component(self, key: str, ledger: Ledger) -> Fragility:
        """The fragility of a component by its key; KeyError when there is none."""
        if key not in self.activity.codebase.by_key:
            raise KeyError(key)
        position = self.activity.components.index(key)
        expected = float(self.component_expected[position])
        by_rate = _share_below(self.component_rate, position)
        landings = self.activity.landings_of(position)
        return self._told(key, landings, expected, by_rate, self.level_at(position), ledger)

    def level_at(self, position: int) -> Level:
        """The level of the component at a position, whether or not there is enough to tell it by."""
        by_rate = _share_below(self.component_rate, position)
        by_count = _share_below(self.component_expected, position)
        chance = fixes.chance(float(self.component_expected[position]))
        repairs = self._repairs(self.activity.landings_of(position))
        return component_level(chance, by_rate, by_count, repairs)

    def file(self, path: str, ledger: Ledger) -> Fragility:
        """The fragility of one product file; unknown when its path has no history."""
        number = self.activity.history.file_of.get(path, -1)
        landings = np.unique(self.activity.row_landing[self.activity.row_file == number])
        if number < 0 or not self.alive[number]:
            return self._told(path, landings, 0.0, 0.0, Level.UNKNOWN, ledger)
        expected = float(self.file_expected[number])
        rank = float(np.mean(self.file_expected[self.alive] < expected))
        return self._told(path, landings, expected, rank, _file_level(fixes.chance(expected)), ledger)

    def _told(
        self, key: str, landings: IntArray, expected: float, rank: float, level: Level, ledger: Ledger
    ) -> Fragility:
        level = Level.UNKNOWN if self.too_little else level
        changed, fixed = self._counted(landings, ledger)
        known = None if level is Level.UNKNOWN else self._estimated(expected, len(landings), ledger)
        return Fragility(
            self.repository,
            key,
            level,
            expected=known[0] if known else None,
            chance=known[1] if known else None,
            rank=rank if known else 0.0,
            changed=changed,
            fixes=fixed,
            sentence=self._sentence(changed, fixed, expected if known else None),
            technical=self._technical(known[0], known[1], rank) if known else self.too_little,
        )

    def _sentence(self, changed: Figure, fixed: Figure, expected: float | None) -> str:
        return fixes.sentence(int(changed.value), int(fixed.value), expected, self.known.year)

    def _repairs(self, landings: IntArray) -> int:
        return int(self.activity.history.is_fix[self._past_year(landings)].sum())

    def _past_year(self, landings: IntArray) -> IntArray:
        at = self.activity.history.at[landings]
        return landings[(at >= self.end - YEAR * DAY) & (at < self.end)]

    def _counted(self, landings: IntArray, ledger: Ledger) -> tuple[Figure, Figure]:
        history, year = self.activity.history, self._past_year(landings)
        fixed = year[history.is_fix[year]]
        method = "People's landings of 365 days that changed it, and which of them were fixes."
        window = (day_of(self.end - YEAR * DAY).isoformat(), day_of(self.end - 1).isoformat())
        latest = cite(history, fixed if len(fixed) else year, self.repository)
        row = ledger.file("F01", method, n=len(year), sources=latest, window=window)
        return Figure(len(year), row), Figure(len(fixed), row)

    def _estimated(self, expected: float, n: int, ledger: Ledger) -> tuple[Figure, Figure]:
        method = (
            "Fixes to expect in the next 90 days, from size, changes and fixes so far by a formula "
            "fitted on 22 public repositories, at this repository's own level."
        )
        row = ledger.file("F01", method, n=n, coverage=self.coverage.note)
        low, high = fixes.interval(expected)
        return Figure(expected, row, low, high), Figure(fixes.chance(expected), row)

    def _technical(self, expected: Figure, chance: Figure, rank: float) -> str:
        return (
            f"{expected.value:.2f} fixes expected in {QUARTER} days (80 %: {expected.low}..{expected.high}), "
            f"P(at least one) {chance.value:.2f}; rate per file above {rank:.0%} of its peers here; "
            f"negative binomial around a Poisson formula, repository scale {self.scale:.2f}"
        )

    @cached_property
    def coverage(self) -> Coverage:
        """What was looked at: FINDING when levels can be told, else TOO_LITTLE or NOT_ANALYSED."""
        if not self.activity.codebase.product:
            return Coverage("fragility", State.NOT_ANALYSED, "No product source at this commit.")
        if self.too_little:
            return Coverage("fragility", State.TOO_LITTLE, self.too_little + self.known.doubt)
        return Coverage("fragility", State.FINDING, self._looked_at())

    @cached_property
    def too_little(self) -> str:
        """Why levels cannot be told, a sentence; "" when they can."""
        if self.days < ENOUGH_DAYS:
            return f"Fragility needs half a year of history; here are {phrase.plural(self.days, 'day')}."
        if self.observed < WINDOWS * ENOUGH_FIXES:
            found = phrase.plural(int(self.observed), "fixed file")
            return f"Fragility needs about five fixed files a quarter; only {found} {self.known.year}."
        return ""

    def _looked_at(self) -> str:
        seen = f"{int(self.observed):,} fixed files {self.known.year}"
        parts = phrase.plural(len(self.activity.components), "component")
        return f"{seen}, {parts}; sizes are today's for past quarters too.{self.known.doubt}"

    @cached_property
    def known(self) -> Known:
        """Up to when the history tells."""
        return Known.of([self.activity], self.today)

    @property
    def end(self) -> int:
        """The moment that everything is counted from, unix seconds."""
        return self.known.end

    @cached_property
    def days(self) -> int:
        """How many days of history there are."""
        at = self.activity.history.at
        return int(max(0, self.end - at.min()) // DAY) if len(at) else 0

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Which file ids are product source today."""
        history = self.activity.history
        alive = np.zeros(len(history.paths), dtype=bool)
        known = (history.file_of.get(one.path) for one in self.activity.codebase.product)
        alive[[one for one in known if one is not None]] = True
        return alive & (self.activity.file_component >= 0)

    @cached_property
    def lines(self) -> FloatArray:
        """Non-blank lines of each file id; the middle size where they are not known."""
        counted = self.activity.codebase.lines
        middle = float(np.median(list(counted.values()))) if counted else 1.0
        paths = self.activity.history.paths
        return np.fromiter((counted.get(one, middle) for one in paths), dtype=float, count=len(paths))

    @cached_property
    def _replay(self) -> tuple[float, float]:
        """Fixed files seen, and expected before scaling, over the past quarters with enough before them.

        An older quarter weighs less: where work grows or ends, the year is not what comes.
        """
        seen = said = 0.0
        for back in range(1, min(WINDOWS, self.days // QUARTER - 1) + 1):
            end, weight = self.end - QUARTER * DAY * back, FADES ** (back - 1)
            alive, expected = self.formula(end)
            came = fixes.fixed_files(self.activity, end, end + QUARTER * DAY)[alive]
            seen, said = seen + weight * float(came.sum()), said + weight * float(expected.sum())
        return seen, said

    def formula(self, end: int) -> tuple[NDArray[np.bool_], FloatArray]:
        """Which file ids were there just before a past `end`, and fixes expected of each before scaling."""
        alive = fixes.alive_at(self.activity, end)
        return alive, fixes.unscaled(self.activity, self.lines, alive, end)

    @cached_property
    def observed(self) -> float:
        """Files fixed in the past year: one for each file that a fix changed."""
        return float(fixes.fixed_files(self.activity, self.end - YEAR * DAY, self.end).sum())

    @cached_property
    def scale(self) -> float:
        """This repository's own level against the formula's."""
        seen, said = self._replay
        return (seen + PSEUDO_FIXES) / (said + PSEUDO_FIXES)

    @cached_property
    def file_expected(self) -> FloatArray:
        """Expected fixes of each file id in the next 90 days (0 for files that are gone)."""
        return self.scale * fixes.unscaled(self.activity, self.lines, self.alive, self.end)

    @cached_property
    def component_files(self) -> IntArray:
        """Files of each component today, as far as history knows them."""
        seats = self.activity.file_component[self.alive]
        return np.bincount(seats, minlength=len(self.activity.components)).astype(np.int32)

    @cached_property
    def component_expected(self) -> FloatArray:
        """Expected fixes (landings) of each component in the next 90 days."""
        seats, files = self.activity.file_component[self.alive], self.file_expected[self.alive]
        sums = np.bincount(seats, weights=files, minlength=len(self.activity.components))
        said = sums * fixes.landings_per_fixed_file(self.activity, self.end)
        own = fixes.fixed_parts(self.activity, self.end - YEAR * DAY, self.end)
        weight = min(WINDOWS, self.days / QUARTER)
        return np.where(sums > 0, (OWN * said + own) / (OWN + weight), 0.0)

    @cached_property
    def component_rate(self) -> FloatArray:
        """Expected fixes per file of each component."""
        return self.component_expected / np.maximum(1, self.component_files)


def fragilities(activity: Activity, *, today: date, repository: str) -> Fragilities:
    """How fragile the components and files of a repository are, as of the end of `today` (UTC)."""
    return Fragilities(activity, today, repository)


def _share_below(values: FloatArray, position: int) -> float:
    return float(np.mean(values < values[position]))


def component_level(chance: float, by_rate: float, by_count: float, repairs: int) -> Level:
    """A component's level, as `Fragilities` says.

    `chance` is that of a fix in the next 90 days, `by_rate` and `by_count` the
    shares of components with fewer expected fixes per file and in all,
    `repairs` the fixes of the past year.
    """
    often = by_count >= 2 / 3 and by_rate >= 1 / 3
    if chance >= 1 / 2 and repairs >= FEWEST_REPAIRS and (often or by_rate >= 0.9):
        return Level.FRAGILE
    if chance >= 1 / 2 or (chance >= 1 / 4 and max(by_count, by_rate) >= 1 / 2):
        return Level.WATCH
    return Level.STEADY


def _file_level(chance: float) -> Level:
    if chance >= 1 / 2:
        return Level.FRAGILE
    return Level.WATCH if chance >= 1 / 5 else Level.STEADY
