"""Decisions as files: ours come back as they went, others' are read as far as they tell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from colead.decision import Record, Way, clean, matches
from colead.readers.days import day_of
from colead.readers.madr import read, status_of, titled
from colead.writers.madr import name, text

TEXT = st.text(max_size=120) | st.sampled_from(
    [
        "# Decision Outcome\n\nx",
        "\\# a\n ## b",
        "```\n# in a fence",
        "- a\n- b",
        "Title\n===",
        "---",
        ", because ",
    ]
)
LINE = st.text(min_size=1, max_size=40) | st.sampled_from(
    ['a "quoted" one', "#", "* x", "{a: b}", "yes", "2026"]
)
WAY = st.builds(Way, LINE, TEXT, TEXT)
EXTRAS = st.dictionaries(
    st.sampled_from(["id", "version", "space", "wrong"]),
    st.integers(0, 99) | LINE | st.lists(st.dictionaries(st.just("path"), LINE, max_size=1), max_size=2),
)
RECORD = st.builds(
    Record,
    title=LINE,
    status=st.sampled_from(["proposed", "accepted", "superseded by 0007-x"]),
    date=st.none() | st.dates(),
    deciders=st.lists(LINE, max_size=2).map(tuple),
    consulted=st.lists(LINE, max_size=2).map(tuple),
    informed=st.lists(LINE, max_size=2).map(tuple),
    context=TEXT,
    ways=st.lists(WAY, max_size=4, unique_by=lambda one: " ".join(one.name.split())).map(tuple),
    chosen=st.none() | st.integers(0, 3),
    why=TEXT,
    consequences=TEXT,
    confirmation=TEXT,
    more=TEXT,
    extras=EXTRAS,
)


def unique(record: Record) -> bool:
    names = [one.name for one in clean(record).ways]
    return len(set(names)) == len(names)


@given(RECORD.filter(unique))
@example(Record("A", ways=(Way("Consequences", "x", "y"), Way("B", "", "z")), chosen=1, why="b"))
@example(Record("A", ways=(Way("B"),), chosen=0, why="."))
@example(Record("A", why='Chosen option: "B", because c'))
def test_a_file_of_ours_comes_back_as_it_went(record: Record) -> None:
    told = clean(record)
    assert clean(told) == told
    assert read(text(record).encode()) == told


@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_stop_the_reader(data: bytes, source: str) -> None:
    for one in (data, b"---\n" + data + b"\n---\n# T\n", b"---\ncolead: {a: 1}\n---\n" + data):
        assert isinstance(read(one, source), Record)


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x]\n" + "".join(f"{n}: [*a, *a]\n" for n in range(40)),
        "[" * 5_000,
        "? " * 3_000,
        "status: {proposed | rejected}\ndate: {YYYY-MM-DD}",
        "status: !!python/object/apply:os.system [ls]",
        "colead: [1, 2]\nstatus: accepted",
        "x" * 70_000,
    ],
)
def test_hostile_settings_are_read_past(front: str) -> None:
    assert read(f"---\n{front}\n---\n# Title\n\n## Decision\n\nWe do it.".encode()).why == "We do it."


NYGARD = b"""# 3. Use PostgreSQL

Date: 2016-02-12

## Status

Accepted

Superseded by [9. Use SQLite](0009-use-sqlite.md)

## Context

We need a database.

## Decision

We will use PostgreSQL.

## Consequences

Somebody runs it.
"""
LOG4BRAINS = b"""# Use Lerna

- Status: accepted
- Deciders: Ann, Bob
- Date: 2020-09-25

Technical Story: monorepo

## Context and Problem Statement

How do we build?

## Considered Options

- [Lerna](https://lerna.js.org)
- By hand

## Decision Outcome

Chosen option: "Lerna", because it is known.

### Positive Consequences

- One command.

## Pros and Cons of the Options

### Lerna

- Good, because it is known

### By hand

Bad.
"""
MADR4 = b"""---
# a comment
status: "superseded by ADR-0123"
date: 2023-04-05
decision-makers: [Ann, Bob]
consulted: Cid
informed:
---

# Use Dashes

## Context and Problem Statement

Which names?

## Decision Drivers

* readable

## Considered Options

* Dashes
* Underscores

## Decision Outcome

Chosen option: "Dashes", because they are read.

### Confirmation

A test.

## More Information

See there.
"""


def test_the_form_of_nygard_and_adr_tools() -> None:
    one = read(NYGARD, "doc/adr/0003-use-postgresql.md")
    assert (one.title, one.status, one.date) == ("Use PostgreSQL", "accepted", date(2016, 2, 12))
    assert (one.context, one.why, one.consequences) == (
        "We need a database.",
        "We will use PostgreSQL.",
        "Somebody runs it.",
    )


def test_the_form_of_log4brains() -> None:
    one = read(LOG4BRAINS)
    assert (one.title, one.status, one.date) == ("Use Lerna", "accepted", date(2020, 9, 25))
    assert one.deciders == ("Ann", "Bob")
    assert one.ways == (Way("Lerna", "- Good, because it is known"), Way("By hand", "Bad."))
    assert one.chosen == 0 and one.consequences == "- One command."
    assert "Technical Story: monorepo" in one.more


def test_the_form_of_madr() -> None:
    one = read(MADR4)
    assert one.status == "superseded by ADR-0123" and one.state == "superseded"
    assert (one.deciders, one.consulted, one.informed) == (("Ann", "Bob"), ("Cid",), ())
    assert (one.chosen, one.confirmation, one.more) == (0, "A test.", "See there.")
    assert one.context == "Which names?\n\n* readable"


def test_what_a_file_does_not_say_stays_empty() -> None:
    one = read(b"# A title\n\n## Something else\n\nText.\n", "20200102-a.md")
    assert (one.status, one.date, one.decided) == ("unknown", date(2020, 1, 2), False)
    assert one.more == "**Something else**\n\nText."
    assert read(b"", "docs/adr/0004-no-words.md").title == "No words"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Accepted", "accepted"),
        ("**Approved** by all", "accepted"),
        ("Draft", "proposed"),
        ("declined", "rejected"),
        ("Superseded by [5](5.md)", "superseded by [5](5.md)"),
        ("no idea", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_status_in_other_words(told: str, status: str) -> None:
    assert status_of(told) == status


@pytest.mark.parametrize("told", ["2020-01-31", "31 January 2020", "Jan 31, 2020", "31.1.2020", "20200131"])
def test_a_day_in_other_words(told: str) -> None:
    assert day_of(told) == date(2020, 1, 31)


def test_days_that_are_none() -> None:
    assert [day_of(one) for one in ("2020-13-45", "31 Nomber 2020", None, "soon")] == [None] * 4


def test_titles_and_names() -> None:
    assert [titled(one, "") for one in ("2. Use X", "ADR-0005: Use X", "[ADR000] Use X", "Use X")] == [
        "Use X"
    ] * 4
    assert name(3, "Where does a gift note live?") == "0003-where-does-a-gift-note-live.md"
    assert name(4, "\u2603") == "0004-decision.md"


def test_paths_and_their_shapes() -> None:
    assert all(matches("a/b/c.py", one) for one in ("a/b/c.py", "a", "a/", "a/**", "*.py", "a/*/c.py"))
    assert not any(matches("a/b/c.py", one) for one in ("b", "a/b/c", "*.js"))
