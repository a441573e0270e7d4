"""Evidence: what a number was computed from: sources, window, method, how many, how often right here.

Every number in a reading carries the id of one row of the reading's evidence
table. A number without an id cannot be rendered: writers accept a `Figure`,
never a bare float.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

NOT_REPLAYED = "not yet replayed here"


class State(StrEnum):
    """The four words that a part of a reading may say of itself; they are never mixed up."""

    FINDING = "finding"
    NOTHING = "nothing found"
    NOT_ANALYSED = "not analysed"
    TOO_LITTLE = "too little data"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that a person can open: a landing, a file, a line of the spec, a settings file."""

    kind: str  # "landing", "file", "spec", "settings"
    ref: str  # full hash, path, or line number as text
    title: str = ""
    date: str = ""  # ISO date, "" where none applies
    repository: str = ""
    url: str = ""  # its page in a browser, "" where none is known


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of the evidence table."""

    id: str
    method: str  # one plain sentence: how it was computed
    n: int  # how many observations stand behind it
    sources: tuple[Source, ...] = ()  # at most SOURCES_SHOWN, the most telling first
    window: tuple[str, str] | None = None  # first and last ISO date looked at
    coverage: str = ""  # what was read and what was not
    record: str = NOT_REPLAYED


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the id of its evidence; `low` and `high` bound it where an interval is known."""

    value: float
    evidence: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one part of the reading (`touches`, `partners`, ...) looked at, in one of the four words."""

    part: str
    state: State
    note: str
    evidence: str = ""


SOURCES_SHOWN = 12


@dataclass(slots=True)
class Ledger:
    """Collects the evidence of one reading and hands out ids ("P01-2": second row filed under code P01)."""

    rows: list[Evidence] = field(default_factory=list)

    def file(
        self,
        code: str,
        method: str,
        *,
        n: int,
        sources: tuple[Source, ...] = (),
        window: tuple[str, str] | None = None,
        coverage: str = "",
        record: str = NOT_REPLAYED,
    ) -> str:
        """File one row and return its id."""
        number = 1 + sum(row.id.startswith(f"{code}-") for row in self.rows)
        row = Evidence(f"{code}-{number}", method, n, sources[:SOURCES_SHOWN], window, coverage, record)
        self.rows.append(row)
        return row.id

    def table(self) -> tuple[Evidence, ...]:
        """All rows, in the order in which they were filed."""
        return tuple(self.rows)


def replayed(rows: Sequence[Evidence], records: Mapping[str, Mapping[str, str]]) -> tuple[Evidence, ...]:
    """The rows with what a backtest of their repository said of their code.

    Args:
        rows: an evidence table.
        records: by repository and code. A row whose sources are of several repositories keeps what it has,
            and so does one without sources where there are several.
    """
    return tuple(_replayed(row, records) for row in rows)


def _replayed(row: Evidence, records: Mapping[str, Mapping[str, str]]) -> Evidence:
    named = {one.repository for one in row.sources if one.repository} or set(records)
    where = named.pop() if len(named) == 1 else ""
    return replace(row, record=records.get(where, {}).get(row.id.rpartition("-")[0], row.record))
