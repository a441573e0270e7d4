"""How well touches are foreseen, on clones of public repositories.

    python benchmarks/touches.py FOLDER LIST [--fit NAME ...] [--each N] [--write FILE]

FOLDER holds the clones; LIST is a text file with one clone per line, a path
below FOLDER ("#" begins a comment). A Markdown table comes out.

The replay is honest: at each of eight moments (90, 180, ... 720 days before the
newest landing) history and tree are read as they were then, and what landed in
the following 90 days is foreseen from its text: at most N landings (default 30,
the first ones), and efforts, that is landings which share an issue or a branch.
Texts are cleaned as `colead.touch.messages` does, and paths and file names are
taken out of them. Left out: bots, bumps, bulk, reverts, texts of fewer than 8
words, a title seen among the 400 landings before. The truth is the product
files, there at that moment, that the landing changed (1 to 30 of them); an effort
needs two landings and three such files.

With --fit the constants of `colead.touch.chances` are fitted on the named clones
and printed; the table is about the others. Without it the shipped constants are
used for all. Means are over repositories; "paired" is the mean difference to the
same run's BM25 on contents with a 95 % interval from 2,000 bootstraps over
repositories.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from colead.activity import Activity, activity
from colead.history import History, Kind, Landing
from colead.readers.git import Door
from colead.store import Store
from colead.store.codebase import codebase
from colead.store.index import Contents, Searched, index
from colead.touch import chances
from colead.touch.asked import asked_text
from colead.touch.chances import features, noisy_or, of_components, of_files, part_features
from colead.touch.messages import said
from colead.touch.signals import Past, Signals, past, signals
from colead.touch.told import seats

MOMENTS = range(720, 0, -90)  # days before the newest landing
HORIZON = timedelta(days=90)
WORDS, FEWEST_EFFORTS = 8, 3
PATH = re.compile(r"\S*/\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{1,5}\b|\b\w+(?:\.\w+){2,}\b")
SKIPPED = re.compile(r"(?i)(revert|merge (?:branch|remote)|release|bump|version|v?\d+\.\d+)\b")


def quiet(done: int, total: int, what: str) -> None:
    """Report progress to nobody."""


class Earlier:
    """A door through which the repository is seen as it was when `tip` was its newest commit."""

    def __init__(self, door: Door, tip: str) -> None:
        self._door, self.tip = door, tip

    def __getattr__(self, name: str) -> Any:
        return getattr(self._door, name)


@dataclass(frozen=True)
class Case:
    """One text and the product files that it turned out to change."""

    kind: str  # "landing" or "effort"
    title: str
    body: str
    paths: frozenset[str]


@dataclass(frozen=True)
class Seen:
    """One case with what was foreseen for it."""

    repository: str
    kind: str
    truth: np.ndarray
    fused: np.ndarray
    content: np.ndarray
    features: np.ndarray
    heard: np.ndarray
    files: np.ndarray
    seat: np.ndarray
    named: np.ndarray


def replay(clone: Path, name: str, cache: Path, each: int) -> Iterator[Seen]:
    """Every case of one clone, foreseen at its moment."""
    with Door.open(clone) as door:
        with Store.open(door, cache / "now") as store:
            store.update(door, quiet)
            history = store.history()
            texts = {oid: (title, body) for oid, title, body in store.messages()}
        for days in MOMENTS:
            newest = history.landings[-1].at
            moment = int((datetime.fromtimestamp(newest, UTC) - timedelta(days=days)).timestamp())
            yield from _at(door, history, texts, moment, name, cache, each)


def _at(
    door: Door,
    history: History,
    texts: dict[str, tuple[str, str]],
    moment: int,
    name: str,
    cache: Path,
    each: int,
) -> Iterator[Seen]:
    tip = main_line_before(door, moment)
    if not tip:
        return
    before: Any = Earlier(door, tip)
    with Store.open(before, cache / "then") as store:
        store.update(before, quiet)
        code = codebase(store, before, quiet, visitors=(Contents(store, quiet),))
        searched = index(store, before, code, quiet)
        then = activity(store.history(), code)
        known = {one.oid for one in then.history.landings}
        today = datetime.fromtimestamp(moment, UTC).date()
        earlier = past(then, today)
        for case in cases(door, history, texts, moment, known, then, each):
            yield foreseen(case, name, then, searched, earlier)


def main_line_before(door: Door, moment: int) -> str:
    """The newest commit of the main line that is older than a moment."""
    parents = {one.oid: (one.at, one.parents) for one in door.commits(door.tip)}
    here = door.tip
    while here in parents and parents[here][0] > moment:
        here = parents[here][1][0] if parents[here][1] else ""
    return here if here in parents else ""


def cases(
    door: Door,
    history: History,
    texts: dict[str, tuple[str, str]],
    moment: int,
    known: set[str],
    then: Activity,
    each: int,
) -> list[Case]:
    """Landings and efforts of the days after a moment, with their truth."""
    ends = moment + HORIZON.total_seconds()
    after = [
        one
        for one in history.landings
        if moment < one.at <= ends and one.oid not in known and one.kind is Kind.PERSON
    ]
    changed = dict(changes(door, after, {one.path for one in then.codebase.product}))
    recent = {one.title for one in then.history.landings[-400:]}
    found = []
    for one in after:
        title, body = spoken(*texts.get(one.oid, (one.title, "")))
        if usable(one, title, body, recent) and 1 <= len(changed[one.oid]) <= 30:
            found.append(Case("landing", title, body, changed[one.oid]))
        recent.add(one.title)
    return found[:each] + efforts(after, texts, changed)


def changes(door: Door, landings: Sequence[Landing], there: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The product files, there before, that each landing changed."""
    for oid, rows in door.changes((one.oid, one.base) for one in landings):
        paths = ((row.old_path or row.path).decode("utf-8", "surrogateescape") for row in rows)
        yield oid, frozenset(path for path in paths if path in there)


def spoken(title: str, body: str) -> tuple[str, str]:
    """A message as a person might say it before the work: cleaned, without paths and file names."""
    return PATH.sub(" ", said(title)), PATH.sub(" ", said(body))


def usable(landing: Landing, title: str, body: str, recent: set[str]) -> bool:
    """Whether a landing says enough in words of its own."""
    enough = len(f"{title} {body}".split()) >= WORDS
    return enough and landing.title not in recent and not SKIPPED.match(landing.title)


def efforts(
    landings: Sequence[Landing], texts: dict[str, tuple[str, str]], changed: dict[str, frozenset[str]]
) -> list[Case]:
    """Landings that share an issue or a branch, as one text each."""
    groups: dict[str, list[Landing]] = defaultdict(list)
    for one in landings:
        for key in one.efforts[:1]:
            groups[key].append(one)
    found = []
    for members in groups.values():
        paths = frozenset().union(*(changed[one.oid] for one in members))
        if len(members) >= 2 and len(paths) >= FEWEST_EFFORTS:
            told = [spoken(*texts.get(one.oid, (one.title, ""))) for one in members]
            body = "\n".join(f"{title}\n{body}" for title, body in told)
            found.append(Case("effort", told[0][0], body, paths))
    return found


def foreseen(case: Case, name: str, then: Activity, searched: Searched, earlier: Past) -> Seen:
    """What is foreseen for a case from what was known at its moment."""
    found: Signals = signals(asked_text(case.title, case.body), then, searched, earlier)
    truth = np.array([one.path in case.paths for one in then.codebase.product])
    return Seen(
        name,
        case.kind,
        truth,
        found.fused,
        found.views["content"],
        features(found),
        found.heard,
        of_files(found),
        seats(then),
        found.named,
    )


# --- figures -----------------------------------------------------------------


def recall(scores: np.ndarray, truth: np.ndarray, top: int) -> float:
    return float(truth[np.argsort(-scores, kind="stable")[:top]].sum() / truth.sum())


def part_truth(seen: Seen) -> np.ndarray:
    held = np.zeros(len(seen.named), dtype=bool)
    held[seen.seat[seen.truth & (seen.seat >= 0)]] = True
    return held


def figures(all_seen: Sequence[Seen]) -> dict[str, float]:
    """The means over the cases of one repository."""
    rows = []
    for one in all_seen:
        parts, held = of_components(one.files, one.seat, one.named), part_truth(one)
        found = recall(one.fused, one.truth, 10)
        rows.append(
            {
                "R@10": found,
                "content R@10": recall(one.content, one.truth, 10),
                "hit@10": float(found > 0),
                "parts hit@3": float(held[np.argsort(-parts, kind="stable")[:3]].any()),
                "files": float(one.truth.sum()),
                "parts": float(held.sum()),
            }
        )
    mean = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]} if rows else {}
    return mean | {"n": len(rows)} | calibration(all_seen)


def calibration(all_seen: Sequence[Seen]) -> dict[str, float]:
    """Expected calibration error of what got a probability of at least .1, in ten bins."""
    files = np.concatenate([one.files for one in all_seen])
    touched = np.concatenate([one.truth for one in all_seen])
    parts = np.concatenate([of_components(one.files, one.seat, one.named) for one in all_seen])
    held = np.concatenate([part_truth(one) for one in all_seen])
    shown = parts >= 0.3
    return {
        "error files": ece(files, touched),
        "error parts": ece(parts, held),
        "said": float(parts[shown].mean()) if shown.any() else float("nan"),
        "seen": float(held[shown].mean()) if shown.any() else float("nan"),
        "shown": float(shown.sum() / len(all_seen)),
    }


def ece(said_: np.ndarray, seen: np.ndarray) -> float:
    kept = said_ >= 0.1
    if not kept.any():
        return float("nan")
    bins = np.minimum((said_[kept] * 10).astype(int), 9)
    error = sum(abs(said_[kept][bins == one].sum() - seen[kept][bins == one].sum()) for one in range(10))
    return float(error / kept.sum())


# --- fitting -----------------------------------------------------------------


def logistic(rows: np.ndarray, truth: np.ndarray, weights: np.ndarray, ridge: float = 1e-3) -> np.ndarray:
    """Newton's method for a logistic regression."""
    beta = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        slope = rows.T @ (weights * (truth - chance)) - ridge * beta
        bend = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + ridge * np.eye(len(beta))
        step = np.linalg.solve(bend, slope)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def fitted(all_seen: Sequence[Seen]) -> tuple[np.ndarray, np.ndarray]:
    """The two constants of `colead.touch.chances`; every repository weighs the same."""
    weigh = case_weights(all_seen)
    rows = np.concatenate([one.features[one.heard] for one in all_seen])
    truth = np.concatenate([one.truth[one.heard] for one in all_seen]).astype(float)
    weights = np.concatenate(
        [np.full(int(one.heard.sum()), weight) for one, weight in zip(all_seen, weigh, strict=True)]
    )
    beta = logistic(rows, truth, weights)
    return beta, fit_parts(all_seen, weigh, beta)


def case_weights(all_seen: Sequence[Seen]) -> np.ndarray:
    count: dict[tuple[str, str], int] = defaultdict(int)
    for one in all_seen:
        count[one.repository, one.kind] += 1
    share = {"landing": 1.0, "effort": 0.5}
    return np.array([100 * share[one.kind] / count[one.repository, one.kind] for one in all_seen])


def fit_parts(all_seen: Sequence[Seen], weigh: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """The line from the noisy-or of a component's files, and its being named, to its chance."""
    raw, truth, weights = [], [], []
    for one, weight in zip(all_seen, weigh, strict=True):
        raw.append(noisy_or(refreshed(one, beta), one.seat, len(one.named)))
        truth.append(part_truth(one))
        weights.append(np.full(len(one.named), weight))
    named = np.concatenate([one.named for one in all_seen])
    chance, held, weighed = (np.concatenate(part) for part in (raw, truth, weights))
    kept = chance > 0
    return logistic(part_features(chance[kept], named[kept]), held[kept].astype(float), weighed[kept])


def refreshed(seen: Seen, beta: np.ndarray) -> np.ndarray:
    chance = 1 / (1 + np.exp(-np.clip(seen.features @ beta, -30, 30)))
    return np.where(seen.heard, chance, 0.0)


# --- the table ---------------------------------------------------------------

COLUMNS = (
    "n", "files", "parts", "content R@10", "R@10", "hit@10", "parts hit@3", "shown", "said", "seen",
    "error files", "error parts",
)  # fmt: skip


def table(all_seen: Sequence[Seen], kind: str) -> Iterator[str]:
    """One row per repository and a mean."""
    names = list(dict.fromkeys(one.repository for one in all_seen))
    rows = {}
    for name in names:
        some = [one for one in all_seen if one.repository == name and one.kind == kind]
        if len(some) >= 5:
            rows[name] = figures(some)
    if not rows:
        return
    yield f"### {kind.capitalize()}s\n"
    yield f"| repository | {' | '.join(COLUMNS)} |"
    yield f"|---|{'---|' * len(COLUMNS)}"
    mean = {key: float(np.nanmean([row[key] for row in rows.values()])) for key in COLUMNS}
    for name, row in [*rows.items(), (f"**mean of {len(rows)}**", mean)]:
        yield f"| {name} | {' | '.join(shown(key, row[key]) for key in COLUMNS)} |"
    yield ""
    yield paired([row["R@10"] - row["content R@10"] for row in rows.values()])


def shown(key: str, value: float) -> str:
    return (
        f"{value:.0f}"
        if key == "n"
        else f"{value:.1f}"
        if key in ("files", "parts", "shown")
        else f"{value:.3f}"
    )


def paired(gains: Sequence[float]) -> str:
    rng = np.random.default_rng(7)
    drawn = rng.choice(np.array(gains), (2000, len(gains))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    better = sum(gain > 0 for gain in gains)
    return (
        f"Paired with BM25 on contents: R@10 {np.mean(gains):+.3f} ({low:+.3f} to {high:+.3f}), "
        f"better in {better} of {len(gains)}.\n"
    )


def main() -> None:
    """Replay, fit where asked, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path)
    parser.add_argument("--fit", nargs="*", default=[])
    parser.add_argument("--each", type=int, default=30)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    names = [line.split("#")[0].strip() for line in given.list.read_text().splitlines()]
    all_seen: list[Seen] = []
    for name in filter(None, names):
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as cache:
            found = list(replay(given.folder / name, name, Path(cache), given.each))
        all_seen += found
        print(
            f"{name}: {len(found)} cases in {time.perf_counter() - started:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    lines = []
    if given.fit:
        beta, line = fitted([one for one in all_seen if one.repository in given.fit])
        chances.COMPONENT = line
        lines += [f"    {n:10} {v:+.3f}" for n, v in zip(chances.FEATURES, beta, strict=True)]
        lines += [f"    components {np.round(line, 3).tolist()}", ""]
        all_seen = [Seen(**{**vars(one), "files": refreshed(one, beta)}) for one in all_seen]
        for kind in ("landing", "effort"):
            lines += ["Fitted on:", *table([one for one in all_seen if one.repository in given.fit], kind)]
    rest = [one for one in all_seen if one.repository not in given.fit]
    for kind in ("landing", "effort"):
        lines += table(rest, kind)
    print("\n".join(lines))
    if given.write:
        given.write.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
