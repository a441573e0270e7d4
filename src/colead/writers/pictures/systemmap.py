"""System map as SVG: areas by folder, with names where they fit.

Places are in percent and lettering in pixels, so that letters stay as large
on a phone as on paper; what then has no room is told on wide screens alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from itertools import groupby

from colead.fragility import Level
from colead.phrase import plural
from colead.systemmap import Plot, fixes_told
from colead.writers.lines import cut
from colead.writers.pictures.squarify import Box, squarified
from colead.writers.tags import anchor, safe

WIDE, NARROW, HEIGHT = 700.0, 330.0, 430.0  # pixels that it is made for
LETTER, LINE, EDGE = 7.2, 15, 6  # pixels of a letter, between lines, to the side
SMALLEST, SHORTEST, WORDS = 15, 7, 6  # pixels of an area with a sign; letters of a line; words of a name
SIGNS = {Level.FRAGILE: "▲"}
DEPTHS = {"many": 4.0, "several": 1.5, "some": 0.5}  # from so many fixes in three months on


def systemmap(
    plots: Sequence[Plot],
    title: str,
    *,
    touched: Collection[str] = (),
    rows: Mapping[str, str],
    pages: Mapping[str, str] | None = None,
) -> str:
    """The picture as SVG, HEIGHT pixels high.

    Args:
        plots: by folder, as `colead.systemmap.plots` gives them.
        title: the finding, said to whoever cannot see it.
        touched: keys of the areas with an outline.
        rows: the evidence that areas open, by key; else their own.
        pages: addresses that areas open instead, by key.
    """
    goes, by = pages or {}, toucher(bool(pages))
    groups = [list(some) for _, some in groupby(plots, key=lambda one: one.folder or one.key)]
    frames = squarified([_weight(some) for some in groups], Box(0, 0, WIDE, HEIGHT))
    areas = []
    for some, frame in zip(groups, frames, strict=True):
        boxes = squarified([max(1, one.lines) for one in some], frame)
        areas += [
            _area(
                one,
                box,
                by * (one.key in touched),
                goes.get(one.key) or _row(rows.get(one.key, one.evidence)),
            )
            for one, box in zip(some, boxes, strict=True)
        ]
    outlines = "".join(_frame(frame) for some, frame in zip(groups, frames, strict=True) if len(some) > 1)
    return f'<svg class="map" role="group" aria-label="{safe(title, 400)}">{"".join(areas)}{outlines}</svg>'


def _weight(some: Sequence[Plot]) -> int:
    return sum(max(1, one.lines) for one in some)


def _place(box: Box) -> str:
    x, y = box.x / WIDE, box.y / HEIGHT
    width, height = box.width / WIDE, box.height / HEIGHT
    return f'x="{x:.3%}" y="{y:.3%}" width="{width:.3%}" height="{height:.3%}"'


def _frame(box: Box) -> str:
    return f'<rect class="frame" {_place(box)}/>'


def toucher(pages: bool) -> str:
    """Who touches an area: of a map that opens pages any open idea, else the idea that is read."""
    return "an open idea" if pages else "the idea"


def _row(evidence: str) -> str:
    return f"#{anchor(evidence)}"


def _area(one: Plot, box: Box, outlined: str, address: str) -> str:
    told = safe(area_told(one, outlined), 300)
    touch = '<rect class="gap" width="100%" height="100%"/><rect class="touch" width="100%" height="100%"/>'
    return (
        f'<a href="{escape(address)}" aria-label="{told}"><svg {_place(box)}>'
        f'<title>{told}</title><rect class="at {depth(one)}" width="100%" height="100%"/>'
        f"{touch if outlined else ''}{_letters(one, box, bool(outlined))}</svg></a>"
    )


def area_told(one: Plot, touched: str) -> str:
    """An area in words: "Checkout: fragile, 1,234 lines, about 3 fixes, touched"."""
    level = "" if one.level is Level.UNKNOWN else level_told(one.level)
    parts = (level, plural(one.lines, "line"), fixes_told(one), f"touched by {touched}" if touched else "")
    return f"{one.name}: {', '.join(filter(None, parts))}"


def level_told(level: Level) -> str:
    """A level as pages say it."""
    return "to watch" if level is Level.WATCH else str(level)


def depth(one: Plot) -> str:
    """How dark an area is, by the fixes to expect of it."""
    return next((name for name, least in DEPTHS.items() if (one.expected or 0.0) >= least), "few")


def _letters(one: Plot, box: Box, outlined: bool) -> str:
    """What is written on an area, where a wide and a narrow screen have room for different words."""
    dark = "on" if depth(one) == "many" else ""
    wide = _label(one, box, outlined)
    narrow = _label(one, box._replace(width=box.width * NARROW / WIDE), outlined)
    if wide("") == narrow(""):
        return wide(dark)
    return wide(f"wide {dark}".strip()) + narrow(f"slim {dark}".strip())


def _label(one: Plot, box: Box, outlined: bool) -> Callable[[str], str]:
    """Name and fixes where they fit, else the sign; told for a kind of screen."""
    sign, edge = SIGNS.get(one.level, ""), EDGE + 3 * outlined
    width, room = box.width - 2 * edge, int((box.height - 2 * edge + 6) // LINE)
    named = _wrapped(one.name, sign, width)
    if named and len(named) <= room:
        told = fixes_told(one)
        more = [told] if len(named) < room and len(told) * LETTER <= width else []
        rows = [*((line, "name") for line in named), *((line, "") for line in more)]
        return lambda kind: "".join(_text(line, edge, at, kind, bold) for at, (line, bold) in enumerate(rows))
    if sign and min(box.width, box.height) >= SMALLEST + 4 * outlined:
        return lambda kind: _text(sign, 3 + 4 * outlined, -0.1, kind)
    return lambda kind: ""


def _wrapped(name: str, sign: str, width: float) -> list[str]:
    """A name in lines of whole words, the last of them cut where it is long; [] where it has no room."""
    most = int(width / LETTER)
    if most < SHORTEST:
        return []
    lines = [sign] if sign else []
    for word in name.split(" ")[:WORDS]:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len(longer) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return [cut(line, most) for line in lines]


def _text(line: str, edge: float, number: float, *kinds: str) -> str:
    kind = " ".join(filter(None, kinds))
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{edge:g}" y="{edge + 9 + number * LINE:g}">{safe(line, 80)}</text>'
