"""Contents: one pass over the file contents that nobody has read yet, for all who want something of them.

Reading contents is the dear part of a cold start, so each blob is fetched
once, however many visitors look at it, and never again while its hash stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from colead.readers.git import Door
from colead.store.store import Store

Progress = Callable[[int, int, str], None]

LARGEST = 512 << 10  # bytes; a longer file was hardly written by hand
_EVERY = 200  # blobs between two words about progress


class Visitor(Protocol):
    """Somebody who keeps a fact about each blob, by its hash."""

    def missing(self, oids: Collection[str]) -> Iterable[str]:
        """Which of these blobs it has no fact about yet."""
        ...

    def visit(self, oid: str, path: str, data: bytes | None) -> None:
        """Look at one blob. `data` is None when it is binary, larger than `LARGEST`, or not in this clone."""
        ...

    def keep(self, connection: sqlite3.Connection) -> None:
        """Write what was gathered; called once, after the last visit, inside a transaction."""
        ...


def read_new(
    store: Store,
    door: Door,
    paths: Iterable[tuple[str, str]],
    visitors: Sequence[Visitor],
    progress: Progress,
) -> int:
    """Show the blobs at (oid, path) to each visitor that has not seen them; returns how many were read.

    The same blob at two paths is shown once, at the first of them.
    """
    path_of: dict[str, str] = {}
    for oid, path in paths:
        path_of.setdefault(oid, path)
    wants = [(visitor, set(visitor.missing(path_of))) for visitor in visitors]
    oids = [oid for oid in path_of if any(oid in wanted for _, wanted in wants)]
    if not oids:
        return 0
    for done, (oid, data) in enumerate(door.blobs(oids, LARGEST)):
        text = None if data is None or _binary(data) else data
        for visitor, wanted in wants:
            if oid in wanted:
                visitor.visit(oid, path_of[oid], text)
        if done % _EVERY == 0:
            progress(done, len(oids), "reading files")
    with store.writing(progress) as connection:
        for visitor, _ in wants:
            visitor.keep(connection)
    progress(len(oids), len(oids), "reading files")
    return len(oids)


def _binary(data: bytes) -> bool:
    return b"\0" in data[:8000]
