"""Discussions: who decides stands on them, a turn is noticed, what settles them is chosen and kept."""

from __future__ import annotations

from typing import Any

import pytest
from brief import fresh

from colead.web.areas.models import Entry, Membership
from colead.web.threads.mentions import mentioned
from colead.web.threads.models import Mention, Thread
from colead.web.threads.waiting import waits
from colead.web.threads.wire import of

HERE = "/checkout/ideas/1/discussions"
TITLE = "Do buyers lose their cart?"
TEXT = "Buyers complain that the cart is empty on the other device."


@pytest.fixture
def thread(area: Any) -> Thread:
    """A discussion that Priya opened."""
    return Thread.objects.begin(area.brief, area.priya, TITLE, TEXT)


def page(client: Any, where: str = f"{HERE}/1") -> str:
    """What stands there, without line breaks."""
    return " ".join(client.get(where).content.decode().replace("&#x27;", "'").split())


def test_a_discussion_says_what_is_discussed_and_who_decides(signed_in: Any) -> None:
    priya, emil = signed_in("product lead"), signed_in("engineering lead")
    made = priya.post(HERE, {"title": TITLE, "text": TEXT})
    assert made.headers["Location"] == f"{HERE}/1"
    assert "nobody said yet whether it is the problem" in page(priya)
    assert f"It sounds like the problem, because: <q>{TEXT}</q>" in page(priya)
    priya.post(f"{HERE}/1/line", {"space": "problem"})
    assert "We are discussing: the problem. Product lead decides." in page(emil)
    assert "It sounds like" not in page(emil)
    emil.post(f"{HERE}/1", {"text": "Then we should store carts in a separate table with a foreign key."})
    assert "It sounds like the solution, because: <q>Then we should store carts in a separate" in page(priya)
    assert "gently" not in page(priya)
    emil.post(f"{HERE}/1/line", {"space": "solution"})
    assert "We are discussing: the solution. Engineering lead decides." in page(priya)
    emil.post(f"{HERE}/1/line", {"space": "fact"})
    assert "Nobody decides: look it up or test it." in page(priya)
    told = list(
        Entry.objects.filter(verb="said what is discussed").order_by("id").values_list("told", "by__name")
    )
    assert told[1] == ({"thread": 1, "space": "solution", "before": "problem"}, "engineering lead")
    emil.post(f"{HERE}/1/line", {"space": "fact"})
    emil.post(f"{HERE}/1/line", {"space": "weather"})
    assert Entry.objects.filter(verb="said what is discussed").count() == 3


def test_crossing_the_line_is_said_gently_and_only_when_sure(
    area: Any, signed_in: Any, thread: Thread
) -> None:
    thread.discuss(area.priya, "problem")
    thread.add(area.priya, "Thank you.")
    thread.add(area.emil, "We could store it in a table, instead of the cookie.")
    assert "gently" not in page(signed_in("product viewer"))
    thread.add(area.priya, "We should use Redis for it, instead of the database.")
    said = page(signed_in("product viewer"))
    assert said.count("gently") == 1
    assert (
        "engineering lead decides here. <q>We should use Redis for it, instead of the database.</q>" in said
    )


def test_the_line_follows_the_table_that_both_signed(area: Any, thread: Thread) -> None:
    from colead.agreement import Owned

    rows = (Owned("technical approach", "decides", "decides"),)
    area.area.agree_on(area.priya, "product", 20, rows).sign(area.emil, "engineering")
    thread.discuss(area.priya, "solution")
    assert thread.line(area.area) == (
        "We are discussing: the solution. Product lead and engineering lead decide together."
    )


def test_what_settles_it_is_chosen_with_the_time_it_takes(signed_in: Any, thread: Thread) -> None:
    priya = signed_in("product lead")
    numbers = {"daily": "700", "today": "3.1", "hoped": "4"}
    assert page(priya).count("Takes depends on how many people come by") == 2
    reckoned = " ".join(priya.get(f"{HERE}/1", numbers).content.decode().split())
    assert (
        "Takes 19 weeks: 6,535 people in each group" in reckoned.replace("&#x27;", "'") or "weeks" in reckoned
    )
    priya.post(f"{HERE}/1/test", {"way": "ab", **numbers})
    thread.refresh_from_db()
    assert thread.settles == "ab" and thread.takes in reckoned
    assert f"What settles it: <b>A/B test</b>. It takes {thread.takes}." in page(priya)
    priya.post(f"{HERE}/1/test", {"way": "guess"})
    assert Entry.objects.filter(verb="chose what settles it").count() == 1
    assert "Enter a whole number" in page(priya, f"{HERE}/1?daily=many&today=1&hoped=2")


@pytest.mark.parametrize("who", ["product lead", "engineering lead"])
def test_an_outcome_goes_into_a_text_as_who_owns_it_may(
    who: str, area: Any, signed_in: Any, thread: Thread
) -> None:
    client = signed_in(who)
    assert client.post(f"{HERE}/1/outcome", {"outcome": ""}).status_code == 422
    client.post(f"{HERE}/1/outcome", {"outcome": "Buyers need one cart.", "into": "problem"})
    section = fresh(area.area).by_space["problem"]
    suggested = section.suggestions.first()
    text = section.text if who == "product lead" else suggested.text
    assert text.endswith("\n\nBuyers need one cart.")
    assert (suggested is None) is (who == "product lead") and section.version == 1 + (suggested is None)
    assert "Settled by" in page(client) and "Say it" not in page(client)
    assert "One settled" in page(client, "/checkout/ideas/1")
    client.post(f"{HERE}/1/outcome", {"reopen": ""})
    assert "Say it" in page(client)
    assert Entry.objects.get(verb="reopened a discussion").told["before"] == "Buyers need one cart."


def test_a_discussion_is_settled_once(area: Any, thread: Thread) -> None:
    assert thread.resolve(area.priya, "first") and not thread.resolve(area.emil, "second")
    assert thread.outcome == "first"


def test_a_reworded_message_keeps_its_wordings_and_loses_none(
    area: Any, signed_in: Any, thread: Thread
) -> None:
    priya, one = signed_in("product lead"), thread.messages.get()
    there = f"{HERE}/1/messages/{one.pk}"
    priya.post(there, {"text": "Second wording", "over": "1"})
    late = priya.post(there, {"text": "Third wording", "over": "1"})
    assert late.status_code == 409
    assert b"Second wording" in late.content and b"Third wording" in late.content
    assert TEXT in page(signed_in("engineering viewer"), there)
    assert signed_in("engineering lead").post(there, {"text": "x", "over": "2"}).status_code == 403
    assert priya.post(there, {"text": "", "over": "2"}).status_code == 422
    priya.post(there, {"text": "Second wording", "over": "2"})
    assert one.wordings.count() == 1


def test_who_is_named_is_waited_for_until_they_write(area: Any, signed_in: Any, thread: Thread) -> None:
    def waiting(who: str) -> list[str]:
        found = Membership.objects.get(area=area.area, person=area.people[who])
        return [one.sentence for one in waits(found)]

    thread.add(
        area.emil, "@product member and @Product Viewer, what do the tickets say? @nobody @engineering lead"
    )
    asked = f"engineering lead asks you in “{TITLE}”"
    assert waiting("product member") == waiting("product viewer") == [asked]
    assert waiting("engineering lead") == [] == waiting("engineering member")
    thread.add(area.people["product member"], "31 of 44.")
    assert waiting("product member") == []
    assert signed_in("engineering viewer").post(f"{HERE}/1", {"text": "I say so."}).status_code == 403
    assert signed_in("product viewer").post(f"{HERE}/1", {"text": "I say so."}).status_code == 302
    assert waiting("product viewer") == []
    thread.discuss(area.emil, "solution")
    decide = f"“{TITLE}” is about the solution, and waits for a word of your side"
    assert waiting("engineering lead") == [decide] and waiting("product lead") == []
    thread.add(area.people["engineering member"], "Yes.")
    assert waiting("engineering lead") == []
    thread.resolve(area.emil, "done")
    assert waiting("product viewer") == []


def test_of_names_that_begin_alike_the_longest_is_meant() -> None:
    names = {1: "Ann", 2: "Ann Marie", 3: "Émile"}
    assert mentioned("@Ann Marie and @ann, @ÉMILE!", names) == [2, 1, 3]
    assert mentioned("ann@ann.example @Annette @", names) == []
    assert mentioned("@ann " * 500, names) == [1]


def test_discussions_stand_where_they_are_looked_for(area: Any, signed_in: Any, thread: Thread) -> None:
    viewer = signed_in("product viewer")
    assert TITLE in page(viewer, "/checkout/ideas/1") and TITLE in page(viewer, "/checkout/discussions")
    assert "Nothing is discussed" in page(signed_in("other area"), "/elsewhere/discussions")
    text = area.brief.by_space["problem"].suggest(area.emil, "other", "why")
    lead = signed_in("product lead")
    assert f"?kind=suggestion&amp;key={text.pk}" in page(lead, "/checkout/ideas/1")
    made = lead.post(HERE, {"title": "Why?", "text": "x", "kind": "suggestion", "key": str(text.pk)})
    assert f"on suggestion {text.pk}" in page(lead, made.headers["Location"])
    lead.post(HERE, {"title": "Whose?", "text": "x", "kind": "section", "key": "problem"})
    lead.post(HERE, {"title": "What?", "text": "x", "kind": "section", "key": "weather"})
    assert [one.about for one in Thread.objects.order_by("id")[2:]] == ["on the problem", ""]
    for kind, key, at in (("decision", "4", "/checkout/decisions/4"), ("concern", "x", "/checkout/ideas/1")):
        made = lead.post(HERE, {"title": "T", "text": "x", "kind": kind, "key": key})
        assert f'<a href="{at}">on {kind} {key}</a>' in page(lead, made.headers["Location"])
    assert lead.post(HERE, {"title": "T", "text": "x", "key": "<b>"}).status_code == 422
    assert lead.get(f"{HERE}/99").status_code == 404


def test_texts_of_people_run_nothing(area: Any, signed_in: Any, thread: Thread) -> None:
    thread.add(
        area.emil, "<script>alert(1)</script> [x](javascript:alert(1)) We should use <b>Redis</b> here."
    )
    said = page(signed_in("product lead"))
    assert "<script>alert" not in said and "javascript:" not in said.replace("(javascript:", "")
    assert "<b>Redis" not in said


def test_many_messages_cost_no_further_question(area: Any, signed_in: Any, thread: Thread) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        client = signed_in("product lead")
        with CaptureQueriesContext(connection) as found:
            client.get(f"{HERE}/1")
        return len(found)

    thread.discuss(area.priya, "problem")
    first = asked()
    for one in (area.emil, area.priya) * 5:
        thread.add(one, "We should use Redis, instead of the table.")
    assert asked() == first


def test_a_list_asks_as_often_for_many_discussions_as_for_few(
    area: Any, signed_in: Any, thread: Thread
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(where: str) -> int:
        client = signed_in("product lead")
        with CaptureQueriesContext(connection) as found:
            client.get(where)
        return len(found)

    pages = ("/checkout/discussions", HERE, "/checkout/ideas/1", "/checkout/")
    thread.discuss(area.priya, "problem")
    first = [asked(one) for one in pages]
    for one in range(6):
        made = Thread.objects.begin(area.brief, area.emil, f"Question {one}", "x")
        made.discuss(area.emil, ("problem", "solution")[one % 2])
    assert [asked(one) for one in pages] == first


def test_every_message_of_a_long_discussion_is_in_reach(area: Any, signed_in: Any, thread: Thread) -> None:
    for one in range(40):
        thread.add(area.emil, f"word number {one}.")
    viewer = signed_in("product viewer")
    newest = page(viewer)
    assert "word number 39" in newest and TEXT not in newest
    earlier = newest.split('href="?before=')[1].split('"')[0]
    before = page(viewer, f"{HERE}/1?before={earlier}")
    assert TEXT in before and "word number 9." in before and "?before=" not in before
    assert "word number 39" in page(viewer, f"{HERE}/1?before=many")


def test_the_wire_form_holds_what_was_said(area: Any, thread: Thread) -> None:
    thread.resolve(area.emil, "We wait.")
    told = of(Thread.objects.get(pk=thread.pk))
    assert (told.idea, told.number, told.outcome, told.space) == (1, 1, "We wait.", "")
    assert [one.text for one in told.messages] == [TEXT] and told.messages[0].by == "product lead"
    assert Mention.objects.count() == 0
