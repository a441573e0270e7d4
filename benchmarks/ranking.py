"""How well files and components are ranked, one landing at a time, by the protocol of the published replay.

    python benchmarks/ranking.py FOLDER [LIST] [--sets tuning,reporting] [--tests N] [--every K]
        [--processes N] [--cache DIR] [--folds DIR] [--json FILE] [--write FILE]

FOLDER holds the clones (owner/name, owner+name, owner+name/repo or name below it); LIST
(default: repositories.txt beside this file) has one per line: name, commit, set. A
clone or commit that is not there is told and left out.

The text of a landing is the query, the tree that it landed on is what is searched,
and what landed before is the history (files followed through renames). Tests are
the last N (300) usable landings, of these every Kth. Usable: by people, at least
8 words without paths, at most 30 changed files of code, at least one of them product
source that was there; no revert, release, bump, version, translation or lint; no
title of the 400 landings before. Candidates and truth are product files that were
there. Components are Colead's own at the start of the test window.

Five readings of each text: "stripped" (without paths, file names and dotted module
names; the main one), "kept" (as written), "product" (without code, identifiers, calls
and scope prefixes too), "lag" (stripped, with the history as it was 14 days before),
and "effort" (landings of 90 days that share an issue or a branch, as one text).
Where both are measured, R@10 in "stripped" and "product" is told by the words that the latter leaves.
Compared are BM25 on contents, the sum of views (the floor) and what ships.
A repository for tuning is ranked by a model that did not see it (--folds, written by
_learning.py), any other by the shipped one.

Means are over repositories; intervals are 95 % of 2,000 bootstraps over
repositories, and over landings where one repository is spoken of.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from _replay import READINGS, Case, replay

from colead.errors import ColeadError
from colead.readers.git import Door
from colead.store.index import shipped
from colead.touch.asked import asked_text
from colead.touch.chances import COMPONENT, noisy_or, of_components, of_files
from colead.touch.learned import foreseen
from colead.touch.signals import past, signals
from colead.touch.trees import Trees

TUNING, REPORTING = "tuning", "reporting"
WAYS = ("content", "sum", "model")
VARIANTS = ("stripped", "kept", "product", "lag", "effort")
FIGURES = ("R@5", "R@10", "R@20", "hit@3", "hit@10", "MRR", "parts R@3", "parts hit@3")
BINS = 10
LENGTHS = (1, 6, 16, 41)  # different words of a text that are searched for
FEWEST = 5  # cases of a repository that counts


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    name: str
    commit: str
    use: str


def listed(file: Path) -> list[Listed]:
    """The repositories of a list."""
    lines = (line.split("#")[0].split() for line in file.read_text().splitlines())
    return [Listed(*(*line, *("", "", "other")[len(line) :])) for line in lines if line]


def clone_of(folder: Path, name: str) -> Path | None:
    """Where the clone of a repository lies."""
    flat = name.replace("/", "+")
    for one in (name, flat, name.rpartition("/")[2]):
        for place in (folder / one / "repo", folder / one, folder / f"{one}.git"):
            if (place / "HEAD").exists() or (place / ".git").exists():
                return place
    return None


def missing(clone: Path | None, commit: str) -> str:
    """Why a repository cannot be measured; "" where it can."""
    if clone is None:
        return "no clone"
    try:
        with Door.open(clone) as door:
            next(iter(door.commits(commit or door.tip)))
    except (ColeadError, StopIteration) as error:
        return f"commit {commit[:12]} is not there ({type(error).__name__})"
    return ""


# --- one repository ----------------------------------------------------------


def asked_of(case: Case, variant: str) -> tuple[str, str]:
    """Title and body as a variant reads them."""
    read = READINGS.get(variant, READINGS["stripped"])
    told = case.effort if variant == "effort" and case.effort else case
    return read(told.title), read(told.body)


def measured(case: Case, variant: str, model: Trees | None) -> dict[str, Any] | None:
    """Everything that is measured of one case; None for a text that says nothing."""
    if variant == "effort" and case.effort is None:
        return None
    activity = case.lagged if variant == "lag" else case.activity
    query = asked_text(*asked_of(case, variant))
    if not query.terms:
        return None
    found = signals(query, activity, case.index, past(activity, case.today))
    changed = case.effort.truth if variant == "effort" and case.effort else case.truth
    truth = np.array([one.path in changed for one in activity.codebase.product])
    held = np.zeros(len(activity.components), dtype=bool)
    held[case.seat[truth & (case.seat >= 0)]] = True
    ways: dict[str, tuple[np.ndarray, np.ndarray | None]] = {
        "content": (found.views["content"], None),
        "sum": (found.fused, of_files(found)),
    }
    if model is not None:
        chances = foreseen(found, activity, case.index, model)
        ways["model"] = (chances, chances)
    row: dict[str, Any] = {"files": int(truth.sum()), "parts": int(held.sum())}
    row |= {"landing": case.landing.oid, "words": len(found.asked.terms)}
    for way, (scores, chances) in ways.items():
        line = model.parts if way == "model" else COMPONENT
        parts = parts_of(scores, chances, case.seat, found.named, line)
        row[way] = figures(scores, truth, parts, held)
        if chances is not None:
            row[f"{way} said"] = said(chances, truth), said(parts, held)
    return row


def parts_of(
    scores: np.ndarray, chances: np.ndarray | None, seat: np.ndarray, named: np.ndarray, line: np.ndarray
) -> np.ndarray:
    """A score of each component: its chance; where files have none, their noisy-or as if they had."""
    if chances is None:
        return noisy_or(np.minimum(scores / max(scores.max(initial=0.0), 1e-9), 0.99) ** 3, seat, len(named))
    return of_components(chances, seat, named, line)


def figures(scores: np.ndarray, truth: np.ndarray, parts: np.ndarray, held: np.ndarray) -> list[float | None]:
    """The row of FIGURES for one ranking."""
    hits = truth[np.argsort(-scores, kind="stable")]
    first = int(np.argmax(hits))
    row: list[float | None] = [float(hits[:top].sum() / hits.sum()) for top in (5, 10, 20)]
    row += [float(hits[:top].any()) for top in (3, 10)] + [1 / (first + 1)]
    if not held.any():
        return [*row, None, None]
    found = held[np.argsort(-parts, kind="stable")[:3]]
    return [*row, float(found.sum() / held.sum()), float(found.any())]


def said(chances: np.ndarray, truth: np.ndarray) -> list[list[float]]:
    """Per bin of chances from .1 on: how many, their sum, how many came true."""
    kept = chances >= 0.1
    place = np.minimum((chances[kept] * BINS).astype(int), BINS - 1)
    return [
        np.bincount(place, weights, BINS).tolist()
        for weights in (np.ones(int(kept.sum())), chances[kept], truth[kept].astype(float))
    ]


def repository(given: tuple[Listed, Path, argparse.Namespace]) -> dict[str, Any]:
    """The rows of one repository."""
    one, clone, options = given
    model, started = ranker(one, options), time.perf_counter()
    rows: dict[str, list[dict[str, Any]]] = {variant: [] for variant in options.variants.split(",")}
    files = 0
    with tempfile.TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        cases = replay(clone, cache, tip=one.commit, tests=options.tests, training=0, every=options.every)
        for case in cases:
            files = len(case.activity.codebase.product)
            for variant, kept in rows.items():
                row = measured(case, variant, model)
                if row:
                    kept.append(row)
    parts = len(case.activity.components)
    print(f"{one.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return {"name": one.name, "use": one.use, "files": files, "parts": parts, "rows": rows}


def ranker(one: Listed, options: argparse.Namespace) -> Trees | None:
    """The trees that rank a repository: such as never saw it; None where there are none."""
    if one.use != TUNING:
        return shipped()
    for file in sorted(options.folds.glob("*.npz")) if options.folds else ():
        with np.load(file) as columns:
            if one.name.replace("/", "+") in columns["unseen"]:
                return Trees.of(dict(columns))
    return None


# --- over repositories -------------------------------------------------------


def mean_of(rows: Sequence[dict[str, Any]], way: str) -> np.ndarray:
    """The mean figures of one repository and way."""
    table = np.array([[np.nan if cell is None else cell for cell in row[way]] for row in rows], dtype=float)
    return np.asarray(np.nanmean(table, axis=0))


def calibration(results: Sequence[dict[str, Any]], variant: str, way: str) -> tuple[float, float]:
    """Expected calibration error of what got a chance of at least .1: files, components."""
    errors = []
    for kind in (0, 1):
        bins = np.array([row[f"{way} said"][kind] for one in results for row in one["rows"][variant]]).sum(
            axis=0
        )
        errors.append(float(np.abs(bins[1] - bins[2]).sum() / max(1.0, bins[0].sum())))
    return errors[0], errors[1]


def interval(gains: Sequence[float]) -> tuple[float, float, float]:
    """The mean and its 95 % bootstrap interval."""
    rng = np.random.default_rng(7)
    drawn = rng.choice(np.array(gains), (2000, len(gains))).mean(axis=1)
    return (float(np.mean(gains)), *(float(one) for one in np.quantile(drawn, [0.025, 0.975])))


def summary(results: Sequence[dict[str, Any]], variant: str) -> Iterator[str]:
    """The table of means of one variant, and the paired differences."""
    ways = [way for way in WAYS if way in results[0]["rows"][variant][0]]
    n = sum(len(one["rows"][variant]) for one in results)
    yield f"### {variant}: {len(results)} repositories, {n:,} landings\n"
    yield f"| way | {' | '.join(FIGURES)} | error files | error parts |"
    yield f"|---|{'---:|' * (len(FIGURES) + 2)}"
    means = {way: np.array([mean_of(one["rows"][variant], way) for one in results]) for way in ways}
    for way in ways:
        error = calibration(results, variant, way) if way != "content" else (float("nan"),) * 2
        cells = [f"{one:.3f}".lstrip("0") for one in (*means[way].mean(axis=0), *error)]
        yield f"| {way} | {' | '.join('' if cell == 'nan' else cell for cell in cells)} |"
    yield ""
    for way in ways[1:]:
        gains = (means[way] - means["content"])[:, 1]
        mean, low, high = interval(gains.tolist())
        worse = [one["name"] for one in results if _worse(one["rows"][variant], way)]
        yield (
            f"R@10 of {way} against text search: {mean:+.3f} ({low:+.3f} to {high:+.3f}), better in "
            f"{int((gains > 0).sum())} of {len(gains)}, significantly worse in {len(worse)}.\n"
        )


def _worse(rows: Sequence[dict[str, Any]], way: str) -> bool:
    return interval([row[way][1] - row["content"][1] for row in rows])[2] < 0


def by_length(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    """R@10 of the same landings in two readings, by how many words product language leaves of them."""
    way = next(way for way in reversed(WAYS) if all(way in row for row in results[0]["rows"]["product"]))
    cells: dict[int, list[tuple[float, float]]] = {least: [] for least in LENGTHS}
    for one in results:
        as_written = {row["landing"]: row[way][1] for row in one["rows"]["stripped"]}
        for row in one["rows"]["product"]:
            least = max(least for least in LENGTHS if least <= row["words"])
            cells[least].append((as_written[row["landing"]], row[way][1]))
    yield f"### R@10 of the {way} by the words that product language leaves\n"
    yield "| words left | landings | stripped | product |"
    yield "|---|---:|---:|---:|"
    for least, found in cells.items():
        if found:
            stripped, product = np.array(found).mean(axis=0)
            yield f"| from {least} on | {len(found)} | {stripped:.3f} | {product:.3f} |"
    yield ""


def by_repository(results: Sequence[dict[str, Any]], variant: str) -> Iterator[str]:
    """One row per repository, R@10 unless said."""
    ways = [way for way in WAYS if way in results[0]["rows"][variant][0]]
    yield f"| repository | set | files | parts | landings | {' | '.join(ways)} | hit@10 | parts hit@3 |"
    yield f"|---|---|{'---:|' * (len(ways) + 5)}"
    for one in results:
        rows = one["rows"][variant]
        means = [mean_of(rows, way) for way in ways]
        cells = [f"{mean[1]:.3f}" for mean in means] + [f"{means[-1][4]:.3f}", f"{means[-1][7]:.3f}"]
        told = (one["name"], one["use"], one["files"], one["parts"], len(rows), *cells)
        yield f"| {' | '.join(map(str, told))} |"
    yield ""


def report(results: Sequence[dict[str, Any]], lost: Sequence[str]) -> Iterator[str]:
    """The whole result as Markdown."""
    groups = {
        "The 12 for tuning": [one for one in results if one["use"] == TUNING],
        "The 9 for reporting": [one for one in results if one["use"] == REPORTING],
        "All 21": [one for one in results if one["use"] in (TUNING, REPORTING)],
        "Others": [one for one in results if one["use"] not in (TUNING, REPORTING)],
    }
    for title, some in groups.items():
        if some:
            yield f"## {title}\n"
            for variant in some[0]["rows"]:
                spoken = [one for one in some if len(one["rows"][variant]) >= FEWEST]
                yield from summary(spoken, variant) if spoken else ()
            if {"stripped", "product"} <= set(some[0]["rows"]):
                yield from by_length(some)
    yield "## Each repository, stripped\n"
    yield from by_repository(results, next(iter(results[0]["rows"])))
    yield from (f"Not measured: {one}\n" for one in lost)


def options_given() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path, nargs="?", default=Path(__file__).with_name("repositories.txt"))
    parser.add_argument("--sets", default="tuning,reporting,other")
    parser.add_argument("--variants", default=",".join(VARIANTS))
    parser.add_argument("--tests", type=int, default=300)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options, lost, found = options_given(), [], []
    for one in listed(options.list):
        if one.use in options.sets.split(","):
            clone = clone_of(options.folder, one.name)
            why = missing(clone, one.commit)
            lost += [f"{one.name}: {why}"] if why else []
            found += [(one, clone, options)] if clone and not why else []
    with ProcessPoolExecutor(options.processes) as pool:
        results = list(pool.map(repository, found))
    text = "\n".join(report(results, lost))
    print(text)
    if options.write:
        options.write.write_text(text + "\n")
    if options.json:
        options.json.write_text(json.dumps({"repositories": results, "not measured": lost}))


if __name__ == "__main__":
    main()
