"""Shape: what a dataclass says of the JSON that is sent or taken; the only schema of the API."""

from __future__ import annotations

import datetime
import math
import types
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.utils.dateparse import parse_date, parse_datetime

from colead.web.api.problem import Problem

REFS = "#/components/schemas/"
LONGEST = 200  # letters of a text whose field says nothing else
MOST = 100  # things in a list that is taken
LARGEST = 2**31 - 1
WIDEST = 10**15  # of a number with a fraction
SCALARS: dict[Any, dict[str, object]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "format": "date"},
    datetime.datetime: {"type": "string", "format": "date-time"},
    Any: {},
}


def limited(most: int, *, least: int = 0, default: Any = MISSING) -> Any:
    """A field of what is taken: so many letters, or numbers from `least` to `most`."""
    return field(default=default, metadata={"most": most, "least": least})


def told(value: Any) -> Any:
    """A dataclass, or what stands in one, as JSON's own kinds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: told(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [told(one) for one in value]
    return {key: told(one) for key, one in value.items()} if isinstance(value, dict) else value


@cache
def hints(kind: Any) -> dict[str, Any]:
    """The kinds of a dataclass' fields."""
    return get_type_hints(kind)


def describe(kind: Any, known: dict[str, Any], *, taken: bool = False) -> dict[str, object]:
    """The JSON Schema (2020-12) of a kind; dataclasses are seated in `known`, by their names."""
    if is_dataclass(kind):
        return _record(kind, known, taken=taken)
    base, inner = get_origin(kind), get_args(kind)
    if base in (Union, types.UnionType):
        rest = [one for one in inner if one is not types.NoneType]
        return {"anyOf": [*(describe(one, known, taken=taken) for one in rest), {"type": "null"}]}
    if base is Literal:
        return {"enum": list(inner)}
    if base in (tuple, list):
        most: dict[str, object] = {"maxItems": MOST} if taken else {}
        return {"type": "array", "items": _limits(inner[0], None, known, taken=taken), **most}
    if base is dict:
        return {"type": "object", "additionalProperties": describe(inner[1], known, taken=taken)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [one.value for one in kind]}
    return dict(SCALARS[kind])


@dataclass(frozen=True, slots=True)
class Seat:
    """A dataclass and what was said of it."""

    kind: Any
    schema: dict[str, object]


def _record(kind: Any, known: dict[str, Any], *, taken: bool) -> dict[str, object]:
    name = kind.__name__
    seated = known.get(name)
    if seated is not None and seated.kind is not kind:
        raise TypeError(f"two kinds are called {name}: {seated.kind.__module__} and {kind.__module__}")
    if seated is None:
        known[name] = Seat(kind, {})  # seated first, so that a form that holds itself ends
        told_fields = {
            one.name: _limits(hints(kind)[one.name], one, known, taken=taken) for one in fields(kind)
        }
        known[name].schema.update(
            type="object",
            description=str(kind.__doc__).strip().splitlines()[0],
            properties=told_fields,
            required=[one.name for one in fields(kind) if not (taken and optional(one))],
            additionalProperties=False,
        )
    return {"$ref": f"{REFS}{name}"}


def optional(one: Field[Any]) -> bool:
    """Whether a field may be left out."""
    return one.default is not MISSING or one.default_factory is not MISSING


def _limits(kind: Any, one: Field[Any] | None, known: dict[str, Any], *, taken: bool) -> dict[str, object]:
    rest = [each for each in get_args(kind) if each is not types.NoneType]
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [*(_limits(each, one, known, taken=taken) for each in rest), {"type": "null"}]}
    schema = describe(kind, known, taken=taken)
    if not taken:
        return schema
    least, most = bounds(kind, one)
    if kind is str:
        return {**schema, "maxLength": most, **({"minLength": least} if least else {})}
    if kind is float:
        return {**schema, "minimum": -WIDEST, "maximum": WIDEST}
    return {**schema, "minimum": least, "maximum": most} if kind is int else schema


def bounds(kind: Any, one: Field[Any] | None) -> tuple[int, int]:
    """From where to where a number may be, or a text's length."""
    said = one.metadata if one is not None else {}
    return said.get("least", 0), said.get("most", LONGEST if kind is str else LARGEST)


def taken(kind: Any, value: Any, param: str = "", one: Field[Any] | None = None) -> Any:
    """What a program sent, as this kind; raises Problem with the place that does not fit."""
    if is_dataclass(kind):
        return _taken_record(kind, value, param)
    base, inner = get_origin(kind), get_args(kind)
    if base in (Union, types.UnionType):
        rest = next(each for each in inner if each is not types.NoneType)
        return None if value is None else taken(rest, value, param, one)
    if base is Literal:
        return _fits(value, isinstance(value, str) and value in inner, param, f"one of {', '.join(inner)}")
    if base in (tuple, list):
        _fits(value, isinstance(value, list) and len(value) <= MOST, param, f"a list of at most {MOST}")
        return tuple(taken(inner[0], each, f"{param}.{place}") for place, each in enumerate(value))
    return _scalar(kind, value, param, one)


def _taken_record(kind: Any, value: Any, param: str) -> Any:
    _fits(value, isinstance(value, dict), param, "an object")
    every = {one.name: one for one in fields(kind)}
    for name in value:
        if name not in every:
            raise unfit(_below(param, name[:80]), "is not known here")
    for one in every.values():
        if one.name not in value and not optional(one):
            raise unfit(_below(param, one.name), "is missing")
    given = {
        name: taken(hints(kind)[name], each, _below(param, name), every[name]) for name, each in value.items()
    }
    return kind(**given)


def _below(param: str, name: str) -> str:
    return f"{param}.{name}" if param else name


def _scalar(kind: Any, value: Any, param: str, one: Field[Any] | None) -> Any:
    least, most = bounds(kind, one)
    if kind is bool:
        return _fits(value, isinstance(value, bool), param, "true or false")
    if kind is int:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return _fits(value, whole and least <= value <= most, param, f"a whole number from {least} to {most}")
    if kind is float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        fit = number and abs(value) <= WIDEST and math.isfinite(value)
        return _fits(float(value) if fit else value, fit, param, "a number, not a huge one")
    if kind is str:
        fit = isinstance(value, str) and least <= len(value) <= most and is_text(value)
        return _fits(value, fit, param, f"a text of {least} to {most} letters")
    return _moment(kind, value, param)


def _moment(kind: Any, value: Any, param: str) -> Any:
    read = parse_date if kind is datetime.date else parse_datetime
    try:
        found = read(value) if isinstance(value, str) and len(value) <= 40 and value.isascii() else None
    except ValueError:
        found = None
    if isinstance(found, datetime.datetime) and found.tzinfo is None:
        found = None
    return _fits(found, found is not None, param, f"a {SCALARS[kind]['format']} as in ISO 8601")


def is_text(value: str) -> bool:
    """Whether every database can keep it: no NUL, no half of a pair."""
    return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)


def _fits(value: Any, fit: bool, param: str, wanted: str) -> Any:
    if not fit:
        raise unfit(param or "body", f"has to be {wanted}")
    return value


def unfit(param: str, why: str) -> Problem:
    """A refusal that names the place."""
    return Problem(422, "invalid", f"{param} {why}.", param=param)
