"""Postings in a store: which unit of which document holds a term how often.

Documents are named by a key that stands for their text (the hash of a blob, the
hash of a landing, a path), so a text is cut into terms once, whatever commit it
is met at. Units are the pieces a document is searched by: the chunks of a file,
else the document itself. Units are numbered per field in the order of writing;
a batch of documents is one row, a term's postings are one row, and an update
appends to the rows of the terms that it brings. What is gone from the tip stays
until a field is begun anew, and is passed by when searching.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from colead.touch.ranking import IntArray, Postings, added

Units = NDArray[np.int64]
MOST_COUNT = 255
MOST_UNITS = 1 << 24
ASKED_AT_ONCE = 500  # below the smallest limit on variables of an SQLite statement


class Field(IntEnum):
    """What is searched."""

    CONTENT = 0
    SYMBOLS = 1
    PATHS = 2
    MESSAGES = 3


@dataclass
class Batch:
    """Documents of one field, cut into terms and not yet written."""

    keys: list[str] = field(default_factory=list)
    units: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    postings: dict[str, array[int]] = field(default_factory=dict)

    def add(self, key: str, texts: Iterable[Mapping[str, int]]) -> None:
        """One document, given as the counted terms of each of its units; one without any gets an empty one.

        So that each batch takes up at least one number, and no two begin at the same.
        """
        before = len(self.lengths)
        for counted in texts:
            self._unit(counted)
        if len(self.lengths) == before:
            self._unit({})
        self.keys.append(key)
        self.units.append(len(self.lengths) - before)

    def _unit(self, counted: Mapping[str, int]) -> None:
        base, postings = len(self.lengths) << 8, self.postings
        for term, times in counted.items():
            row = base | min(times, MOST_COUNT)
            try:
                postings[term].append(row)
            except KeyError:
                postings[term] = array("I", (row,))
        self.lengths.append(sum(counted.values()))

    def write(self, connection: sqlite3.Connection, which: Field) -> None:
        """Append to the tables, inside the caller's transaction."""
        if not self.keys:
            return
        start = _next_unit(connection, which)
        keys = "\0".join(self.keys).encode("utf-8", "surrogateescape")
        row = (int(which), start, keys, self.units.tobytes(), self.lengths.tobytes())
        connection.execute("INSERT INTO index_batches VALUES (?, ?, ?, ?, ?)", row)
        rows = self._grown(connection, which, start)
        connection.executemany("INSERT OR REPLACE INTO index_postings VALUES (?, ?, ?)", rows)

    def _grown(
        self, connection: sqlite3.Connection, which: Field, start: int
    ) -> Iterator[tuple[int, str, bytes]]:
        shift = np.uint32(start << 8)
        for some in _portions(sorted(self.postings)):
            known = dict(stored(connection, which, some)) if start else {}
            for term in some:
                fresh = np.array(self.postings.pop(term), dtype="<u4") + shift
                yield int(which), term, known.get(term, b"") + fresh.astype("<u4").tobytes()


def _next_unit(connection: sqlite3.Connection, which: Field) -> int:
    found = connection.execute(
        "SELECT start, length(lengths) / 4 FROM index_batches WHERE field = ? ORDER BY start DESC LIMIT 1",
        (int(which),),
    ).fetchone()
    return 0 if found is None else int(found[0]) + int(found[1])


def _portions(terms: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(terms)
    while some := list(islice(rest, ASKED_AT_ONCE)):
        yield some


def stored(connection: sqlite3.Connection, which: Field, terms: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The posting rows of some terms."""
    for some in _portions(terms):
        marks = ",".join("?" * len(some))
        statement = f"SELECT term, rows FROM index_postings WHERE field = ? AND term IN ({marks})"  # noqa: S608 - only question marks
        yield from connection.execute(statement, (int(which), *some))


def keys(connection: sqlite3.Connection, which: Field) -> list[str]:
    """The keys of all documents of a field, in the order of writing."""
    rows = connection.execute(
        "SELECT keys FROM index_batches WHERE field = ? ORDER BY start", (int(which),)
    ).fetchall()
    return [key for row in rows for key in row[0].decode("utf-8", "surrogateescape").split("\0")]


def begin_anew(connection: sqlite3.Connection, which: Field) -> None:
    """Forget a field."""
    connection.execute("DELETE FROM index_batches WHERE field = ?", (int(which),))
    connection.execute("DELETE FROM index_postings WHERE field = ?", (int(which),))


@dataclass(frozen=True)
class Shelf:
    """One field as the documents that are wanted now, in their order; a key may be wanted twice."""

    connection: sqlite3.Connection
    which: Field
    documents: int
    owner: IntArray  # the wanted document of each searched unit
    lengths: NDArray[np.float64]  # of each searched unit
    first: Units  # where the searched units of each stored unit begin in `order`
    order: Units  # searched units, grouped by the stored unit that they are

    @classmethod
    def of(cls, connection: sqlite3.Connection, which: Field, wanted: Sequence[str]) -> Shelf:
        """Seat the stored units with the documents that are wanted; a key without a document has no unit."""
        number = {key: place for place, key in enumerate(keys(connection, which))}
        counts, lengths = _columns(connection, which)
        starts = np.concatenate([[0], np.cumsum(counts)])
        place = np.array([number.get(key, len(counts)) for key in wanted], dtype=np.int64)
        fan = np.append(counts, 0)[place]
        unit = _ranges(starts[place], fan)
        owner = np.repeat(np.arange(len(wanted), dtype=np.int32), fan)
        held = np.bincount(unit, minlength=len(lengths))
        first = np.concatenate([[0], np.cumsum(held)])
        order = np.argsort(unit, kind="stable")
        return cls(connection, which, len(wanted), owner, lengths[unit], first, order)

    def whole(self, asked: Sequence[str]) -> Postings:
        """The asked terms in the wanted documents, of a field whose documents are one unit each."""
        found = self.units(asked)
        lengths = added(self.owner, self.lengths, self.documents)
        return Postings(found.term, self.owner[found.document], found.count, lengths, found.terms)

    def units(self, asked: Sequence[str]) -> Postings:
        """The asked terms in the searched units."""
        rows = dict(stored(self.connection, self.which, asked))
        found = [np.frombuffer(rows.get(term, b""), dtype="<u4").astype(np.int64) for term in asked]
        term = np.repeat(np.arange(len(asked), dtype=np.int32), [len(one) for one in found])
        both = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        unit, count = both >> 8, (both & 0xFF).astype(np.float64)
        fan = self.first[unit + 1] - self.first[unit]
        document = self.order[_ranges(self.first[unit], fan)].astype(np.int32)
        return Postings(np.repeat(term, fan), document, np.repeat(count, fan), self.lengths, len(asked))


def _columns(connection: sqlite3.Connection, which: Field) -> tuple[Units, NDArray[np.float64]]:
    """Units of each document and terms of each unit."""
    rows = connection.execute(
        "SELECT units, lengths FROM index_batches WHERE field = ? ORDER BY start", (int(which),)
    ).fetchall()
    units = np.frombuffer(b"".join(row[0] for row in rows), dtype="<u4").astype(np.int64)
    return units, np.frombuffer(b"".join(row[1] for row in rows), dtype="<u4").astype(np.float64)


def _ranges(start: Units, sizes: Units) -> Units:
    """start[0], start[0] + 1, ... (sizes[0] of them), start[1], ..."""
    ends = np.cumsum(sizes)
    return np.asarray(np.repeat(start - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0))
