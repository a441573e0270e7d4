"""Auditing: shows changes drawn at random, one at a time, and keeps what somebody says that they were.

What every door calls to sort changes by hand.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from colead.audit import FILE, SKIPPED, USUAL, Answer, Question, drawn, question, said
from colead.errors import RepositoryError, WrongUse
from colead.look import Opening, PathLike, Progress, silent

if TYPE_CHECKING:
    from colead.activity import Activity
    from colead.balance import Agreed
    from colead.kinds import Kinds
    from colead.readers.git import Door

SEED = "audit 1"  # hashes of commits differ from repository to repository, so one seed does for all


@dataclass
class Auditing:
    """One repository while its changes are sorted by hand."""

    root: Path
    before: bytes  # the file as it was found
    activity: Activity
    found: Kinds
    agreed: Agreed
    today: date
    wanted: int
    order: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.order = drawn(self.activity.history, self.found, SEED).tolist()

    @property
    def count(self) -> int:
        """How many there are to sort: as many as asked for, fewer where not so many say nothing."""
        skipped = sum(one.kind == SKIPPED for one in self._said().values())
        return min(self.wanted, len(self.order) - skipped)

    @property
    def done(self) -> int:
        """How many of the changes that are drawn from are sorted."""
        return sum(one.kind != SKIPPED for one in self._said().values())

    def next(self) -> Question | None:
        """The next change to sort, None when enough are."""
        told = self._said()
        if self.done >= self.count:
            return None
        place = next(one for one in self.order if one not in told)
        return question(self.activity, int(self.found.landing[place]))

    def keep(self, one: Question, kind: str) -> None:
        """Keep an answer, at once and whole.

        Raises:
            WrongUse: E07, the file could not be written.
        """
        from colead.readers.audit import HEAD
        from colead.writers.audit import kept

        self._write(kept(self._text(), HEAD, [Answer(one.commit, kind, self.today)]))

    def undo(self) -> bool:
        """Take the newest answer back; False where there is none."""
        from colead.writers.audit import without_last

        if not self._answers():
            return False
        self._write(without_last(self._text()))
        return True

    def _said(self) -> dict[int, Answer]:
        return dict(said(self.activity.history, self.found, self._answers()))

    def _answers(self) -> Sequence[Answer]:
        from colead.readers.audit import read_audit

        return read_audit(self._data())

    def _text(self) -> str:
        return self._data().decode()

    def _data(self) -> bytes:
        """The file as it is now: somebody else may be sorting, too."""
        from colead.readers.settings import from_work_tree

        held = from_work_tree(self.root, FILE)
        return self.before if held is None else held

    def _write(self, text: str) -> None:
        from colead.readers.audit import read_audit
        from colead.writers.kept import keep as settings_file

        read_audit(text.encode())  # what would not be read again is not written
        try:
            settings_file(os.fsencode(self.root), FILE, text)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            hint = "look at its folder and its permissions; what was answered before is kept"
            raise WrongUse("E07", f"{FILE} could not be written", why=why, hint=hint) from error


def auditing(
    repo: PathLike = ".",
    *,
    count: int = USUAL,
    today: date | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> Auditing:
    """The changes of a repository that are to be sorted by hand.

    Args:
        repo: a folder inside a work tree.
        count: how many of the past twelve months are to be sorted all in all.
        today: the day up to which the history is read; today by default.
        cache: folder of the caches; the platform's by default.
        progress: called with (done, total, what).

    Raises:
        ColeadError: with a code; E19 when there is no work tree to keep answers in.
    """
    from colead.readers.git import Door

    opening = Opening(today or datetime.now(UTC).date(), "", cache, progress)
    with Door.open(repo) as door:
        if door.root is None or not door.root.is_dir():
            _no_place(str(repo))
        root = door.root
        return opening.kept(lambda kept, *_: _opened(opening, door, root, kept, count))


def _opened(opening: Opening, door: Door, root: Path, cache: Path | None, count: int) -> Auditing:
    from colead.activity import activity
    from colead.balance import since_of
    from colead.balancing import agreed_in, shipped
    from colead.citing import DAY, end_of
    from colead.kinds import kinds, labelled
    from colead.readers.audit import read_audit
    from colead.store import Store
    from colead.store.codebase import codebase
    from colead.store.corrections import settings_text
    from colead.store.imports import imported

    before = settings_text(door, FILE)
    read_audit(before)
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(door, cache))
        store.update(door, opening.progress)
        history = store.history().until(opening.today)
        seen = activity(history, codebase(store, door, opening.progress))
        agreed, handed = agreed_in(door), imported(door, opening.given)
        told_by = labelled(handed.by_key, agreed.labels)
        found = kinds(history, shipped(), end_of(since_of(opening.today)) - DAY, told_by)
    return Auditing(root, before, seen, found, agreed, opening.today, count)


def _no_place(where: str) -> NoReturn:
    raise RepositoryError(
        "E19",
        f"{where!r} has no work tree to keep answers in",
        why=f"answers are kept in {FILE} of a work tree, so that they hold for the whole team",
        hint="sort in a clone with a work tree",
    )
