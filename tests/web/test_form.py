"""A brief as a file: there and back without a change, and what other people's files become."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from colead.web.briefs.form import SPACES, asked, blank, read, written

LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30).filter(
        lambda one: not one.strip().startswith(("#", "`", "~"))
    ),
    max_size=6,
).map(lambda lines: "\n".join(lines).strip())


@given(st.fixed_dictionaries(dict.fromkeys(SPACES, LINES)))
def test_what_is_written_is_read_again(texts: dict[str, str]) -> None:
    again = read(written("A title", texts))
    assert again.title == "A title"
    assert again.texts == texts


def test_the_example_splits_into_problem_and_approach(project: Path) -> None:
    form = read((project / "examples" / "gift-notes.md").read_text())
    assert form.title == "Gift notes"
    assert "gift messages into the delivery instructions" in form.texts["problem"]
    assert "packing slip" in form.texts["approach"] and "packing slip" not in form.texts["problem"]
    assert "1 December 2026" in form.texts["problem"]


def test_headings_in_code_are_no_headings() -> None:
    form = read("# T\n\n## Problem\n\n```\n## Approach\n```\n")
    assert "## Approach" in form.texts["problem"] and not form.texts["approach"]


def test_a_text_without_a_title_is_named_by_its_first_words() -> None:
    assert read("Buyers want notes.\n\nAnd more").title == "Buyers want notes."
    assert read("   \n").title == "An idea"


def test_six_questions_leave_out_what_is_not_answered() -> None:
    assert asked({"How do we know?": " 31 tickets "}) == "### How do we know?\n\n31 tickets"
    assert blank("problem").count("###") == 5
