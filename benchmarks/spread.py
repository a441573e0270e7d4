"""How far past changes reached against what was expected, and whether wide ones needed more fixes afterwards.

    python benchmarks/spread.py FOLDER [LIST] [--tests N] [--every K] [--cache DIR] [--folds DIR]
        [--processes N] [--fit]

FOLDER, LIST, the landings and the models are those of ranking.py: the text of a
landing (paths stripped, or in product language) against the tree that it landed
on and what landed before. Really touched are the components of all product
files that it changed or made; a schema or an interface is crossed by any file of it.

- parts: expected number against the real one (at most 12 count): rank
  correlation within a repository, mean error, mean of both; beside the sum of
  the odds alone, the number of parts shown, and the usual mean.
- wide: told where more parts than usual are as likely as not. Right is what
  then was wider than usual.
- crossings: of repositories in which past landings crossed any. Told is what
  stands on the page.
- fixes afterwards: landings of five years that reached more parts than usual (of
  the two years before), or crossed a schema or an interface, against others of
  the same repository with as many files (in bands from nine on; "busy": and as
  often changed before). Counted is whether one of the same files needed a fix 1 to 30 or
  60 days later; the mean over repositories with 20 such landings. The same of the
  replayed landings that were told as wide.

--fit prints the constants of colead.spread.reach, fitted on the tuning set.
Intervals are 95 % of 4,000 bootstraps over repositories.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from _replay import READINGS, Case, Earlier, quiet, replay
from ranking import Listed, clone_of, listed, missing, ranker

from colead.activity import Activity, activity
from colead.citing import DAY
from colead.codebase import Boundary, boundary_of
from colead.evidence import Coverage, State
from colead.readers.git import Door
from colead.spread.past import Past
from colead.spread.reach import MOST, crossing_chance, is_told, log_odds, more_than, reach_of
from colead.store import Store
from colead.store.codebase import codebase
from colead.touch import Once, Touches
from colead.touch.asked import asked_text
from colead.touch.chances import of_components
from colead.touch.learned import foreseen
from colead.touch.signals import past, signals
from colead.touch.told import SHOWN
from colead.touch.trees import Trees
from colead.tradeoff import busy_before

CROSSINGS = (Boundary.SCHEMA, Boundary.INTERFACE)
VARIANTS = ("stripped", "product")
FILES = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 18])
BUSY = np.array([0, 3, 8, 20])
AFTER = (30, 60)
FEWEST, LIKE = 20, 5  # landings of a group in a repository; narrow ones in a band
Array = np.ndarray


# --- what was expected, and what came ----------------------------------------


class Seats:
    """Past landings seen with real components; the replay itself says only what is product."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, case: Case, path: str) -> int:
        """The component of a path, -1 outside all."""
        if path not in self.known:
            key = case.activity.codebase.seat(path)
            self.known[path] = -1 if key is None else case.activity.components.index(key)
        return self.known[path]

    def seen(self, case: Case) -> Activity:
        """The same past with a seat for each file."""
        a = case.activity
        seats = [
            -1 if one < 0 else self.of(case, path)
            for one, path in zip(a.file_component.tolist(), a.history.paths, strict=False)
        ]
        return Activity(a.history, a.codebase, a.components, np.array(seats, dtype=np.int32))


def expected(case: Case, seats: Seats, model: Trees) -> Iterator[dict[str, Any]]:
    """One row per reading of a landing's text."""
    known = Past.of(seats.seen(case))
    held = {seats.of(case, one) for one in case.changed} - {-1}
    if not len(known.landings) or not held:
        return
    kinds = {boundary_of(one) for one in case.changed}
    for variant in VARIANTS:
        query = asked_text(READINGS[variant](case.title), READINGS[variant](case.body))
        if not query.terms:
            continue
        found = signals(query, case.activity, case.index, past(case.activity, case.today))
        chances = foreseen(found, case.activity, case.index, model)
        odds = of_components(chances, case.seat, found.named, model.parts)
        every = dict(zip(case.activity.components, odds.tolist(), strict=True))
        coverage = Coverage("touches", State.FINDING, "")
        once = Once(chances, odds, found.similar)
        ranked = Touches((), (), coverage, every, once=once)
        yield {"oid": case.landing.oid, "variant": variant} | _row(known, ranked, held, kinds)


def _row(known: Past, ranked: Touches, held: set[int], kinds: set[Boundary | None]) -> dict[str, Any]:
    reach, odds = reach_of(known, ranked), ranked.once.components
    closest, weight = known.closest(ranked.once)
    parts = known.parts.astype(float)
    row: dict[str, Any] = {
        "held": min(len(held), MOST),
        "wider": len(held) > reach.usual,
        "usual parts": reach.usual,
        "expected": reach.parts,
        "beyond": reach.beyond,
        "sum": reach.sum,
        "alike": reach.alike,
        "shown": int(np.clip(np.sum(odds >= SHOWN), 1, 6)),
        "mean": float(np.minimum(parts, MOST).mean()),
        "own odds": log_odds(more_than(odds, reach.usual)),
        "alike odds": log_odds(known.like(parts > reach.usual, closest, weight)),
    }
    for one in CROSSINGS:
        crossed = known.crossed(one)
        if crossed.any():
            row[one.value] = {
                "happened": known.word(one) in kinds,
                "chance": crossing_chance(known, ranked.once, one),
                "usual": float(crossed.mean()),
                "alike": log_odds(known.like(crossed.astype(float), closest, weight)),
                "own": log_odds(known.own(ranked.once, one)),
            }
    return row


# --- what came afterwards ----------------------------------------------------


@dataclass(frozen=True)
class Later:
    """Landings of one repository: how many files and parts, what they crossed, fixes afterwards."""

    oid: list[str]
    band: Array
    busy: Array
    wide: Array
    crossed: dict[str, Array]
    fixed: dict[int, Array]


def later(door: Any, cache: Path) -> Later:
    """What came after the landings of five years."""
    with Store.open(door, cache) as store:
        store.update(door, quiet)
        a = activity(store.history(), codebase(store, door, quiet))
    h, n = a.history, len(a.history.landings)
    files = np.bincount(a.row_landing, minlength=n)
    fit = (files > 0) & (files <= 30) & h.by_people & (h.at <= h.at[-1] - max(AFTER) * DAY)
    fit &= (h.at >= h.at[0] + 365 * DAY) & (h.at >= h.at[-1] - 5 * 365 * DAY)
    at = np.flatnonzero(fit)
    return Later(
        [h.landings[one].oid for one in at.tolist()],
        np.searchsorted(FILES, files[at], side="right"),
        np.searchsorted(BUSY, busy_before(a)[at], side="right"),
        (a.spread > _usual(a))[at],
        {one.value: _crossed(a, one)[at] for one in CROSSINGS},
        {days: _fixed(a, days)[at] for days in AFTER},
    )


def _usual(a: Activity) -> Array:
    """Of each landing, how many parts 8 in 10 of the two years before its quarter touched at most."""
    at, usual = a.history.at, np.full(len(a.history.landings), MOST)
    for quarter in range(int(at[0]), int(at[-1]) + 1, 90 * DAY):
        low, high, end = np.searchsorted(at, [quarter - 730 * DAY, quarter, quarter + 90 * DAY])
        parts = a.spread[low:high]
        if np.sum(parts > 0) >= 30:
            usual[high:end] = np.quantile(parts[parts > 0], 0.8, method="inverted_cdf")
    return usual


def _crossed(a: Activity, one: Boundary) -> Array:
    kinds = [boundary_of(path) for path in a.history.paths]
    if one is Boundary.SCHEMA and one not in kinds:
        one = Boundary.MODEL
    flags = np.array([kind is one for kind in kinds])[a.history.change_file]
    return np.bincount(a.history.change_landing, weights=flags, minlength=len(a.history.landings)) > 0


def _fixed(a: Activity, days: int) -> Array:
    """Which landings were followed by a fix of one of their files, 1 to `days` days later."""
    key = a.row_file.astype(np.int64) * (1 << 34) + a.history.at[a.row_landing]
    fixes = np.append(np.sort(key[a.history.is_fix[a.row_landing]]), np.iinfo(np.int64).max)
    following = fixes[np.searchsorted(fixes, key + DAY, side="right")]
    return np.bincount(a.row_landing[following <= key + days * DAY], minlength=len(a.history.landings)) > 0


def effect(one: Later, group: Array, others: Array, days: int, busy: bool) -> tuple[float, int]:
    """How much more often the group was followed by a fix than others with as many files."""
    band = one.band * 10 + one.busy if busy else one.band
    total, counted = 0.0, 0
    for each in np.unique(band[group]):
        own, like = group & (band == each), others & (band == each)
        if like.sum() >= LIKE:
            total += own.sum() * (one.fixed[days][own].mean() - one.fixed[days][like].mean())
            counted += int(own.sum())
    return (total / counted if counted else float("nan")), counted


# --- one repository ----------------------------------------------------------


def repository(given: tuple[Listed, Path, argparse.Namespace]) -> dict[str, Any]:
    """The rows of one repository."""
    one, clone, options = given
    model, rows, seats = ranker(one, options), [], Seats()
    with tempfile.TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        if model is not None and one.use != "other":
            for case in replay(
                clone, cache, tip=one.commit, tests=options.tests, training=0, every=options.every
            ):
                rows += expected(case, seats, model)
        with Door.open(clone) as door:
            after = later(Earlier(door, one.commit) if one.commit else door, cache)
    print(f"{one.name}: {len(rows)}", file=sys.stderr, flush=True)
    return {"name": one.name, "use": one.use, "rows": rows, "later": after}


# --- over repositories -------------------------------------------------------


def ranks(values: Array) -> Array:
    """Ranks; ties share theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[place]


def correlation(results: Sequence[dict[str, Any]], variant: str, name: str) -> float:
    """The mean rank correlation within repositories; ties share a rank (Spearman)."""
    found = []
    for one in results:
        rows = [row for row in one["rows"] if row["variant"] == variant]
        said, held = (ranks(np.array([row[key] for row in rows])) for key in (name, "held"))
        if len(rows) > LIKE and said.std() and held.std():
            found.append(float(np.corrcoef(said, held)[0, 1]))
    return float(np.mean(found)) if found else float("nan")


def auc(said: Array, came: Array) -> float:
    """The chance that what came was given better odds than what did not."""
    hits, misses = int(came.sum()), int((~came).sum())
    if not hits or not misses:
        return float("nan")
    return float((ranks(said)[came].sum() - hits * (hits + 1) / 2) / (hits * misses))


def error(said: Array, came: Array) -> float:
    """Expected calibration error in ten bins."""
    place = np.minimum((said * 10).astype(int), 9)
    return float(
        np.abs(np.bincount(place, said, 10) - np.bincount(place, came, 10)).sum() / max(1, len(said))
    )


def report(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    """All tables."""
    for use in ("tuning", "reporting"):
        some = [one for one in results if one["use"] == use]
        for variant in VARIANTS if some else ():
            rows = [row for one in some for row in one["rows"] if row["variant"] == variant]
            yield f"\n### {use}, {variant}: {len(some)} repositories, {len(rows):,} landings\n"
            yield from parts_table(some, rows, variant)
            yield from odds_table(rows)
    yield "\n### Fixes afterwards\n"
    yield "| set | landings | compared | 30 days | 60 days |\n|---|---:|---|---|---|"
    for use in ("tuning", "reporting", "other"):
        yield from fixes_table(use, [one for one in results if one["use"] == use])


def parts_table(
    some: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], variant: str
) -> Iterator[str]:
    """Expected parts against real ones."""
    held = np.array([row["held"] for row in rows], dtype=float)
    yield f"| way | rank correlation | mean error | mean ({held.mean():.2f} came) |\n|---|---:|---:|---:|"
    for name in ("expected", "sum", "shown", "mean"):
        said = np.array([row[name] for row in rows])
        told = correlation(some, variant, name) if name != "mean" else float("nan")
        yield f"| {name} | {told:.2f} | {np.abs(said - held).mean():.2f} | {said.mean():.2f} |"
    yield "\n| expected | n | said | came |\n|---|---:|---:|---:|"
    said = np.array([row["expected"] for row in rows])
    for low, high in ((0, 1.5), (1.5, 2), (2, 2.5), (2.5, 3.5), (3.5, 99)):
        kept = (said >= low) & (said < high)
        if kept.any():
            yield f"| {low} to {high} | {kept.sum()} | {said[kept].mean():.2f} | {held[kept].mean():.2f} |"


def odds_table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What was said of crossings, and came."""
    yield (
        "\n| odds of | landings | came | AUC | error | told | said there | came there |\n|---|" + "---:|" * 7
    )
    wide = [(row["beyond"], row["wider"], row["beyond"] >= 0.5) for row in rows]
    yield _odds_row("more parts than usual", wide)
    rounded = [(row["beyond"], row["wider"], round(row["expected"]) > row["usual parts"]) for row in rows]
    yield _odds_row("the same, expected beyond usual", rounded)
    for one in CROSSINGS:
        known = [row[one.value] for row in rows if one.value in row]
        told = [(row["chance"], row["happened"], is_told(row["chance"], row["usual"])) for row in known]
        if told:
            yield _odds_row(one.value, told)


def _odds_row(name: str, told: Sequence[tuple[float, bool, bool]]) -> str:
    said, came, shown = (np.array(column) for column in zip(*told, strict=True))
    there = (
        f"{shown.mean():.1%} | {said[shown].mean():.2f} | {came[shown].mean():.2f}"
        if shown.any()
        else "0 | | "
    )
    return (
        f"| {name} | {len(said):,} | {came.mean():.1%} | {auc(said, came):.2f} | {error(said, came):.3f} "
        f"| {there} |"
    )


Group = Callable[[Later, set[str]], tuple[Array, Array]]
GROUPS: dict[str, Group] = {
    "wider than usual": lambda one, told: (one.wide, ~one.wide),
    "changed the schema": lambda one, told: (one.crossed["schema"], ~one.crossed["schema"]),
    "changed an interface": lambda one, told: (one.crossed["interface"], ~one.crossed["interface"]),
    "told as wide": lambda one, told: ((mine := np.isin(one.oid, list(told))), ~one.wide & ~mine),
}


def fixes_table(use: str, some: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What came after wide landings, and others of their size."""
    for name, group in GROUPS.items():
        for busy in (False, True):
            cells, counted = [], 0
            for days in AFTER:
                found = [effect(one["later"], *group(one["later"], _told(one)), days, busy) for one in some]
                fewest = 1 if name == "told as wide" else FEWEST
                kept = [mean for mean, n in found if n >= fewest]
                counted = sum(n for _, n in found if n >= fewest)
                cells.append(_interval(kept))
            like = "as many files, as busy" if busy else "as many files"
            yield f"| {use} | {counted:,} {name} | {like} | {' | '.join(cells)} |"


def _told(one: dict[str, Any]) -> set[str]:
    rows = (row for row in one["rows"] if row["variant"] == "stripped")
    return {row["oid"] for row in rows if row["beyond"] >= 0.5}


def _interval(found: Sequence[float]) -> str:
    if len(found) < 2:
        return "too few"
    drawn = np.random.default_rng(7).choice(np.array(found), (4000, len(found))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return f"{np.mean(found):+.1%} ({low:+.1%} to {high:+.1%}; {len(found)})"


# --- the constants -----------------------------------------------------------


def fitted(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The constants of colead.spread.reach, from the tuning set."""
    rows = [row for one in results if one["use"] == "tuning" for row in one["rows"]]
    table = np.array([(1.0, row["sum"], row["alike"]) for row in rows])
    line = np.linalg.lstsq(table, np.array([row["held"] for row in rows], dtype=float), rcond=None)[0]
    yield f"EXPECTED {line.round(2)}"
    table = np.array([(1.0, row["own odds"], row["alike odds"]) for row in rows])
    yield f"BEYOND {logistic(table, np.array([row['wider'] for row in rows])).round(2)}"
    for one, wanted in ((Boundary.SCHEMA, ("alike",)), (Boundary.INTERFACE, ("alike", "own"))):
        known = [row[one.value] for row in rows if one.value in row]
        table = np.array([(1.0, *(row[name] for name in wanted)) for row in known])
        yield f"{one} {logistic(table, np.array([row['happened'] for row in known])).round(2)}"


def logistic(table: Array, came: Array) -> Array:
    """Logistic regression by Newton's method, with a ridge of one on all but the intercept."""
    line, ridge = np.zeros(table.shape[1]), np.diag([0.0] + [1.0] * (table.shape[1] - 1))
    for _ in range(50):
        said = 1 / (1 + np.exp(-table @ line))
        step = table.T @ (came - said) - ridge @ line
        line = line + np.linalg.solve((table * (said * (1 - said))[:, None]).T @ table + ridge, step)
    return line


def options_given() -> argparse.Namespace:
    """The command line."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path, nargs="?", default=Path(__file__).with_name("repositories.txt"))
    parser.add_argument("--tests", type=int, default=300)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--fit", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options, found = options_given(), []
    for one in listed(options.list):
        clone = clone_of(options.folder, one.name)
        why = missing(clone, one.commit)
        if why:
            print(f"not measured: {one.name}: {why}")
        elif clone:
            found.append((one, clone, options))
    with ProcessPoolExecutor(options.processes) as pool:
        results = list(pool.map(repository, found))
    print(*(fitted(results) if options.fit else report(results)), sep="\n")


if __name__ == "__main__":
    main()
