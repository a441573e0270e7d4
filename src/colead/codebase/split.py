"""Split: cutting the product source into parts that people talk about.

What people or manifests declared comes first; what nobody declared is cut by
folders, the biggest first, until the parts are of a size to talk about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heapify, heappop, heappush

from colead.codebase.component import Component, ComponentKind
from colead.codebase.naming import FILING, names
from colead.codebase.roles import is_migration

MOST = 80  # parts; more than that nobody reads
SMALLEST_SPLIT = 12  # files; a folder of fewer is one part
SHARE = 25  # a part holds at most one 25th of the product source, where folders allow it
DECLARED = 3  # parts, from which on a repository is taken to say itself what its parts are;
SMALLEST_DECLARED = 60  # files: fewer are then one part, as it says, and
CRUMB_DECLARED = 6  # files: a folder of fewer is none


# Top-level folders whose folders are parts by convention, whatever their size.
CONVENTION: Mapping[str, ComponentKind] = {
    "services": ComponentKind.SERVICE,
    "microservices": ComponentKind.SERVICE,
    "packages": ComponentKind.PACKAGE,
    "crates": ComponentKind.PACKAGE,
    "libs": ComponentKind.LIBRARY,
    "libraries": ComponentKind.LIBRARY,
    "apps": ComponentKind.FOLDER,
}


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


def _counts() -> defaultdict[str, int]:
    return defaultdict(int)


@dataclass
class _Cut:
    """The folder tree in counts, and the roots chosen so far."""

    inside: dict[str, int] = field(default_factory=_counts)  # folder -> product files below
    flat: dict[str, int] = field(default_factory=_counts)  # folder -> product files right in it
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # folder -> its folders
    fixed: set[str] = field(default_factory=set)  # roots that people declared: never cut, never merged
    told: set[str] = field(default_factory=set)  # roots that the repository's files declare
    sealed: set[str] = field(default_factory=set)  # folders that are no part of their own
    roots: set[str] = field(default_factory=set)
    crumb: int = 3  # files; a folder of fewer is left in the one above

    @classmethod
    def of(cls, paths: Sequence[str]) -> _Cut:
        cut = cls(crumb=max(3, min(10, len(paths) // 80)))
        for path in paths:
            cut.flat[path.rpartition("/")[0]] += 1
        for folder, count in cut.flat.items():
            cut._climb(folder, count)
        steps = {path.rpartition("/")[0] for path in paths if is_migration(path)}
        # Where each module keeps its own migrations they belong to it; one folder for all of them is a part.
        cut.sealed = steps if len(steps) > 2 else set()
        return cut

    def _climb(self, folder: str, count: int) -> None:
        while True:
            self.inside[folder] += count
            if not folder:
                return
            parent = folder.rpartition("/")[0]
            self.below[parent].add(folder)
            folder = parent

    def seat(self, declared: Sequence[Declared], paths: Sequence[str]) -> None:
        """Start from what is declared. Below what people declared only people may cut."""
        strong = (Source.SETTINGS, Source.CATALOG)
        self.fixed = {root for one in declared if one.source in strong for root in one.roots if root}
        self._count_files(self.fixed.intersection(paths))
        told = {root for one in declared for root in one.roots if root and self.inside.get(root)}
        told |= {folder for holder in CONVENTION for folder in self.below.get(holder, ())}
        self.told = {root for root in told if self.fixed.isdisjoint(_above_all(root))} | self.fixed
        self.roots = self.told | {""}

    def declared(self, folder: str) -> bool:
        """Whether a folder is, or lies in, one of the parts that the repository says itself it has."""
        return len(self.told) >= DECLARED and not self.told.isdisjoint((folder, *_above_all(folder)))

    def big(self, folder: str, total: int) -> int:
        """Files that a folder may hold before it is cut."""
        return max(SMALLEST_DECLARED if self.declared(folder) else SMALLEST_SPLIT, total // SHARE)

    def least(self, folder: str) -> int:
        """Files from which on a folder in this one is worth to be a part."""
        return max(self.crumb, CRUMB_DECLARED) if self.declared(folder) else self.crumb

    def _count_files(self, files: Iterable[str]) -> None:
        for file in files:  # a root may also be a single file
            self.inside[file] = 1
            self.below[file.rpartition("/")[0]].add(file)


def _above_all(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


def split(paths: Sequence[str], declared: Sequence[Declared] = ()) -> tuple[Component, ...]:
    """Cut product files into components, sorted by key.

    `paths` are the product files of the tree. Every one of them gets a seat.
    """
    if not paths:
        return ()
    cut = _Cut.of(paths)
    cut.seat(declared, paths)
    _divide(cut, len(paths))
    _thin(cut)
    _limit(cut)
    return _components(cut, sorted(declared, key=lambda one: one.source))


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
    heap = [(-size, root) for root, size in _own(cut).items() if root not in cut.fixed]
    heapify(heap)
    while heap and len(cut.roots) < MOST:
        size, root = heappop(heap)
        if -size <= cut.big(root, total):
            continue
        for child in _parts(cut, root):
            cut.roots.add(child)
            heappush(heap, (-_kept(cut, child), child))


def _parts(cut: _Cut, root: str) -> list[str]:
    """The folders to cut out of a root. One that holds all of a declared part is that part already."""
    found = _children(cut, root)
    while root in cut.told and len(found) == 1 and _kept(cut, root) - _kept(cut, found[0]) < cut.crumb:
        found = _children(cut, found[0])
    return found


def _children(cut: _Cut, root: str) -> list[str]:
    """The nearest folders below a root that hold enough; those that only file things are walked through."""
    found, waiting, least = [], sorted(cut.below.get(root, ())), cut.least(root)
    while waiting:
        folder = waiting.pop()
        if folder in cut.roots or folder in cut.sealed:
            continue
        if _only_files(cut, folder, root):
            waiting.extend(sorted(cut.below.get(folder, ())))
        elif _kept(cut, folder) >= least:
            found.append(folder)
    return found


def _only_files(cut: _Cut, folder: str, root: str) -> bool:
    """Whether a folder is a step on the way ("src", "main/java/org") and no part in itself."""
    flat, below = cut.flat.get(folder, 0), cut.below.get(folder, ())
    if not flat and len(below) == 1:
        return True
    name = folder.rpartition("/")[2]
    return name in FILING and bool(below) and (flat < cut.crumb or (name != "lib" and root != ""))


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


def _thin(cut: _Cut) -> None:
    """A cut folder that keeps almost nothing for itself gives that to the part above it."""
    own = _own(cut)
    for root in sorted(cut.roots - cut.fixed, key=lambda one: -one.count("/")):
        above = _above(cut, root)
        was_cut = own[root] < cut.inside.get(root, 0)
        if own[root] == 0:
            cut.roots.discard(root)
        elif was_cut and own[root] < cut.crumb and above is not None and root not in cut.told:
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


def _components(cut: _Cut, declared: Sequence[Declared]) -> tuple[Component, ...]:
    own = _own(cut)
    groups: dict[str, list[str]] = {}
    home: dict[str, str] = {}
    for one in declared:
        if one.source is Source.SETTINGS:
            key = one.key or one.roots[0]
            mine = [root for root in one.roots if home.setdefault(root, key) == key]
            groups[key] = list(dict.fromkeys([*groups.get(key, []), *mine]))  # two that share a key are one
    groups |= {root: [root] for root in cut.roots if root not in home}
    told: dict[str, list[Declared]] = defaultdict(list)
    for one in declared:
        for key in dict.fromkeys(home.get(root, root) for root in one.roots):
            told[key].append(one)
    named = names(sorted(groups), _rests(cut, own))
    made = [
        _component(key, roots, named[key], told.get(key, []), sum(own.get(root, 0) for root in roots))
        for key, roots in sorted(groups.items())
    ]
    return tuple(one for one in made if one.files)


def _rests(cut: _Cut, own: Mapping[str, int]) -> set[str]:
    """Folders of which most was cut out as parts of their own."""
    return {root for root in cut.roots if 2 * own[root] < cut.inside.get(root, 0)}


def _component(key: str, roots: list[str], name: str, told: Sequence[Declared], files: int) -> Component:
    """One component; of several declarations the strongest that says something is believed."""
    return Component(
        key,
        next((one.name for one in told if one.name), name),
        next((one.kind for one in told if one.kind is not None), _by_convention(key)),
        tuple(roots),
        next((one.owners for one in told if one.owners), ()),
        next((one.says for one in told if one.says), ()),
        files,
    )


def _by_convention(key: str) -> ComponentKind:
    holder, _, folder = key.partition("/")
    return (
        CONVENTION.get(holder, ComponentKind.FOLDER) if folder and "/" not in folder else ComponentKind.FOLDER
    )
