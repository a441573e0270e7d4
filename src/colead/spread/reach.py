"""Reach: how many parts an idea will probably touch, and whether it changes a schema or an interface."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from colead.codebase import Boundary
from colead.history import IntArray
from colead.spread.past import Floats, Past
from colead.touch import Once, Touches

USUAL = 0.8  # share of the past landings that the usual number of parts covers
MOST = 12  # parts that one past landing counts as, at most
CLEARLY, LIKELY, TIMES = 0.3, 0.5, 2.0  # told from LIKELY on, or from CLEARLY if so many times the usual
# Fitted on the 12 repositories for tuning by benchmarks/spread.py; docs/benchmarks.md says how they held.
# Intercept, sum of the odds of all parts, parts that similar landings reached.
EXPECTED = np.array([-0.18, 0.48, 0.78])
# Intercept, log odds of more parts than usual by the odds of all parts, the same by similar landings.
BEYOND = np.array([0.18, 0.31, 0.42])
# Intercept, log odds by similar landings, by the files themselves; steps of a schema are new files.
CROSSED = {Boundary.SCHEMA: np.array([-0.51, 0.92, 0.0]), Boundary.INTERFACE: np.array([0.14, 0.84, 0.11])}


@dataclass(frozen=True)
class Reach:
    """How many parts one idea touches."""

    parts: float  # expected
    sum: float  # of the odds of all parts
    alike: float  # parts that similar landings reached, on average
    usual: int  # parts that most landings here touch at most
    beyond: float  # chance of more than that
    closest: IntArray  # places in `Past.landings` of the similar ones

    @property
    def wide(self) -> bool:
        """Wider than usual, more likely than not."""
        return self.beyond >= LIKELY


def reach_of(past: Past, ranked: Touches) -> Reach:
    """How many parts an idea is expected to touch.

    One change as described, with what the odds of touches add for work of
    several; the chance of more than usual is that of one change, as usual is.

    Args:
        past: landings, at least one.
        ranked: what the idea will probably touch.
    """
    every = ranked.once.components
    closest, weight = past.closest(ranked.once)
    usual = past.usual(USUAL)
    parts = np.minimum(past.parts, MOST)
    alike = past.like(parts.astype(np.float64), closest, weight)
    beyond = past.like((past.parts > usual).astype(np.float64), closest, weight)
    once, total = float(every.sum()), sum(ranked.every.values())
    return Reach(
        parts=float(EXPECTED @ (1.0, once, alike)) + total - once,
        sum=total,
        alike=alike,
        usual=usual,
        beyond=squeezed(float(BEYOND @ (1.0, log_odds(more_than(every, usual)), log_odds(beyond)))),
        closest=closest,
    )


def crossing_chance(past: Past, once: Once, boundary: Boundary) -> float:
    """The chance that one change as described changes the schema, or a public interface."""
    said = past.like(past.crossed(boundary).astype(np.float64), *past.closest(once))
    line = CROSSED[boundary]
    own = log_odds(past.own(once, boundary)) if line[2] else 0.0
    return squeezed(float(line @ (1.0, log_odds(said), own)))


def is_told(chance: float, usual: float) -> bool:
    """Whether a chance says something: at least as likely as not, or clearly above what is usual."""
    return chance >= LIKELY or (chance >= CLEARLY and chance >= TIMES * usual)


def more_than(chances: Floats, count: int) -> float:
    """The chance that more than `count` of independent things come true (Poisson binomial)."""
    held = np.zeros(count + 1)
    held[0] = 1.0
    for one in chances[chances > 0.001]:
        held[1:] = held[1:] * (1 - one) + held[:-1] * one
        held[0] *= 1 - one
    return float(max(0.0, 1 - held.sum()))


def log_odds(chance: float) -> float:
    """Of a chance, never surer than 2 in 1,000 either way."""
    kept = min(0.998, max(0.002, chance))
    return float(np.log(kept / (1 - kept)))


def squeezed(log: float) -> float:
    """The chance behind log odds."""
    return float(1 / (1 + np.exp(-log)))
