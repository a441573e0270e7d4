"""An area: what its two leads agree on, and who signed it."""

from __future__ import annotations

import re
from typing import Any

TERMS = {"product": "user problem\n\npriority", "engineering": "approach", "both": "outcome", "share": "25"}


def test_a_change_is_signed_by_who_makes_it_and_waits_for_the_other(area: Any, signed_in: Any) -> None:
    priya, emil = signed_in("product lead"), signed_in("engineering lead")
    assert "Nobody signed this yet" in priya.get("/checkout/").content.decode()
    priya.post("/checkout/terms", TERMS)
    assert "Version 1 is signed by product lead" in emil.get("/checkout/").content.decode()
    assert "Sign version 1" in emil.get("/checkout/").content.decode()
    assert "Sign version 1" not in priya.get("/checkout/").content.decode()
    emil.post("/checkout/terms", {"sign": "1"})
    page = emil.get("/checkout/").content.decode()
    assert "Signed as version 1 by product lead and engineering lead." in page
    assert "Keep about 75 / 25" in page
    terms = area.area.newest_terms
    assert terms.owns == {
        "product": ["user problem", "priority"],
        "engineering": ["approach"],
        "both": ["outcome"],
    }


def test_nobody_signs_a_version_they_did_not_see(area: Any, signed_in: Any) -> None:
    signed_in("product lead").post("/checkout/terms", TERMS)
    signed_in("product lead").post("/checkout/terms", {**TERMS, "share": "30"})
    signed_in("engineering lead").post("/checkout/terms", {"sign": "1"})
    assert list(area.area.newest_terms.signed_by) == ["product"]


def test_the_same_terms_again_are_no_new_version(area: Any, signed_in: Any) -> None:
    for _ in range(2):
        signed_in("product lead").post("/checkout/terms", TERMS)
    assert area.area.newest_terms.number == 1


def test_terms_that_make_no_sense_are_told(signed_in: Any) -> None:
    answer = signed_in("product lead").post("/checkout/terms", {**TERMS, "share": "120"})
    assert answer.status_code == 422 and b"less than or equal to 100" in answer.content


def test_the_home_says_what_begins_an_area_then_what_waits_for_whom(area: Any, signed_in: Any) -> None:
    def said(who: str) -> str:
        page = signed_in(who).get("/checkout/").content.decode()
        return " ".join(re.sub(r"<[^>]+>", "", page.split('class="verdict">')[1].split("</p>")[0]).split())

    assert said("product lead") == "To begin: connect a repository."
    area.area.repositories.create(name="shop", path="/nowhere", tip="0" * 40)
    assert said("product lead") == "Nothing waits for you here today."
    problem = area.brief.by_space["problem"]
    problem.agree(area.emil, "engineering", problem.version)
    assert said("product lead") == "One idea waits for your word: Gift notes."
    assert said("product member") == said("engineering lead") == "Nothing waits for you here today."
    problem.suggestions.create(by=area.emil, text="other", over=1)
    assert said("product member") == "One idea waits for your word: Gift notes."
    assert said("product viewer") == "How the two of us work together here."


def test_the_menu_finds_ideas_and_pages_of_this_area_alone(area: Any, signed_in: Any) -> None:
    found = signed_in("product viewer").get("/checkout/menu", {"q": "GIFT"}, headers={"HX-Request": "true"})
    assert re.findall(r'<a href="([^"]+)">([^<]+)', found.content.decode()) == [
        ("/checkout/ideas/1", "Gift notes")
    ]
    other = signed_in("other area").get("/elsewhere/menu", {"q": "gift"})
    assert b"Gift notes" not in other.content
    assert b"has these letters" in other.content
    assert b"Repositories" in signed_in("product viewer").get("/checkout/menu", {"q": "repos"}).content
