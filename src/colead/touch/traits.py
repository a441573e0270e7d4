"""Traits: what the learned ranking knows of a file, all of it relative to the text or to the repository.

Each view comes twice, divided by its maximum and as the logarithm of the file's
rank in it; besides there is how old, how busy, how long a file is, how much of the
text it holds, and what sort of text and repository this is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from colead.activity import Activity
from colead.touch.parts import Index
from colead.touch.ranking import Floats, IntArray, Postings, added, aged, best_of, folded, relative
from colead.touch.signals import MEMORY, SHARES, Past, Signals, summed_up

NEAREST = 15  # past landings that count as near
NEVER = 20 * 365.25  # days since a change that nobody knows of
DAY = 86_400.0


def traits(found: Signals, activity: Activity, index: Index) -> tuple[Floats, tuple[str, ...]]:
    """One row per product file, one column per name."""
    views = _views(found, index, _groups(activity))
    facts = _facts(found, activity, _groups(activity))
    columns = [relative(one) for one in views.values()]
    columns += [by_rank(one) for one in views.values()]
    names = (*views, *(f"rank {name}" for name in views), *facts)
    return np.stack([*columns, *facts.values()], axis=1), names


def by_rank(scores: Floats) -> Floats:
    """The logarithm of each file's place; those without a score share the last."""
    place = np.empty(len(scores))
    place[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    place[scores <= 0] = len(scores)
    return np.log1p(place)


# --- views -------------------------------------------------------------------


def _views(found: Signals, index: Index, groups: dict[str, IntArray]) -> dict[str, Floats]:
    """The views of the sum and the finer ones, by name."""
    views = {f"plain {name}": one for name, one in found.views.items()}
    views |= {f"sharp {name}": one for name, one in found.sharp.items()}
    views["plain sum"] = summed_up(found.views)
    views["sum"] = found.fused
    return views | _damped(found) | _near(found) | _joined(found, index) | _around(found, groups)


def _damped(found: Signals) -> dict[str, Floats]:
    """Contents, with words that are said often counted less."""
    flat = np.sqrt(found.asked.weights) * found.telling
    files = len(found.fused)
    views = {}
    for name, weights in (("flat", flat), ("rare", flat * found.telling)):
        views[f"{name} content"] = found.fields["content"].scores(weights)
        views[f"{name} chunk"] = best_of(found.pieces.scores(weights), found.owner, files)
    return views


def _near(found: Signals) -> dict[str, Floats]:
    """The most similar landing of a file, and its share in the few most similar ones of all."""
    past = found.past
    weight = found.similar * np.sqrt(aged(past.age, MEMORY))
    fan = np.diff(past.start)
    nearest = np.zeros(len(weight))
    top = np.argsort(-weight, kind="stable")[:NEAREST]
    nearest[top] = relative(weight)[top]
    files = len(found.fused)
    return {
        "most similar": best_of(np.repeat(weight, fan), past.file, files),
        "nearest": added(past.file, np.repeat(nearest, fan), files),
    }


def _joined(found: Signals, index: Index) -> dict[str, Floats]:
    """Words that stand side by side in the text and are one name in the code."""
    asked, files = found.asked.joined, len(found.fused)
    if not asked:
        return {f"joined {name}": np.zeros(files) for name in ("content", "path", "symbols")}
    chunks, owner = index.chunks(asked)
    fields: dict[str, Postings] = {
        "content": folded(chunks, owner, files),
        "path": index.paths(asked),
        "symbols": index.symbols(asked),
    }
    return {f"joined {name}": field.scores(np.ones(len(asked))) for name, field in fields.items()}


def _around(found: Signals, groups: dict[str, IntArray]) -> dict[str, Floats]:
    """How much similar landings changed the files of one folder, and those of one kind, on average."""
    views = {}
    for name, group in groups.items():
        total = np.bincount(group, found.views["similar"]) / np.bincount(group)
        views[f"{name} changed"] = total[group]
    return views


def _groups(activity: Activity) -> dict[str, IntArray]:
    """The folder and the extension of each product file, as numbers."""
    paths = [one.path.rpartition("/") for one in activity.codebase.product]
    return {
        "folder": _numbered([folder for folder, _, _ in paths]),
        "kind": _numbered([name.rpartition(".")[2] for _, _, name in paths]),
    }


def _numbered(names: Sequence[str]) -> IntArray:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int32)


# --- facts -------------------------------------------------------------------


def _facts(found: Signals, activity: Activity, groups: dict[str, IntArray]) -> dict[str, Floats]:
    files = len(found.fused)
    folder, kind = groups["folder"], groups["kind"]
    steps = np.array(activity.codebase.migrations, dtype=np.float64)
    deep = np.array([one.path.count("/") for one in activity.codebase.product], dtype=np.float64)
    changes = added(found.past.file, np.ones(len(found.past.file)), files)
    busy = np.bincount(kind, changes) / np.bincount(kind)
    return {
        **_times(found.past, changes),
        "length": np.log1p(added(found.owner, found.pieces.lengths, files)),
        "chunks": np.log1p(np.bincount(found.owner, minlength=files)),
        "kind's share": (np.bincount(kind) / files)[kind],
        "kind's changes": np.log1p(busy)[kind] - np.log1p(changes.mean()),
        "folder's size": np.log1p(np.bincount(folder))[folder],
        "step": steps,
        "depth": deep,
        **_held(found),
        **_whole(found),
    }


def _times(past: Past, changes: Floats) -> dict[str, Floats]:
    """How often, how lately and since when a file was changed."""
    age = np.repeat(past.age, np.diff(past.start)) / DAY
    last, first = np.full(len(changes), NEVER), np.zeros(len(changes))
    np.minimum.at(last, past.file, age)
    np.maximum.at(first, past.file, age)
    return {
        "changes": np.log1p(changes),
        "last": np.log1p(np.maximum(last, 0)),
        "rank last": by_rank(NEVER + 1 - np.minimum(last, NEVER)),
        "age": np.log1p(np.maximum(first, 0)),
    }


def _held(found: Signals) -> dict[str, Floats]:
    """How much of the text a file holds, and how much of its path the text names."""
    shares = {}
    for name in ("content", "path"):
        field = found.fields[name]
        total = max(float(field.rarity.sum()), 1e-9)
        shares[f"held by {name}"] = _once(field, field.rarity) / total
    content, path = found.fields["content"], found.fields["path"]
    shares["tellingly held"] = _once(content, content.rarity * found.telling)
    shares["path named"] = _once(path, np.ones(path.terms)) / np.maximum(path.lengths, 1)
    return shares


def _once(field: Postings, weights: Floats) -> Floats:
    return added(field.document, weights[field.term], len(field.lengths))


def _whole(found: Signals) -> dict[str, Floats]:
    """What is the same for all files: the length of the text, the size of the tree, how sure the sum is."""
    top = np.sort(found.fused)[::-1][:10]
    best, files = float(top[0]) if len(top) else 0.0, len(found.fused)
    whole = {
        "terms": np.log1p(len(found.asked.terms)),
        "files": np.log1p(files),
        "top": best / sum(SHARES.values()),
        "level": float(top.mean()) / best if best else 0.0,
    }
    return {name: np.full(files, value) for name, value in whole.items()}
