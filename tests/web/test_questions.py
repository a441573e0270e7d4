"""Questions: asked once by readings, answered in place, set aside, asked back, brought back from a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sample
from brief import fresh

from colead.question import Question as Told
from colead.question import Side as Owes
from colead.question.answering import placed
from colead.readers.answers import read_answers
from colead.reading import Reading
from colead.web.areas.models import Entry
from colead.web.questions.asked import keep_asked
from colead.web.questions.models import Closed, Question

METRIC = Told("Q02", Owes.PRODUCT, "What metric should change if we solve it?", "why", 0, "")
PARTNER = Told("P01", Owes.ENGINEERING, "Does the returns label change, too?", "often along", 0, "E1")
DATE = Told("D01", Owes.BOTH, "Which part could wait, or may the date move?", "3 in 10", 0, "E2")


@pytest.fixture(scope="module")
def reading() -> Reading:
    """A reading of another spec, whose questions each test replaces."""
    return sample.reading()


def read(area: Any, reading: Reading, *told: Told) -> list[Question]:
    """What is open after a reading that asks these."""
    brief = fresh(area.area)
    keep_asked(brief, replace(reading, questions=told))
    return list(Question.objects.filter(brief=brief).open().order_by("id"))


def test_a_question_is_asked_since_the_first_reading_that_had_it(area: Any, reading: Reading) -> None:
    first = read(area, reading, METRIC, PARTNER)
    again = read(area, reading, METRIC)
    assert [one.ask for one in again] == [METRIC.ask]
    assert again[0].asked == first[0].asked
    assert [one.ask for one in read(area, reading, METRIC, PARTNER)] == [METRIC.ask, PARTNER.ask]
    assert Question.objects.count() == 2


def test_an_answer_is_written_into_the_text_of_the_side_that_owes_it(
    area: Any, reading: Reading, signed_in: Any
) -> None:
    asked, partner = read(area, reading, METRIC, PARTNER)
    there = f"/checkout/ideas/1/questions/{asked.pk}"
    assert signed_in("engineering lead").post(there, {"text": "x", "answer": ""}).status_code == 403
    told = {"text": "Gift orders: from 3 % to 4 % by March.", "answer": ""}
    assert signed_in("product member").post(there, told).status_code == 302
    text = fresh(area.area).by_space["problem"].text
    heading = "### Which number should move, from what to what, by when?"
    assert text.endswith(f"{heading}\n\nGift orders: from 3 % to 4 % by March.\n")
    assert [one.pk for one in read(area, reading, METRIC, PARTNER)] == [partner.pk]
    partner.answer_with(area.emil, "engineering", "Yes, its template.")
    assert "### Does the returns label change, too?\n\nYes, its template." in fresh(area.area).text
    assert Entry.objects.filter(verb="answered").count() == 2


def test_an_answer_that_leaves_the_text_is_asked_for_again(area: Any, reading: Reading) -> None:
    asked = read(area, reading, METRIC)[0]
    section = asked.answer_with(area.priya, "product", "From 3 % to 4 %.")
    assert not read(area, reading, METRIC)
    section.save_text(area.priya, "Something else.", over=section.version)
    assert len(read(area, reading, METRIC)) == 1


def test_what_is_set_aside_is_not_asked_again_until_its_quote_changes(area: Any, reading: Reading) -> None:
    line = Told("U01", Owes.PRODUCT, 'On 8 May this had to be fixed: "x". Does it apply here?', "", 7, "E1")
    asked = read(area, reading, line)[0]
    asked.set_aside(area.priya, "we do not split orders")
    later = replace(line, ask='On 8 May 2026 this had to be fixed: "x". Does it apply here?')
    assert not read(area, reading, later)
    section = fresh(area.area).by_space["problem"]
    section.save_text(area.priya, section.text.replace("Buyers", "Many buyers"), over=1)
    assert len(read(area, reading, later)) == 1


def test_asking_back_hands_it_to_the_other_side(area: Any, reading: Reading, signed_in: Any) -> None:
    asked = read(area, reading, METRIC)[0]
    there = f"/checkout/ideas/1/questions/{asked.pk}"
    told = {"text": "Can you count gift orders at all?", "back": ""}
    assert signed_in("product lead").post(there, told).status_code == 302
    assert b"Can you count gift orders at all?" in signed_in("engineering lead").get(there).content
    assert signed_in("product lead").post(there, {"text": "x", "answer": ""}).status_code == 403
    assert signed_in("engineering lead").post(there, {"text": "Yes.", "answer": ""}).status_code == 302
    assert "Yes." in fresh(area.area).by_space["approach"].text


def test_two_who_answer_lose_nothing(area: Any, reading: Reading, signed_in: Any) -> None:
    asked = read(area, reading, METRIC)[0]
    asked.answer_with(area.priya, "product", "From 3 % to 4 %.")
    there = f"/checkout/ideas/1/questions/{asked.pk}"
    answer = signed_in("product member").post(there, {"text": "My careful words", "answer": ""})
    assert answer.status_code == 409
    assert b"My careful words" in answer.content
    assert b"From 3 % to 4 %." in answer.content
    with pytest.raises(Closed):
        asked.set_aside(area.priya, "too late")


def test_an_empty_answer_is_asked_for_again(area: Any, reading: Reading, signed_in: Any) -> None:
    asked = read(area, reading, METRIC)[0]
    there = f"/checkout/ideas/1/questions/{asked.pk}"
    assert signed_in("product lead").post(there, {"text": "  ", "answer": ""}).status_code == 422
    assert signed_in("product lead").post("/checkout/ideas/1/questions", {"ask": ""}).status_code == 422


def test_people_ask_a_side(area: Any, signed_in: Any, reading: Reading) -> None:
    told = {"ask": "How long may a note be?", "side": "engineering"}
    assert signed_in("product member").post("/checkout/ideas/1/questions", told).status_code == 302
    assert [one.by.name for one in read(area, reading)] == ["product member"]
    assert b"How long may a note be?" in signed_in("engineering lead").get("/checkout/ideas/1").content


def test_the_page_tells_whether_it_was_before_you_went_ahead(
    area: Any, reading: Reading, signed_in: Any
) -> None:
    early, late = read(area, reading, METRIC, DATE)
    early.set_aside(area.priya, "no")
    fresh(area.area).go_ahead(area.emil, "engineering")
    late.set_aside(area.priya, "no")
    page = signed_in("product lead").get("/checkout/ideas/1/questions").content.decode()
    assert "before you went ahead: no" in page
    assert "after you went ahead: no" in page


PAGE = (
    '<textarea data-code="Q02" data-ask="What metric should change if we solve it?">3 % &amp; up</textarea>'
)
COPIED = (
    "## Answers: Gift\r\n\r\n- **P01** Does the returns label change, too?\r\n\r\n  > Yes,\r\n  > it does\r\n"
)


def test_answers_of_a_page_go_where_all_answers_go(area: Any, reading: Reading, signed_in: Any) -> None:
    read(area, reading, METRIC, PARTNER)
    priya = signed_in("product lead")
    page = priya.post("/checkout/ideas/1/answers", {"pasted": PAGE})
    assert b"Written into your text" in page.content
    assert "3 % & up" in fresh(area.area).by_space["problem"].text
    page = priya.post("/checkout/ideas/1/answers", {"pasted": COPIED})
    assert b"Suggested to engineering" in page.content
    assert "Yes,\nit does" in fresh(area.area).by_space["approach"].suggestions.get().text
    assert b"answered already" in priya.post("/checkout/ideas/1/answers", {"pasted": PAGE}).content
    other = PAGE.replace("metric", "thing")
    assert b"not asked of this idea" in priya.post("/checkout/ideas/1/answers", {"pasted": other}).content
    assert priya.post("/checkout/ideas/1/answers", {"pasted": "nothing"}).status_code == 422
    assert priya.post("/checkout/ideas/1/answers", {}).status_code == 422


def test_a_page_of_others_breaks_nothing() -> None:
    assert not read_answers("<textarea" * 10_000)
    assert not read_answers("- **" * 10_000)
    assert len(read_answers(PAGE * 1_000)) == 50


def test_an_answer_finds_its_place() -> None:
    assert placed("", "Who?", "Buyers") == "### Who?\n\nBuyers\n"
    text = "## Who?\n\nOne.\n\n### Next\n\nTwo.\n"
    assert placed(text, "who?", "Buyers") == "## Who?\n\nOne.\n\nBuyers\n\n### Next\n\nTwo.\n"
    assert placed("One two\nthree.\n\nFour.", "Who?", "Buyers", "two three.") == (
        "One two\nthree.\n\nBuyers\n\nFour.\n"
    )
    fenced = "```\n# Who?\n```\n"
    assert placed(fenced, "Who?", "Buyers") == "```\n# Who?\n```\n\n### Who?\n\nBuyers\n"


def test_owed_answers_wait_for_the_side_that_owes_them(area: Any, reading: Reading) -> None:
    from colead.web.questions.waiting import waits

    asked, _ = read(area, reading, METRIC, PARTNER)
    product, engineering, viewer = (
        area.area.memberships.get(person=area.people[who])
        for who in ("product member", "engineering lead", "product viewer")
    )
    (one,) = waits(product)
    assert one.sentence == f"Gift notes: Colead asks: {METRIC.ask}"
    assert (one.since, one.link) == (asked.turned, f"/checkout/ideas/1#question-{asked.pk}")
    assert not list(waits(viewer))
    asked.ask_back(area.priya, "product", "Can we count it?")
    assert not list(waits(product))
    assert len(list(waits(engineering))) == 2


def test_what_colead_asks_of_ideas_further_down_is_one_line(area: Any) -> None:
    from colead.web.briefs.models import Brief
    from colead.web.inbox.collect import waits

    member = area.area.memberships.get(person=area.priya)
    told = {"area": area.area, "side": "product", "turn": "product", "ask": "Which number?"}
    ideas = [Brief.objects.write(area.area, area.priya, f"Idea {one}", {}, None) for one in range(6)]
    for number, one in enumerate(reversed(ideas)):
        Question.objects.create(brief=one, key=f"k{number}", **told)
    assert [one.sentence for one in waits(member) if one.kind == "question"] == [
        "Colead asks about three more ideas further down, first Idea 3",
        "Idea 2: Colead asks: Which number?",
        "Idea 1: Colead asks: Which number?",
        "Idea 0: Colead asks: Which number?",
    ]
    ideas[5].go_ahead(area.emil, "engineering")
    Question.objects.create(brief=ideas[4], by=area.emil, **told)
    sentences = [one.sentence for one in waits(member)]
    assert "Idea 5: Colead asks: Which number?" in sentences, "what is built is told by itself"
    assert "Idea 4: engineering lead asks: Which number?" in sentences, "so is what a person asks"
    assert "Colead asks about two more ideas further down, first Idea 3" in sentences
