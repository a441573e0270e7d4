"""Kept: a settings file of the team's, written into a work tree whole or not at all, following no link."""

from __future__ import annotations

import os
import stat
from contextlib import suppress


def keep(root: bytes, file: str, text: str) -> None:
    """Put the text in its place below `root` in one step; OSError where that is not possible."""
    folder, _, name = file.partition("/")
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    top = os.open(root, flags)
    try:
        with suppress(FileExistsError):
            os.mkdir(folder, dir_fd=top)
        here = os.open(folder, flags | os.O_NOFOLLOW, dir_fd=top)
    finally:
        os.close(top)
    try:
        _replace(here, name, text)
    finally:
        os.close(here)


def _replace(folder: int, name: str, text: str) -> None:
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise OSError("it is there and is no regular file")
    beside = f".{name}.{os.getpid()}.part"
    file = os.open(
        beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666, dir_fd=folder
    )
    try:
        with os.fdopen(file, "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside, dir_fd=folder)
