"""Correcting: one act in a clone of the demo shop, kept in its work tree and used by every later reading."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import sample

from colead import check, correct
from colead.amiss import shows
from colead.cli.run import run
from colead.correction import FILE, Correction, Kind
from colead.demo.repository import demo_repository
from colead.demo.story import TODAY
from colead.errors import ColeadError
from colead.readers.corrections import read_corrections
from colead.readers.git import Door
from colead.reading import Reading
from colead.writers.corrections import added, entry, entry_line
from colead.writers.html import html
from colead.writers.markdown import markdown
from colead.writers.text import text as as_text
from colead.writers.wire import from_json, to_json

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = ROOT / "examples" / "gift-notes.md"
DAY = date.fromisoformat(TODAY)
WHY = "an order note is not a gift note"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_repository(tmp_path_factory.mktemp("correcting"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def shop(made: Path, tmp_path: Path) -> Iterator[Path]:
    """A clone of the demo shop with a work tree, its objects shared."""
    git(tmp_path, "clone", "--quiet", "--shared", str(made), str(tmp_path / "shop"))
    yield tmp_path / "shop"


def git(where: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(where), *words], check=True, capture_output=True)


def touched(reading: Reading) -> set[str]:
    return {one.touch.name for one in reading.touches}


def test_what_is_wrong_is_kept_and_left_out_at_once(shop: Path, cache: Path) -> None:
    done = correct(SPEC, shop, wrong=["checkout"], because=WHY, today=DAY, cache=cache)
    assert "Checkout" not in touched(done.reading) and "Packing slips" in touched(done.reading)
    (kept,) = read_corrections((shop / FILE).read_bytes())
    assert (kept.kind, kept.part, kept.spec, kept.because) == (
        Kind.WRONG,
        "services/checkout",
        "Gift notes",
        WHY,
    )
    assert (
        (kept.because, kept.day) == (WHY, DAY)
        and {"note", "order"} <= set(kept.words)
        and 2 <= len(kept.words) <= 6
    )
    assert done.entries["shop"] in (shop / FILE).read_text(encoding="utf-8")
    of_requirements = {file.path for one in done.reading.requirements for file in one.files}
    assert of_requirements and not [path for path in of_requirements if path.startswith("services/checkout")]
    (used,) = done.reading.corrections
    assert used.sentence == f"Checkout was left out: “{WHY}” (19 October)"
    there = subprocess.run(
        ["git", "-C", shop, "status", "--short"], check=True, capture_output=True, text=True
    )
    assert there.stdout == f"?? {FILE}\n"


def test_every_door_says_that_corrections_were_used(shop: Path, cache: Path) -> None:
    reading = correct(SPEC, shop, wrong=["Checkout"], because=WHY, today=DAY, cache=cache).reading
    for told in (as_text(reading, width=100, colour=False), html(reading)):
        assert f"one correction of yours was used: {FILE}" in " ".join(told.split())
    assert "one correction of yours was used" in markdown(reading)
    assert "Checkout was left out: “an order note" in html(reading)
    assert json.loads(to_json(reading))["corrections"][0]["line"] == 4
    assert from_json(to_json(reading)) == reading


def test_a_partner_is_silenced_and_a_missing_part_put_in(shop: Path, cache: Path) -> None:
    done = correct(SPEC, shop, wrong=["Returns label"], missing=["services/search"], today=DAY, cache=cache)
    assert [one.name for one in done.reading.partners if one.name == "Returns label"] == []
    search = next(one.touch for one in done.reading.touches if one.touch.name == "Search")
    row = next(one for one in done.reading.evidence if one.id == search.probability.evidence)
    assert (row.sources[0].kind, row.n) == ("settings", 1)
    assert [one.kind for one in read_corrections((shop / FILE).read_bytes())] == [Kind.PARTNER, Kind.MISSING]
    assert len(done.reading.corrections) == 2


def test_a_committed_correction_holds_without_a_work_tree_and_not_for_the_day_before(
    shop: Path, cache: Path, tmp_path: Path
) -> None:
    correct(SPEC, shop, wrong=["Checkout"], today=DAY, cache=cache)
    git(shop, "add", ".colead")
    git(shop, "-c", "user.name=E", "-c", "user.email=e@shop", "commit", "-qm", "Corrected")
    git(tmp_path, "clone", "--quiet", "--bare", str(shop), "bare.git")
    assert "Checkout" not in touched(check(SPEC, tmp_path / "bare.git", today=DAY, cache=cache))
    before = check(SPEC, tmp_path / "bare.git", today=date(2026, 10, 18), cache=cache)
    assert "Checkout" in touched(before) and before.corrections == ()


def test_the_second_entry_goes_below_the_first_and_comments_stay(shop: Path, cache: Path) -> None:
    (shop / FILE).write_text("# ours\ncorrections:\n- wrong: Search  # never\n")
    correct(SPEC, shop, wrong=["T01-1"], today=DAY, cache=cache)
    now = (shop / FILE).read_text()
    assert now.startswith("# ours\ncorrections:\n- wrong: Search  # never\n- wrong: services/checkout\n")
    assert len(read_corrections(now.encode())) == 2


def test_few_of_the_names_are_told_to_somebody_who_gave_none(shop: Path, cache: Path) -> None:
    with pytest.raises(ColeadError) as raised:
        correct(SPEC, shop, today=DAY, cache=cache, wrong=["Till"])
    assert raised.value.why.startswith("It shows 'Checkout', ") and raised.value.why.count("'") == 12
    assert raised.value.why.endswith(" more.")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"wrong": ["Till"]}, "E15"),
        ({"missing": ["services/nowhere"]}, "E15"),
        ({"wrong": ["Checkout"], "because": "x" * 201}, "E02"),
        ({"wrong": ["Checkout"], "because": "a\u202eb"}, "E02"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    shop: Path, cache: Path, asked: dict[str, object], code: str
) -> None:
    with pytest.raises(ColeadError) as raised:
        correct(SPEC, shop, today=DAY, cache=cache, **asked)
    assert raised.value.code == code and raised.value.hint
    assert not (shop / FILE).exists()


def test_a_bare_repository_is_told_what_to_paste_where(made: Path, cache: Path) -> None:
    with pytest.raises(ColeadError) as raised:
        correct(SPEC, made, wrong=["Checkout"], today=DAY, cache=cache)
    assert raised.value.code == "E19" and FILE in raised.value.why
    pasted = raised.value.hint.partition("there: ")[2]
    (kept,) = read_corrections(f"corrections:\n{pasted}\n".encode())
    assert kept.part == "services/checkout" and kept.words


def test_two_repositories_of_which_one_is_corrected(shop: Path, cache: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--shared", str(shop), str(tmp_path / "other"))
    places = [shop, tmp_path / "other"]
    with pytest.raises(ColeadError, match="more than one"):
        correct(SPEC, places, wrong=["Checkout"], today=DAY, cache=cache)
    done = correct(SPEC, places, wrong=["Checkout (other)"], today=DAY, cache=cache)
    assert set(done.entries) == {"other"} and not (shop / FILE).exists()
    assert {one.touch.repository for one in done.reading.touches if one.touch.name == "Checkout"} == {"shop"}


def test_a_partner_is_named_by_its_question_and_its_evidence(made: Path, cache: Path) -> None:
    reading = check(SPEC, made, today=DAY, cache=cache)
    (partner,) = reading.partners
    number = next(place for place, one in enumerate(reading.questions, 1) if one.ask == partner.ask)
    for name in (str(number), partner.together.evidence.lower(), partner.component):
        (found,) = [one for one in shows(reading) if name in one.called(False)]
        assert (found.said.kind, found.said.of) == (Kind.PARTNER, "services/shipping")


def test_a_partner_in_another_repository_is_not_offered_for_correction() -> None:
    reading = sample.reading()
    away = replace(reading, partners=tuple(replace(one, code="P03") for one in reading.partners))
    assert len(shows(away)) == len(shows(reading)) - len(reading.partners)
    assert html(away).count("<summary>this is wrong</summary>") == len(reading.touches)


# --- the command line --------------------------------------------------------------------------


def test_the_act_is_shown_and_the_reading_follows(
    shop: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", str(SPEC), "--repo", str(shop), "--cache", str(cache), "--today", TODAY]
    assert run([*words, "--wrong", "Checkout", "--because", WHY]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Kept in {FILE} of shop:\n  - wrong: services/checkout\n")
    assert "Commit it, and it holds for the whole team" in told and "Packing slips" in told
    assert run([*words, "--json", "--missing", "services/search"]) == 0
    machine = capsys.readouterr()
    assert len(from_json(machine.out).corrections) == 2 and "- missing: services/search" in machine.err


@pytest.mark.parametrize(
    "words",
    [
        ["check", "idea.md", "--because", "no"],
        ["check", "idea.md", "--wrong", "Checkout", "--diff", "main"],
        ["check", "--update", "--missing", "Search"],
    ],
)
def test_what_does_not_go_together_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    assert "error[E01]" in capsys.readouterr().err


# --- the entry as text -------------------------------------------------------------------------

ODD = [
    Correction(Kind.WRONG, "a: b", "", "- [x] {y}", ("yes", "null", "it's"), 'say "no" # never', DAY),
    Correction(Kind.MISSING, "Größe/ß.py", "", "*&!|>", ("ü", "1e5"), "ends with :", None),
    Correction(Kind.PARTNER, "x", "~", "", (), "", DAY),
]


@pytest.mark.parametrize("one", ODD)
def test_an_entry_is_read_back_as_it_was_said(one: Correction) -> None:
    for told in (
        added("", [one], "  "),
        f"corrections:\n{entry(one, '')}",
        f"corrections:\n{entry_line(one)}",
    ):
        (kept,) = read_corrections(told.encode())
        assert (kept.kind, kept.part, kept.of, kept.words) == (one.kind, one.part, one.of, one.words)
        assert (kept.spec, kept.because, kept.day) == (one.spec, one.because, one.day)


# --- the page ----------------------------------------------------------------------------------


def test_the_page_shows_the_act_beside_each_finding() -> None:
    reading = sample.reading()
    page = html(reading)
    assert page.count("<summary>this is wrong</summary>") == len(reading.touches) + len(reading.partners)
    assert "colead check examples/gift-notes.md --wrong" in page
    name = "$(touch /tmp/pwned) `id` '\"; rm -rf ~"
    hostile = unescape(html(sample.hostile(name)))
    assert f"--wrong {shlex.quote(name)} --because" in hostile and f"--wrong {name}" not in hostile


# --- links -------------------------------------------------------------------------------------


def test_commits_open_on_the_forge_that_the_clone_came_from(shop: Path, cache: Path) -> None:
    git(shop, "remote", "set-url", "origin", "https://emil:secret@github.com/shop/shop.git")
    reading = check(SPEC, shop, today=DAY, cache=cache)
    landings = [one for row in reading.evidence for one in row.sources if one.kind == "landing"]
    assert landings and all(one.url == f"https://github.com/shop/shop/commit/{one.ref}" for one in landings)
    page, comment = html(reading), markdown(reading)
    assert 'rel="noopener noreferrer">&quot;' in page and "secret" not in page + comment + to_json(reading)
    assert f"](https://github.com/shop/shop/commit/{landings[0].ref})" in comment
    partner = reading.partners[0]
    newest = next(row for row in reading.evidence if row.id == partner.together.evidence).sources[0]
    assert f'<a href="{newest.url}" rel="noopener noreferrer">' in page
    assert "https://" not in as_text(reading, width=100, colour=False)


def test_an_address_that_was_written_down_goes_first(shop: Path, cache: Path) -> None:
    git(shop, "remote", "set-url", "origin", "https://github.com/shop/shop.git")
    (shop / ".colead" / "components.yml").write_text("commits: https://git.shop.example/c/{hash}\n")
    urls = {one.url[:27] for row in check(SPEC, shop, today=DAY, cache=cache).evidence for one in row.sources}
    assert urls == {"", "https://git.shop.example/c/"}
    (shop / ".colead" / "components.yml").write_text("components:\ncommits: javascript:alert({hash})\n")
    with pytest.raises(ColeadError, match="line 2") as raised:
        check(SPEC, shop, today=DAY, cache=cache)
    assert raised.value.code == "E11"


def test_the_demo_shop_has_no_address(made: Path, cache: Path) -> None:
    reading = check(SPEC, made, today=DAY, cache=cache)
    assert {one.url for row in reading.evidence for one in row.sources} == {""}
    assert "noopener" not in html(reading)


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ('[remote "origin"]\n\turl = git@github.com:a/b.git\n\tfetch = x\n', "git@github.com:a/b.git"),
        ('[remote "up"]\n\turl = https://one/a/b\n[remote "origin"] # ours\nURL=https://two/a/b\n', "https://two/a/b"),
        ('[url "https://evil.example/"]\n\tinsteadOf = https://github.com/\n'
         '[remote "origin"]\n\tpushurl = https://no/a/b\n\turl = https://github.com/a/b\n', "https://github.com/a/b"),
        ('[include]\n\tpath = other\n', ""),
        ('[remote "origin"]\n\turl = "https://github.com/a/b"\n', ""),  # quoted: odd, so none
        ('[remote "origin"]\n\turl = https://github.com/a/b\\\n  c\n', ""),
        ('[remote "origin"]\n\turl\n', ""),
        ('[remote "origin"]\n\turl = https://github.com/a/b\x00c\n', "https://github.com/a/b\x00c"),
        ("x" * 300_000, ""),
    ],
)  # fmt: skip
def test_the_origin_is_read_as_text_and_nothing_else_is_obeyed(
    made: Path, tmp_path: Path, config: str, found: str
) -> None:
    git(tmp_path, "clone", "--quiet", "--shared", "--bare", str(made), "shop.git")
    (tmp_path / "other").write_text('[remote "origin"]\n\turl = https://github.com/in/cluded\n')
    (tmp_path / "shop.git" / "config").write_text(config)
    with Door.open(tmp_path / "shop.git") as door:
        assert door.origin == found
