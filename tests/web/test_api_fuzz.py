"""What nobody thought of: requests made from the description, fitting or not; none breaks the server."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from colead.web.api.document import document
from colead.web.people.models import Token

SHORT, LONG = 400, 10_000
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**400, 0.5, 1e308, -0.0, "", " ", "\0", "\ud800",
    "ö€", "\u202e", "=1+1", "'; DROP TABLE areas_entry; --", "<script>", "../../etc", "%s%n", "x" * 3000,
    "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-23T00:00:00Z", [], {}, [[]], {"a": {}}, [None] * 101,
]  # fmt: skip
NAMES = ["checkout", "elsewhere", "problem", "approach", "outcome", "0", "1", "2", "99999999999999999999"]
TEXTS = ["problem", "product", "engineering", "lead", "member", "viewer", "https://git.example.com/a/b.git"]


class Chance:
    """Requests by chance, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.told = document()
        self.dice = random.Random(seed)
        self.every = [
            (method, path, one) for path, ways in self.told["paths"].items() for method, one in ways.items()
        ]

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

    def request(self) -> tuple[str, str, Any, dict[str, str]]:
        """A method, an address, a body, headers."""
        dice = self.dice
        method, path, one = dice.choice(self.every)
        while method == "delete" and dice.random() < 0.9:  # else there is soon nothing left to ask about
            method, path, one = dice.choice(self.every)
        for each in one["parameters"]:
            if each["in"] == "path":
                path = path.replace(f"{{{each['name']}}}", self.part(each))
        asked = ""
        if dice.random() < 0.3:
            asked = f"?limit={quote(str(dice.choice([1, 0, 200, 'x', -1, '²'])))}"
            asked += f"&cursor={quote(dice.choice(['', 'MQ==', 'x', 'LTE=', '²', 'M' * 200]))}"
        head = {}
        if dice.random() < 0.3:
            head["If-Match"] = dice.choice(['"1"', "1", 'W/"2"', "*", "x", "9" * 50])
        if dice.random() < 0.3:
            head["Idempotency-Key"] = dice.choice(["a", "b", "k" * 300, str(dice.random())])
        body = None
        if "requestBody" in one and dice.random() > 0.03:
            body = self.value(one["requestBody"]["content"]["application/json"]["schema"])
        method = (
            method if dice.random() > 0.03 else dice.choice(["get", "put", "post", "delete", "head", "patch"])
        )
        return method.upper(), f"/api/1{path}{asked}", body, head

    def part(self, each: dict[str, Any]) -> str:
        dice = self.dice
        if each["name"] == "area":
            return dice.choice(["checkout"] * 12 + ["elsewhere", "no", "%00"])
        if each["schema"].get("type") == "integer":
            return dice.choice([*"11111122334567890", "999", "9" * 25])
        return quote(dice.choice(["problem", "approach", "outcome", *NAMES]))


def run(area: Any, seed: int, count: int) -> dict[int, int]:
    """So many requests; how often each status came."""
    chance, client = Chance(seed), Client(raise_request_exception=False)
    who = ["product lead", "engineering lead", "product member", "product viewer", "other area"]
    secrets = [Token.objects.make(area.people[one], "test", "write", 1) for one in who]
    seen: dict[int, int] = {}
    for _ in range(count):
        method, path, body, head = chance.request()
        secret = chance.dice.choices(secrets, [6, 6, 3, 1, 1])[0]
        data = json.dumps(body) if chance.dice.random() > 0.02 else '{"a":'
        answer = client.generic(
            method, path, data, content_type="application/json",
            headers={**head, "Authorization": f"Bearer {secret}"},
        )  # fmt: skip
        assert answer.status_code < 500, (method, path, body, head, answer.content[:300])
        if secret == secrets[-1]:
            assert b"Gift notes" not in answer.content
        if answer.status_code >= 400 and method != "HEAD":
            assert json.loads(answer.content)["code"], (method, path)
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
    return seen


def test_nothing_breaks_the_api(area: Any) -> None:
    seen = run(area, 7, SHORT)
    assert sum(seen[one] for one in seen if one < 300) > SHORT / 10, seen


@pytest.mark.full
def test_ten_thousand_requests_break_nothing(area: Any) -> None:
    print(run(area, 11, LONG))
