"""Schema: the JSON Schemas (2020-12) of what is on the wire, generated from its dataclasses."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from colead.ahead import SCHEMA as AHEAD_SCHEMA
from colead.ahead import Ahead
from colead.backtest import SCHEMA as BACKTEST_SCHEMA
from colead.backtest import Backtest
from colead.balance import SCHEMA as BALANCE_SCHEMA
from colead.balance import Balance
from colead.outlook import SCHEMA as OUTLOOK_SCHEMA
from colead.outlook import Outlook
from colead.reading import SCHEMA, Reading
from colead.underway import SCHEMA as UNDERWAY_SCHEMA
from colead.underway import Underway

SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema() -> dict[str, object]:
    """The schema of a reading in `to_json`: one definition per dataclass, told by its docstring."""
    return _schema(Reading, SCHEMA, "A reading of Colead")


def underway_schema() -> dict[str, object]:
    """The schema of what is under way in `to_json`."""
    return _schema(Underway, UNDERWAY_SCHEMA, "What Colead sees while an idea is built")


def backtest_schema() -> dict[str, object]:
    """The schema of a backtest in `to_json`."""
    return _schema(Backtest, BACKTEST_SCHEMA, "How far to trust Colead on a repository")


def outlook_schema() -> dict[str, object]:
    """The schema of an outlook in `to_json`."""
    return _schema(Outlook, OUTLOOK_SCHEMA, "Where fixes are likely next in a repository")


def balance_schema() -> dict[str, object]:
    """The schema of a balance in `to_json`."""
    return _schema(Balance, BALANCE_SCHEMA, "How the work of repositories divides")


def ahead_schema() -> dict[str, object]:
    """The schema of what is ahead in `to_json`."""
    return _schema(Ahead, AHEAD_SCHEMA, "What the coming ideas will probably meet")


def _schema(kind: Any, name: str, title: str) -> dict[str, object]:
    known: dict[str, object] = {}
    top = _describe(kind, known)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": name,
        "title": title,
        **top,
        "$defs": dict(sorted(known.items())),
    }


def _describe(kind: Any, known: dict[str, object]) -> dict[str, object]:
    if is_dataclass(kind):
        return _record(kind, known)
    if get_origin(kind) is tuple:
        return _row(get_args(kind), known)
    if isinstance(kind, UnionType):
        inner = next(one for one in get_args(kind) if one is not NoneType)
        return {"anyOf": [_describe(inner, known), {"type": "null"}]}
    if issubclass(kind, StrEnum):
        return {"enum": [str(one) for one in kind], "description": _first_line(kind)}
    return {"type": SCALARS[kind]}


def _record(kind: Any, known: dict[str, object]) -> dict[str, object]:
    name = kind.__name__
    if name not in known:
        hints = get_type_hints(kind)
        known[name] = {}  # seated first, so that a form that holds itself would end
        known[name] = {
            "type": "object",
            "description": _first_line(kind),
            "properties": {one.name: _field(one, hints[one.name], known) for one in fields(kind)},
            "required": [one.name for one in fields(kind)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _field(one: Any, kind: Any, known: dict[str, object]) -> dict[str, object]:
    told = _describe(kind, known)
    if one.default is not MISSING and isinstance(one.default, str) and one.default:
        return {**told, "default": str(one.default)}
    return told


def _row(kinds: tuple[Any, ...], known: dict[str, object]) -> dict[str, object]:
    if kinds[-1] is Ellipsis:
        return {"type": "array", "items": _describe(kinds[0], known)}
    row = [_describe(kind, known) for kind in kinds]
    return {"type": "array", "prefixItems": row, "minItems": len(row), "maxItems": len(row)}


def _first_line(kind: Any) -> str:
    return str(kind.__doc__).strip().splitlines()[0]
