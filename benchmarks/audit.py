"""How near shares of work come to their labels when some changes are sorted by hand.

    python benchmarks/kinds.py gather FOLDER ROWS
    python benchmarks/audit.py choose ROWS
    python benchmarks/audit.py report ROWS

`choose` looks at the training repositories of `kinds.txt`, each fifth told by a model
fitted on the others; `report` at the repositories for reporting, by the shipped model.
An audit is played: changes of the year before a day are drawn and answered with their
labels, by the code that Colead runs. Held against the labels are then the quarter that
follows, and what the balance of that day tells: the quarter before, the year, its months
and its five busiest folders, and which sentences it would say. Every repository weighs
the same; each audit is drawn DRAWS times.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from kinds import FEWEST, GROUP, MANNERS, QUARTER, Repository, fitted, read

from colead.audit import KEPT, Answer, Audited, audited, drawn
from colead.balance import LATELY, WIDE, Agreed, Balancing
from colead.citing import end_of
from colead.codebase import Role, role_of
from colead.evidence import Ledger
from colead.kinds import HEALTH, KINDS, Kinds, Weights, by_prefix

DRAWS, YEAR = 4, 4 * QUARTER
COUNTS = (0, 20, 40, 80)
ROWS = ("next quarter", "quarter", "year", "months", "folders")
PARTS = 5
AGES = (0, 1, 2, 4, 8)  # quarters between an audit and the quarter that it sets right


@dataclass
class Past:
    """One repository as a history that the audit's words can read."""

    name: str
    at: np.ndarray
    label: np.ndarray
    folder: np.ndarray
    found: Kinds

    @classmethod
    def of(cls, one: Repository, manner: int, weights: Weights, place: Path) -> Past:
        """What the model says of every landing."""
        order = np.argsort(one.at, kind="stable")
        chance = weights.chances(one.told[manner])[order]
        nobody = np.zeros(len(order), dtype=bool)
        found = Kinds(np.arange(len(order)), chance, nobody)
        return cls(one.name, one.at[order], one.label[order], folders(place, one.name)[order], found)

    @cached_property
    def history(self) -> SimpleNamespace:
        """Landings with made-up hashes."""
        oids = [f"{place:0{KEPT}}" for place in range(len(self.at))]
        return SimpleNamespace(landings=[SimpleNamespace(oid=oid) for oid in oids], at=self.at)

    def cut(self, kept: np.ndarray) -> Kinds:
        """Some of the landings."""
        return Kinds(self.found.landing[kept], self.found.chance[kept], self.found.said[kept])

    def answers(self, kept: np.ndarray, count: int, seed: str) -> list[Answer]:
        """An audit of some of the landings, answered with their labels."""
        chosen = np.flatnonzero(kept)[drawn(self.history, self.cut(kept), seed)[:count]]
        return [Answer(f"{place:0{KEPT}}", KINDS[self.label[place]]) for place in chosen]


def folders(place: Path, name: str) -> np.ndarray:
    """The folder, two levels deep, in which each labelled landing changed most product files; "" for none."""
    with open(place / f"{name.replace('/', '+')}.jsonl") as lines:
        rows = [row for row in map(json.loads, lines) if by_prefix(row["title"])]
    product = ([path for path in row["paths"] if role_of(path) is Role.PRODUCT] for row in rows)
    count = [Counter("/".join(path.split("/")[:-1][:2]) for path in paths) for paths in product]
    return np.array([one.most_common(1)[0][0] if one else "" for one in count])


def ends(past: Past) -> Iterator[int]:
    """The days on which an audit is played: a quarter before and one after have enough landings."""
    for end in range(int(past.at.max()) - QUARTER, int(past.at.min()) + QUARTER, -QUARTER):
        before = (past.at <= end) & (past.at > end - QUARTER)
        after = (past.at > end) & (past.at <= end + QUARTER)
        if min(before.sum(), after.sum()) >= FEWEST:
            yield end


def rows(past: Past, end: int) -> Iterator[tuple[str, np.ndarray]]:
    """What is told of the year before `end`, and the quarter after it."""
    yield ROWS[0], (past.at > end) & (past.at <= end + QUARTER)
    yield ROWS[1], (past.at <= end) & (past.at > end - QUARTER)
    yield ROWS[2], (past.at <= end) & (past.at > end - YEAR)
    for month in range(12):
        last = end - month * QUARTER // 3
        one = (past.at <= last) & (past.at > last - QUARTER // 3)
        if one.sum() >= FEWEST:
            yield ROWS[3], one
    year = (past.at <= end) & (past.at > end - YEAR)
    for folder, count in Counter(past.folder[year].tolist()).most_common(PARTS + 1):
        if folder and count >= FEWEST:
            yield ROWS[4], year & (past.folder == folder)


def played(past: Past, count: int, age: int = 0) -> dict[str, np.ndarray]:
    """For every row told: how far features, fixes and health are off, and how wide health was said to be."""
    found = defaultdict(list)
    for end in ends(past):
        drawn_from = (past.at <= end - age * QUARTER) & (past.at > end - age * QUARTER - YEAR)
        if drawn_from.sum() < FEWEST:
            continue
        for draw in range(DRAWS if count else 1):
            answers = past.answers(drawn_from, count, f"{past.name} {draw}")
            seen = drawn_from | ((past.at > end - YEAR) & (past.at <= end + QUARTER))
            right = audited(past.history, past.cut(seen), answers)
            for name, row in rows(past, end):
                found[name].append(_off(past, right, seen, row))
    return {name: np.array(off) for name, off in found.items()}


def _off(past: Past, right: Audited | None, seen: np.ndarray, row: np.ndarray) -> list[float]:
    inside, told = row[seen], right.kinds if right else past.cut(seen)
    shares = np.stack([told.share(names) for names in (("feature",), ("fix",), HEALTH)], axis=1)[inside]
    was = np.eye(3)[GROUP[past.label[row]]]
    desk = Balancing(None, told, Agreed(), None, None, "", Ledger(), right)
    return [*(shares - was).mean(axis=0), WIDE * desk.error(told.share(HEALTH), inside)]


def sentences(past: Past, count: int) -> Counter[str]:
    """What the balance of each day would have said of its year, and how often labels agree."""
    said = Counter()
    for end in ends(past):
        year = (past.at <= end) & (past.at > end - YEAR)
        answers = past.answers(year, count, past.name)
        right, today = audited(past.history, past.cut(year), answers), datetime.fromtimestamp(end, UTC).date()
        told = right.kinds if right else past.cut(year)
        seen = SimpleNamespace(history=past.history)
        desk = Balancing(seen, told, Agreed(), today, today, "", Ledger(), right)
        was = GROUP[past.label[year]] == 2
        new = past.at[year] >= end_of(today - timedelta(days=LATELY))
        off, moved = desk.differs(), was[new].mean() - was[~new].mean() if new.any() and not new.all() else 0
        up = told.share(HEALTH)[new].mean() > told.share(HEALTH)[~new].mean()
        said["years"] += 1
        said["more or less"] += bool(off)
        said["on that side"] += int(off * (was.mean() - Agreed().share) > 0)
        said["lately"] += bool(desk.lately())
        said["that way"] += int(bool(desk.lately()) and (moved > 0) == up)
    return said


def tell(title: str, pasts: list[Past]) -> None:
    """Print the figures for every number of answers and every row."""
    print(f"{title}: {len(pasts)} repositories")
    for count in COUNTS:
        found = [played(past, count) for past in pasts]
        for name in ROWS:
            _line(f"{count:3} sorted, {name}", [one[name] for one in found if name in one])
        print(f"  {count:3} sorted, said:", dict(sum((sentences(past, count) for past in pasts), Counter())))
    for age in AGES:
        found = [played(past, 80, age) for past in pasts]
        _line(f" 80 sorted {age} quarters before", [one[ROWS[0]] for one in found if ROWS[0] in one])


def _line(said: str, found: list[np.ndarray]) -> None:
    off = np.mean([np.abs(one[:, :3]).mean(axis=0) for one in found], axis=0)
    held = np.mean([(np.abs(one[:, 2]) <= one[:, 3]).mean() for one in found])
    wide = np.mean([one[:, 3].mean() for one in found])
    shares = "features {:.3f} fixes {:.3f} health {:.3f}".format(*off)
    held = f"90 % range of health held {held:.3f}, {wide:.3f} either way"
    print(f"  {said:28} {shares} all {off.mean():.3f}; {held}; {sum(map(len, found))} told", flush=True)


def choose(place: Path) -> None:
    """Figures on the training repositories, each told by what was fitted on the others."""
    repositories = read(place, "training")
    pasts: list[list[Past]] = [[] for _ in MANNERS]
    for fold in range(5):
        weights = Weights.of(fitted([one for at, one in enumerate(repositories) if at % 5 != fold]))
        for manner, kept in enumerate(pasts):
            kept += [Past.of(one, manner, weights, place) for one in repositories[fold::5]]
    for name, found in zip(MANNERS, pasts, strict=True):
        tell(f"left out, {name}", found)


def report(place: Path) -> None:
    """Figures of the shipped model on the repositories for reporting."""
    from colead.balancing import shipped

    repositories = read(place, "reporting")
    for manner, name in enumerate(MANNERS):
        tell(f"reported, {name}", [Past.of(one, manner, shipped(), place) for one in repositories])


if __name__ == "__main__":
    {"choose": choose, "report": report}[sys.argv[1]](Path(sys.argv[2]))
