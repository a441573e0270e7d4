"""What a team hands over, from the files to the page: incidents beside fragility, labels in the balance."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from colead.balancing import balance
from colead.cli.run import run
from colead.evidence import State
from colead.look import check
from colead.lookout import fragility
from colead.reading import Reading
from colead.store.imports import Given
from colead.writers.html import html
from colead.writers.markdown import markdown
from colead.writers.outlook import LINES
from colead.writers.outlook import text as listed
from colead.writers.text import text
from colead.writers.wire import from_json, to_json

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = ROOT / "examples" / "gift-notes.md"
TODAY = date(2026, 10, 19)
STATUS = (
    "id,title,started,ended,services,url\n"
    "INC-90,<b>Slips</b> were blank,2026-09-02 09:00,2026-09-02 10:05,Packing slips,javascript:alert(1)\n"
    "INC-91,Slips came twice,2026-08-02,,Packing slips,https://status.shop.example/91\n"
    "INC-12,Power cut,2026-01-03,,,\n"
)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    place = tmp_path_factory.mktemp("handed") / "status.csv"
    place.write_text(STATUS)
    return Given((), (place,))


@pytest.fixture(scope="module")
def reading(shop: Path, cache: Path, given: Given) -> Reading:
    return check(SPEC, shop, today=TODAY, cache=cache, given=given)


def test_a_touched_part_says_its_incidents_and_the_page_does_not_grow(reading: Reading) -> None:
    page = text(reading, width=110, colour=False)
    assert "two incidents (95 minutes)" in " ".join(page.split())
    assert len(page.splitlines()) <= 40
    coverage = next(one for one in reading.coverage if one.part == "incidents")
    assert coverage.state is State.FINDING
    assert coverage.note == "6 incidents imported, 1 of them names no part here: “Power cut”."


def test_every_door_tells_them_and_opens_them(reading: Reading) -> None:
    page = html(reading)
    assert (
        "two incidents in the past year" in page.lower() and 'href="https://status.shop.example/91"' in page
    )
    assert "javascript:" not in page and "<b>Slips</b> were" not in page
    assert "two incidents (95 minutes)" in markdown(reading)
    assert from_json(to_json(reading)) == reading
    toll = next(one.incidents for one in reading.touches if one.touch.name == "Checkout")
    assert toll is not None and toll.minutes is not None
    row = next(row for row in reading.evidence if row.id == toll.count.evidence)
    assert [one.ref for one in row.sources] == ["INC-41", "INC-29"]
    assert [(one.why, one.quote) for one in toll.struck] == [("listed", "Checkout")] * 2


def test_the_list_of_parts_says_them_in_the_same_order(shop: Path, cache: Path, given: Given) -> None:
    before = fragility(shop, today=TODAY, cache=cache)
    after = fragility(shop, today=TODAY, cache=cache, given=given)
    assert [(one.key, one.expected.value) for one in before.places] == [
        (one.key, one.expected.value) for one in after.places
    ]
    page = listed(after, width=100, colour=False, technical=False)
    assert "the last on 2 October" in " ".join(page.split())
    assert "6 incidents imported" in " ".join(page.split())
    assert len(page.splitlines()) <= LINES


def test_without_them_nothing_of_the_kind_is_said(shop: Path, cache: Path) -> None:
    bare = check(SPEC, shop, today=date(2026, 2, 1), cache=cache)  # before the first of them
    assert not [one for one in bare.coverage if one.part == "incidents"]
    pages = (text(bare, width=110, colour=False), html(bare), markdown(bare))
    assert not [word for page in pages for word in ("downtime", "outage") if word in page.lower()]


def test_incidents_of_the_days_after_are_not_known_yet(shop: Path, cache: Path, given: Given) -> None:
    told = fragility(shop, today=date(2026, 3, 1), cache=cache, given=given)
    assert {one.incidents.count.value for one in told.places if one.incidents} == {1}
    assert {one.key for one in told.places if one.incidents} == {"services/checkout", "services/payments"}


def labels(shop: Path, folder: Path) -> Path:
    """An export in which every key of the shop that ends in 1 is a bug, and every pull request by 7 docs."""
    issues = [
        {"key": f"SHOP-{101 + number}", "title": "x", "labels": ["bug"]} for number in range(0, 250, 10)
    ]
    pulls = [
        {"number": number, "title": "x", "labels": [{"name": "Type: Documentation"}], "pull_request": {}}
        for number in range(7, 5_000, 7)
    ]
    place = folder / "issues.json"
    place.write_text(json.dumps([*issues, *pulls]))
    return place


def test_labels_tell_kinds_that_titles_do_not(shop: Path, cache: Path, tmp_path: Path) -> None:
    place = labels(shop, tmp_path)
    (before,) = balance(shop, today=TODAY, cache=cache).repositories
    (after,) = balance(shop, today=TODAY, cache=cache, given=Given((place,))).repositories
    assert "by an issue's label" not in before.coverage.note
    assert "by an issue's label" in after.coverage.note
    assert before.whole is not None and after.whole is not None
    assert after.whole.landings == before.whole.landings
    assert after.whole.health.value != before.whole.health.value


def test_the_commands_take_files(shop: Path, cache: Path, tmp_path: Path, given: Given) -> None:
    at = ("--cache", str(cache), "--today", "2026-10-19", "--repo", str(shop))
    status = str(given.incidents[0])
    assert run(["check", str(SPEC), "--incidents", status, "--quiet", *at]) == 0
    assert run(["fragility", "--incidents", status, "--technical", *at]) == 0
    assert run(["balance", "--issues", str(labels(shop, tmp_path)), *at]) == 0


def test_a_file_that_cannot_be_used_is_told(
    shop: Path, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "status.csv"
    place.write_text("a,b\n1,2\n")
    assert run(["fragility", "--incidents", str(place), "--repo", str(shop), "--cache", str(cache)]) == 2
    said = capsys.readouterr().err
    assert "no column for the title" in said and "E63" in said
