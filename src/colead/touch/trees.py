"""Trees: boosted trees as plain arrays, walked with numpy.

Gradient boosting (Friedman, "Greedy Function Approximation: A Gradient Boosting
Machine", 2001), fitted on landings of other repositories. Where the shipped ones
come from and what they are good for: docs/models/touches.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colead.touch.ranking import Floats

AT_ONCE = 400  # rows


@dataclass(frozen=True)
class Trees:
    """Binary trees as columns of nodes; a leaf's branches lead to itself."""

    names: tuple[str, ...]  # of the traits
    trait: NDArray[np.int64]
    bound: NDArray[np.float32]
    low: NDArray[np.int64]  # where a trait up to `bound` leads
    high: NDArray[np.int64]
    value: Floats  # log odds that a leaf adds
    roots: NDArray[np.int64]
    parts: Floats  # the line of `colead.touch.chances.part_features`
    landings: int = 0  # of the repository itself that taught some of the trees

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> Trees:
        """The trees of a file."""
        trait, low, high, roots = (
            np.asarray(columns[name], dtype=np.int64) for name in ("trait", "low", "high", "roots")
        )
        line = np.asarray(columns.get("parts", np.array([0.0, 1.0, 0.0])), dtype=np.float64)
        return cls(
            names=tuple(str(name) for name in columns["names"]),
            trait=trait,
            bound=np.asarray(columns["bound"], dtype=np.float32),
            low=low,
            high=high,
            value=np.asarray(columns["value"], dtype=np.float64),
            roots=roots,
            parts=line,
        )

    def columns(self) -> dict[str, list[float]]:
        """What `of` reads, of the nodes alone, as plain numbers."""
        names = ("trait", "bound", "low", "high", "value", "roots")
        return {name: getattr(self, name).tolist() for name in names}

    def and_own(self, own: Trees, landings: int) -> Trees:
        """These trees and those that so many landings of the repository itself taught."""
        rows = len(self.trait)
        return replace(
            self,
            trait=np.concatenate([self.trait, own.trait]),
            bound=np.concatenate([self.bound, own.bound]),
            low=np.concatenate([self.low, own.low + rows]),
            high=np.concatenate([self.high, own.high + rows]),
            value=np.concatenate([self.value, own.value]),
            roots=np.concatenate([self.roots, own.roots + rows]),
            landings=landings,
        )

    def chances(self, table: Floats) -> Floats:
        """The chance of each row of traits."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.log_odds(table), -30, 30))))

    def log_odds(self, table: Floats | NDArray[np.float32]) -> Floats:
        """The log odds of each row of traits."""
        rows = np.asarray(table, dtype=np.float32)
        log_odds = np.zeros(len(rows))
        for start in range(0, len(rows), AT_ONCE):
            log_odds[start : start + AT_ONCE] = self._walked(rows[start : start + AT_ONCE])
        return log_odds

    def _walked(self, rows: NDArray[np.float32]) -> Floats:
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        flat, first = rows.ravel(), np.arange(len(rows))[:, None] * rows.shape[1]
        while True:
            below = np.where(
                flat[first + self.trait[node]] <= self.bound[node], self.low[node], self.high[node]
            )
            if np.array_equal(below, node):
                return np.asarray(self.value[node].sum(axis=1))
            node = below
