"""Search: what a person may see, with its sentence; never a byte of another area; whatever is typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colead.web.areas.models import Area, Membership
from colead.web.briefs.models import Brief
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision
from colead.web.meetings.models import Meeting
from colead.web.parts.models import Part
from colead.web.prototypes.models import Prototype
from colead.web.questions.models import Question
from colead.web.search import kept
from colead.web.search.asked import Asked, found
from colead.web.search.documents import DOCUMENTS
from colead.web.search.models import Line
from colead.web.search.shown import GROUPS, LOADS, groups
from colead.web.threads.models import Thread
from colead.web.tradeoffs.models import write

WORD = "quokka"


def everything(area: Area, by: Any, word: str) -> Brief:
    """One thing of every kind that says a word."""
    texts = {"problem": f"Nobody knows it. People ask for a {word}, and get none.\n\nAnother day."}
    brief: Brief = Brief.objects.write(area, by, f"The {word} of the shop", texts, None)
    Decision.objects.ask(area, by, f"Who feeds the {word}?", "solution", brief=brief)
    thread = Thread.objects.begin(brief, by, f"Is a {word} an animal?", f"A {word} is one.")
    thread.resolve(by, f"A {word} it is.")
    Question.objects.ask(brief, by, "product", f"What does a {word} eat?")
    Concern.objects.raise_it(area, by, "timeline", f"The {word} comes late", brief)
    Prototype.objects.start(brief, by, f"Does the {word} print?", "try/it", timezone.localdate())
    write(area, by, "repair", f"The {word} stays unwashed", "It may smell", brief=brief)
    meeting = Meeting.objects.plan(area, by, timezone.localdate() + timedelta(days=3))
    meeting.note(by, "decided", f"The {word} is fed on Mondays", brief)
    shop = area.repositories.create(name="shop", path=f"/{area.slug}", tip="0" * 40)
    Part.objects.create(repository=shop, key=f"services/{word}", name=word.title(), kind="service", page="")
    by.name = f"Paula {word.title()}"
    by.save(update_fields=["name"])
    return brief


def said(area: Area, typed: str, **more: Any) -> dict[str, list[str]]:
    """The names of what is found, by group."""
    return {one.key: [hit.plain for hit in one.hits] for one in groups([area], typed, **more)}


def test_every_kind_is_found_with_the_sentence(area: Any, signed_in: Any) -> None:
    everything(area.area, area.priya, WORD)
    assert said(area.area, WORD).keys() == GROUPS.keys()
    page = signed_in("engineering viewer").get("/checkout/search", {"q": "quokkas FEEd"}).content.decode()
    assert "One thing holds these words in Checkout." in page
    assert "Who <mark>feeds</mark> the <mark>quokka</mark>?" in page
    page = signed_in("product lead").get("/checkout/search", {"q": WORD}).content.decode()
    assert "<p>People ask for a <mark>quokka</mark>, and get none.</p>" in page
    assert "services/<mark>quokka</mark>" in page
    menu = signed_in("product lead").get("/checkout/menu", {"q": WORD}, headers={"HX-Request": "true"})
    assert b"The <mark>quokka</mark> comes late" in menu.content


def test_every_link_of_what_is_found_leads_there(area: Any, signed_in: Any) -> None:
    everything(area.area, area.priya, WORD)
    client = signed_in("product lead")
    for group in groups([area.area], WORD):
        for hit in group.hits:
            assert client.get(hit.link.partition("#")[0]).status_code == 200, hit


def test_never_a_byte_of_another_area(area: Any, signed_in: Any) -> None:
    elsewhere = Area.objects.get(slug="elsewhere")
    everything(elsewhere, area.people["other area"], "canaryword")
    assert said(elsewhere, "canaryword").keys() == GROUPS.keys()
    for who in ("product lead", "engineering viewer", "admin"):
        client = signed_in(who)
        for address in ("/search", "/checkout/search", "/checkout/menu", "/elsewhere/search"):
            for told in ({}, *({"kind": one} for one in GROUPS)):
                answer = client.get(address, {"q": "canary", **told})
                assert b"anaryword" not in answer.content, (who, address)
                assert answer.status_code in {200, 404}
    assert signed_in("product lead").get("/elsewhere/search", {"q": "canary"}).status_code == 404
    Membership.objects.create(area=elsewhere, person=area.priya, side="product", role="viewer")
    answer = signed_in("product lead").get("/search", {"q": "canary"}).content
    assert b"The <mark>canaryword</mark> of the shop" in answer
    assert b"Elsewhere" in answer


HOSTILE = (
    "", "  ", "'", '"', '"gift', "gift*", "*", "%", "_", "a%b_c", "gift OR notes", "NOT gift",
    "NEAR(gift notes)", "scope : a1", "gift:*", "!gift", "gift & | notes", "(((", "\\", "\0", "gi\0ft",
    "'; DROP TABLE search_line; --", "x" * 10_000, "gift " * 2_000, "\ufffd", "日本語", "🎁", "é", "a",
    "-- gift", "$$gift$$", "{text} : gift", "\u017f", "\u0130", "\ufb01",
)  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_fails(typed: str, area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    for address in ("/search", "/checkout/search", "/checkout/menu"):
        assert client.get(address, {"q": typed}).status_code == 200
    for page in ("-1", "x", "٣", "9" * 50):
        assert client.get("/checkout/search", {"q": "gift", "kind": "ideas", "from": page}).status_code == 200
    assert client.get("/checkout/search", {"q": typed, "kind": "'"}).status_code == 200


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_is_typed_and_written_is_taken(area: Any, typed: str) -> None:
    with transaction.atomic():
        area.brief.by_space["outcome"].save_text(
            area.priya, typed.encode("utf-8", "replace").decode(), over=1
        )
        groups([area.area], typed)
        transaction.set_rollback(True)


def test_what_changes_is_found_anew_and_what_goes_is_not(area: Any) -> None:
    brief = everything(area.area, area.priya, WORD)
    brief.name(area.priya, "The wombat", None)
    brief.by_space["problem"].save_text(area.priya, "Nothing of that.", over=1)
    assert "ideas" not in said(area.area, WORD)
    assert said(area.area, "wombats")["ideas"] == ["The wombat"]
    assert said(area.area, "of that nothing")["ideas"] == ["The wombat"]
    area.priya.name = "Priya"
    area.priya.save(update_fields=["name"])
    assert "people" not in said(area.area, WORD)
    Thread.objects.get(brief=brief).messages.get().reword(area.priya, "A numbat.", over=1)
    assert said(area.area, "numbat") == {"discussions": ["Is a quokka an animal?"]}
    before = Line.objects.count()
    brief.drop(area.priya)
    assert "ideas" not in said(area.area, "wombat")
    assert Line.objects.count() < before


def test_a_change_that_is_taken_back_is_not_found(area: Any) -> None:
    with transaction.atomic():
        area.brief.by_space["problem"].save_text(area.priya, "A platypus.", over=1)
        assert said(area.area, "platypus")
        transaction.set_rollback(True)
    assert not said(area.area, "platypus")


def test_lines_written_anew_are_the_same(area: Any) -> None:
    everything(area.area, area.priya, WORD)
    told = {"area", "kind", "source", "text"}
    before = {tuple(one.items()) for one in Line.objects.order_by("kind", "source").values(*told)}
    kept.write_anew()
    assert {tuple(one.items()) for one in Line.objects.order_by("kind", "source").values(*told)} == before
    assert said(area.area, WORD).keys() == GROUPS.keys()


def test_an_area_that_ends_leaves_nothing(area: Any) -> None:
    everything(area.area, area.priya, WORD)
    area.area.delete()
    assert not Line.objects.filter(text__contains=WORD).exists()
    kinds = [one.kind for one in DOCUMENTS]
    assert not found([area.area.pk or 1], kinds, Asked.of(WORD), 5)


def test_triggers_stand_and_stay(area: Any) -> None:
    names = set(kept._up())
    assert len(names) >= len(DOCUMENTS)
    kept.raise_triggers()
    assert set(kept._up()) == names
    kept.lower_triggers(plan=["one"])
    assert not kept._up()
    area.brief.name(area.priya, "A bandicoot", None)
    kept.raise_triggers()
    assert set(kept._up()) == names
    assert said(area.area, "bandicoot") == {"ideas": ["A bandicoot"]}


def test_all_that_is_searched_is_shown_and_no_text_is_endless(area: Any) -> None:
    assert {one.kind for one in DOCUMENTS} == LOADS.keys() == {k for _, each in GROUPS.values() for k in each}
    text = " ".join(f"w{one}" for one in range(30_000)) + " " + "\U00010400" * 3_000
    area.brief.by_space["approach"].save_text(area.emil, text, over=1)
    assert said(area.area, "w100")["ideas"] == ["Gift notes"]


def test_more_of_one_kind(area: Any, signed_in: Any) -> None:
    for number in range(27):
        Brief.objects.write(area.area, area.priya, f"Numbat {number}", {}, None)
    client = signed_in("product lead")
    page = client.get("/checkout/search", {"q": "numbat"}).content.decode()
    assert page.count("<mark>Numbat</mark>") == 5
    assert 'href="?q=numbat&amp;kind=ideas">More ideas' in page
    page = client.get("/checkout/search", {"q": "numbat", "kind": "ideas"}).content.decode()
    assert page.count("<mark>Numbat</mark>") == 20
    page = client.get("/checkout/search", {"q": "numbat", "kind": "ideas", "from": "20"}).content.decode()
    assert page.count("<mark>Numbat</mark>") == 7
    assert "Further" not in page


def test_the_number_of_questions_to_the_database_stays(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    everything(area.area, area.priya, WORD)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/checkout/search", {"q": WORD})
        counts.append(len(asked))
        for number in range(30):
            Brief.objects.write(area.area, area.priya, f"Quokka {number}", {}, None)
    assert counts[0] == counts[1] <= 40
