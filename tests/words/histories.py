"""Histories from a few lines of text, for tests of words.

One landing per line: a date, a title, then after a bar the files it changed.

    2026-03-02 fix: keep the note [SHOP-12] | services/checkout/cart.py +services/shipping/label.py

- The title is a fix when it starts with "fix".
- Words in square brackets at its end are the efforts ("[SHOP-12 gift-notes]").
- A kind may stand before the title: "bot!", "bump!", "bulk!", "generated!", "carrier!".
- "+path" adds a file, "-path" deletes it; a plain path adds it the first time and modifies it later.
- The n-th landing of a day lands n minutes after noon (UTC). Order of lines does not matter.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import numpy as np

from colead.activity import Activity, activity
from colead.codebase import Codebase, Component, ComponentKind, Role, SourceFile
from colead.history import History, Kind, Landing

LINE = re.compile(r"(\d{4}-\d\d-\d\d) (?:(\w+)! )?([^\[|]*)(?:\[([^\]]*)\] ?)?(?:\|(.*))?")
MARKS = {"+": ord("A"), "-": ord("D")}


def history(text: str | Iterable[str]) -> History:
    """The history that the lines tell."""
    lines = text.splitlines() if isinstance(text, str) else list(text)
    told = sorted((line.strip() for line in lines if line.strip()), key=lambda line: line[:10])
    paths: dict[str, int] = {}
    landings: list[Landing] = []
    of_day: Counter[str] = Counter()
    rows: list[tuple[int, int, int]] = []
    for number, line in enumerate(told):
        landing, files = _landing(line, number, landings[-1].oid if landings else "", of_day[line[:10]])
        of_day[line[:10]] += 1
        rows += [(number, *_change(one, paths)) for one in files]
        landings.append(landing)
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return History(
        landings=tuple(landings),
        change_landing=columns[:, 0].astype(np.int32),
        change_file=columns[:, 1].astype(np.int32),
        change_status=columns[:, 2].astype(np.uint8),
        paths=tuple(paths),
        tip=landings[-1].oid if landings else "",
    )


def codebase(
    past: History,
    *,
    lines: Mapping[str, int] | None = None,
    names: Mapping[str, str] | None = None,
    depth: int = 2,
) -> Codebase:
    """Every file still there, as product source, in components of `depth` leading folders.

    `names` gives business names by key; `lines` non-blank lines by path (else 100 each).
    """
    alive = sorted(_alive(past))
    keys = sorted({_key(path, depth) for path in alive})
    return Codebase(
        commit=past.tip,
        files=tuple(SourceFile(path, _oid(path), 1000, Role.PRODUCT, "python") for path in alive),
        components=tuple(_component(key, alive, depth, names or {}) for key in keys),
        lines=dict(lines) if lines is not None else dict.fromkeys(alive, 100),
    )


def active(
    text: str | Iterable[str],
    *,
    lines: Mapping[str, int] | None = None,
    names: Mapping[str, str] | None = None,
    depth: int = 2,
) -> Activity:
    """The activity that the lines tell; keywords as for `codebase`."""
    past = history(text)
    return activity(past, codebase(past, lines=lines, names=names, depth=depth))


def every(step: int, count: int, line: str | Callable[[int], str], *, start: str = "2026-01-01") -> list[str]:
    """`count` lines, `step` days apart, from `start` on: "title | files" or a function of the number."""
    first = date.fromisoformat(start)
    say = line if callable(line) else lambda number: line
    return [f"{first + timedelta(days=step * number)} {say(number)}" for number in range(count)]


def _landing(line: str, number: int, base: str, minute: int) -> tuple[Landing, list[str]]:
    match = LINE.fullmatch(line)
    assert match, f"not a line of a history: {line!r}"
    day, kind, title, efforts, files = match.groups(default="")
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    landing = Landing(
        oid=_oid(f"{number} {line}"),
        base=base,
        at=int(noon.timestamp()) + 60 * minute,
        title=title.strip(),
        kind=Kind(kind) if kind else Kind.PERSON,
        fix=title.lower().startswith("fix"),
        efforts=tuple(efforts.split()),
        files=len(files.split()),
    )
    return landing, files.split()


def _change(told: str, paths: dict[str, int]) -> tuple[int, int]:
    path = told.lstrip("+-")
    status = MARKS.get(told[0], ord("M") if path in paths else ord("A"))
    return paths.setdefault(path, len(paths)), status


def _alive(past: History) -> set[str]:
    last = dict(zip(past.change_file.tolist(), past.change_status.tolist(), strict=True))
    return {past.paths[file] for file, status in last.items() if status != ord("D")}


def _key(path: str, depth: int) -> str:
    return "/".join(path.split("/")[:-1][:depth])


def _component(key: str, alive: list[str], depth: int, names: Mapping[str, str]) -> Component:
    name = names.get(key, key.rpartition("/")[2].replace("-", " ").capitalize() or "Root")
    count = sum(_key(path, depth) == key for path in alive)
    return Component(key, name, ComponentKind.FOLDER, (key,), files=count)


def _oid(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:40]
