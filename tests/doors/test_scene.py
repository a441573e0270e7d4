"""The scene of the product: three services, two of them fragile, one edge case, one partner, 3 in 10.

Told once by the demo shop and asked through every door that exists. Nothing in
it may be bought by loosening an assertion: tune the story or the words instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from colead import Reading, check, phrase
from colead.demo.repository import STAMP, TIP, demo_repository
from colead.demo.story import HOPED_FOR, TODAY
from colead.fragility import Level
from colead.spec import Said
from colead.tradeoff import Act
from colead.writers.wire import from_json

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "examples" / "gift-notes.md"
# The shop is the same on every machine; a new story gets a new hash here.


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shop(place: Path) -> Path:
    return demo_repository(place)


@pytest.fixture(scope="module")
def reading(shop: Path, place: Path) -> Reading:
    return check(
        SPEC,
        shop,
        by=date.fromisoformat(HOPED_FOR),
        today=date.fromisoformat(TODAY),
        cache=place / "cache",
    )


def door(shop: Path, place: Path, *more: str) -> str:
    """What the command line prints."""
    words: Sequence[str] = (
        *(sys.executable, "-m", "colead", "check", str(SPEC), "--repo", str(shop)),
        *("--by", HOPED_FOR, "--today", TODAY, "--cache", str(place / "cache")),
        *more,
    )
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_shop_has_fixed_hashes(reading: Reading) -> None:
    assert reading.repositories[0].tip == TIP
    assert 2_800 <= reading.repositories[0].landings <= 3_400


def test_a_shop_of_an_older_colead_is_built_anew(tmp_path: Path) -> None:
    stamp = demo_repository(tmp_path) / STAMP
    stamp.write_text("1")
    assert (demo_repository(tmp_path) / STAMP).read_text() == TIP


def test_three_services_two_of_them_fragile(reading: Reading) -> None:
    found = [(one.touch.name, one.touch.kind.value, one.fragility.level) for one in reading.touches]
    assert sorted(found) == [
        ("Checkout", "service", Level.FRAGILE),
        ("Packing slips", "service", Level.STEADY),
        ("Shipping", "service", Level.FRAGILE),
    ]
    assert not any(one.touch.thin for one in reading.touches)


def test_the_three_questions(reading: Reading) -> None:
    assert [one.said for one in reading.answers] == [Said.ANSWERED, Said.HALF, Said.OPEN]
    assert "delivery instructions" in reading.answers[0].quote
    assert all(one.quote in SPEC.read_text() for one in reading.answers)


def test_one_edge_case_with_the_past_fix_behind_it(reading: Reading) -> None:
    broke = [one for one in reading.questions if one.code == "U01"]
    assert len(broke) == 1
    assert "split into parcels" in broke[0].ask and "8 May" in broke[0].ask
    rows = {one.id: one for one in reading.evidence}
    assert any("split into parcels" in source.title for source in rows[broke[0].evidence].sources)


def test_one_partner(reading: Reading) -> None:
    assert [(one.name, one.of_name) for one in reading.partners] == [("Returns label", "Shipping")]


def test_three_in_ten(reading: Reading) -> None:
    assert reading.timeline is not None
    assert "3 in 10" in reading.timeline.sentence and "5 to 10 weeks" in reading.timeline.sentence
    assert reading.timeline.by == HOPED_FOR


def test_the_occasions_of_the_shop_are_told_with_the_date(reading: Reading, shop: Path, place: Path) -> None:
    assert reading.timeline is not None
    names = [one.name for one in reading.timeline.ready]
    assert names == ["", "Black Friday", "Christmas orders"]
    hoped, friday, advent = (one.odds.value for one in reading.timeline.ready)
    assert friday < hoped < advent
    assert "1 in 10 to be ready for Black Friday, 27 November" in " ".join(door(shop, place).split())


def test_skipping_and_waiting_are_both_weighed_for_both_sides(reading: Reading) -> None:
    told = {one.act: one for one in reading.tradeoffs}
    assert [one.code for one in reading.tradeoffs] == ["X01", "X03", "X04"]
    assert told[Act.SKIP].what == "changing Returns label along"
    assert told[Act.WAIT].sentence == "5 in 10 for Christmas orders becomes less than 1 in 20."
    assert reading.tradeoffs[1].sentence.startswith("Four issues ask for it (18 votes) since 11 March 2025")
    for one in told.values():
        number = phrase.often(one.here.value) if one.act is Act.SKIP else phrase.odds(one.here.value)
        assert all(number in told for told in (one.sentence, one.product, one.engineering))


def test_the_verdict_says_it_in_one_sentence(reading: Reading) -> None:
    said = reading.verdict.sentence
    assert "three services, two of them fragile" in said
    assert "1 December has about 3 chances in 10" in said
    assert all(part in said for part in reading.verdict.strong)


def test_every_number_opens_its_evidence(reading: Reading) -> None:
    rows = {one.id for one in reading.evidence}
    told = json.dumps([*_figures(reading)])
    assert rows and set(json.loads(told)) <= rows


def _figures(value: object) -> list[str]:
    from dataclasses import fields, is_dataclass

    from colead.evidence import Figure

    if isinstance(value, Figure):
        return [value.evidence]
    if isinstance(value, tuple):
        return [one for part in value for one in _figures(part)]
    if is_dataclass(value):
        return [one for field in fields(value) for one in _figures(getattr(value, field.name))]
    return []


def test_at_most_five_questions_and_one_page(reading: Reading, shop: Path, place: Path) -> None:
    assert 3 <= len(reading.questions) <= 5
    lines = door(shop, place).rstrip("\n").split("\n")
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100


def test_the_command_line_tells_the_scene(shop: Path, place: Path) -> None:
    said = door(shop, place)
    for needle in ("three services, two of them", "Checkout", "Shipping", "Packing slips", "Returns label"):
        assert needle in said
    assert "split into parcels" in said and "3 in 10" in said


def test_json_is_the_same_reading(reading: Reading, shop: Path, place: Path) -> None:
    told = from_json(door(shop, place, "--json"))
    assert told.verdict == reading.verdict and told.touches == reading.touches
    assert told.evidence == reading.evidence


def test_markdown_tells_the_scene_in_twelve_lines(shop: Path, place: Path) -> None:
    visible = door(shop, place, "--md").split("<details>")[0].strip().splitlines()
    assert len(visible) <= 12
    assert "three services, two of them fragile" in "\n".join(visible)


def test_the_page_tells_the_scene(shop: Path, place: Path) -> None:
    page = place / "gift-notes.html"
    door(shop, place, "--html", str(page))
    told = page.read_text()
    for needle in ("three services, two of them fragile", "Returns label", "split into parcels", "3 in 10"):
        assert needle in told
