"""Held: what an index says of many terms, asked once and answered in parts as often as needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from colead.history import Landing
from colead.touch.parts import Index
from colead.touch.ranking import IntArray, Postings
from colead.touch.trees import Trees


@dataclass(frozen=True)
class Held:
    """An index that knows the fetched terms alone."""

    index: Index
    place: dict[str, int]
    content: Postings
    owner: IntArray
    symbol: Postings
    path: Postings
    message: Postings

    @classmethod
    def of(cls, index: Index, terms: Sequence[str], landings: Sequence[Landing]) -> Held:
        """Fetch some terms."""
        content, owner = index.chunks(terms)
        place = {term: number for number, term in enumerate(terms)}
        symbol, path = index.symbols(terms), index.paths(terms)
        return cls(index, place, content, owner, symbol, path, index.messages(terms, landings))

    @property
    def trees(self) -> Trees | None:
        """Those of the index."""
        return self.index.trees

    def chunks(self, asked: Sequence[str]) -> tuple[Postings, IntArray]:
        """As `Index.chunks`."""
        return self._only(self.content, asked), self.owner

    def symbols(self, asked: Sequence[str]) -> Postings:
        """As `Index.symbols`."""
        return self._only(self.symbol, asked)

    def paths(self, asked: Sequence[str]) -> Postings:
        """As `Index.paths`."""
        return self._only(self.path, asked)

    def messages(self, asked: Sequence[str], landings: Sequence[Landing]) -> Postings:
        """As `Index.messages`."""
        return self._only(self.message, asked)

    def _only(self, field: Postings, asked: Sequence[str]) -> Postings:
        return field.only(np.array([self.place[term] for term in asked], dtype=np.int32))
