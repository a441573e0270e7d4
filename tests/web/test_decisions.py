"""Decisions: who decides, the call for concerns, the choice, and what brings a decision back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from colead.web.areas.models import Entry
from colead.web.decisions.models import Decision, Doubt, Raised, Stale
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.choice import choose, keep, withdraw
from colead.web.decisions.models.decision import Wish
from colead.web.decisions.models.doubt import doubt, due

HERE = "/checkout/decisions"
TWO = (Wish("With the shipment", "Store it with the shipment."), Wish("With the order", "Keep it there."))
FORM = {"question": "Where?", "space": "solution", "name_0": "Here", "name_1": "There", "over": "1"}


@pytest.fixture
def asked(area: Any) -> Decision:
    """A question about the solution, asked by product on the idea."""
    return Decision.objects.ask(
        area.area, area.priya, "Where does a note live?", "solution", options=TWO, brief=area.brief
    )


def today() -> Any:
    return timezone.localdate()


def test_one_question_from_asking_to_deciding(area: Any, signed_in: Any) -> None:
    priya, emil, member = (
        signed_in("product lead"),
        signed_in("engineering lead"),
        signed_in("product member"),
    )
    there = priya.post(f"{HERE}/new?idea=1", FORM)["Location"]
    assert there == f"{HERE}/1"
    page = priya.get(there).content.decode()
    assert "Engineering lead decides, since it is about the solution." in page
    assert "Nobody was asked for concerns yet." in page
    until = today() + timedelta(days=10)
    assert priya.post(f"{there}/call", {"until": until}).status_code == 302
    assert member.post(f"{there}/concerns", {"concern": "", "text": "Split orders?"}).status_code == 302
    assert "One stands." in emil.get(there).content.decode()
    raised = Raised.objects.get()
    assert emil.post(f"{there}/concerns/{raised.pk}", {"how": "no"}).status_code == 403
    assert member.post(f"{there}/concerns/{raised.pk}", {"how": "one note each"}).status_code == 302
    option = Decision.objects.get().options.first()
    assert option is not None
    told = {"option": option.pk, "version": 1, "why": "it is printed there"}
    assert priya.post(f"{there}/choice", told).status_code == 403
    assert emil.post(f"{there}/choice", told).status_code == 302
    page = priya.get(there).content.decode()
    assert "Decided by engineering lead" in page and ": Here." in page
    assert "before the call for concerns had run out" in page
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))[-5:]
    assert verbs == [
        "asked to decide",
        "called for concerns",
        "answered a call",
        "resolved a concern",
        "decided",
    ]


def test_a_choice_says_what_was_open(area: Any, asked: Decision) -> None:
    call(asked, area.priya, today() - timedelta(days=1))
    say(asked, area.priya, "hold", "")
    option = asked.options.first()
    assert option is not None
    made = choose(asked, area.emil, "engineering", option, "", version=1)
    assert (made.open, made.early, made.noted) == (1, False, "with one concern open")
    with pytest.raises(Stale):
        choose(asked, area.emil, "engineering", option, "", version=1)


def test_a_text_is_saved_over_its_version(area: Any, asked: Decision, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    there = f"{asked.address}/text"
    assert "With the shipment" in emil.get(there).content.decode()
    assert emil.post(there, FORM).status_code == 302
    answer = signed_in("product lead").post(there, {**FORM, "name_1": "Elsewhere"})
    assert answer.status_code == 409
    assert b"Somebody saved in the meantime" in answer.content and b"Elsewhere" in answer.content
    asked.refresh_from_db()
    assert asked.version == 2
    again = {**FORM, "over": "2"} | {f"pk_{n}": one.pk for n, one in enumerate(asked.options.all())}
    assert emil.post(there, again).status_code == 302
    asked.refresh_from_db()
    assert asked.version == 2 and asked.wordings.count() == 2


def test_two_options_of_one_name_are_refused(area: Any, signed_in: Any) -> None:
    answer = signed_in("product lead").post(f"{HERE}/new", {**FORM, "name_1": "here", "text_2": "x"})
    assert answer.status_code == 422
    assert b"Another option is called like this." in answer.content
    assert b"Give this option a name." in answer.content


def test_a_day_brings_a_decision_back_once(area: Any, asked: Decision, signed_in: Any) -> None:
    day = today() + timedelta(days=3)
    doubt(asked, area.emil, kind="day", on=day)
    assert due(day) == 0  # it is not decided yet
    option = asked.options.first()
    assert option is not None
    choose(asked, area.emil, "engineering", option, "", version=1)
    assert [due(day), due(day)] == [1, 0]
    assert Entry.objects.filter(verb="asks again", by=None).count() == 1
    emil = signed_in("engineering lead")
    page = emil.get(asked.address).content.decode()
    assert "It asks again, because" in page and "Does it still hold?" in page
    assert "asks again, because " in emil.get(HERE).content.decode()
    assert asked in Decision.objects.asking()
    assert signed_in("product lead").post(f"{asked.address}/kept", {"why": "x"}).status_code == 403
    assert emil.post(f"{asked.address}/kept", {"why": "nobody splits yet"}).status_code == 302
    assert asked not in Decision.objects.asking()
    assert "said that it still holds, because nobody splits yet" in emil.get(asked.address).content.decode()


def test_a_number_beyond_its_line_brings_it_back(area: Any, asked: Decision, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    told = {"metric": "gift orders", "direction": "below", "value": "3.1"}
    assert emil.post(f"{asked.address}/wrong", told).status_code == 302
    one = Doubt.objects.get()
    there = f"{asked.address}/wrong/{one.pk}"
    assert emil.post(there, {"value": "nan"}).status_code == 422
    for value, fired in (("3,4", False), ("3.0", True)):
        assert emil.post(there, {"value": value}).status_code == 302
        one.refresh_from_db()
        assert (one.fired is not None) is fired
    assert one.because == "gift orders is at 3, below 3.1"


def test_a_new_decision_replaces_the_old_one(area: Any, asked: Decision, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    first = asked.options.first()
    assert first is not None
    choose(asked, area.emil, "engineering", first, "", version=1)
    there = emil.post(f"{HERE}/new?instead=1", {**FORM, "question": "And now?"})["Location"]
    assert "Once decided, it replaces" in emil.get(there).content.decode()
    assert "has replaced it" not in emil.get(asked.address).content.decode()
    new = Decision.objects.get(number=2)
    option = new.options.first()
    assert option is not None and new.brief == area.brief
    choose(new, area.emil, "engineering", option, "", version=1)
    assert "Another decision has replaced it." in emil.get(asked.address).content.decode()
    assert "It replaces" in emil.get(there).content.decode()


def test_what_was_decided_is_not_rewritten(area: Any, asked: Decision, signed_in: Any) -> None:
    emil = signed_in("engineering lead")
    withdraw(asked, area.emil, "no gifts after all")
    withdraw(asked, area.emil, "again")
    assert Entry.objects.filter(verb="withdrew a decision").count() == 1
    for name, told in (
        ("call", {"until": today()}),
        ("concerns", {"none": ""}),
        ("choice", {"option": 1, "version": 1}),
        ("text", FORM),
    ):
        assert emil.post(f"{asked.address}/{name}", told).status_code == 409, name
    assert "Withdrawn by engineering lead" in emil.get(asked.address).content.decode()


def test_the_list_keeps_open_ones_first(area: Any, asked: Decision, signed_in: Any) -> None:
    other = Decision.objects.ask(area.area, area.priya, "For whom?", "problem", options=TWO)
    option = other.options.first()
    assert option is not None
    choose(other, area.priya, "product", option, "", version=1)
    assert list(Decision.objects.in_order()) == [asked, other]
    page = signed_in("product viewer").get(HERE)
    assert page.content.index(b"Where does a note live?") < page.content.index(b"For whom?")
    client = signed_in("product viewer")
    assert b"For whom?" not in client.get(f"{HERE}?about=solution").content
    assert b"Where does" not in client.get(f"{HERE}?which=decided").content
    keep(other, area.priya, "")
    assert not other.kept.exists()


def test_an_idea_shows_its_decisions(area: Any, asked: Decision, signed_in: Any) -> None:
    page = signed_in("product lead").get("/checkout/ideas/1").content.decode()
    assert "Between you" in page and "Where does a note live?" in page
