"""`colead fragility` on real clones, from the command line to what stands on the screen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from past import git, make
from story import Change
from test_writers import valid

from colead.cli.run import run
from colead.errors import WrongUse
from colead.lookout import fragility
from colead.outlook import Outlook
from colead.writers.outlook import LINES, UNPROVED, quiet, text
from colead.writers.schema import outlook_schema
from colead.writers.wire import to_json

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 10, 19)
BLAMING = ("bad code", "author", "outage", "churn", "hotspot", "coupling")


@pytest.fixture(scope="module")
def told(shop: Path, cache: Path) -> Outlook:
    return fragility(shop, today=TODAY, cache=cache)


def test_the_shop_is_told_with_its_record(told: Outlook) -> None:
    assert told.places and told.record is not None and told.record.held
    assert told.sentence.startswith("Likeliest to need fixes in the next three months: ")
    assert {row.record for row in told.evidence if not row.id.startswith("F04")} == {told.record.sentence}


@pytest.mark.parametrize("files", [False, True])
@pytest.mark.parametrize("width", [60, 100, 200])
def test_it_fits_a_screen_in_plain_words(shop: Path, cache: Path, files: bool, width: int) -> None:
    page = text(fragility(shop, files=files, today=TODAY, cache=cache), width=width, colour=False)
    lines = page.splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= width
    assert lines[-1].endswith("F02")
    assert [word for word in BLAMING if word in page.lower()] == []
    assert "How often such a list was right here:" in " ".join(page.split())


def test_a_part_is_found_by_its_name_and_its_folder(shop: Path, cache: Path, told: Outlook) -> None:
    first = told.places[0]
    by_name = fragility(shop, first.name.upper(), today=TODAY, cache=cache)
    by_folder = fragility(shop, f"{first.key}/", today=TODAY, cache=cache)
    assert by_name.within == by_folder.within == first.name
    assert by_name.places == by_folder.places
    assert {one.kind for one in by_name.places} == {"file"}
    one = fragility(shop, by_name.places[0].key, today=TODAY, cache=cache)
    assert [place.key for place in one.places] == [by_name.places[0].key]


def test_an_unknown_part_is_refused_with_the_names_that_there_are(shop: Path, cache: Path) -> None:
    with pytest.raises(WrongUse) as refused:
        fragility(shop, "no such thing", today=TODAY, cache=cache)
    assert refused.value.code == "E39" and "the parts are '" in refused.value.why


def test_it_is_on_the_wire(told: Outlook) -> None:
    published = json.loads((ROOT / "docs" / "schema" / "fragility-1.json").read_text())
    assert published == outlook_schema()
    assert valid(json.loads(to_json(told)), {"$ref": published["$ref"]}, published["$defs"])


def test_the_command_prints_each_form(
    shop: Path, cache: Path, told: Outlook, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["fragility", "--repo", str(shop), "--cache", str(cache), "--today", TODAY.isoformat()]
    forms = {
        (): told.sentence[:40],
        ("--quiet",): quiet(told),
        ("--json",): '{\n  "schema": "colead.fragility/1"',
        ("--technical", "--width", "120"): told.sentence[:40],
    }
    for more, begins in forms.items():
        assert run([*asked, *more]) == 0
        assert capsys.readouterr().out.startswith(begins)
    assert run([*asked, "nothing-of-that-name"]) == 2
    assert "E39" in capsys.readouterr().err


def test_the_engineers_line_and_the_newest_fix_are_behind_a_word(told: Outlook) -> None:
    plain, technical = (text(told, width=100, colour=False, technical=one) for one in (False, True))
    assert "negative binomial" in technical and "newest fix" in technical
    assert "negative binomial" not in plain and "newest fix" not in plain
    assert "\x1b[" in text(told, width=100, colour=True)


def test_names_of_strangers_cannot_write_on_the_screen(told: Outlook) -> None:
    name = "a/\x1b[2J\u202e/" + "b" * 300
    odd = replace(told.places[0], kind="file", name=name, reasons=("\x07 bell", "x"))
    page = text(replace(told, places=(odd,)), width=80, colour=False)
    assert page.replace("\n", "").isprintable()
    assert max(map(len, page.splitlines())) <= 80


def test_a_young_repository_says_what_is_missing(tmp_path: Path) -> None:
    young = make(tmp_path / "young.git", [Change(date(2026, 10, 1), "Begin the shop", ("shop/a.py",))], {})
    page = text(fragility(young, today=TODAY, cache=tmp_path / "cache"), width=80, colour=False)
    assert page.startswith("Fragility needs half a year of history; here are 18 days.")


def test_before_there_are_past_quarters_it_says_so_and_commits_open(tmp_path: Path) -> None:
    start = TODAY - timedelta(days=200)
    days = [start + timedelta(days=6 * number) for number in range(33)]
    changes = [Change(day, f"fix: the cart {day}", ("cart/a.py", "cart/b.py")) for day in days]
    bare = make(tmp_path / "shop.git", changes, {"till/a.py": "def a():\n    return 1\n"})
    git(bare, "config", "remote.origin.url", "https://github.com/shop/shop.git")
    told = fragility(bare, files=True, today=TODAY, cache=tmp_path / "cache")
    assert told.places and told.record is None
    assert UNPROVED in text(told, width=100, colour=False)
    newest = next(row for row in told.evidence if row.id == told.places[0].fixes.evidence).sources[0]
    assert newest.url == f"https://github.com/shop/shop/commit/{newest.ref}"


def test_features_that_changed_a_part_and_reached_further_are_told_of_it(tmp_path: Path) -> None:
    parts = [f"services/part-{number}/a.py" for number in range(6)]
    tree = dict.fromkeys((*parts, "services/shared/a.py"), "def a():\n    return 1\n")
    start = TODAY - timedelta(days=700)
    changes = []
    for number in range(150):
        day, own = start + timedelta(days=4 * number), parts[number % 6]
        changes.append(Change(day, f"feat: one thing {number}", (own, parts[(number + 1) % 6])))
        if number % 5 == 0:
            along = [one for one in parts if one != own]
            changes.append(Change(day, f"feat: many things {number}", ("services/shared/a.py", *along)))
    bare = make(tmp_path / "shop.git", changes, tree)
    found = fragility(bare, "shared", today=TODAY, cache=tmp_path / "cache")
    (drag,) = found.drags
    assert drag.times.low is not None and drag.times.low > 1 and drag.here.value > 4.9
    row = next(row for row in found.evidence if row.id == drag.times.evidence)
    assert (row.id, row.n) == ("F03-1", 31)
    page = text(found, width=100, colour=False, technical=True)
    assert "Features that changed Shared reached 5.0 other parts on average" in " ".join(page.split())
    assert "an association, not a cause" in " ".join(page.split())
    published = json.loads((ROOT / "docs" / "schema" / "fragility-1.json").read_text())
    assert valid(json.loads(to_json(found)), {"$ref": published["$ref"]}, published["$defs"])
    assert fragility(bare, today=TODAY, cache=tmp_path / "cache").drags == ()


def test_what_a_part_drags_along_is_the_same_from_the_cache(shop: Path, tmp_path: Path) -> None:
    for day in (TODAY, date(2025, 10, 19), TODAY):  # another day is another stretch of history
        kept = fragility(shop, "Checkout", today=day, cache=tmp_path / "kept")
        again = fragility(shop, "Checkout", today=day, cache=tmp_path / "kept")
        anew = fragility(shop, "Checkout", today=day, cache=tmp_path / day.isoformat())
        assert kept.drags == again.drags == anew.drags
        assert kept.coverage == again.coverage == anew.coverage
