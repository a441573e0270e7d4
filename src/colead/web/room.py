"""Room: whether something failed because the disk is full or closed to writing, and how that is said."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from colead.errors import ColeadError, StoreError
from colead.web.folder import data_folder

FULL, CLOSED = "full", "closed"
WHAT = {FULL: "the disk is full", CLOSED: "the disk is closed to writing"}
MEND = {FULL: "make room", CLOSED: "see that Colead may write to it"}
ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), CLOSED),
}
SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR_WRITE: FULL,  # a quota
    sqlite3.SQLITE_IOERR_SHMSIZE: FULL,
    **dict.fromkeys((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM), CLOSED),
}
SQLSTATE = {"53100": FULL, "25006": CLOSED}


def unwritten(error: BaseException | None) -> str:
    """FULL or CLOSED where that is what the error, or one that it came from, is about; "" elsewhere."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        if found := _of(error):
            return found
        seen.append(error)
        error = error.__cause__ or error.__context__
    return ""


def _of(error: BaseException) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, OSError):
        return ERRNO.get(error.errno or 0, "")
    if isinstance(code, int):
        return SQLITE.get(code) or SQLITE.get(code & 0xFF, "")
    return SQLSTATE.get(str(getattr(error, "sqlstate", "")), "")


@contextmanager
def writable() -> Iterator[None]:
    """StoreError E97 for what fails because nothing can be written."""
    try:
        yield
    except ColeadError:
        raise
    except Exception as error:
        kind = unwritten(error)
        if not kind:
            raise
        raise StoreError(
            "E97",
            f"Colead cannot keep anything in {str(data_folder())!r}",
            why=f"{WHAT[kind]}; what was kept there before is as it was",
            hint=f"{MEND[kind]}, or name another folder with --data",
        ) from error
