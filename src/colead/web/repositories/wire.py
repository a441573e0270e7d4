"""Wire: repositories and what Colead last saw of an area as a whole, as programs read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from colead.web.repositories import models
from colead.web.repositories.origin import state


@dataclass(frozen=True)
class Repository:
    """A repository that the area's ideas are held against."""

    id: int
    name: str
    address: str | None
    added: datetime
    tip: str
    state: str
    failing: datetime | None


@dataclass(frozen=True)
class Look:
    """What Colead last saw: a sentence, and the figures in the published form of their time."""

    repository: str | None
    made: datetime
    sentence: str
    told: Any


def repository(one: models.Repository) -> Repository:
    """A repository, which came with its origin; a folder's place on the disk is not told."""
    if not one.is_fetched:
        return Repository(one.pk, one.name, None, one.added, one.tip, "read where it lies", None)
    origin = one.origin
    return Repository(one.pk, one.name, origin.address, one.added, one.tip, state(one, None), origin.failing)


def look(one: models.Look) -> Look:
    """A look, which came with its repository."""
    name = one.repository.name if one.repository else None
    return Look(name, one.made, one.sentence, json.loads(one.wire or "null"))
