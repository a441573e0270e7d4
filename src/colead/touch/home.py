"""Home: how much more often the words that a text repeats stand in this repository than in other software.

The mean, over the text's most frequent terms, of the log ratio of two rates:
per hundred terms of code (and of the texts of past landings) here, and in seven
other repositories (`colead.touch.usual`). The rates here are drawn towards the
usual ones (Bayesian smoothing with a Dirichlet prior; Zhai and Lafferty, "A Study
of Smoothing Methods for Language Models", 2004). The mean is told as a share of
what words that stand nowhere here would get, so that size alone decides nothing.
"""

from __future__ import annotations

import math

import numpy as np

from colead.touch.asked import Asked
from colead.touch.ranking import Floats, Postings
from colead.touch.usual import RARE, USUAL

# Chosen on 22 November 2026 on the seven repositories of `colead.touch.chances`, checked on eleven others,
# each with texts of its own and of the rest (benchmarks/touches.py). Of foreign texts of 60 words and more
# 9 in 10, and 8 in 10 on the eleven, get no firm touch. Of own landings 2 in 100, and 1 to 4 in 100 on the
# eleven, lose theirs; of the 92 feature specs of one of the seven 14 in 100.
TERMS = 40  # of a text, its most frequent
PRIOR = 3000.0  # hundreds of terms that the usual rates weigh as much as
MOST = 10.0  # that one term counts for, as a multiple of what a term that is nowhere here counts against
FEWEST = 8  # terms; a text of fewer cannot tell
BELONGS = -0.1  # a text that stands lower speaks of something else, or of nothing in particular


def at_home(query: Asked, chunks: Postings, messages: Postings) -> float:
    """How much more often the asked terms stand here than elsewhere.

    -1 stands for terms that are nowhere here, 0 for terms as frequent as in other
    software; half of a repository's own texts stand above 0.4.

    Args:
        query: the terms of a text, the weightiest first.
        chunks: where these stand in code.
        messages: where these stand in texts of landings.
    """
    usual = np.array([USUAL.get(term, RARE) for term in query.terms[:TERMS]])
    reach = _reach(chunks) + _reach(messages)
    if not len(usual) or not reach:
        return 0.0
    lift = (_lift(chunks, usual) + _lift(messages, usual)) / reach
    return float(np.average(np.minimum(lift, MOST), weights=np.sqrt(query.weights[:TERMS])))


def _lift(field: Postings, usual: Floats) -> Floats:
    """The log ratio of the rate here to the usual one, of each term."""
    held = field.spread[: len(usual)]
    return np.asarray(np.log((held + PRIOR * usual) / (PRIOR * usual)) - _reach(field))


def _reach(field: Postings) -> float:
    """How far below 0 a term that stands nowhere here is put: the more text, the farther."""
    return math.log1p(float(field.lengths.sum()) / 100 / PRIOR)


def belongs(home: float, terms: int) -> bool:
    """Whether a text of so many terms may well be about this repository.

    The odds of touches were fitted on texts that are; of others they say nothing.
    """
    return terms < FEWEST or home >= BELONGS
