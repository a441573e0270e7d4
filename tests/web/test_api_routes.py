"""Who may do what over the API: every route, every identity; of others' areas not one byte is seen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from brief import undone
from django.test import Client
from jsonschema import Draft202012Validator
from test_routes import ALL, EVERYBODY, FETCHED, LEADS, MEMBERS, NOBODY, PRODUCT, SIGNED

from colead.web.api.document import document
from colead.web.api.routes import every
from colead.web.people.models import Token

OWNS = [{"thing": one} for one in ("user problem", "technical approach", "the outcome")]
IDEA = {"number": 1}
TEXT = {"number": 1, "space": "problem"}
# name -> what the address is made of, the body, and who gets an answer below 400.
TABLE: dict[str, tuple[dict[str, Any], Any, set[str]]] = {
    "openapi": ({}, None, SIGNED),
    "me": ({}, None, SIGNED),
    "areas": ({}, None, SIGNED),
    "begin_area": ({}, {"name": "New"}, SIGNED),
    "area": ({}, None, ALL),
    "people": ({}, None, ALL),
    "invite": ({}, {"side": "product"}, LEADS),
    "member": ({"member": "product member"}, None, ALL),
    "place_member": ({"member": "product member"}, {"role": "viewer"}, {"product lead"}),
    "end_member": ({"member": "product member"}, None, {"product lead", "product member"}),
    "terms": ({}, None, NOBODY),
    "change_terms": ({}, {"share": 25, "owns": OWNS}, LEADS),
    "sign_terms": ({"version": 1}, None, NOBODY),
    "entries": ({}, None, ALL),
    "ideas": ({}, None, ALL),
    "write_idea": ({}, {"title": "Another"}, MEMBERS),
    "idea": (IDEA, None, ALL),
    "drop_idea": (IDEA, None, LEADS),
    "name_idea": (IDEA, {"title": "Notes"}, PRODUCT),
    "place_idea": (IDEA, {"place": 1}, PRODUCT),
    "commitment": (IDEA, None, NOBODY),
    "go_ahead": (IDEA, None, LEADS),
    "ship_idea": (IDEA, {}, MEMBERS),
    "readings": (IDEA, None, ALL),
    "reading": ({**IDEA, "reading": 999}, None, NOBODY),
    "read_anew": (IDEA, None, NOBODY),
    "sections": (IDEA, None, ALL),
    "section": (TEXT, None, ALL),
    "save_text": (TEXT, {"text": "x", "over": 1}, PRODUCT),
    "versions": (TEXT, None, ALL),
    "agree": (TEXT, {"version": 1}, LEADS),
    "take_back": (TEXT, None, LEADS),
    "suggestions": (IDEA, None, ALL),
    "suggest": (TEXT, {"text": "other"}, MEMBERS),
    "suggestion": ({**IDEA, "suggestion": 999}, None, NOBODY),
    "answer_suggestion": ({**IDEA, "suggestion": 999}, {"accepted": False}, NOBODY),
    "jobs": ({}, None, ALL),
    "job": ({"job": 999}, None, NOBODY),
    "stop_job": ({"job": 999}, None, NOBODY),
    "repositories": ({}, None, ALL),
    "connect_repository": ({}, {"address": "https://git.example.com/team/shop.git"}, LEADS),
    "repository": ({"repository": FETCHED}, None, ALL),
    "take_repository_out": ({"repository": FETCHED}, None, LEADS),
    "fetch_repository": ({"repository": FETCHED}, None, MEMBERS),
    "system": ({}, None, ALL),
    "balance": ({}, None, ALL),
    "decisions": ({}, None, ALL),
    "decision": ({"number": 99}, None, NOBODY),
    "questions": (IDEA, None, ALL),
    "concerns": ({}, None, ALL),
    "discussions": (IDEA, None, ALL),
    "meetings": ({}, None, ALL),
    "meeting": ({"meeting": 99}, None, NOBODY),
    "inbox": ({}, None, ALL),
    "prototypes": (IDEA, None, ALL),
}
ROUTES = {one.name: one for one in every()}


@pytest.fixture(autouse=True)
def fetched(area: Any) -> None:
    """A repository with an address, in the area."""
    from colead.web.repositories.models import Origin, Repository

    shop = Repository.objects.create(pk=FETCHED, area=area.area, name="shop", path="clones/shop/shop.git")
    Origin.objects.create(repository=shop, address="https://git.example.com/shop")


def test_every_route_stands_in_the_table() -> None:
    assert ROUTES.keys() == TABLE.keys()
    assert len(ROUTES) == len(every())


def ask(name: str, who: str, area: Any, method: str = "") -> Any:
    """Ask for the route as this identity, by a token of theirs."""
    parts, told, _ = TABLE[name]
    parts = {"area": "checkout", **parts}
    if "member" in parts:
        parts["member"] = area.area.memberships.get(person=area.people[parts["member"]]).pk
    head = {}
    if who != "anonymous":
        head["Authorization"] = f"Bearer {Token.objects.make(area.people[who], 'test', 'write', 1)}"
    if who == "disabled":
        area.people[who].lock_out()
    sent = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
    there = f"/api/1{ROUTES[name].address.format(**parts)}"
    return Client().generic(method or ROUTES[name].method, there, **sent, headers=head)


@pytest.mark.parametrize("name", TABLE)
def test_a_route_answers_whom_it_should(name: str, area: Any) -> None:
    odd = []
    for who in sorted(EVERYBODY):
        with undone():
            answer = ask(name, who, area)
            described(name, answer)
            if (answer.status_code < 400) is not (who in TABLE[name][2]):
                odd.append((who, answer.status_code, answer.content))
            if who not in ALL and (b"Gift notes" in answer.content or b"gift messages" in answer.content):
                odd.append((who, "reads a word"))
    assert not odd


WHOLE = document()


def described(name: str, answer: Any) -> None:
    """An answer is one that the description tells, and fits it."""
    operation = WHOLE["paths"][ROUTES[name].address][ROUTES[name].method.lower()]
    told = operation["responses"][str(answer.status_code)]
    if "content" not in told:
        assert not answer.content
        return
    kind = answer["Content-Type"].partition(";")[0]
    schema = {**told["content"][kind]["schema"], "components": WHOLE["components"]}
    Draft202012Validator(schema).validate(json.loads(answer.content))


@pytest.mark.parametrize("name", TABLE)
def test_other_methods_change_nothing(name: str, area: Any) -> None:
    from colead.web.areas.models import Entry

    before = Entry.objects.count()
    methods = {"PUT", "PATCH", "DELETE", "POST", "OPTIONS", "TRACE"}
    served = {one.method for one in every() if one.path == ROUTES[name].path}
    for method in methods - served:
        assert ask(name, "product lead", area, method).status_code == 405
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", [name for name, one in ROUTES.items() if one.method != "GET"])
def test_an_act_writes_exactly_one_entry(name: str, area: Any) -> None:
    from colead.web.areas.models import Entry

    before = Entry.objects.count()
    allowed = sorted(TABLE[name][2])
    answer = ask(name, allowed[0], area) if allowed else None
    silent = answer is None or name in SILENT
    assert Entry.objects.count() - before == (0 if silent else 1)


SILENT = {
    "take_back",  # nothing was signed
    "place_idea",  # it is the first already
}
