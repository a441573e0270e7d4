"""Together: figures of an area and a quarter, of what is there; never of a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from colead.together import FINDING, LITTLE, NOTHING, Counts, Quarter, figures, headline, missing
from colead.web.areas.models import Side
from colead.web.briefs.models import Brief, Commitment
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision
from colead.web.prototypes.models import Prototype
from colead.web.questions.models import Question
from colead.web.repositories.models import KeptReading
from colead.web.together.counted import Counted, Span
from colead.web.tradeoffs.models import Acceptance, write

PRESENT = Quarter(2026, 3)
NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)


def at(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of that year."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def lived(area: Any, month: int = 8) -> list[Brief]:
    """Six ideas of which three went ahead, with questions, concerns, decisions, readings, tests."""
    ideas = [
        Brief.objects.write(area.area, area.priya, f"Idea {n}", {"problem": "x"}, None) for n in range(6)
    ]
    Brief.objects.filter(pk__in=[one.pk for one in ideas]).update(made=at(month, 1))
    for one in ideas[:2]:
        for by, side in ((area.priya, Side.PRODUCT), (area.emil, Side.ENGINEERING)):
            one.by_space["problem"].agree(by, side, 1).section.agreements.update(at=at(month, 2))
    for one in ideas[:3]:
        one.go_ahead(area.emil, Side.ENGINEERING)
        Commitment.objects.filter(brief=one).update(at=at(month, 10))
    ended = (at(month, 5), at(month, 6), at(month, 7), at(month, 12), None)
    for brief, when in zip([*ideas[:3], ideas[2], ideas[0]], ended, strict=True):
        made = Question.objects.ask(brief, area.priya, "product", "Who?")
        Question.objects.filter(pk=made.pk).update(asked=at(month, 4), ended=when)
    for day, brief in ((3, ideas[0]), (4, ideas[1]), (12, ideas[0]), (14, ideas[2]), (15, ideas[5])):
        told = {"told_since": at(month, 9)} if day == 12 else {}
        news = Concern.objects.raise_it(area.area, area.emil, "timeline", f"News {day}", brief)
        Concern.objects.filter(pk=news.pk).update(at=at(month, day), **told)
    for day in range(1, 7):
        made = Decision.objects.ask(area.area, area.priya, f"Which {day}?", "solution", brief=ideas[0])
        Decision.objects.filter(pk=made.pk).update(made=at(month, day))
    for brief in ideas[:4]:
        reading = KeptReading.objects.create(brief=brief, digest="", tips="", verdict="", wire="{}")
        KeptReading.objects.filter(pk=reading.pk).update(made=at(month, 1, 9 + brief.place % 3))
    tried = Prototype.objects.start(ideas[0], area.emil, "Does it?", "try/it", date(2026, month, 20))
    Prototype.objects.filter(pk=tried.pk).update(began=at(month, 3))
    Brief.objects.filter(pk=ideas[0].pk).update(hoped=date(2026, month, 15), shipped=date(2026, month, 14))
    Brief.objects.filter(pk=ideas[1].pk).update(hoped=date(2026, month, 16))
    for number, done in enumerate((at(month, 16), at(month, 25), None)):
        one = write(area.area, area.priya, "repair", f"Tidy {number}", "It breaks", brief=ideas[0])
        Acceptance.objects.create(
            tradeoff=one,
            area=area.area,
            by=area.emil,
            side="engineering",
            until=date(2026, month, 15),
            ended=done,
        )
    return ideas


def test_what_is_there_is_counted(area: Any) -> None:
    lived(area)
    Brief.objects.filter(pk=area.brief.pk).delete()
    told = Counted(area.area, Span.of(PRESENT, NOW)).counts()
    assert (told.answered_before, told.answered_after, told.unanswered) == (3, 1, 1)
    assert (told.concerns, told.late, told.foretold) == (5, 2, 1)
    assert (told.ahead, told.ahead_agreed, told.coming, told.coming_agreed) == (3, 2, 3, 0)
    assert (told.waiting, told.oldest_days, round(told.waiting_days or 0)) == (6, 50, 47)
    assert (told.written, told.read, told.tested) == (6, 4, 1)
    assert told.hours_read == pytest.approx(2, abs=1)
    assert told.hours_tested == 48
    assert (told.due, told.reviewed, told.hoped, told.shipped) == (3, 1, 2, 1)


def test_a_quarter_without_anything_says_so(area: Any) -> None:
    lived(area)
    told = Counted(area.area, Span.of(Quarter(2026, 1), NOW)).counts()
    assert {one.state for one in figures(told)} == {NOTHING}
    assert headline(figures(told)) == "There is too little yet to say how we are doing together."


def test_a_quarter_that_is_over_stays_as_it_was(area: Any) -> None:
    ideas = lived(area, month=5)
    second = Quarter(2026, 2)
    before = Counted(area.area, Span.of(second, NOW)).counts()
    Question.objects.filter(ended=None).update(ended=at(7, 3))
    one = Decision.objects.filter(area=area.area).order_by("id")[0]
    one.withdrawal = None
    for brief in ideas[3:]:
        brief.go_ahead(area.emil, Side.ENGINEERING)
        Commitment.objects.filter(brief=brief).update(at=at(7, 4))
    assert Counted(area.area, Span.of(second, NOW)).counts() == before


def test_a_quarter_of_a_day() -> None:
    assert Quarter.of(date(2026, 12, 31)) == Quarter(2026, 4)
    assert Quarter.of(date(2026, 1, 1)).before == Quarter(2025, 4)
    assert Quarter(2026, 4).after.first == date(2027, 1, 1)
    assert str(Quarter(2026, 3)) == "July to September 2026"


ENOUGH = Counts(people=3, waiting=6, waiting_days=12, oldest_days=40, answered_before=7, answered_after=1,
                unanswered=1, unbegun=2, concerns=6, late=2, foretold=1, ahead=3, ahead_agreed=2, coming=4,
                coming_agreed=1, written=6, read=6, hours_read=3.2, tested=5,
                hours_tested=80, due=4, reviewed=3, hoped=2, shipped=0)  # fmt: skip


TOLD = """\
Seven of the nine questions were answered before anybody went ahead, one afterwards and one not yet.\
 Two more wait on ideas with which nobody went ahead.
Two of the six concerns came after the idea had gone ahead; readings had shown one of them before.
Six decisions are open; half of them for 12 days or longer, the oldest for 40 days.
Two of the three ideas that went ahead had an agreed problem; of four open ideas one has one.
All six ideas were read, half of them within three hours; five got a test, half of them within three days.
Three of the six promises were kept. Tradeoffs and decisions looked at again by their day: three of four;\
 ideas there by the day they were hoped for: none of two.
"""


def test_figures_are_sentences() -> None:
    assert [one.sentence for one in figures(ENOUGH)] == TOLD.strip().splitlines()
    assert {one.state for one in figures(ENOUGH)} == {FINDING}


def test_two_people_are_too_few_for_every_figure() -> None:
    from dataclasses import replace

    for people in range(3):
        told = figures(replace(ENOUGH, people=people))
        assert {one.state for one in told} == {LITTLE}
        assert not any(one.pieces or one.n for one in told)
        assert all("would say something about a person" in one.sentence for one in told)
        assert "It takes three people" in missing(replace(ENOUGH, people=people))
    few = replace(ENOUGH, answered_before=3, answered_after=0, unanswered=0, concerns=1, late=0)
    assert figures(few)[0].sentence == "Too little to tell yet: three of at least five."
    assert missing(few) == (
        "It takes five in a quarter to tell more of these: questions, of which there are three;"
        " concerns, of which there is one."
    )
    assert missing(ENOUGH) == ""


def test_the_first_sentence_says_all_in_short_and_promises_count_estimates() -> None:
    from dataclasses import replace

    assert headline(figures(ENOUGH)) == (
        "Seven of the nine questions were answered in time, two of the six concerns came late"
        " and three of the six promises were kept."
    )
    told = figures(replace(ENOUGH, estimated=2, held=1))[-1]
    assert told.sentence.startswith("Four of the eight promises were kept.")
    assert "estimates of repairs, held against what came, count here, too" in told.sentence
    assert sum(one.count for one in told.pieces) == told.n == 8
    one = figures(replace(ENOUGH, waiting=1, oldest_days=9))[2]
    assert (one.state, one.sentence) == (FINDING, "One decision is open, for nine days.")


def test_the_page_names_no_person(area: Any, signed_in: Any) -> None:
    lived(area, month=1 + 3 * (Quarter.of(timezone.localdate()).number - 1))
    client, now = signed_in("product viewer"), timezone.now()
    Brief.objects.update(made=now - timedelta(hours=3))
    for number, one in enumerate(area.people.values()):
        one.name = f"Mirabel{number}"
        one.save(update_fields=["name"])
    page = client.get("/checkout/together").content.decode()
    main = page.split("<main")[1]
    assert "would say something about a person" in main
    area.area.enter(area.people["product member"], "joined")
    main = client.get("/checkout/together").content.decode().split("<main")[1]
    assert "would say something about a person" not in main
    assert "Mirabel" not in main
    assert "Idea 0" in main


def test_quarters_that_are_not_there_are_not_found(area: Any, signed_in: Any) -> None:
    client, today = signed_in("product lead"), Quarter.of(timezone.localdate())
    for name in ("2020-1", "x", "2026-5", f"{today.after.year}-{today.after.number}", "9999-1", "0000-1"):
        assert client.get("/checkout/together", {"quarter": name}).status_code == 404
    assert client.get("/checkout/together", {"quarter": f"{today.year}-{today.number}"}).status_code == 200
    past = timezone.now() - timedelta(days=200)
    Brief.objects.filter(pk=area.brief.pk).update(made=past)
    named = Quarter.of(today.before.first)
    page = client.get("/checkout/together", {"quarter": f"{named.year}-{named.number}"}).content.decode()
    assert f"?quarter={today.year}-{today.number}" in page


def test_as_many_questions_to_the_database_for_many_ideas(area: Any, signed_in: Any) -> None:
    counts = []
    for _ in range(2):
        lived(area)
        with CaptureQueriesContext(connection) as asked:
            signed_in("product lead").get("/checkout/together")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 80, counts


def test_a_quarter_that_has_just_begun_gives_way_to_the_one_before(area: Any, signed_in: Any) -> None:
    from colead.web import clock

    with clock.on(at(8, 1)):
        area.area.enter(area.people["product member"], "joined")
        lived(area)
    client = signed_in("product lead")
    with clock.on(datetime(2026, 10, 2, 9, tzinfo=UTC)):
        page = client.get("/checkout/together").content.decode()
        assert "July to September 2026" in page
        assert "The quarter after it has too little yet." in page
        named = client.get("/checkout/together", {"quarter": "2026-4"}).content.decode()
    assert "The quarter after it" not in named
    assert named.count("Too little") == 0
    assert named.count("It takes") == 1
