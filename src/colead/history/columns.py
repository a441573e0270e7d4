"""History: the landings of a repository, oldest first, and one row per changed file in columns.

`History` is what the other words read. It holds no bodies and no blobs, so that
100,000 landings fit into memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
MANY_FILES = 30  # a landing that changes more product files than this is "bulk"


class Kind(StrEnum):
    """Who or what made a landing. Only `PERSON` counts as a team's own work."""

    PERSON = "person"
    BOT = "bot"  # made by an automation
    BUMP = "bump"  # a release, a version or a dependency moved on
    BULK = "bulk"  # more than MANY_FILES files: reformatting, renaming, vendoring
    GENERATED = "generated"  # every changed file is generated, locked or translated
    CARRIER = "carrier"  # a merge that only brings in other landings (git-flow); its changes are told there


@dataclass(frozen=True, slots=True)
class Landing:
    """One landing, diffed against `base`, what it landed on ("" for the first commit)."""

    oid: str
    base: str
    at: int  # unix seconds, commit date, clamped to 1970..2100
    title: str  # of the pull request where there is one; undecodable bytes as surrogates
    pull: int | None = None
    kind: Kind = Kind.PERSON
    fix: bool = False
    efforts: tuple[str, ...] = ()  # issue keys ("SHOP-12", "#88") and branch names that group landings
    files: int = 0  # how many files it changed


@dataclass(frozen=True)
class History:
    """Landings, oldest first by commit date, and their changes in columns; file ids survive exact renames."""

    landings: tuple[Landing, ...]
    change_landing: IntArray  # position in `landings`, ascending
    change_file: IntArray  # position in `paths`
    change_status: NDArray[np.uint8]  # ord of A, M, D, R, T
    paths: tuple[str, ...]  # newest path of each file id, surrogateescape
    tip: str
    coverage: str = ""  # e.g. "shallow: history before 3 May 2024 is not here"

    @cached_property
    def at(self) -> NDArray[np.int64]:
        """Unix seconds of each landing."""
        return np.array([landing.at for landing in self.landings], dtype=np.int64)

    @cached_property
    def file_of(self) -> Mapping[str, int]:
        """File id of each newest path (the youngest id where several ended at one path)."""
        return {path: number for number, path in enumerate(self.paths)}

    @cached_property
    def by_people(self) -> NDArray[np.bool_]:
        """Which landings are people's own work."""
        return np.array([landing.kind is Kind.PERSON for landing in self.landings], dtype=bool)

    @cached_property
    def is_fix(self) -> NDArray[np.bool_]:
        """Which landings are fixes by people."""
        return np.array([one.fix and one.kind is Kind.PERSON for one in self.landings], dtype=bool)

    def until(self, today: date) -> History:
        """The history as it stood at the end of that day (UTC): what landed later is cut off."""
        if today == date.max:
            return self
        midnight = datetime.combine(today + timedelta(days=1), time(), tzinfo=UTC).timestamp()
        kept = int(np.searchsorted(self.at, int(midnight), side="left"))
        if kept == len(self.landings):
            return self
        rows = int(np.searchsorted(self.change_landing, kept, side="left"))
        return replace(
            self,
            landings=self.landings[:kept],
            change_landing=self.change_landing[:rows],
            change_file=self.change_file[:rows],
            change_status=self.change_status[:rows],
        )
