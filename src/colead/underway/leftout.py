"""Left out: what usually changes along with what has been changed, and is not among it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of, end_of
from colead.evidence import Coverage, Figure, Ledger, State
from colead.history import IntArray
from colead.partner import ENOUGH, SUPPORT, WINDOW, Along, Files, Pair, changed_most, wilson
from colead.partner import SHARE as STILL
from colead.underway.parts import LeftOut
from colead.underway.seats import Seats

SHARE = 0.5  # at least every second time
LIFT = 2.0  # times the share that one as active has by chance
ANYWAY = 0.3  # of the times it was left out it changed within SOON after all; asked from
CASES = 3  # such times on, so that one or two do not decide
SOON = 3 * DAY
MOST_CHANGED = 60  # product files of a diff that partners are looked for
PART, FILE = "part", "file"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that is left out, with what its history here says."""

    level: str
    of: str
    key: str
    both: IntArray  # landings in which both changed, ascending
    times: int  # landings that changed `of`
    usual: float
    lone: int  # landings that changed `of` without it, three days old at least
    soon: int  # of these, those after which it changed within three days

    @property
    def share(self) -> float:
        """In how many of the landings it went along."""
        return len(self.both) / self.times

    @property
    def low(self) -> float:
        """The lower end of the share's 95 % interval."""
        return wilson(len(self.both), self.times)[0]

    @property
    def holds(self) -> bool:
        """Whether leaving it out is worth a word."""
        often = len(self.both) >= SUPPORT and self.share >= SHARE
        came = self.lone < CASES or self.soon >= ANYWAY * self.lone
        return often and came and self.low > LIFT * self.usual


def left_out(
    activity: Activity,
    changed: Sequence[str],
    *,
    today: date,
    ledger: Ledger,
    repository: str,
    silenced: Callable[[str, str], bool] = lambda of, key: False,
) -> tuple[tuple[LeftOut, ...], Coverage]:
    """What usually changes along with the changed files (paths) and is not among them: at most one.

    A part, where one qualifies: it went along in at least half and at least
    six of the landings of a changed part in the last two years, in 3 of 10 of
    their newer half, more than twice as often as chance would have it, and of
    the times it was left out before (if three or more) it changed within three
    days after all in 3 of 10. Else a single file by the same rule, if it went
    along within the last 60 days. `silenced` is asked of each pair of parts (the
    changed one, the one left out) that could be told. `activity` must not hold the changes
    themselves.
    """
    seats = Seats(activity.codebase)
    parts = seats.by_part(changed)
    if not parts:
        return (), Coverage("left out", State.NOT_ANALYSED, "Nothing of the product source is changed.")
    scene = _Scene(activity, Along.of(activity, today), end_of(today))
    known = [key for key in parts if scene.along.changed(key) >= ENOUGH]
    files = [one for paths in parts.values() for one in paths][:MOST_CHANGED]
    of_parts = (
        one for one in scene.parts(known, parts.keys()) if one.holds and not silenced(one.of, one.key)
    )
    of_files = (
        one
        for one in scene.files(files)
        if one.holds and not silenced(seats.seat(one.of), seats.seat(one.key))
    )
    best = _best(of_parts) or _best(of_files)
    if best is not None:
        told = _told(best, seats, activity, today, ledger, repository)
        return (told,), Coverage("left out", State.FINDING, scene.looked_at(files))
    if not known and not any(scene.often(one) for one in files):
        note = f"Nothing that is changed here was changed {ENOUGH} times in the last two years."
        return (), Coverage("left out", State.TOO_LITTLE, note)
    return (), Coverage("left out", State.NOTHING, scene.looked_at(files))


def _best(found: Iterator[Candidate]) -> Candidate | None:
    return max(found, key=lambda one: (one.low, one.key, one.of), default=None)


@dataclass(frozen=True)
class _Scene:
    """The last two years of one repository, by part and by file."""

    activity: Activity
    along: Along
    end: int  # unix seconds

    def looked_at(self, files: Sequence[str]) -> str:
        """What the search went over."""
        count = phrase.plural(len(files), "changed product file")
        return f"{len(self.along.landings):,} landings of the last two years around {count}."

    def parts(self, known: Sequence[str], changed: Collection[str]) -> Iterator[Candidate]:
        """Parts that go along with the changed ones and are not changed."""
        along, keys = self.along, self.activity.components
        free = [number for number, key in enumerate(keys) if key not in changed]
        for of in known:
            column = along.column(of)
            times = int(column.sum())
            together = along.table[column].sum(axis=0)
            for number in free:
                if together[number] >= max(SUPPORT, SHARE * times):
                    yield from self._part(of, keys[number], column, times)

    def _part(self, of: str, key: str, column: NDArray[np.bool_], times: int) -> Iterator[Candidate]:
        other = self.along.column(key)
        if other[column][times // 2 :].mean() < STILL:
            return
        landings = self.along.landings
        moments = self.activity.history.at[self.activity.landings_of(self.activity.components.index(key))]
        lone, soon = self._after(landings[column & ~other], moments)
        yield Candidate(PART, of, key, landings[column & other], times, self.along.usual(of, key), lone, soon)

    def _after(self, lone: IntArray, moments: NDArray[np.int64]) -> tuple[int, int]:
        """Of landings without it, how many are old enough to tell, and after how many it changed soon."""
        at = self.activity.history.at[lone]
        at = at[at <= self.end - SOON]
        known = np.append(np.sort(moments[moments < self.end]), np.iinfo(np.int64).max)
        following = known[np.searchsorted(known, at, side="right")]
        return len(at), int(np.sum(following - at <= SOON))

    @cached_property
    def _files(self) -> Files:
        return Files(self.along, self.end)

    def often(self, path: str) -> bool:
        """Whether a file changed often enough to speak of."""
        return len(self._files.landings(path)) >= ENOUGH

    def files(self, changed: Sequence[str]) -> Iterator[Candidate]:
        """Files that go along with the changed ones and are not changed."""
        there = {one.path for one in self.activity.codebase.product} - set(changed)
        return (self._file(*found) for path in changed for found in self._files.pairs(path, there))

    def _file(self, pair: Pair, both: IntArray) -> Candidate:
        lone = np.setdiff1d(self._files.landings(pair.of), both)
        rows = self.activity.row_file == self.activity.history.file_of[pair.component]
        waited = self._after(lone, self.activity.history.at[self.activity.row_landing[rows]])
        return Candidate(FILE, pair.of, pair.component, both, pair.times, pair.usual, *waited)


def _told(
    found: Candidate, seats: Seats, activity: Activity, today: date, ledger: Ledger, repository: str
) -> LeftOut:
    named = seats.name if found.level == PART else phrase.literal
    name, of_name = named(found.key), named(found.of)
    last = day_of(activity.history.at[found.both].max())
    row = ledger.file(
        "W01",
        f"Landings of the last two years that changed {of_name}, and which of them changed {name} too.",
        n=found.times,
        sources=cite(activity.history, found.both, repository),
        window=(day_of(end_of(today) - WINDOW * DAY).isoformat(), today.isoformat()),
    )
    seen = f"{len(found.both)} of the last {found.times} times, last on {phrase.day(last, today=today)}"
    return LeftOut(
        repository=repository,
        level=found.level,
        key=found.key,
        name=name,
        of=found.of,
        of_name=of_name,
        together=Figure(len(found.both), row),
        times=Figure(found.times, row),
        usual=Figure(found.usual, row),
        anyway=Figure(found.soon / found.lone, row) if found.lone else None,
        last=last.isoformat(),
        files=changed_most(activity, found.both, found.key)[:3] if found.level == PART else (),
        sentence=f"usually changes along with {of_name}: {seen}; not in your diff",
        ask=f"Does {name} change too, or can it stay as it is?",
        technical=_technical(found),
    )


def _technical(found: Candidate) -> str:
    low, high = wilson(len(found.both), found.times)
    return (
        f"P({phrase.literal(found.key)} | {phrase.literal(found.of)}) = {found.share:.2f} "
        f"(95 %: {low:.2f}..{high:.2f}); by chance {found.usual:.2f}; "
        f"left out {found.lone} times before, changed within three days after {found.soon} of them"
    )
