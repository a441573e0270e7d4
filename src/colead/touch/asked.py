"""What a spec asks for, as weighted terms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from colead.spec import Section, Space, Spec
from colead.terms import STOPPED, spoken, terms
from colead.touch.ranking import Floats, IntArray
from colead.touch.usual import RARE, USUAL

READ = 20_000  # characters of a spec that are searched for; later ones rarely change what comes out
LOADED = 400  # terms that are looked up
JOINED = 300  # pairs of words that are looked up
USED = 80  # terms that are searched with
IDEA = 2.5  # changes that suit past groups of landings best, where nobody says how many (benchmarks/sizes.py)
_WORD = re.compile(r"[A-Za-z]+|[^A-Za-z\s-]+")
SILENT = frozenset({Space.OUT, Space.METRIC, Space.WHEN})  # sections that do not say what to build


@dataclass(frozen=True)
class Asked:
    """The terms of a spec, the weightiest first, and how each was written."""

    terms: tuple[str, ...]
    weights: Floats
    words: dict[str, str]
    joined: tuple[str, ...] = ()  # words that stand side by side, as an identifier joins them

    def only(self, chosen: IntArray) -> Asked:
        """Some of the terms, in the order of `chosen`."""
        return Asked(tuple(self.terms[one] for one in chosen), self.weights[chosen], self.words, self.joined)


def asked(spec: Spec) -> Asked:
    """The terms of a spec: its title twice, its sections once, nothing of what is out of scope."""
    parts = [part for section in spec.sections if section.space not in SILENT for part in _said(section)]
    body = "\n".join(parts)[:READ] if spec.sections else spec.text[:READ]
    return asked_text(spec.title, body)


def asked_text(title: str, body: str) -> Asked:
    """The terms of a title, counted twice, and of a text."""
    text = f"{title}\n{body}"
    counted = Counter(terms(f"{title}\n{text}"))
    first = counted.most_common(LOADED)
    weights = np.array([times for _, times in first], dtype=np.float64)
    return Asked(tuple(term for term, _ in first), weights, spoken(text), joined(text))


def joined(text: str) -> tuple[str, ...]:
    """Words that stand side by side, as an identifier would join them, in one and in many.

    >>> joined("Print packing slips")
    ('printpacking', 'printpackings', 'packingslips', 'packingslip')
    """
    found: dict[str, None] = {}
    for line in text.splitlines():
        words = [word.lower() for word in _WORD.findall(line)]
        for first, second in pairwise(words):
            if _said_so(first) and _said_so(second):
                both = first + second
                found[both] = found[both[:-1] if both.endswith("s") else f"{both}s"] = None
        if len(found) >= JOINED:
            break
    return tuple(found)[:JOINED]


def _said_so(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in STOPPED


def _said(section: Section) -> list[str]:
    # A heading that only names its space ("What we want to build") is the form speaking, not the idea.
    return [section.heading, section.text] if section.space is Space.OTHER else [section.text]


def expected(spec: Spec) -> float:
    """How many changes a spec may take, as far as it shows: one for a single sentence, else an idea's."""
    told = [one for one in spec.sentences if spec.space_of(one) not in SILENT]
    return IDEA if len(told) > 1 else 1.0


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


def telling(spec: Spec, most: int) -> tuple[str, ...]:
    """The words of a spec that say most of it: said often here, and seldom in other software."""
    query = asked(spec)
    usual = np.array([USUAL.get(term, RARE) for term in query.terms])
    worth = np.sqrt(query.weights) * -np.log(np.minimum(usual, 1.0) / 100)
    ranked = [query.terms[one] for one in np.argsort(-worth, kind="stable")]
    words = dict.fromkeys(query.words[term].lower() for term in ranked if term in query.words)
    return tuple(words)[:most]


def best(query: Asked, rarity: Floats) -> IntArray:
    """Positions of the terms worth searching with: the highest rarity times count, at most `USED`."""
    worth = rarity * query.weights
    return np.argsort(-worth, kind="stable")[:USED].astype(np.int32)
