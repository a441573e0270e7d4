"""The shipped model of kinds: a small network over traits that are there or not.

One hidden layer of rectified units (Glorot, Bordes and Bengio, "Deep Sparse Rectifier
Neural Networks", 2011) beside a straight line: what a word means depends on the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colead.kinds.prefix import KINDS

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """What each trait adds to the hidden units and to the kinds, and each unit to the kinds."""

    place: Mapping[str, int]  # row of each trait in `adds`
    adds: NDArray[np.float32]  # (traits + 1, units + kinds); the last row is where all start
    units: NDArray[np.float32]  # (units, kinds)

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> Weights:
        """The weights of a file: whole numbers, each column with its step."""
        names = bytes(columns["traits"]).decode().split("\n")
        adds = np.asarray(columns["adds"], dtype=np.float32) * np.asarray(columns["step"], dtype=np.float32)
        units = np.asarray(columns["units"], dtype=np.float32).reshape(-1, len(KINDS))
        return cls({name: row for row, name in enumerate(names)}, adds, units)

    def chances(self, landings: Sequence[tuple[str, Sequence[str]]]) -> Floats:
        """The chance of each kind for landings given as a rule and traits; shape (landings, kinds)."""
        width = self.adds.shape[1]
        sums = np.array([self._sum(told) for _, told in landings], dtype=np.float64).reshape(-1, width)
        hidden, straight = np.split(sums, [len(self.units)], axis=1)
        odds = straight + np.maximum(hidden, 0) @ self.units
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))

    def _sum(self, told: Sequence[str]) -> NDArray[np.float32]:
        rows = [self.place[one] for one in told if one in self.place]
        return np.asarray(self.adds[rows].sum(axis=0) + self.adds[-1])
