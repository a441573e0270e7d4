"""Ranking: the arithmetic of searching, on columns of numbers alone.

Scores are BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework:
BM25 and Beyond", 2009) with k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
Floats = NDArray[np.float64]
K1, B = 1.2, 0.75


@dataclass(frozen=True)
class Postings:
    """Which documents hold which of the asked terms how often: one row per (term, document), in columns."""

    term: IntArray  # position in the asked terms
    document: IntArray
    count: Floats
    lengths: Floats  # terms of every document, also of those that hold none of the asked ones
    terms: int  # how many terms were asked

    @cached_property
    def spread(self) -> Floats:
        """How many documents hold each term."""
        return np.bincount(self.term, minlength=self.terms).astype(np.float64)

    @cached_property
    def rarity(self) -> Floats:
        """Inverse document frequency of each term, never negative."""
        return np.log1p((len(self.lengths) - self.spread + 0.5) / (self.spread + 0.5))

    @cached_property
    def impact(self) -> Floats:
        """What each row adds to its document's BM25 score for a term asked once."""
        usual = max(1.0, float(self.lengths.mean())) if len(self.lengths) else 1.0
        damping = K1 * (1 - B + B * self.lengths[self.document] / usual)
        return np.asarray(self.rarity[self.term] * self.count * (K1 + 1) / (self.count + damping))

    def scores(self, weights: Floats) -> Floats:
        """BM25 of every document for terms with these weights."""
        rows = self.impact * weights[self.term]
        return added(self.document, rows, len(self.lengths))

    def only(self, chosen: IntArray) -> Postings:
        """The postings of some of the terms, renumbered in the order of `chosen`."""
        number = np.full(self.terms, -1, dtype=np.int32)
        number[chosen] = np.arange(len(chosen), dtype=np.int32)
        kept = number[self.term] >= 0
        rows = (number[self.term[kept]], self.document[kept], self.count[kept])
        return Postings(*rows, self.lengths, len(chosen))


def added(place: IntArray, amounts: Floats, places: int) -> Floats:
    """The sum of the amounts at each place."""
    return np.asarray(np.bincount(place, amounts, minlength=places), dtype=np.float64)


def nothing(documents: int, terms: int) -> Postings:
    """Postings of a field in which none of the terms stands."""
    none = np.zeros(0, dtype=np.int32)
    return Postings(none, none, np.zeros(0), np.zeros(documents), terms)


def summed(term: IntArray, document: IntArray, count: Floats, lengths: Floats, terms: int) -> Postings:
    """Postings from rows in which a (term, document) may repeat: their counts are added."""
    size = max(1, len(lengths))
    both, place = np.unique(term.astype(np.int64) * size + document, return_inverse=True)
    total = added(place.astype(np.int32), count, len(both))
    return Postings((both // size).astype(np.int32), (both % size).astype(np.int32), total, lengths, terms)


def folded(postings: Postings, owner: IntArray, owners: int) -> Postings:
    """The same words with their owner as document: chunks folded into files."""
    lengths = added(owner, postings.lengths, owners)
    return summed(postings.term, owner[postings.document], postings.count, lengths, postings.terms)


def spilled(postings: Postings, start: NDArray[np.int64], target: IntArray, targets: int) -> Postings:
    """Words handed on from each document to its targets: those of a landing to the files that it changed.

    `target[start[d]:start[d + 1]]` are the targets of document d.
    """
    fan = np.diff(start)
    sizes = fan[postings.document]
    first = np.repeat(start[:-1][postings.document] - np.cumsum(sizes) + sizes, sizes)
    reached = target[first + np.arange(len(first))]
    lengths = added(target, np.repeat(postings.lengths, fan), targets)
    term, count = np.repeat(postings.term, sizes), np.repeat(postings.count, sizes)
    return summed(term, reached, count, lengths, postings.terms)


def best_of(scores: Floats, owner: IntArray, owners: int) -> Floats:
    """The highest score among the documents of each owner."""
    best = np.zeros(owners)
    np.maximum.at(best, owner, scores)
    return best


def relative(scores: Floats) -> Floats:
    """Scores divided by their maximum; all zero stays zero."""
    top = scores.max(initial=0.0)
    return scores / top if top > 0 else np.zeros_like(scores)


def aged(seconds: NDArray[np.int64], half_life: float) -> Floats:
    """The weight of what happened so long ago, halved every `half_life` days; the future counts as now."""
    return np.asarray(0.5 ** (np.maximum(seconds, 0) / (86_400 * half_life)))
