"""Index: answers where the words of a spec stand, from the store; brought up to the tip before it is asked.

Only product files are cut into terms, each blob once; a new tip costs what it
changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from colead.codebase import Codebase
from colead.history import IntArray, Landing
from colead.readers.git import Door
from colead.store.contents import read_new
from colead.store.postings import Batch, Field, Shelf, begin_anew, keys
from colead.store.store import Store
from colead.terms import chunks, counts
from colead.touch.messages import message
from colead.touch.ranking import Postings
from colead.touch.trees import Trees

Progress = Callable[[int, int, str], None]
STATE = "index messages"  # the fact that says which state of the store's landings is indexed
STALE, STALE_FROM = 4, 50_000  # a field with this many times more documents than wanted is begun anew


@dataclass(slots=True)
class Contents:
    """The visitor that cuts file contents into terms; given to `codebase`, it saves a second pass."""

    store: Store
    progress: Progress
    _batch: Batch = field(default_factory=Batch)

    def missing(self, oids: Collection[str]) -> Iterable[str]:
        """Blobs that are not in the index."""
        known = _known(self.store, Field.CONTENT, len(oids), self.progress)
        return [oid for oid in oids if oid not in known]

    def visit(self, oid: str, path: str, data: bytes | None) -> None:
        """Cut one blob; what is no text has no words, and is remembered as that."""
        text = "" if data is None else data.decode("utf-8", "replace")
        self._batch.add(oid, (counts(chunk) for chunk in chunks(text)) if text else ())

    def keep(self, connection: sqlite3.Connection) -> None:
        """Write what was gathered."""
        batch, self._batch = self._batch, Batch()
        batch.write(connection, Field.CONTENT)


def index(store: Store, door: Door, code: Codebase, progress: Progress) -> Searched:
    """The search index of a codebase and of the store's landings, brought up to date."""
    product = [(one.oid, one.path) for one in code.product]
    read_new(store, door, product, (Contents(store, progress),), progress)
    named = {one.oid: " ".join(code.definitions.get(one.path, ())) for one in code.product}
    _add(store, Field.SYMBOLS, named, progress)
    _add(store, Field.PATHS, {path: path for _, path in product}, progress)
    _add_messages(store, progress)
    return Searched(store, code)


def _known(store: Store, which: Field, wanted: int, progress: Progress) -> set[str]:
    """The keys in the index; none, and nothing left in it, when nearly all of it is of the past."""
    known = set(keys(store.db, which))
    if len(known) < max(STALE_FROM, STALE * wanted):
        return known
    with store.writing(progress) as connection:
        begin_anew(connection, which)
    return set()


def _add(store: Store, which: Field, texts: Mapping[str, str], progress: Progress) -> None:
    known = _known(store, which, len(texts), progress)
    batch = Batch()
    for key, text in texts.items():
        if key not in known:
            batch.add(key, (counts(text),))
    if batch.keys:
        with store.writing(progress) as connection:
            batch.write(connection, which)


def _add_messages(store: Store, progress: Progress) -> None:
    """Cut the messages of landings that came since the last time."""
    state = _fact(store, "state")
    if state == _fact(store, STATE):
        return
    batch, known = Batch(), set(keys(store.db, Field.MESSAGES))
    for oid, title, body in store.messages():
        if oid not in known:
            batch.add(oid, (counts(message(title, body)),))
    with store.writing(progress) as connection:
        batch.write(connection, Field.MESSAGES)
        connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (STATE, state))


def _fact(store: Store, key: str) -> str:
    row = store.db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
    return "" if row is None else str(row[0])


@lru_cache(maxsize=1)
def shipped() -> Trees:
    """The trees that come with Colead."""
    data = files("colead.touch").joinpath("trees.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as columns:
        return Trees.of(dict(columns))


@dataclass(frozen=True)
class Searched:
    """The index of one codebase: `colead.touch.Index`, answered from the store while that is open."""

    store: Store
    code: Codebase
    _spoken: list[tuple[Sequence[Landing], Shelf]] = field(default_factory=list)  # the last history asked of

    @cached_property
    def _symbols(self) -> Shelf:
        return Shelf.of(self.store.db, Field.SYMBOLS, [one.oid for one in self.code.product])

    @cached_property
    def _paths(self) -> Shelf:
        return Shelf.of(self.store.db, Field.PATHS, [one.path for one in self.code.product])

    @cached_property
    def _content(self) -> Shelf:
        return Shelf.of(self.store.db, Field.CONTENT, [one.oid for one in self.code.product])

    @property
    def trees(self) -> Trees:
        """What was learnt of ranking on other repositories."""
        return shipped()

    def chunks(self, asked: Sequence[str]) -> tuple[Postings, IntArray]:
        """Which chunks of code hold the terms, and the file of every chunk."""
        return self._content.units(asked), self._content.owner

    def symbols(self, asked: Sequence[str]) -> Postings:
        """Which files define a name made of the terms."""
        return self._symbols.whole(asked)

    def paths(self, asked: Sequence[str]) -> Postings:
        """Which files have the terms in their path."""
        return self._paths.whole(asked)

    def messages(self, asked: Sequence[str], landings: Sequence[Landing]) -> Postings:
        """Which of the landings speak of the terms; titles count twice."""
        if not self._spoken or self._spoken[0][0] is not landings:
            shelf = Shelf.of(self.store.db, Field.MESSAGES, [one.oid for one in landings])
            self._spoken[:] = [(landings, shelf)]
        return self._spoken[0][1].whole(asked)
