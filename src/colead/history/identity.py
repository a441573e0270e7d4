"""File identity: which changes of the past speak of one file, although it was moved.

Only exact renames move an identity (git's -M100%), in the order of landings. A
change on another branch to the old name of a moved file still speaks of that
file; a new file that is added at the old name is a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colead.history.columns import IntArray

ADDED, RENAMED = ord("A"), ord("R")


@dataclass(slots=True)
class _Moves:
    """Identities of the paths that some rename speaks of, while the rows are read in order."""

    here: dict[int, int] = field(default_factory=dict)  # path -> file
    gone: set[int] = field(default_factory=set)  # paths that their file has left
    newest: list[int] = field(default_factory=list)  # file -> its newest path

    def file(self, path: int, old: int, status: int) -> int:
        """The file that one row speaks of; a rename moves it."""
        if status == RENAMED:
            return self._moved(path, old)
        if path not in self.here or (status == ADDED and path in self.gone):
            return self._fresh(path)
        return self.here[path]

    def _moved(self, path: int, old: int) -> int:
        moved = self.here[old] if old in self.here else self._fresh(old)
        self.gone.add(old)
        self.gone.discard(path)
        self.here[path] = moved
        self.newest[moved] = path
        return moved

    def _fresh(self, path: int) -> int:
        self.gone.discard(path)
        self.here[path] = len(self.newest)
        self.newest.append(path)
        return self.here[path]


def identities(path: IntArray, old: IntArray, status: NDArray[np.uint8]) -> tuple[IntArray, IntArray]:
    """Number the files of change rows that are in landing order.

    Args:
        path: number of the changed path per row.
        old: number of the path before a rename, -1 where there was none.
        status: ord of A, M, D, R, T per row.

    Returns:
        The file of each row, and for each file the number of its newest path. Where
        several files ended at one path, the one that lives there has the highest number.
    """
    if not len(path):
        return path.astype(np.int32), np.empty(0, dtype=np.int32)
    width = int(max(path.max(), old.max())) + 1
    moving = np.zeros(width, dtype=bool)
    renamed = status == RENAMED
    moving[path[renamed]] = moving[old[renamed]] = True
    walked = np.flatnonzero(moving[path])
    moves = _Moves()
    rows: Iterable[tuple[int, int, int]] = zip(
        path[walked].tolist(), old[walked].tolist(), status[walked].tolist(), strict=True
    )
    followed = [moves.file(*row) for row in rows]
    still = np.unique(path[~moving[path]])
    return _seated(path, walked, np.array(followed, dtype=np.int64), moves, still)


def _seated(
    path: IntArray, walked: NDArray[np.intp], followed: NDArray[np.int64], moves: _Moves, still: IntArray
) -> tuple[IntArray, IntArray]:
    """Number files: first those whose path another one took over, then the living ones."""
    living = np.zeros(len(moves.newest), dtype=bool)
    for number, at in enumerate(moves.newest):
        living[number] = moves.here.get(at) == number
    order = np.argsort(living, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    file = np.full(len(path), -1, dtype=np.int64)
    file[walked] = rank[followed]
    rest = file < 0
    file[rest] = len(order) + np.searchsorted(still, path[rest])
    newest = np.array(moves.newest, dtype=np.int64)[order]
    return file.astype(np.int32), np.concatenate([newest, still]).astype(np.int32)
