"""Mentioned: whether a spec names a part; only what it does not name is a partner to ask about."""

from __future__ import annotations

from collections.abc import Sequence

from colead.codebase import Component
from colead.spec import Space, Spec
from colead.terms import terms


class Mentioned:
    """Whether a spec names a component: all words of one of its names stand in one section."""

    def __init__(self, spec: Spec) -> None:
        counted = (one for one in spec.sections if one.space is not Space.OUT)
        texts = [spec.title, *(f"{one.heading}\n{one.text}" for one in counted)]
        self._sections = [set(terms(text)) for text in texts]

    def __call__(self, component: Component) -> bool:
        return self.named([component.name, *component.says])

    def named(self, names: Sequence[str]) -> bool:
        """Whether all words of one of the names stand in one section."""
        known = (set(terms(name)) for name in names)
        return any(name and name <= section for name in known for section in self._sections)
