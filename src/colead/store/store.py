"""Store: opens, guards, repairs and reads the database of one repository.

Nothing heavy is imported here: that a repository has not changed is found out
before anything else is loaded.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from colead.store.faults import busy, damaged, in_words, newer, sound, told, unwritable
from colead.store.progress import Progress, Updated, silent
from colead.store.schema import APPLICATION, TABLES, VERSION

if TYPE_CHECKING:
    from types import TracebackType

    from colead.history import History
    from colead.readers.git import Door

T = TypeVar("T")
PATIENCE = 900.0  # seconds that a second check waits for the first one
PAUSE = 1.0  # seconds between two words about waiting
INSTANT = 0.05  # seconds before what was refused at once is tried again


class Store:
    """The database of one repository; a context manager. Parts that keep tables in it share `db`."""

    db: sqlite3.Connection

    def __init__(self, door: Door, file: Path | None, *, patience: float = PATIENCE) -> None:
        self.file = file
        self.notes: tuple[str, ...] = ()
        self._door, self._patience = door, patience
        self._connect()

    @classmethod
    def open(cls, door: Door, cache: Path | None, *, patience: float = PATIENCE) -> Store:
        """Open the store of a repository, making it where there is none.

        Args:
            door: the open repository.
            cache: folder of the stores; None keeps everything in memory, for machines that may not write.
            patience: seconds to wait while another check writes.

        Raises:
            StoreError: E40 a newer Colead wrote it; E41 the folder cannot be written; E42 the
                disk is full; E43 another check did not finish; E44 it cannot be read.
        """
        return cls(door, None if cache is None else _place(cache, door), patience=patience)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, where: TracebackType | None
    ) -> None:
        """Close; an error of SQLite that nobody has told in words yet is told, damage is set aside."""
        self.close()
        if isinstance(value, sqlite3.DatabaseError):
            if damaged(value):
                self._set_aside("was damaged")
            raise in_words(self.file, value) from value

    def close(self) -> None:
        """Close the database; what was not committed is undone."""
        self.db.close()

    def update(self, door: Door, progress: Progress = silent) -> Updated:
        """Bring the store up to what the door sees; nothing is read anew when the tip has not moved."""
        return self._repaired(lambda: self._update(door, progress))

    def history(self, before: int | None = None) -> History:
        """The landings and their changes, as of the last update, or before a moment (unix seconds)."""
        from colead.store.load import NEVER, history

        return self._repaired(lambda: history(self.db, self._door, NEVER if before is None else before))

    def messages(self) -> Iterator[tuple[str, str, str]]:
        """Hash, title and body (at most 4 KB) of every landing that is no carrier, oldest first."""
        from colead.store.load import messages

        return messages(self.db)

    @contextmanager
    def writing(self, progress: Progress = silent) -> Iterator[sqlite3.Connection]:
        """One transaction: everything inside is written, or nothing. Waits for another writer."""
        with told(self.file):
            self._begin(progress)
            try:
                yield self.db
            except BaseException:
                if self.db.in_transaction:
                    self.db.rollback()
                raise
            self.db.commit()

    def _update(self, door: Door, progress: Progress) -> Updated:
        state = _state(door)
        if self._fact("state") == state:
            return Updated(total=int(self._fact("total") or 0))
        from colead.store.update import bring_up

        with self.writing(progress) as connection:
            if self._fact("state") == state:  # another check was here first
                return Updated(total=int(self._fact("total") or 0))
            return bring_up(connection, door, state, progress)

    def _fact(self, key: str) -> str | None:
        with told(self.file):
            row = self.db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _begin(self, progress: Progress) -> None:
        self._patiently("BEGIN IMMEDIATE", progress)

    def _patiently(self, statement: str, progress: Progress) -> None:
        """Execute what another check of this repository may hold up."""
        waited = time.monotonic()
        while True:
            try:
                self.db.execute(statement)
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
            if time.monotonic() - waited > self._patience:
                raise busy(self.file)
            progress(0, 0, "waiting for another check of this repository")
            time.sleep(INSTANT)

    def _connect(self) -> None:
        with told(self.file):
            try:
                self._prepare()
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                self._set_aside("was damaged")
                self._prepare()

    def _prepare(self) -> None:
        """Connect and make sure that the tables are there and of this version."""
        self.db = self._opened()
        version, application = self._pragma("user_version"), self._pragma("application_id")
        if application == APPLICATION and version > VERSION:
            self.close()
            raise newer(self.file, version)
        if (application, version) != (APPLICATION, VERSION):
            if application != APPLICATION and self._pragma("page_count") and self._tables():
                self._set_aside("was not made by Colead")
                self.db = self._opened()
            self._create()
        self.db.execute("PRAGMA synchronous = NORMAL")

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file or ":memory:", timeout=PAUSE, isolation_level="IMMEDIATE")

    def _pragma(self, name: str) -> int:
        row = self.db.execute(f"PRAGMA {name}").fetchone()
        return int(row[0])

    def _tables(self) -> list[str]:
        rows = self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return [str(row[0]) for row in rows]

    def _create(self) -> None:
        """Make the tables anew, in one transaction, unless somebody else just did."""
        self._patiently("PRAGMA journal_mode = WAL", silent)  # which SQLite may refuse at once
        with self.writing() as connection:
            if self._pragma("user_version") == VERSION:
                return
            for table in self._tables():
                connection.execute(f'DROP TABLE "{table}"')
            for statement in TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")

    def _repaired(self, work: Callable[[], T]) -> T:
        """Do something; when the file turns out to be damaged, set it aside, read anew, do it again."""
        with told(self.file):
            try:
                return work()
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
            self._set_aside("was damaged")
            self._connect()
            self._update(self._door, silent)
            return work()

    def _set_aside(self, why: str) -> None:
        """Move the file away, unless another check has just put a sound one in its place."""
        self.close()
        if self.file is None or sound(self.file):
            return
        aside = self.file.with_suffix(".aside")
        for tail in ("-wal", "-shm", ""):
            if os.path.exists(f"{self.file}{tail}"):
                os.replace(f"{self.file}{tail}", f"{aside}{tail}")
        self.notes += (f"the cache of this repository {why}; it was kept as {aside.name} and read anew",)


def _place(cache: Path, door: Door) -> Path:
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(cache, error.strerror or str(error)) from error
    name = re.sub(r"[^A-Za-z0-9._-]", "-", door.name)[:60].strip(".-") or "repository"
    return cache / f"{name}-{_mark(door.git_dir)}.sqlite"


def kept_of(cache: Path, git_dir: Path) -> list[Path]:
    """The files that hold what was read of the repository whose git directory is `git_dir`."""
    return list(cache.glob(f"*-{_mark(git_dir)}.*"))


def _mark(git_dir: Path) -> str:
    return sha256(os.fsencode(git_dir.resolve())).hexdigest()[:16]


def _state(door: Door) -> str:
    """What must be equal for a store to be up to date: the tip, and where a shallow clone ends."""
    shallow = sha256("".join(sorted(door.shallow)).encode()).hexdigest()[:16] if door.shallow else ""
    return f"{door.tip} {shallow}".strip()
