"""Split: cutting the product source into parts that people talk about.

What people or manifests declared comes first; what nobody declared is cut by
folders, the biggest first, until the parts are of a size to talk about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heapify, heappop, heappush

from colead.codebase.component import Component, ComponentKind
from colead.codebase.naming import names

MOST = 80  # parts; more than that nobody reads
SMALLEST_SPLIT = 12  # files; a folder of fewer is one part
SHARE = 25  # a part holds at most one 25th of the product source, where folders allow it


class Source(IntEnum):
    """Where a declaration stands; a lower one is believed first."""

    NAMED = 0  # .colead/glossary.yml: a name for a folder, which may still be cut
    SETTINGS = 1  # .colead/components.yml
    CATALOG = 2  # catalog-info.yaml
    DEPLOYED = 3  # compose, Procfile, Dockerfile, Kubernetes
    MANIFEST = 4  # workspaces and build manifests
    OWNERS = 5  # CODEOWNERS


@dataclass(frozen=True, slots=True)
class Declared:
    """One statement in the repository that a folder (or several) is a part."""

    roots: tuple[str, ...]
    source: Source
    kind: ComponentKind | None = None
    name: str = ""
    key: str = ""
    owners: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass
class _Cut:
    """The folder tree in counts, and the roots chosen so far."""

    inside: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # folder -> product files below
    flat: dict[str, int] = field(
        default_factory=lambda: defaultdict(int)
    )  # folder -> product files right in it
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # folder -> its folders
    fixed: set[str] = field(default_factory=set)  # roots that people declared: never cut, never merged
    roots: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, paths: Iterable[str]) -> _Cut:
        cut = cls()
        for path in paths:
            folder = path.rpartition("/")[0]
            cut.flat[folder] += 1
        for folder, count in cut.flat.items():
            cut._climb(folder, count)
        return cut

    def _climb(self, folder: str, count: int) -> None:
        while True:
            self.inside[folder] += count
            if not folder:
                return
            parent = folder.rpartition("/")[0]
            self.below[parent].add(folder)
            folder = parent


def split(paths: Sequence[str], declared: Sequence[Declared] = ()) -> tuple[Component, ...]:
    """Cut product files into components, sorted by key.

    `paths` are the product files of the tree. Every one of them gets a seat.
    """
    if not paths:
        return ()
    cut = _Cut.of(paths)
    strong = [one for one in declared if one.source in (Source.SETTINGS, Source.CATALOG)]
    cut.fixed = {root for one in strong for root in one.roots if root}
    cut.roots = (
        {root for one in declared for root in one.roots if root and cut.inside.get(root)} | cut.fixed | {""}
    )
    _divide(cut, len(paths))
    _thin(cut, len(paths))
    _limit(cut)
    return _components(cut, paths, sorted(declared, key=lambda one: one.source))


def _own(cut: _Cut) -> dict[str, int]:
    """Product files that each root keeps for itself, after the roots below it took theirs."""
    own = {root: cut.inside.get(root, 0) for root in cut.roots}
    for root in cut.roots:
        above = _above(cut, root)
        if above is not None:
            own[above] -= cut.inside.get(root, 0)
    return own


def _above(cut: _Cut, folder: str) -> str | None:
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in cut.roots:
            return folder
    return None


def _divide(cut: _Cut, total: int) -> None:
    """Cut the biggest part at its folders, again and again, until none is too big or there are enough."""
    big = max(SMALLEST_SPLIT, total // SHARE)
    crumb = _crumb(total)
    heap = [(-size, root) for root, size in _own(cut).items()]
    heapify(heap)
    while heap and len(cut.roots) < MOST:
        size, root = heappop(heap)
        if -size <= big:
            return
        for child in _children(cut, root, crumb) if root not in cut.fixed else ():
            cut.roots.add(child)
            heappush(heap, (-_kept(cut, child), child))


def _children(cut: _Cut, root: str, crumb: int) -> list[str]:
    """The folders to cut out of a root: its nearest ones that hold enough; chains of single folders are walked down."""
    found, waiting = [], sorted(cut.below.get(root, ()))
    while waiting:
        folder = waiting.pop()
        if folder in cut.roots:
            continue
        only = cut.below.get(folder, set())
        if not cut.flat.get(folder) and len(only) == 1:
            waiting.extend(only)
        elif _kept(cut, folder) >= crumb:
            found.append(folder)
    return found


def _kept(cut: _Cut, folder: str) -> int:
    """Product files below a folder that no root further down has taken."""
    taken, waiting = 0, list(cut.below.get(folder, ()))
    while waiting:
        below = waiting.pop()
        if below in cut.roots:
            taken += cut.inside[below]
        else:
            waiting.extend(cut.below.get(below, ()))
    return cut.inside.get(folder, 0) - taken


def _crumb(total: int) -> int:
    return max(2, min(8, total // 150))


def _thin(cut: _Cut, total: int) -> None:
    """A cut folder that keeps almost nothing for itself gives that to the part above it."""
    own = _own(cut)
    for root in sorted(cut.roots, key=lambda one: -one.count("/")):
        above = _above(cut, root)
        if own[root] == 0 and root not in cut.fixed:
            cut.roots.discard(root)
        elif (
            0 < own[root] < _crumb(total)
            and above is not None
            and above not in cut.fixed
            and own[root] < cut.inside[root]
        ):
            cut.roots.discard(root)
            own[above] += own[root]


def _limit(cut: _Cut) -> None:
    """Give the smallest parts back to their folder until people can read the list."""
    own = _own(cut)
    heap = [(size, root) for root, size in own.items() if root not in cut.fixed and root]
    heapify(heap)
    while heap and len(cut.roots) > MOST:
        size, root = heappop(heap)
        if own.get(root) != size:
            continue
        parent = root.rpartition("/")[0]
        if parent not in cut.roots and _above(cut, root) in (None, "") and parent:
            cut.roots.add(parent)
            own[parent] = 0
        cut.roots.discard(root)
        above = _above(cut, root)
        if above is None:
            above = ""
            cut.roots.add(above)
            own.setdefault(above, 0)
        own[above] += own.pop(root)
        if above not in cut.fixed and above:
            heappush(heap, (own[above], above))


def _components(cut: _Cut, paths: Sequence[str], declared: Sequence[Declared]) -> tuple[Component, ...]:
    own = _own(cut)
    groups: dict[str, list[str]] = {}
    home: dict[str, str] = {}
    for one in declared:
        if one.source is Source.SETTINGS:
            key = one.key or one.roots[0]
            groups[key] = [root for root in one.roots if home.setdefault(root, key) == key]
    groups |= {root: [root] for root in cut.roots if root not in home}
    told: dict[str, list[Declared]] = defaultdict(list)
    for one in declared:
        for key in dict.fromkeys(home.get(root, root) for root in one.roots):
            told[key].append(one)
    cut_up = {above for root in cut.roots if (above := _above(cut, root)) is not None}
    named = names(sorted(groups), {key: key in cut_up and key not in cut.fixed for key in groups})
    made = [
        _component(key, roots, named[key], told.get(key, []), sum(own[root] for root in roots))
        for key, roots in sorted(groups.items())
    ]
    return tuple(one for one in made if one.files)


def _component(key: str, roots: list[str], name: str, told: Sequence[Declared], files: int) -> Component:
    """One component; of several declarations the strongest that says something is believed."""
    return Component(
        key,
        next((one.name for one in told if one.name), name),
        next((one.kind for one in told if one.kind is not None), ComponentKind.FOLDER),
        tuple(roots),
        next((one.owners for one in told if one.owners), ()),
        next((one.says for one in told if one.says), ()),
        files,
    )
