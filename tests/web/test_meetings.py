"""Meetings: planned, on one sheet each, live with both people, and what came out of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sample
from brief import fresh

from colead.agreement import USUAL
from colead.web.briefs.models import Brief
from colead.web.decisions.models import Decision
from colead.web.meetings.models import Meeting, Outcome
from colead.web.meetings.waiting import waits
from colead.web.questions.models import Question
from colead.web.repositories.models import KeptReading
from colead.writers.sheet import Asked, Idea, sheet
from colead.writers.wire import to_json


@pytest.fixture
def planned(area: Any, signed_in: Any) -> Any:
    """A meeting about the idea, which has a reading and a question for each side."""
    told = {"digest": "x", "tips": "", "verdict": "", "wire": to_json(sample.reading())}
    KeptReading.objects.create(brief=area.brief, **told)
    area.first = Question.objects.ask(area.brief, area.emil, "product", "Whose note is it?")
    area.second = Question.objects.ask(area.brief, area.priya, "engineering", "Where is it stored?")
    client = signed_in("product lead")
    assert client.post("/checkout/meeting", {"on": "2030-01-07"}).status_code == 302
    assert client.post("/checkout/meeting", {"on": "never"}).status_code == 422
    assert client.post("/checkout/meeting", {"idea": "1"}).status_code == 302
    area.meeting = Meeting.objects.get()
    area.live = f"/checkout/meetings/{area.meeting.pk}"
    return area


def test_the_next_meeting_has_a_day_and_ideas(planned: Any, signed_in: Any) -> None:
    client = signed_in("engineering lead")
    page = client.get("/checkout/meeting").content.decode()
    assert "7 January 2030" in page and "about one idea" in page
    client.post("/checkout/meeting", {"on": "2030-01-08"})
    assert Meeting.objects.get().on.day == 8
    client.post("/checkout/meeting", {"idea": "1", "out": ""})
    assert not Meeting.objects.get().items.exists()
    assert client.post("/checkout/meeting", {"idea": "77"}).status_code == 404


def test_both_go_through_it_and_what_they_say_is_kept(planned: Any, signed_in: Any) -> None:
    priya, emil = signed_in("product lead"), signed_in("engineering lead")
    priya.post(planned.live, {"begin": ""})
    page = priya.get(planned.live).content.decode()
    assert "We are discussing: the problem. Product lead decides." in page
    assert "Engineering lead decides" in priya.get(f"{planned.live}?at=1").content.decode()
    assert emil.post(planned.live, {"at": "0", "text": "x"}).status_code == 403
    assert priya.post(planned.live, {"at": "0", "text": ""}).status_code == 422
    answer = priya.post(planned.live, {"at": "0", "text": "The buyer's."})
    assert answer["Location"].endswith("?at=1")
    assert "The buyer's." in fresh(planned.area).by_space["problem"].text
    assert "The buyer" in emil.get(f"{planned.live}?at=0").content.decode()
    assert emil.post(planned.live, {"at": "1", "text": "already known", "aside": ""}).status_code == 302
    assert priya.post(planned.live, {"at": "2", "kind": "decided", "text": "We go on"}).status_code == 302
    assert emil.post(planned.live, {"at": "2", "kind": "engineering", "text": "A sketch"}).status_code == 302
    assert emil.post(planned.live, {"at": "2", "kind": "nobody", "text": "x"}).status_code == 422
    assert "A sketch" in priya.get(f"{planned.live}?at=99").content.decode()
    assert priya.post(planned.live, {"end": ""}).status_code == 302
    record = emil.get(planned.live).content.decode()
    for told in ("We go on", "A sketch", "The buyer", "already known", "it is done"):
        assert told in record, told
    assert Meeting.objects.next_of(planned.area) is None


def test_what_a_side_owes_waits_for_it_until_it_is_done(planned: Any, signed_in: Any) -> None:
    planned.meeting.note(planned.priya, "engineering", "A sketch", planned.brief)
    planned.meeting.note(planned.priya, "decided", "Yes", planned.brief)
    one = Outcome.objects.get(kind="engineering")
    product, engineering = (
        planned.area.memberships.get(person=person) for person in (planned.priya, planned.emil)
    )
    assert [each.sentence for each in waits(engineering)] == ["Gift notes: A sketch"]
    assert not list(waits(product))
    assert signed_in("product lead").post(f"/checkout/owed/{one.pk}").status_code == 403
    assert signed_in("engineering member").post(f"/checkout/owed/{one.pk}").status_code == 302
    assert not list(waits(engineering))


def test_a_question_keeps_its_place_while_others_are_answered(planned: Any) -> None:
    planned.meeting.begin(planned.priya)
    before = [one.pk for one in planned.meeting.asked([planned.brief])[planned.brief.pk]]
    planned.first.answer_with(planned.priya, "product", "The buyer's.")
    assert (
        [one.pk for one in planned.meeting.asked([planned.brief])[planned.brief.pk]]
        == before
        == [
            planned.first.pk,
            planned.second.pk,
        ]
    )


def test_the_sheet_is_a_file_of_its_own(planned: Any, signed_in: Any) -> None:
    answer = signed_in("product viewer").get("/checkout/meeting/sheet.html")
    assert answer["Content-Disposition"].startswith("attachment")
    page = answer.content.decode()
    for told in ("Worth discussing", "Whose note is it?", "owed by product", "weeks", "One risk", "Decided:"):
        assert told in page, told
    assert "http" not in page.replace("http-equiv", "") and "<script" not in page


def test_nothing_of_people_runs_on_a_sheet() -> None:
    evil = "<script>alert(1)</script>"
    page = sheet(evil, evil, [Idea(evil, None, (Asked(evil, evil),), evil)], "0")
    assert "<script" not in page


@pytest.mark.browser
def test_a_sheet_of_the_longest_kind_prints_on_one_page(browser: Any, tmp_path: Any) -> None:
    asked = tuple(Asked("Why does it take so many words to ask this? " * 6, "Engineering") for _ in range(9))
    idea = Idea("A title as long as a title may be " * 4, sample.reading(), asked, "Do we go ahead? " * 15)
    file = tmp_path / "sheet.html"
    file.write_text(sheet("Checkout", str(datetime.now(UTC).date()), [idea], "0"))
    page = browser.new_page()
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


def test_programs_get_the_same(planned: Any) -> None:
    from colead.web.concerns import wire as concerns
    from colead.web.concerns.models import Concern
    from colead.web.meetings import wire as meetings
    from colead.web.questions import wire as questions

    planned.first.answer_with(planned.priya, "product", "The buyer's.")
    told = questions.of(planned.first)
    assert (told.idea, told.state, told.answer, told.asked_by) == (
        1,
        "answered",
        "The buyer's.",
        "engineering lead",
    )
    raised = Concern.objects.raise_it(planned.area, planned.emil, "timeline", "Late", planned.brief)
    assert concerns.of(raised).owed_by == ("product", "engineering")
    planned.meeting.note(planned.priya, "product", "Ask ten buyers", planned.brief)
    told_of = meetings.of(planned.meeting)
    assert (told_of.on, told_of.ideas, told_of.outcomes[0].text) == (date(2030, 1, 7), (1,), "Ask ten buyers")


def test_the_line_and_what_is_to_be_decided_follow_what_people_agreed(planned: Any, signed_in: Any) -> None:
    rows = [one if one.thing != "technical approach" else one._replace(product="decides") for one in USUAL]
    terms = planned.area.agree_on(planned.priya, "product", 20, rows)
    terms.sign(planned.emil, "engineering")
    live = signed_in("engineering lead").get(f"{planned.live}?at=1").content.decode()
    assert "We are discussing: the solution. Product lead and engineering lead decide together." in live
    Decision.objects.ask(planned.area, planned.priya, "Where is it stored?", "problem", brief=planned.brief)
    came = signed_in("product member").get(f"{planned.live}?at=2").content.decode()
    assert 'href="/checkout/decisions/1">Where is it stored? Product lead decides.' in came
    paper = signed_in("product member").get("/checkout/ideas/1/sheet.html").content.decode()
    assert "Where is it stored? Product lead decides." in paper


def test_an_idea_is_put_on_the_next_meeting_from_its_page(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    assert "/checkout/meeting?idea=1" in client.get("/checkout/ideas/1").content.decode()
    client.post("/checkout/meeting?idea=1", {"on": "2030-01-07"})
    assert Meeting.objects.get().ideas == [area.brief]
    other = Brief.objects.write(area.area, area.priya, "Saved carts", {"problem": "Lost."}, None)
    Brief.objects.write(area.area, area.priya, "A third", {}, None)
    page = client.get(f"/checkout/meeting?idea={other.number + 1}").content.decode()
    assert page.index(">A third<") < page.index(">Saved carts<")
    assert client.get("/checkout/meeting?idea=x").status_code == 200


def test_the_agenda_says_what_each_idea_brings_and_what_is_still_owed(planned: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    page = client.get("/checkout/meeting").content.decode()
    assert "Two questions: one for product and one for engineering." in page
    assert "To decide: " in page and "What changed since" not in page and "Still owed" not in page
    assert 'value="2030-01-07"' in page  # the day it has, to be moved from there
    for act in ({"begin": ""}, {"at": "2", "kind": "engineering", "text": "A sketch"}, {"end": ""}):
        client.post(planned.live, act)
    client.post("/checkout/meeting", {"on": "2030-01-14"})
    client.post("/checkout/meeting", {"idea": "1"})
    page = client.get("/checkout/meeting").content.decode()
    assert "Still owed from before" in page and "A sketch" in page
    assert "What changed since" not in page  # nothing moved: it was only put on the agenda again
    planned.first.answer_with(planned.priya, "product", "The buyer's.")
    page = client.get("/checkout/meeting").content.decode()
    assert "What changed since you met" in page and "One question for engineering." in page
    Outcome.objects.get().finish(planned.emil)
    assert "Still owed" not in client.get("/checkout/meeting").content.decode()


def test_a_live_screen_shows_the_sentence_that_is_asked_about(planned: Any, signed_in: Any) -> None:
    for quote, shown in (
        ("Buyers put notes there.", True),
        ("2030-01-07", False),
        (planned.first.ask, False),
    ):
        Question.objects.filter(pk=planned.first.pk).update(quote=quote)
        page = signed_in("product lead").get(planned.live).content.decode()
        assert (f"<q>{quote}</q>" in page) == shown, quote
