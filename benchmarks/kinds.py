"""How well kinds of work are told without conventional prefixes, on repositories that were never fitted on.

    python benchmarks/kinds.py gather FOLDER ROWS
    python benchmarks/kinds.py fit ROWS src/colead/kinds/weights.npz
    python benchmarks/kinds.py report ROWS

FOLDER holds a clone of each repository of `kinds.txt` as OWNER+NAME/repo. A landing's
label is what its prefix says (`colead.kinds.by_prefix`); the prefix is then left out.
People's landings only, the newest 3,000. `fit` prints the same figures for each
fifth of its repositories, told by what was fitted on the others, and how far
quarterly shares were off: `balance.BIAS` and `balance.SHIFT` come from there.
Each repository is also read in plain words, 85 % of its fixes beginning with "fix"
(research: prefix-stripped titles are harder than those of teams without prefixes).
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from colead.citing import end_of
from colead.evidence import Ledger
from colead.history import Kind
from colead.kinds import KINDS, Weights, by_prefix, ruled, stripped, traits, with_manner
from colead.kinds.told import OFTEN
from colead.readers.git import Door
from colead.store import Store

LIST = Path(__file__).with_name("kinds.txt")
NEWEST, PATHS, FITTED = 3000, 60, 1800
RESTORED = 0.85
KEPT, REPOSITORIES, LANDINGS = 600, 4, 60  # traits kept; where and how often one must have been seen
QUARTER, FEWEST = 91 * 86_400, 20
GROUP = np.array([min(place, 2) for place in range(len(KINDS))])  # feature, fix, health
MANNERS = ("prefix removed", "in plain words")


@dataclass
class Repository:
    """The labelled landings of one repository in both manners."""

    name: str
    at: np.ndarray
    label: np.ndarray
    told: tuple[list, list]  # (rule, traits) of each landing

    @classmethod
    def of(cls, name: str, rows: list[dict]) -> Repository:
        """Label and read the landings."""
        rng = random.Random(name)
        rows = [row for row in rows if by_prefix(row["title"])]
        label = np.array([KINDS.index(by_prefix(row["title"])) for row in rows])
        plain = [_told(row, stripped(row["title"])) for row in rows]
        spoken = [
            _told(row, f"fix {stripped(row['title'])}") if kind == 1 and rng.random() < RESTORED else one
            for row, kind, one in zip(rows, label, plain, strict=True)
        ]
        return cls(name, np.array([row["at"] for row in rows]), label, (_manner(plain), _manner(spoken)))

    @cached_property
    def newest(self) -> slice:
        """The landings that are fitted on."""
        return slice(max(0, len(self.label) - FITTED), None)


def _told(row: dict, title: str) -> tuple[str, list[str]]:
    return ruled(title, row["paths"]), traits(title, row["paths"], row["status"])


def _manner(told: list) -> list:
    """As colead.kinds.told has it."""
    often = sum(rule == "fix" for rule, _ in told) >= OFTEN * len(told)
    return [with_manner(*one) for one in told] if often else told


def listed(use: str = "") -> list[tuple[str, str]]:
    """Name and commit of every repository of this use."""
    lines = [line.split() for line in LIST.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [(name, commit) for name, commit, what in lines if use in ("", what)]


def gather(folder: Path, rows: Path) -> None:
    """Write the newest landings of people of every clone, one JSON line each."""
    rows.mkdir(parents=True, exist_ok=True)
    for name, commit in listed():
        place = rows / f"{name.replace('/', '+')}.jsonl"
        clone = folder / name.replace("/", "+") / "repo"
        with (
            Door.open(clone) as door,
            door.at(commit) as then,
            Store.open(then, rows / "cache") as store,
        ):
            store.update(then)
            told = list(_landings(store.history()))
        place.write_text("".join(f"{json.dumps(one)}\n" for one in told), encoding="utf-8")
        print(name, len(told), flush=True)


def _landings(history) -> Iterator[dict]:
    people = [place for place, one in enumerate(history.landings) if one.kind is Kind.PERSON][-NEWEST:]
    starts = np.searchsorted(history.change_landing, people)
    ends = np.searchsorted(history.change_landing, people, side="right")
    for place, start, end in zip(people, starts.tolist(), ends.tolist(), strict=True):
        one, files = history.landings[place], history.change_file[start : min(end, start + PATHS)]
        yield {
            "at": one.at,
            "title": _text(one.title),
            "paths": [_text(history.paths[file]) for file in files],
            "status": "".join(chr(each) for each in history.change_status[start : start + len(files)]),
        }


def _text(said: str) -> str:
    return said.encode("utf-8", "replace").decode()


def read(rows: Path, use: str) -> list[Repository]:
    """The repositories of this use."""
    return [
        Repository.of(name, [json.loads(line) for line in open(rows / f"{name.replace('/', '+')}.jsonl")])
        for name, _ in listed(use)
    ]


def fitted(repositories: list[Repository]) -> dict[str, np.ndarray]:
    """The columns of the file: most telling traits, their weights, shares by rule."""
    told, label, weight, home = [], [], [], []
    for one in repositories:
        for manner in one.told:
            told += manner[one.newest]
            label += one.label[one.newest].tolist()
            count = len(one.label[one.newest])
            weight += [count**-0.5] * count
            home += [one.name] * count
    y, w = np.array(label), np.array(weight) / np.mean(weight)
    names = _seen(told, home)
    first, _ = _descend(_rows(told, names), y, w)
    often = _rows(told, names).sum(axis=0, dtype=np.int64)
    telling = np.abs(first - first.mean(axis=1, keepdims=True)).max(axis=1) * np.sqrt(often)
    names = [names[place] for place in np.argsort(-telling, kind="stable")[:KEPT]]
    weights, start = _descend(_rows(told, names), y, w)
    rules = sorted({rule for rule, _ in told})
    shares = np.full((len(rules), len(KINDS)), 0.1)
    for (rule, _), kind, share in zip(told, y, w, strict=True):
        shares[rules.index(rule), kind] += share
    return {
        "traits": np.array(names),
        "weight": weights.astype(np.float16),
        "start": start.astype(np.float32),
        "rules": np.array(rules),
        "shares": (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32),
    }


def _seen(told: list, home: list[str]) -> list[str]:
    often, where = Counter(), defaultdict(set)
    for (_, found), name in zip(told, home, strict=True):
        often.update(found)
        for trait in found:
            where[trait].add(name)
    return sorted(
        trait for trait, count in often.items() if count >= LANDINGS and len(where[trait]) >= REPOSITORIES
    )


def _rows(told: list, names: list[str]) -> np.ndarray:
    place = {name: column for column, name in enumerate(names)}
    rows = np.zeros((len(told), len(names)), dtype=np.uint8)
    for row, (_, found) in zip(rows, told, strict=True):
        row[[place[trait] for trait in found if trait in place]] = 1
    return rows


def _descend(x: np.ndarray, y: np.ndarray, w: np.ndarray, rounds: int = 14) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with a quadratic penalty, by Adam."""
    rng = np.random.default_rng(0)
    both = np.zeros((x.shape[1] + 1, len(KINDS)), dtype=np.float32)  # the last row is where each kind starts
    mean, square, step = np.zeros_like(both), np.zeros_like(both), 0
    for turn in range(rounds):
        rate = 0.02 * (1 - turn / rounds) + 1e-4
        for some in np.array_split(rng.permutation(len(x)), len(x) // 1024 + 1):
            rows = np.hstack([x[some], np.ones((len(some), 1), dtype=np.uint8)]).astype(np.float32)
            off = np.exp(rows @ both - (rows @ both).max(axis=1, keepdims=True))
            off /= off.sum(axis=1, keepdims=True)
            off[np.arange(len(some)), y[some]] -= 1
            slope = rows.T @ (off * w[some, None] / len(some)).astype(np.float32) + 3e-4 * both
            step += 1
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            both -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return both[:-1], both[-1]


@dataclass
class Scored:
    """One repository in one manner."""

    name: str
    accuracy: float
    macro: float
    off: np.ndarray  # quarterly share told less labelled, (quarters, groups)
    chance: np.ndarray  # variance of it that chance alone explains, the same shape
    health: tuple[float, float]  # share told and labelled, all in all

    @classmethod
    def of(cls, one: Repository, manner: int, weights: Weights) -> Scored:
        """Hold what the model says against the labels."""
        chance = weights.chances(one.told[manner])
        told = np.stack([chance[:, group == GROUP].sum(axis=1) for group in range(3)], axis=1)
        label, said = GROUP[one.label], told.argmax(axis=1)
        was = label[:, None] == np.arange(3)
        quarter = one.at // QUARTER
        alone = told * (1 - told)
        rows = [found for each in np.unique(quarter) if (found := quarter == each).sum() >= FEWEST]
        return cls(
            one.name,
            float(np.mean(said == label)),
            float(np.mean([_f1(said == group, label == group) for group in range(3)])),
            np.array([(told[row] - was[row]).mean(axis=0) for row in rows]).reshape(-1, 3),
            np.array([alone[row].sum(axis=0) / row.sum() ** 2 for row in rows]).reshape(-1, 3),
            (float(told[:, 2].mean()), float(was[:, 2].mean())),
        )


def _f1(said: np.ndarray, was: np.ndarray) -> float:
    return 2 * (said & was).sum() / max(1, said.sum() + was.sum())


def tell(title: str, scored: list[Scored]) -> None:
    """Print the figures, every repository weighing the same."""
    from colead.balance import BIAS, WIDE

    print(f"{title}: {len(scored)} repositories")
    for one in scored:
        off = np.abs(one.off[:, 2]).mean() if len(one.off) else np.nan
        share = "health told {:.0%}, labelled {:.0%}".format(*one.health)
        print(f"  {one.name:45} accuracy {one.accuracy:.3f} macro-F1 {one.macro:.3f} off {off:.3f}  {share}")
    usable = [one for one in scored if len(one.off)]
    mean = np.mean([(one.accuracy, one.macro) for one in scored], axis=0)
    off = np.mean([np.abs(one.off).mean(axis=0) for one in usable], axis=0)
    spread = [np.mean([(one.off**2 - one.chance).mean(axis=0) for one in usable], axis=0)]
    spread.append(np.mean([(one.off.var(axis=0) - one.chance.mean(axis=0)) for one in usable], axis=0))
    held = np.mean(
        [(np.abs(one.off) <= WIDE * np.sqrt(BIAS**2 + one.chance)).mean(axis=0) for one in usable], axis=0
    )
    quarters = sum(len(one.off) for one in usable)
    print(f"  mean accuracy {mean[0]:.3f}, macro-F1 {mean[1]:.3f}, quarters {quarters}")
    for place, name in enumerate(("features", "fixes", "health")):
        bias, shift = (np.sqrt(max(0, one[place])) for one in spread)
        print(f"  {name}: quarterly share off by {off[place]:.3f}; 90 % range held {held[place]:.3f};"
              f" beyond chance {bias:.3f}, around the repository's own {shift:.3f}")  # fmt: skip


def sentences(one: Repository, manner: int, weights: Weights) -> Counter[str]:
    """What a balance would have said every quarter of the year before it, and how often labels agree."""
    from colead.balance import LATELY, REAL, Agreed, Balancing
    from colead.kinds import HEALTH, Kinds

    chance, found = weights.chances(one.told[manner]), Counter()
    was = GROUP[one.label] == 2
    for end in range(int(one.at.max()), int(one.at.min()) + 4 * QUARTER, -QUARTER):
        year = (one.at <= end) & (one.at > end - 4 * QUARTER)
        if year.sum() < 2 * FEWEST:
            continue
        at, today = one.at[year], datetime.fromtimestamp(end, UTC).date()
        told = Kinds(np.arange(len(at)), chance[year], np.zeros(len(at), dtype=bool))
        past = SimpleNamespace(history=SimpleNamespace(at=at))
        desk = Balancing(past, told, Agreed(), today, today, "", Ledger())
        new = at >= end_of(today - timedelta(days=LATELY))
        moved = was[year][new].mean() - was[year][~new].mean() if new.any() and not new.all() else 0.0
        up = told.share(HEALTH)[new].mean() > told.share(HEALTH)[~new].mean() if new.any() else False
        off, labelled = desk.differs(), was[year].mean() - Agreed().share
        found["years"] += 1
        found["more or less"] += bool(off)
        found["more or less, on that side"] += bool(off) and off * labelled > 0
        found["within five points of it"] += abs(labelled) < REAL
        found["more or less, though within five points"] += bool(off) and abs(labelled) < REAL
        labels = Kinds(told.landing, np.eye(len(KINDS))[one.label[year]], ~told.said)
        found["labels say lately"] += bool(replace(desk, kinds=labels).lately())
        found["lately"] += bool(desk.lately())
        found["lately, that way"] += bool(desk.lately()) and (moved > 0) == up
        found["lately, that way and five points"] += bool(desk.lately()) and (moved if up else -moved) >= REAL
    return found


def fit(rows: Path, out: Path) -> None:
    """Fit on all, print the figures of each fifth told by the others, and write the file."""
    repositories = read(rows, "training")
    scored: list[list[Scored]] = [[], []]
    for fold in range(5):
        others = [one for place, one in enumerate(repositories) if place % 5 != fold]
        weights = Weights.of(fitted(others))
        for manner in range(2):
            scored[manner] += [Scored.of(one, manner, weights) for one in repositories[fold::5]]
    for name, found in zip(MANNERS, scored, strict=True):
        tell(f"left out, {name}", found)
    np.savez_compressed(out, **fitted(repositories))


def report(rows: Path) -> None:
    """Figures of the shipped model on the repositories for reporting."""
    from colead.balancing import shipped

    repositories = read(rows, "reporting")
    for manner, name in enumerate(MANNERS):
        tell(f"reported, {name}", [Scored.of(one, manner, shipped()) for one in repositories])
        said = sum((sentences(one, manner, shipped()) for one in repositories), Counter())
        print("  said:", ", ".join(f"{words} {count}" for words, count in said.items()))


if __name__ == "__main__":
    {"gather": gather, "fit": fit, "report": report}[sys.argv[1]](*map(Path, sys.argv[2:]))
