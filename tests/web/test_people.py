"""Coming in: the first start, a password, a link that works once, an invitation."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from colead.web.people.models import Link, Person
from colead.web.people.views import welcome_token

FIRST = {
    "name": "Priya",
    "email": "Priya@Shop.example",
    "password": "a long password",
    "area": "New",
    "side": "product",
}


def test_the_printed_link_makes_the_first_account_and_no_second(db: None) -> None:
    address = f"/welcome/{welcome_token()}"
    client = Client()
    assert client.get(address).status_code == 200
    assert client.post(address, {**FIRST, "password": "short"}).status_code == 422
    assert client.post(address, FIRST)["Location"] == "/new-area/"
    assert Person.objects.get().is_admin
    assert Client().post(address, {**FIRST, "email": "x@y.example"})["Location"] == "/sign-in"
    assert Person.objects.count() == 1


def test_a_password_signs_in_whatever_the_capitals(db: None) -> None:
    cache.clear()
    Person.objects.welcome("priya@shop.example", "Priya", "a long password")
    told = {
        "email": "PRIYA@shop.example",
        "password": "a long password",
        "next": "https://elsewhere.example/",
    }
    assert Client().post("/sign-in", told)["Location"] == "/"
    assert Client().post("/sign-in", {**told, "next": "/me"})["Location"] == "/me"
    assert Client().post("/sign-in", {**told, "password": "wrong"}).status_code == 422


def test_guessing_is_slow(db: None) -> None:
    cache.clear()
    Person.objects.welcome("priya@shop.example", "Priya", "a long password")
    told = {"email": "priya@shop.example", "password": "wrong"}
    answers = [Client().post("/sign-in", told).status_code for _ in range(12)]
    assert answers == [422] * 10 + [429] * 2
    assert Client().post("/sign-in", {**told, "password": "a long password"}).status_code == 429


def test_a_link_signs_in_once(area: Any) -> None:
    secret = Link.objects.make(area.priya)
    client = Client()
    assert b"Sign in as product lead" in client.get(f"/link/{secret}").content
    assert client.post(f"/link/{secret}")["Location"] == "/"
    assert Client().post(f"/link/{secret}").status_code == 410
    assert secret not in str(list(Link.objects.values()))


@pytest.mark.parametrize("change", [{"is_active": False}, {"stamp": "other"}])
def test_a_session_ends_when_the_person_is_shut_out(
    area: Any, signed_in: Any, change: dict[str, object]
) -> None:
    client = signed_in("product lead")
    assert client.get("/checkout/").status_code == 200
    Person.objects.filter(pk=area.priya.pk).update(**change)
    assert client.get("/checkout/").status_code == 302


def test_an_invitation_lets_one_person_join(area: Any) -> None:
    secret = area.area.invite(area.priya, "engineering", "member")
    client = Client()
    told = {"name": "Emil", "email": "emil2@shop.example", "password": "a long password"}
    assert client.post(f"/join/{secret}", {**told, "email": area.priya.email}).status_code == 422
    assert client.post(f"/join/{secret}", told)["Location"] == "/checkout/"
    joined = area.area.memberships.get(person__email="emil2@shop.example")
    assert (joined.side, joined.role) == ("engineering", "member")
    assert Client().get(f"/join/{secret}").status_code == 404


def test_whoever_belongs_already_keeps_their_role(area: Any, signed_in: Any) -> None:
    secret = area.area.invite(area.emil, "engineering", "lead")
    signed_in("product viewer").post(f"/join/{secret}")
    assert area.area.memberships.get(person=area.people["product viewer"]).role == "viewer"
