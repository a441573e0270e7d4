"""A brief as two people write it: texts with versions, signatures under one of them, suggestions, stages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from brief import TEXT, fresh
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colead.web.areas.models import Entry, Side
from colead.web.briefs.book import book
from colead.web.briefs.models import Brief, Suggestion
from colead.web.briefs.models.section import Stale
from colead.web.decisions.models.decision import Decision
from colead.web.decisions.models.decision import Stale as Reworded

PAGE = "/checkout/ideas/1"


def test_both_sign_one_version_and_an_edit_lifts_it(area: Any, signed_in: Any) -> None:
    for who in ("product lead", "engineering lead"):
        signed_in(who).post(f"{PAGE}/problem/agreement", {"version": "1"})
    assert fresh(area.area).stage == "shaping"
    page = signed_in("product lead").get(PAGE).content.decode()
    assert "Agreed by product lead and engineering lead, version 1." in page
    signed_in("product lead").post(f"{PAGE}/problem/text", {"text": f"{TEXT}more", "over": "1"})
    assert fresh(area.area).stage == "idea"
    page = signed_in("engineering lead").get(PAGE).content.decode()
    assert "the text changed after it was signed; version 2 stands" in page


def test_nobody_signs_what_they_did_not_see(area: Any, signed_in: Any) -> None:
    area.brief.by_space["problem"].save_text(area.priya, "another text", over=1)
    answer = signed_in("engineering lead").post(f"{PAGE}/problem/agreement", {"version": "1"})
    assert answer.status_code == 409
    assert not fresh(area.area).by_space["problem"].signed


def test_a_signature_can_be_taken_back(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    client.post(f"{PAGE}/problem/agreement", {"version": "1"})
    client.post(f"{PAGE}/problem/agreement", {"undo": ""})
    assert not fresh(area.area).by_space["problem"].signed


def test_a_stale_save_shows_both_texts_and_loses_none(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    area.brief.by_space["problem"].save_text(area.people["product member"], "theirs", over=1)
    answer = client.post(f"{PAGE}/problem/text", {"text": "mine", "over": "1"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "mine" in told and "theirs" in told
    assert fresh(area.area).by_space["problem"].text == "theirs"
    draft = fresh(area.area).by_space["problem"].drafts.get(person=area.priya)
    assert draft.text == "mine"
    assert client.post(f"{PAGE}/problem/text", {"text": "both", "over": "2"}).status_code == 302
    assert [one.text for one in fresh(area.area).by_space["problem"].versions.all()] == [
        "both",
        "theirs",
        TEXT,
    ]


def test_a_draft_is_kept_and_offered_again(area: Any, signed_in: Any) -> None:
    client = signed_in("product member")
    client.post(f"{PAGE}/problem/text", {"text": "half a sen", "over": "1", "keep": "1"})
    assert "half a sen" in client.get(f"{PAGE}/problem/text").content.decode()
    assert "half a sen" not in signed_in("product lead").get(f"{PAGE}/problem/text").content.decode()


def test_the_other_side_suggests_and_the_owner_answers(area: Any, signed_in: Any) -> None:
    told = {"text": f"{TEXT}\nAnd the courier reads it aloud.", "over": "1", "why": "heard it"}
    signed_in("engineering lead").post(f"{PAGE}/problem/suggestions", told)
    one = Suggestion.objects.get()
    page = signed_in("product lead").get(PAGE).content.decode()
    assert "engineering lead suggests another text" in page and "heard it" in page
    assert (
        signed_in("engineering lead").post(f"{PAGE}/suggestions/{one.pk}", {"accept": ""}).status_code == 403
    )
    signed_in("product lead").post(f"{PAGE}/suggestions/{one.pk}", {"accept": ""})
    assert "reads it aloud" in fresh(area.area).by_space["problem"].text
    one.refresh_from_db()
    assert one.accepted is True


def test_a_suggestion_over_an_old_text_replaces_nothing(area: Any, signed_in: Any) -> None:
    section = area.brief.by_space["problem"]
    made = section.suggest(area.emil, "theirs", "")
    section.save_text(area.priya, "newer", over=1)
    answer = signed_in("product lead").post(f"{PAGE}/suggestions/{made.pk}", {"accept": ""})
    assert answer.status_code == 409
    made.refresh_from_db()
    assert made.accepted is None
    assert fresh(area.area).by_space["problem"].text == "newer"


def test_declining_says_why(area: Any, signed_in: Any) -> None:
    made = area.brief.by_space["problem"].suggest(area.emil, "theirs", "")
    signed_in("product lead").post(f"{PAGE}/suggestions/{made.pk}", {"why": "we counted it"})
    made.refresh_from_db()
    assert (made.accepted, made.answer) == (False, "we counted it")


def test_stages_follow_from_what_people_did(area: Any) -> None:
    brief: Brief = area.brief
    assert fresh(area.area).stage == "idea"
    for space, text in (("problem", TEXT), ("approach", "Do it")):
        section = fresh(area.area).by_space[space]
        section.save_text(area.priya, text + " ", over=1)
        for side, who in ((Side.PRODUCT, area.priya), (Side.ENGINEERING, area.emil)):
            section.agree(who, side, 2)
    assert fresh(area.area).stage == "ready"
    fresh(area.area).go_ahead(area.emil, Side.ENGINEERING)
    assert fresh(area.area).stage == "building"
    brief.refresh_from_db()
    from datetime import date

    fresh(area.area).ship(area.emil, date(2026, 11, 1))
    assert fresh(area.area).stage == "measuring"
    outcome = fresh(area.area).by_space["outcome"]
    outcome.save_text(area.priya, "It moved.", over=1)
    for side, who in ((Side.PRODUCT, area.priya), (Side.ENGINEERING, area.emil)):
        outcome.agree(who, side, 2)
    assert fresh(area.area).stage == "learned"


def test_going_ahead_early_is_recorded_with_what_was_open(area: Any, signed_in: Any) -> None:
    signed_in("product lead").post(f"{PAGE}/commitment")
    page = signed_in("engineering lead").get(PAGE).content.decode()
    assert "decided by product lead; not agreed at that moment: problem,approach" in page


def test_the_order_is_products(area: Any, signed_in: Any) -> None:
    for title in ("B", "C"):
        Brief.objects.write(area.area, area.priya, title, {}, None)
    signed_in("product lead").post("/checkout/ideas/3/place", {"move": "up"})
    order = [one.title for one in area.area.briefs.order_by("place")]
    assert order == ["Gift notes", "C", "B"]
    assert [one.place for one in area.area.briefs.order_by("place")] == [1, 2, 3]


def test_every_deed_writes_one_entry(area: Any, signed_in: Any) -> None:
    client: Client = signed_in("product lead")
    deeds = [
        (f"{PAGE}/problem/text", {"text": "new", "over": "1"}, "edited"),
        (f"{PAGE}/problem/agreement", {"version": "2"}, "agreed"),
        (f"{PAGE}/problem/agreement", {"undo": ""}, "took back"),
        (f"{PAGE}/title", {"title": "Notes"}, "named"),
        (f"{PAGE}/commitment", {}, "went ahead"),
        (f"{PAGE}/shipping", {}, "shipped"),
        ("/checkout/ideas/new", {"title": "Other"}, "wrote"),
        ("/checkout/people", {"side": "product", "role": "member"}, "invited"),
    ]
    for address, data, verb in deeds:
        before = Entry.objects.count()
        client.post(address, data)
        assert Entry.objects.count() == before + 1, address
        newest = Entry.objects.order_by("-id")[0]
        assert (newest.verb, newest.by) == (verb, area.priya)
        client.post(address, {**data, "over": "2"} if "over" in data else data)


def test_saving_over_a_version_that_is_gone_is_told(area: Any) -> None:
    section = area.brief.by_space["problem"]
    section.save_text(area.priya, "two", over=1)
    with pytest.raises(Stale):
        section.save_text(area.priya, "three", over=1)
    assert not section.save_text(area.priya, "two", over=1)  # nothing to save


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "![tracker](https://elsewhere.example/x.png)",
        "<a href='data:text/html,x'>x</a>",
        "\u202etxet\u202c \x1b[31m",
    ],
)
def test_texts_of_people_run_nothing(area: Any, signed_in: Any, hostile: str) -> None:
    signed_in("product lead").post(f"{PAGE}/problem/text", {"text": hostile, "over": "1"})
    signed_in("product lead").post(f"{PAGE}/title", {"title": hostile[:100]})
    for address in (PAGE, "/checkout/ideas", "/checkout/", f"{PAGE}/problem/text"):
        page = signed_in("product lead").get(address).content.decode()
        for bad in (
            "<script>alert",
            "<img",
            "onerror=alert(1)>",
            'href="javascript',
            "<a href='data",
            'href="data:text',
        ):
            assert bad not in page, address


def test_an_old_version_comes_back_as_a_new_one(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    client.post(f"{PAGE}/problem/text", {"text": "worse", "over": "1"})
    page = client.get(f"{PAGE}/problem/versions").content.decode()
    assert "<ins>worse</ins>" in page and "Bring version 1 back" in page
    assert client.post(f"{PAGE}/problem/versions", {"number": "1", "over": "1"}).status_code == 409
    client.post(f"{PAGE}/problem/versions", {"number": "1", "over": "2"})
    section = fresh(area.area).by_space["problem"]
    assert (section.text, section.version) == (TEXT, 3)


def test_what_changed_since_a_day_is_shown(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    client.post(f"{PAGE}/problem/text", {"text": f"{TEXT}The courier reads it aloud.", "over": "1"})
    page = client.get(f"{PAGE}/past", {"since": "2020-01-01"}).content.decode()
    assert "<ins>The courier reads it aloud.</ins>" in page and "changed the problem" in page
    page = client.get(f"{PAGE}/past", {"since": "2999-01-01"}).content.decode()
    assert "No text of this idea changed" in page
    assert client.get(f"{PAGE}/past", {"since": "nonsense"}).status_code == 200


def test_deleting_needs_the_title_and_leaves_a_trace(area: Any, signed_in: Any) -> None:
    client = signed_in("engineering lead")
    assert client.post(f"{PAGE}/deletion", {"title": "gift"}).status_code == 422
    client.post(f"{PAGE}/deletion", {"title": "Gift notes"})
    assert not area.area.briefs.exists()
    newest = Entry.objects.order_by("-id")[0]
    assert (newest.verb, newest.told) == ("deleted", {"number": 1, "title": "Gift notes"})
    assert Brief.objects.write(area.area, area.priya, "Next", {}, None).number == 2


@pytest.mark.parametrize("address", ["/checkout/ideas", PAGE, "/checkout/"])
def test_a_page_asks_the_database_as_often_for_many_ideas_as_for_few(
    address: str, area: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in("product viewer")
    Brief.objects.write(area.area, area.priya, "Another", {"problem": TEXT}, None)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(60):
        Brief.objects.write(area.area, area.priya, f"Idea {number}", {"problem": TEXT}, None)
    area.area.enter(None, "measured")  # about no idea, so that no page is kept
    with django_assert_num_queries(len(few)):
        client.get(address)
    assert len(few) <= 24


def test_a_kept_page_is_made_anew_after_an_entry_and_carries_each_request_s_own_token(
    area: Any, signed_in: Any
) -> None:
    client, address = signed_in("product lead"), f"/{area.area.slug}/ideas/{area.brief.number}"
    first, second = (client.get(address).content.decode() for _ in range(2))
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', one)) for one in (first, second)]
    assert all(len(one) == 1 for one in tokens) and tokens[0] != tokens[1]
    assert first.replace(*tokens[0], "") == second.replace(*tokens[1], "")
    area.brief.name(area.priya, "Notes that stay shut", None)
    assert "Notes that stay shut" in client.get(address).content.decode()
    assert "Notes that stay shut" in signed_in("engineering viewer").get(address).content.decode()


def test_a_kept_page_stays_until_something_is_entered_about_its_idea_or_about_none(
    area: Any, signed_in: Any, monkeypatch: Any
) -> None:
    client, made = signed_in("product lead"), list[int]()
    monkeypatch.setattr("colead.web.briefs.rendered.LASTS", 10**12)
    monkeypatch.setattr("colead.web.briefs.views.book", lambda *told: (made.append(1), book(*told))[1])
    other = Brief.objects.write(area.area, area.priya, "Another", {}, None)
    for deed, times in (
        (lambda: None, 1),
        (lambda: other.name(area.priya, "Quite another", None), 1),
        (lambda: area.area.invite(area.priya, Side.PRODUCT, "member"), 2),
        (lambda: area.brief.name(area.priya, "Notes that stay shut", None), 3),
        (lambda: other.drop(area.priya), 4),
    ):
        deed()
        client.get(PAGE)
        assert len(made) == times


def test_a_kept_page_is_no_other_person_s(area: Any, signed_in: Any) -> None:
    address = f"/{area.area.slug}/ideas/{area.brief.number}"
    lead, viewer = (
        signed_in(one).get(address).content.decode() for one in ("product lead", "product viewer")
    )
    assert "title and date" in lead and "title and date" not in viewer
    assert signed_in("other area").get(address).status_code == 404


def test_engineering_says_how_large_it_is_and_dates_are_told_from_the_pace(area: Any, signed_in: Any) -> None:
    here = "/checkout/ideas/1/size"
    assert signed_in("product lead").post(here, {"changes": "12"}).status_code == 403
    emil = signed_in("engineering member")
    assert emil.post(here, {"changes": "0"}).status_code == 422
    before = fresh(area.area).digest
    assert emil.post(here, {"changes": "12"}).status_code == 302
    brief = fresh(area.area)
    assert brief.changes == 12 and brief.digest != before
    assert Entry.objects.filter(brief=brief, verb="sized", told={"changes": 12}).count() == 1
    assert "said how many changes it may take: 12" in emil.get("/checkout/ideas/1/past").content.decode()
    assert emil.post(here, {"changes": "12"}).status_code == 302  # said twice is said once
    assert Entry.objects.filter(brief=brief, verb="sized").count() == 1
    assert emil.post(here, {"changes": ""}).status_code == 302
    assert fresh(area.area).changes is None and fresh(area.area).digest == before


@pytest.mark.parametrize("over", [0, 2**31 - 1, 2**31, 10**40])
def test_a_version_that_cannot_be_is_another_one(area: Any, over: int) -> None:
    section = area.brief.by_space["problem"]
    with pytest.raises(Stale):
        section.save_text(area.priya, "another", over=over)
    with pytest.raises(Stale):
        section.agree(area.priya, Side.PRODUCT, over)
    decision = Decision.objects.ask(area.area, area.priya, "Which?", "problem")
    with pytest.raises(Reworded):
        decision.reword(area.priya, {"question": "Who?", "space": "problem", "background": ""}, (), over=over)
