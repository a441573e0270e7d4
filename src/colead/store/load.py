"""Load: the landings and changes of a store as the columns that words read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from colead.history import History, Kind, Landing
from colead.history.identity import identities

if TYPE_CHECKING:
    from colead.readers.git import Door

NEVER = 1 << 62  # unix seconds
FEW_WORDS = 8  # a message with fewer words is told together with the titles inside
_KINDS = {kind.value: kind for kind in Kind}

_LANDINGS = """
SELECT c.oid, b.oid, c.at, l.title, l.pull, l.kind, l.fix, l.efforts, l.files
FROM landings l JOIN commits c ON c.id = l.id LEFT JOIN commits b ON b.id = l.base
WHERE c.at < ? ORDER BY l.place
"""
_CHANGES = """
SELECT coalesce(h.files, x'') FROM landings l JOIN commits c ON c.id = l.id LEFT JOIN changes h ON h.id = l.id
WHERE c.at < ? ORDER BY l.place
"""
_MESSAGES = """
SELECT c.oid, l.title, m.body, l.inner
FROM landings l JOIN commits c ON c.id = l.id JOIN messages m ON m.id = l.id
WHERE l.kind != 'carrier' ORDER BY c.at, l.place
"""

_TITLE = "SELECT title FROM messages WHERE id = ?"


def history(connection: sqlite3.Connection, door: Door, before: int = NEVER) -> History:
    """The history of a store; landings by commit date, equal dates in the order of landing.

    With `before` (unix seconds) only what landed earlier is there, and files bear the paths of that time.
    """
    landings = [_landing(*row) for row in connection.execute(_LANDINGS, (before,))]
    blobs = [row[0] for row in connection.execute(_CHANGES, (before,))]
    counts = np.fromiter(map(len, blobs), dtype=np.int64, count=len(blobs)) // 12
    rows = np.frombuffer(b"".join(blobs), dtype="<i4").reshape(-1, 3)
    status = rows[:, 2].astype(np.uint8)
    file, newest = identities(rows[:, 0], rows[:, 1], status)
    order = np.argsort(np.array([one.at for one in landings], dtype=np.int64), kind="stable")
    turned, landing = _by_date(order, counts)
    facts = dict(connection.execute("SELECT key, value FROM facts").fetchall())
    return History(
        landings=tuple(landings[position] for position in order.tolist()),
        change_landing=landing,
        change_file=file[turned],
        change_status=status[turned],
        paths=_paths(connection, newest),
        tip=facts.get("state", "").partition(" ")[0],
        coverage=facts.get("coverage", ""),
    )


def _by_date(
    order: NDArray[np.intp], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Where the change rows go when landings are put in this order, and the landing of each."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else np.zeros(0, dtype=np.int64)
    sorted_counts = counts[order]
    landing = np.repeat(np.arange(len(order), dtype=np.int32), sorted_counts)
    ends = np.cumsum(sorted_counts)
    within = np.arange(len(landing)) - np.repeat(ends - sorted_counts, sorted_counts)
    return np.repeat(starts[order], sorted_counts) + within, landing


def _landing(
    oid: bytes,
    base: bytes | None,
    at: int,
    title: bytes,
    pull: int,
    kind: str,
    fix: int,
    efforts: bytes,
    files: int,
) -> Landing:
    named = tuple(_text(efforts).split("\n")) if efforts else ()
    before = base.hex() if base else ""
    return Landing(oid.hex(), before, at, _text(title), pull or None, _KINDS[kind], bool(fix), named, files)


def _paths(connection: sqlite3.Connection, newest: NDArray[np.int32]) -> tuple[str, ...]:
    known = [_text(row[0]) for row in connection.execute("SELECT path FROM paths ORDER BY id")]
    return tuple(known[number] for number in newest.tolist())


def messages(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Hash, title and body of every landing that is no carrier, in the order of `History.landings`."""
    for oid, title, body, inner in connection.execute(_MESSAGES):
        said = _text(body)
        if inner and len(said.split()) + len(_text(title).split()) < FEW_WORDS:
            said = "\n".join([said, *_titles(connection, inner)]).strip()
        yield oid.hex(), _text(title), said


def _titles(connection: sqlite3.Connection, inner: str) -> list[str]:
    found = (connection.execute(_TITLE, (int(one),)).fetchone() for one in inner.split())
    return [_text(row[0]) for row in found]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
