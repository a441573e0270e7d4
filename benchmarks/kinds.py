"""How well kinds of work are told without conventional prefixes, on repositories that were never fitted on.

    python benchmarks/kinds.py gather FOLDER ROWS
    python benchmarks/kinds.py fit ROWS src/colead/kinds/weights.npz
    python benchmarks/kinds.py report ROWS

FOLDER holds a clone of each repository of `kinds.txt` as OWNER+NAME/repo. A landing's
label is what its prefix says (`colead.kinds.by_prefix`); the prefix is then left out.
People's landings only, the newest 3,000. `fit` needs scipy (the group "train"); it prints
the same figures for each fifth of its repositories, told by what was fitted on the
others, and how far quarterly shares were off: `balance.BIAS` and `balance.SHIFT` come
from there. Each repository is also read in plain words, 85 % of its fixes beginning
with "fix" (research: prefix-stripped titles are harder than those of teams without prefixes).
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from colead.citing import end_of
from colead.evidence import Ledger
from colead.history import Kind
from colead.kinds import KINDS, Weights, by_prefix, ruled, stripped, traits, with_manner
from colead.kinds.told import OFTEN, ages
from colead.readers.git import Door
from colead.store import Store

LIST = Path(__file__).with_name("kinds.txt")
NEWEST, PATHS = 3000, 60
RESTORED = 0.85
REPOSITORIES, LANDINGS = 8, 60  # in how many and how often a trait must have been seen
UNITS, ROUNDS, AT_ONCE, RATE = 32, 5, 1024, 0.003
MISSING, IDLE = 0.2, 0.3  # shares of traits and of hidden units that are left out while fitting
PENALTY, STRAIGHT = 1e-3, 3e-4  # on what traits add to hidden units; to kinds
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


def _told(row: dict, title: str) -> tuple[str, list[str]]:
    return ruled(title, row["paths"]), traits(title, row["paths"], row["status"], row["ages"])


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
    days = ages(history)
    for place, start, end in zip(people, starts.tolist(), ends.tolist(), strict=True):
        one, files = history.landings[place], history.change_file[start : min(end, start + PATHS)]
        yield {
            "at": one.at,
            "title": _text(one.title),
            "paths": [_text(history.paths[file]) for file in files],
            "status": "".join(chr(each) for each in history.change_status[start : start + len(files)]),
            "ages": days[start : start + len(files)].round(1).tolist(),
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
    """The columns of the file: traits, what each adds, in whole steps, and the hidden units."""
    from scipy.sparse import csr_matrix, vstack

    place = {name: row for row, name in enumerate(_seen(repositories))}
    rows, label, weight = [], [], []
    for one in repositories:
        for told in one.told:
            found = [
                [place[trait] for trait in traits if trait in place] + [len(place)] for _, traits in told
            ]
            ends, flat = np.cumsum([0, *map(len, found)]), np.concatenate(found)
            ones = np.ones(len(flat), dtype=np.float32)
            rows.append(csr_matrix((ones, flat, ends), shape=(len(found), len(place) + 1)))
            label.append(one.label)
            weight.append(np.full(len(found), len(found) ** -0.5))
    weights = np.concatenate(weight)
    adds, units = _descend(vstack(rows).tocsr(), np.concatenate(label), weights / weights.mean())
    step = np.abs(adds).max(axis=0) / 127
    return {
        "traits": np.frombuffer("\n".join(place).encode(), dtype=np.uint8),
        "adds": np.rint(adds / step).astype(np.int8),
        "step": step.astype(np.float32),
        "units": units.astype(np.float32),
    }


def _seen(repositories: list[Repository]) -> list[str]:
    often, where = Counter(), Counter()
    for one in repositories:
        here = Counter(trait for told in one.told for _, found in told for trait in found)
        often.update(here)
        where.update(list(here))
    return sorted(
        trait
        for trait, count in often.items()
        if count >= 2 * LANDINGS and where[trait] >= REPOSITORIES and trait.isprintable()
    )


def _descend(x, y: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A hidden layer beside a straight line, with a quadratic penalty, by Adam; parts are left out at random.

    Leaving out is dropout (Srivastava et al., 2014).
    """
    rng = np.random.default_rng(0)
    adds = np.zeros((x.shape[1], UNITS + len(KINDS)), dtype=np.float32)
    adds[:, :UNITS] = 0.05 * rng.standard_normal((x.shape[1], UNITS))
    units = (0.1 * rng.standard_normal((UNITS, len(KINDS)))).astype(np.float32)
    both, penalty = (adds, units), (np.repeat([PENALTY, STRAIGHT], [UNITS, len(KINDS)]), 1e-4)
    faster = (np.repeat([1, 3], [UNITS, len(KINDS)]), 1)
    mean, square = ([np.zeros_like(one) for one in both] for _ in range(2))
    batches = [
        some for _ in range(ROUNDS) for some in np.array_split(rng.permutation(len(y)), len(y) // AT_ONCE + 1)
    ]
    for step, some in enumerate(batches, start=1):
        rows = x[some]
        rows.data = ((rng.random(len(rows.data)) >= MISSING) / (1 - MISSING)).astype(np.float32)
        sums = rows @ adds
        kept = (sums[:, :UNITS] > 0) * (rng.random((len(some), UNITS)) >= IDLE) / (1 - IDLE)
        hidden = (sums[:, :UNITS] * kept).astype(np.float32)
        off = _shares(sums[:, UNITS:] + hidden @ units)
        off[np.arange(len(some)), y[some]] -= 1
        off *= (w[some, None] / len(some)).astype(np.float32)
        slopes = rows.T @ np.hstack([(off @ units.T) * kept, off]).astype(np.float32), hidden.T @ off
        rate = RATE * (1 - step / len(batches)) + 1e-5
        for place, one in enumerate(both):
            slope = slopes[place] + penalty[place] * one
            mean[place] += 0.1 * (slope - mean[place])
            square[place] += 0.001 * (slope**2 - square[place])
            size = np.sqrt(square[place] / (1 - 0.999**step)) + 1e-8
            one -= rate * faster[place] * mean[place] / (1 - 0.9**step) / size
    return both


def _shares(odds: np.ndarray) -> np.ndarray:
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


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
