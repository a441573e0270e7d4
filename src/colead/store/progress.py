"""Progress: how an update is told while it runs, and what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int, str], None]  # done, total, what


def silent(done: int, total: int, what: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What one update did."""

    commits: int = 0  # read anew
    landings: int = 0  # added or told anew
    vanished: int = 0  # landings that a rewrite took away
    total: int = 0  # landings now

    @property
    def sentence(self) -> str:
        """What the update did, for people."""
        if not (self.commits or self.landings or self.vanished):
            return f"nothing new, {self.total:,} landings"
        gone = f", {self.vanished:,} vanished" if self.vanished else ""
        return f"{self.commits:,} new commits, {self.landings:,} landings read{gone}, {self.total:,} in all"
