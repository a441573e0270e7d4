"""`colead backtest` on the demo shop, from the command line to what later readings carry."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from past import make
from story import Change
from test_writers import valid

from colead.backtest import Backtest, Foretold, Miss
from colead.cli.run import run
from colead.grading import backtest
from colead.look import check
from colead.writers.backtest import quiet, text
from colead.writers.backtest_page import html
from colead.writers.pictures.record import ranges
from colead.writers.schema import backtest_schema
from colead.writers.wire import to_json

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 10, 19)
SPEC = ROOT / "examples" / "gift-notes.md"


@pytest.fixture(scope="module")
def told(shop: Path, cache: Path) -> Backtest:
    return backtest(shop, today=TODAY, cache=cache)


def test_the_past_of_the_shop_is_scored(told: Backtest) -> None:
    one = told.repositories[0]
    assert one.touches is not None
    assert len(one.touches.moments) == 4
    own, changed, _ = one.touches.rules
    assert own.hits > changed.hits
    assert re.match(
        r"Of \d+ past changes here, .* for \d+; .* alone: \d+, plain search: \d+\.$", told.sentence
    )
    assert {gone.part for gone in one.coverage} == {"touches", "fragility", "timeline", "partners"}


def test_the_same_past_gives_the_same_figures(shop: Path, told: Backtest, tmp_path: Path) -> None:
    assert backtest(shop, today=TODAY, cache=tmp_path).repositories == told.repositories


def test_later_readings_carry_it(shop: Path, told: Backtest, cache: Path) -> None:
    def record(today: date) -> str:
        rows = check(SPEC, shop, today=today, cache=cache).evidence
        return next(row.record for row in rows if row.id == "T01-1")

    assert record(date(2026, 10, 20)).startswith("replayed here on 19 October: for ")
    assert record(date(2026, 10, 18)) == "not yet replayed here"


def test_it_fits_a_screen(told: Backtest) -> None:
    lines = text(told, width=100, colour=False).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    assert lines[-1].endswith("colead explain B01")
    assert "\x1b[1m" in text(told, width=60, colour=True)
    assert quiet(told) == f"{told.sentence}\n"


def test_it_is_on_the_wire(told: Backtest) -> None:
    published = json.loads((ROOT / "docs" / "schema" / "backtest-1.json").read_text())
    assert published == backtest_schema()
    assert valid(json.loads(to_json(told)), {"$ref": published["$ref"]}, published["$defs"])


def test_the_command_prints_each_form(
    shop: Path, cache: Path, told: Backtest, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["backtest", "--repo", str(shop), "--cache", str(cache), "--today", TODAY.isoformat()]
    for more, begins in (([], "Of "), (["--quiet"], told.sentence), (["--json"], '{\n  "schema": "colead.')):
        assert run([*asked, *more]) == 0
        assert capsys.readouterr().out.startswith(begins)


def test_the_page_is_one_file_that_loads_nothing(
    shop: Path, cache: Path, told: Backtest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "trust.html"
    asked = ["backtest", "--repo", str(shop), "--cache", str(cache), "--today", TODAY.isoformat(), "--quiet"]
    assert run([*asked, "--html", str(page)]) == 0
    written = page.read_text(encoding="utf-8")
    assert told.sentence in written and "plain search" in written
    assert "default-src 'none'" in written and "<script" not in written and "src=" not in written
    assert written.count("<section") == written.count("</section>") == 5
    page.write_text("somebody else's", encoding="utf-8")
    capsys.readouterr()
    assert run([*asked, "--html", str(page)]) == 2
    assert "E06" in capsys.readouterr().err


def test_titles_of_others_stay_text(told: Backtest) -> None:
    one = told.repositories[0]
    assert one.touches is not None
    miss = Miss("0" * 40, "<script>alert(1)</script>", "2026-10-01", ("a<b>.py",), 2, ("\x1b[2Jc.py",))
    touches = replace(one.touches, misses=(miss,))
    odd = replace(told, repositories=(replace(one, touches=touches),))
    assert "<script" not in html(odd) and "a&lt;b&gt;.py" in html(odd) and "and 2 more" in html(odd)
    assert "\x1b" not in html(odd) and "\x1b" not in text(odd, width=100, colour=False)


def test_a_young_repository_says_what_is_missing(tmp_path: Path) -> None:
    young = make(tmp_path / "young.git", [Change(date(2026, 10, 1), "Begin the shop", ("shop/a.py",))], {})
    told = backtest([young, young], today=TODAY, cache=tmp_path / "cache")
    assert [one.repository for one in told.repositories] == ["young", "young-2"]
    assert {gone.state for one in told.repositories for gone in one.coverage} == {"too little data"}
    assert "young-2:" in text(told, width=80, colour=False)
    assert "usable past changes, and at least 20 are needed" in text(told, width=200, colour=False)


def test_every_range_is_a_dot_on_the_page(told: Backtest) -> None:
    pace = told.repositories[0].pace
    assert pace is not None and len(pace.each) == pace.ranges
    assert sum(one.held for one in pace.each) == pace.held
    assert [one.day for one in pace.each] == sorted(one.day for one in pace.each)
    drawn = ranges(pace.each, "said")
    assert drawn.count("<circle") == pace.ranges


def test_what_never_came_stands_above_the_picture() -> None:
    told = [Foretold("2026-01-05", 2.0, 6.0, None), Foretold("2026-03-05", 2.0, 6.0, 1.0)]
    drawn = ranges(told, "said")
    assert drawn.count("dot out") == 2 and "not done in the weeks" in drawn and "beside the range" in drawn
    assert not told[0].held and not told[1].held
