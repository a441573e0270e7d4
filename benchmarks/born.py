"""How well the parts are foreseen in which new files are made.

    python benchmarks/born.py gather FOLDER ROWS [LIST] [--sets tuning,reporting] [--tests N] [--every K]
        [--processes N] [--cache DIR]
    python benchmarks/born.py report ROWS

The replay is that of ranking.py: one landing at a time, its text without paths against
the tree that it landed on. Its true parts are those of the product files that it added.
`gather` keeps what speaks for each part, one file per repository in ROWS; `report` says
how often a true part was among the first 1, 3 and 5, of landings that added a file,
against the part of the likeliest file, the parts by the chance that they change, and
the parts that lately got most files; and how often what was said came true, over all landings.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from _replay import Case, replay, stripped
from ranking import REPORTING, TUNING, clone_of, listed, missing

from colead.store.index import shipped
from colead.touch.asked import asked_text
from colead.touch.born import carried, nursery
from colead.touch.chances import of_components
from colead.touch.learned import foreseen
from colead.touch.signals import past, signals

WAYS = ("told", "chance to change", "likeliest file", "got most lately")
NUMBER, TRUE = 0, 5  # columns of a row: the case, what each way says, whether it is true
FIRST = (1, 3, 5)
FEWEST = 5


def rows_of(case: Case) -> np.ndarray | None:
    """One row per part."""
    query = asked_text(stripped(case.title), stripped(case.body))
    if not query.terms:
        return None
    code, history = case.activity.codebase, case.activity.history
    position = {key: place for place, key in enumerate(case.activity.components)}
    seats = np.array([position.get(code.seat(path) or "\0", -1) for path in history.paths], dtype=np.int32)
    seats = np.where(case.activity.file_component[: len(seats)] >= 0, seats, -1)
    activity = replace(case.activity, file_component=seats)
    found = signals(query, case.activity, case.index, past(case.activity, case.today))
    files = foreseen(found, case.activity, case.index, shipped())
    parts = of_components(files, case.seat, found.named, shipped().parts)
    true, likeliest = np.zeros(len(parts)), np.zeros(len(parts))
    for path in case.born:
        if (place := position.get(code.seat(path) or "\0", -1)) >= 0:
            true[place] = 1
    seated = case.seat >= 0
    np.maximum.at(likeliest, case.seat[seated], files[seated])
    held = nursery(activity)
    own = held.changed == held.into
    often = np.zeros(len(parts))
    often[held.into[own]] = held.times[own]
    return np.stack([carried(parts, held)[0], parts, likeliest, often, true], axis=1)


def gather(given: tuple[Any, Path, argparse.Namespace]) -> None:
    """The rows of one repository."""
    one, clone, options = given
    started, tables = time.perf_counter(), []
    with tempfile.TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        cases = replay(clone, cache, tip=one.commit, tests=options.tests, training=0, every=options.every)
        for number, case in enumerate(cases):
            table = rows_of(case)
            if table is not None:
                tables.append(np.hstack([np.full((len(table), 1), number), table]))
    file = options.rows / f"{one.name.replace('/', '+')}.npz"
    np.savez_compressed(file, rows=np.vstack(tables), use=one.use, name=one.name)
    print(f"{one.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def cases_of(rows: np.ndarray) -> Iterator[np.ndarray]:
    """The rows of each landing."""
    for number in np.unique(rows[:, NUMBER]):
        yield rows[rows[:, NUMBER] == number]


def report(rows: Path) -> Iterator[str]:
    """The tables."""
    for use in (TUNING, REPORTING):
        some = [dict(np.load(file)) for file in sorted(rows.glob("*.npz"))]
        tables = [one["rows"] for one in some if str(one["use"]) == use]
        every = [case for table in tables for case in cases_of(table)]
        true = sum(bool(case[:, TRUE].any()) for case in every)
        yield f"\n{use}: {len(tables)} repositories, {len(every):,} landings, {true} added a file\n"
        yield "| way | first | first 3 | first 5 |\n|---|---:|---:|---:|"
        for column, way in enumerate(WAYS, start=1):
            means = [hits for table in tables if (hits := among_first(table, column)) is not None]
            yield f"| {way} | {' | '.join(f'{one:.3f}' for one in np.mean(means, axis=0))} |"
        said = np.concatenate([case[:, 1] for case in every])
        seen = np.concatenate([case[:, TRUE] for case in every])
        for low, high in ((0.05, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.6), (0.6, 1.01)):
            kept = (said >= low) & (said < high)
            if kept.any():
                yield f"said {said[kept].mean():.2f}, came {seen[kept].mean():.2f} ({int(kept.sum())})"


def among_first(table: np.ndarray, column: int) -> np.ndarray | None:
    """The share of landings with a true part among the first so many; None where too few added a file."""
    hits = []
    for case in cases_of(table):
        if case[:, TRUE].any():
            order = np.argsort(-case[:, column], kind="stable")
            hits.append([bool(case[order[:most], TRUE].any()) for most in FIRST])
    return np.mean(hits, axis=0) if len(hits) >= FEWEST else None


def options_given() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ways = parser.add_subparsers(dest="way", required=True)
    gathering, reporting = ways.add_parser("gather"), ways.add_parser("report")
    gathering.add_argument("folder", type=Path)
    for one in (gathering, reporting):
        one.add_argument("rows", type=Path)
    gathering.add_argument("list", type=Path, nargs="?", default=Path(__file__).with_name("repositories.txt"))
    gathering.add_argument("--sets", default=f"{TUNING},{REPORTING}")
    gathering.add_argument("--tests", type=int, default=500)
    gathering.add_argument("--every", type=int, default=2)
    gathering.add_argument("--processes", type=int, default=2)
    gathering.add_argument("--cache", type=Path)
    return parser.parse_args()


def main() -> None:
    """Do what was asked."""
    options = options_given()
    if options.way == "report":
        print("\n".join(report(options.rows)))
        return
    options.rows.mkdir(parents=True, exist_ok=True)
    found = []
    for one in listed(options.list):
        clone = clone_of(options.folder, one.name)
        if one.use in options.sets.split(",") and clone and not missing(clone, one.commit):
            found.append((one, clone, options))
    with ProcessPoolExecutor(options.processes) as pool:
        list(pool.map(gather, found))


if __name__ == "__main__":
    main()
