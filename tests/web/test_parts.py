"""Pages of parts: what each is, how fragile, which ideas reach it; the map leads to them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from colead.correction import FILE
from colead.demo.repository import demo_repository
from colead.readers.corrections import read_corrections
from colead.readers.settings import GLOSSARY, read_glossary
from colead.web.areas.models import Entry
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.parts.lessons import beside
from colead.web.parts.models import Amiss, Part, Reached, Word
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


def test_a_part_and_what_was_told_are_data(seen: Any, signed_in: Any) -> None:
    client, reached = signed_in("product viewer"), Reached.objects.filter(partner=False)[0]
    there = f"/checkout/system/{reached.key}"
    page = client.get(f"{there}?in={seen.shop.pk}").content.decode()
    assert f'href="{there}.json?in={seen.shop.pk}"' in page
    told = client.get(f"{there}.json?in={seen.shop.pk}").json()
    assert told["key"] == reached.key and told["repository"] == "shop" and told["files"] > 0
    assert [one["title"] for one in told["ideas"]] == ["Gift notes"]
    assert client.get(f"{there}.json?in=999999").status_code == 404
    seen.shop.words.create(target=reached.key, name="The till", says=["till"], by=seen.priya)
    said = {"repository": seen.shop, "brief": seen.brief, "by": seen.emil, "spec": "Gift notes"}
    Amiss.objects.create(kind="wrong", part=reached.key, because="moved", **said)
    lessons = client.get("/checkout/told.json").json()
    assert lessons["words"][0]["says"] == ["till"] and lessons["corrections"][0]["idea"] == 1


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


def entries() -> int:
    """How many things were written down by people."""
    return Entry.objects.exclude(verb="read").count()


def touches(area: Any) -> dict[str, str]:
    """The evidence of each touched part of the newest reading, by key."""
    reading = area.brief.newest_reading.reading
    return {one.touch.component: one.touch.probability.evidence for one in reading.touches}


def test_a_wrong_touch_is_said_once_and_gone_until_it_is_taken_back(seen: Any, signed_in: Any) -> None:
    client, (key, evidence) = signed_in("engineering member"), next(iter(touches(seen).items()))
    page = client.get("/checkout/ideas/1").content.decode()
    assert f'name="wrong" value="{evidence}"' in page and "colead check" not in page
    before = entries()
    for _ in range(2):
        told = {"wrong": evidence, "because": "a gift note is no order note"}
        assert client.post("/checkout/ideas/1/corrections", told).status_code == 302
    assert entries() == before + 1
    work()
    assert key not in touches(seen)
    said = client.get("/checkout/told").content.decode()
    assert "a gift note is no order note; said by engineering member" in said
    file = client.get(f"/checkout/told/{seen.shop.pk}/corrections.yml").content
    assert [one.part for one in read_corrections(file)] == [key]
    assert file == beside(seen.shop)[FILE]
    client.post("/checkout/told", {"correction": str(Amiss.objects.get().pk)})
    assert entries() == before + 2
    work()
    assert key in touches(seen)


def test_a_missing_part_is_put_in_by_its_name(seen: Any, signed_in: Any) -> None:
    part = Part.objects.exclude(key__in=touches(seen)).order_by("key")[0]
    told = {"missing": part.name.upper(), "because": "gift notes are kept there"}
    assert signed_in("product member").post("/checkout/ideas/1/corrections", told).status_code == 302
    work()
    assert part.key in touches(seen)


def test_a_partner_that_is_none_is_silenced(seen: Any, signed_in: Any, project: Path) -> None:
    text = (project / "examples" / "gift-notes.md").read_text(encoding="utf-8")
    seen.brief.by_space["problem"].save_text(seen.priya, text, over=2)
    check_later(seen.brief)
    work()
    partners = seen.brief.newest_reading.reading.partners
    told = {"wrong": partners[0].together.evidence, "because": ""}
    assert signed_in("product lead").post("/checkout/ideas/1/corrections", told).status_code == 302
    assert Amiss.objects.get().kind == "not a partner"
    work()
    after = [(one.of, one.component) for one in seen.brief.newest_reading.reading.partners]
    assert (partners[0].of, partners[0].component) not in after


@pytest.mark.parametrize(
    "told",
    [
        {"wrong": "Nonsense"},
        {"missing": "Nonsense", "because": "<b>"},
        {"missing": "Checkout", "because": "x" * 300},
        {},
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_is_kept(
    told: dict[str, str], seen: Any, signed_in: Any
) -> None:
    before = entries()
    answer = signed_in("product lead").post("/checkout/ideas/1/corrections", told)
    assert answer.status_code == 422 and b"Not kept yet" in answer.content and b"<b>" not in answer.content
    assert entries() == before and not Amiss.objects.exists()


def test_viewers_see_no_form(seen: Any, signed_in: Any) -> None:
    assert b"this is wrong" not in signed_in("product viewer").get("/checkout/ideas/1").content
    key, evidence = next(iter(touches(seen).items()))
    refused = signed_in("product viewer").post("/checkout/ideas/1/corrections", {"wrong": evidence})
    assert refused.status_code == 403
    assert signed_in("product viewer").post(f"/checkout/system/{key}", {"name": "x"}).status_code == 403


def test_a_part_is_called_as_the_area_calls_it(seen: Any, signed_in: Any) -> None:
    client, key = signed_in("product member"), next(iter(touches(seen)))
    before = entries()
    told = {"name": "The till", "says": "counter, cash desk, counter"}
    assert client.post(f"/checkout/system/{key}?in={seen.shop.pk}", told).status_code == 302
    assert entries() == before + 1
    client.post(f"/checkout/system/{key}", told)
    assert entries() == before + 1
    work()
    page = client.get(f"/checkout/system/{key}").content.decode()
    assert "<h1>The till</h1>" in page and "counter, cash desk" in page
    reading = seen.brief.newest_reading.reading
    assert "The till" in [one.touch.name for one in reading.touches]
    assert "The till" in client.get("/checkout/system").content.decode()
    file = client.get(f"/checkout/told/{seen.shop.pk}/glossary.yml").content
    (word,) = read_glossary(file)
    assert (word.name, word.target, word.says) == ("The till", key, ("counter", "cash desk"))
    other = Part.objects.exclude(key=key)[0].key
    answer = client.post(f"/checkout/system/{other}", {"name": "The till"})
    assert answer.status_code == 422 and b"another part" in answer.content
    client.post("/checkout/told", {"word": str(Word.objects.get().pk)})
    assert entries() == before + 2 and not Word.objects.exists()


@pytest.mark.parametrize("name", ["Returns: 2", "- x", "#", "null", "\u202eabc", "a\nb", "'\"", "x" * 300])
def test_any_name_is_kept_whole_or_refused(name: str, seen: Any, signed_in: Any) -> None:
    key = Part.objects.all()[0].key
    answer = signed_in("product member").post(f"/checkout/system/{key}", {"name": name})
    kept = [one.name for one in read_glossary(beside(seen.shop)[GLOSSARY])]
    assert kept == ([name] if answer.status_code == 302 else [])


def test_a_repositorys_own_glossary_is_taken_over(seen: Any, signed_in: Any) -> None:
    before = entries()
    answer = signed_in("engineering lead").post("/checkout/told", {"glossary": str(seen.shop.pk)})
    own = Word.objects.count()
    assert (answer.status_code, entries() - before) == ((302, 1) if own else (422, 0))


@pytest.mark.parametrize("told", [{}, {"word": "x"}, {"word": "9" * 30}, {"correction": "5"}])
def test_nothing_else_is_taken(told: dict[str, str], area: Any, signed_in: Any) -> None:
    assert signed_in("product lead").post("/checkout/told", told).status_code == 404
