"""Seats: which component a path belongs to, also one that history has never seen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from colead.codebase import Codebase, Role, role_of


class Seats:
    """The components of a codebase by path."""

    def __init__(self, codebase: Codebase) -> None:
        self.codebase = codebase

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {one.path: one.role for one in self.codebase.files}

    def product(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths that are product source, each once."""
        return [one for one in dict.fromkeys(paths) if (self._roles.get(one) or role_of(one)) is Role.PRODUCT]

    def seat(self, path: str) -> str:
        """The key of a product file's component; its top folder and a slash where there was none before."""
        key = self.codebase.seat(path)
        return f"{path.partition('/')[0]}/" if key is None else key

    def name(self, key: str) -> str:
        """What people call the component."""
        found = self.codebase.by_key.get(key)
        return found.name if found else key

    def by_part(self, paths: Iterable[str]) -> dict[str, list[str]]:
        """The product files among the paths by the key of their component."""
        found: dict[str, list[str]] = {}
        for path in self.product(paths):
            found.setdefault(self.seat(path), []).append(path)
        return found
