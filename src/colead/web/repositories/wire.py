"""Wire: repositories and what Colead last saw of an area as a whole, as programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from colead.web.repositories import models
from colead.web.repositories.origin import state
from colead.web.repositories.own import Own as Forecast
from colead.web.repositories.own import sentence


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


@dataclass(frozen=True)
class OwnForecast:
    """What a reading said of an idea's date, in weeks from that day, and how long it took; null: not told."""

    idea: int
    title: str
    said: date
    low: float
    high: float
    took: float | None
    held: bool


@dataclass(frozen=True)
class Record:
    """How often readings were right here: the past replayed, and what was said of the area's own ideas."""

    sentence: str
    own: tuple[OwnForecast, ...]
    replayed: tuple[Look, ...]


def record(told: list[Forecast], looks: Iterable[models.Look]) -> Record:
    """The record of an area; its looks came with their repositories."""
    own = tuple(
        OwnForecast(
            one.number, one.title, date.fromisoformat(each.day), each.low, each.high, each.took, each.held
        )
        for one in told
        for each in (one.said,)
    )
    return Record(sentence(told), own, tuple(map(look, looks)))


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
