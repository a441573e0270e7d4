"""The cast of all tests and examples: Priya leads product, Emil leads engineering, Omar is an outsider."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes specs or lands changes."""

    name: str
    email: str

    @property
    def signature(self) -> str:
        """As git writes it."""
        return f"{self.name} <{self.email}>"


PRIYA = Person("Priya", "priya@shop.example")
EMIL = Person("Emil", "emil@shop.example")
OMAR = Person("Omar", "omar@elsewhere.example")
