"""The API: the same acts as the pages, told by one registry; rights, versions, keys, lists, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from colead.web.api.document import document
from colead.web.api.routes import every
from colead.web.areas.models import Entry
from colead.web.people.models import Token


@pytest.fixture
def asks(area: Any) -> Any:
    """Ask as an identity by a token of theirs that may write: method, address, body, headers."""
    secrets = {}

    def ask(who: str, method: str, path: str, told: object = None, **headers: str) -> Any:
        if who not in secrets:
            secrets[who] = Token.objects.make(area.people[who], "test", "write", 1)
        sent = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
        given = {"Authorization": f"Bearer {secrets[who]}", **headers}
        return Client().generic(method.upper(), f"/api/1/{path}", **sent, headers=given)

    return ask


IDEA = "areas/checkout/ideas/1"


def test_an_idea_goes_all_the_way(asks: Any, area: Any) -> None:
    made = asks("product lead", "post", "areas/checkout/ideas", {"title": "Receipts", "problem": "None."})
    assert made.status_code == 201
    number = made.json()["number"]
    one = f"areas/checkout/ideas/{number}"
    assert asks("engineering lead", "put", f"{one}/sections/approach", {"text": "Print.", "over": 1}).json()[
        "version"
    ] == 2  # fmt: skip
    for space, version in (("problem", 1), ("approach", 2)):
        for who in ("product lead", "engineering lead"):
            there = f"{one}/sections/{space}/agreement"
            assert asks(who, "put", there, {"version": version}).status_code == 200
    assert asks("product viewer", "get", one).json()["stage"] == "ready"
    assert asks("product lead", "put", f"{one}/commitment").json()["unsigned"] == []
    assert asks("product member", "put", f"{one}/shipping", {}).json()["stage"] == "measuring"
    verbs = [told["verb"] for told in asks("product lead", "get", "areas/checkout/entries").json()["items"]]
    assert verbs[:3] == ["shipped", "went ahead", "agreed"]


def test_a_text_is_saved_over_the_version_that_was_read(asks: Any) -> None:
    there = f"{IDEA}/sections/problem"
    read = asks("product lead", "get", there)
    assert read["ETag"] == '"1"'
    saved = asks("product lead", "put", there, {"text": "one"}, **{"If-Match": read["ETag"]})
    assert saved["ETag"] == '"2"'
    late = asks("product member", "put", there, {"text": "two"}, **{"If-Match": '"1"'})
    assert late.status_code == 412
    told = late.json()
    assert (told["stands"], told["yours"]) == ({"version": 2, "text": "one"}, "two")
    assert asks("product member", "put", there, {"text": "two", "over": 1}).status_code == 409
    assert asks("product member", "put", there, {"text": "two"}).status_code == 428
    assert asks("product member", "get", there).json()["text"] == "one"


def test_a_key_is_answered_once(asks: Any, area: Any) -> None:
    told = {"title": "Receipts"}
    first = asks("product lead", "post", "areas/checkout/ideas", told, **{"Idempotency-Key": "a"})
    before = Entry.objects.count()
    again = asks("product lead", "post", "areas/checkout/ideas", told, **{"Idempotency-Key": "a"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert Entry.objects.count() == before
    other = asks("product lead", "post", "areas/checkout/ideas", {"title": "X"}, **{"Idempotency-Key": "a"})
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    mine = asks("product member", "post", "areas/checkout/ideas", told, **{"Idempotency-Key": "a"})
    assert mine.json()["number"] != first.json()["number"]
    refused = asks("product viewer", "post", "areas/checkout/ideas", told, **{"Idempotency-Key": "a"})
    assert refused.status_code == 403


def test_what_is_shown_once_is_kept_sealed(asks: Any) -> None:
    from colead.web.api.models import Answered

    told = {"side": "product"}
    link = asks("product lead", "post", "areas/checkout/invitations", told, **{"Idempotency-Key": "k"})
    secret = link.json()["link"].rsplit("/", 1)[1]
    assert secret not in Answered.objects.get().text


def test_a_list_goes_on_where_it_was(asks: Any, area: Any) -> None:
    for title in "abcd":
        asks("product lead", "post", "areas/checkout/ideas", {"title": title})
    first = asks("product lead", "get", "areas/checkout/ideas?limit=2").json()
    area.brief.drop(area.priya)
    asks("product lead", "post", "areas/checkout/ideas", {"title": "e"})
    titles = [one["title"] for one in first["items"]]
    while first["next"]:
        first = asks("product lead", "get", f"areas/checkout/ideas?limit=2&cursor={first['next']}").json()
        titles += [one["title"] for one in first["items"]]
    assert titles == ["Gift notes", "a", "b", "c", "d", "e"]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=LTE="])
def test_a_list_is_cut_within_limits(query: str, asks: Any) -> None:
    told = asks("product lead", "get", f"areas/checkout/ideas?{query}")
    assert told.status_code == 422
    assert told.json()["param"] == query.split("=")[0]


BAD = [
    (b"{", 400, "json"),
    (b'{"title": NaN}', 400, "json"),
    (b"\xff", 400, "json"),
    (b"[" * 100_000, 400, "json"),
    (b'{"title":' + b"[" * 30 + b"]" * 30 + b"}", 400, "json"),
    (b"[]", 422, "invalid"),
    (b'{"title": 1}', 422, "invalid"),
    (b'{"title": "\\ud800"}', 422, "invalid"),
    (b'{"title": "\\u0000"}', 422, "invalid"),
    (b'{"title": "x", "other": 1}', 422, "invalid"),
    (b'{"title": "x", "hoped": "2026-99-01"}', 422, "invalid"),
    (b'{"title": "' + b"x" * 121 + b'"}', 422, "invalid"),
    (b'{"title": "' + b"x" * (3 << 20) + b'"}', 413, "too-large"),
]


@pytest.mark.parametrize(("sent", "status", "code"), BAD, ids=range(len(BAD)))
def test_a_body_that_does_not_fit_is_refused(
    sent: bytes, status: int, code: str, area: Any, signed_in: Any
) -> None:
    secret = Token.objects.make(area.priya, "test", "write", 1)
    head = {"Authorization": f"Bearer {secret}"}
    told = Client().post("/api/1/areas/checkout/ideas", sent, content_type="application/json", headers=head)
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert told["Content-Type"] == "application/problem+json"


def test_who_comes_without_a_token_is_told_so(area: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/api/1/me").status_code == 401
    wrong = client.get("/api/1/me", headers={"Authorization": "Bearer cld_wrong"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "token")
    reads = Token.objects.make(area.priya, "test", "read", 1)
    head = {"Authorization": f"Bearer {reads}"}
    assert client.get("/api/1/me", headers=head).json()["name"] == "product lead"
    assert client.put(f"/api/1/{IDEA}/commitment", headers=head).status_code == 401
    client.force_login(area.priya)
    assert client.get("/api/1/me").status_code == 200
    forged = client.put(f"/api/1/{IDEA}/commitment")
    assert (forged.status_code, forged.json()["code"]) == (403, "forged")
    client.get("/checkout/ideas/new")
    token = client.cookies["colead-form"].value
    assert client.put(f"/api/1/{IDEA}/commitment", headers={"X-CSRFToken": token}).status_code == 200


def test_what_is_not_there_is_a_problem_too(asks: Any) -> None:
    for path in ("nowhere", "areas/elsewhere", f"{IDEA}/sections/other", "areas/checkout/ideas/99"):
        told = asks("product lead", "get", path)
        assert (told.status_code, told.json()["code"]) == (404, "not-found"), path
    told = asks("product lead", "patch", IDEA)
    assert (told.status_code, told["Allow"]) == (405, "DELETE, GET")


def test_the_description_tells_every_route(asks: Any) -> None:
    told = asks("product lead", "get", "openapi.json").json()
    assert told == json.loads(json.dumps(document()))
    described = {(method.upper(), path) for path, methods in told["paths"].items() for method in methods}
    assert described == {(one.method, one.address) for one in every()}
    names = [one["operationId"] for methods in told["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))
