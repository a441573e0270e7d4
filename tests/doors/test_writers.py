"""The writers tell one story as text, Markdown, HTML and JSON, and nothing of others is interpreted."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from colead.codes import CODES
from colead.errors import WrongUse
from colead.evidence import Coverage, Figure, State
from colead.fragility import Level
from colead.phrase import literal
from colead.reading import Reading
from colead.writers.explain import every, explained
from colead.writers.html import html
from colead.writers.lines import cells, cut, fill, first_sentences, painted
from colead.writers.markdown import VISIBLE, inert, markdown
from colead.writers.tags import anchor, linked
from colead.writers.text import quiet, text
from colead.writers.timeline import Axis, timeline
from colead.writers.wire import from_json, schema, to_json

ROOT = Path(__file__).parents[2]
NASTY = (
    "@priya </details> <img src=x onerror=alert(1)> ![a](http://x.example/y.png)"
    " #12 `c` | **b** \x1b[31m\u202e \udcff"
)
BANNED = re.compile(r"\b(churn|coupling|hotspot|p-value|velocity)\b|led to \d", re.IGNORECASE)
NEEDLES = (
    "Gift notes",
    "Checkout",
    "Shipping",
    "Packing slips",
    "Returns label",
    "3 in 10",
    "see the price?",
)


@pytest.fixture
def reading() -> Reading:
    return sample.reading()


def silent(part: str, state: State, note: str = "no landings to compare with") -> Reading:
    return sample.with_states({part: Coverage(part, state, note)})


# JSON


def test_json_comes_back_as_it_went(reading: Reading) -> None:
    assert from_json(to_json(reading)) == reading


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_json_carries_any_text_and_number(words: str, value: float) -> None:
    base = sample.hostile(words)
    spread = base.spread
    assert spread is not None
    told = replace(base, spread=replace(spread, parts=Figure(value, "S01-1")))
    assert from_json(to_json(told)) == told


def test_json_shows_undecodable_bytes() -> None:
    told = json.loads(to_json(sample.hostile("caf\udce9")))
    assert told["spec"]["title"] == "caf\\xe9"
    assert to_json(sample.hostile("\ud800")).encode()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": "colead.reading/2"}', '{"schema": "colead.reading/1"}', "[" * 100_000],
)
def test_what_is_no_reading_is_refused(text: str) -> None:
    with pytest.raises(WrongUse) as caught:
        from_json(text)
    assert caught.value.code == "E08"


@pytest.mark.parametrize(
    ("place", "value"),
    [("evidence", {}), ("touches", [3]), ("verdict", []), ("today", 7), ("partners", None)],
)
def test_a_reading_with_a_wrong_field_is_refused(reading: Reading, place: str, value: object) -> None:
    told = json.loads(to_json(reading)) | {place: value}
    with pytest.raises(WrongUse):
        from_json(json.dumps(told))


def test_the_published_schema_is_current() -> None:
    published = ROOT / "docs" / "schema" / "reading-1.json"
    assert json.loads(published.read_text()) == schema()


def test_the_schema_knows_every_field_of_a_reading(reading: Reading) -> None:
    told = schema()
    assert told["$id"] == "colead.reading/1"
    defs = told["$defs"]
    assert isinstance(defs, dict)
    assert valid(json.loads(to_json(reading)), {"$ref": told["$ref"]}, defs)
    assert not valid({**json.loads(to_json(reading)), "more": 1}, {"$ref": told["$ref"]}, defs)
    assert all(one["description"] for one in defs.values())


def valid(value: object, form: dict[str, Any], defs: dict[str, dict[str, Any]]) -> bool:
    """The part of JSON Schema that ours uses."""
    if "$ref" in form:
        return valid(value, defs[str(form["$ref"]).rpartition("/")[2]], defs)
    if "anyOf" in form:
        return any(valid(value, one, defs) for one in form["anyOf"])
    if "enum" in form:
        return value in form["enum"]
    kind = form["type"]
    if kind == "object":
        fields = form["properties"]
        return (
            isinstance(value, dict)
            and isinstance(fields, dict)
            and set(value) == set(fields) == set(form["required"])
            and all(valid(value[name], fields[name], defs) for name in fields)
        )
    if kind == "array" and isinstance(value, list):
        if "prefixItems" in form:
            return len(value) == form["minItems"]
        return all(valid(one, form["items"], defs) for one in value)
    types = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": tuple,
        "null": type(None),
    }
    return isinstance(value, types[str(kind)])


# Text


@given(st.integers(0, 250), st.booleans(), st.booleans())
def test_text_keeps_to_its_columns(width: int, colour: bool, technical: bool) -> None:
    for one in (sample.reading(), sample.fullest(), sample.hostile("語" * 300), sample.hostile("x" * 500)):
        told = text(one, width=width, colour=colour, technical=technical)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", told)
        assert max(cells(line) for line in plain.splitlines()) <= min(200, max(60, width))
        assert colour or "\x1b" not in told


def test_text_fits_one_screen(reading: Reading) -> None:
    assert len(text(reading, width=100, colour=False).splitlines()) <= 40
    five = replace(reading, questions=reading.questions * 5)
    assert len(text(five, width=100, colour=False).splitlines()) <= 40


def test_text_tells_the_scene(reading: Reading) -> None:
    told = text(reading, width=100, colour=False)
    for needle in (*NEEDLES, "three services, two of them", "● answered", "◐ half", "○ open", "fragile"):
        assert needle in told
    assert "Read 3,012 landings of shop to 3f2a1c9" in told
    assert "colead explain P01" in told


def test_text_in_colour_says_the_same(reading: Reading) -> None:
    told = text(reading, width=100, colour=True)
    assert "\x1b[1m" in told
    assert re.sub(r"\x1b\[[0-9;]*m", "", told) == text(reading, width=100, colour=False)


def test_the_technical_reading_adds_and_takes_nothing(reading: Reading) -> None:
    told = text(reading, width=120, colour=False, technical=True)
    assert "share 0.62, lift 6.2, n 29" in told
    plain = text(reading, width=120, colour=False).splitlines()
    assert set(plain) <= set(told.splitlines())


@pytest.mark.parametrize("part", ["touches", "spread", "partners", "questions", "timeline", "tradeoffs"])
@pytest.mark.parametrize("state", [State.NOTHING, State.NOT_ANALYSED, State.TOO_LITTLE])
def test_silence_stands_in_its_place_in_one_of_the_four_words(part: str, state: State) -> None:
    one = silent(part, state)
    sentence = f"{state}: no landings to compare with"
    assert sentence in text(one, width=100, colour=False)
    assert sentence in html(one)
    assert sentence in markdown(one)


def test_a_part_without_coverage_was_not_analysed(reading: Reading) -> None:
    bare = replace(reading, coverage=(), spread=None)
    assert "SPREAD         not analysed" in text(bare, width=100, colour=False)


def test_unknown_fragility_is_too_little_data(reading: Reading) -> None:
    first = reading.touches[0]
    unknown = replace(first, fragility=replace(first.fragility, level=Level.UNKNOWN))
    one = replace(reading, touches=(unknown,))
    assert "too little data" in text(one, width=100, colour=False)
    assert "too little data" in html(one)


def test_several_repositories_are_told_apart(reading: Reading) -> None:
    two = replace(
        reading, repositories=(reading.repositories[0], replace(reading.repositories[0], name="pay"))
    )
    told = text(two, width=120, colour=False)
    assert "Checkout (shop)" in told
    assert "of shop to 3f2a1c9" in told and "of pay to 3f2a1c9" in told


def test_notes_of_one_of_several_repositories_stand_behind_its_name_and_may_ask(reading: Reading) -> None:
    first = reading.repositories[0]
    old = replace(first, name="pay", notes=("partial clone", "The newest is of May: is it current?"))
    two = replace(reading, repositories=(first, old))
    for told in (text(two, width=200, colour=False), markdown(two), html(two)):
        assert "pay: partial clone; the newest is of May: is it current?" in " ".join(told.split())
        assert "current?." not in told


def test_the_name_of_the_repository_is_not_cut_off(reading: Reading) -> None:
    first = reading.touches[0]
    long = replace(first, touch=replace(first.touch, name="packages/very-long-" * 6))
    two = replace(reading, touches=(long,), repositories=reading.repositories * 2)
    assert "… (shop)" in text(two, width=120, colour=False)


def test_notes_of_spec_and_repository_are_said(reading: Reading) -> None:
    noted = replace(reading, spec=replace(reading.spec, notes=("read as Latin-1",)))
    for told in (text(noted, width=200, colour=False), markdown(noted), html(noted)):
        assert "read as Latin-1" in told and "names from the glossary" in told


def test_a_silent_part_gives_way_before_the_questions_do() -> None:
    long = Coverage(
        "timeline", State.TOO_LITTLE, "Thirty landings are needed, and there are too few of them. " * 4
    )
    one = sample.with_states({"timeline": long})
    assert "TIMELINE       too little data: Thirty" in (told := text(one, width=100, colour=False))
    assert "…\n" not in told.split("TIMELINE")[1].split("IF WE SKIP")[0]
    full = replace(one, questions=one.questions * 5)
    lines = text(full, width=100, colour=False).splitlines()
    told = next(number for number, line in enumerate(lines) if line.startswith("TIMELINE"))
    assert len(lines) <= 40 and lines[told + 1].startswith("IF WE SKIP")
    assert lines[told].endswith("too few of them.")  # a sentence ends where it ends


@pytest.mark.parametrize(
    ("width", "kept"), [(60, "One is said. Two is said."), (20, "One is said."), (8, "One is…")]
)
def test_a_note_is_cut_between_sentences_if_it_can_be(width: int, kept: str) -> None:
    assert first_sentences("One is said. Two is said.", width) == kept


def test_a_partner_and_the_question_about_it_stand_in_one_place() -> None:
    one = sample.asked()
    ask, sentence = one.partners[0].ask, one.partners[0].sentence
    told = " ".join(text(one, width=100, colour=False).split())
    assert (
        f"3 October; expect it 5 times in 10. Question 1: {ask} (engineering to answer, P01) QUESTIONS 2 May"
        in told
    )
    seen, folded = markdown(one).split("<details>")
    assert f"{sentence}. **Question 1, for engineering:** {ask}" in seen
    assert "**Question 2, for product:** May the person" in seen
    page = html(one)
    box = page.split("Not mentioned, often changed along")[1].split("</div>")[0]
    assert f'for="a1"><b>{ask}</b>' in box and '<textarea id="a1"' in box and sentence.split(" 18")[0] in box
    for told in (text(one, width=200, colour=False), seen, folded, page.split('<h2 id="e">')[0]):
        assert told.count(ask) - told.count(f'data-ask="{ask}"') == 1
        assert told.count(sentence.split(" 18")[0]) == 1


def test_the_only_question_stands_beside_its_partner() -> None:
    one = replace(sample.asked(), questions=sample.asked().questions[:1])
    assert "QUESTIONS      the one above" in text(one, width=100, colour=False)
    assert "owed by" not in html(one)


def test_what_a_quote_says_is_not_said_again_as_missing(reading: Reading) -> None:
    half = replace(
        reading.answers[1],
        quote="SC-001: Gift orders: 3.1 % of all orders now.",
        missing="Gift orders, 3.1 % of all…: to what, by when?",
    )
    one = replace(reading, answers=(reading.answers[0], half, reading.answers[2]))
    for told in (text(one, width=200, colour=False), markdown(one), html(one)):
        assert "To what, by when?" in told and "all…" not in told
    other = replace(half, missing="Not said: to what?")
    assert "Not said: to what?" in text(replace(one, answers=(other,) * 3), width=200, colour=False)


def test_an_open_question_is_asked_in_one_line(reading: Reading) -> None:
    why = "Without a number nobody can tell afterwards."
    open_one = replace(reading.questions[0], code="Q02", ask="To what, by when?", why=why)
    told = text(replace(reading, questions=(open_one,)), width=100, colour=False)
    assert "1  To what, by when? (product to answer, Q02)" in told and why not in told


def test_a_spec_in_another_language_leaves_nothing_open() -> None:
    one = sample.foreign()
    told = text(one, width=100, colour=False)
    assert "The three questions: not analysed: the spec is not in English" in told
    assert "problem not analysed · metric not analysed · simplest test not analysed" in markdown(one)
    page = html(one)
    assert "Not analysed.</span> The spec is not in English." in page
    for said in (told, markdown(one), page):
        assert "○" not in said and "Open." not in said and "Not said: problem" not in said
        assert "says nothing of a problem" not in said


def test_the_problem_stands_on_the_left_page_in_the_words_of_the_spec(reading: Reading) -> None:
    left = html(reading).split('<h2 id="p">')[1].split('<h2 id="s">')[0]
    assert sample.PROBLEM in left and "How we know" in left and "31 support tickets" in left
    assert "Said: problem, who, metric, not in scope. Not said: simplest test." in left
    bare = replace(reading, spec=replace(reading.spec, problem="", known=""))
    assert "The spec says nothing of a problem." in html(bare) and "How we know" not in html(bare)


def test_a_row_of_evidence_tells_its_part_and_what_it_says(reading: Reading) -> None:
    below = html(reading).split('<h2 id="e">')[1]
    touched = below.split("<h3>What it will probably touch</h3>")[1].split("<h3>")[0]
    row = touched.split("<code>F01-1</code>")[1].split("</details>")[0]
    assert "<b>Checkout</b>" in row and "changed 41 times this year, 9 of them fixes" in row
    assert '<span class="n">41 cases</span><code>F01-1</code>' in touched
    assert all(below.count(f"<code>{row.id}</code>") == 1 for row in reading.evidence)
    assert "`F01-1` Checkout: Landings by people" in markdown(reading)


def test_a_row_that_nothing_cites_is_there_too(reading: Reading) -> None:
    more = replace(reading.evidence[0], id="Z01-1", n=1)
    page = html(replace(reading, evidence=(*reading.evidence, more)))
    assert '<h3>Also read</h3><ul class="rows"><li><details><summary><span class="n">1 case<' in page


def test_quiet_is_the_verdict(reading: Reading) -> None:
    assert quiet(reading) == f"{reading.verdict.sentence}\n"


def test_a_path_from_the_root_of_a_disk_is_not_told(reading: Reading) -> None:
    one = replace(reading, spec=replace(reading.spec, source="/srv/priya/secret/idea.md"))
    for told in (text(one, width=100, colour=False), html(one)):
        assert "idea.md" in told and "priya" not in told


def test_no_writer_says_what_may_not_be_said(reading: Reading) -> None:
    for told in (text(reading, width=100, colour=False), markdown(reading), html(reading)):
        assert not BANNED.search(re.sub(r"<style>.*?</style>", "", told, flags=re.DOTALL))


# Nothing of others is interpreted


def test_a_terminal_sees_no_control_character() -> None:
    told = text(sample.hostile(NASTY), width=100, colour=False)
    assert all(one.isprintable() or one == "\n" for one in told)
    assert "\\x1b[31m" in told and "\\u202e" in told and "\\xff" in told


def test_a_comment_holds_nothing_but_text() -> None:
    told = markdown(sample.hostile(NASTY))
    assert told.count("</details>") == told.count("<details>") == 1
    tokens = MarkdownIt("commonmark").enable("table").parse(told)
    inner = [child for token in tokens for child in token.children or []]
    assert not [one for one in inner if one.type in {"image", "link_open", "html_inline"}]
    assert "@priya" not in told and "#12" not in told and "://" not in told


@given(st.text())
def test_inert_text_is_one_line_without_markup(words: str) -> None:
    told = inert(words, 10_000)
    assert "\n" not in told
    tokens = MarkdownIt("commonmark").parseInline(f"a {told} z")
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special"}


def everywhere(value: Any, told: str, name: str = "") -> Any:
    """The reading with `told` behind each of its texts, but for dates and names that lead somewhere."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {one.name: everywhere(getattr(value, one.name), told, one.name) for one in fields(value)}
        return replace(value, **kept)
    if isinstance(value, tuple):
        return tuple(everywhere(one, told, name) for one in value)
    kept_names = {"earliest", "latest", "by", "start", "evidence", "id", "code", "today", "part", "schema"}
    return value + told if type(value) is str and name not in kept_names else value


def test_no_text_of_others_reaches_a_reader_with_something_invisible_in_it() -> None:
    odd = "\u202e\u2066\x1b[31m\x07\x00\u200b\udcff<i>"
    one = everywhere(sample.asked(), odd)
    for told in (text(one, width=150, colour=False, technical=True), html(one), quiet(one)):
        body = re.sub(r"<(style|script)>.*?</\1>", "", told, flags=re.DOTALL)
        assert "\\u202e" in body and all(letter.isprintable() or letter == "\n" for letter in body)
        assert "<i>" not in body or not told.startswith("<!doctype")


def test_the_page_holds_no_foreign_tag() -> None:
    page = html(sample.hostile(NASTY + '"><script>alert(2)</script>'))
    tags = Tags(page)
    assert tags.names.count("script") == 1 and "img" not in tags.names
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "style"]


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def values(self, name: str) -> list[str]:
        return [value for found, value in self.attributes if found == name]


# Markdown


def test_a_comment_is_a_dozen_lines(reading: Reading) -> None:
    for one in (reading, sample.fullest()):
        seen = markdown(one).split("<details>")[0].rstrip("\n").splitlines()
        assert len(seen) + 1 <= VISIBLE  # and the line of the fold itself
    told = markdown(reading)
    for needle in (*NEEDLES, "**three services, two of them fragile**"):
        assert needle in told


def test_a_comment_folds_the_rest(reading: Reading) -> None:
    folded = markdown(reading).split("<details>")[1]
    assert "| Checkout | 9 in 10 (T01-1) |" in folded
    assert all(f"`{row.id}`" in folded for row in reading.evidence)


# HTML


def test_the_page_tells_the_scene(reading: Reading) -> None:
    page = html(reading)
    for needle in (*NEEDLES, "three services, two of them fragile"):
        assert needle in page


def test_every_link_of_the_page_leads_somewhere_on_it(reading: Reading) -> None:
    for one in (reading, sample.fullest()):
        tags = Tags(html(one))
        ids = tags.values("id")
        assert all(link.startswith("#") and link[1:] in ids for link in tags.values("href"))
        assert len(ids) == len(set(ids))


def test_every_row_of_evidence_is_on_the_page_and_opened_by_a_number(reading: Reading) -> None:
    tags = Tags(html(reading))
    for row in reading.evidence:
        assert anchor(row.id) in tags.values("id")
        assert f"#{anchor(row.id)}" in tags.values("href")


def test_the_page_loads_nothing(reading: Reading) -> None:
    page = html(reading)
    tags = Tags(page)
    assert not tags.values("src") and "link" not in tags.names
    assert "default-src 'none'" in page and "unsafe-inline" not in page
    assert "://" not in page


def test_the_style_keeps_to_its_budget() -> None:
    style = (ROOT / "src/colead/writers/page/page.css").stat().st_size
    assert style <= 15_000
    assert (ROOT / "src/colead/writers/page/page.js").stat().st_size <= 30_000


def test_numbers_in_sentences_open_their_evidence() -> None:
    figures = (Figure(41, "F01-1"), Figure(9, "F01-2"), Figure(0.31, "D01-1"))
    told = linked("changed 41 times this year, 9 of them fixes; 3 in 10 by 3 October", figures)
    assert '#e-F01-1">41</a>' in told and '#e-F01-2">9</a>' in told and '#e-D01-1">3 in 10</a>' in told
    assert "by 3 October" in told
    assert linked("no number here", figures).endswith('href="#e-F01-1">why</a>')
    assert linked("7 of <b>", ()) == "7 of &lt;b&gt;"


# The picture


def test_the_timeline_names_its_marks(reading: Reading) -> None:
    assert reading.timeline is not None
    told = timeline(reading.timeline)
    assert "hoped for 1 December" in told and "23 Nov" in told and "21 Dec" in told and "today" in told
    assert told.count("<circle") == 9 and "SHOP-210: 27 days" in told


@given(
    st.integers(1, 5_000),
    st.integers(0, 5_000),
    st.lists(st.floats(0, 50_000), max_size=12),
    st.integers(-400, 4_000),
)
def test_no_mark_leaves_the_picture(first: int, more: int, lengths: list[float], by: int) -> None:
    from datetime import date, timedelta

    base = sample.reading().timeline
    assert base is not None
    start = date.fromisoformat(base.start)
    days = [start + timedelta(days=one) for one in (first, first + more, by)]
    cousins = tuple(replace(base.cousins[0], days=length) for length in lengths)
    told = replace(
        base,
        earliest=days[0].isoformat(),
        latest=days[1].isoformat(),
        by=days[2].isoformat(),
        weeks=Figure((first + more / 2) / 7, "D01-1"),
        cousins=cousins,
    )
    places = [float(one) for one in re.findall(r'(?:c?x\d?)="(-?[\d.]+)%"', timeline(told))]
    assert places and all(1 <= one <= 99 for one in places)
    assert Axis.of(told).days > 0


def test_a_timeline_without_a_hoped_for_date(reading: Reading) -> None:
    assert reading.timeline is not None
    told = timeline(replace(reading.timeline, by="", odds=None))
    assert "hoped for" not in told


# Lines and codes


@given(st.lists(st.tuples(st.text().map(literal), st.sampled_from(["", "bold"]))), st.integers(20, 100))
def test_lines_lose_no_word(spans: list[tuple[str, str]], width: int) -> None:
    told = "".join(fill(spans, width)).replace(" ", "").replace("\u00a0", "")
    assert told == "".join(text for text, _ in spans).replace(" ", "").replace("\u00a0", "")


def test_a_number_keeps_its_sign() -> None:
    assert fill([("it was 19 % by chance", "")], 10) == ["it was", "19 % by", "chance"]


def test_wide_letters_take_two_columns() -> None:
    assert cells("語e\u0301") == 3
    assert cut("語語語語", 5) == "語語…"
    assert cut("short", 5) == "short"
    assert painted("x", "bold warn", True) == "\x1b[1;33mx\x1b[0m"


@pytest.mark.parametrize("code", CODES.values(), ids=lambda one: one.code)
def test_every_code_says_what_why_and_how(code: object) -> None:
    from colead.codes import Code

    assert isinstance(code, Code)
    assert CODES[code.code] is code
    assert all(part.endswith((".", "?", "/clone.")) for part in (code.what, code.why, code.how))
    told = explained(code, width=80)
    assert told.startswith(f"{code.code}  {code.title}") and max(map(len, told.splitlines())) <= 80
    assert not BANNED.search(told)
    assert code.record or code.code.startswith("E"), "a finding says how often it was right"


def test_the_list_of_codes_holds_them_all() -> None:
    assert all(f"  {code}  " in every() for code in CODES)


def test_every_code_in_the_source_is_told_and_every_told_code_is_used() -> None:
    used: set[str] = set()
    for file in (ROOT / "src" / "colead").rglob("*.py"):
        if file.parent.name != "codes":
            used |= set(re.findall(r'"([A-Z]\d\d)"', file.read_text(encoding="utf-8")))
    assert used == set(CODES)
