"""The codebase as data: every file of the tree with its role, and the components that the product source is cut into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from colead.codebase.roles import Role


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

    @cached_property
    def product(self) -> tuple[SourceFile, ...]:
        """The product source."""
        return tuple(one for one in self.files if one.role is Role.PRODUCT)

    @cached_property
    def by_key(self) -> Mapping[str, Component]:
        """Components by key."""
        return {one.key: one for one in self.components}

    @cached_property
    def _roots(self) -> Mapping[str, str]:
        return {root: one.key for one in self.components for root in one.roots}

    def seat(self, path: str) -> str | None:
        """The key of the component that a path (also one of the past) belongs to; None outside all of them."""
        while True:
            if path in self._roots:
                return self._roots[path]
            if not path:
                return None
            path = path.rpartition("/")[0]
