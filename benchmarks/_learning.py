"""The learned ranking: gathers rows from the replay, fits boosted trees, writes them as plain arrays.

    python benchmarks/_learning.py gather FOLDER ROWS [--cache DIR] [--processes N]
    python benchmarks/_learning.py fit ROWS OUT [--folds DIR]

Only the repositories for tuning and for teaching are read; the latter are learnt
from in every fold. `gather` writes the traits of the candidates of each landing,
read in three ways (stripped, product, lag) and of each effort, to one file per
repository in ROWS; `fit` needs lightgbm (the group "train") and writes OUT, and
with --folds one file per fold that did not see the repositories named in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

NEAR, SHARE = 40, 0.2  # of files beyond the first so many, a share is learnt from, at its weight
FOLDS = 3
TREES, SAMPLES = 250, 3  # the mean of so many fits that differ only in what they sampled
LAYOUT = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 24,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "lambda_l2": 20,
    "max_bin": 63,
    "num_threads": 4,
    "verbose": -1,
    "seed": 1,
    "deterministic": True,
}
READ = ("stripped", "product", "lag", "effort")
WEIGHT = (1.0, 1.0, 1.0, 1.0)


def gather(given: tuple[Any, Path, Path, Path | None]) -> None:
    """The rows of one repository."""
    from _replay import READINGS, replay

    from colead.touch.asked import asked_text
    from colead.touch.learned import candidates
    from colead.touch.signals import past, signals
    from colead.touch.traits import traits

    one, clone, rows, cache = given
    started, kept = time.perf_counter(), []
    with tempfile.TemporaryDirectory() as temporary:
        cases = replay(clone, cache or Path(temporary), tip=one.commit, tests=300, training=300)
        for case in cases:
            for number, way in enumerate(READ):
                text, truth = (case.title, case.body), case.truth
                if way == "effort":
                    if case.effort is None:
                        continue
                    text, truth = (case.effort.title, case.effort.body), case.effort.truth
                read = READINGS[way if way == "product" else "stripped"]
                activity = case.lagged if way == "lag" else case.activity
                query = asked_text(*map(read, text))
                if not query.terms:
                    continue
                found = signals(query, activity, case.index, past(activity, case.today))
                table, names = traits(found, activity, case.index)
                chosen = candidates(found)
                hits = np.array([file.path in truth for file in activity.codebase.product])
                held = np.unique(case.seat[hits & (case.seat >= 0)])
                kept.append(
                    (
                        table[chosen].astype(np.float32),
                        hits[chosen],
                        case.seat[chosen],
                        found.named,
                        np.isin(np.arange(len(found.named)), held),
                        number,
                        hits.sum(),
                    )
                )
    sizes = [len(row[0]) for row in kept]
    np.savez(
        rows / f"{one.name.replace('/', '+')}.npz",
        names=np.array(names),
        table=np.concatenate([row[0] for row in kept]),
        hits=np.concatenate([row[1] for row in kept]),
        seat=np.concatenate([row[2] for row in kept]),
        sizes=np.array(sizes),
        named=np.array([row[3] for row in kept]),
        held=np.array([row[4] for row in kept]),
        way=np.array([row[5] for row in kept]),
        truth=np.array([row[6] for row in kept]),
    )
    ways = np.bincount([row[5] for row in kept], minlength=len(READ)).tolist()
    print(f"{one.name}: {ways} in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def weights(data: dict[str, np.ndarray]) -> np.ndarray:
    """The weight of each row: every repository weighs the same, efforts as told."""
    share = np.array(WEIGHT)[data["way"]]
    return np.repeat(1000 * share / share.sum(), data["sizes"])


def fitted(training: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Trees and the line of components, learnt from some repositories."""
    import lightgbm

    rng = np.random.default_rng(0)
    names = training[0]["names"].tolist()
    place = names.index("rank sum")
    tables, hits, weighed = [], [], []
    for data in training:
        far = (data["table"][:, place] > np.log1p(NEAR)) & ~data["hits"]
        kept = ~far | (rng.random(len(far)) < SHARE)
        tables.append(data["table"][kept])
        hits.append(data["hits"][kept])
        weighed.append((weights(data) * np.where(far, 1 / SHARE, 1.0))[kept])
    rows = lightgbm.Dataset(np.concatenate(tables), np.concatenate(hits), weight=np.concatenate(weighed))
    fits = [
        lightgbm.train(LAYOUT | {"seed": seed}, rows, TREES).dump_model() for seed in range(1, SAMPLES + 1)
    ]
    trees = [tree["tree_structure"] for fit in fits for tree in fit["tree_info"]]
    return {"names": np.array(names), **arrays(trees, 1 / SAMPLES)}


def arrays(trees: list[dict[str, Any]], share: float) -> dict[str, np.ndarray]:
    """Trees as columns of nodes, each counting for a share: a leaf points to itself."""
    trait, bound, low, high, value, roots = [], [], [], [], [], []

    def add(node: dict[str, Any]) -> int:
        own = len(trait)
        leaf = "leaf_value" in node
        trait.append(0 if leaf else node["split_feature"])
        bound.append(np.inf if leaf else node["threshold"])
        value.append(node["leaf_value"] * share if leaf else 0.0)
        low.append(own)
        high.append(own)
        if not leaf:
            assert node["decision_type"] == "<="
            low[own] = add(node["left_child"])
            high[own] = add(node["right_child"])
        return own

    for tree in trees:
        roots.append(add(tree))
    return {
        "trait": np.array(trait, dtype=np.uint8),
        "bound": np.array(bound, dtype=np.float32),
        "low": np.array(low, dtype=np.uint16),
        "high": np.array(high, dtype=np.uint16),
        "value": np.array(value, dtype=np.float32),
        "roots": np.array(roots, dtype=np.uint16),
    }


def with_parts(model: dict[str, np.ndarray], seen: list[tuple[dict[str, np.ndarray], np.ndarray]]) -> None:
    """Add the line from the noisy-or of files to the chance of a component, fitted on unseen files."""
    from touches import logistic

    from colead.touch.chances import noisy_or, part_features

    raw, named, held, weighed = [], [], [], []
    for data, chances in seen:
        ends = np.cumsum(data["sizes"])
        share = np.array(WEIGHT)[data["way"]]
        for number, end in enumerate(ends):
            rows = slice(end - data["sizes"][number], end)
            raw.append(noisy_or(chances[rows], data["seat"][rows], len(data["named"][number])))
            named.append(data["named"][number])
            held.append(data["held"][number])
            weighed.append(np.full(len(raw[-1]), 1000 * share[number] / share.sum()))
    chance, name, truth, weight = (np.concatenate(one) for one in (raw, named, held, weighed))
    kept = chance > 0
    rows = part_features(chance[kept], name[kept])
    model["parts"] = logistic(rows, truth[kept].astype(float), weight[kept])


def list_of(name: str) -> list[Any]:
    """The repositories of a list beside this file."""
    from ranking import listed

    return listed(Path(__file__).with_name(name))


def tuning() -> list[Any]:
    """The repositories for tuning."""
    from ranking import TUNING

    return [one for one in list_of("repositories.txt") if one.use == TUNING]


def fit(rows: Path, out: Path, folds: Path | None) -> None:
    """Learn from all; and in turns from all but a fold."""
    from colead.touch.trees import Trees

    files = sorted(rows.glob("*.npz"))
    data = {file.stem: dict(np.load(file)) for file in files}
    chosen = sorted(one.name.replace("/", "+") for one in tuning())
    seen = []
    models = []
    for number in range(FOLDS):
        left = chosen[number::FOLDS]
        model = fitted([one for name, one in data.items() if name not in left])
        seen += [
            (data[name], Trees.of(model).chances(data[name]["table"].astype(np.float64))) for name in left
        ]
        models.append((left, model))
    whole = fitted(list(data.values()))
    with_parts(whole, seen)
    np.savez_compressed(out, **whole)
    for number, (left, model) in enumerate(models):
        if folds:
            folds.mkdir(exist_ok=True)
            others = [one for one in seen if all(one[0] is not data[name] for name in left)]
            with_parts(model, others)
            np.savez_compressed(folds / f"{number}.npz", unseen=np.array(left), **model)
    print(out.stat().st_size, "bytes;", "components", whole["parts"].round(3).tolist())


def main() -> None:
    """Gather or fit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", choices=("gather", "fit"))
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folds", type=Path)
    given = parser.parse_args()
    if given.work == "fit":
        fit(given.source, given.target, given.folds)
        return
    from ranking import clone_of

    given.target.mkdir(exist_ok=True)
    known = tuning() + list_of("teaching.txt")
    work = [(one, clone_of(given.source, one.name), given.target, given.cache) for one in known]
    with ProcessPoolExecutor(given.processes) as pool:
        list(pool.map(gather, work))


if __name__ == "__main__":
    main()
