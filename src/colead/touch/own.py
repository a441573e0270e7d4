"""Own: trees that a repository's own past landings add to those that were learnt elsewhere.

Boosting (Friedman, "Greedy Function Approximation: A Gradient Boosting Machine",
2001) goes on where the shipped trees stopped: the same traits, their log odds as
the start. The newest landings are held out first; where the added trees do not
tell these better, nothing is added. What that gains is in docs/benchmarks.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.touch.learned import candidates
from colead.touch.parts import Index
from colead.touch.ranking import Floats
from colead.touch.signals import Signals
from colead.touch.traits import traits
from colead.touch.trees import Trees

FEWEST, HELD = 100, 0.25  # landings; the share of them that is held out
SLACK = 0.02  # of the files found among the first ten that the held-out landings may lose by chance
FIRST = 10  # files of a ranking that count
NEAR, SHARE = 40, 0.2  # of files beyond the first so many, a share is learnt from, at its weight
TREES, DEPTH, RATE = 60, 3, 0.08
CALM, LEAST, BINS = 20.0, 10.0, 32  # what damps a leaf, the least that it weighs, bins of a trait
ROWS, COLUMNS = 0.6, 0.3  # the share that each tree sees
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One past landing beforehand: the traits of the files that the trees look at, and which it changed."""

    table: NDArray[np.float32]  # first by the sum of views first
    odds: Floats  # log odds by the shipped trees
    hits: NDArray[np.bool_]
    changed: int  # files, those that the trees do not look at too


@dataclass(frozen=True, slots=True)
class Own:
    """What own landings taught, and how well it tells those held out."""

    trees: Trees | None  # the added ones; None where the shipped ones tell as much without them
    landings: int
    held: int  # of these held out, to see
    before: float  # of the files that a landing held out changed, the share among the first ten; a mean
    after: float


def example(
    found: Signals, activity: Activity, index: Index, trees: Trees, changed: frozenset[str]
) -> Example:
    """A past landing as something to learn from.

    Args:
        found: every view on every file for its text, as of before it landed.
        activity: history and codebase of then.
        index: where the words stood then.
        trees: the shipped ones.
        changed: paths of the files that it changed.
    """
    table, names = traits(found, activity, index)
    place = {name: number for number, name in enumerate(names)}
    chosen = candidates(found)
    rows = table[chosen][:, [place[name] for name in trees.names]].astype(np.float32)
    product = activity.codebase.product
    hits = np.array([product[one].path in changed for one in chosen], dtype=np.bool_)
    return Example(rows, trees.log_odds(rows), hits, len(changed))


def learnt_from(examples: Sequence[Example], shipped: Trees, rng: np.random.Generator) -> Own | None:
    """What the examples, oldest first, teach beyond the shipped trees; None for too few of them."""
    if len(examples) < FEWEST:
        return None
    cut = int(len(examples) * (1 - HELD))
    later = examples[cut:]
    tried = _boosted(examples[:cut], shipped, rng)
    odds = [one.odds + tried.log_odds(one.table) for one in later]
    before, after = _found(later, [one.odds for one in later]), _found(later, odds)
    better = _loss(later, odds) < _loss(later, [one.odds for one in later]) and after >= before - SLACK
    trees = _boosted(examples, shipped, rng) if better else None
    return Own(trees, len(examples), len(later), before, after)


def _found(examples: Sequence[Example], odds: Sequence[Floats]) -> float:
    """The share of changed files among the first ten, as a mean over examples."""
    firsts = (np.argsort(-own, kind="stable")[:FIRST] for own in odds)
    shares = [one.hits[first].sum() / one.changed for one, first in zip(examples, firsts, strict=True)]
    return float(np.mean(shares))


def _loss(examples: Sequence[Example], odds: Sequence[Floats]) -> float:
    """How surprising it is what changed, by these log odds."""
    said, hits = np.concatenate(odds), np.concatenate([one.hits for one in examples])
    return float(np.mean(np.logaddexp(0, said) - hits * said))


# --- boosting ----------------------------------------------------------------


@dataclass(frozen=True)
class _Rows:
    """What is learnt from: traits in bins, and what came."""

    bins: NDArray[np.int32]  # a row per trait
    edges: tuple[NDArray[np.float32], ...]  # of each trait: bin k holds what is up to edge k
    hits: Floats
    weight: Floats
    odds: Floats

    @classmethod
    def of(cls, examples: Sequence[Example], rng: np.random.Generator) -> _Rows:
        """The rows of examples; of those far down the list, a share."""
        far = [(np.arange(len(one.hits)) >= NEAR) & ~one.hits for one in examples]
        kept = [~own | (rng.random(len(own)) < SHARE) for own in far]
        both = list(zip(examples, kept, strict=True))
        table = np.concatenate([one.table[own] for one, own in both])
        edges = tuple(_edges(column) for column in table.T)
        bins = [np.searchsorted(edge, column) for edge, column in zip(edges, table.T, strict=True)]
        return cls(
            np.stack(bins).astype(np.int32),
            edges,
            np.concatenate([one.hits[own] for one, own in both]).astype(np.float64),
            np.where(np.concatenate(far)[np.concatenate(kept)], 1 / SHARE, 1.0),
            np.concatenate([one.odds[own] for one, own in both]),
        )


def _edges(column: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1], method="lower"))


def _boosted(examples: Sequence[Example], shipped: Trees, rng: np.random.Generator) -> Trees:
    """Trees whose log odds are to be added to those of the shipped ones."""
    rows = _Rows.of(examples, rng)
    odds, grown = rows.odds.copy(), []
    for _ in range(TREES):
        chance = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        pull, bend = rows.weight * (rows.hits - chance), rows.weight * chance * (1 - chance)
        tree, added = _tree(rows, pull, bend, rng)
        odds += added
        grown.append(tree)
    return _as_trees(grown, shipped)


@dataclass(frozen=True, slots=True)
class _Tree:
    """A full tree: the branches of a node are nodes 2n + 1 and 2n + 2."""

    trait: Ints  # of each node above the leaves
    bound: NDArray[np.float32]
    value: Floats  # of each leaf


def _tree(rows: _Rows, pull: Floats, bend: Floats, rng: np.random.Generator) -> tuple[_Tree, Floats]:
    """A tree of some rows and some traits, and what it adds to the log odds of each row."""
    every = np.arange(len(pull))
    some = every[rng.random(len(pull)) < ROWS]
    chosen = rng.choice(len(rows.bins), max(1, int(COLUMNS * len(rows.bins))), replace=False)
    node, traits_, bounds = np.zeros(len(pull), dtype=np.intp), [], []
    for level in range(DEPTH):
        trait, place = _splits(rows, some, chosen, (node[some], pull[some], bend[some]), 1 << level)
        node = 2 * node + (rows.bins[trait[node], every] > place[node])
        traits_.append(trait)
        bounds.append([_bound(rows.edges[one], at) for one, at in zip(trait, place, strict=True)])
    leaves = 1 << DEPTH
    total = [np.bincount(node[some], amounts[some], leaves) for amounts in (pull, bend)]
    value = RATE * total[0] / (total[1] + CALM)
    return _Tree(np.concatenate(traits_), np.concatenate(bounds).astype(np.float32), value), value[node]


def _bound(edges: NDArray[np.float32], place: int) -> float:
    return float(edges[place]) if place < len(edges) else np.inf


def _splits(
    rows: _Rows, some: Ints, chosen: Ints, told: tuple[Ints, Floats, Floats], nodes: int
) -> tuple[Ints, Ints]:
    """The trait and the bin up to which each node is cut; the last bin where no cut helps."""
    node, pull, bend = told
    best, bins = np.full(nodes, 1e-9), BINS + 1
    trait, place = np.zeros(nodes, dtype=np.intp), np.full(nodes, bins)
    for one in chosen:
        at = node * bins + rows.bins[one, some]
        low = [np.bincount(at, own, nodes * bins).reshape(nodes, bins).cumsum(axis=1) for own in (pull, bend)]
        gain = _gain(*low)
        first = gain.argmax(axis=1)
        most = gain[np.arange(nodes), first]
        more = most > best
        best[more], trait[more], place[more] = most[more], one, first[more]
    return trait, place


def _gain(pull: Floats, bend: Floats) -> Floats:
    """What a cut after each bin gains, from running sums; nothing where a side would be too small."""
    all_pull, all_bend = pull[:, -1:], bend[:, -1:]
    sides = pull**2 / (bend + CALM) + (all_pull - pull) ** 2 / (all_bend - bend + CALM)
    gain = sides - all_pull**2 / (all_bend + CALM)
    return np.where((bend < LEAST) | (all_bend - bend < LEAST), 0.0, gain)


def _as_trees(grown: Sequence[_Tree], shipped: Trees) -> Trees:
    above, nodes = (1 << DEPTH) - 1, (2 << DEPTH) - 1
    heap, leaf = np.arange(nodes), np.arange(nodes) >= above
    roots = np.arange(len(grown)) * nodes
    none, far = np.zeros(nodes - above, dtype=np.int64), np.full(nodes - above, np.inf, dtype=np.float32)
    return replace(
        shipped,
        trait=np.concatenate([np.concatenate([one.trait, none]) for one in grown]),
        bound=np.concatenate([np.concatenate([one.bound, far]) for one in grown]),
        low=(roots[:, None] + np.where(leaf, heap, 2 * heap + 1)).ravel(),
        high=(roots[:, None] + np.where(leaf, heap, 2 * heap + 2)).ravel(),
        value=np.concatenate([np.concatenate([np.zeros(above), one.value]) for one in grown]),
        roots=roots,
    )
