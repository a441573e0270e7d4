"""Concerns: raised by anyone in one act, dated, resolved by their raiser; and what nobody foresaw, once."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sample
from brief import fresh
from django.db import connection
from django.test.utils import CaptureQueriesContext
from past import git, make
from story import Change

from colead.foretold import foretold
from colead.web.areas.models import Entry
from colead.web.concerns.follow import KIND, compare_later, notice_branches
from colead.web.concerns.models import Concern, Trail
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.repositories.check import check_later
from colead.web.repositories.look import notice
from colead.web.repositories.models import KeptReading
from colead.writers.wire import to_json
from people import EMIL


def kept(area: Any, days: int) -> KeptReading:
    """A reading of the gift notes, made so many days ago."""
    told = {"digest": "x", "tips": "", "verdict": "", "wire": to_json(sample.reading())}
    made = datetime.now(UTC) - timedelta(days=days)
    return KeptReading.objects.create(brief=area.brief, made=made, **told)


def test_whoever_looks_on_raises_one_in_one_act(area: Any, signed_in: Any) -> None:
    told = {"text": "The courier contract ends in March", "kind": "hidden"}
    assert signed_in("product viewer").post("/checkout/ideas/1/concerns", told).status_code == 302
    one = Concern.objects.get()
    assert (one.raiser, one.brief, one.owed_by) == ("product viewer", area.brief, ("engineering",))
    page = signed_in("engineering lead").get("/checkout/ideas/1").content.decode()
    assert "The courier contract ends in March" in page
    assert "Hidden dependency, by product viewer" in page
    assert Entry.objects.get(verb="raised a concern").told["concern"] == one.pk


def test_it_is_raised_of_an_idea_or_of_the_area_from_one_page(area: Any, signed_in: Any) -> None:
    client = signed_in("engineering member")
    client.post("/checkout/concerns", {"text": "Everything is late", "kind": "timeline"})
    client.post("/checkout/concerns", {"text": "This is late", "kind": "timeline", "idea": "1"})
    assert [one.brief for one in Concern.objects.open_in(area.area)] == [None, area.brief]
    assert client.post("/checkout/concerns", {"text": "", "kind": "timeline"}).status_code == 422
    assert (
        client.post("/checkout/concerns", {"text": "x", "kind": "timeline", "idea": "7"}).status_code == 422
    )
    page = client.get("/checkout/concerns").content.decode()
    assert page.index("Everything is late") < page.index("This is late")


def test_its_raiser_says_when_it_is_resolved(area: Any, signed_in: Any) -> None:
    one = Concern.objects.raise_it(area.area, area.emil, "unclear", "Whose note is it?", area.brief)
    there, told = f"/checkout/concerns/{one.pk}", {"text": "Priya wrote it down", "resolve": ""}
    assert signed_in("product lead").post(there, told).status_code == 403
    assert signed_in("product lead").post(there, {"text": "The buyer's", "say": ""}).status_code == 302
    assert b"The buyer" in signed_in("engineering lead").get(there).content
    assert signed_in("engineering lead").post(there, told).status_code == 302
    assert signed_in("engineering lead").post(there, told).status_code == 409
    assert b"Priya wrote it down" in signed_in("product lead").get("/checkout/concerns?resolved=1").content


def test_who_left_does_not_keep_it_open_for_ever(area: Any) -> None:
    one = Concern.objects.raise_it(area.area, area.emil, "hidden", "The mail template", area.brief)
    member = area.area.memberships.get(person=area.people["engineering member"])
    product = area.area.memberships.get(person=area.priya)
    assert not one.may_resolve(member)
    area.area.memberships.filter(person=area.emil).delete()
    assert one.may_resolve(member)
    assert not one.may_resolve(product)


def test_the_first_reading_that_told_it_is_named(area: Any) -> None:
    first, _ = kept(area, 9), kept(area, 4)
    raised = [
        Concern.objects.raise_it(area.area, area.priya, kind, text, area.brief)
        for kind, text in (
            ("timeline", "We will not make it"),
            ("complexity", "This crosses half the shop"),
            ("hidden", "The returns label has to change, too"),
            ("hidden", "The lawyers have to look at it"),
            ("unclear", "Nobody said which colour"),
        )
    ]
    assert [one.told_since == first.made for one in raised] == [True, True, True, False, False]
    assert raised[0].told == "3 in 10 to make the date"
    assert "Returns label may change along" in raised[2].told


def test_a_question_tells_an_unclear_requirement() -> None:
    reading = sample.reading()
    ask = reading.questions[0].ask
    assert foretold(reading, "unclear", f"I do not see it: {ask}") == ask
    assert not foretold(reading, "unclear", "Nothing of this")


def test_before_and_after_going_ahead_are_told_apart(area: Any, signed_in: Any) -> None:
    Concern.objects.raise_it(area.area, area.emil, "other", "Early bird", area.brief)
    fresh(area.area).go_ahead(area.emil, "engineering")
    Concern.objects.raise_it(area.area, area.emil, "other", "Late bird", area.brief)
    page = signed_in("product lead").get("/checkout/ideas/1").content.decode()
    assert "before you went ahead" in page[page.index("Early bird") : page.index("Late bird")]
    assert "after you went ahead" in page[page.index("Late bird") :]


def test_a_page_of_concerns_asks_as_much_for_one_as_for_many(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    Concern.objects.raise_it(area.area, area.emil, "other", "One", area.brief)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/checkout/concerns")
        counts.append(len(asked))
        for number in range(30):
            Concern.objects.raise_it(area.area, area.emil, "other", f"{number}", area.brief)
    assert counts[0] == counts[1] <= 12


PARTS = ("cart", "shipping", "returns", "search", "mail", "stock", "till")
SPEC = "The shipping calendar counts Saturday as a day on which parcels leave the depot."


def past() -> list[Change]:
    """Two years in which each part changed by itself."""
    found = [Change(date(2024, 10, 1), "Start", tuple(f"{one}/a.py" for one in PARTS))]
    for number, one in enumerate(PARTS):
        title = "Another depot in the shipping calendar" if one == "shipping" else f"Work on {one}"
        found += [
            Change(date(2024, 11, 2 + number) + timedelta(days=24 * n), title, (f"{one}/a.py",))
            for n in range(28)
        ]
    return sorted(found, key=lambda one: one.day)


@pytest.fixture
def built(area: Any, tmp_path: Path) -> Any:
    """The idea, read and going ahead, with a repository that one can commit to."""
    names = "".join(f"  - path: {one}\n    name: {one.capitalize()}\n" for one in PARTS)
    bare = make(tmp_path / "shop.git", past(), {".colead/components.yml": f"components:\n{names}"})
    git(tmp_path, "clone", "--quiet", str(bare), "shop")
    area.shop = tmp_path / "shop"
    area.kept = area.area.repositories.create(name="shop", path=str(area.shop))
    area.brief.by_space["problem"].save_text(area.priya, SPEC, over=1)
    check_later(area.brief)
    work()
    names = [one.touch.name for one in area.brief.newest_reading.reading.touches]
    assert "Shipping" in names and "Till" not in names
    fresh(area.area).go_ahead(area.emil, "engineering")
    return area


def work() -> None:
    """Do every job that waits."""
    while (job := Job.objects.claim()) is not None:
        do(job)
        job.refresh_from_db()
        assert job.state == "done", job.what


def commit(shop: Path, day: date, title: str, *paths: str) -> None:
    for path in paths:
        with (shop / path).open("a") as file:
            file.write(f"# {title}\n")
    git(shop, "add", "--all")
    who = ["-c", f"user.name={EMIL.name}", "-c", f"user.email={EMIL.email}"]
    words = ["commit", "--quiet", "--message", title, "--date", f"{day}T12:00:00Z"]
    env = {"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "HOME": str(shop)}
    subprocess.run(["git", *who, *words], cwd=shop, env=env, check=True)


def test_day_six_goes_where_nobody_foresaw_and_is_raised_once(built: Any, signed_in: Any) -> None:
    begun = datetime.now(UTC).date() - timedelta(days=6)
    signed_in("engineering lead").post("/checkout/ideas/1/trail", {"ticket": "SHOP-99"})
    notice()
    commit(built.shop, begun, "SHOP-99 Saturday in the calendar", "shipping/a.py")
    notice()
    work()
    assert not Concern.objects.exists()
    commit(built.shop, begun + timedelta(days=5), "SHOP-99 The till prints Saturday", "till/a.py")
    for _ in range(2):
        notice()
        compare_later(fresh(built.area))
        work()
    one = Concern.objects.get()
    assert (one.raiser, one.day, one.part, one.kind) == ("Colead", 6, "till", "hidden")
    assert one.text.startswith("Day 6 (") and "also changes Till, not foreseen (till/a.py" in one.text
    assert one.owed_by == ("product", "engineering")
    page = signed_in("product viewer").get("/checkout/ideas/1").content.decode()
    assert "also changes Till, not foreseen" in page and "after you went ahead" in page
    there = f"/checkout/concerns/{one.pk}"
    assert (
        signed_in("product member").post(there, {"text": "It belongs to it", "resolve": ""}).status_code
        == 302
    )
    compare_later(fresh(built.area))
    work()
    assert Concern.objects.count() == 1
    assert Trail.objects.get().said == "nothing new"


def test_a_branch_is_compared_when_it_moves(built: Any, signed_in: Any) -> None:
    today = datetime.now(UTC).date()
    git(built.shop, "switch", "--quiet", "--create", "saturday")
    git(built.shop, "switch", "--quiet", "main")
    signed_in("engineering lead").post("/checkout/ideas/1/trail", {"branch": "saturday"})
    assert notice_branches() == 1
    work()
    assert not Concern.objects.exists()
    git(built.shop, "switch", "--quiet", "saturday")
    commit(built.shop, today - timedelta(days=1), "Saturday", "shipping/a.py", "stock/a.py")
    git(built.shop, "switch", "--quiet", "main")
    assert notice_branches() == 1
    assert notice_branches() == 0
    work()
    assert Concern.objects.get().part == "stock"


def test_nothing_is_compared_that_could_not_be(area: Any, signed_in: Any) -> None:
    client = signed_in("engineering lead")
    for name in ("../x", "-rf", "a b", "x" * 300):
        assert client.post("/checkout/ideas/1/trail", {"branch": name}).status_code == 422
    client.post("/checkout/ideas/1/trail", {"ticket": "SHOP-99"})
    assert not Job.objects.filter(kind=KIND).exists()
    area.area.repositories.create(name="shop", path="/nowhere/at/all")
    assert compare_later(fresh(area.area)) is None
    fresh(area.area).go_ahead(area.emil, "engineering")
    assert compare_later(fresh(area.area)) is not None
    assert notice_branches() == 0
    do(Job.objects.claim())
    assert "not read when you went ahead" in Trail.objects.get().said


def test_bad_news_waits_for_a_word_then_for_its_raiser(area: Any) -> None:
    from colead.web.concerns.waiting import waits

    product, engineering, viewer = (
        area.area.memberships.get(person=area.people[who])
        for who in ("product lead", "engineering lead", "product viewer")
    )
    one = Concern.objects.raise_it(area.area, viewer.person, "hidden", "The courier", area.brief)
    Concern.objects.surprise(area.brief, "shop", "till", "Day 6: also changes Till, not foreseen", 6)
    assert [each.kind for each in waits(engineering)] == ["surprise", "concern"]
    assert [each.kind for each in waits(product)] == ["surprise"]
    assert not list(waits(viewer))
    one.reply(area.emil, "We know; it ends in May")
    assert [each.kind for each in waits(engineering)] == ["surprise"]
    assert [each.reason for each in waits(viewer)] == ["you say when it is resolved"]
    assert Concern.objects.surprise(area.brief, "shop", "till", "again", 7) is None
