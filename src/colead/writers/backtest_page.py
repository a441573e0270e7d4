"""Backtest as one page in one file: the sentence, a table of the rules, what held, the misses by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from colead.backtest import Backtest, Miss, Replayed
from colead.backtest.parts import TouchesReplayed
from colead.backtest.told import percent
from colead.phrase import day
from colead.writers.backtest import HEADS, held
from colead.writers.frame import asset, head
from colead.writers.tags import safe, table

LONG = 600  # characters of a sentence


def html(told: Backtest) -> str:
    """The page as text."""
    title = f"How far to trust it: {safe(', '.join(one.repository for one in told.repositories), 120)}"
    read = f"read up to {day(date.fromisoformat(told.today))}"
    body = "".join(_repository(one, told) for one in told.repositories)
    foot = f"Colead {told.version}, {told.schema}. How do we know? colead explain {told.code}"
    return (
        f"{head(title, told.version, asset('page.css'))}"
        f'<body><header class="top"><span><b>colead backtest</b></span><span>{read}</span></header>'
        f"<main><h1>{title}</h1>{body}</main>"
        f'<footer class="foot"><p>{safe(foot)}</p></footer></body></html>\n'
    )


def _repository(one: Replayed, told: Backtest) -> str:
    name = f"<h2>{safe(one.repository)}</h2>" if len(told.repositories) > 1 else ""
    parts = [f'{name}<p class="verdict">{safe(one.sentence, LONG)}</p>']
    if one.touches:
        parts += [_rules(one.touches), _bands(one.touches)]
    parts.append(_section("What held, and what could not be said", _items(held(one))))
    if one.touches and one.touches.misses:
        head_row = ("change", "touched", "said", "landed on")
        rows = (_miss(miss) for miss in one.touches.misses)
        parts.append(_section("Misses, the surest first", table(head_row, rows)))
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
    rows = ((percent(one.said), percent(one.happened), f"{one.n:,}") for one in told.bands)
    return _section("Odds of parts", table(("said", "came true", "parts"), rows))


def _miss(one: Miss) -> tuple[str, str, str, str]:
    more = f" and {one.more} more" if one.more else ""
    return safe(one.title), f"{_codes(one.touched)}{more}", _codes(one.said), one.day


def _codes(paths: Iterable[str]) -> str:
    return "<br>".join(f"<code>{safe(path)}</code>" for path in paths)
