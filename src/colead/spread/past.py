"""What past landings crossed: parts, schemas and public interfaces, and which of them resemble an idea."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead.activity import Activity
from colead.codebase import Boundary, boundary_of
from colead.history import IntArray
from colead.touch import Once

LOOKED_BACK = timedelta(days=730)
ALIKE = 30  # landings that resemble the idea most
SLIGHT = 0.0005  # a file less likely than this crosses nothing

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Past:
    """People's landings of the two years before the latest one, of those that touched a part."""

    activity: Activity
    landings: IntArray  # ascending

    @classmethod
    def of(cls, activity: Activity) -> Past:
        """Of one repository."""
        at = activity.history.at
        recent = at > at.max(initial=0) - LOOKED_BACK.total_seconds()
        return cls(activity, np.flatnonzero(recent & (activity.spread > 0)).astype(np.int32))

    @cached_property
    def parts(self) -> NDArray[np.int64]:
        """How many parts each landing touched."""
        return self.activity.spread[self.landings]

    def usual(self, share: float) -> int:
        """The smallest number of parts that covers this share of the landings."""
        return int(np.quantile(self.parts, share, method="inverted_cdf"))

    def crossed(self, boundary: Boundary) -> Flags:
        """Which of the landings changed a schema, or a public interface."""
        landing, kinds = self._changes
        wanted = self.word(boundary)
        return np.isin(self.landings, landing[[one is wanted for one in kinds]])

    @cached_property
    def _changes(self) -> tuple[IntArray, list[Boundary | None]]:
        """Landing and boundary of each change of `landings`."""
        history = self.activity.history
        rows = np.flatnonzero(np.isin(history.change_landing, self.landings))
        file = history.change_file[rows]
        of = {one: boundary_of(history.paths[one]) for one in np.unique(file).tolist()}
        return history.change_landing[rows], [of[one] for one in file.tolist()]

    def word(self, boundary: Boundary) -> Boundary:
        """Model definitions say the schema where nothing else here does."""
        schema = boundary is Boundary.SCHEMA and Boundary.SCHEMA not in self._changes[1]
        return Boundary.MODEL if schema else boundary

    def closest(self, once: Once) -> tuple[IntArray, Floats]:
        """Places in `landings` of those that resemble the idea most, if any do; and their weights (sum 1)."""
        if not len(once.alike):
            return np.zeros(0, dtype=np.int32), np.zeros(0)
        alike = once.alike[self.landings]
        first = np.argsort(-alike, kind="stable")[:ALIKE]
        first = first[alike[first] > 0]
        weight = alike[first] ** 2
        return first.astype(np.int32), weight / max(float(weight.sum()), 1e-300)

    def like(self, values: Floats, closest: IntArray, weight: Floats) -> float:
        """The mean of one value per landing over the closest ones; over all where none resembles the idea."""
        return float(weight @ values[closest] if len(closest) else values.mean())

    def own(self, once: Once, boundary: Boundary) -> float:
        """The chance that a file of the schema, or of an interface, that is there today is changed."""
        if not len(once.files):
            return 0.0
        wanted, product = self.word(boundary), self.activity.codebase.product
        likely = np.flatnonzero(once.files >= SLIGHT).tolist()
        own = [once.files[one] for one in likely if boundary_of(product[one].path) is wanted]
        return float(1 - np.prod(1 - np.minimum(own, 0.999)))
