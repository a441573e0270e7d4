"""What people said that changes were, `.colead/audit.csv`, one line each:

    commit,kind,on
    3f2a9c0d1e4b5a67,feature,2026-11-22
    91be02c4d7f3a810,docs,2026-11-22
    0c4d7e2f9a1b3c5d,skipped,2026-11-22

`colead balance --audit` writes it. Strict, as all settings are; of two lines on one
commit the later one holds.
"""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from colead.audit import FILE, KEPT, WORDS, Answer
from colead.errors import SettingsError
from colead.readers.settings import LARGEST

HEAD = "commit,kind,on"
_HEX = frozenset("0123456789abcdef")


def read_audit(data: bytes, file: str = FILE) -> tuple[Answer, ...]:
    """The answers of a file, in its order.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    if len(data) > LARGEST:
        _refuse(file, "E12", 0, f"is larger than {LARGEST >> 10} KiB", "take its oldest lines out")
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        _refuse(file, "E10", 0, "is not UTF-8 text", "save it as UTF-8")
    if lines and lines[0].strip() != HEAD:
        _refuse(file, "E11", 1, "does not begin as it should", f"write  {HEAD}  there")
    told = ((number, line.strip()) for number, line in enumerate(lines[1:], 2))
    return tuple(_answer(file, number, line) for number, line in told if line)


def _answer(file: str, number: int, line: str) -> Answer:
    fields = [one.strip() for one in line.split(",")]
    if len(fields) != 3:
        _refuse(file, "E11", number, "has not three values", f"write them as  {HEAD}")
    commit, kind, day = fields
    if len(commit) < KEPT or not _HEX.issuperset(commit):
        hint = f"write the first {KEPT} characters of its hash"
        _refuse(file, "E11", number, f"has {commit[:80]!r} where a commit belongs", hint)
    if kind not in WORDS:
        _refuse(file, "E11", number, f"has the unknown kind {kind[:80]!r}", f"use one of {', '.join(WORDS)}")
    try:
        return Answer(commit[:KEPT], kind, date.fromisoformat(day) if day else None)
    except ValueError:
        _refuse(file, "E11", number, f"has {day[:80]!r} where a day belongs", "write it as  2026-10-19")


def _refuse(file: str, code: str, line: int, what: str, hint: str) -> NoReturn:
    place = f"{file}, line {line}," if line else file
    raise SettingsError(code, f"{place} {what}", why="settings are never guessed", hint=hint)
