"""Timeline: the picture of a forecast: a bar with the likely range, the hoped-for date, past efforts as dots.

Places are in percent and lettering in pixels, so that a phone shows the same
letters on a shorter axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from colead.forecast import Cousin, Forecast
from colead.phrase import day
from colead.writers.tags import anchor, safe

AXIS, DOTS, LABELS = 64, 40, 100  # vertical places in pixels
WIDE, NARROW = 9.0, 19.0  # percent that two labels must lie apart on a screen, on a phone
ROOM = 1.3  # how much longer than range and hoped-for date the axis may get for past efforts


@dataclass(frozen=True)
class Axis:
    """Days from the forecast's start, set into percent of the picture's width."""

    start: date
    days: float

    @classmethod
    def of(cls, told: Forecast) -> Axis:
        """An axis that holds the range, the hoped-for date and most of the past efforts."""
        start = date.fromisoformat(told.start)
        ends = [date.fromisoformat(iso) for iso in (told.latest, told.by) if iso]
        must = max(7.0, *((end - start).days for end in ends))
        past = max((one.days for one in told.cousins), default=0.0)
        return cls(start, max(must * 1.06, min(past * 1.04, must * ROOM)))

    def at(self, days: float) -> float:
        """Percent from the left, never outside."""
        return round(min(99.0, max(1.0, 1 + 98 * days / self.days)), 2)

    def on(self, iso: str) -> float:
        """Percent of an ISO date."""
        return self.at((date.fromisoformat(iso) - self.start).days)


def timeline(told: Forecast) -> str:
    """The picture as SVG; its marks are links to the evidence."""
    axis = Axis.of(told)
    low, high, middle = axis.on(told.earliest), axis.on(told.latest), axis.at(told.weeks.value * 7)
    parts = [
        f'<line class="axis" x1="1%" x2="99%" y1="{AXIS}" y2="{AXIS}"/>',
        f'<rect class="range" x="{low}%" width="{round(high - low, 2)}%" y="{AXIS - 9}" height="18" rx="9"/>',
        f'<svg x="{middle}%" overflow="visible">'
        f'<rect class="median" x="-3" y="{AXIS - 13}" width="6" height="26" rx="3"/></svg>',
        *(_dot(one, axis, told) for one in told.cousins),
        *_labels(told, axis),
        _wish(told, axis),
    ]
    name = escape(f"{_range(told)}{', hoped for ' + _day(told.by) if told.by else ''}")
    return f'<svg class="timeline" role="group" aria-label="{name}">{"".join(parts)}</svg>'


def _range(told: Forecast) -> str:
    return f"Likely range {_day(told.earliest)} to {_day(told.latest)}"


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def short(when: date) -> str:
    """A date as an axis has room for: "1 Dec"."""
    said = day(when, today=when).split(" ")
    return f"{said[0]} {said[1][:3]}"


def _dot(one: Cousin, axis: Axis, told: Forecast) -> str:
    beyond = " (beyond this picture)" if one.days > axis.days else ""
    name = f"{safe(f'{one.name}: {one.days:.0f} days{beyond}')}. {safe(one.title, 80)}"
    return (
        f'<a href="#{anchor(told.weeks.evidence)}" aria-label="{name}">'
        f'<circle class="dot" cx="{axis.at(one.days)}%" cy="{DOTS}" r="5">'
        f"<title>{name}</title></circle></a>"
    )


def _labels(told: Forecast, axis: Axis) -> Sequence[str]:
    """Dates below the axis, the telling ones first; what would run into a neighbour is left out."""
    median = axis.start + timedelta(days=round(told.weeks.value * 7))
    early, late = date.fromisoformat(told.earliest), date.fromisoformat(told.latest)
    seated: list[tuple[float, bool]] = []
    shown = []
    for when in (early, late, axis.start, median):
        place = axis.at((when - axis.start).days)
        gap = min((abs(place - other) for other, _ in seated), default=100.0)
        narrow = min((abs(place - other) for other, kept in seated if kept), default=100.0) >= NARROW
        if gap >= WIDE:
            seated.append((place, narrow))
            shown.append(_label(place, "today" if when == axis.start else short(when), narrow))
    return shown


def _label(place: float, told: str, narrow: bool) -> str:
    kind = "" if narrow else ' class="wide"'
    end = "start" if place < 4 else "end" if place > 96 else "middle"
    return (
        f'<g{kind}><line class="tick" x1="{place}%" x2="{place}%" y1="{AXIS + 15}" y2="{AXIS + 20}"/>'
        f'<text x="{place}%" y="{LABELS}" text-anchor="{end}">{escape(told)}</text></g>'
    )


def _wish(told: Forecast, axis: Axis) -> str:
    if not told.by:
        return ""
    place = axis.on(told.by)
    end = "start" if place < 25 else "end" if place > 75 else "middle"
    when = day(date.fromisoformat(told.by), today=axis.start)
    return (
        f'<line class="hoped" x1="{place}%" x2="{place}%" y1="22" y2="{AXIS + 16}"/>'
        f'<text class="wish" x="{place}%" y="14" text-anchor="{end}">hoped for {escape(when)}</text>'
    )
