"""Named: the columns whose values hold numbers of other rows, and how they are numbered anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

Kind = type[models.Model]
Numbers = dict[int, int]  # what stood there, what stands there now
Turn = Callable[[Any, dict[str, Any], Numbers], Any]


class Odd(ValueError):
    """A value that is not of the form in which the column holds numbers."""


def _number(told: Any) -> int:
    if isinstance(told, str) and told.isascii() and told.isdecimal() and len(told) < 16:
        return int(told)
    raise Odd


def _by_key(value: Any, row: dict[str, Any], known: Numbers) -> Any:
    """`{"7": ...}`: what is told of a row that did not come along goes."""
    if not isinstance(value, dict):
        raise Odd
    new = {key: known.get(_number(key)) for key in value}
    return {str(new[key]): one for key, one in value.items() if new[key]}


def _first(value: Any, row: dict[str, Any], known: Numbers) -> Any:
    """`[["7", ...], ...]`: in the same way."""
    if not isinstance(value, list) or not all(isinstance(one, list) and one for one in value):
        raise Odd
    new = [(known.get(_number(one[0])), one[1:]) for one in value]
    return [[str(first), *rest] for first, rest in new if first]


def _on(kind: str) -> Turn:
    """A plain number, where the row's kind says that it is one of these."""

    def anew(value: Any, row: dict[str, Any], known: Numbers) -> Any:
        if row.get("kind") != kind:
            return value
        try:
            return str(known.get(_number(value)) or "")
        except Odd:
            return value  # people may write anything there

    return anew


NAMED: tuple[tuple[str, str, str, Turn], ...] = (
    ("decisions.Doubt", "seen", "repositories.Repository", _by_key),
    ("prototypes.Prototype", "changed", "repositories.Repository", _by_key),
    ("tradeoffs.Tradeoff", "parts", "repositories.Repository", _first),
    ("threads.Thread", "key", "concerns.Concern", _on("concern")),
    ("threads.Thread", "key", "briefs.Suggestion", _on("suggestion")),
)


def named_by(kind: Kind) -> set[Kind]:
    """The models whose rows a model's columns name by number."""
    return {apps.get_model(other) for mine, _, other, _ in NAMED if mine == kind._meta.label}


def anew(kind: Kind, row: dict[str, Any], known: dict[Kind, Numbers]) -> dict[str, Any]:
    """A row whose columns name the rows of another place; raises Odd."""
    told = dict(row)
    for label, column, other, turn in NAMED:
        if label == kind._meta.label and column in row:
            told[column] = turn(told[column], row, known.get(apps.get_model(other), {}))
    return told
