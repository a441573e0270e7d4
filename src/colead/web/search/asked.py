"""Asked: what somebody typed as words, and the things of areas that hold all of them, the newest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from colead.terms import stem

LONGEST, MOST_WORDS = 200, 8  # characters of what is looked for; words of it
_WORD = re.compile(r"[^\W_]+")
_INDEXED = "to_tsvector('simple', regexp_replace(l.text, '[^[:alnum:]]+', ' ', 'g'))"


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that are looked for: what each begins with, and whether it has to be whole."""

    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Asked:
        """At most eight words of what was typed, in the form in which their other forms begin, too."""
        words = [one.lower() for one in _WORD.findall(typed[:LONGEST])]
        return cls(tuple(dict.fromkeys(_beginning(one) for one in words[:MOST_WORDS])))

    @property
    def pattern(self) -> re.Pattern[str]:
        """What is marked in a text."""
        each = (re.escape(one) + (r"[^\W_]*" if len(one) > 1 else r"(?![^\W_])") for one in self.beginnings)
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(each)})", re.IGNORECASE)


def _beginning(word: str) -> str:
    short = stem(word)
    return short if word.startswith(short) and len(short) > 2 else word


def found(
    areas: Sequence[int], kinds: Sequence[str], asked: Asked, most: int, skip: int = 0
) -> dict[str, list[int]]:
    """The keys of what holds all the words, by kind: at most `most` of each, the newest first; one query."""
    if not (asked.beginnings and areas and kinds):
        return {}
    one = _lite(areas, asked) if connection.vendor == "sqlite" else _postgres(areas, asked)
    told = [part for kind in kinds for part in (*one[1](kind), most, skip)]
    each = (
        f"SELECT * FROM ({one[0]} ORDER BY 3 DESC LIMIT %s OFFSET %s) AS n{at}" for at, _ in enumerate(kinds)
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), told)
        rows = cursor.fetchall()
    made: dict[str, list[int]] = {}
    for kind, source, _ in sorted(rows, key=lambda row: -row[2]):
        made.setdefault(kind, []).append(source)
    return made


Query = tuple[str, Callable[[str], list[Any]]]


def _lite(areas: Sequence[int], asked: Asked) -> Query:
    """Areas and kind are words of a column of their own, so that other areas' texts are passed over."""
    words = " AND ".join(f'"{one}"{"*" if len(one) > 1 else ""}' for one in asked.beginnings)
    here = " OR ".join(f"a{int(one)}" for one in areas)
    query = (
        "SELECT l.kind, l.source, w.rowid FROM search_words w JOIN search_line l ON l.id = w.rowid"
        " WHERE search_words MATCH %s"
    )
    return query, lambda kind: [f"(scope : (k{kind} AND ({here}))) AND (text : ({words}))"]


def _postgres(areas: Sequence[int], asked: Asked) -> Query:
    words = " & ".join(f"'{one}'{':*' if len(one) > 1 else ''}" for one in asked.beginnings)
    query = (
        "SELECT l.kind, l.source, l.id FROM search_line l WHERE l.area_id = ANY(%s) AND l.kind = %s"
        f" AND {_INDEXED} @@ to_tsquery('simple', %s)"
    )
    return query, lambda kind: [[*areas], kind, words]
