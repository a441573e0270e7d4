"""Explain: what stands behind a code, as text."""

from __future__ import annotations

from itertools import groupby

from colead.codes import CODES, Code
from colead.writers.lines import PLAIN, fill

INDENT = 7


def explained(code: Code, *, width: int) -> str:
    """A code's title, what it says, why, how it is measured, and how often it was right."""
    error = code.code.startswith("E")
    told = (
        ("what", code.what),
        ("why", code.why),
        ("try" if error else "how", code.how),
        ("right", code.record),
    )
    lines = [f"{code.code}  {code.title}", ""]
    for name, words in told:
        if words:
            lines += fill([(words, PLAIN)], width, first=[(name.ljust(INDENT), PLAIN)], hang=INDENT)
    return "\n".join(lines) + "\n"


def every() -> str:
    """All codes by title, findings first."""
    order = sorted(CODES.values(), key=lambda one: (one.code.startswith("E"), one.code))
    lines: list[str] = []
    for error, group in groupby(order, key=lambda one: one.code.startswith("E")):
        lines += ["Errors" if error else "Findings", *(f"  {one.code}  {one.title}" for one in group), ""]
    return "\n".join(lines[:-1]) + "\n"
