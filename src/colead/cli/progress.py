"""Progress: one line on a terminal's stderr while something takes long, gone when it is done."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from colead.phrase import literal

PAUSE = 0.1  # seconds between two signs
WIDTH = 70


class Progress:
    """Called with (done, total, what); says nothing where stderr is not a terminal."""

    def __init__(self, *, silent: bool = False) -> None:
        self._shown = not silent and sys.stderr.isatty()
        self._last = 0.0

    def __enter__(self) -> Progress:
        self._write("reading the repository")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Tell how far it is, at most ten times a second."""
        now = time.monotonic()
        if now - self._last >= PAUSE:
            self._last = now
            share = f" {done:,} of {total:,}" if total else ""
            self._write(f"{what}{share}")

    def _write(self, told: str) -> None:
        if self._shown:
            sys.stderr.write(f"\r\x1b[2K{literal(told)[:WIDTH]}")
            sys.stderr.flush()
