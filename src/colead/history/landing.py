"""The walk: from a graph of commits to the landings on it, wherever in the merge structure they sit.

The chain of first parents is right for most repositories and blind on git-flow,
where one release merge brings in dozens of pull requests. So every merge is
taken apart along the first-parent chains of its other parents, as far as these
commits are not told yet. If pull requests come to light inside, or if the merge
says that it joined a branch that lives on (develop, 9.x), the merge is a carrier
and what it carried stands as landings before it; else it is one landing.

Every commit is visited once and nothing recurses, so that the walk is linear in
commits and parents, however deep the merges nest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from colead.history.pull import Claim

INNER_KEPT = 5  # how many commits inside of a landing are remembered, for its title and its makers
NUMBERS_KEPT = 12  # how many pull requests inside of a merge are remembered while it is open


@dataclass(frozen=True)
class Graph:
    """Commits by number (0 is nobody) in columns; `parents` is None for a commit that is not here."""

    parents: Sequence[tuple[int, ...] | None]
    pull: Sequence[int]  # number of the pull request that the commit names, 0 where none
    claim: Sequence[int]  # a Claim
    echo: Sequence[int]  # equal for two commits of one author under one title, as a cherry-pick leaves them
    opens: frozenset[int] = frozenset()  # merges that say that they joined a branch that lives on
    issues: Mapping[int, frozenset[int]] = field(
        default_factory=dict
    )  # numbers that a merge calls its issues


class Step(NamedTuple):
    """One landing by commit number, diffed against `base` (0: nothing before it)."""

    commit: int
    base: int
    carrier: bool = False
    inner: tuple[int, ...] = ()  # the first few commits that it brought, newest last; empty for carriers
    pull: int = 0
    issue: int = 0  # the number at the end of its title, where several different commits bear that number


class _Open:
    """A merge whose other parents are being walked; commit 0 stands for the branch itself."""

    __slots__ = ("chain", "commit", "found", "start", "tips", "told")

    def __init__(self, commit: int, tips: list[int], start: int) -> None:
        self.commit, self.tips, self.start = commit, tips, start
        self.chain: list[int] = []
        self.found: set[int] = set()  # numbers inside; negative where a merge claims them
        self.told = False

    def add(self, numbers: Iterable[int]) -> None:
        if len(self.found) < NUMBERS_KEPT:
            self.found.update(numbers)


class Known(NamedTuple):
    """What is known of numbers before the walk."""

    issues: frozenset[int]  # several different commits bear it at the end of their titles, and no merge
    merged: frozenset[int]  # some merge claims it


def known_numbers(graph: Graph) -> Known:
    """Look at all claims at once: which numbers are issues, which have a merge of their own."""
    first: dict[int, int] = {}
    shared: set[int] = set()
    merged: set[int] = set()
    for number, claim, echo in zip(graph.pull, graph.claim, graph.echo, strict=True):
        if claim >= Claim.COPY:
            merged.add(number)
        elif number and first.setdefault(number, echo) != echo:
            shared.add(number)
    return Known(frozenset(shared - merged), frozenset(merged))


def walk(graph: Graph, tip: int) -> list[Step]:
    """The landings that end at `tip`, oldest first, each pull request at one of them only."""
    known = known_numbers(graph)
    return _numbered(_steps(graph, tip, known), graph, known.issues)


def _chain(graph: Graph, tip: int, seen: bytearray) -> list[int]:
    """First parents from `tip` down to what is told already; they are told from now on."""
    chain = []
    while tip and not seen[tip]:
        seen[tip] = 1
        chain.append(tip)
        parents = graph.parents[tip]
        tip = parents[0] if parents else 0
    return chain


def _steps(graph: Graph, tip: int, known: Known) -> list[Step]:
    """Take the merges apart, innermost first; a merge that is one landing after all takes back its steps."""
    parents = graph.parents
    seen = bytearray(one is None for one in parents)
    steps: list[Step] = []
    stack = [_Open(0, [tip], 0)]
    while stack:
        top = stack[-1]
        if top.chain:
            commit = top.chain.pop()
            before = parents[commit] or ()
            if len(before) > 1:
                stack.append(_Open(commit, list(before[:0:-1]), len(steps)))
            else:
                steps.append(Step(commit, _base(graph, commit)))
                top.add(_numbers(graph, commit, known))
        elif top.tips:
            top.chain = _chain(graph, top.tips.pop(), seen)
            top.told |= bool(top.chain)
        else:
            stack.pop()
            _close(graph, top, steps)
            if stack:
                stack[-1].add(top.found)
                stack[-1].add(_numbers(graph, top.commit, known))
    return steps


def _numbers(graph: Graph, commit: int, known: Known) -> tuple[int, ...]:
    """The pull request that a commit brings to light; no issue, and no mention of what a merge claims."""
    number = graph.pull[commit]
    if number and graph.claim[commit] >= Claim.COPY:
        return (-number,)
    return () if not number or number in known.issues or number in known.merged else (number,)


def _base(graph: Graph, commit: int) -> int:
    before = graph.parents[commit]
    return before[0] if before and graph.parents[before[0]] is not None else 0


def _close(graph: Graph, merge: _Open, steps: list[Step]) -> None:
    """Decide whether a merge is a carrier or one landing, now that its inside is known."""
    commit = merge.commit
    if not commit:
        return
    own = graph.pull[commit]
    named = graph.issues.get(commit, frozenset()) | {own, -own}
    carrier = not merge.told or commit in graph.opens or not merge.found <= named
    inner: tuple[int, ...] = ()
    if not carrier:
        inner = tuple(step.commit for step in steps[merge.start : merge.start + INNER_KEPT])
        del steps[merge.start :]
    steps.append(Step(commit, _base(graph, commit), carrier, inner))


def _numbered(steps: list[Step], graph: Graph, issues: frozenset[int]) -> list[Step]:
    """Give each pull request to one landing: the surest claim, of these the first.

    A later landing with the same number, author and title is the same change
    once more (a cherry-pick merged back) and is left out; with another title it
    is work of its own and stays, without the number.
    """
    best: dict[int, int] = {}
    for position, step in enumerate(steps):
        number = graph.pull[step.commit]
        if number and _surer(graph, step, steps, best.get(number)):
            best[number] = position
    told: list[Step] = []
    for position, step in enumerate(steps):
        number = graph.pull[step.commit]
        keeps = not number or best[number] == position
        if keeps or step.carrier or graph.echo[step.commit] != graph.echo[steps[best[number]].commit]:
            told.append(_with(step, number, keeps, issues) if number else step)
    return told


def _with(step: Step, number: int, keeps: bool, issues: frozenset[int]) -> Step:
    return step._replace(pull=number if keeps else 0, issue=number if number in issues else 0)


def _surer(graph: Graph, step: Step, steps: list[Step], other: int | None) -> bool:
    return other is None or graph.claim[step.commit] > graph.claim[steps[other].commit]
