"""What nobody thought of: requests made from the description, fitting or not; none breaks the server."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from jsonschema import Draft202012Validator
from live import Live
from reading import read
from test_api_routes import ROUTES, TABLE, WHOLE
from test_routes import asked, fetched, owed, planned

from colead.web.people.models import Token

SHORT, LONG = 400, 10_000
AGAIN = 300  # tries of a route that chance has never done
HERE = (asked, fetched, owed, planned)  # what stands in the area
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**400, 0.5, 1e308, -0.0, "", " ", "\0", "\ud800",
    "ö€", "\u202e", "=1+1", "'; DROP TABLE areas_entry; --", "<script>", "../../etc", "%s%n", "x" * 3000,
    "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-23T00:00:00Z", [], {}, [[]], {"a": {}}, [None] * 101,
]  # fmt: skip
ALIVE = 0.95  # of the parts of addresses
PAST = 0.6  # of the answers say more than that there is nothing, or nobody
TEXTS = ["problem", "product", "engineering", "lead", "member", "viewer", "https://git.example.com/a/b.git"]


class Chance:
    """Requests by chance, the same for the same seed and the same answers."""

    def __init__(self, seed: int, area: Any) -> None:
        self.told = WHOLE
        self.dice = random.Random(seed)
        self.live = Live(area, self.dice)

    def value(self, schema: dict[str, Any], deep: int = 0) -> Any:
        """Something that fits, mostly."""
        if deep > 6 or self.dice.random() < 0.08:
            return self.dice.choice(ODD)
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return self.value(self.told["components"]["schemas"][name], deep + 1)
        if "anyOf" in schema:
            return self.value(self.dice.choice(schema["anyOf"]), deep + 1)
        if "enum" in schema:
            return self.dice.choice(schema["enum"])
        return self.of_type(schema, deep)

    def of_type(self, schema: dict[str, Any], deep: int) -> Any:
        dice, kind = self.dice, schema.get("type")
        if kind == "object":
            names = schema.get("properties", {})
            kept = [one for one in names if one in schema.get("required", ()) or dice.random() < 0.7]
            told = {one: self.value(names[one], deep + 1) for one in kept if dice.random() > 0.02}
            return {**told, "odd": 1} if dice.random() < 0.03 else told
        if kind == "array":
            return [self.value(schema["items"], deep + 1) for _ in range(dice.choice([0, 1, 1, 2, 5]))]
        if kind == "integer":
            return dice.choice([0, 1, 1, 2, 3, 50, schema.get("maximum", 7), -5])
        if kind == "boolean":
            return dice.random() < 0.5
        if kind == "number":
            return dice.choice([0, 1.5, -2])
        if kind == "string":
            if schema.get("format"):
                return dice.choice(["2026-11-23", "2026-11-23T10:00:00Z"])
            return dice.choice([*TEXTS, "word", f"text {dice.random()}"])
        return dice.choice(ODD)

    def name(self) -> str:
        """A route's name; fewer of those that delete, else soon there is little left."""
        name = self.dice.choice(sorted(ROUTES))
        while ROUTES[name].method == "DELETE" and self.dice.random() < 0.7:
            name = self.dice.choice(sorted(ROUTES))
        return name

    def request(self, name: str) -> tuple[str, str, Any, dict[str, str]]:
        """A method, an address, a body, headers."""
        dice = self.dice
        route = ROUTES[name]
        told = self.live.parts(name, route.address)
        path = route.address.format(**{one: self.part(kind, told.get(one, 1)) for kind, one in route.parts})
        asked = ""
        if dice.random() < 0.15:
            asked = f"?limit={quote(str(dice.choice([1, 7, 200, 0, 'x', -1, '²'])))}"
            asked += f"&cursor={quote(dice.choice(['', '', 'MQ==', 'x', 'LTE=', '²', 'M' * 200]))}"
        head = {}
        if dice.random() < 0.05:
            head["If-Match"] = dice.choice(['"1"', "1", 'W/"2"', "*", "x", "9" * 50])
        if dice.random() < 0.1:
            head["Idempotency-Key"] = dice.choice(["a", "b", "k" * 300, str(dice.random())])
        method = (
            route.method if dice.random() > 0.02 else dice.choice(["PUT", "POST", "DELETE", "HEAD", "PATCH"])
        )
        return method, f"/api/1{path}{asked}", self.body(name, told), head

    def body(self, name: str, told: dict[str, Any]) -> Any:
        """One that fits, one that is spoilt in one place, or one of the description's shapes alone."""
        if TABLE[name][1] is None:
            return None
        chance, fits = self.dice.random(), self.live.body(name, told)
        if chance < 0.6:
            return fits
        if chance < 0.85 and isinstance(fits, dict) and fits:
            return {**fits, self.dice.choice(sorted(fits)): self.dice.choice(ODD)}
        one = self.told["paths"][ROUTES[name].address][ROUTES[name].method.lower()]
        return self.value(one["requestBody"]["content"]["application/json"]["schema"])

    def part(self, kind: str, told: Any) -> str:
        """A part of an address: of something that is there, mostly."""
        if self.dice.random() < ALIVE:
            return quote(str(told))
        if kind == "int":
            return self.dice.choice([*"1234567890", "999", "9" * 25])
        return quote(self.dice.choice(["problem", "elsewhere", "no", "\0", "é", "x-1"]))


@cache
def told_of(name: str, status: int) -> tuple[str, Any] | None:
    """Of what kind an answer of this status is, and what holds it to its shape; None where it has no body."""
    responses = WHOLE["paths"][ROUTES[name].address][ROUTES[name].method.lower()]["responses"]
    told = responses[str(status)]  # a status that is not described fails here
    if "content" not in told:
        return None
    ((kind, shape),) = told["content"].items()
    return kind, Draft202012Validator({**shape["schema"], "components": WHOLE["components"]})


def fits(name: str, answer: Any) -> None:
    """The answer is one that the description tells, and fits it."""
    told = told_of(name, answer.status_code)
    if told is None:
        assert not answer.content
        return
    kind, shape = told
    assert answer["Content-Type"].partition(";")[0] == kind
    shape.validate(json.loads(answer.content))


def run(area: Any, seed: int, count: int) -> dict[str, Counter[int]]:
    """So many requests; how often each status came, by route."""
    read(area)
    chance, client = Chance(seed, area.area), Client(raise_request_exception=False)
    who = ["product lead", "engineering lead", "product member", "product viewer", "other area"]
    tokens = [Token.objects.make(area.people[one], "test", "write", 1) for one in who]
    seen: dict[str, Counter[int]] = {name: Counter() for name in ROUTES}

    def names() -> Iterator[str]:
        """By chance; in the end those that were never done, each until it is or AGAIN times."""
        yield from (chance.name() for _ in range(count))
        for name in sorted(ROUTES) if count >= LONG else ():
            for _ in range(AGAIN):
                if any(status < 300 for status in seen[name]):
                    break
                yield name

    for number, name in enumerate(names()):
        method, path, body, head = chance.request(name)
        token = chance.dice.choices(tokens, [8, 8, 2, 1, 1])[0]
        data = json.dumps(body) if chance.dice.random() > 0.01 else '{"a":'
        sent = {} if body is None else {"data": data, "content_type": "application/json"}
        answer = client.generic(method, path, **sent, headers={**head, "Authorization": f"Bearer {token}"})
        assert answer.status_code < 500, (method, path, body, head, answer.content[:300])
        assert token != tokens[-1] or b"Gift notes" not in answer.content
        if method == ROUTES[name].method and resolves_to(name, path):
            fits(name, answer)
            seen[name][answer.status_code] += 1
        elif answer.status_code >= 400 and method != "HEAD":
            assert json.loads(answer.content)["code"], (method, path)
        if number % 40 == 0 or (method == "DELETE" and answer.status_code < 300):
            chance.live.look()
    return seen


def resolves_to(name: str, path: str) -> bool:
    """Whether the address is still the route's: a spoilt part can make it another's, or nobody's."""
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return False
    return ROUTES[name] in getattr(found.func, "view_initkwargs", {}).get("routes", {}).values()


def shown(seen: dict[str, Counter[int]]) -> str:
    """The answers by route, as a table, the whole below."""
    whole: Counter[int] = sum(seen.values(), Counter())
    lines = [
        f"{name:24} {' '.join(f'{k}:{v}' for k, v in sorted(one.items()))}" for name, one in seen.items()
    ]
    past = 1 - (whole[404] + whole[401]) / whole.total()
    good = sum(count for status, count in whole.items() if status < 300) / whole.total()
    return "\n".join([*lines, f"{dict(sorted(whole.items()))} past 404: {past:.2f}, done: {good:.2f}"])


def test_nothing_breaks_the_api(area: Any) -> None:
    seen = run(area, 7, SHORT)
    whole: Counter[int] = sum(seen.values(), Counter())
    assert whole[404] + whole[401] < (1 - PAST) * whole.total(), shown(seen)


@pytest.mark.full
def test_ten_thousand_requests_break_nothing(area: Any) -> None:
    seen = run(area, 11, LONG)
    print(shown(seen))
    whole: Counter[int] = sum(seen.values(), Counter())
    assert whole[404] + whole[401] < (1 - PAST) * whole.total()
    never = [name for name, one in seen.items() if not any(status < 300 for status in one)]
    unspoilt = [name for name, one in seen.items() if TABLE[name][1] is not None and not one[422]]
    assert not never and not unspoilt, (never, unspoilt)
    assert any(one[409] or one[412] for one in seen.values())
