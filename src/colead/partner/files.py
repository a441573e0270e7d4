"""Files that usually change along with the likeliest ones and are neither among them nor mentioned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from colead import phrase
from colead.activity import Activity
from colead.citing import DAY, cite, day_of
from colead.evidence import Figure, Ledger
from colead.history import IntArray
from colead.partner.along import SHARE, SUPPORT, Along, Pair, wilson
from colead.partner.parts import FileAlong

HALF = 0.5  # a file goes along at least every second time
LIFT = 2.0  # times the share of landings that it is in anyway
FRESH = 60 * DAY  # one that went along last before that is told no more
TOLD = 2


@dataclass(frozen=True)
class Files:
    """Which files changed in which of the landings that count."""

    along: Along
    end: int  # unix seconds that "lately" is counted back from

    @property
    def activity(self) -> Activity:
        """Whose files these are."""
        return self.along.activity

    def landings(self, path: str) -> IntArray:
        """The landings that count and changed the file, ascending; none for a path that is not known."""
        file = self.activity.history.file_of.get(path)
        rows = self.activity.row_landing[self.activity.row_file == file] if file is not None else ()
        found: IntArray = np.intersect1d(rows, self.along.landings).astype(np.int32)
        return found

    def pairs(self, of: str, there: set[str]) -> Iterator[tuple[Pair, IntArray]]:
        """Files of `there` that went along with `of` every second time and lately, with both's landings."""
        landings, paths = self.landings(of), self.activity.history.paths
        if len(landings) < SUPPORT:
            return
        rows = np.isin(self.activity.row_landing, landings)
        together = np.bincount(self.activity.row_file[rows], minlength=len(paths))
        for file in np.flatnonzero(together >= max(SUPPORT, HALF * len(landings))).tolist():
            if paths[file] != of and paths[file] in there:
                own = self.landings(paths[file])
                both = np.intersect1d(landings, own).astype(np.int32)
                if len(both) and self._lately(landings, both):
                    usual = len(own) / max(1, len(self.along.landings))
                    low = wilson(len(both), len(landings))[0]
                    yield Pair(of, paths[file], len(both), len(landings), usual, low), both

    def _lately(self, landings: IntArray, both: IntArray) -> bool:
        newer = np.isin(landings[len(landings) // 2 :], both)
        return bool(newer.mean() >= SHARE and self.activity.history.at[both[-1]] >= self.end - FRESH)


def files_along(
    activity: Activity,
    likely: Sequence[str],
    mentioned: Callable[[str], bool],
    *,
    today: date,
    ledger: Ledger,
    repository: str,
) -> tuple[FileAlong, ...]:
    """The files (paths) that usually change along with the likely ones and are not among them: at most two.

    A file went along in at least half and at least six of a likely file's
    landings of two years, in 3 of 10 of their newer half, within 60 days, and
    more than twice as often as it is in any landing.
    """
    along = Along.of(activity, today)
    files = Files(along, along.known.end)
    there = {one.path for one in activity.codebase.product} - set(likely)
    found = [pair for of in likely for pair in files.pairs(of, there) if pair[0].low > LIFT * pair[0].usual]
    best: dict[str, tuple[Pair, IntArray]] = {}
    for pair, both in sorted(found, key=lambda one: (-one[0].low, one[0].component, one[0].of)):
        if not mentioned(pair.component):
            best.setdefault(pair.component, (pair, both))
    strongest = list(best.values())[:TOLD]
    return tuple(_told(activity, pair, both, today, ledger, repository) for pair, both in strongest)


def _told(
    activity: Activity, pair: Pair, both: IntArray, today: date, ledger: Ledger, repository: str
) -> FileAlong:
    last = day_of(activity.history.at[both].max())
    path, of = phrase.literal(pair.component), phrase.literal(pair.of)
    row = ledger.file(
        "P02",
        f"Landings of the last two years that changed {of}, and which of them changed {path} too.",
        n=pair.times,
        sources=cite(activity.history, both, repository),
    )
    seen = f"{pair.together} of the last {pair.times} times, last on {phrase.day(last, today=today)}"
    return FileAlong(
        repository,
        pair.component,
        pair.of,
        together=Figure(pair.together, row),
        times=Figure(pair.times, row),
        chance=Figure(pair.chance, row),
        usual=Figure(pair.usual, row),
        last=last.isoformat(),
        sentence=f"changed along with {of} {seen}; expect it {phrase.often(pair.chance)}",
        technical=f"P(file | file) = {pair.together / pair.times:.2f}; next time {pair.chance:.2f}; "
        f"in {pair.usual:.2f} of all landings",
    )
