"""Sizes: functions and files stay small enough to be read in one breath.

Over budget means that a word is missing: find it.
"""

from __future__ import annotations

from statistics import median, quantiles

from source import code_lines, functions, named, source_files

MEDIAN, P95, LONGEST, FILE = 7, 25, 60, 300

# Functions longer than LONGEST and files longer than FILE, each with its reason.
LONG_FUNCTIONS: dict[str, str] = {}
LONG_FILES: dict[str, str] = {}


def sizes() -> dict[str, int]:
    return {one.place: one.lines for file in source_files() for one in functions(file)}


def test_functions_are_short() -> None:
    lines = list(sizes().values())
    assert median(lines) <= MEDIAN
    assert quantiles(lines, n=20)[-1] <= P95, sorted(sizes().items(), key=lambda one: -one[1])[:20]


def test_no_function_is_too_long() -> None:
    too_long = {place: lines for place, lines in sizes().items() if lines > LONGEST}
    assert too_long.keys() == LONG_FUNCTIONS.keys(), too_long


def test_no_file_is_too_long() -> None:
    lengths = {named(file): len(code_lines(file)) for file in source_files()}
    too_long = {name: lines for name, lines in lengths.items() if lines > FILE}
    assert too_long.keys() == LONG_FILES.keys(), too_long


def test_every_exemption_has_a_reason() -> None:
    assert all(len(reason.split()) >= 4 for reason in (*LONG_FUNCTIONS.values(), *LONG_FILES.values()))
