"""Terms: what counts as a word, and that strange text neither breaks nor slows the cutting."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.terms import LONGEST, MOST, STOPPED, chunks, counts, spoken, terms


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("packingSlip", ["pack", "slip", "packingslip"]),
        ("PACKING_SLIP", ["pack", "slip", "packingslip"]),
        ("packing-slip", ["pack", "slip", "packingslip"]),
        ("XMLHttpRequest", ["xml", "http", "request", "xmlhttprequest"]),
        ("oauth2", ["oauth", "oauth2"]),
        ("services/checkout/gift_note.py", ["servic", "checkout", "gift", "note", "giftnote", "py"]),
        ("the user returns it", ["user", "return"]),
        ("error 404 of 1 in 20261201", ["error", "404"]),
        ("Übergröße naïve", ["übergröße", "naïve"]),
        ("礼物", ["礼物"]),
        ("", []),
    ],
)
def test_a_text_has_these_terms(written: str, expected: list[str]) -> None:
    assert terms(written) == expected


def test_plural_and_singular_meet() -> None:
    assert set(terms("packing slips printed")) == set(terms("PackingSlip print")) - {"packingslip"}


def test_fillers_are_left_out() -> None:
    assert terms("What should it be, and why would they?") == []
    assert all(word == word.lower() for word in STOPPED)


@given(st.text())
def test_counting_is_what_listing_says(text: str) -> None:
    listed = terms(text)
    assert counts(text) == {term: listed.count(term) for term in listed}


@given(st.text())
def test_every_term_can_be_quoted(text: str) -> None:
    words = spoken(text)
    assert set(terms(text)) <= set(words)


def test_a_term_is_quoted_as_it_stands_in_the_text() -> None:
    words = spoken("Notes travel. `packingSlip` is printed on packing slips.")
    assert words["note"] == "notes"
    assert words["slip"] == "slip"
    assert words["print"] == "printed"
    assert words["packingslip"] == "packingSlip"


@given(st.text(alphabet="ab \n\t", max_size=4000))
def test_chunks_lose_nothing(text: str) -> None:
    pieces = list(chunks(text))
    assert "\n".join(pieces) == text
    assert all(piece.count("\n") < MOST for piece in pieces)


def test_chunks_are_cut_at_blank_lines() -> None:
    text = "\n".join(["x = 1"] * 24 + [""] + ["y = 2"] * 40)
    assert [piece.count("\n") + 1 for piece in chunks(text)] == [25, 40]


@pytest.mark.parametrize("piece", ["a", "-", "a-", "aB", "A_", "\udc80"])
def test_hostile_text_is_cut_in_linear_time(piece: str) -> None:
    text = piece * 1_000_000
    started = time.perf_counter()
    assert all(len(term) <= LONGEST for term in terms(text))
    assert time.perf_counter() - started < 5
