"""How well a plan's facts tell which changes come back for a fix within 90 days, held against lines followed.

    python benchmarks/risk.py gather ROWS FOLDER [LIST] [--cache DIR] [--processes N]
    python benchmarks/risk.py planned ROWS FOLDER [LIST] [--cache DIR] [--processes N]
    python benchmarks/risk.py report ROWS [LIST]

FOLDER holds the clones as OWNER+NAME/repo; LIST (default: risk.txt beside this file) has one per line:
name, commit, set. Rows are written to ROWS, as lines of JSON, one file per repository; those that are there
are left out. A clone that lacks contents of code is told and left out.

`gather`: the newest 3,000 landings of people on the first-parent chain that are 90 days old, of at most 30
product files, of four years. A landing came back where a fix, 1 to 90 days later, changed or deleted lines
of code that it wrote (`_szz.py`). Facts are those of a plan, with the parts that were then really touched:
how many; the highest expected fixes per file among them, told from what had landed by the month's start,
with the line counts of that day; the share of fixes in the year before; whether it is a feature (chance, by
prefix or the shipped model) or a fix. Beside them what a plan does not know: files, lines. And whether a fix
touched one of the same files in 1 to 90 days (`tradeoff.fixed_later`), the cheap outcome.

`planned`: the same facts with the parts that would have been foreseen from the landing's text without paths,
from the tree and the past that it landed on (`_replay.py`), for up to 300 landings that are 90 days old.

`report` fits on the "fitted" ones, each repository weighing alike, leaving each out in turn, prints the
weights and measures `colead.risk` on the "unseen" ones. AUC is the mean over repositories with at least five
that came back; the calibration error is over tenths of all changes, each repository weighing alike, and
pooled; "own" is the mean of the errors inside each repository, over fifths, which chance alone makes large.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from _replay import READINGS, replay
from _szz import Chain, followed
from drag import listed, silent
from spread import Seats

from colead.activity import Activity, activity
from colead.balancing import shipped
from colead.citing import DAY, day_of, end_of
from colead.fragility import Fragilities
from colead.kinds import kinds
from colead.outlook import Then
from colead.pace import Known
from colead.readers.git import Door
from colead.risk import LATER, LEAST, WEIGHTS, share_of_fixes, small
from colead.store import Store
from colead.store.codebase import codebase
from colead.store.index import shipped as trees
from colead.store.replayed import tips
from colead.touch.asked import asked_text
from colead.touch.chances import of_components
from colead.touch.learned import foreseen
from colead.touch.signals import past, signals
from colead.touch.told import MOST as SHOWN_MOST
from colead.touch.told import SHOWN
from colead.tradeoff import fixed_later

LIST = Path(__file__).with_name("risk.txt")
MONTH, YEARS, MOST, TESTS, FEWEST = 30, 4, 3000, 300, 100
FACTS = ("parts", "rate", "share", "feature", "fix")
Array = np.ndarray
Row = dict[str, Any]


# --- changes whose parts are known ---------------------------------------------------------------


def gather(name: str, commit: str, clone: Path, cache: Path | None) -> list[Row]:
    """The rows of one repository."""
    with Door.open(clone) as door, door.at(commit) as fixed, Store.open(fixed, cache) as store:
        store.update(fixed, silent)
        a = activity(store.history(), codebase(store, fixed, silent))
    end, begin = int(a.history.at[-1]), int(a.history.at[0])
    start = max(begin + 365 * DAY, end - YEARS * 365 * DAY - LATER)
    months = list(range(start, end, MONTH * DAY))
    fixes = np.flatnonzero(a.history.is_fix & (a.history.at >= start))
    chain = followed(clone, commit, {a.history.landings[one].oid for one in fixes.tolist()}, months)
    number = {oid: place for place, oid in enumerate(chain.oids)}
    landings = [one for one in small(a, start, end - LATER).tolist() if a.history.landings[one].oid in number]
    return [*_rows(a, chain, number, landings[-MOST:], months)]


def _rows(
    a: Activity, chain: Chain, number: dict[str, int], landings: Sequence[int], months: Sequence[int]
) -> Any:
    h, first = a.history, np.searchsorted(a.row_landing, np.arange(len(a.history.landings) + 1))
    found, later = kinds(h, shipped(), months[0]), fixed_later(a)
    feature = dict(zip(found.landing.tolist(), found.share(("feature",)).tolist(), strict=True))
    at_of = {one.oid: one.at for one in h.landings}
    files = np.array([h.file_of.get(one.path, -1) for one in chain.files])
    month, then, share = -1, None, 0.0
    for one in landings:
        at, oid = int(h.at[one]), h.landings[one].oid
        if then is None or months[(at - months[0]) // (MONTH * DAY)] != month:
            month = months[(at - months[0]) // (MONTH * DAY)]
            then, share = as_of(a, month, sized(chain, files, month, len(h.paths))), share_of_fixes(a, month)
        changed = a.row_file[first[one] : first[one + 1]]
        parts = np.unique(a.file_component[changed])
        back = [
            at_of[chain.oids[fix]] - at
            for fix, _ in chain.back.get(number[oid], ())
            if chain.oids[fix] in at_of
        ]
        yield {
            "oid": oid,
            "at": at,
            "parts": len(parts),
            "rate": round(float(then.component_rate[parts].max()), 5),
            "share": round(share, 4),
            "feature": round(feature.get(one, 0.0), 3),
            "fix": int(h.is_fix[one]),
            "files": len(changed),
            "lines": chain.added.get(number[oid], 0),
            "later": int(later[one]),
            "back": int(any(DAY <= lag <= LATER for lag in back)),
        }


def as_of(a: Activity, moment: int, lines: Array) -> Then:
    """Fragility before a moment, with the line counts of that day."""
    then = Then(a, day_of(moment - 1), "")
    then.__dict__.update(known=Known(moment, then.today, True), lines=lines)
    return then


def sized(chain: Chain, files: Array, moment: int, count: int) -> Array:
    """Filled lines of each file id at a moment."""
    sizes = np.array(chain.sizes[moment], dtype=float)
    known = files[: len(sizes)] >= 0
    lines = np.ones(count)
    lines[files[: len(sizes)][known]] = np.maximum(1.0, sizes[known])
    return lines


# --- changes whose parts are foreseen ------------------------------------------------------------


def planned(name: str, commit: str, clone: Path, cache: Path | None) -> list[Row]:
    """The rows of landings replayed up to 90 days before the newest one."""
    with Door.open(clone) as door, door.at(commit) as fixed, Store.open(fixed, cache) as store:
        store.update(fixed, silent)
        end = int(store.history().at[-1]) - LATER
        tip = tips(store, commit, [end])[0]
    rows, seats, model, months = [], Seats(), trees(), {}
    with tempfile.TemporaryDirectory() as temporary:
        for case in replay(clone, cache or Path(temporary), tip=tip, tests=TESTS, training=0, every=2):
            query = asked_text(READINGS["stripped"](case.title), READINGS["stripped"](case.body))
            held = {seats.of(case, one) for one in case.changed} - {-1}
            if not query.terms or not held:
                continue
            found = signals(query, case.activity, case.index, past(case.activity, case.today))
            odds = of_components(
                foreseen(found, case.activity, case.index, model), case.seat, found.named, model.parts
            )
            month = case.today.toordinal() // MONTH
            if month not in months:
                seen = seats.seen(case)
                months = {
                    month: (Fragilities(seen, case.today, ""), share_of_fixes(seen, end_of(case.today)))
                }
            then, share = months[month]
            shown = np.argsort(-odds)[: max(1, min(SHOWN_MOST, int((odds >= SHOWN).sum())))]
            rate = then.component_rate
            row = {"oid": case.landing.oid, "share": round(share, 4), "sum": round(float(odds.sum()), 3)}
            for way, parts in (("real", sorted(held)), ("shown", shown)):
                row |= {f"{way} parts": len(parts), f"{way} rate": round(float(rate[list(parts)].max()), 5)}
            rows.append(row)
    return rows


# --- what was gathered ---------------------------------------------------------------------------


def work(given: tuple[Callable[..., list[Row]], str, str, Path, Path, Path | None]) -> None:
    """One repository into its file."""
    way, name, commit, clone, target, cache = given
    begun = time.monotonic()
    try:
        rows = way(name, commit, clone, cache)
    except RuntimeError as error:
        print(f"{name}: {error}", file=sys.stderr, flush=True)
        return
    target.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    print(f"{name}: {len(rows)} in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def read(rows: Path, name: str, ending: str = "jsonl") -> list[Row]:
    """The rows of one repository, [] where there are none."""
    file = rows / f"{name.replace('/', '+')}.{ending}"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def table(rows: Sequence[Row], names: Sequence[str]) -> Array:
    """What the formula weighs, and other facts by name."""
    told = {
        "parts": np.log([row["parts"] for row in rows]),
        "rate": np.log(np.array([row["rate"] for row in rows]) + LEAST),
        "share": np.log([row["share"] for row in rows]),
        "files": np.log([row["files"] for row in rows]),
        "lines": np.log1p([row["lines"] for row in rows]),
    }
    columns = [told.get(name, [row[name] for row in rows]) for name in names]
    return np.column_stack([np.ones(len(rows)), *columns]).astype(float)


def fit(some: Sequence[list[Row]], names: Sequence[str]) -> Array:
    """Logistic regression, each repository weighing alike, by Newton's method."""
    x = np.vstack([table(rows, names) for rows in some])
    y = np.concatenate([[row["back"] for row in rows] for rows in some])
    w = np.concatenate([np.full(len(rows), 1000 / len(rows)) for rows in some])
    weights = np.zeros(x.shape[1])
    for _ in range(40):
        p = squeezed(x @ weights)
        slope, bend = x.T @ (w * (y - p)), (x * (w * p * (1 - p))[:, None]).T @ x
        weights += np.linalg.solve(bend + 1e-3 * np.eye(len(weights)), slope - 1e-3 * weights)
    return weights


def squeezed(logit: Array) -> Array:
    """From log odds to chances."""
    return 1 / (1 + np.exp(-logit))


def auc(said: Array, came: Array) -> float:
    """The chance that one that came back was given better odds than one that did not; ties count half."""
    _, place, counts = np.unique(said, return_inverse=True, return_counts=True)
    ranks, hits = (np.cumsum(counts) - (counts - 1) / 2)[place], int(came.sum())
    return float((ranks[came > 0].sum() - hits * (hits + 1) / 2) / max(1, hits * (len(came) - hits)))


def error(said: Array, came: Array, weight: Array, bins: int = 10) -> float:
    """The calibration error over bins of as many."""
    order = np.argsort(said, kind="stable")
    off, share = (weight * (said - came))[order], np.cumsum(weight[order]) / weight.sum()
    bin_ = np.minimum((share * bins).astype(int), bins - 1)
    return float(np.abs(np.bincount(bin_, off)).sum() / weight.sum())


def line(what: str, said: Sequence[Array], came: Sequence[Array]) -> str:
    """A line of the table."""
    each = [auc(p, y) for p, y in zip(said, came, strict=True) if y.sum() >= 5]
    p, y = np.concatenate(said), np.concatenate(came)
    alike = np.concatenate([np.full(len(one), 1 / len(one)) for one in said])
    own = np.mean([error(p, y, np.ones(len(p)), 5) for p, y in zip(said, came, strict=True)])
    figures = (
        np.mean(each),
        np.median(each),
        auc(p, y),
        error(p, y, alike),
        error(p, y, np.ones(len(p))),
        own,
    )
    return f"| {what} | {len(said)} | {len(p):,} | {' | '.join(f'{one:.3f}' for one in figures)} |"


def report(rows: Path, place: Path) -> None:
    """All tables."""
    every: dict[str, dict[str, list[Row]]] = {}
    for name, (_, use) in listed(place).items():
        found = read(rows, name)
        if len(found) >= FEWEST:
            every.setdefault(use, {})[name] = found
        else:
            print(f"left out: {name}, {len(found)} changes")
    fitted = [*every["fitted"].values()]
    head = "AUC | middle | pooled | error | pooled | own"
    print(f"\n| facts | repositories | changes | {head} |\n|---|---:|---:|" + "---:|" * 6)
    for names in (("parts",), ("rate",), ("parts", "rate", "share"), FACTS, ("files",), (*FACTS, "lines")):
        said = [
            squeezed(table(one, names) @ fit([other for other in fitted if other is not one], names))
            for one in fitted
        ]
        print(line(f"fitted, left out in turn: {', '.join(names)}", said, [back(one) for one in fitted]))
    print("weights", fit(fitted, FACTS).round(3).tolist(), "shipped", WEIGHTS.tolist())
    for use, some in every.items():
        ours = [squeezed(table(one, FACTS) @ WEIGHTS) for one in some.values()]
        came = [back(one) for one in some.values()]
        print(line(f"{use}: the shipped weights", ours, came))
        p, y = np.concatenate(ours), np.concatenate(came)
        tenths = np.array_split(np.argsort(p, kind="stable"), 10)
        print(
            "said > came by tenths:",
            ", ".join(f"{p[one].mean():.3f} > {y[one].mean():.3f}" for one in tenths),
        )
        print(f"the riskiest fifth held {y[np.argsort(-p)[: len(p) // 5]].sum() / y.sum():.0%}")
        later = np.mean([np.mean([row["later"] for row in one]) for one in some.values()])
        cheap = [
            auc(np.array([row["later"] for row in one]), y)
            for one, y in zip(some.values(), came, strict=True)
        ]
        rate = np.mean([one.mean() for one in came])
        print(f"came back {rate:.1%}; a fix touched one of its files {later:.1%},")
        print(f"which tells what came back with an AUC of {np.mean(cheap):.3f}")
        for name, p_, y_ in zip(some, ours, came, strict=True):
            print(f"  {name}: {len(y_)}, said {p_.mean():.3f}, came {y_.mean():.3f}, AUC {auc(p_, y_):.3f}")
        foreseen_table(rows, some)


def foreseen_table(rows: Path, some: dict[str, list[Row]]) -> None:
    """The same where the parts are foreseen."""
    ways: dict[str, tuple[list[Array], list[Array]]] = {"real": ([], []), "shown": ([], []), "sum": ([], [])}
    for name, found in some.items():
        known = {row["oid"]: row for row in found}
        cases = [{**known[one["oid"]], **one} for one in read(rows, name, "planned") if one["oid"] in known]
        if len(cases) < 30 or not sum(one["back"] for one in cases):
            continue
        for way, (said, came) in ways.items():
            told = [{**one, **facts(one, way)} for one in cases]
            said.append(squeezed(table(told, FACTS) @ WEIGHTS))
            came.append(back(cases))
    for way, (said, came) in ways.items():
        if said:
            print(
                line(f"replayed, parts {way}", said, came),
                f"said {np.concatenate(said).mean():.3f}",
                f"came {np.concatenate(came).mean():.3f}",
            )


def facts(case: Row, way: str) -> Row:
    """The facts of a case by the way in which its parts are known."""
    if way == "sum":
        return {"parts": max(1.0, case["sum"]), "rate": case["shown rate"]}
    return {"parts": case[f"{way} parts"], "rate": case[f"{way} rate"]}


def back(rows: Sequence[Row]) -> Array:
    """Which came back."""
    return np.array([row["back"] for row in rows])


def main() -> None:
    """Gather, plan or report."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("what", choices=("gather", "planned", "report"))
    asked.add_argument("rows", type=Path)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("list", type=Path, nargs="?", default=LIST)
    asked.add_argument("--cache", type=Path)
    asked.add_argument("--processes", type=int, default=2)
    told = asked.parse_args()
    if told.what == "report":
        report(told.rows, told.list)
        return
    told.rows.mkdir(parents=True, exist_ok=True)
    way, ending = (gather, "jsonl") if told.what == "gather" else (planned, "planned")
    todo = []
    for name, (commit, _) in listed(told.list).items():
        flat = name.replace("/", "+")
        target = told.rows / f"{flat}.{ending}"
        if not target.exists():
            todo.append((way, name, commit, told.folder / flat / "repo", target, told.cache))
    with ProcessPoolExecutor(told.processes) as pool:
        list(pool.map(work, todo))


if __name__ == "__main__":
    main()
