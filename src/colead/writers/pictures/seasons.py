"""Seasons as SVG: for one part the fixes expected of each past quarter, as a range, against what came.

The coming three months stand last, with a range and nothing that came yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from colead.evidence import Figure
from colead.outlook import Place, Season
from colead.phrase import MONTHS, number, plural
from colead.writers.tags import anchor, safe

HEIGHT, TOP, FLOOR = 104, 12, 84  # pixels
LEFT = 7.0  # percent, for the scale
LOWEST = 4.0  # fixes at the top of a scale, at least


def seasons(place: Place) -> str:
    """The picture of one part, on its own scale; its quarters are told oldest first."""
    most = _scale(place)
    slots = len(place.seasons) + 1
    past = "".join(_past(one, at, slots, most) for at, one in enumerate(place.seasons))
    told = safe(f"{place.name}: {'; '.join(map(season_told, place.seasons))}; {_next(place.expected)}", 600)
    coming = _slot(place.expected, None, slots - 1, slots, most, "next", _next(place.expected))
    floor = "".join(_tick(height, most) for height in (0.0, most))
    return f'<svg class="seasons" role="group" aria-label="{told}">{floor}{past}{coming}</svg>'


def _scale(one: Place) -> float:
    """The top of a scale that holds every quarter."""
    said = [one.expected, *(each.expected for each in one.seasons)]
    tops = (*(each.high or each.value for each in said), *(each.came.value for each in one.seasons))
    return max(LOWEST, *tops)


def held(places: Iterable[Place]) -> tuple[int, int]:
    """In how many past quarters as many came as the range said, and of how many."""
    past = [one for place in places for one in place.seasons]
    return sum(_held(one) for one in past), len(past)


def _held(one: Season) -> bool:
    low, high = one.expected.low, one.expected.high
    return low is not None and high is not None and low <= one.came.value <= high


def season_told(one: Season) -> str:
    """A past quarter in words."""
    came = int(one.came.value)
    return f"{_months(one)}: {_range(one.expected)} expected, {number(came) if came else 'none'} came"


def _next(one: Figure) -> str:
    return f"next three months: {_range(one)} expected"


def _range(one: Figure) -> str:
    low, high = one.low or 0, one.high or 0
    return plural(int(low), "fix", "fixes") if low == high else f"{low:.0f} to {high:.0f} fixes"


def _months(one: Season) -> str:
    """The months between which a quarter lies: "Aug to Nov 2025"."""
    first, last = date.fromisoformat(one.begins), date.fromisoformat(one.ends)
    return f"{_month(first)} to {_month(last)} {last.year}"


def _month(when: date) -> str:
    return MONTHS[when.month - 1][:3]


def _tick(value: float, most: float) -> str:
    line = _high(value, most)
    return (
        f'<line class="axis" x1="{LEFT}%" x2="100%" y1="{line}" y2="{line}"/>'
        f'<text x="{LEFT - 1.5}%" y="{line + 4}" text-anchor="end">{value:.0f}</text>'
    )


def _past(one: Season, at: int, slots: int, most: float) -> str:
    label = _month(date.fromisoformat(one.ends))
    return _slot(one.expected, one.came, at, slots, most, label, season_told(one))


def _slot(said: Figure, came: Figure | None, at: int, slots: int, most: float, label: str, told: str) -> str:
    """One quarter: the range as a bar, the expected as a line in it, what came as a dot."""
    width = (100 - LEFT) / slots
    left, middle = LEFT + (at + 0.2) * width, LEFT + (at + 0.5) * width
    top, foot = _high(said.high or 0, most), _high(said.low or 0, most)
    line = _high(said.value, most)
    dot = _dot(said, came, middle, most) if came else ""
    return (
        f'<a href="#{anchor(said.evidence)}" aria-label="{safe(told, 200)}"><title>{safe(told, 200)}</title>'
        f'<rect class="range{"" if came else " next"}" x="{left:.1f}%" width="{width * 0.6:.1f}%" y="{top}"'
        f' height="{max(2.0, round(foot - top, 1))}" rx="2"/>'
        f'<line class="said" x1="{left:.1f}%" x2="{left + width * 0.6:.1f}%" y1="{line}" y2="{line}"/>{dot}'
        f'<text x="{middle:.1f}%" y="{HEIGHT - 4}" text-anchor="middle">{label}</text></a>'
    )


def _dot(said: Figure, came: Figure, middle: float, most: float) -> str:
    """What came, in another colour and hollow where it is beyond the range."""
    inside = (said.low or 0) <= came.value <= (said.high or 0)
    kind = "came" if inside else "came out"
    return f'<circle class="{kind}" cx="{middle:.1f}%" cy="{_high(came.value, most)}" r="4"/>'


def _high(value: float, most: float) -> float:
    """The vertical place of a number of fixes."""
    return round(FLOOR - (FLOOR - TOP) * min(1.0, value / most), 1)
