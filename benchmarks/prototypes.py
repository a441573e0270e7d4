"""Whether a reading after a prototype is nearer to what was built, on branches of public clones.

    python benchmarks/prototypes.py FOLDER LIST [--branches N]

FOLDER holds the clones; LIST is a text file with one clone per line, a path
below FOLDER ("#" begins a comment). A Markdown table comes out.

Taken are branches with three or more commits on two or more days that began in
the 90 days after one of eight moments (90, 180, ... 720 days before the newest
landing) and were merged as one landing; at most N per clone (default 16). The
brief is the title and text of the merge. The prototype is the first third of
the branch's commits; the truth is what the merged branch changed in the end,
against where it left the main line. The reading before is made from history and
tree as they stood at the moment, and so is the one after, with the files of the
prototype.

- before, after: mean over all parts and branches of the squared distance between
  the odds told and what came (Brier), times 100.
- nearer: branches where the distance is smaller afterwards; "further", larger.
- shown: the same by what is shown: of the parts shown and the parts really
  changed together, the share that is both (Jaccard).
- kept: of the parts that the prototype changed, those in the truth.
- left: of foreseen parts (3 in 10 or more) that the prototype did without, the
  share that came, over the mean of their odds.
- beyond: of the parts in the truth that the prototype did not change, those
  still shown after it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from underway import HORIZON, LONGEST, MOMENTS, _inside, _paths, before, clones, quiet, share

from colead.activity import Activity, activity
from colead.citing import DAY, day_of
from colead.evidence import Ledger
from colead.history import Kind
from colead.readers.git import Commit, Door
from colead.readers.markdown import read_spec
from colead.store import Store
from colead.store.codebase import codebase
from colead.store.index import Contents, index
from colead.touch import Touches, Tried, rank, tried
from colead.underway import Seats

FEWEST = 3  # commits of a branch, on two days at least
LIKELY = 0.3  # odds from which on a part is foreseen
MANY_PARTS = 40  # of a branch; a sweep over the whole repository is no idea


@dataclass(frozen=True)
class Branch:
    """A merged branch: its brief, the files of its first third, and those of all of it."""

    brief: str
    tip: str
    at: int
    first: tuple[str, ...]
    whole: tuple[str, ...]


@dataclass
class Found:
    """What came of the branches of one clone."""

    name: str
    brier: list[tuple[float, float]] = field(default_factory=list)  # before, after
    shown: list[tuple[float, float]] = field(default_factory=list)
    kept: list[bool] = field(default_factory=list)
    left: list[tuple[float, bool]] = field(default_factory=list)  # odds before, came
    beyond: list[bool] = field(default_factory=list)


def branches(door: Door, past: Activity, texts: dict[str, str], moment: int) -> Iterator[Branch]:
    """Branches that began soon after the moment and were merged as one landing."""
    commits = {one.oid: one for one in door.commits(door.tip) if one.at > past.history.at[-1] - LONGEST}
    for landing in past.history.landings:
        merge = commits.get(landing.oid)
        late = moment < landing.at <= moment + 2 * HORIZON and landing.kind is Kind.PERSON
        if not late or merge is None or len(merge.parents) != 2 or merge.parents[1] not in commits:
            continue
        base = door.merge_base(*merge.parents)
        inside = _inside(commits, merge.parents[1], base)
        fits = len(inside) >= FEWEST and len({day_of(one.at) for one in inside}) > 1
        if fits and moment < inside[0].at <= moment + HORIZON:
            yield _branch(door, merge, inside, base, texts.get(landing.oid, landing.title))


def _branch(door: Door, merge: Commit, inside: list[Commit], base: str, brief: str) -> Branch:
    third = inside[: max(1, len(inside) // 3)]
    rows = [rows for _, rows in door.changes([(one.oid, one.parents[0]) for one in third])]
    first = tuple(dict.fromkeys(path for one in rows for path in _paths(one)))
    ((_, whole),) = door.changes([(merge.parents[1], base)])
    return Branch(brief, third[-1].oid, third[-1].at, first, _paths(whole))


def followed(door: Door, past: Activity, texts: dict[str, str], name: str, cache: Path, most: int) -> Found:
    """Every branch of one clone, read before and after its prototype."""
    found = Found(name)
    newest = int(past.history.at[-1])
    for days in MOMENTS:
        moment = newest - days * DAY
        mine = list(branches(door, past, texts, moment))[: min(most // 4 + 1, most - len(found.brier))]
        if mine and (tip := before(past, moment)):
            _follow(door, tip, moment, mine, found, cache)
    return found


def _follow(door: Door, tip: str, moment: int, mine: list[Branch], found: Found, cache: Path) -> None:
    today = day_of(moment)
    with door.at(tip) as then, Store.open(then, cache / "then") as store:
        store.update(then, quiet)
        code = codebase(store, then, quiet, visitors=(Contents(store, quiet),))
        searched = index(store, then, code, quiet)
        known = activity(store.history().until(today), code)
        for one in mine:
            spec = read_spec(f"# {one.brief}\n".encode("utf-8", "replace"), "brief")
            foreseen = rank(spec, known, searched, today=today, ledger=Ledger(), repository=found.name)
            _judge(one, foreseen, known, Seats(code), found)


def _judge(one: Branch, foreseen: Touches, known: Activity, seats: Seats, found: Found) -> None:
    parts = set(foreseen.every)
    tested, truth = set(seats.by_part(one.first)) & parts, set(seats.by_part(one.whole)) & parts
    if not tested or not truth or len(truth) > MANY_PARTS or not foreseen.components:
        return
    files = {key: tuple(paths) for key, paths in seats.by_part(one.first).items()}
    trial = Tried("prototype", one.tip, day_of(one.at), files)
    after = tried(foreseen, trial, known, ledger=Ledger(), repository=found.name)
    found.brier.append((_brier(foreseen.every, truth), _brier(after.every, truth)))
    shown = [{each.component for each in told.components} for told in (foreseen, after)]
    found.shown.append((_both(shown[0], truth), _both(shown[1], truth)))
    found.kept += [key in truth for key in tested]
    likely = {key: odds for key, odds in foreseen.every.items() if odds >= LIKELY and key not in tested}
    found.left += [(odds, key in truth) for key, odds in likely.items()]
    found.beyond += [key in shown[1] for key in truth - tested]


def _brier(odds: Mapping[str, float], truth: set[str]) -> float:
    return float(np.mean([(chance - (key in truth)) ** 2 for key, chance in odds.items()]))


def _both(shown: set[str], truth: set[str]) -> float:
    return len(shown & truth) / len(shown | truth)


def row(name: str, found: list[Found]) -> str:
    """One row of the table."""
    brier = [pair for one in found for pair in one.brier]
    shown = [pair for one in found for pair in one.shown]
    kept = [pair for one in found for pair in one.kept]
    left = [pair for one in found for pair in one.left]
    beyond = [pair for one in found for pair in one.beyond]
    n = len(brier)
    ratio = (
        np.mean([came for _, came in left]) / np.mean([odds for odds, _ in left]) if left else float("nan")
    )
    cells = [
        name,
        str(n),
        *(f"{100 * np.mean([pair[at] for pair in brier]):.1f}" if n else "-" for at in (0, 1)),
        share(sum(after < before for before, after in brier), n),
        share(sum(after > before for before, after in brier), n),
        *(f"{np.mean([pair[at] for pair in shown]):.2f}" if n else "-" for at in (0, 1)),
        share(sum(after > before for before, after in shown), n),
        share(sum(after < before for before, after in shown), n),
        share(sum(kept), len(kept)),
        f"{ratio:.2f} ({len(left)})",
        share(sum(beyond), len(beyond)),
    ]
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| clone | branches | before | after | nearer | further | shown before | shown after | nearer | further "
    "| kept | left | beyond |\n|---|" + "--:|" * 12
)


def main() -> None:
    """Print the table."""
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("folder", type=Path)
    given.add_argument("list", type=Path)
    given.add_argument("--branches", type=int, default=16)
    asked = given.parse_args()
    print(HEAD)
    every = []
    for place in clones(asked.folder, asked.list):
        with tempfile.TemporaryDirectory() as cache, Door.open(place) as door:
            with Store.open(door, Path(cache)) as store:
                store.update(door, quiet)
                past = activity(store.history(), codebase(store, door, quiet))
                texts = {oid: f"{title}\n\n{body}" for oid, title, body in store.messages()}
            found = followed(door, past, texts, place.parent.name, Path(cache), asked.branches)
        every.append(found)
        print(row(found.name, [found]), flush=True)
    print(row("all", every))


if __name__ == "__main__":
    sys.exit(main())
