"""The shipped model of kinds: one weight per trait and kind, and what each rule turned out to mean elsewhere.

Multinomial logistic regression over traits that are there or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colead.kinds.prefix import KINDS

Floats = NDArray[np.float64]
BY_RULE = 0.2  # how much the rules weigh in the average; chosen on the repositories fitted on


@dataclass(frozen=True)
class Weights:
    """Weights of shape (traits, kinds), and the shares of kinds by rule."""

    place: Mapping[str, int]  # row of each trait
    weight: Floats
    start: Floats  # (kinds,)
    rules: Mapping[str, int]  # row of each rule in `shares`
    shares: Floats  # (rules, kinds), each row sums to 1

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> Weights:
        """The weights of a file."""
        weight = np.asarray(columns["weight"], dtype=np.float64)
        shares = np.asarray(columns["shares"], dtype=np.float64)
        return cls(
            place={str(name): row for row, name in enumerate(columns["traits"])},
            weight=weight.reshape(-1, len(KINDS)),
            start=np.asarray(columns["start"], dtype=np.float64),
            rules={str(name): row for row, name in enumerate(columns["rules"])},
            shares=shares / shares.sum(axis=1, keepdims=True),
        )

    def chances(self, landings: Sequence[tuple[str, Sequence[str]]]) -> Floats:
        """The chance of each kind for landings given as a rule and traits; shape (landings, kinds)."""
        odds = np.array([self._odds(told) for _, told in landings]).reshape(-1, len(KINDS))
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        known = [self.rules.get(rule, -1) for rule, _ in landings]
        ruled = np.where(np.array(known)[:, None] < 0, shares, self.shares[known])
        return np.asarray((1 - BY_RULE) * shares + BY_RULE * ruled)

    def _odds(self, told: Sequence[str]) -> Floats:
        rows = [self.place[one] for one in told if one in self.place]
        return np.asarray(self.start + self.weight[rows].sum(axis=0))
