"""Table: rows as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

DANGER = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> str:
    """One cell; what a spreadsheet would take for a formula is marked as text."""
    told = "" if value is None else str(value)
    plain = not isinstance(value, str) or not told.startswith(DANGER)
    return told if plain else f"'{told}"


def lines(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A table, line by line."""
    for row in ([*head], *([*map(cell, one)] for one in rows)):
        kept = io.StringIO()
        csv.writer(kept).writerow(row)
        yield kept.getvalue()
