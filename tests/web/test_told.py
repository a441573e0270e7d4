"""Pages of an area as a whole: where to invest next, how often readings were right, in the area's words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from colead.agreement import USUAL
from colead.demo.repository import demo_repository
from colead.web.areas.models import Area, Side
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later, record_later, replay_due
from colead.web.repositories.models import KeptReading, Look
from colead.web.repositories.own import own, sentence

TEXT = "The courier reads gift notes aloud at checkout, and the packing slip prints them."


def work() -> None:
    """Do every job that waits."""
    while (job := Job.objects.claim()) is not None:
        do(job)
        job.refresh_from_db()
        assert job.state == "done", job.what


@pytest.fixture(scope="module")
def shop(tmp_path_factory: Any) -> Any:
    return demo_repository(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def seen(area: Any, shop: Any) -> Any:
    """The area with the demo shop looked at, its idea read, a part called otherwise, a share agreed."""
    one = area.area.repositories.create(name="shop", path=str(shop))
    one.words.create(target="services/checkout", name="Basket", says=["till"], by=area.priya)
    area.brief.by_space["problem"].save_text(area.priya, TEXT, over=1)
    area.area.agree_on(area.priya, Side.PRODUCT, 35, USUAL)
    look_later(area.area)
    check_later(area.brief)
    work()
    return area


def test_the_investments_are_told_over_the_open_ideas(seen: Any, signed_in: Any) -> None:
    page = signed_in("product viewer").get("/checkout/ahead").content.decode()
    assert "Where to invest next" in page and "Basket" in page and "Room for" in page
    assert 'href="/checkout/ideas/1"' in page and 'href="/checkout/system/services/checkout?in=' in page
    assert "35 %" in page and 'style="' not in page and '<details class="fold">' in page


def test_a_shipped_idea_is_ahead_no_more(seen: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    client.post("/checkout/ideas/1/shipping")
    work()
    page = client.get("/checkout/ahead").content.decode()
    assert 'href="/checkout/ideas/1"' not in page and "No spec was given" not in page


def test_the_balance_speaks_as_the_area_does(seen: Any, signed_in: Any) -> None:
    page = signed_in("product viewer").get("/checkout/balance").content.decode()
    assert "Basket" in page and "agreed for health: 35 %" in page and '<svg class="months"' in page
    assert '<details class="fold">' in page


def test_the_past_is_replayed_and_readings_carry_it(seen: Any, signed_in: Any) -> None:
    record_later(seen.area)
    work()
    page = signed_in("product viewer").get("/checkout/record").content.decode()
    assert "past changes here" in page and '<svg class="record"' in page and 'style="' not in page
    assert "No idea with a range of dates has reached people" in page
    assert seen.brief.readings.count() == 2  # the second one tells how often it was right here
    assert "stood among the first ten" in seen.brief.newest_reading.wire


def test_the_past_is_replayed_once_a_week_by_itself(seen: Any) -> None:
    assert replay_due() == 1
    assert replay_due() == 0
    work()
    assert replay_due() == 0
    longer = timezone.now() - timedelta(days=8)
    Look.objects.filter(kind="record").update(made=longer)
    Job.objects.update(made=longer)
    assert replay_due() == 1


def shipped(area: Area, by: Any, weeks: float, *, low: float = 2.0, high: float = 6.0) -> None:
    """An idea of which that was said, and that people had after so many weeks."""
    from colead.web.briefs.models import Brief

    one = Brief.objects.write(area, by, f"After {weeks} weeks", {}, None)
    told = f'{{"timeline": {{"start": "2026-01-05", "weeks": {{"low": {low}, "high": {high}}}}}}}'
    KeptReading.objects.create(brief=one, digest="", tips="", verdict="", wire=told)
    one.ship(by, date(2026, 1, 5) + timedelta(days=round(7 * weeks)))


def test_own_forecasts_are_held_against_what_came(area: Any, signed_in: Any) -> None:
    shipped(area.area, area.priya, 4)
    shipped(area.area, area.priya, 9)
    told = own(area.area)
    assert [one.said.held for one in told] == [True, False]
    assert sentence(told) == "Of two ideas that people have by now, one came within the range that was said."
    page = signed_in("product viewer").get("/checkout/record").content.decode()
    assert sentence(told) in page and page.count("<circle") == 2 and "beside the range" in page


def test_the_word_of_the_day_somebody_went_ahead_counts(area: Any) -> None:
    shipped(area.area, area.priya, 4)
    brief = area.area.briefs.get(title="After 4 weeks")
    brief.go_ahead(area.priya, Side.PRODUCT)
    late = '{"timeline": {"start": "2026-01-05", "weeks": {"low": 1.0, "high": 1.5}}}'
    KeptReading.objects.create(brief=brief, digest="", tips="", verdict="", wire=late)
    assert own(area.area)[0].said.high == 6.0


@pytest.mark.parametrize("wire", ["", "{}", '{"timeline": null}', '{"timeline": {"start": "x"}}'])
def test_a_reading_without_dates_tells_none(wire: str, area: Any) -> None:
    shipped(area.area, area.priya, 4)
    KeptReading.objects.update(wire=wire)
    assert own(area.area) == []


@pytest.mark.parametrize("path", ["ahead", "record"])
def test_what_another_version_kept_asks_to_look_anew(path: str, area: Any, signed_in: Any) -> None:
    Look.objects.create(area=area.area, kind="ahead", sentence="", page="", wire='{"schema": "other"}')
    assert signed_in("product viewer").get(f"/checkout/{path}").status_code == 200


@pytest.mark.parametrize(("path", "kind"), [("ahead", "ahead"), ("record", "record"), ("balance", "look")])
def test_looking_anew_asks_for_a_job(path: str, kind: str, area: Any, shop: Any, signed_in: Any) -> None:
    client = signed_in("engineering member")
    client.post(f"/checkout/{path}")
    assert not Job.objects.exists()  # there is nothing to look at
    area.area.repositories.create(name="shop", path=str(shop))
    assert client.post(f"/checkout/{path}").headers["Location"] == f"/checkout/{path}"
    assert Job.objects.get().kind == kind


def test_a_reading_leads_to_the_record(seen: Any, signed_in: Any) -> None:
    page = signed_in("product viewer").get("/checkout/ideas/1").content.decode()
    assert "the whole record" in page and page.count('href="/checkout/record"') > 1
