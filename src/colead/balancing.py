"""Balancing: opens repositories, tells the kinds of their landings and how the work divides.

What every door calls for a balance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from colead.errors import DateError
from colead.look import Beside, Opening, PathLike, Progress, distinct, silent

if TYPE_CHECKING:
    from colead.audit import Audited
    from colead.balance import Agreed, Balance, Balanced
    from colead.history import History
    from colead.kinds import Kinds, Weights
    from colead.kinds.told import Labelled
    from colead.readers.git import Door
    from colead.store.imports import Given


def balance(
    repos: PathLike | Sequence[PathLike] = ".",
    *,
    since: date | None = None,
    today: date | None = None,
    given: Given | None = None,
    share: float | None = None,
    beside: Beside | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> Balance:
    """How the work of one or several repositories divides, against what is agreed in the first one.

    Args:
        repos: folders inside git repositories, bare ones too.
        since: the first day that counts; by default the first of the month eleven months ago.
        today: the day up to which the history is read; today by default.
        given: exports of issues, whose labels tell kinds, beside those that the settings name.
        share: the share of health that is agreed, of 1; by default what the settings say.
        beside: texts that hold beside a repository's own settings files, by the folder in `repos`.
        cache: folder of the caches; the platform's by default.
        progress: called with (done, total, what).

    Raises:
        ColeadError: with a code, what happened, why, and what to try.
    """
    from colead import __version__
    from colead.balance import SCHEMA, Agreed, Balance, since_of
    from colead.readers.git import Door

    until = today or datetime.now(UTC).date()
    start = since or since_of(until)
    if start > until:
        said = f"--since {start.isoformat()} is after {until.isoformat()}"
        raise DateError("E04", said, why="there is nothing between them", hint="name an earlier date")
    opening, agreed = Opening(until, "", cache, progress, given=given), None
    told: list[Balanced] = []
    for where in [repos] if isinstance(repos, (str, Path)) else repos:
        with Door.open(where) as door:
            door.beside = (beside or {}).get(str(where), {})
            agreed = agreed or agreed_in(door, share)
            told.append(_balanced(opening, door, agreed, start, {one.repository for one in told}))
    agreed = agreed or Agreed()
    return Balance(
        schema=SCHEMA,
        version=__version__,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        today=until.isoformat(),
        agreed=agreed.share,
        counted=agreed.health,
        written=agreed.written,
        repositories=tuple(told),
    )


def agreed_in(door: Door, share: float | None = None) -> Agreed:
    """What a repository's settings say is agreed, with `share` in place of theirs; SettingsError."""
    from colead.readers.balance import FILE, read_balance
    from colead.store.corrections import settings_text

    read = read_balance(settings_text(door, FILE))
    return read if share is None else replace(read, share=share, written=True)


def _balanced(opening: Opening, door: Door, agreed: Agreed, since: date, taken: set[str]) -> Balanced:
    def use(cache: Path | None, *more: str) -> Balanced:
        from colead.activity import activity
        from colead.balance import balanced
        from colead.citing import DAY, end_of
        from colead.kinds import kinds, labelled
        from colead.store import Store
        from colead.store.codebase import codebase
        from colead.store.imports import imported

        with ExitStack() as stack:
            store = stack.enter_context(Store.open(door, cache))
            store.update(door, opening.progress)
            history = store.history().until(opening.today)
            seen = activity(history, codebase(store, door, opening.progress))
            handed = imported(door, opening.given)
            notes = (*door.notes, *store.notes, *filter(None, [history.coverage]), *handed.notes, *more)
            told_by = labelled(handed.by_key, agreed.labels)
            found = kinds(history, shipped(), end_of(since) - DAY, told_by)
            audit = audited_in(door, history, opening.today, found, agreed, told_by)
            told = balanced(
                seen,
                found,
                agreed,
                since=since,
                today=opening.today,
                repository=distinct(door.name, taken),
                notes=notes,
                audit=audit,
            )
            return replace(told, notes=(*told.notes, *_offered(door, audit.kinds if audit else found, told)))

    return opening.kept(use)


def _offered(door: Door, found: Kinds, told: Balanced) -> list[str]:
    """The line that offers an audit where there is a place to keep it and it would pay."""
    from colead.audit import offer

    if door.root is None or told.whole is None:
        return []
    health = told.whole.health
    return [*filter(None, [offer(int((~found.said).sum()), health.low or 0.0, health.high or 0.0)])]


def audited_in(
    door: Door, history: History, today: date, found: Kinds, agreed: Agreed, *told_by: Labelled
) -> Audited | None:
    """The kinds set right by what was sorted by hand here up to this day, None where nothing was."""
    from colead.audit import COUNTS, FILE, audited
    from colead.citing import DAY, end_of
    from colead.kinds import kinds
    from colead.readers.audit import read_audit
    from colead.store.corrections import settings_text

    answers = [one for one in read_audit(settings_text(door, FILE)) if not one.day or one.day <= today]
    if not answers:
        return None
    longer = kinds(history, shipped(), end_of(today) - COUNTS * DAY, *told_by)
    if len(longer.landing) < len(found.landing):
        longer = found
    right = audited(history, longer, answers, agreed.health)
    if right is None:
        return None
    kept = right.since(len(longer.landing) - len(found.landing))
    return replace(kept, kinds=replace(kept.kinds, labelled=found.labelled))


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with Colead."""
    import numpy as np

    from colead.kinds import Weights

    with np.load(BytesIO(_data()), allow_pickle=False) as columns:
        return Weights.of(dict(columns))


def weighed() -> str:
    """What names these weights: another file has another name."""
    return hashlib.sha256(_data()).hexdigest()[:16]


def _data() -> bytes:
    return files("colead.kinds").joinpath("weights.npz").read_bytes()
