"""Requirements: found in the forms in which people write them, and what each points at."""

from __future__ import annotations

import pytest
from histories import active
from hypothesis import given
from hypothesis import strategies as st
from test_touch import SHOP, TEXTS, TODAY
from toy import Toy

from colead.activity import Activity
from colead.evidence import Ledger
from colead.readers.markdown import read_spec
from colead.spec.requirement import MOST, requirements
from colead.touch import RequirementTouch, closely, together

STORIES = """# Epic 12 - Gift notes

The shop must be pretty.

## Out of scope
### US-9 Gift cards
They must not be sold.

## Stories

### US-01 - Write a note
As a buyer, I want to write a gift note.
**AC**:
- The note has at most 200 characters.

### Elevator pitch
Before: no note.

### US-02 - When it is printed
It must stand on the packing slip.

### Elevator pitch
After: a note.

## Metric
Gift orders should rise.
"""
KIRO = """# Requirements

### Requirement 1
**User Story:** As a buyer, I want a gift note, so that it is a present.
#### Acceptance Criteria
1. WHEN the buyer pays THEN the note SHALL be kept

### Requirement 2
**User Story:** As a packer, I want the note on the slip.
"""
ITEMS = """# Notes

## What we want to build
- The buyer writes a gift note in the cart.
  - At most two hundred characters of it.
- The note is printed
  on the packing slip.
- Short.

## What is out
- Gift wrapping and gift cards of any kind.
"""
SCENARIOS = """# Notes

Given a cart with a present
When the buyer pays

Then the note is kept

Given a packing slip
Then it shows the note
"""


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        (STORIES, ["US-01 - Write a note", "US-02 - When it is printed"]),
        (KIRO, ["Requirement 1", "Requirement 2"]),
        (ITEMS, ["The buyer writes a gift note in the cart.", "The note is printed on the packing slip."]),
        (
            SCENARIOS,
            [
                "Given a cart with a present When the buyer pays",
                "Given a packing slip Then it shows the note",
            ],
        ),
        (
            "# Notes\n\nAC1: a note is kept\n\nAC2: a note is shown\n",
            ["AC1: a note is kept", "AC2: a note is shown"],
        ),
        (
            "# Notes\n\nIt is late. We know.\n\nThe cart must keep it.\n\nThe slip should show it.\n",
            ["The cart must keep it.", "The slip should show it."],
        ),
        (
            "# Notes\n\n## Cart\nThe cart keeps a note until somebody pays it.\n\n"
            "## Slip\nThe slip shows the note in large and friendly letters.\n",
            ["Cart", "Slip"],
        ),
        ("# Notes\n\nThe cart must keep it.\n", []),
        ("# Notes\n", []),
    ],
)
def test_requirements_are_found_as_people_write_them(spec: str, names: list[str]) -> None:
    assert [one.name for one in requirements(read_spec(spec.encode(), "spec.md"))] == names


def test_a_story_holds_what_stands_below_it() -> None:
    first, second = requirements(read_spec(STORIES.encode(), "spec.md"))
    assert "at most 200 characters" in first.text
    assert "no note" in first.text
    assert "a note." in second.text
    assert "rise" not in second.text
    assert (first.line, second.line) == (11, 19)


def test_what_is_indented_or_goes_on_is_part_of_it() -> None:
    assert "hundred" in requirements(read_spec(ITEMS.encode(), "spec.md"))[0].text
    assert "kept" in requirements(read_spec(SCENARIOS.encode(), "spec.md"))[0].text


def test_only_so_many_are_told() -> None:
    spec = "# Notes\n\n## Requirements\n" + "".join(f"- The note number {n} is kept.\n" for n in range(900))
    assert len(requirements(read_spec(spec.encode(), "spec.md"))) == MOST


@given(st.text(alphabet="#-* \n\t1.AsaIwantUS-2given must\u202e", max_size=300))
def test_any_text_has_a_bounded_number(text: str) -> None:
    spec = read_spec(b"x\n" + text.encode(), "spec.md")
    found = requirements(spec)
    assert len(found) <= MOST
    assert len(found) != 1
    assert [one.line for one in found] == sorted(one.line for one in found)


def told(
    spec: str, shop: Activity | None = None, ledger: Ledger | None = None
) -> tuple[RequirementTouch, ...]:
    seen = shop or active(SHOP)
    read = read_spec(spec.encode(), "spec.md")
    toy = Toy(seen.codebase, TEXTS)
    kept = ledger if ledger is not None else Ledger()
    return closely(read, seen, toy, today=TODAY, ledger=kept, repository="shop").requirements


SPEC = """# Gift notes

## What we want to build
- The buyer writes a gift note in the cart.
- The packing slip of an order shows the note, and no prices.
- Zebras and quaggas graze between okapis, gnus and other antelopes.

## What is out
Search and mail.
"""


def test_each_requirement_shows_its_own_files() -> None:
    cart, slip, nowhere = told(SPEC)
    assert cart.files[0].path == "services/checkout/note.py"
    assert slip.files[0].path.startswith("services/slips/")
    assert [one.component for one in cart.parts] == ["services/checkout"]
    assert all(len(one.files) <= 3 for one in (cart, slip))
    assert cart.sentence.startswith("Points at Checkout: note.py (")
    assert '"gift"' in " ".join(cart.files[0].reasons)
    assert nowhere.new
    assert (nowhere.files, nowhere.parts, nowhere.sentence) == (
        (),
        (),
        "Nothing here resembles this: is it new?",
    )


def test_what_a_requirement_points_at_has_evidence_with_its_lines() -> None:
    ledger = Ledger()
    found = told(SPEC, ledger=ledger)
    row = next(row for row in ledger.table() if row.id == found[0].files[0].probability.evidence)
    assert row.id == "T02-1"
    assert [(one.kind, one.ref) for one in row.sources] == [("spec", "4"), ("spec", "5"), ("spec", "6")]


def test_a_silent_ranking_has_no_requirements() -> None:
    assert told("# Zebra quagga\n\n## Requirements\n- Okapi gnu zebra quagga.\n- Okapi gnu zebra.\n") == ()


def test_of_several_repositories_the_likeliest_is_told() -> None:
    ours = told(SPEC)
    nothing = tuple(RequirementTouch(one.name, one.line, (), (), "", "") for one in ours)
    assert [one.files for one in together([nothing, ours])] == [one.files for one in ours]
    assert together([nothing, ours])[0].sentence == ours[0].sentence
    assert together([(), ours]) == ours
    assert together([]) == ()
