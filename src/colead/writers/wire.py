"""Wire: the one JSON form of a reading, there and back, with its published schema.

The dataclasses of `colead.reading` are the only schema. This module walks them;
it knows no field by name, so that a new field is on the wire the day it exists.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
        return _typed(kind, told)
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


def _typed(kind: Any, told: object) -> object:
    if is_dataclass(kind):
        return _record(kind, told)
    if get_origin(kind) is tuple:
        return _row(get_args(kind), told)
    if isinstance(kind, UnionType):
        inner = next(one for one in get_args(kind) if one is not NoneType)
        return None if told is None else _typed(inner, told)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(str(told))
    return _scalar(kind, told)


def _record(kind: Any, told: object) -> object:
    if not isinstance(told, Mapping):
        raise ValueError(f"{kind.__name__} must be an object")
    hints = _hints(kind)
    return kind(**{name: _typed(hints[name], told[name]) for name in hints})


def _row(kinds: Sequence[Any], told: object) -> tuple[object, ...]:
    if not isinstance(told, list):
        raise ValueError("a list was expected")
    if kinds[-1] is Ellipsis:
        return tuple(_typed(kinds[0], one) for one in told)
    return tuple(_typed(kind, one) for kind, one in zip(kinds, told, strict=True))


def _scalar(kind: Any, told: object) -> object:
    if kind is float and isinstance(told, int) and not isinstance(told, bool):
        return float(told)
    if type(told) is not kind:
        raise ValueError(f"{kind.__name__} was expected")
    return told


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
