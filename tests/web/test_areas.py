"""An area: what its two leads agree on, and who signed it."""

from __future__ import annotations

import re
from typing import Any

from brief import ROWS, TERMS, posted
from django.core.files.uploadedfile import SimpleUploadedFile

from colead.agreement import USUAL
from colead.readers.agreement import read_agreement


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
    assert area.area.newest_terms.owns == [list(one) for one in ROWS]


def test_a_table_holds_when_both_signed_it(area: Any, signed_in: Any) -> None:
    def fresh() -> Any:
        return type(area.area).objects.get(pk=area.area.pk)

    theirs = posted([("User problem", "decides", "decides"), *ROWS[1:]])
    assert (
        fresh().decides("problem") == "product" and fresh().decider("approach") == "engineering lead decides"
    )
    signed_in("product lead").post("/checkout/terms", theirs)
    assert fresh().decides("user problem") == "product"
    page = signed_in("engineering lead").get("/checkout/terms").content.decode()
    assert "User problem: both decide together" in page and "Priority: not in the table any more" in page
    assert signed_in("engineering member").get("/checkout/ideas/1/problem/text").status_code == 200
    refused = signed_in("engineering member").post(
        "/checkout/ideas/1/problem/text", {"text": "x", "over": "1"}
    )
    assert refused.status_code == 403
    signed_in("engineering lead").post("/checkout/terms", {"sign": "1"})
    assert fresh().decides("problem") == "both" and fresh().decides("launch date") == "product"
    assert fresh().decider("problem") == "product lead and engineering lead decide together"
    assert fresh().decides("priority") == fresh().decides("fact") == ""
    taken = signed_in("engineering member").post("/checkout/ideas/1/problem/text", {"text": "x", "over": "1"})
    assert taken.status_code == 302


def test_a_file_is_shown_against_what_holds_and_proposed_by_a_person(area: Any, signed_in: Any) -> None:
    priya = signed_in("product lead")

    def handed(data: bytes, who: Any = priya) -> Any:
        return who.post("/checkout/terms", {"file": SimpleUploadedFile("agreement.yml", data)})

    same = handed(priya.get("/checkout/terms.yml").content).content.decode()
    assert "The same as the table that holds." in same
    page = handed(b"user problem: {product: decides, engineering: decides}\nhiring: {engineering: decides}\n")
    told = page.content.decode()
    assert page.status_code == 200 and "User problem: both decide together" in told
    assert "Hiring: engineering decides, product is asked" in told
    assert "Priority: not in the table any more" in told and "Technical approach: not" not in told
    assert 'value="hiring"' in told and "nothing is saved yet" in told and area.area.newest_terms is None
    for wrong in (b"user problem: {product: shouts}", b"- [", b"x" * 100_001, b"\xff\xfe"):
        answer = handed(wrong)
        assert answer.status_code == 422 and b"The file was not taken" in answer.content
    assert handed(b"", signed_in("product member")).status_code == 403


def test_a_row_that_makes_no_sense_is_told_and_nothing_typed_is_lost(area: Any, signed_in: Any) -> None:
    wrong = {
        "Keep a row for the outcome": ROWS[:2],
        "Nobody decides on launch date": [*ROWS[:3], ("launch date", "is asked", "must agree")],
        "Launch date stands there twice": [*ROWS, ("Launch date", "decides", "is told")],
        "Select a valid choice": [*ROWS, ("hiring", "shouts", "decides")],
    }
    for sentence, rows in wrong.items():
        answer = signed_in("product lead").post("/checkout/terms", posted(rows))
        assert answer.status_code == 422, sentence
        page = answer.content.decode()
        assert sentence in page and "technical approach" in page, sentence
    assert area.area.newest_terms is None


def test_the_table_goes_out_as_the_file_that_is_read_at_a_terminal(area: Any, signed_in: Any) -> None:
    usual = signed_in("product viewer").get("/checkout/terms.yml").content
    assert read_agreement(usual).rows == USUAL
    signed_in("product lead").post("/checkout/terms", TERMS)
    signed_in("engineering lead").post("/checkout/terms", {"sign": "1"})
    assert read_agreement(signed_in("product viewer").get("/checkout/terms.yml").content).rows == ROWS


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
    signed = "engineering lead agreed to the problem of Gift notes; product has not yet"
    assert said("product lead") == f"One thing waits for you: {signed}."
    assert said("product member") == said("engineering lead") == "Nothing waits for you here today."
    problem.suggest(area.emil, "other", "")
    asked = "engineering lead suggests another problem for Gift notes"
    assert said("product member") == f"One thing waits for you: {asked}."
    assert said("product lead") == f"Two things wait for you: {signed}, and one more in the inbox."
    assert said("product viewer") == "How the two of us work together here."


def test_the_menu_finds_ideas_and_pages_of_this_area_alone(area: Any, signed_in: Any) -> None:
    found = signed_in("product viewer").get("/checkout/menu", {"q": "GIFT"}, headers={"HX-Request": "true"})
    assert re.findall(r'<a href="([^"]+)">([^<]+)', found.content.decode()) == [
        ("/checkout/ideas/1", "Gift notes"),
        ("/checkout/search?q=GIFT", "Search in all that is written for "),
    ]
    other = signed_in("other area").get("/elsewhere/menu", {"q": "gift"})
    assert b"Gift notes" not in other.content
    assert b"has these letters" in other.content
    assert b"Repositories" in signed_in("product viewer").get("/checkout/menu", {"q": "repos"}).content


def test_the_menu_leads_to_bad_news_about_the_idea_that_is_open(area: Any, signed_in: Any) -> None:
    viewer = signed_in("product viewer")
    page = viewer.get("/checkout/ideas/1").content.decode()
    assert 'href="/checkout/menu?idea=1" data-menu' in page
    found = viewer.get("/checkout/menu", {"q": "raise", "idea": "1"}).content.decode()
    assert "Raise a concern about Gift notes" in found and 'href="/checkout/ideas/1/concerns"' in found
    for none in ("", "99", "x", "²", "9" * 40):
        found = viewer.get("/checkout/menu", {"q": "raise", "idea": none}).content.decode()
        assert 'href="/checkout/concerns?raise=1"' in found
    assert "<details open><summary" in viewer.get("/checkout/concerns?raise=1").content.decode()
    other = signed_in("other area").get("/elsewhere/menu", {"q": "raise", "idea": "1"}).content.decode()
    assert "Gift notes" not in other
