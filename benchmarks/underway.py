"""How often what is said while work is under way comes true, on clones of public repositories.

    python benchmarks/underway.py FOLDER LIST [--landings N] [--series N]

FOLDER holds the clones; LIST is a text file with one clone per line, a path
below FOLDER ("#" begins a comment). Two Markdown tables come out.

Left out: each of the newest N landings by people (default 1,500; at least a
year of history before it, three days after it) is taken as a diff, with the
history up to the day before it. Told is what `colead check --diff` would tell.
It came true when what is left out was changed by another landing within three
days. Beside it the same share for controls: parts (or files) as active, that do
not go along with what is changed. Components are those of today.

Unforeseen: series of changes that began in the 90 days after one of eight
moments (90, 180, ... 720 days before the newest landing), at most N per clone
(default 60): merged branches (three or more commits on two or more days; the
brief is the title and text of the merge) and efforts (three or more landings on
two or more days that name one issue or branch; the brief is the text of the
first one). The reading is made from history and tree as they stood at the
moment. Every day's changes are told to the rule as they came, without those of
later days; days are commit dates.

- first: series that changed an unforeseen part at all, by any product file.
- on its day: those in which the first unforeseen part was told on the day it
  was first changed. Not told is one that a sweep passed by: one file of it, in a
  landing that reached five parts or more.
- false: told first, although the series changed one file of it on one day only,
  in a landing of a single file there that reached three parts or more (a
  mechanical touch), and never came back. "once": one file, once, of any kind; a
  stricter reader may count all of these as false.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from colead.activity import Activity, activity
from colead.citing import DAY, day_of, end_of
from colead.efforts import Effort, efforts
from colead.evidence import Ledger
from colead.history import MANY_FILES, Kind
from colead.partner import Along
from colead.readers.git import Change, Commit, Door
from colead.readers.markdown import read_spec
from colead.store import Store
from colead.store.codebase import codebase
from colead.store.index import Contents, index
from colead.touch import rank
from colead.underway import Seats, Step, first_seen, left_out

MOMENTS = range(720, 0, -90)  # days before the newest landing
HORIZON = 90 * DAY
SOON = 3 * DAY
LIKE = 1.5  # "as active" means between 1/LIKE and LIKE times as many landings
CONTROLS = 40
FEWEST = 3  # changes of a series, on two days at least
MANY_COMMITS = 500  # of one branch
LONGEST = 3 * 365 * DAY
MANY_PARTS = 3  # of a landing whose only file in a part counts as a mechanical touch


def quiet(done: int, total: int, what: str) -> None:
    """Report progress to nobody."""


@dataclass
class Told:
    """What was told of one repository's landings, and what came true."""

    name: str
    landings: int = 0
    parts: list[tuple[bool, float]] = field(default_factory=list)  # came true, share of controls
    files: list[tuple[bool, float]] = field(default_factory=list)


@dataclass
class Followed:
    """What was told of one repository's series."""

    name: str
    series: int = 0
    first: int = 0
    on_its_day: int = 0
    told: int = 0
    false: int = 0
    once: int = 0


# --- left out ---------------------------------------------------------------


def told_of_landings(past: Activity, name: str, newest: int) -> Told:
    """Take each landing as a diff."""
    history = past.history
    found = Told(name)
    files = np.bincount(past.row_landing, minlength=len(history.landings))
    fit = (files > 0) & (files <= MANY_FILES)
    fit &= (history.at >= history.at[0] + 365 * DAY) & (history.at <= history.at[-1] - SOON)
    for position in np.flatnonzero(fit)[-newest:].tolist():
        paths = [history.paths[one] for one in past.row_file[past.row_landing == position].tolist()]
        today = day_of(history.at[position]) - timedelta(days=1)
        told, _ = left_out(past, paths, today=today, ledger=Ledger(), repository=name)
        found.landings += 1
        for one in told:
            row = (
                _part(past, position, one.key, one.of)
                if one.level == "part"
                else _file(past, position, one.key)
            )
            (found.parts if one.level == "part" else found.files).append(row)
    return found


def _part(past: Activity, position: int, key: str, of: str) -> tuple[bool, float]:
    at = past.history.at[position]
    along = Along.of(past, day_of(at) - timedelta(days=1))
    others = [past.components[one] for one in along.as_active(key, of)]
    changed = {past.components[one] for one in past.pairs[1][past.pairs[0] == position].tolist()}
    like = [one for one in others if one not in changed and not along.pair(of, one)]
    moments = {one: past.history.at[past.landings_of(past.components.index(one))] for one in (key, *like)}
    return _soon(moments[key], at), float(np.mean([_soon(moments[one], at) for one in like] or [np.nan]))


def _file(past: Activity, position: int, path: str) -> tuple[bool, float]:
    history = past.history
    at, end = history.at[position], end_of(day_of(history.at[position]) - timedelta(days=1))
    ages = history.at[past.row_landing]
    recent = (ages < end) & (ages >= end - 730 * DAY)
    counts = np.bincount(past.row_file[recent], minlength=len(history.paths))
    file = history.file_of[path]
    changed = past.row_file[past.row_landing == position]
    together = np.isin(past.row_landing, past.row_landing[np.isin(past.row_file, changed) & recent])
    counts[past.row_file[together & recent]] *= np.where(past.row_file[together & recent] == file, 1, 0)
    like = np.flatnonzero((counts >= counts[file] / LIKE) & (counts <= counts[file] * LIKE) & (counts > 0))
    like = like[like != file][:CONTROLS]
    times = [_soon(history.at[past.row_landing[past.row_file == one]], at) for one in (file, *like.tolist())]
    return times[0], float(np.mean(times[1:] or [np.nan]))


def _soon(moments: np.ndarray, at: int) -> bool:
    return bool(np.any((moments > at) & (moments <= at + SOON)))


# --- unforeseen --------------------------------------------------------------


@dataclass(frozen=True)
class Series:
    """Changes that belong together, oldest first, and what they were said to be for."""

    brief: str
    steps: tuple[Step, ...]

    @property
    def fits(self) -> bool:
        """Whether it is long enough to surprise anybody."""
        return len(self.steps) >= FEWEST and len({day_of(one.at) for one in self.steps}) > 1


def told_of_series(
    door: Door, past: Activity, texts: dict[str, str], name: str, cache: Path, most: int
) -> Followed:
    """Follow past series day by day."""
    found = Followed(name)
    newest = int(past.history.at[-1])
    commits = {one.oid: one for one in door.commits(door.tip) if one.at > newest - LONGEST}
    for days in MOMENTS:
        moment = newest - days * DAY
        mine = [*of_efforts(past, texts, moment), *of_branches(door, past, texts, commits, moment)]
        fit = [one for one in mine if one.fits][: min(most // len(MOMENTS) + 1, most - found.series)]
        if fit and (tip := before(past, moment)):
            _follow(door, tip, moment, fit, found, cache)
    return found


def of_efforts(past: Activity, texts: dict[str, str], moment: int) -> Iterator[Series]:
    """Landings that name one issue or branch."""
    for one in efforts([past], int(past.history.at[-1]) + 1):
        if moment < one.first <= moment + HORIZON:
            steps = _steps(past, one)
            yield Series(texts.get(steps[0].ref, steps[0].title), steps)


def of_branches(
    door: Door, past: Activity, texts: dict[str, str], commits: dict[str, Commit], moment: int
) -> Iterator[Series]:
    """Commits of branches that were merged as one landing."""
    for landing in past.history.landings:
        merge = commits.get(landing.oid)
        late = moment < landing.at <= moment + 2 * HORIZON and landing.kind is Kind.PERSON
        if not late or merge is None or len(merge.parents) != 2 or merge.parents[1] not in commits:
            continue
        inside = _inside(commits, merge.parents[1], door.merge_base(*merge.parents))
        if len(inside) >= FEWEST and moment < inside[0].at <= moment + HORIZON:
            pairs = [(one.oid, one.parents[0]) for one in inside]
            rows = zip(inside, door.changes(pairs), strict=True)
            steps = (Step(one.at, one.oid, "", _paths(changed)) for one, (_, changed) in rows)
            yield Series(texts.get(landing.oid, landing.title), tuple(sorted(steps, key=lambda one: one.at)))


def _inside(commits: dict[str, Commit], tip: str, base: str) -> list[Commit]:
    """The plain commits of a branch, oldest first."""
    found = []
    while tip in commits and tip != base and len(found) < MANY_COMMITS:
        found.append(commits[tip])
        tip = (*commits[tip].parents, "")[0]
    plain = [one for one in found if len(one.parents) == 1]
    return sorted(plain, key=lambda one: one.at)


def _paths(rows: Sequence[Change]) -> tuple[str, ...]:
    both = (path for row in rows for path in (row.old_path, row.path) if path)
    return tuple(path.decode("utf-8", "surrogateescape") for path in both)


def before(past: Activity, moment: int) -> str:
    """The newest landing that is older than a moment."""
    position = int(np.searchsorted(past.history.at, moment)) - 1
    return past.history.landings[position].oid if position >= 0 else ""


def _follow(door: Door, tip: str, moment: int, mine: Sequence[Series], found: Followed, cache: Path) -> None:
    today = day_of(moment)
    with door.at(tip) as then, Store.open(then, cache / "then") as store:
        store.update(then, quiet)
        code = codebase(store, then, quiet, visitors=(Contents(store, quiet),))
        searched = index(store, then, code, quiet)
        known = activity(store.history().until(today), code)
        seats = Seats(code)
        for one in mine:
            spec = read_spec(f"# {one.brief}\n".encode("utf-8", "replace"), "brief")
            touches = rank(spec, known, searched, today=today, ledger=Ledger(), repository=found.name)
            foreseen = {touch.component for touch in touches.components}
            if foreseen:
                _count(one.steps, seats, foreseen, found)


def _steps(past: Activity, effort: Effort) -> tuple[Step, ...]:
    history = past.history
    steps = []
    for _, position in effort.landings:
        landing = history.landings[position]
        first, last = np.searchsorted(history.change_landing, [position, position + 1])
        paths = tuple(history.paths[file] for file in history.change_file[first:last].tolist())
        steps.append(Step(landing.at, landing.oid, landing.title, paths))
    return tuple(steps)


def _count(steps: Sequence[Step], seats: Seats, foreseen: set[str], found: Followed) -> None:
    found.series += 1
    really = [one for one in first_seen(steps, seats, lambda files, parts: False) if one.key not in foreseen]
    told = _first_told(steps, seats, foreseen)
    if really:
        found.first += 1
        found.on_its_day += told is not None and told[1] == day_of(really[0].step.at)
    if told:
        found.told += 1
        visits = [one for one in (seats.by_part(step.paths) for step in steps) if told[0] in one]
        once = len(visits) == 1 and len(visits[0][told[0]]) == 1
        found.once += once
        found.false += once and len(visits[0]) >= MANY_PARTS


def _first_told(steps: Sequence[Step], seats: Seats, foreseen: set[str]) -> tuple[str, date] | None:
    """The part that is told first, and the day; each day knows nothing of the next."""
    for day in sorted({day_of(one.at) for one in steps}):
        until = [one for one in steps if day_of(one.at) <= day]
        new = [one.key for one in first_seen(until, seats) if one.key not in foreseen]
        if new:
            return new[0], day
    return None


# --- the tables --------------------------------------------------------------


def clones(folder: Path, listed: Path) -> Iterator[Path]:
    """The clones that a list names."""
    for line in listed.read_text(encoding="utf-8").splitlines():
        name = line.partition("#")[0].strip()
        if name:
            yield folder / name


def share(hits: float, n: float) -> str:
    """A share in per cent, "-" of none."""
    return f"{hits / n:.0%}" if n else "-"


def left_out_row(told: Sequence[Told], name: str) -> str:
    """One row of the first table."""
    n = sum(one.landings for one in told)
    parts, files = ([pair for one in told for pair in getattr(one, kind)] for kind in ("parts", "files"))
    cells = [name, f"{n:,}", f"{(len(parts) + len(files)) / max(1, n):.2f}"]
    for rows in (parts, files, parts + files):
        controls = [usual for _, usual in rows if usual == usual]
        cells += [
            str(len(rows)),
            share(sum(hit for hit, _ in rows), len(rows)),
            share(sum(controls), len(controls)),
        ]
    return f"| {' | '.join(cells)} |"


def series_row(found: Sequence[Followed], name: str) -> str:
    """One row of the second table."""
    n, first, day, told, false, once = (
        sum(getattr(one, kind) for one in found)
        for kind in ("series", "first", "on_its_day", "told", "false", "once")
    )
    cells = [name, n, first, share(day, first), told, f"{false / max(1, n):.2f}", f"{once / max(1, n):.2f}"]
    return f"| {' | '.join(map(str, cells))} |"


HEADS = (
    "| repository | landings | told per landing | parts | came true | controls | files | came true "
    "| controls | both | came true | controls |\n|---|" + "---:|" * 11,
    "\n| repository | series | first | on its day | told | false per series | once per series |\n|---|"
    + "---:|" * 6,
)


def main() -> None:
    """Replay every clone, then print the tables."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path)
    parser.add_argument("--landings", type=int, default=1_500)
    parser.add_argument("--series", type=int, default=60)
    asked = parser.parse_args()
    told, followed = [], []
    with tempfile.TemporaryDirectory() as cache:
        for clone in clones(asked.folder, asked.list):
            one, other = replayed(clone, Path(cache), asked.landings, asked.series)
            told.append(one)
            followed.append(other)
    print(HEADS[0], *(left_out_row([one], one.name) for one in told), left_out_row(told, "all"), sep="\n")
    print(HEADS[1], *(series_row([one], one.name) for one in followed), series_row(followed, "all"), sep="\n")


def replayed(clone: Path, cache: Path, landings: int, series: int) -> tuple[Told, Followed]:
    """Both replays of one clone."""
    started = time.monotonic()
    name = clone.parent.name if clone.name in ("repo", "repo.git") else clone.name
    with Door.open(clone) as door:
        with Store.open(door, cache / "now") as store:
            store.update(door, quiet)
            past = activity(store.history(), codebase(store, door, quiet))
            texts = {oid: f"{title}\n\n{body}" for oid, title, body in store.messages()}
        told = told_of_landings(past, name, landings)
        sys.stderr.write(f"{left_out_row([told], name)} {time.monotonic() - started:.0f} s\n")
        followed = told_of_series(door, past, texts, name, cache, series)
        sys.stderr.write(f"{series_row([followed], name)} {time.monotonic() - started:.0f} s\n")
    return told, followed


if __name__ == "__main__":
    main()
