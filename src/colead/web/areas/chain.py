"""Chain: ties each entry of an area to the one before, so that a change to what was written is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from colead.web.areas.models import Area

AT_ONCE = 2000  # rows
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_ROWS = (
    "SELECT number, {}, by_id, idea, verb, told, digest FROM areas_entry WHERE area_id = %s ORDER BY number"
)
# The moment as text, which is what is looked at, without a way through Python's own moments.
_AT = {"postgresql": "CAST(at AT TIME ZONE 'UTC' AS text)", "sqlite": "at || ''"}
# What an entry is about is written as a number; the link to the idea only follows it, until the idea goes.
_LINKS = """
SELECT MIN(e.number) FROM areas_entry e LEFT JOIN briefs_brief b ON b.id = e.brief_id
WHERE e.area_id = %s AND (
    (e.brief_id IS NOT NULL AND (b.area_id <> e.area_id OR b.number <> e.idea OR e.idea IS NULL))
    OR (e.brief_id IS NULL AND e.idea IS NOT NULL AND EXISTS (
        SELECT 1 FROM briefs_brief o WHERE o.area_id = e.area_id AND o.number = e.idea)))
"""


def plain(told: dict[str, Any]) -> dict[str, Any]:
    """What is told, as every database gives it back."""
    made: dict[str, Any] = json.loads(json.dumps(told), parse_float=_number)
    return made


def _number(text: str) -> float | int:
    value = float(text)
    return int(value) if value.is_integer() else value


_READ = json.JSONDecoder(parse_float=_number).decode


def link(
    before: str, number: int, at: str, by: int | None, idea: int | None, verb: str, told: dict[str, Any]
) -> str:
    """The digest of an entry after the one with the digest `before`; `at` as `moment` writes it."""
    return hashlib.sha256(f"{before}\n{_JSON([number, at, by, idea, verb, told])}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as SQLite keeps it, in UTC to the microsecond."""
    return at.isoformat(" ", "microseconds")[:26]


@dataclass(frozen=True, slots=True)
class Found:
    """What looking through an area's entries found."""

    entries: int
    wrong: int | None  # the number of the first entry that is not as it was written; None where all are
    head: str  # the last digest, to be written down elsewhere

    @property
    def sentence(self) -> str:
        """The same in words."""
        if self.wrong is None and self.entries == 1:
            return "The one entry is as it was written."
        if self.wrong is None:
            return f"All {self.entries:,} entries are as they were written."
        return f"Entry {self.wrong:,} is not as it was written, or one before it is missing."


def verify(area: Area) -> Found:
    """Whether every entry of the area is as it was written; reads all of them."""
    number, head = 0, ""
    for number, row, digest in _kept(area.pk):
        head = link(head, *row)
        if digest != head or row[0] != number:
            return Found(number, number, head)
    kept = type(area).objects.values_list("entered", "head").get(pk=area.pk)
    if kept != (number, head):
        return Found(number, number + 1, head)
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, [area.pk])
        wrong = cursor.fetchone()[0]
    return Found(number, wrong, head)


def _kept(pk: int) -> Iterator[tuple[int, tuple[Any, ...], str]]:
    """The rows as they lie there, with the place that each should have."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(_ROWS.format(_AT[connection.vendor]), [pk])
        place = 0
        while rows := cursor.fetchmany(AT_ONCE):
            for number, at, by, idea, verb, told, digest in rows:
                place += 1
                told = told if isinstance(told, dict) else _READ(told)
                yield place, (number, _text(at), by, idea, verb, told), digest


def _text(at: str) -> str:
    """SQLite leaves microseconds of 0 out, PostgreSQL zeros at the end of them."""
    return at.ljust(26, "0") if len(at) > 19 else f"{at}.000000"
