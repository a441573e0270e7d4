"""Trees: boosted trees as plain arrays, walked with numpy.

Gradient boosting (Friedman, "Greedy Function Approximation: A Gradient Boosting
Machine", 2001), fitted on landings of other repositories. Where the shipped ones
come from and what they are good for: docs/models/touches.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colead.touch.ranking import Floats

AT_ONCE = 64  # rows: what is looked at stays near


@dataclass(frozen=True)
class Trees:
    """Binary trees as columns of nodes; a leaf's branches lead to itself."""

    names: tuple[str, ...]  # of the traits
    trait: NDArray[np.int32]
    bound: NDArray[np.float32]
    branches: NDArray[
        np.int32
    ]  # of node n: at 2n where a trait up to `bound` leads, at 2n + 1 where one above
    value: Floats  # log odds that a leaf adds
    roots: NDArray[np.int32]
    parts: Floats  # the line of `colead.touch.chances.part_features`

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> Trees:
        """The trees of a file."""
        trait, low, high, roots = (
            np.asarray(columns[name], dtype=np.int32) for name in ("trait", "low", "high", "roots")
        )
        line = np.asarray(columns.get("parts", np.array([0.0, 1.0, 0.0])), dtype=np.float64)
        return cls(
            names=tuple(str(name) for name in columns["names"]),
            trait=trait,
            bound=np.asarray(columns["bound"], dtype=np.float32),
            branches=np.stack([low, high], axis=1).ravel(),
            value=np.asarray(columns["value"], dtype=np.float64),
            roots=roots,
            parts=line,
        )

    def chances(self, table: Floats) -> Floats:
        """The chance of each row of traits."""
        rows = np.asarray(table, dtype=np.float32)
        log_odds = np.zeros(len(rows))
        for start in range(0, len(rows), AT_ONCE):
            log_odds[start : start + AT_ONCE] = self._walked(rows[start : start + AT_ONCE])
        return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))

    def _walked(self, rows: NDArray[np.float32]) -> Floats:
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        flat, first = rows.ravel(), (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None]
        while True:
            above = ~(flat.take(first + self.trait.take(node)) <= self.bound.take(node))
            below = self.branches.take(2 * node + above)
            if np.array_equal(below, node):
                return np.asarray(self.value.take(node).sum(axis=1))
            node = below
