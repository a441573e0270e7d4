"""Rows: small helpers that every part of the store writes and reads with."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from colead.store.progress import Progress

T = TypeVar("T")
BATCH = 1000  # rows that are written together
TICK = 0.1  # seconds between two reports of progress


@dataclass
class Ticker:
    """Passes progress on, at most every TICK seconds."""

    progress: Progress
    last: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int, what: str) -> None:
        if (now := time.monotonic()) - self.last >= TICK:
            self.last = now
            self.progress(done, total, what)


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Rows in lists of BATCH."""
    flow = iter(rows)
    while batch := list(islice(flow, BATCH)):
        yield batch


def raw(text: str) -> bytes:
    """Text of a repository as it is kept."""
    return text.encode("utf-8", "surrogateescape")


def text(kept: bytes) -> str:
    """Kept text as it is read; undecodable bytes become surrogates."""
    return kept.decode("utf-8", "surrogateescape")
