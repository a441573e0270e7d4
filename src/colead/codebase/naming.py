"""Naming: what people would call a part that only has a path. Never empty, never twice the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

# Folders that say how a language files its source, not what is in it.
_SILENT = frozenset(
    "src lib source sources main java kotlin scala groovy jvmmain commonmain com org net io de packages modules crates"
    " pkg internal cmd apps services projects libs python rust go php js ts".split()
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z\W_]+|[^\W_]+")
_LONGEST = 60


def spoken(segment: str) -> str:
    """A folder or file name as words: "order_api" is "order api", "ActiveRecord" is "active record", "API" stays."""
    words = _WORDS.findall(segment[:200])
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in words)


def names(keys: Sequence[str], rests: Mapping[str, bool]) -> dict[str, str]:
    """A name for each key; `rests[key]` says that other parts lie below the folder and this is what remains."""
    chosen: dict[str, str] = {}
    for depth in range(1, 5):
        taken = Counter(chosen.values())
        said = {key: _name(key, rests.get(key, False), depth) for key in keys if key not in chosen}
        again = Counter(name.casefold() for name in said.values()) + Counter(
            name.casefold() for name in taken
        )
        chosen |= {key: name for key, name in said.items() if again[name.casefold()] == 1}
    # What still collides is told apart by its whole path, which is unique.
    return {key: chosen.get(key) or f"{_name(key, rests.get(key, False), 1)} ({key or '/'})" for key in keys}


def _name(key: str, rest: bool, depth: int) -> str:
    said = " ".join(_telling(key.split("/"), depth))[:_LONGEST].strip()
    if not key or not said:
        return "Top of the repository" if not key else key[:_LONGEST]
    return f"Rest of {said}" if rest else said[0].upper() + said[1:]


def _telling(segments: list[str], depth: int) -> list[str]:
    """The last `depth` segments that say something; a word that the one before it ends with is said once."""
    loud = [segment for segment in segments if segment.lower() not in _SILENT] or segments[-1:]
    told: list[str] = []
    for word in (spoken(_stem(segment, segment is loud[-1])) for segment in loud):
        if told and word.startswith(told[-1]):
            told.pop()
        told.append(word)
    return [word for word in told[-depth:] if word]


def _stem(segment: str, last: bool) -> str:
    """A file's extension says nothing to people; a dot inside a folder's name does ("Shop.Backend")."""
    stem, _, extension = segment.rpartition(".")
    return stem if last and stem and extension.islower() and len(extension) <= 4 else segment
