"""System map: every component as an area, as large as its code, as dark as it is fragile.

Small components of a folder stand together, so that what is drawn can be told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from colead import fixes
from colead.codebase import Component
from colead.evidence import Ledger
from colead.fixes import FloatArray
from colead.fragility import Fragilities, Level
from colead.phrase import odds
from colead.touch import Touch

MOST, IN_A_READING = 400, 120  # areas
FEWEST = 4  # components that a reading shows a map of
SMALL = 1 / 1500  # share of the code below which a component stands with others
DEEPEST = 8  # folders below each other
ORDER = (Level.FRAGILE, Level.WATCH, Level.STEADY, Level.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Plot:
    """One component as an area of the map, or several small ones of a folder together."""

    repository: str
    key: str  # Component.key, or of several the folder
    name: str
    folder: str  # that it shares with others; "" for none
    parts: int  # 1, or how many stand together
    level: Level  # of several the highest
    lines: int  # non-blank, today
    expected: float | None  # fixes in the next 90 days; None where too little is known
    evidence: str


def plots(
    now: Fragilities, ledger: Ledger, code: str, *, kept: Collection[str] = (), most: int = MOST
) -> tuple[Plot, ...]:
    """The areas of one repository's map, larger first within their folders.

    Args:
        now: how fragile its components are.
        ledger: where their one row of evidence is filed.
        code: that it is filed under.
        kept: keys of components that stand alone, however small.
        most: areas, about; fragile and kept ones stand alone in any case.
    """
    components = now.activity.codebase.components
    if not components:
        return ()
    method = (
        "Every part as an area: lines with something on them, today; level and fixes to expect in the next"
        " 90 days by the formula that lists are made by."
    )
    row = ledger.file(code, method, n=len(components), coverage=now.coverage.note)
    folders = folders_of([one.key for one in components])
    lines = _lines(now)
    every = [
        _plot(now, number, one, folder, int(lines[number]), row)
        for number, (one, folder) in enumerate(zip(components, folders, strict=True))
    ]
    return tuple(together(every, set(kept), most))


def maps(every: Iterable[Fragilities], touched: Iterable[Touch], ledger: Ledger) -> tuple[Plot, ...]:
    """The areas of each repository that a reading touches; a map of very few parts says nothing new."""
    keys: dict[str, list[str]] = {}
    for one in touched:
        keys.setdefault(one.repository, []).append(one.component)
    return tuple(
        plot
        for now in every
        if now.repository in keys and len(now.activity.components) >= FEWEST
        for plot in plots(now, ledger, "F01", kept=keys[now.repository], most=IN_A_READING)
    )


def _lines(now: Fragilities) -> FloatArray:
    """Lines of each component today, files without history too."""
    codebase = now.activity.codebase
    seats = {key: number for number, key in enumerate(now.activity.components)}
    lines = np.zeros(len(seats))
    for file, seat in zip(codebase.product, codebase.seats, strict=True):
        if seat is not None:
            lines[seats[seat]] += codebase.lines.get(file.path, 0)
    return lines


def _plot(now: Fragilities, number: int, one: Component, folder: str, lines: int, row: str) -> Plot:
    known = not now.too_little
    return Plot(
        repository=now.repository,
        key=one.key,
        name=one.name,
        folder=folder,
        parts=1,
        level=now.level_at(number) if known else Level.UNKNOWN,
        lines=lines,
        expected=round(float(now.component_expected[number]), 2) if known else None,
        evidence=row,
    )


def together(every: Sequence[Plot], kept: set[str], most: int) -> list[Plot]:
    """The plots by folder, larger folders first; the small ones of each are one.

    Fragile ones and those whose keys are in `kept` stand alone, however small and many.
    """
    by_size = sorted(every, key=lambda one: (-one.lines, one.key))
    least = max(1.0, SMALL * sum(one.lines for one in every))
    alone = {one.key for one in by_size[:most] if one.lines >= least}
    alone |= kept | {one.key for one in every if one.level is Level.FRAGILE}
    small = [one for one in by_size if one.key not in alone]
    grouped = [_merged([one for one in small if one.folder == folder]) for folder in _folders(small)]
    found = [one for one in by_size if one.key in alone] + grouped
    size = Counter[str]()
    for one in found:
        size[one.folder or one.key] += one.lines
    return sorted(found, key=lambda one: (-size[one.folder or one.key], one.folder, -one.lines, one.key))


def _folders(some: Iterable[Plot]) -> list[str]:
    return list(dict.fromkeys(one.folder for one in some))


def _merged(some: Sequence[Plot]) -> Plot:
    """Several as one; one alone stays what it is."""
    first = some[0]
    if len(some) == 1:
        return first
    known = [one.expected for one in some if one.expected is not None]
    return Plot(
        repository=first.repository,
        key=first.folder,
        name=f"{len(some)} small parts",
        folder=first.folder,
        parts=len(some),
        level=min((one.level for one in some), key=ORDER.index),
        lines=sum(one.lines for one in some),
        expected=round(sum(known), 2) if known else None,
        evidence=first.evidence,
    )


def folders_of(keys: Sequence[str]) -> list[str]:
    """The folder that each component is drawn in; "" for one that is alone in its folder.

    It is the first folder of a key; one that holds more than half of all is
    taken apart into the folders below it.

    >>> folders_of(["src/app/cart", "src/app/tax", "src/app/web/api", "src/app/web/ui", "tools"])
    ['', '', 'src/app/web', 'src/app/web', '']
    """
    depth = dict.fromkeys(keys, 1)
    for _ in range(DEEPEST):
        count = Counter(_cut(key, depth[key]) for key in keys)
        wide = [one for one, n in count.items() if 2 * n > len(keys) and n > 2]
        if not wide:
            break
        for key in keys:
            depth[key] += _cut(key, depth[key]) == wide[0]
    count = Counter(_cut(key, depth[key]) for key in keys)
    cut = [_cut(key, depth[key]) for key in keys]
    return [one if count[one] > 1 else "" for one in cut]


def _cut(key: str, depth: int) -> str:
    return "/".join(key.split("/")[:depth])


def fixes_told(one: Plot) -> str:
    """The fixes to expect in a word or two: "about 3 fixes", "4 in 10 for a fix"; "" where not known."""
    if one.expected is None:
        return ""
    if one.expected >= fixes.COUNTED:
        return f"about {one.expected:,.0f} fixes"
    return f"{odds(fixes.chance(one.expected))} for a fix"
