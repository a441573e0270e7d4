"""Faults of a store in words: SQLite's errors as what happened, why, and what to try."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from colead.errors import StoreError
from colead.store.schema import APPLICATION, VERSION

ELSEWHERE = "name another folder with --cache DIR"


def damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is no sound database, which is repaired by reading anew."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def sound(file: Path) -> bool:
    """Whether a file is a whole database of Colead."""
    db = sqlite3.connect(file)
    try:
        if db.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
            return False
        return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
    finally:
        db.close()


@contextmanager
def told(file: Path | None) -> Iterator[None]:
    """Tell SQLite's errors in words; damage is left to those who can repair it."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if damaged(error):
            raise
        raise in_words(file, error) from error
    except OSError as error:
        if file is None or error.filename not in (str(file), str(file.parent)):
            raise
        raise unwritable(file, error.strerror or str(error)) from error


def in_words(file: Path | None, error: sqlite3.DatabaseError) -> StoreError:
    """The error that a person can act on."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and "full" in str(error)):
        why = "what was read could not be kept; the cache is as it was before"
        return StoreError(
            "E42", f"the disk of {str(file)!r} is full", why=why, hint=f"make room, or {ELSEWHERE}"
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy(file)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return unwritable(file, str(error))
    hint = "run the same command again; the cache is read anew" if damaged(error) else ELSEWHERE
    return StoreError("E44", f"the cache {str(file)!r} could not be used", why=str(error), hint=hint)


def unwritable(file: Path | None, why: str) -> StoreError:
    """E41: the folder or the file cannot be written."""
    return StoreError("E41", f"the cache {str(file)!r} cannot be written", why=why, hint=ELSEWHERE)


def busy(file: Path | None) -> StoreError:
    """E43: another check did not finish in time."""
    why = "another check of this repository is still writing to it"
    return StoreError("E43", f"the cache {str(file)!r} is in use", why=why, hint="try again in a minute")


def newer(file: Path | None, version: int) -> StoreError:
    """E40: a newer Colead wrote it."""
    why = f"a newer Colead wrote it (form {version}, this one knows {VERSION})"
    return StoreError(
        "E40", f"the cache {str(file)!r} cannot be read", why=why, hint=f"update Colead, or {ELSEWHERE}"
    )
