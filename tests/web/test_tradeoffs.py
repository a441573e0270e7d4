"""Tradeoffs: told by a reading or a person, accepted by a lead until a day, asking again after it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from colead.demo.repository import demo_repository
from colead.web.areas.models import Entry, Membership
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.parts.lessons import beside
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later
from colead.web.tradeoffs.models import Acceptance, Occasion, Tradeoff, accept, due, end, keep_occasion, write
from colead.web.tradeoffs.told import rows
from colead.web.tradeoffs.waiting import waits
from colead.web.tradeoffs.wire import occasion, of

HERE = "/checkout/tradeoffs"


def ahead(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def risk(area: Any) -> Tradeoff:
    return write(area.area, area.emil, "repair", "the repair of labels", "Labels go wrong.")


def fresh() -> Tradeoff:
    return Tradeoff.objects.select_related("area").get()


def test_a_lead_lives_with_it_until_a_day(area: Any, signed_in: Any) -> None:
    member, priya = signed_in("engineering member"), signed_in("product lead")
    told = {"kind": "repair", "skip": "the repair of labels", "risk": "Labels go wrong."}
    there = member.post(HERE, told)["Location"]
    assert "Nobody accepted it yet." in priya.get(there).content.decode()
    assert "One waits for a lead&#x27;s word." in priya.get(HERE).content.decode()
    priya.post("/checkout/occasions", {"name": "Autumn sale", "first": ahead(20)})
    word = {"until": ahead(30), "occasion": Occasion.objects.get().pk, "why": "the sale comes first"}
    assert member.post(there, word).status_code == 403
    assert priya.post(there, {"until": ahead(-1)}).status_code == 422
    assert priya.post(there, word).status_code == 302
    page = priya.get(there).content.decode()
    assert "Accepted by product lead until" in page and "against Autumn sale; it asks again then." in page
    assert "One is accepted." in member.get(HERE).content.decode()
    assert priya.post(there, {"end": "1", "how": "it was mended"}).status_code == 302
    page = priya.get(there).content.decode()
    assert "No longer accepted since" in page and ": it was mended." in page
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))[-4:]
    assert verbs == ["wrote a tradeoff down", "added an occasion", "accepted a tradeoff", "ended a tradeoff"]


def test_what_ran_out_asks_again_once(area: Any, risk: Tradeoff, signed_in: Any) -> None:
    accept(risk, area.priya, "product", ahead(3))
    assert due(ahead(3)) == 0
    assert [due(ahead(4)), due(ahead(4))] == [1, 0]
    Acceptance.objects.update(until=ahead(-1))
    assert "It asks again: product lead accepted it until" in fresh().sentence
    page = signed_in("product viewer").get(HERE).content.decode()
    assert "One asks again." in page and "It asks again" in page
    assert of(fresh()).state == "again"
    accept(fresh(), area.emil, "engineering", ahead(9))
    assert Acceptance.objects.filter(ended=None).count() == 1
    assert (of(fresh()).state, of(fresh()).accepted_by) == ("accepted", "engineering lead")
    assert end(fresh(), area.emil, "") and not end(fresh(), area.emil, "")
    assert of(fresh()).state == "ended"


def sentences(area: Any, name: str) -> list[str]:
    membership = Membership.objects.select_related("area").get(area=area.area, person=area.people[name])
    return [one.sentence for one in waits(membership)]


def test_what_waits_for_whom(area: Any, risk: Tradeoff) -> None:
    wrote = "engineering lead wrote down what skipping the repair of labels risks"
    assert sentences(area, "product lead") == [wrote]
    assert sentences(area, "engineering lead") == sentences(area, "product member") == []
    accept(risk, area.priya, "product", ahead(3))
    assert sentences(area, "product lead") == []
    Acceptance.objects.update(until=ahead(-1))
    assert "asks again: accepted until" in sentences(area, "product lead")[0]


def test_occasions_are_changed_and_read_along(area: Any, signed_in: Any, risk: Tradeoff) -> None:
    client = signed_in("engineering member")
    told = {"name": "Sale", "first": ahead(9), "last": ahead(7)}
    assert client.post("/checkout/occasions", told).status_code == 422
    assert client.post("/checkout/occasions", {**told, "last": ""}).status_code == 302
    one = Occasion.objects.get()
    assert occasion(one).last == ahead(9)
    assert keep_occasion(area.area, area.priya, "Sale", ahead(9), ahead(9), "") == one
    shop = area.area.repositories.create(name="shop", path="/nowhere")
    assert b"name: Sale" in beside(shop)[".colead/occasions.yml"]
    accept(risk, area.priya, "product", ahead(30), occasion=one)
    assert client.post(f"/checkout/occasions/{one.pk}").status_code == 302
    assert "against Sale" in fresh().sentence and not Occasion.objects.exists()


def test_a_reading_tells_what_can_be_accepted_and_a_look_what_happened(
    area: Any, signed_in: Any, tmp_path: Path, project: Path
) -> None:
    text = (project / "examples" / "gift-notes.md").read_text(encoding="utf-8")
    area.brief.by_space["problem"].save_text(area.priya, text, over=1)
    area.brief.name(area.priya, "Gift notes", timezone.localdate() + timedelta(days=50))
    area.area.repositories.create(name="shop", path=str(demo_repository(tmp_path)))
    keep_occasion(area.area, area.priya, "Stocktaking", ahead(9), ahead(9), "")
    look_later(area.area)
    check_later(area.brief)
    for _ in range(2):
        job = Job.objects.claim()
        assert job is not None
        do(job)
    client = signed_in("product lead")
    page = client.get("/checkout/ideas/1").content.decode()
    assert "do we live with it?" in page and "Stocktaking" in page
    (named,) = [one.mark for one in rows(area.brief) if one.skip == "changing Returns label along"]
    told = {"told": named}
    there = client.post("/checkout/ideas/1/tradeoffs", told)["Location"]
    assert client.post("/checkout/ideas/1/tradeoffs", told)["Location"] == there
    made = fresh()
    assert made.parts and made.code == "X01" and made.mark == named
    later = next(one for one in rows(area.brief) if one.code == "X04")
    written = later.write(area.brief, area.priya)
    area.brief.title = "Another name"
    assert next(one.written for one in rows(area.brief) if one.mark == later.mark) == written
    assert sum(one.code == "X04" for one in rows(area.brief)) == 1
    area.brief.refresh_from_db()
    client.post(there, {"until": ahead(30)})
    assert "The next look at the repositories counts" in client.get(there).content.decode()
    long_ago = timezone.now() - timedelta(days=1500)
    Acceptance.objects.update(at=long_ago)
    look_later(area.area)
    while job := Job.objects.claim():
        do(job)
    page = client.get(there).content.decode()
    assert "Since then" in page and "landed in its parts, the last one" in page
    assert Acceptance.objects.get().since["fixes"] > 5
    assert "Skip changing Returns label along" in client.get("/checkout/ideas/1").content.decode()
    assert client.post("/checkout/ideas/1/tradeoffs", {"told": "X09-0"})["Location"] == "/checkout/ideas/1"
