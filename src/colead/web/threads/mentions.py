"""Mentions: who is named in a text with an @, among the people of an area."""

from __future__ import annotations

from collections.abc import Mapping

MOST = 20  # signs that are looked at in one text


def mentioned(text: str, names: Mapping[int, str]) -> list[int]:
    """The keys of those whose names follow an @, each once; of names that begin alike, the longest."""
    ranked = sorted(names.items(), key=lambda one: -len(one[1]))
    low, found, at = text.casefold(), list[int](), -1
    for _ in range(MOST):
        at = low.find("@", at + 1)
        if at < 0:
            break
        inside = at > 0 and (low[at - 1].isalnum() or low[at - 1] in "._")
        who = None if inside else next((key for key, name in ranked if _named(low, at + 1, name)), None)
        if who is not None and who not in found:
            found.append(who)
    return found


def _named(low: str, start: int, name: str) -> bool:
    told = name.casefold()
    end = start + len(told)
    return bool(told) and low.startswith(told, start) and not low[end : end + 1].isalnum()
