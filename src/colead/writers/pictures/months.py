"""Months as SVG: how the work of each month divides, health at the foot against what is agreed.

What cannot be told of the share of health is hatched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from colead.balance import Row, percent
from colead.phrase import MONTHS, plural
from colead.writers.tags import anchor, safe

TOP, FLOOR, HEIGHT = 12, 232, 272  # pixels
LEFT, RIGHT = 9.0, 100.0  # percent, beside the scale
FEWEST = 8  # places for bars, so that those of a young repository are no walls
FILL = 0.7  # of its place that a bar fills
NEAR = 0.07  # of two names on the scale


def months(rows: Sequence[Row], agreed: float, title: str, prefix: str = "") -> str:
    """The picture, HEIGHT pixels high; each month opens its row of the evidence.

    Args:
        rows: months as `colead.balance` tells them, oldest first.
        agreed: the share of health, of 1.
        title: the finding, said to whoever cannot see it.
        prefix: before the ids of evidence.
    """
    slots = list(_every(rows))
    count = max(FEWEST, len(slots))
    bars = "".join(_bar(one, month, at, count, prefix) for at, (month, one) in enumerate(slots))
    ticks = "".join(_tick(share) for share in (0.0, 0.5, 1.0) if abs(share - agreed) > NEAR)
    line = _high(agreed)
    return (
        f'<svg class="months" role="group" aria-label="{safe(title, 400)}">{hatch(prefix)}{ticks}{bars}'
        f'<line class="line" x1="{LEFT}%" x2="{RIGHT}%" y1="{line}" y2="{line}"/>'
        f'<text class="name" x="{LEFT - 1}%" y="{line + 4}" text-anchor="end">{percent(agreed)}</text></svg>'
    )


def hatch(prefix: str = "") -> str:
    """The pattern of what is not sure."""
    return (
        f'<defs><pattern id="{prefix}hatch" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="ground" width="5" height="5"/>'
        '<line class="stripe" x1="1" x2="1" y1="0" y2="5"/></pattern></defs>'
    )


def _every(rows: Sequence[Row]) -> Iterator[tuple[int, Row | None]]:
    """Every month from the first to the last one told; None for those with too few changes."""
    told = {_number(one.name): one for one in rows}
    for month in range(min(told), max(told) + 1) if told else ():
        yield month, told.get(month)


def _number(name: str) -> int:
    year, _, month = name.partition("-")
    return int(year) * 12 + int(month) - 1


def month_told(month: int) -> str:
    """A month's name, with its year."""
    return f"{MONTHS[month % 12]} {month // 12}"


def row_told(one: Row) -> str:
    """How a month divides, in words."""
    low, high = percent(one.health.low or 0.0), percent(one.health.high or 0.0)
    ranged = "" if low == high else f" ({low} to {high})"
    shares = f"features {percent(one.features.value)}, fixes {percent(one.fixes.value)}"
    return f"{plural(one.landings, 'change')}: health {percent(one.health.value)}{ranged}, {shares}"


def _bar(one: Row | None, month: int, at: int, count: int, prefix: str) -> str:
    place = (RIGHT - LEFT) / count
    left, width = LEFT + place * (at + (1 - FILL) / 2), place * FILL
    label = MONTHS[month % 12][:3]
    wide = ' class="wide"' if (count - 1 - at) % 3 else ""
    foot = f'<text{wide} x="{left + width / 2:.2f}%" y="{FLOOR + 18}" text-anchor="middle">{label}</text>'
    if one is None:
        few = f"{month_told(month)}: too few changes to divide"
        return f'<g><title>{few}</title><rect class="none" {_box(left, width, 0, 0.012)}/>{foot}</g>'
    told = safe(f"{month_told(month)}: {row_told(one)}", 300)
    return (
        f'<a href="#{anchor(prefix + one.health.evidence)}" aria-label="{told}"><title>{told}</title>'
        f"{''.join(_layers(one, left, width, prefix))}{foot}"
        f'<rect class="at" fill="none" {_box(left, width, 0, 1)}/>'
        f'<text class="wide count" x="{left + width / 2:.2f}%" y="{FLOOR + 34}" text-anchor="middle">'
        f"{one.landings:,}</text></a>"
    )


def _layers(one: Row, left: float, width: float, prefix: str) -> Iterator[str]:
    """The bar from the foot: health, what of it is not sure, other health, features, fixes."""
    at = 0.0
    for kind, figure in (
        ("health", one.health),
        ("other", one.other),
        ("features", one.features),
        ("fixes", one.fixes),
    ):
        if figure.value > 0:
            yield f'<rect class="{kind}" {_box(left, width, at, at + figure.value)}/>'
        at += figure.value
    low, high = one.health.low or 0.0, one.health.high or 0.0
    if high - low > 0.01:
        fill = f'fill="url(#{prefix}hatch)"'
        yield f'<rect class="unsure" {fill} {_box(left, width, low, high)}/>'


def _box(left: float, width: float, low: float, high: float) -> str:
    top, foot = _high(high), _high(low)
    return f'x="{left:.2f}%" width="{width:.2f}%" y="{top}" height="{round(foot - top, 1)}"'


def _tick(share: float) -> str:
    line = _high(share)
    return (
        f'<line class="axis" x1="{LEFT}%" x2="{RIGHT}%" y1="{line}" y2="{line}"/>'
        f'<text x="{LEFT - 1}%" y="{line + 4}" text-anchor="end">{percent(share)}</text>'
    )


def _high(share: float) -> float:
    return round(FLOOR - (FLOOR - TOP) * min(1.0, max(0.0, share)), 1)
