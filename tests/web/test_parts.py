"""Pages of parts: what each is, how fragile, which ideas reach it; the map leads to them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from colead.demo.repository import demo_repository
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.parts.models import Part, Reached
from colead.web.repositories.check import check_later
from colead.web.repositories.look import look_later

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
    """The area with the demo shop looked at, and its idea read."""
    area.shop = area.area.repositories.create(name="shop", path=str(shop))
    area.brief.by_space["problem"].save_text(area.priya, TEXT, over=1)
    look_later(area.area)
    check_later(area.brief)
    work()
    return area


def test_a_part_says_what_it_is_and_which_ideas_touch_it(seen: Any, signed_in: Any) -> None:
    reached = Reached.objects.filter(partner=False).first()
    assert reached is not None
    page = signed_in("product viewer").get(f"/checkout/system/{reached.key}").content.decode()
    assert "Gift notes" in page and "How fragile it is" in page and "in the next three months" in page
    assert '<svg class="seasons"' in page and "Evidence" in page and 'style="' not in page
    assert f"<code>{reached.key}</code>" in page


def test_the_map_leads_to_parts_and_outlines_what_ideas_touch(seen: Any, signed_in: Any) -> None:
    page = signed_in("product viewer").get("/checkout/system").content.decode()
    links = set(re.findall(r'href="(/checkout/system/[^"]+)"', page))
    assert links and "touched by an open idea" in page and 'href="#e-F02' in page
    for one in links:
        assert signed_in("engineering viewer").get(one.replace("&amp;", "&")).status_code == 200, one


def test_every_evidence_link_of_a_part_opens_a_row_of_its_page(seen: Any, signed_in: Any) -> None:
    for part in Part.objects.all():
        assert set(re.findall(r'href="#([^"]+)"', part.page)) <= set(re.findall(r'id="([^"]+)"', part.page))


def test_a_shipped_idea_outlines_nothing_at_the_next_look(seen: Any, signed_in: Any) -> None:
    seen.brief.ship(seen.priya, seen.brief.made.date())
    look_later(seen.area)
    work()
    assert "touched by an open idea" not in signed_in("product lead").get("/checkout/system").content.decode()
    reached = Reached.objects.filter(partner=False).first()
    assert reached is not None
    page = signed_in("product lead").get(f"/checkout/system/{reached.key}").content.decode()
    assert "The newest reading of no open idea names it." in page


def test_a_page_of_a_part_asks_as_much_for_one_idea_as_for_many(seen: Any, signed_in: Any) -> None:
    client, one = signed_in("product lead"), Reached.objects.filter(partner=False)[0]
    address = f"/checkout/system/{one.key}?in={seen.shop.pk}"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    rows = [Reached(**{**_row(one), "brief": seen.brief}) for _ in range(30)]
    Reached.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few) <= 10


def _row(one: Reached) -> dict[str, Any]:
    names = ("repository", "key", "name", "of", "partner", "odds", "sentence")
    return {name: getattr(one, name) for name in names}


@pytest.mark.parametrize("given", ["x", "99999999", "9" * 40, "-1"])
def test_another_repository_in_the_address_is_no_fault(given: str, seen: Any, signed_in: Any) -> None:
    key = Part.objects.all()[0].key
    assert signed_in("product lead").get(f"/checkout/system/{key}?in={given}").status_code in (200, 404)
