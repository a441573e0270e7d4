"""Exposed as SVG: parts that the coming ideas meet, and how often a fix followed changes there, as ranges."""

from __future__ import annotations

from collections.abc import Sequence

from colead.ahead import Exposed
from colead.evidence import Figure
from colead.writers.tags import anchor, safe

ROW, TOP, FOOT = 46, 8, 26  # pixels
LONGEST = 60  # letters of a name


def exposed(places: Sequence[Exposed], usual: Figure | None, title: str) -> str:
    """The picture; each row opens its evidence. "" where no part has enough changes.

    Args:
        places: the parts, the first ones on top; those without a share are left out.
        usual: the share of the usual part.
        title: the finding, said to whoever cannot see it.
    """
    drawn = [one for one in places if one.needed]
    if not drawn:
        return ""
    most = _scale(drawn, usual)
    floor = TOP + ROW * len(drawn)
    ticks = "".join(_tick(share, most, floor) for share in (0.0, most / 2, most))
    line = _usual(usual, most, floor) if usual else ""
    body = "".join(_row(one, at, most) for at, one in enumerate(drawn))
    return (
        f'<svg class="exposed" height="{floor + FOOT}" role="group" aria-label="{safe(title, 400)}">'
        f"{ticks}{line}{body}</svg>"
    )


def _scale(drawn: Sequence[Exposed], usual: Figure | None) -> float:
    """The right end: 20, 40, 60 ... of 100, whichever holds everything."""
    ends = [(one.needed.high or one.needed.value) for one in drawn if one.needed]
    highest = max(*ends, usual.value if usual else 0.0)
    return next((step / 100 for step in range(20, 100, 20) if step / 100 >= highest), 1.0)


def _at(share: float, most: float) -> float:
    return round(1 + 97 * min(1.0, max(0.0, share / most)), 2)


def _tick(share: float, most: float, floor: int) -> str:
    at = _at(share, most)
    end = "start" if not share else "end" if share == most else "middle"
    told = f"{100 * share:.0f}{' of 100' if share == most else ''}"
    return (
        f'<line class="axis" x1="{at}%" x2="{at}%" y1="{TOP}" y2="{floor}"/>'
        f'<text x="{at}%" y="{floor + 18}" text-anchor="{end}">{told}</text>'
    )


def _usual(usual: Figure, most: float, floor: int) -> str:
    at = _at(usual.value, most)
    return f'<line class="line" x1="{at}%" x2="{at}%" y1="{TOP}" y2="{floor}"/>'


def _row(one: Exposed, at: int, most: float) -> str:
    needed = one.needed
    if needed is None:
        return ""
    middle = TOP + ROW * at + 32
    low, high = _at(needed.low or 0.0, most), _at(needed.high or needed.value, most)
    wide = round(max(0.4, high - low), 2)
    said = f"{100 * needed.value:.0f} of 100 changes ({100 * (needed.low or 0.0):.0f}"
    told = safe(f"{one.name}: a fix followed {said} to {100 * (needed.high or 0.0):.0f})", 300)
    kind = "dot more" if one.more else "dot"
    return (
        f'<a href="#{anchor(needed.evidence)}" aria-label="{told}"><title>{told}</title>'
        f'<rect class="at" fill="none" x="0" width="100%" y="{middle - 26}" height="{ROW - 6}" rx="6"/>'
        f'<text class="name" x="1%" y="{middle - 12}">{safe(one.name, LONGEST)}</text>'
        f'<rect class="range" x="{low}%" width="{wide}%" y="{middle - 4}" height="8"'
        f' rx="4"/><circle class="{kind}" cx="{_at(needed.value, most)}%" cy="{middle}" r="5.5"/></a>'
    )
