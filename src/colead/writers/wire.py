"""Wire: the one JSON form of a reading, there and back, with its published schema.

The dataclasses of `colead.reading` are the only schema. This module walks them;
it knows no field by name, so that a new field is on the wire the day it exists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from colead.ahead import SCHEMA as AHEAD
from colead.ahead import Ahead
from colead.backtest import Backtest
from colead.balance import Balance
from colead.errors import WrongUse
from colead.outlook import SCHEMA as OUTLOOK
from colead.outlook import Outlook
from colead.phrase import literal
from colead.reading import SCHEMA, Reading
from colead.underway import Underway
from colead.writers.schema import schema

__all__ = ["ahead_from_json", "from_json", "outlook_from_json", "schema", "to_json"]


def to_json(reading: Reading | Underway | Backtest | Outlook | Balance | Ahead) -> str:
    """It as JSON; undecodable bytes of repository text stand as visible escapes ("\\\\xff")."""
    return json.dumps(_plain(reading), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def from_json(text: str) -> Reading:
    """The reading that `to_json` wrote.

    Raises WrongUse (E08) when the text is not a reading of this version.
    """
    return cast(Reading, _read(text, Reading, SCHEMA, "a reading"))


def outlook_from_json(text: str) -> Outlook:
    """The outlook that `to_json` wrote; raises as `from_json` does."""
    return cast(Outlook, _read(text, Outlook, OUTLOOK, "an outlook"))


def ahead_from_json(text: str) -> Ahead:
    """What is ahead, as `to_json` wrote it; raises as `from_json` does."""
    return cast(Ahead, _read(text, Ahead, AHEAD, "what is ahead"))


def _read(text: str, kind: Any, schema: str, called: str) -> object:
    try:
        told = json.loads(text)
        if told["schema"] != schema:
            raise ValueError(f"its schema is {told['schema']!r}")
        return _reader(kind)(told)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        why = f"This version reads {schema}: {literal(str(error))[:200]}."
        raise WrongUse(
            "E08", f"the JSON is not {called}", why=why, hint="make it anew with --json"
        ) from error


def _plain(value: object) -> object:
    if isinstance(value, str):
        return _readable(str(value))
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "item"):  # a numpy number that a word left in a figure
        return value.item()
    return value


def _readable(text: str) -> str:
    """JSON strings must encode as UTF-8: surrogates are made visible, all else stays as it is."""
    if text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text):
        return text
    return "".join(literal(one) if "\ud800" <= one <= "\udfff" else one for one in text)


@cache
def _reader(kind: Any) -> Callable[[object], object]:
    """What makes a value of this kind from JSON; made once, as a reading holds thousands of values."""
    if is_dataclass(kind):
        return _record(kind)
    if get_origin(kind) is tuple:
        return _row(get_args(kind))
    if isinstance(kind, UnionType):
        inner = _reader(next(one for one in get_args(kind) if one is not NoneType))
        return lambda told: None if told is None else inner(told)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda told: kind(str(told))
    return _scalar(kind)


def _record(kind: Any) -> Callable[[object], object]:
    readers = [(name, _reader(hint)) for name, hint in get_type_hints(kind).items()]

    def record(told: object) -> object:
        if not isinstance(told, Mapping):
            raise ValueError(f"{kind.__name__} must be an object")
        return kind(**{name: read(told[name]) for name, read in readers})

    return record


def _row(kinds: Sequence[Any]) -> Callable[[object], object]:
    many = kinds[-1] is Ellipsis
    readers = [_reader(one) for one in kinds[: 1 if many else None]]

    def row(told: object) -> object:
        if not isinstance(told, list):
            raise ValueError("a list was expected")
        if many:
            return tuple(map(readers[0], told))
        return tuple(read(one) for read, one in zip(readers, told, strict=True))

    return row


def _scalar(kind: Any) -> Callable[[object], object]:
    def scalar(told: object) -> object:
        if type(told) is kind:
            return told
        if kind is float and type(told) is int:
            return float(told)
        raise ValueError(f"{kind.__name__} was expected")

    return scalar
