"""Phrases: odds, dates, counts and lists as people say them across a table.

One place, so that four doors say "3 in 10" alike. Odds near certainty are
never given as certainty: above 95 % and below 5 % only the bound is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = ("January February March April May June July August September October November December").split()
SMALL = "no one two three four five six seven eight nine ten".split()


def odds(probability: float) -> str:
    """Odds in words: "3 in 10"; beyond 19 in 20 either way only the bound.

    >>> odds(0.31), odds(0.97), odds(0.02)
    ('3 in 10', 'more than 19 in 20', 'less than 1 in 20')
    """
    if probability > 0.95:
        return "more than 19 in 20"
    if probability < 0.05:
        return "less than 1 in 20"
    return f"{min(9, max(1, round(probability * 10)))} in 10"


def short(probability: float) -> str:
    """Odds for a column of a table: as `odds`, and beyond its bounds "> 9 in 10", "< 1 in 10".

    >>> short(0.31), short(0.97), short(0.02)
    ('3 in 10', '> 9 in 10', '< 1 in 10')
    """
    if probability > 0.95:
        return "> 9 in 10"
    return "< 1 in 10" if probability < 0.05 else odds(probability)


def often(share: float) -> str:
    """A share of past cases in words: "3 times in 10", "once in 10"; near all and near none only the bound.

    >>> often(0.31), often(0.1), often(0.99), often(0.0)
    ('3 times in 10', 'once in 10', 'more than 19 times in 20', 'less than once in 20')
    """
    said, _, base = odds(share).rpartition(" in ")
    start, _, count = said.rpartition(" ")
    return f"{start} {'once' if count == '1' else count + ' times'} in {base}".strip()


def day(when: date, *, today: date | None = None) -> str:
    """A date as people write it: "1 December", with the year when it is not `today`'s.

    >>> day(date(2026, 12, 1), today=date(2026, 10, 19))
    '1 December'
    """
    said = f"{when.day} {MONTHS[when.month - 1]}"
    return said if today is not None and when.year == today.year else f"{said} {when.year}"


def number(count: int) -> str:
    """Small counts as words: "three", "14"."""
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "three services", "one service"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def span(low: float, high: float, unit: str) -> str:
    """A range in whole units: "5 to 9 weeks", "about 5 weeks", "up to 3 weeks", "less than a week".

    >>> span(4.7, 9.2, "week"), span(0.2, 3.1, "week"), span(0.1, 0.4, "week")
    ('5 to 9 weeks', 'up to 3 weeks', 'less than a week')
    """
    first, last = round(low), round(high)
    if not last:
        return f"less than {'an' if unit[0] in 'aeiou' else 'a'} {unit}"
    plain = f"{last} {unit if last == 1 else unit + 's'}"
    if first == last:
        return f"about {plain}"
    return f"{first} to {plain}" if first else f"up to {plain}"


def listing(items: Sequence[str]) -> str:
    """A list in a sentence: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def clip(text: str, width: int) -> str:
    """At most `width` characters, cut at a word, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,.;:") + "…"


def literal(text: str) -> str:
    """Repository text for a terminal: control, bidi and undecodable characters made visible."""
    if text.isprintable():
        return text
    return "".join(one if _plain(one) else _visible(one) for one in text)


def _plain(one: str) -> bool:
    return one.isprintable() or one == " "


def _visible(one: str) -> str:
    code = ord(one)
    if 0xDC80 <= code <= 0xDCFF:  # an undecodable byte, kept by surrogateescape
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
