"""Document: OpenAPI 3.1 of the API, made of the routes that are served and of the dataclasses they speak."""

from __future__ import annotations

from typing import Any

from colead import __version__
from colead.web.api.problem import TITLES
from colead.web.api.routes import Route, by_path, every
from colead.web.api.shapes import REFS, Seat, describe

KINDS: dict[str, dict[str, object]] = {
    "int": {"type": "integer", "minimum": 0},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "str": {"type": "string"},
    "path": {"type": "string"},
}
ABOUT = (
    "Programs do and see what people do and see on the pages of Colead, with the rights of the person whose "
    "token they send. Lists come in parts, texts are saved over the version that was read, and a refusal is "
    "a problem as in RFC 9457. What one may not see is answered as what does not exist."
)
PARTS = {
    "area": "The short name of an area, as in the addresses of its pages.",
    "number": "The number of an idea or a decision within its area.",
    "space": "One of an idea's texts: problem, approach or outcome.",
    "version": "The number of a version.",
    "thread": "The number of a discussion within its idea.",
    "key": "The key of a part of the system, as a folder.",
    "id": "The id of a tradeoff that a reading tells.",
}
KEY = "A word of your own. For a day, a request under the same key is done once and answered the same way."
OVER = 'The version that was read, as in its ETag: `"3"`. In place of it, `over` or `version` in the body.'
PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). A `stale` one holds what stands now as `stands`.",
    "properties": {
        "type": {"type": "string", "description": "A name of the kind of problem."},
        "title": {"type": "string", "description": "The kind of problem in words."},
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": {"type": "string", "description": "What went wrong here, in a sentence for people."},
        "code": {"type": "string", "description": "What went wrong, in a word for programs."},
        "param": {"type": "string", "description": "The part of the request that it is about."},
    },
    "required": ["type", "title", "status", "detail", "code"],
}
LISTS = (
    ("limit", "At most so many things.", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}),
    ("cursor", "Where the list goes on: `next` of its part before.", {"type": "string", "maxLength": 40}),
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
        "info": {"title": "Colead", "version": __version__, "description": ABOUT},
        "tags": [{"name": name} for name in sorted({tag(one) for one in every()})],
        "servers": [{"url": "/api/1"}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": {**_schemas(known), "Problem": PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token of a person's own."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "colead",
                    "description": "A browser's session; to write, it sends the form's token as X-CSRFToken.",
                },
            },
        },
    }


def _schemas(known: dict[str, Any]) -> dict[str, Any]:
    return {name: one.schema if isinstance(one, Seat) else one for name, one in sorted(known.items())}


def _operation(one: Route, known: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "tags": [tag(one)],
        "summary": str(one.act.__doc__).strip().splitlines()[0],
        "parameters": [*_parts(one), *_asked(one)],
        "responses": {**_good(one, known), **_bad(one)},
    }
    if one.body is not None:
        schema = describe(one.body, known, taken=True)
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return told


def tag(one: Route) -> str:
    """Under what a route is listed: the part of Colead that it belongs to."""
    return one.act.__module__.split(".")[-2]


def _parts(one: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARTS.get(name, f"The id of this {name}."),
            "schema": KINDS[kind],
        }
        for kind, name in one.parts
    ]


def _asked(one: Route) -> list[dict[str, Any]]:
    if one.method == "GET":
        asks = [(each.name, each.what, {"type": "string", "maxLength": each.most}) for each in one.asks]
        return [
            {"name": name, "in": "query", "description": what, "schema": schema}
            for name, what, schema in (*(LISTS if one.many else ()), *asks)
        ]
    text = {"type": "string", "maxLength": 200}
    key = {"name": "Idempotency-Key", "in": "header", "description": KEY, "schema": text}
    over = {"name": "If-Match", "in": "header", "description": OVER, "schema": {"type": "string"}}
    return [key, over] if one.lifts else [key]


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
            "next": {
                "description": "The cursor of the next part; null at the end.",
                "anyOf": [{"type": "string"}, {"type": "null"}],
            },
        },
        "required": ["items", "next"],
        "additionalProperties": False,
    }


def _bad(one: Route) -> dict[str, Any]:
    statuses = [401, 404, *([422] if one.many or one.asks or one.body is not None else [])]
    if one.method != "GET":
        statuses += [403, 409, 413, 422]
    statuses += [400, 415] if one.body is not None else []
    statuses += [412, 428] if one.lifts else []
    content = {"application/problem+json": {"schema": {"$ref": f"{REFS}Problem"}}}
    return {str(one): {"description": TITLES[one], "content": content} for one in sorted(set(statuses))}


def _content(schema: dict[str, object]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
