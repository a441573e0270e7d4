"""`colead balance --ahead` and `--repair` on the demo shop: from specs to the terminal, JSON and the file."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from colead.ahead import FILE, Ahead, Repair
from colead.cli.run import run
from colead.errors import ColeadError
from colead.evidence import Coverage, State
from colead.planning import ahead, repair
from colead.readers.reserve import read_reserve
from colead.readers.settings import GLOSSARY
from colead.writers import ahead_page
from colead.writers.ahead import quiet, text
from colead.writers.lines import cells
from colead.writers.schema import ahead_schema
from colead.writers.wire import ahead_from_json, to_json

TODAY = date(2026, 10, 19)
SPLIT = Repair("split shipping prices", "shipping", "Emil", TODAY, date(2026, 12, 20), 2, 30)
GIFT = Path(__file__).parents[2] / "examples" / "gift-notes.md"
RETURNS = """# Returns by post

Buyers who send something back have to write an e-mail to get a label.

- In the order a buyer can ask for a returns label.
- The label is printed with the packing slip.
"""


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("specs")
    (folder / "returns.md").write_text(RETURNS)
    (folder / "stars.md").write_text("# Telescope\n\nThe nebula spectrograph calibrates infrared parsecs.\n")
    return [GIFT, folder / "returns.md", folder / "stars.md"]


@pytest.fixture(scope="module")
def told(shop: Path, cache: Path, specs: list[Path]) -> Ahead:
    return ahead(specs, shop, today=TODAY, cache=cache)


@pytest.fixture
def clone(shop: Path, tmp_path: Path) -> Path:
    subprocess.run(["git", "clone", "-q", str(shop), str(tmp_path / "clone")], check=True)
    return tmp_path / "clone"


def test_parts_are_ranked_by_the_fixes_to_expect_of_the_ideas(told: Ahead) -> None:
    expected = [one.expected.value for one in told.places]
    assert expected == sorted(expected, reverse=True) and len(expected) >= 3
    assert told.sentence == told.places[0].sentence
    assert [one.counted for one in told.ideas] == [True, True, False]
    for one in told.places:
        assert one.needed is not None and one.usual is not None
        low, high = one.needed.low, one.needed.high
        assert low is not None and high is not None and 0 <= low <= one.needed.value <= high <= 1
        assert one.more is (told.usual_share is not None and low > told.usual_share.value)


def test_the_odds_are_those_of_a_check(told: Ahead, shop: Path, cache: Path) -> None:
    from colead.look import check

    reading = check(GIFT, shop, today=TODAY, cache=cache)
    checked = {one.touch.component: one.touch.probability.value for one in reading.touches}
    met = {one.component: m.chance.value for one in told.places for m in one.meetings if m.idea == 0}
    assert met and all(checked[key] == chance for key, chance in met.items())


def test_every_figure_names_its_evidence(told: Ahead) -> None:
    known = {row.id for row in told.evidence}
    assert told.reserve is not None and told.usual_share is not None
    figures = [told.reserve.slots, told.reserve.landings, told.usual_share]
    for one in told.places:
        figures += [one.expected, one.odds, *(m.chance for m in one.meetings)]
    for stretch in told.reserve.stretches:
        figures += [stretch.landings, stretch.slots, stretch.health]
    assert {one.evidence for one in figures} <= known


def test_the_reserve_is_the_agreed_share_and_told_against_the_past(told: Ahead) -> None:
    room = told.reserve
    assert room is not None and not told.written
    assert room.slots.value == pytest.approx(0.2 * room.landings.value)
    assert room.until == "2026-11-30" and len(room.stretches) == 8
    assert room.stretches[0].ends == "2026-10-19" and room.stretches[0].begins == "2026-09-08"
    assert "Six weeks ago" in room.lately and "within its range in" in room.record


@pytest.mark.parametrize("width", [60, 88, 200])
def test_it_fits_on_a_screen(told: Ahead, width: int) -> None:
    lines = text(told, width=width, colour=False).splitlines()
    assert max(map(cells, lines)) <= width
    assert width < 88 or len(lines) <= 40
    words = " ".join(" ".join(lines).split())
    assert "THE IDEAS MEET" in words and "TO DO" in words and "Telescope: its words single out" in words
    assert width < 88 or "(70 to 84)" in words
    assert "churn" not in words and "bad code" not in words
    assert quiet(told).strip() == told.sentence
    assert "sum of odds" in text(told, width=width, colour=True, technical=True)


def test_the_same_question_gives_the_same_figures(
    shop: Path, specs: list[Path], told: Ahead, tmp_path: Path
) -> None:
    again = ahead(specs, shop, today=TODAY, cache=tmp_path)
    assert (again.places, again.reserve, again.evidence) == (told.places, told.reserve, told.evidence)


def test_json_keeps_to_its_schema(told: Ahead) -> None:
    form, found = json.loads(json.dumps(ahead_schema())), json.loads(to_json(told))
    assert found["schema"] == form["$id"] == "colead.ahead/1"
    assert set(found) == set(form["$defs"]["Ahead"]["required"])


def test_a_spec_given_twice_counts_once(shop: Path, cache: Path) -> None:
    both = ahead([GIFT, GIFT], shop, today=TODAY, cache=cache)
    assert [one.counted for one in both.ideas] == [True, False]
    assert both.sentence.startswith("Your idea will probably touch")


def test_without_a_spec_the_reserve_is_told_alone(shop: Path, cache: Path) -> None:
    alone = ahead([], shop, today=TODAY, cache=cache)
    assert not alone.places and alone.reserve is not None and alone.sentence == alone.reserve.sentence
    assert alone.coverage[0].state is State.NOT_ANALYSED
    assert "not analysed" in text(alone, width=88, colour=False)


def test_several_repositories_are_ranked_together(shop: Path, cache: Path) -> None:
    both = ahead([GIFT], [shop, shop], today=TODAY, cache=cache)
    assert both.repositories == ("shop", "shop-2")
    assert {one.repository for one in both.places} == {"shop", "shop-2"}
    assert "shop-2: " in text(both, width=100, colour=False)


def test_a_repair_is_kept_computed_on_and_takes_its_slots(clone: Path, cache: Path) -> None:
    (clone / ".colead").mkdir(exist_ok=True)
    (clone / FILE).write_text("# ours\nrepairs:\n  - repair: old one\n    part: Checkout\n    by: Priya\n"
                              "    on: 2026-03-01\n    until: 2026-06-01\n    fewer: 50 %\n")  # fmt: skip
    entry = repair(SPLIT, clone, cache=cache)
    kept = (clone / FILE).read_text()
    assert kept.startswith("# ours\n") and kept.endswith(entry)
    assert [one.repair for one in read_reserve(kept.encode())] == ["old one", "split shipping prices"]
    told = ahead([GIFT], clone, today=TODAY, cache=cache)
    assert told.reserve is not None and told.reserve.taken == 2
    new, old = told.estimates
    assert (new.over, old.over, new.part) == (False, True, "Shipping")
    assert new.without and new.said and new.came is None
    assert new.said.value == pytest.approx(0.7 * new.without.value)
    assert "if Emil is right" in new.sentence
    assert old.came is not None and f"{old.came.value:.0f} came" in old.sentence
    assert "Priya" in text(told, width=88, colour=False)


def test_the_command_writes_and_tells(clone: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["balance", "--repo", str(clone), "--cache", str(cache), "--today", "2026-10-19"]
    said = ["--repair", "split tax", "--part", "Shipping", "--by", "Emil", "--until", "2026-12-20"]
    assert run([*asked, *said, "--slots", "3", "--fewer", "30", "--ahead", str(GIFT)]) == 0
    out = capsys.readouterr().out
    assert "Written to .colead/reserve.yml" in out and "Three are spoken for" in out
    assert run([*asked, "--ahead", str(GIFT), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["estimates"][0]["fewer"] == 30 and found["reserve"]["taken"] == 3


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["--ahead", "missing.md"], "E51", "no such file"),
        ([str(GIFT)], "E01", "--ahead"),
        (["--part", "tax"], "E01", "--repair"),
        (["--repair", "x", "--part", "Shipping", "--by", "E"], "E01", "--until"),
        (["--repair", "x", "--part", "Moon", "--by", "E", "--until", "2026-12-20"], "E39", "'Moon'"),
        (["--repair", "x", "--part", "Shipping", "--by", "E", "--until", "2026-10-19"], "E04", "not ahead"),
        (["--repair", "x", "--part", "Shipping", "--by", "E", "--until", "2029-10-19"], "E04", "a year"),
        (["--repair", "x", "--part", "Shipping", "--by", "a\u202eb", "--until", "2026-12-20"], "E02", "--by"),
        (["--repair", " ", "--part", "Shipping", "--by", "E", "--until", "2026-12-20"], "E02", "--repair"),
        (["--repair", "x", "--part", "Shipping", "--by", "E", "--until", "soon"], "E03", "'soon'"),
        (["--ahead", "--since", "2026-01-01"], "E01", "--since"),
        (["--ahead", *["a.md"] * 41], "E01", "41"),
        (["--repair", "x", "--part", "Shipping", "--by", "E", "--until", "2026-12-20"], "E19", "work tree"),
    ],
)
def test_what_is_off_is_said_with_a_code(
    shop: Path, cache: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str, named: str
) -> None:
    asked = ["balance", "--repo", str(shop), "--cache", str(cache), "--today", "2026-10-19"]
    assert run([*asked, *words]) in (2, 3)
    err = capsys.readouterr().err
    assert code in err and named in err


def test_a_part_of_several_repositories_is_not_guessed(clone: Path, tmp_path: Path, cache: Path) -> None:
    shutil.copytree(clone, tmp_path / "other", symlinks=True)
    with pytest.raises(ColeadError, match="several repositories") as raised:
        repair(SPLIT, [clone, tmp_path / "other"], cache=cache)
    assert raised.value.code == "E39"
    assert not (clone / FILE).exists() and not (tmp_path / "other" / FILE).exists()


def test_a_young_repository_says_what_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    who = ("-c", "user.name=E", "-c", "user.email=e@shop")
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "cart.py").write_text("def gift_note(order): ...\n")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "Start the gift note cart")):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
    told = ahead([GIFT], folder, cache=tmp_path / "cache")
    assert told.reserve is None and told.coverage[1].state is State.TOO_LITTLE
    shown = " ".join(text(told, width=88, colour=False).split())
    assert "too little data: Half a year and 30 changes" in shown


def test_ideas_may_come_as_texts(shop: Path, cache: Path) -> None:
    written = {"idea-7.md": GIFT.read_text(encoding="utf-8")}
    told = ahead(repos=shop, texts=written, today=TODAY, share=0.3, cache=cache)
    assert [one.source for one in told.ideas] == ["idea-7.md"] and told.ideas[0].counted
    assert (told.agreed, told.written) == (0.3, True)


def test_names_beside_the_settings_hold(shop: Path, cache: Path) -> None:
    words = b"Basket: services/checkout\n"
    told = ahead([GIFT], shop, today=TODAY, cache=cache, beside={str(shop): {GLOSSARY: words}})
    assert "Basket" in [one.name for one in told.places]


def test_what_is_ahead_is_a_page(told: Ahead, tmp_path: Path) -> None:
    page = ahead_page.html(told)
    assert told.sentence in page.replace("&#x27;", "'") and "<svg" in page and "Room for health" in page
    anchors = set(re.findall(r'id="(e-[^"]+)"', page))
    assert anchors and set(re.findall(r'href="#(e-[^"]+)"', page)) <= anchors
    assert 'style="' not in page and "<script" not in page
    assert ahead_from_json(to_json(told)) == told


def test_the_page_says_what_could_not_be_told(told: Ahead) -> None:
    bare = replace(told, places=(), reserve=None, coverage=(_gone("exposure"), _gone("reserve")))
    page = ahead_page.html(bare)
    assert "<svg" not in page and page.count("too little data") == 2
    few = replace(told.places[0], needed=None, more=False)
    assert "too few changes" in ahead_page.html(replace(told, places=(few,)))
    calm = [replace(one, more=False) for one in told.places]
    assert "none needed fixes clearly more often" in ahead_page.html(replace(told, places=tuple(calm)))


def _gone(part: str) -> Coverage:
    return Coverage(part, State.TOO_LITTLE, "nothing landed yet")


def test_the_command_writes_the_page(shop: Path, cache: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    asked = ["balance", "--ahead", str(GIFT), "--repo", str(shop), "--cache", str(cache)]
    assert run([*asked, "--html", str(page)]) == 0
    assert "What the coming ideas meet" in page.read_text(encoding="utf-8")
