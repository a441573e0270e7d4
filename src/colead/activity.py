"""Activity: which landings touched which product files and components, in columns for the words above."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from colead.codebase import Codebase, Role, role_of
from colead.history import History, IntArray


@dataclass(frozen=True)
class Activity:
    """History seen through the codebase: people's landings, product files, components.

    `file_component[f]` is the position in `components` of file id `f`, -1 for
    files outside the product source.
    """

    history: History
    codebase: Codebase
    components: tuple[str, ...]  # Component.key
    file_component: IntArray

    @cached_property
    def rows(self) -> IntArray:
        """Positions of the change rows that are people's work on product files."""
        history = self.history
        kept = history.by_people[history.change_landing] & (self.file_component[history.change_file] >= 0)
        return np.flatnonzero(kept).astype(np.int32)

    @cached_property
    def row_landing(self) -> IntArray:
        """Landing of each of `rows`."""
        return self.history.change_landing[self.rows]

    @cached_property
    def row_file(self) -> IntArray:
        """File id of each of `rows`."""
        return self.history.change_file[self.rows]

    @cached_property
    def pairs(self) -> tuple[IntArray, IntArray]:
        """Unique (landing, component) pairs of `rows`, sorted by landing, as two columns."""
        width = max(1, len(self.components))
        both = self.row_landing.astype(np.int64) * width + self.file_component[self.row_file]
        unique = np.unique(both)
        return (unique // width).astype(np.int32), (unique % width).astype(np.int32)

    @cached_property
    def spread(self) -> NDArray[np.int64]:
        """How many components each landing touched (0 for landings outside the product source)."""
        counts: NDArray[np.int64] = np.bincount(self.pairs[0], minlength=len(self.history.landings))
        return counts

    def landings_of(self, component: int) -> IntArray:
        """Landings (ascending) that touched the component at this position."""
        landing, part = self.pairs
        found: IntArray = landing[part == component]
        return found


def activity(history: History, codebase: Codebase) -> Activity:
    """See a history through a codebase; past paths get the role and seat that their path has today."""
    keys = tuple(one.key for one in codebase.components)
    position = {key: number for number, key in enumerate(keys)}
    roles = {one.path: one.role for one in codebase.files}

    def seat(path: str) -> int:
        if (roles.get(path) or role_of(path)) is not Role.PRODUCT:
            return -1
        key = codebase.seat(path)
        return -1 if key is None else position[key]

    seats = np.fromiter((seat(path) for path in history.paths), dtype=np.int32, count=len(history.paths))
    return Activity(history, codebase, keys, seats)
