"""Record as SVG: said against happened, one dot per forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from colead.backtest import Band, Foretold
from colead.phrase import MONTHS, day
from colead.writers.tags import safe

TOP, FLOOR, HEIGHT = 14, 174, 202  # pixels
LEFT, RIGHT = 8.0, 99.0  # percent, beside the scale
FEWEST = 12  # places, so that few forecasts are no walls
LABELS = 6  # below a picture, at most
SHARES = (0.0, 0.5, 1.0)


def ranges(told: Sequence[Foretold], title: str) -> str:
    """Each range as a bar and what came as a dot on it, oldest first, HEIGHT pixels high.

    Args:
        told: what was said and what came, in weeks.
        title: the finding, said to whoever cannot see it.
    """
    most = _scale(told)
    ticks = "".join(_level(weeks / most, f"{weeks:.0f}") for weeks in (0.0, most / 2, most))
    place = (RIGHT - LEFT) / max(FEWEST, len(told))
    step = -(-len(told) // LABELS)
    bars = "".join(_bar(one, at, place, most, not at % step) for at, one in enumerate(told))
    return f'<svg class="record" role="img" aria-label="{safe(title, 600)}">{ticks}{bars}</svg>'


def _scale(told: Sequence[Foretold]) -> float:
    """Weeks at the top: an even number that holds every range, and most of what came."""
    highest = max(max(one.high, min(one.took or 0.0, 1.5 * one.high)) for one in told)
    return float(max(4, 2 * -(-int(highest * 1.04 + 1) // 2)))


def _high(share: float) -> float:
    return round(FLOOR - (FLOOR - TOP) * min(1.0, max(0.0, share)), 1)


def _level(share: float, told: str) -> str:
    line = _high(share)
    return (
        f'<line class="axis" x1="{LEFT}%" x2="100%" y1="{line}" y2="{line}"/>'
        f'<text x="{LEFT - 1.5}%" y="{line + 4}" text-anchor="end">{told}</text>'
    )


def _bar(one: Foretold, at: int, place: float, most: float, named: bool) -> str:
    left, middle = LEFT + place * (at + 0.25), LEFT + place * (at + 0.5)
    top, foot = _high(one.high / most), _high(one.low / most)
    when = date.fromisoformat(one.day)
    label = f"{MONTHS[when.month - 1][:3]} {when.year % 100:02}"
    name = f'<text x="{middle:.2f}%" y="{FLOOR + 20}" text-anchor="middle">{label}</text>' if named else ""
    beyond = one.took is None or one.took > most
    came = _high(1.0 if one.took is None else one.took / most) - (7 if beyond else 0)
    kind = "dot" if one.held else "dot out"
    return (
        f"<g><title>{safe(_told(one), 200)}</title>"
        f'<rect class="range" x="{left:.2f}%" width="{place / 2:.2f}%" y="{top}"'
        f' height="{round(max(2.0, foot - top), 1)}" rx="2"/>'
        f'<circle class="{kind}" cx="{middle:.2f}%" cy="{came}" r="4"/>{name}</g>'
    )


def _told(one: Foretold) -> str:
    came = "not done in the weeks that are followed" if one.took is None else f"took {one.took:.1f}"
    said = f"{one.low:.1f} to {one.high:.1f} weeks said"
    return f"{day(date.fromisoformat(one.day))}: {said}, {came}{'' if one.held else ', beside the range'}"


def bands(told: Sequence[Band], title: str) -> str:
    """Odds that were said, to the right, against how often it came true, upwards; a dot for each band."""
    ticks = "".join(_level(share, f"{100 * share:.0f}") for share in SHARES)
    foot = "".join(
        f'<text x="{_across(share)}%" y="{FLOOR + 20}"'
        f' text-anchor="{"end" if share == 1 else "middle"}">said {100 * share:.0f} of 100</text>'
        for share in SHARES[1:]
    )
    line = f'<line class="line" x1="{LEFT}%" x2="{RIGHT}%" y1="{FLOOR}" y2="{TOP}"/>'
    dots = "".join(map(_dot, told))
    return f'<svg class="record" role="img" aria-label="{safe(title, 600)}">{ticks}{foot}{line}{dots}</svg>'


def _across(share: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * share, 2)


def _dot(one: Band) -> str:
    told = safe(f"said {100 * one.said:.0f} of 100, came {100 * one.happened:.0f}: {one.n:,} parts", 200)
    size = 4 if one.n < 30 else 6 if one.n < 300 else 8
    at = f'cx="{_across(one.said)}%" cy="{_high(one.happened)}"'
    return f'<g><title>{told}</title><circle class="dot" {at} r="{size}"/></g>'
