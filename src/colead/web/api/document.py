"""Document: OpenAPI 3.1 of the API, made of the routes that are served and of the dataclasses they speak."""

from __future__ import annotations

from typing import Any

from colead import __version__
from colead.web.api.problem import TITLES
from colead.web.api.routes import Route, by_path
from colead.web.api.shapes import REFS, Seat, describe

KINDS: dict[str, dict[str, object]] = {
    "int": {"type": "integer", "minimum": 0},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "str": {"type": "string"},
    "path": {"type": "string"},
}
PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "param": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail", "code"],
}
LISTS = (
    ("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}),
    ("cursor", {"type": "string", "maxLength": 40}),
)


def document() -> dict[str, Any]:
    """The whole document."""
    known: dict[str, Any] = {}
    paths = {
        next(iter(methods.values())).address: {
            method.lower(): _operation(one, known) for method, one in sorted(methods.items())
        }
        for _, methods in sorted(by_path().items())
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Colead", "version": __version__},
        "servers": [{"url": "/api/1"}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": {**_schemas(known), "Problem": PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "colead"},
            },
        },
    }


def _schemas(known: dict[str, Any]) -> dict[str, Any]:
    return {name: one.schema if isinstance(one, Seat) else one for name, one in sorted(known.items())}


def _operation(one: Route, known: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": str(one.act.__doc__).strip().splitlines()[0],
        "parameters": [*_parts(one), *_asked(one)],
        "responses": {**_good(one, known), **_bad(one)},
    }
    if one.body is not None:
        schema = describe(one.body, known, taken=True)
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return told


def _parts(one: Route) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": KINDS[kind]} for kind, name in one.parts]


def _asked(one: Route) -> list[dict[str, Any]]:
    if one.method == "GET":
        lists = [{"name": name, "in": "query", "schema": schema} for name, schema in LISTS if one.many]
        asks = [(each, {"type": "string", "maxLength": each.most}) for each in one.asks]
        return lists + [
            {"name": each.name, "in": "query", "description": each.what, "schema": schema}
            for each, schema in asks
        ]
    key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 200}}
    return [key, {"name": "If-Match", "in": "header", "schema": {"type": "string"}}] if one.lifts else [key]


def _good(one: Route, known: dict[str, Any]) -> dict[str, Any]:
    if one.gives is None:
        return {"204": {"description": "Done."}}
    return {str(one.status): {"description": "So it is.", "content": _content(answer_of(one, known))}}


def answer_of(one: Route, known: dict[str, Any]) -> dict[str, object]:
    """The schema of what a route answers."""
    schema = describe(one.gives, known)
    if not one.many:
        return schema
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": schema},
            "next": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
        "required": ["items", "next"],
        "additionalProperties": False,
    }


def _bad(one: Route) -> dict[str, Any]:
    statuses = [401, 404, *([422] if one.many or one.body is not None else [])]
    if one.method != "GET":
        statuses += [403, 409, 413, 422]
    statuses += [400, 415] if one.body is not None else []
    statuses += [412, 428] if one.lifts else []
    content = {"application/problem+json": {"schema": {"$ref": f"{REFS}Problem"}}}
    return {str(one): {"description": TITLES[one], "content": content} for one in sorted(set(statuses))}


def _content(schema: dict[str, object]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
