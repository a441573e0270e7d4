"""Home: how much more often the words that a text repeats stand in this repository than in other software.

The mean, over the text's most frequent terms, of the log ratio of two rates:
per hundred terms of code (and of the texts of past landings) here, and in seven
other repositories (`colead.touch.usual`). The rates here are drawn towards the
usual ones, so that a small repository proves little and a long history
nothing by its length (Bayesian smoothing with a Dirichlet prior; Zhai and
Lafferty, "A Study of Smoothing Methods for Language Models", 2004).
"""

from __future__ import annotations

import numpy as np

from colead.touch.asked import Asked
from colead.touch.ranking import Floats, Postings
from colead.touch.usual import RARE, USUAL

# Chosen on 22 November 2026 by benchmarks/touches.py on the seven repositories of `colead.touch.chances`,
# among them 92 feature specs, and checked on eleven others with texts of their own and of each other.
TERMS = 20  # of a text, its most frequent
PRIOR = 3000.0  # hundreds of terms that the usual rates weigh as much as
FEWEST = 8  # terms; a text of fewer cannot tell
BELONGS = 0.0  # a text that stands lower speaks of something else, or of nothing in particular


def at_home(query: Asked, chunks: Postings, messages: Postings) -> float:
    """How much more often, as the log of a ratio, the asked terms stand here than elsewhere.

    0 means as often as in other software, about 1 is usual for a repository's own texts.

    Args:
        query: the terms of a text, the weightiest first.
        chunks: where these stand in code.
        messages: where these stand in texts of landings.
    """
    usual = np.array([USUAL.get(term, RARE) for term in query.terms[:TERMS]])
    weights = np.sqrt(query.weights[:TERMS])
    lift = (_lift(chunks, usual) + _lift(messages, usual)) / 2
    return float(np.average(lift, weights=weights)) if len(usual) else 0.0


def _lift(field: Postings, usual: Floats) -> Floats:
    hundreds = float(field.lengths.sum()) / 100
    held = field.spread[: len(usual)]
    return np.asarray(np.log((held + PRIOR * usual) / ((hundreds + PRIOR) * usual)))


def belongs(home: float, terms: int) -> bool:
    """Whether a text of so many terms may well be about this repository.

    The odds of touches were fitted on texts that are; of others they say nothing.
    """
    return terms < FEWEST or home >= BELONGS
