"""Kinds: what the model told of a stretch of history, kept in the store until either changes."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from colead.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from colead.kinds import Kinds

FACT = "kinds"


def kept(store: Store, stretch: str, make: Callable[[], Kinds]) -> Kinds:
    """The kinds of a stretch of history, from the store where it has them, else made and put there.

    Args:
        store: of the repository; only the newest stretch is kept.
        stretch: names everything that the kinds depend on.
        make: tells them.
    """
    from colead.kinds import Kinds

    row = store.db.execute("SELECT value FROM facts WHERE key = ?", (FACT,)).fetchone()
    fact = json.loads(row[0]) if row else {}
    if fact.get("stretch") == stretch:
        with np.load(BytesIO(b64decode(fact["columns"])), allow_pickle=False) as told:
            return Kinds(
                told["landing"], told["chance"].astype(np.float64), told["said"], int(told["labelled"])
            )
    made, held = make(), BytesIO()
    np.savez(
        held,
        landing=made.landing,
        chance=made.chance.astype(np.float32),
        said=made.said,
        labelled=np.int64(made.labelled),
    )
    fact = {"stretch": stretch, "columns": b64encode(held.getvalue()).decode("ascii")}
    with store.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (FACT, json.dumps(fact)))
    return made
