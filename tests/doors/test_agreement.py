"""The agreement file: what is written is read back, and what is off is told with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.agreement import ANCHORS, MOST, PARTS, USUAL, Owned, Ownership
from colead.errors import SettingsError
from colead.readers.agreement import read_agreement
from colead.writers.agreement import agreement

THINGS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=80)
ROWS = st.builds(Owned, THINGS, st.sampled_from(PARTS), st.sampled_from(PARTS)).filter(lambda one: one.side)


@given(st.lists(ROWS, min_size=1, max_size=12, unique_by=lambda one: one.thing))
def test_a_table_that_is_written_is_read_back(rows: list[Owned]) -> None:
    table = Ownership(tuple(rows))
    assert read_agreement(agreement(table).encode()) == table


def test_an_empty_file_is_the_usual_table() -> None:
    assert read_agreement(b"").rows == USUAL == read_agreement(agreement(Ownership()).encode()).rows


def test_a_side_that_is_left_out_is_asked() -> None:
    assert read_agreement(b"hiring: {engineering: decides}").rows == (Owned("hiring", "is asked", "decides"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: {product: shouts}", "line 1, has 'shouts' for product"),
        ("a: {product: decides}\nb: {product: is told}", "line 2, has nobody who decides on 'b'"),
        ("a: {sales: decides}", "unknown word 'sales'"),
        (f"{'a' * 81}: {{product: decides}}", "a name that is too long"),
        ("".join(f"a{one}: {{product: decides}}\n" for one in range(MOST + 1)), "41 rows"),
        ("- a", "not a mapping"),
    ],
)
def test_what_is_off_is_told(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_agreement(text.encode())


def test_a_space_takes_its_owner_from_the_table() -> None:
    approach = Owned("Technical Approach", "decides", "must agree")
    table = Ownership((approach, Owned("b", "decides", "decides")))
    assert table.decides("solution") == table.decides("approach") == "product"
    assert table.decides("b") == table.decides("outcome") == "both" and table.deciding("c") == ()
    assert {Ownership().decides(space) for space in ANCHORS} == {"product", "engineering", "both"}
    assert table.decides("fact") == table.decides("") == ""


def test_a_table_says_what_another_one_changes() -> None:
    other = Ownership((*USUAL[1:], Owned("hiring", "decides", "decides"), Owned("b", "is told", "decides")))
    assert Ownership().changes(other)[:2] == [
        "hiring: both decide together",
        "b: engineering decides, product is told",
    ]
    assert Ownership().changes(Ownership()) == []
