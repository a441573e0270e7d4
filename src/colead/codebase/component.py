"""The codebase as data: every file of the tree with its role, and the components of the product source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from colead.codebase.roles import Role, is_migration


class ComponentKind(StrEnum):
    """What kind of part a component is."""

    SERVICE = "service"
    PACKAGE = "package"
    LIBRARY = "library"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the tree at the commit."""

    path: str  # surrogateescape
    oid: str
    size: int  # bytes
    role: Role
    language: str = ""  # "python", "typescript", ...; "" where unknown


@dataclass(frozen=True, slots=True)
class Component:
    """A part: every product file whose path starts with one of `roots` (longest root wins)."""

    key: str  # stable id, the first root ("services/checkout"); "" is the repository's root folder
    name: str  # business name from the glossary, else made from the key
    kind: ComponentKind
    roots: tuple[str, ...]  # folder paths without trailing slash, or single file paths
    owners: tuple[str, ...] = ()  # from CODEOWNERS or catalog-info.yaml, as written
    says: tuple[str, ...] = ()  # other words for it (glossary), used when matching a spec
    files: int = 0  # product files


@dataclass(frozen=True)
class Codebase:
    """The tree at one commit."""

    commit: str
    files: tuple[SourceFile, ...]  # sorted by path
    components: tuple[Component, ...]
    lines: Mapping[str, int] = field(default_factory=dict)  # path -> non-blank lines, product files
    coverage: str = ""
    definitions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # path -> names, product files

    @cached_property
    def product(self) -> tuple[SourceFile, ...]:
        """The product source."""
        return tuple(one for one in self.files if one.role is Role.PRODUCT)

    @cached_property
    def seats(self) -> tuple[str | None, ...]:
        """The component's key of each product file."""
        return tuple(self.seat(one.path) for one in self.product)

    @cached_property
    def migrations(self) -> tuple[bool, ...]:
        """Whether each product file is one step of a database schema's history."""
        return tuple(is_migration(one.path) for one in self.product)

    @cached_property
    def by_key(self) -> Mapping[str, Component]:
        """Components by key."""
        return {one.key: one for one in self.components}

    @cached_property
    def _roots(self) -> Mapping[str, str]:
        return {root: one.key for one in self.components for root in one.roots}

    @cached_property
    def _cut(self) -> frozenset[str]:
        """Roots with other roots below them, which keep what lies right in them and in small folders."""
        above: set[str] = set()
        for root in self._roots:
            while root and root not in above:
                root = root.rpartition("/")[0]
                above.add(root)
        return frozenset(above & self._roots.keys())

    @cached_property
    def _folders(self) -> frozenset[str]:
        """Folders that hold product source today, and those above them."""
        found: set[str] = set()
        for one in self.product:
            folder = one.path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    def seat(self, path: str) -> str | None:
        """The key of the component that a path (also one of the past) belongs to; None outside all of them.

        A folder that is gone has no seat in a component that other components
        were cut out of: what it was, nobody can tell from its neighbours.
        """
        folder = path
        while folder not in self._roots:
            if not folder:
                return None
            folder = folder.rpartition("/")[0]
        if folder in self._cut and self.files and path != folder:
            below = path[len(folder) + 1 if folder else 0 :].partition("/")
            if below[1] and f"{folder}/{below[0]}".lstrip("/") not in self._folders:
                return None
        return self._roots[folder]
