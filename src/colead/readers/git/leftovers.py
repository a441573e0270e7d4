"""Leftovers: private folders of processes that were killed before they could remove them."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "colead-shadow-"
LOCK = "in-use"


def private_folder() -> tuple[Path, int]:
    """A new folder that only this person may read, and the open lock that says it is in use.

    Folders of the same kind whose process has ended without removing them are
    removed on the way; the system gives up a lock however a process ends.
    """
    parent = Path(tempfile.gettempdir())
    for old in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            _remove_if_left(old)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    lock = os.open(folder / "new", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / "new").rename(folder / LOCK)  # seen by others only when it is held
    return folder, lock


def _remove_if_left(folder: Path) -> None:
    """Remove a folder of one's own whose lock nobody holds."""
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        return
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
