"""Decision: a question, its options, the choice, why, and what would make it wrong, as a file carries it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase

import numpy as np

from colead.history import History, Landing

STATES = ("proposed", "accepted", "rejected", "deprecated", "superseded")
Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Way:
    """An option: what would be done, and what follows from it."""

    name: str
    text: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A decision as a file carries it; texts are Markdown, "" where the file says nothing."""

    title: str
    status: str = "proposed"  # one of STATES, "superseded" perhaps with "by ..."
    date: date | None = None  # of the last change
    deciders: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    context: str = ""
    ways: tuple[Way, ...] = ()
    chosen: int | None = None  # position in `ways`
    why: str = ""  # of the choice, or all that is said of the decision
    consequences: str = ""
    confirmation: str = ""  # how one would know
    more: str = ""
    extras: Mapping[str, object] = field(default_factory=dict)  # under the key "colead"

    @property
    def state(self) -> str:
        """The word of the status alone."""
        return self.status.split(" ")[0]

    @property
    def decided(self) -> bool:
        """Whether it says what was decided."""
        return bool(self.why) or self.chosen is not None


def clean(record: Record) -> Record:
    """The same with texts that a file can carry: no control characters, no blank ends, names of one line."""
    ways = tuple(Way(line(one.name), text(one.text), text(one.follows)) for one in record.ways)
    return replace(
        record,
        title=line(record.title) or "Decision",
        status=line(record.status) or "proposed",
        deciders=_lines(record.deciders),
        consulted=_lines(record.consulted),
        informed=_lines(record.informed),
        context=text(record.context),
        ways=tuple(replace(one, name=one.name or f"Option {n}") for n, one in enumerate(ways, 1)),
        chosen=record.chosen if record.chosen is not None and record.chosen < len(ways) else None,
        why=text(record.why),
        consequences=text(record.consequences),
        confirmation=text(record.confirmation),
        more=text(record.more),
        extras={key: _extra(value) for key, value in record.extras.items()},
    )


def line(told: str) -> str:
    """Words on one line."""
    return " ".join(text(told).split())


def text(told: str) -> str:
    """A text of plain lines without blank ends."""
    lines = told.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cs"})
    return kept.strip()


def _lines(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(line, told)))


def _extra(value: object) -> object:
    if isinstance(value, str):
        return line(value)
    if isinstance(value, Mapping):
        return {str(key): _extra(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_extra(one) for one in value]
    return value


def landed_in(history: History, glob: str, *, after: str, since: int) -> Landing | None:
    """The first landing that changed a path of this shape after a commit; None where nothing did.

    Args:
        glob: a path, a folder, or a pattern in which "*" stands for anything, folders included.
        after: the hash of the newest landing that does not count.
        since: unix seconds that count instead, where that landing is not in the history.
    """
    oids = [one.oid for one in history.landings]
    first = oids.index(after) + 1 if after in oids else int(np.searchsorted(history.at, since, side="right"))
    rows = int(np.searchsorted(history.change_landing, first, side="left"))
    files = history.change_file[rows:]
    inside = {int(one) for one in np.unique(files) if matches(history.paths[one], glob)}
    hits = (row for row, one in enumerate(files.tolist(), rows) if one in inside)
    found = next(hits, None)
    return None if found is None else history.landings[int(history.change_landing[found])]


def matches(path: str, glob: str) -> bool:
    """Whether a path has this shape or lies in this folder."""
    folder = glob.rstrip("/")
    return path == folder or path.startswith(f"{folder}/") or fnmatchcase(path, glob)
