"""Replayed: what a backtest leaves in the store for later readings, and the past as the store has it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from colead import phrase
from colead.store.faults import told
from colead.store.store import Store

FACT = "backtest"


def keep(store: Store, tip: str, day: date, records: Mapping[str, str]) -> None:
    """Keep half a sentence per code of evidence."""
    fact = json.dumps({"tip": tip, "day": day.isoformat(), "records": dict(records)})
    with store.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (FACT, fact))


def records(store: Store, today: date) -> dict[str, str]:
    """By code of evidence, what the last backtest said: "replayed here on 22 November: ..."; {} for none.

    A reading of an earlier day does not know it.
    """
    row = store.db.execute("SELECT value FROM facts WHERE key = ?", (FACT,)).fetchone()
    if row is None:
        return {}
    fact = json.loads(row[0])
    day = date.fromisoformat(fact["day"])
    said = phrase.day(day, today=today)
    kept: dict[str, str] = fact["records"] if day <= today else {}
    return {code: f"replayed here on {said}: {words}" for code, words in kept.items()}


def aside(store: Store, other: Store) -> None:
    """Fill a store that is still empty with what another one of the same repository has read."""
    if other.db.execute("SELECT 1 FROM facts WHERE key = 'state'").fetchone() is None:
        with told(other.file):
            store.db.backup(other.db)


def tips(store: Store, tip: str, moments: Sequence[int]) -> list[str]:
    """The newest commit of the main line before each moment (unix seconds), "" where there was none."""
    rows = store.db.execute("SELECT id, oid, first, at FROM commits").fetchall()
    known = {number: (oid.hex(), first, at) for number, oid, first, at in rows}
    here = next((number for number, (oid, _, _) in known.items() if oid == tip), 0)
    found = dict.fromkeys(moments, "")
    for moment in sorted(found, reverse=True):
        while here in known and known[here][2] >= moment:
            here = known[here][1]
        found[moment] = known[here][0] if here in known else ""
    return [found[moment] for moment in moments]
