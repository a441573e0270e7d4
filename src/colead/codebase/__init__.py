"""Component: a part at the size people talk about, a service, package, library or folder with its name.

The codebase is the tree at one commit: every file with its role, the product
source cut into components.
"""

from __future__ import annotations

from colead.codebase.boundary import Boundary, boundary_of
from colead.codebase.component import Codebase, Component, ComponentKind, SourceFile
from colead.codebase.roles import Role, generated_by, is_migration, language_of, role_of

__all__ = [
    "Boundary",
    "Codebase",
    "Component",
    "ComponentKind",
    "Role",
    "SourceFile",
    "boundary_of",
    "generated_by",
    "is_migration",
    "language_of",
    "role_of",
]
