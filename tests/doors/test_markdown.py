"""Specs come as files of many kinds; what is read must be what stands there."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colead.errors import SpecError
from colead.readers.language import is_english
from colead.readers.markdown import LARGEST, read_spec
from colead.spec import Said, Space, answers, hoped_for, lights

PROBLEM = "Buyers put gift messages into the delivery instructions, where nobody prints them."


def lines_of(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in read_spec(text.encode(), "idea.md").sentences]


def test_sentences_carry_the_line_they_start_on() -> None:
    text = (
        "# Notes\n\nOne thing. Another\nthing that wraps. A third, e.g. this one.\n\n"
        "- first\n- second\n  goes on\n"
    )
    assert lines_of(text) == [
        (3, "One thing."),
        (3, "Another thing that wraps."),
        (4, "A third, e.g. this one."),
        (6, "first"),
        (7, "second goes on"),
    ]


def test_code_quotes_tables_and_comments_are_no_sentences() -> None:
    text = (
        "Said.\n\n```\nnot this\n```\n\n    nor this\n\n> nor a quote\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        "<!-- nor\na comment -->\n\nSeen <!-- hidden --> here.\n"
    )
    assert [said for _, said in lines_of(text)] == ["Said.", "Seen here."]


def test_an_issue_form_keeps_its_headings_and_drops_empty_answers() -> None:
    spec = read_spec(b"### Problem\n\n_No response_\n\n### Solution\n\n- [x] Add a tick box\n", "issue.md")
    assert [(one.heading, one.space) for one in spec.sections if one.heading] == [
        ("Problem", Space.PROBLEM),
        ("Solution", Space.SOLUTION),
    ]
    assert [one.text for one in spec.sentences] == ["Add a tick box"]


def test_bold_lines_and_labels_count_as_headings() -> None:
    spec = read_spec(
        b"**Describe the problem**\nIt is slow.\n\nOut of scope: gift cards.\n\nNote: this is text.", "x.md"
    )
    spaces = {one.text: spec.space_of(one) for one in spec.sentences}
    assert spaces["It is slow."] is Space.PROBLEM
    assert spaces["gift cards."] is Space.OUT


def test_a_heading_below_another_speaks_of_the_same() -> None:
    spec = read_spec(b"# T\n\n## Problem\n\n### More\n\nIt hurts.\n\n## Solution\n\nA box.\n", "x.md")
    assert [spec.space_of(one) for one in spec.sentences] == [Space.PROBLEM, Space.SOLUTION]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: From the settings\n---\n# A heading\n", "From the settings"),
        ("# A heading\n\nText.\n", "A heading"),
        ("### Only a small one\n\nText.\n", "Only a small one"),
        ("Just one line of plain text\n\nMore.\n", "Just one line of plain text"),
        ("A line before\n\n### Problem\n\nText.\n", "A line before"),
        ("```\ncode alone\n```\n", "code alone"),
    ],
)
def test_a_title_is_found(text: str, title: str) -> None:
    assert read_spec(text.encode(), "idea.md").title == title


def test_settings_at_the_top_name_a_date_and_move_no_line() -> None:
    spec = read_spec(b"---\ntitle: T\nby: 2026-12-01\n---\n\nText here.\n", "x.md")
    assert (spec.hoped_for, spec.hoped_line) == (date(2026, 12, 1), 3)
    assert (spec.sentences[-1].text, spec.sentences[-1].line) == ("Text here.", 6)


@pytest.mark.parametrize(
    "top", ["a: [", "&a [*a, *a]", "!!python/object:os.system x", "- a list", "a: 2026-99-99"]
)
def test_odd_settings_at_the_top_are_told_or_ignored(top: str) -> None:
    spec = read_spec(f"---\n{top}\n---\n\nText here.\n".encode(), "x.md")
    assert [one.text for one in spec.sentences] == ["Text here."]


@pytest.mark.parametrize(
    "data",
    [
        PROBLEM.encode("utf-8-sig"),
        PROBLEM.encode("utf-16"),
        b"\xfe\xff" + PROBLEM.encode("utf-16-be"),
        PROBLEM.replace(" ", "\r\n", 3).encode(),
    ],
)
def test_encodings_and_line_ends_do_not_matter(data: bytes) -> None:
    assert [one.text for one in read_spec(data, "x.txt").sentences] == [PROBLEM]


def test_latin_1_is_read_and_noted() -> None:
    spec = read_spec("The café prints nothing.".encode("latin-1"), "x.md")
    assert spec.sentences[0].text == "The café prints nothing."
    assert "read as Latin-1" in spec.notes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E52"),
        (b" \n\t\n", "E52"),
        (b"\xef\xbb\xbf\n", "E52"),
        (b"x" * (LARGEST + 1), "E53"),
        (b"PK\x03\x04\x00\x00", "E54"),
        (bytes(range(128, 256)) * 20, "E54"),
        (b"\xff\xfe\x00\xd8", "E54"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_way_on(data: bytes, code: str) -> None:
    with pytest.raises(SpecError) as told:
        read_spec(data, "idea.md")
    assert told.value.code == code
    assert "idea.md" in told.value.what
    assert told.value.why
    assert told.value.hint


def test_ten_megabytes_are_refused_at_once() -> None:
    data = b"[" * 10_000_000
    start = time.perf_counter()
    with pytest.raises(SpecError):
        read_spec(data, "idea.md")
    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "> ",
        "- ",
        "- a\n",
        "*",
        "`",
        "<!--",
        "|a|\n",
        "a. ",
        "#",
        "\ta",
        "1. ",
        "![](",
        "---\n",
        "a:\n",
        "~~~\n",
        "é ",
    ],
)
def test_a_hostile_megabyte_costs_seconds_at_most(piece: str) -> None:
    data = (piece.encode() * LARGEST)[:LARGEST].removesuffix(b"\xc3")
    start = time.perf_counter()
    spec = read_spec(data, "x.md")
    answers(spec)
    lights(spec)
    hoped_for(spec.sections, date(2026, 11, 22))
    assert time.perf_counter() - start < 5


def test_a_very_long_list_is_cut_and_noted() -> None:
    spec = read_spec(b"- a thing\n" * 25_000, "x.md")
    assert len(spec.sentences) == 5000
    assert {
        "only the first 20,000 lines were looked at",
        "only the first 5,000 sentences were looked at",
    } <= set(spec.notes)


def test_restructured_text_has_headings_too() -> None:
    spec = read_spec(b"=====\nTitle\n=====\n\nProblem\n~~~~~~~\n\nIt is slow.\n\n.. note:: no\n", "x.rst")
    assert spec.title == "Title"
    assert [(one.text, one.line, spec.space_of(one)) for one in spec.sentences] == [
        ("It is slow.", 8, Space.PROBLEM)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Käufer schreiben den Gruß in die Hinweise, wo ihn niemand druckt, und das ist nicht gut.",
        "Les acheteurs écrivent leur message dans les instructions de livraison, où personne ne les lit.",
        "Los compradores escriben el mensaje en las instrucciones de entrega y nadie lo imprime allí.",
        "Покупатели пишут сообщение в инструкции по доставке, где никто его не печатает.",
        "買い手は配送指示にメッセージを書きます",
    ],
)
def test_another_language_is_said_not_guessed(text: str) -> None:
    spec = read_spec(text.encode(), "x.md")
    assert not spec.english
    assert any("not English" in note for note in spec.notes)
    assert {one.said for one in answers(spec)} == {Said.OPEN}
    assert all(one.missing.startswith("Not analysed") for one in answers(spec))
    assert not any(one.on for one in lights(spec))


@pytest.mark.parametrize(
    "text", ["Dark mode", PROBLEM, "Sharing one item isn't enough. How could one start?"]
)
def test_short_english_is_english(text: str) -> None:
    assert is_english(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_and_quoted_from_what_stands_there(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        spec = read_spec(data, "x.md")
    except SpecError:
        return
    lines = spec.text.count("\n") + 1
    for one in spec.sentences:
        assert 1 <= one.line <= lines
        assert 0 <= one.section < len(spec.sections)
    for answer in answers(spec):
        assert not answer.quote or spec.says(answer.quote) or "<!--" in spec.text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert read_spec(data, "x.md").digest
    except SpecError as told:
        assert told.code in {"E52", "E54"}
