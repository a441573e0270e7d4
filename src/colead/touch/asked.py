"""What a spec asks for, as weighted terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from colead.spec import Section, Space, Spec
from colead.terms import spoken, terms
from colead.touch.ranking import Floats, IntArray

READ = 20_000  # characters of a spec that are searched for; later ones rarely change what comes out
LOADED = 400  # terms that are looked up
USED = 80  # terms that are searched with
SILENT = frozenset({Space.OUT, Space.METRIC, Space.WHEN})  # sections that do not say what to build


@dataclass(frozen=True)
class Asked:
    """The terms of a spec, the weightiest first, and how each was written."""

    terms: tuple[str, ...]
    weights: Floats
    words: dict[str, str]

    def only(self, chosen: IntArray) -> Asked:
        """Some of the terms, in the order of `chosen`."""
        return Asked(tuple(self.terms[one] for one in chosen), self.weights[chosen], self.words)


def asked(spec: Spec) -> Asked:
    """The terms of a spec: its title twice, its sections once, nothing of what is out of scope."""
    parts = [part for section in spec.sections if section.space not in SILENT for part in _said(section)]
    body = "\n".join(parts)[:READ] if spec.sections else spec.text[:READ]
    return asked_text(spec.title, body)


def asked_text(title: str, body: str) -> Asked:
    """The terms of a title, counted twice, and of a text."""
    counted = Counter(terms(f"{title}\n{title}\n{body}"))
    first = counted.most_common(LOADED)
    weights = np.array([times for _, times in first], dtype=np.float64)
    return Asked(tuple(term for term, _ in first), weights, spoken(f"{title}\n{body}"))


def _said(section: Section) -> list[str]:
    # A heading that only names its space ("What we want to build") is the form speaking, not the idea.
    return [section.heading, section.text] if section.space is Space.OTHER else [section.text]


def ruled_out(spec: Spec) -> list[set[str]]:
    """The terms of each sentence about what is out of scope."""
    said = (one.text for one in spec.sentences if spec.sections[one.section].space is Space.OUT)
    return [set(terms(text)) for text in said]


def names_one(path: str, out: list[set[str]], asked: set[str]) -> bool:
    """Whether a file is named after something out of scope.

    All words of its name, at least two, stand in one sentence about that; what the spec
    also asks for is not out.
    """
    name = path.rpartition("/")[2].partition(".")[0]
    words = set(terms(name)) - {name.replace("_", "").replace("-", "").lower()}
    return len(words) > 1 and not words <= asked and any(words <= one for one in out)


def best(query: Asked, rarity: Floats) -> IntArray:
    """Positions of the terms worth searching with: the highest rarity times count, at most `USED`."""
    worth = rarity * query.weights
    return np.argsort(-worth, kind="stable")[:USED].astype(np.int32)
