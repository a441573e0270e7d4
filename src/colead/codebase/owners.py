"""Owners: who a CODEOWNERS file names for a path, matched without backtracking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_RULES = 5_000
_LONGEST = 500  # characters of a pattern
_WORK = 1_500_000  # cost spent on one codebase; what is left then has no owner
_DEEPEST = 60  # folders of a path
_ASKED = 12  # files of a component that are looked up


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of CODEOWNERS. Of several rules that fit a path the last one holds."""

    pattern: str
    owners: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder that the pattern names plainly; "" for patterns with wildcards, files, the root."""
        plain = self.pattern.strip("/")
        anchored = "/" in self.pattern.rstrip("/")
        for ending in ("/**", "/*"):
            plain = plain.removesuffix(ending)
        return plain if anchored and plain and not set(plain) & set("*?[\\") else ""


@dataclass(frozen=True, slots=True)
class _Match:
    """A rule taken apart once, with what trying it may cost at most (about half a microsecond each)."""

    owners: tuple[str, ...]
    segments: tuple[str, ...]
    anchored: bool
    exact: bool  # "docs/*" speaks of the files right in docs, "docs" of everything below it
    cost: int

    @classmethod
    def of(cls, rule: Rule) -> _Match:
        pattern = rule.pattern.rstrip("/")
        segments = tuple(one for one in pattern.split("/") if one)
        wild = sum(len(one) for one in segments if "*" in one or "?" in one)
        return cls(rule.owners, segments, "/" in pattern, pattern.endswith("/*"), 1 + 10 * wild)

    def fits(self, parts: Sequence[str]) -> bool:
        """Whether the rule speaks of a file, as CODEOWNERS and .gitignore read patterns."""
        if self.anchored or not self.segments:
            return _fit(self.segments, parts, self.exact)
        return any(segment_fits(self.segments[0], part) for part in parts)


def rules(text: str) -> tuple[Rule, ...]:
    """The rules of a CODEOWNERS file; sections of GitLab and lines without owners count as written."""
    found: list[Rule] = []
    inherited: tuple[str, ...] = ()
    for line in text.splitlines():
        said = line.partition(" #")[0].strip()
        if said.startswith(("[", "^[")):
            inherited = tuple(said.rpartition("]")[2].split())
        elif said and not said.startswith("#"):
            pattern, *owners = said.replace("\\ ", "\0").split()
            if len(pattern) <= _LONGEST:
                found.append(Rule(pattern.replace("\0", " "), tuple(owners) or inherited))
        if len(found) >= MOST_RULES:
            break
    return tuple(found)


def owners_of(
    ruled: Sequence[Rule], groups: Iterable[tuple[str, Sequence[str]]]
) -> dict[str, tuple[str, ...]]:
    """The owners of each (key, paths) group: those that the rules name for most of its files."""
    budget = _WORK
    said: dict[str, tuple[str, ...]] = {}
    matches = [_Match.of(rule) for rule in reversed(ruled)]
    for key, paths in groups:
        asked = paths[:: max(1, len(paths) // _ASKED)][:_ASKED]
        votes: Counter[tuple[str, ...]] = Counter()
        for path in asked:
            owners, cost = _last_that_fits(matches, path, budget)
            budget -= cost
            if budget <= 0:
                return said
            votes[owners] += 1
        for owners, count in votes.most_common(1):
            if owners and count * 2 > len(asked):
                said[key] = owners
    return said


def _last_that_fits(matches: Iterable[_Match], path: str, budget: int) -> tuple[tuple[str, ...], int]:
    """Owners by the first of the matches (the last rule) that fits, and what finding it cost."""
    parts, cost = path.split("/")[:_DEEPEST], 0
    for match in matches:
        cost += match.cost
        if cost > budget or match.fits(parts):
            return match.owners, cost
    return (), cost


def _fit(segments: Sequence[str], parts: Sequence[str], exact: bool) -> bool:
    """Match by segments, `**` being any number of them; a set of positions, so no way is walked twice."""
    at = {0}
    for segment in segments:
        if segment == "**":
            at = set(range(min(at), len(parts) + 1))
        else:
            at = {here + 1 for here in at if here < len(parts) and segment_fits(segment, parts[here])}
        if not at:
            return False
    return len(parts) in at if exact else True


def segment_fits(pattern: str, text: str) -> bool:
    """Whether one path segment fits a pattern of `*`, `?` and plain characters.

    The greedy two-pointer match: it steps back to the last star only, so its
    time is at most len(pattern) * len(text).
    """
    if "*" not in pattern and "?" not in pattern:
        return pattern == text
    here = there = mark = 0
    star = -1
    while there < len(text):
        if here < len(pattern) and pattern[here] == "*":
            star, mark, here = here, there, here + 1
        elif here < len(pattern) and pattern[here] in ("?", text[there]):
            here, there = here + 1, there + 1
        elif star >= 0:
            mark += 1
            here, there = star + 1, mark
        else:
            return False
    return not pattern[here:].strip("*")
