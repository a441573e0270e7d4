"""Route: one act or one fact of the API; what the registry holds is served and described, nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from django.utils.module_loading import autodiscover_modules

Item = TypeVar("Item")
Act = TypeVar("Act", bound=Callable[..., Any])
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
MODULE = "resources"  # where an app gives its routes


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A part of a list, and the cursor of the next part; null at the end."""

    items: tuple[Item, ...]
    next: str | None


@dataclass(frozen=True)
class Ask:
    """Something that may be asked for behind the address of a fact: `?quarter=2026-4`."""

    name: str
    what: str  # a sentence
    most: int = 40  # letters


@dataclass(frozen=True)
class Route:
    """One method at one address."""

    method: str
    path: str  # as Django writes it, below the version
    act: Callable[..., Any]
    status: int
    page: str  # the address of the page that shows the same, for its .json, .csv and .md; "" for none
    lifts: bool  # whether a version may be named in If-Match
    asks: tuple[Ask, ...]
    rows: str  # of a single answer, the member that its page shows as a table; "" for none

    @property
    def name(self) -> str:
        """What programs call it."""
        return f"{self.act.__name__}"

    @property
    def body(self) -> Any:
        """The dataclass that is taken; None where nothing is."""
        return get_type_hints(self.act).get("told")

    @property
    def gives(self) -> Any:
        """The kind of the answer; for a list that of its items, and None where nothing is said."""
        kind = get_type_hints(self.act)["return"]
        if kind is type(None):
            return None
        return get_args(kind)[0] if self.many else kind

    @property
    def many(self) -> bool:
        """Whether it answers with a list."""
        return get_origin(get_type_hints(self.act)["return"]) is Page

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The parts of the address that change: kind and name."""
        return [(kind or "str", name) for kind, name in _PART.findall(self.path)]

    @property
    def address(self) -> str:
        """The address as OpenAPI writes it."""
        return "/" + _PART.sub(r"{\2}", self.path)


ROUTES: list[Route] = []


def route(
    method: str,
    path: str,
    *,
    status: int = 200,
    page: str = "",
    lifts: bool = False,
    asks: tuple[Ask, ...] = (),
    rows: str = "",
) -> Callable[[Act], Act]:
    """Register an act: `def act(call, told, number) -> Answer`, its kinds from its annotations.

    `told` is the dataclass of the body, the others are the changing parts of the address beside the area.
    """

    def seated(act: Act) -> Act:
        ROUTES.append(Route(method, path, act, status, page, lifts, asks, rows))
        return act

    return seated


def every() -> list[Route]:
    """All routes of all apps."""
    autodiscover_modules(MODULE)
    return ROUTES


def by_path() -> dict[str, dict[str, Route]]:
    """All routes, by address and method."""
    found: dict[str, dict[str, Route]] = {}
    for one in every():
        found.setdefault(one.path, {})[one.method] = one
    return found
