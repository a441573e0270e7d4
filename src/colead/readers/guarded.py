"""Guarded parsers for YAML, JSON and TOML of others: bounded size, depth, aliases; plain values only."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import yaml

DEEPEST = 40  # levels
MOST_ALIASES = 30
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Plain(_FAST):  # type: ignore[misc]  # the base is chosen at run time, so it is Any to the type checker
    """A safe loader without merge keys: flattening nested merges is where a small file grows without end."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave "<<" an ordinary key."""


_Plain.add_constructor("tag:yaml.org,2002:merge", lambda loader, node: "<<")
_Plain.add_multi_constructor(
    "", lambda loader, tag, node: None
)  # foreign tags ("!Ref") carry nothing we read


class Refused(ValueError):
    """The text is malformed or not worth the risk; `line` (from 1) where known."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


def check_yaml(text: str, *, aliases: int = MOST_ALIASES) -> None:
    """Refuse YAML that is malformed, nested too deep or full of aliases. Reads events only: no recursion."""
    depth = seen = 0
    try:
        for event in yaml.parse(text, Loader=_FAST):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
            seen += isinstance(event, yaml.AliasEvent)
            line = event.start_mark.line + 1 if event.start_mark else 0
            if depth > DEEPEST:
                raise Refused(f"it is nested deeper than {DEEPEST} levels", line)
            if seen > aliases:
                raise Refused(f"it uses more than {aliases} aliases", line)
    except yaml.YAMLError as error:
        raise Refused(_problem(error), _line(error)) from None


def compose(text: str) -> yaml.Node | None:
    """The node tree of one YAML document, after `check_yaml`; None when it is empty."""
    check_yaml(text, aliases=0)
    try:
        return yaml.compose(text, Loader=_FAST)
    except yaml.YAMLError as error:
        raise Refused(_problem(error), _line(error)) from None


def yaml_documents(data: bytes, largest: int) -> list[Any]:
    """All documents of a YAML file as plain values; none when it is malformed, too large or a bomb."""
    if len(data) > largest:
        return []
    text = data.decode("utf-8", "replace")
    try:
        check_yaml(text)
        return list(yaml.load_all(text, Loader=_Plain))
    except (Refused, yaml.YAMLError, ValueError, TypeError, RecursionError):
        return []


def json_object(data: bytes, largest: int) -> dict[str, Any]:
    """A JSON object; empty when it is malformed, too large, too deep or something else."""
    try:
        value = json.loads(data) if len(data) <= largest else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def toml_table(data: bytes, largest: int) -> dict[str, Any]:
    """A TOML document; empty when it is malformed, too large or too deep."""
    try:
        return tomllib.loads(data.decode()) if len(data) <= largest else {}
    except (ValueError, RecursionError):
        return {}


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or "it is not YAML")


def _line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else 0
