"""Differences: which files each commit changed against its base, asked of one git process in small windows.

Two windows are under way at any time, small enough for every pipe, so that
neither side can block the other and git never waits for Python. A random line
ends each window: git echoes what is no hash, and flushes. When git dies (a
folder is missing in a partial clone, or damaged), the unanswered pairs are
asked again one at a time; what it dies of alone is passed by and noted.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from colead.errors import LimitReached

if TYPE_CHECKING:
    from colead.readers.git.shadow import Running, Shadow

COMMAND = (
    "diff-tree --stdin -r --root -z --raw --always --no-abbrev -M100% -l1000 --no-ext-diff --no-textconv"
).split()
SUBMODULE = "160000"
WINDOW = 2000  # bytes; two windows stay below what any pipe holds
CULPRITS = 500  # commits that are passed by before the whole counts as damaged


class Change(NamedTuple):
    """One changed file: `status` is one of A, M, D, R, T; paths are raw bytes."""

    status: str
    path: bytes
    old_path: bytes  # b"" unless renamed
    oid: str  # of the new blob; zeros when deleted
    mode: str  # the new one; "000000" when deleted


Pair = tuple[str, str]
Answer = tuple[str, list[Change]]


def differences(
    shadow: Shadow, pairs: Iterator[Pair], shallow: frozenset[str], notes: list[str]
) -> Iterator[Answer]:
    """Answers in the order of `pairs`; `notes` gets a sentence for each commit that was passed by."""
    talk = _Talk(shadow, shallow, notes)
    try:
        more = True
        while more or talk.flying:
            while more and len(talk.flying) < 2:
                window = deque(islice(pairs, talk.size))
                more = bool(window)
                if window:
                    talk.ask(window)
            if talk.flying:
                yield from talk.answers()
    finally:
        talk.close()


class _Talk:
    """A conversation with one `git diff-tree`, taken up again with a new one where it breaks off."""

    def __init__(self, shadow: Shadow, shallow: frozenset[str], notes: list[str]) -> None:
        self._shadow, self._shallow, self._notes = shadow, shallow, notes
        self._running: Running | None = None
        self._tokens: Iterator[bytes] = iter(())
        self._ahead: tuple[bytes, ...] = ()  # the first header of the next window, read too early
        self._stop = f"end-{os.urandom(12).hex()}\n".encode()
        self._culprits = 0
        self.flying: deque[deque[Pair]] = deque()
        self.size = max(1, (WINDOW - len(self._stop)) // 131)  # a pair of SHA-256 hashes

    def ask(self, window: deque[Pair]) -> None:
        """Send a window; its pairs leave it one by one as they are answered."""
        self.flying.append(window)
        lines = [f"{new} {base}".rstrip() + "\n" for new, base in window if new not in self._shallow]
        self._connected().ask("".join(lines).encode() + self._stop)

    def answers(self) -> Iterator[Answer]:
        """The answers to the oldest window, and to everything under way when git dies meanwhile."""
        try:
            yield from self._read(self.flying[0])
            self.flying.popleft()
        except EOFError:
            yield from self._one_by_one()

    def close(self) -> None:
        """End the process."""
        if self._running:
            self._running.kill()
        self._running = None

    def _connected(self) -> Running:
        if self._running is None:
            self._running = self._shadow.start(*COMMAND)
            self._tokens = chain.from_iterable(self._running.records(self._stop))
            self._ahead = ()
        return self._running

    def _one_by_one(self) -> Iterator[Answer]:
        pairs = [pair for window in self.flying for pair in window]
        self.flying.clear()
        self._bury()
        for pair in pairs:
            window = deque([pair])
            self.ask(window)
            self.flying.clear()
            try:
                yield from self._read(window)
            except EOFError:
                self._culprits += 1
                self._bury()
                yield self._passed_by(pair[0])

    def _bury(self) -> None:
        """Take leave of a process that has died; LimitReached when it died of a limit."""
        error = self._connected().failure()
        self.close()
        if isinstance(error, LimitReached) or self._culprits > CULPRITS:
            raise error

    def _read(self, window: deque[Pair]) -> Iterator[Answer]:
        """Read until the window's end; EOFError when git dies before. Answered pairs leave the window."""
        rows: list[Change] | None = None
        tokens, most = chain(self._ahead, self._tokens), self._shadow.limits.files
        self._ahead = ()
        for token in tokens:
            if token.startswith(b":") and rows is not None:
                row = _row(token.decode("ascii"), tokens)
                if row and len(rows) <= most:
                    rows.append(row)
                continue
            if rows is not None:
                new = window.popleft()[0]
                yield (new, rows) if len(rows) <= most else self._passed_by(new)
            if token.startswith(self._stop):
                rest = token.removeprefix(self._stop)
                self._ahead = (rest,) if rest else ()
                yield from map(self._passed_by, _emptied(window))
                return
            rows = []
            yield from map(self._passed_by, _emptied(window, token.decode("ascii", "replace")))
        raise EOFError

    def _passed_by(self, new: str) -> Answer:
        if new not in self._shallow:
            self._notes.append(f"the changes of commit {new} could not be read; they are left out")
        return new, []


def _emptied(window: deque[Pair], until: str = "") -> Iterator[str]:
    """Take the commits before `until` out of the window: those that git had nothing to say about."""
    while window and window[0][0] != until:
        yield window.popleft()[0]
    if until and not window:
        raise EOFError


def _row(meta: str, tokens: Iterator[bytes]) -> Change | None:
    """One row, from ":100644 100644 <old> <new> M" and the path or two that follow; None for a submodule."""
    _, new_mode, _, oid, kind = meta.split(" ")
    status, old_path, path = kind[0], b"", next(tokens, None)
    if status == "R":
        old_path, path = path or b"", next(tokens, None)
    if path is None:
        raise EOFError
    was_submodule, is_submodule = meta.startswith(SUBMODULE, 1), new_mode == SUBMODULE
    if was_submodule or is_submodule:
        if status != "T":
            return None
        if was_submodule:
            return Change("A", path, b"", oid, new_mode)
        return Change("D", path, b"", "0" * len(oid), "000000")
    return Change(status, path, old_path, oid, new_mode)
