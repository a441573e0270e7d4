"""Backtest as one page in one file: the sentence, forecasts as dots, the rules, what held, the misses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from colead.backtest import Backtest, Foretold, Miss, Replayed
from colead.backtest.parts import PaceReplayed, TouchesReplayed
from colead.backtest.told import percent
from colead.phrase import day, number, plural
from colead.writers.backtest import ENOUGH, HEADS, held
from colead.writers.frame import head, styled
from colead.writers.pictures.record import bands, ranges
from colead.writers.tags import fold, safe, table

LONG = 600  # characters of a sentence
NEAR = 0.1  # between what was said and what came


def html(told: Backtest) -> str:
    """The page as text."""
    title = f"How far to trust it: {safe(', '.join(one.repository for one in told.repositories), 120)}"
    read = f"read up to {day(date.fromisoformat(told.today))}"
    foot = f"Colead {told.version}, {told.schema}. How do we know? colead explain {told.code}"
    return (
        f"{head(title, told.version, styled('record'))}"
        f'<body><header class="top"><span><b>colead backtest</b></span><span>{read}</span></header>'
        f"<main><h1>{title}</h1>{inside(told)}</main>"
        f'<footer class="foot"><p>{safe(foot)}</p></footer></body></html>\n'
    )


def inside(told: Backtest) -> str:
    """What stands below the page's title."""
    return "".join(_repository(one, told) for one in told.repositories)


def _repository(one: Replayed, told: Backtest) -> str:
    name = f"<h2>{safe(one.repository)}</h2>" if len(told.repositories) > 1 else ""
    parts = [f'{name}<p class="verdict">{safe(one.sentence, LONG)}</p>']
    if one.pace:
        parts.append(_pace(one.pace))
    if one.touches:
        parts += [_bands(one.touches), _rules(one.touches)]
    parts.append(_section("What held, and what could not be said", _items(held(one))))
    if one.touches and one.touches.misses:
        items = "".join(_miss(miss) for miss in one.touches.misses)
        parts.append(_section("Misses, the surest first", f'<ul class="misses">{items}</ul>'))
    return "".join(parts)


def _section(title: str, body: str) -> str:
    return f'<section class="below"><h2>{safe(title)}</h2>{body}</section>'


def _items(rows: Iterable[str]) -> str:
    return f'<ul class="small">{"".join(f"<li>{safe(row, LONG)}</li>" for row in rows)}</ul>'


def _rules(told: TouchesReplayed) -> str:
    rows = (
        (one.name, percent(one.hits / told.landings), percent(one.files), percent(one.parts / told.landings))
        for one in told.rules
    )
    return _section(f"{told.landings} changes, foreseen two weeks and more ahead", table(HEADS, rows))


def _bands(told: TouchesReplayed) -> str:
    """Odds that parts were given, a dot for each band of them, against how often it came true."""
    shown = [one for one in told.bands if one.n >= ENOUGH]
    if not shown:
        return ""
    near = sum(abs(one.said - one.happened) <= NEAR for one in shown)
    title = (
        f"Odds that a change touches a part: {number(near)} of {plural(len(shown), 'band')} came true"
        " within 10 of 100 of what was said."
    )
    cells = ((percent(one.said), percent(one.happened), f"{one.n:,}") for one in told.bands)
    words = table(("said", "came true", "parts"), cells)
    key = '<p class="key"><span><i class="k dot"></i>parts that were given such odds</span>'
    line = '<span><i class="k line"></i>as often as said</span></p>'
    return _drawn(title, f"{bands(shown, title)}{key}{line}{fold('The odds as a table', words)}")


def _pace(told: PaceReplayed) -> str:
    """Ranges of weeks, one dot per forecast, against when it was done."""
    title = f"{number(told.held).capitalize()} of {told.ranges} ranges of dates held; 8 in 10 should."
    words = (
        f"{title} Said every eight weeks of the past, for eight weeks' worth of changes at the pace of then."
    )
    listed = fold("The ranges as a table", foretold(told.each))
    return _drawn(title, f"{ranges(told.each, words)}{RANGES}{listed}")


RANGES = (
    '<p class="key"><span>Weeks that the work takes:</span><span><i class="k range"></i>as said, 8 in 10'
    ' within</span><span><i class="k dot"></i>as it came</span><span><i class="k dot out"></i>beside the'
    " range</span></p>"
)


def foretold(each: Iterable[Foretold]) -> str:
    """Ranges of weeks as a table, newest first."""
    cells = (
        (
            day(date.fromisoformat(one.day)),
            f"{one.low:.1f} to {one.high:.1f} weeks",
            "not done" if one.took is None else f"{one.took:.1f} weeks",
            "yes" if one.held else "no",
        )
        for one in reversed(list(each))
    )
    return table(("said on", "said", "came", "held"), cells)


def _drawn(title: str, body: str) -> str:
    return f'<section class="below drawn"><h2>{safe(title, LONG)}</h2>{body}</section>'


def _miss(one: Miss) -> str:
    more = f" and {one.more} more" if one.more else ""
    when = day(date.fromisoformat(one.day))
    return (
        f"<li><p><b>{safe(one.title)}</b>, landed on {when}</p>"
        f"<dl><dt>touched</dt><dd>{_codes(one.touched)}{more}</dd>"
        f"<dt>said</dt><dd>{_codes(one.said) or 'nothing'}</dd></dl></li>"
    )


def _codes(paths: Iterable[str]) -> str:
    return "<br>".join(f"<code>{safe(path)}</code>" for path in paths)
