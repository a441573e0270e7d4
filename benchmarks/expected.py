"""The formula of expected fixes, fitted anew, and other ways to use it, on repositories held out.

    python benchmarks/expected.py gather ROWS FOLDER [LIST] [--cache DIR]
    python benchmarks/expected.py fit ROWS
    python benchmarks/expected.py ways ROWS

FOLDER, windows and LIST are those of benchmarks/fragility.py. Its set "new" is never read,
nor are repositories with fewer than two windows that count. `gather` keeps, for each window
and the four quarters before it, the terms of colead.fixes for each file and the fixes that
came. `fit` prints weights fitted on all of them; `ways` compares what is shipped with its
rivals, those with something fitted always on repositories that it was not fitted on.

The fit: Poisson regression of a file's fixes in a window on the terms, every repository
weighing alike, migrations left out, quiet windows counted (leaving them out looks at what
came). Where the scale is known, it is that of the weights so far, in ten rounds.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fragility import BANDS, ENOUGH, FEWEST, LIST, Floats, Moment, auc, bands, calibration, listed, moments

from colead import fixes
from colead.citing import DAY
from colead.fragility import FADES, PSEUDO_FIXES, QUARTER, WINDOWS
from colead.readers.git import Door

ALONE, SCALED, STEPS, FOLDS = 1, 10, 25, 15


@dataclass(frozen=True)
class Quarter:
    """The files at one moment: terms, how much of the formula holds for each, and the fixes that came."""

    terms: Floats
    again: Floats
    came: Floats

    def said(self, weights: Floats) -> Floats:
        """Fixes expected of each file, before scaling."""
        return np.exp(np.clip(weights @ self.terms, -30, 8)) * self.again


@dataclass(frozen=True)
class Way:
    """One way to come from terms to expected fixes."""

    fades: float = FADES
    pseudo: float = PSEUDO_FIXES
    fit: int = 0  # rounds of fitting the weights: 0, ALONE, or SCALED, with a scale that is known
    curve: int = 0  # degree of a polynomial on the logarithm of what is said, fitted afterwards


Window = list[Quarter]  # the moment itself, then the quarters before it
WAYS = {
    "four quarters alike": Way(1.0),
    "fading by half: shipped": Way(),
    "the last quarter alone": Way(0.0),
    "shipped, against 10 fixes": Way(pseudo=10.0),
    "shipped, against 40 fixes": Way(pseudo=40.0),
    "shipped, with a line on the log": Way(curve=1),
    "shipped, with a parabola on the log": Way(curve=2),
    "fitted anew, four quarters alike": Way(1.0, fit=ALONE),
    "fitted anew, fading by half": Way(fit=ALONE),
    "fitted with the scale known, four quarters alike": Way(1.0, fit=SCALED),
    "fitted with the scale known, fading by half": Way(fit=SCALED),
}


def main() -> None:
    """Gather, fit or compare."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("what", choices=("gather", "fit", "ways"))
    asked.add_argument("rows", type=Path)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("list", type=Path, nargs="?", default=LIST)
    asked.add_argument("--cache", type=Path, default=None)
    told = asked.parse_args()
    if told.what == "gather":
        gather(told.rows, told.folder, told.list, told.cache)
        return
    found = [read(one) for one in sorted(told.rows.glob("*.npz"))]
    found = [some for some in found if sum(counts(one) for one in some) >= FEWEST]
    print(f"{len(found)} repositories, {sum(map(len, found))} windows")
    if told.what == "fit":
        print("(" + ", ".join(f"{one:.3f}" for one in fitted(found, Way(fit=ALONE))) + ")")
        return
    for name, way in WAYS.items():
        compared(name, found, way)


def gather(rows: Path, folder: Path, place: Path, cache: Path | None) -> None:
    """Keep the windows of every repository that may be fitted on."""
    rows.mkdir(parents=True, exist_ok=True)
    for name, (commit, kind) in listed(place).items():
        target = rows / f"{name.replace('/', '+')}.npz"
        if kind == "new" or target.exists():
            continue
        with Door.open(folder / name.replace("/", "+") / "repo") as door, door.at(commit) as fixed:
            write(target, [window(one) for one in moments(fixed, cache)])
        print(name, flush=True)


def write(target: Path, found: Sequence[Window]) -> None:
    """Keep the windows of a repository in columns named by window, quarter and kind."""
    columns = {
        f"{first:02} {second} {name}": getattr(quarter, name)
        for first, one in enumerate(found)
        for second, quarter in enumerate(one)
        for name in ("terms", "again", "came")
    }
    np.savez_compressed(target, **columns)


def read(place: Path) -> list[Window]:
    """The windows of a repository."""
    found: dict[str, Window] = {}
    with np.load(place) as columns:
        for name in sorted(one for one in columns.files if one.endswith("terms")):
            known = (columns[f"{name[:-5]}{kind}"] for kind in ("terms", "again", "came"))
            found.setdefault(name[:2], []).append(Quarter(*known))
    return list(found.values())


def window(one: Moment) -> Window:
    """The moment and the quarters before it that a scale is taken from."""
    said = one.said
    found = [quarter(one, said.alive & one.alive, said.end, one.came)]
    for back in range(1, min(WINDOWS, said.days // QUARTER - 1) + 1):
        end = said.end - QUARTER * DAY * back
        alive = fixes.alive_at(said.activity, end)
        found.append(quarter(one, alive, end, fixes.fixed_files(said.activity, end, end + QUARTER * DAY)))
    return found


def quarter(one: Moment, alive: np.ndarray, end: int, came: Floats) -> Quarter:
    """The terms of the files at one moment."""
    said = one.said
    terms = fixes.terms(said.activity, said.lines, said.alive if end == said.end else alive, end)
    return Quarter(terms[:, alive], fixes.again(said.activity.history.paths)[alive], came[alive])


def counts(one: Window) -> bool:
    """Whether enough came in a window."""
    return bool(one[0].came.sum() >= ENOUGH)


def scale(one: Window, weights: Floats, way: Way) -> float:
    """As of colead.fragility."""
    seen = said = 0.0
    for back, before in enumerate(one[1:]):
        fades = way.fades**back
        seen, said = seen + fades * before.came.sum(), said + fades * before.said(weights).sum()
    return float((seen + way.pseudo) / (said + way.pseudo))


def fitted(found: Sequence[list[Window]], way: Way) -> Floats:
    """The weights of the terms."""
    weights = np.array(fixes.FORMULA)
    for _ in range(way.fit):
        columns, came, known, share = [], [], [], []
        for some in found:
            for one in some:
                kept = one[0].again == 1.0
                columns.append(one[0].terms[:, kept])
                came.append(one[0].came[kept])
                factor = np.log(scale(one, weights, way)) if way.fit == SCALED else 0.0
                known.append(np.full(kept.sum(), factor))
                share.append(np.full(kept.sum(), 1 / len(some) / max(1, kept.sum())))
        weights = poisson(np.hstack(columns), np.hstack(came), np.hstack(known), np.hstack(share), weights)
    return weights


def poisson(terms: Floats, came: Floats, known: Floats, share: Floats, weights: Floats) -> Floats:
    """Weights of the largest likelihood, by Newton's method with steps halved until they gain."""

    def likelihood(these: Floats) -> float:
        log = np.clip(these @ terms + known, -30, 12)
        return float(share @ (came * log - np.exp(log)))

    best = likelihood(weights)
    for _ in range(STEPS):
        said = np.exp(np.clip(weights @ terms + known, -30, 12))
        curved = (terms * (share * said)) @ terms.T + 1e-9 * np.eye(len(weights))
        step = np.linalg.solve(curved, terms @ (share * (came - said)))
        while likelihood(weights + step) < best and np.abs(step).max() > 1e-9:
            step = step / 2
        weights, before, best = weights + step, best, likelihood(weights + step)
        if best - before < 1e-9:
            break
    return weights


def said_by(found: Sequence[list[Window]], way: Way) -> tuple[Floats, Floats]:
    """The weights of a way and of its curve, fitted on these repositories."""
    weights = fitted(found, way)
    if not way.curve:
        return weights, np.array([0.0, 1.0])
    plain = [expected(one, weights, way) for some in found for one in some]
    share = [
        np.full(len(one[0].came), 1 / len(some) / max(1, len(one[0].came))) for some in found for one in some
    ]
    log = np.log(np.maximum(1e-4, np.hstack(plain)))
    came = np.hstack([one[0].came for some in found for one in some])
    powers, start = np.stack([log**power for power in range(way.curve + 1)]), np.zeros(way.curve + 1)
    start[1] = 1.0
    return weights, poisson(powers, came, np.zeros(len(log)), np.hstack(share), start)


def expected(one: Window, weights: Floats, way: Way) -> Floats:
    """Fixes expected of each file, before any curve."""
    return scale(one, weights, way) * one[0].said(weights)


def compared(name: str, found: Sequence[list[Window]], way: Way) -> None:
    """A line of one way: every repository is told by what was fitted on others."""
    told: list[list[Floats]] = [[] for _ in found]
    for fold in range(FOLDS):
        others = [some for place, some in enumerate(found) if place % FOLDS != fold]
        weights, curve = said_by(others, way)
        for place in range(fold, len(found), FOLDS):
            for one in found[place]:
                log = np.log(np.maximum(1e-4, expected(one, weights, way)))
                told[place].append(np.exp(sum(curve[power] * log**power for power in range(len(curve)))))
    summed: list[list[Floats]] = [[], []]
    deviance, order = [], []
    for some, said in zip(found, told, strict=True):
        every = [np.array(bands(e, one[0].came)) for e, one in zip(said, some, strict=True)]
        kept = [counts(one) for one in some]
        summed[0].append(np.sum([one for one, good in zip(every, kept, strict=True) if good], axis=0))
        summed[1].append(np.sum(every, axis=0))
        deviance.append(np.mean([off(one[0].came, e) for e, one in zip(said, some, strict=True)]))
        good = [(e, one[0].came) for e, one, fits in zip(said, some, kept, strict=True) if fits]
        order.append(np.mean([auc(e, came > 0) for e, came in good]))
    error, quiet = (calibration(np.array(one)) for one in summed)
    share = np.diff(BANDS)
    level = share @ quiet[1][:, 0] / (share @ quiet[1][:, 1])
    print(f"{name:52} error {error[0]:.3f}, with quiet {quiet[0]:.3f}, said/came {level:.2f}", end="")
    print(f", deviance {np.mean(deviance):.4f}, AUC {np.mean(order):.3f}", flush=True)


def off(came: Floats, said: Floats) -> float:
    """The Poisson deviance of a file, mean."""
    said = np.maximum(1e-6, said)
    return float(2 * np.mean(came * np.log(np.maximum(came, 1) / said) - (came - said)))


if __name__ == "__main__":
    main()
