"""Balance as text for a terminal: the sentence, one for each side, months, parts, what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from colead.balance import CODE, Balance, Balanced, Row, percent
from colead.evidence import Figure
from colead.kinds import HEALTH
from colead.phrase import MONTHS, clip, day, literal
from colead.writers.lines import PLAIN, Span, cut, fill, pad

NARROWEST, WIDEST, MARGIN = 60, 200, 17
NAME, SENTENCE = 24, 600
COLUMNS = (9, 10, 7)  # changes, features, fixes


def text(told: Balance, *, width: int, colour: bool) -> str:
    """All of it in `width` columns (60 to 200); for one repository at most 40 lines of 88."""
    return "\n".join(_lines(told, min(WIDEST, max(NARROWEST, width)), colour)) + "\n"


def _lines(told: Balance, width: int, colour: bool) -> Iterator[str]:
    several = len(told.repositories) > 1
    for one in told.repositories:
        name: list[Span] = [(f"{_said(one.repository)}:", "bold")] if several else []
        yield from fill([*name, (_said(one.sentence), "bold")], width, colour=colour)
        yield ""
        yield from _repository(one, told, width, colour)
        yield ""
    today = date.fromisoformat(told.today)
    since = day(date.fromisoformat(told.repositories[0].since))
    foot = f"From {since} to {day(today)}. How do we know? colead explain {CODE}"
    yield from fill([(foot, "soft")], width, colour=colour)


def _repository(one: Balanced, told: Balance, width: int, colour: bool) -> Iterator[str]:
    sides = (("PRODUCT", one.product, "product"), ("ENGINEERING", one.engineering, "engineering"))
    for name, words, style in (*sides, ("LATELY", one.lately, "warn")):
        if words:
            yield from _section(name, words, width, colour, style)
    if one.whole:
        yield ""
        yield _row(("", "changes", "features", "fixes", "health", "" if _all(told) else "other"))
        for row in one.months:
            yield _row(_cells(row, told, _month(row.name)))
        yield _row(_cells(one.whole, told, "all changes"))
        yield ""
        for row in one.parts:
            yield _row(_cells(row, told, _said(row.name)))
        yield from [""] if one.parts else []
    yield from _section("LEFT OUT", one.left_out or "nothing", width, colour)
    state = "" if one.whole else f"{one.coverage.state}: "
    yield from _section("HOW SURE", f"{state}{one.coverage.note}", width, colour)
    for note in one.notes:
        yield from _section("", _said(note), width, colour)


def _all(told: Balance) -> bool:
    return len(told.counted) == len(HEALTH)


def _month(name: str) -> str:
    year, _, month = name.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def _cells(row: Row, told: Balance, name: str) -> tuple[str, ...]:
    other = "" if _all(told) else percent(row.other.value)
    shares = (percent(row.features.value), percent(row.fixes.value), _ranged(row.health), other)
    return (name, f"{row.landings:,}", *shares)


def _ranged(one: Figure) -> str:
    low, high = percent(one.low or 0.0), percent(one.high or 0.0)
    return percent(one.value) if low == high else f"{percent(one.value)} ({low} to {high})"


def _row(cells: Sequence[str]) -> str:
    name, *counts, health, other = cells
    numbers = "".join(one.rjust(size) for one, size in zip(counts, COLUMNS, strict=True))
    return f"{pad(cut(name, NAME), NAME)}{numbers}   {pad(health, 20)}{other}".rstrip()


def _section(name: str, words: str, width: int, colour: bool, style: str = "") -> list[str]:
    head: list[Span] = [(pad(name, MARGIN), f"bold {style or 'soft'}")]
    return fill([(words, PLAIN if style else "soft")], width, first=head, hang=MARGIN, colour=colour)


def _said(words: str) -> str:
    return clip(literal(" ".join(words.split())), SENTENCE)
