"""Signals: the eight views on which files a text speaks of, and their sum.

Content, best chunk, path, definitions, similar past landings, all past landings
of the file, and how much it changed lately; each divided by its maximum and added
with fixed shares. The shares were guessed once, before any result. A word weighs
by how telling it is among past landings: "fix" and "support" may be rare in code,
yet say nothing of where. What that gains is in docs/benchmarks.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.codebase import Component
from colead.history import MANY_FILES
from colead.terms import terms
from colead.touch.asked import Asked, best
from colead.touch.home import at_home
from colead.touch.parts import Index
from colead.touch.ranking import (
    Floats,
    IntArray,
    Postings,
    added,
    aged,
    best_of,
    folded,
    relative,
    spilled,
    summed,
)

SHARES = {
    "content": 0.7,
    "chunk": 0.5,
    "path": 0.8,
    "symbols": 0.6,
    "similar": 1.2,
    "past": 0.6,
    "lately": 0.25,
    "this year": 0.15,
}
SPOKEN = ("content", "path", "symbols")  # the views in which a word stands in the file itself
STEP = 0.1  # of its score stays to a migration
LATELY, THIS_YEAR, MEMORY = 45.0, 365.0, 3 * 365.25  # half-lives, in days


@dataclass(frozen=True)
class Past:
    """Product files changed by people's landings, as `Codebase.product` counts files now."""

    start: NDArray[np.int64]  # rows start[l]:start[l + 1] belong to landing l
    file: IntArray
    age: NDArray[np.int64]  # seconds before the end of today, of each landing
    files: Floats  # product files that each landing changed


@dataclass(frozen=True)
class Signals:
    """Every view on every product file for one text."""

    asked: Asked  # the terms searched with
    views: dict[str, Floats]
    fields: dict[str, Postings]  # of SPOKEN, documents are files
    sharp: dict[str, Floats]  # the views in which words stand, each word weighed by how telling it is
    pieces: Postings  # the chunks of code that hold the terms
    owner: IntArray  # the file of each chunk
    telling: Floats  # of each term: how rare it is among past landings, 0 to 1
    similar: Floats  # how much each landing resembles the text
    named: Floats  # of each component: 0 where the text does not name it, else how telling its name is
    past: Past
    fused: Floats
    home: float  # how much more often the words stand here than in other software (`colead.touch.home`)

    @property
    def heard(self) -> NDArray[np.bool_]:
        """Files that some word or some similar landing speaks for; mere activity is no reason."""
        views = [self.views[name] for name in SHARES if name not in ("lately", "this year")]
        return np.asarray(np.sum(views, axis=0) > 0)


def past(activity: Activity, today: date) -> Past:
    """What people changed until the end of `today`, in today's files; bulk landings left out."""
    history = activity.history
    ends, landings = _end(today), len(history.landings)
    number = _numbers(activity)
    sizes = np.bincount(activity.row_landing, minlength=landings)
    file = number[activity.row_file]
    kept = (file >= 0) & (sizes[activity.row_landing] <= MANY_FILES)
    width = len(activity.codebase.product) + 1  # `file` counts today's product files, not the history's paths
    both = np.unique(activity.row_landing[kept].astype(np.int64) * width + file[kept])
    start = np.searchsorted(both // width, np.arange(landings + 1))
    return Past(start, (both % width).astype(np.int32), ends - history.at, sizes.astype(np.float64))


def _numbers(activity: Activity) -> IntArray:
    """The position among today's product files of each file id, -1 for those that are gone."""
    history = activity.history
    number = np.full(max(1, len(history.paths)), -1, dtype=np.int32)
    for position, one in enumerate(activity.codebase.product):
        known = history.file_of.get(one.path)
        if known is not None:
            number[known] = position
    return number


def _end(today: date) -> int:
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    return int((midnight + timedelta(days=1)).timestamp())


def signals(query: Asked, activity: Activity, index: Index, before: Past) -> Signals:
    """Every view on every product file for what is asked."""
    files = len(activity.codebase.product)
    chunks, owner = index.chunks(query.terms)
    content = folded(chunks, owner, files)
    messages = index.messages(query.terms, activity.history.landings)
    home = at_home(query, chunks, messages)
    telling = messages.rarity / np.log1p(len(messages.lengths) + 1)
    named = _named_parts(query, telling, activity)
    chosen = best(query, np.maximum(content.rarity, messages.rarity))
    used, telling = query.only(chosen), telling[chosen]
    messages, pieces = messages.only(chosen), chunks.only(chosen)
    fields = {
        "content": content.only(chosen),
        "path": _called(index.paths(used.terms), used, activity),
        "symbols": index.symbols(used.terms),
    }
    words = fields | {"past": spilled(messages, before.start, before.file, files)}
    plain, sharp = (
        _worded(words, pieces, owner, used.weights * by) for by in (np.ones(len(chosen)), telling)
    )
    alike = messages.scores(used.weights)
    views = plain | {
        "similar": _similar(alike, before, files),
        "lately": _active(before, LATELY, files),
        "this year": _active(before, THIS_YEAR, files),
    }
    fused = _still(summed_up(views | sharp), activity)
    return Signals(used, views, fields, sharp, pieces, owner, telling, alike, named, before, fused, home)


def _worded(
    words: dict[str, Postings], pieces: Postings, owner: IntArray, weights: Floats
) -> dict[str, Floats]:
    """The views in which words stand, for terms with these weights."""
    files = len(words["content"].lengths)
    found = {name: field.scores(weights) for name, field in words.items()}
    return found | {"chunk": best_of(pieces.scores(weights), owner, files)}


def summed_up(views: dict[str, Floats]) -> Floats:
    """The views, each divided by its maximum, added with their shares."""
    return np.asarray(np.sum([share * relative(views[name]) for name, share in SHARES.items()], axis=0))


def _still(fused: Floats, activity: Activity) -> Floats:
    """What was taken as a step of a database schema's history is hardly ever changed again."""
    return np.where(activity.codebase.migrations, STEP * fused, fused)


def _named_parts(query: Asked, telling: Floats, activity: Activity) -> Floats:
    """How telling the name of each component is, where all words of it stand in the text."""
    weight = dict(zip(query.terms, telling.tolist(), strict=True))
    return np.array([_named_part(activity.codebase.by_key[key], weight) for key in activity.components])


def _named_part(component: Component, weight: dict[str, float]) -> float:
    last = component.key.rpartition("/")[2]
    names = [set(terms(name)) for name in (component.name, last, *component.says)]
    heard = [max(weight[word] for word in name) for name in names if name and name <= weight.keys()]
    return min(1.0, max(heard, default=0.0))


def _called(paths: Postings, query: Asked, activity: Activity) -> Postings:
    """Paths, with the business names of their component as if these stood in the path."""
    position = {term: number for number, term in enumerate(query.terms)}
    called = {
        one.key: [position[term] for term in _names(one) if term in position]
        for one in activity.codebase.components
    }
    rows = [
        (term, number)
        for number, key in enumerate(activity.codebase.seats)
        for term in called.get(key or "", ())
    ]
    if not rows:
        return paths
    term, document = np.array(rows, dtype=np.int32).T
    return summed(
        np.concatenate([paths.term, term]),
        np.concatenate([paths.document, document]),
        np.concatenate([paths.count, np.ones(len(rows))]),
        paths.lengths,
        paths.terms,
    )


def _names(component: Component) -> set[str]:
    own = set(terms(" ".join((component.name, *component.says))))
    return own - set(terms(" ".join(component.roots)))


def _similar(alike: Floats, before: Past, files: int) -> Floats:
    """Files of similar landings: their squared resemblance, halved every three years, shared."""
    weight = alike**2 * aged(before.age, MEMORY) / np.sqrt(np.maximum(before.files, 1))
    return added(before.file, np.repeat(weight, np.diff(before.start)), files)


def _active(before: Past, half_life: float, files: int) -> Floats:
    weight = aged(before.age, half_life)
    return added(before.file, np.repeat(weight, np.diff(before.start)), files)
