"""A search index of ten lines, for tests: texts by path, definitions by path, titles from the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from colead.codebase import Codebase
from colead.history import IntArray, Landing
from colead.terms import counts
from colead.touch import Postings
from colead.touch.trees import Trees


@dataclass(frozen=True)
class Toy:
    """Answers from memory; one chunk per file."""

    codebase: Codebase
    texts: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    trees: Trees | None = None

    def chunks(self, asked: Sequence[str]) -> tuple[Postings, IntArray]:
        owner = np.arange(len(self.codebase.product), dtype=np.int32)
        return self._in(asked, lambda path: self.texts.get(path, "")), owner

    def symbols(self, asked: Sequence[str]) -> Postings:
        return self._in(asked, lambda path: self.names.get(path, ""))

    def paths(self, asked: Sequence[str]) -> Postings:
        return self._in(asked, lambda path: path)

    def messages(self, asked: Sequence[str], landings: Sequence[Landing]) -> Postings:
        return postings(asked, [f"{one.title} {one.title}" for one in landings])

    def _in(self, asked: Sequence[str], text: Callable[[str], str]) -> Postings:
        return postings(asked, [text(one.path) for one in self.codebase.product])


def postings(asked: Sequence[str], texts: Sequence[str]) -> Postings:
    """Where the asked terms stand in the texts."""
    counted = [counts(text) for text in texts]
    rows = [
        (term, number, found[word])
        for term, word in enumerate(asked)
        for number, found in enumerate(counted)
        if word in found
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    lengths = np.array([sum(found.values()) for found in counted], dtype=np.float64)
    term, document, count = table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), table[:, 2]
    return Postings(term, document, count.astype(np.float64), lengths, len(asked))
