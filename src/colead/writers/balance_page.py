"""Balance as one page in one file: the sentence, the months as a picture, parts, what was left out."""

from __future__ import annotations

from datetime import date
from html import escape

from colead.balance import Balance, Balanced, Row, percent
from colead.evidence import State
from colead.kinds import HEALTH
from colead.phrase import MONTHS, day
from colead.writers.frame import head, styled
from colead.writers.parts import NAME
from colead.writers.pictures.alone import alone
from colead.writers.pictures.months import HEIGHT, months
from colead.writers.proof import evidence, folded, rows
from colead.writers.tags import door, fold, safe, silent, table

SENTENCE = 600


def html(told: Balance) -> str:
    """The page as text; every bar and every share opens its row of the evidence."""
    title = f"How the work divides: {safe(', '.join(one.repository for one in told.repositories), 120)}"
    made = f"Colead {told.version}, {told.schema}. It says what is likely and why; people decide."
    return (
        f"{head(title, told.version, styled('months'))}"
        f'<body><header class="top"><span><b>colead balance</b></span><span>{_window(told)}</span></header>'
        f"<main><h1>{title}</h1>{inside(told)}</main>"
        f'<footer class="foot"><p>{safe(made)}</p></footer></body></html>\n'
    )


def inside(told: Balance, shut: bool = False) -> str:
    """What stands below the page's title; `shut`: the evidence is closed until it is asked for."""
    several = len(told.repositories) > 1
    desks = [(one, f"r{at}-" if at else "") for at, one in enumerate(told.repositories)]
    body = "".join(_repository(one, told, prefix, several) for one, prefix in desks)
    proofs = "".join(rows(one.evidence, _names(one), told, prefix) for one, prefix in desks)
    return f"{body}{folded(proofs) if shut else evidence(proofs)}"


def picture(told: Balance) -> str:
    """The months of the first repository as a file of its own; "" where nothing can be shown."""
    one = next((one for one in told.repositories if one.months), None)
    if one is None:
        return ""
    title = _finding(one, told)
    other = [] if len(told.counted) == len(HEALTH) else [("other", "other upkeep")]
    key = [
        ("", "The changes of each month:"),
        ("health", "health"),
        ("hatch", "not sure"),
        *other,
        ("features", "features"),
        ("fixes", "fixes, beside it"),
        ("", f"--- {_line(told)}"),
    ]
    return alone(months(one.months, told.agreed, title), "months", HEIGHT, title, key)


def _line(told: Balance) -> str:
    return f"{'agreed' if told.written else 'usual'} for health: {percent(told.agreed)}"


def _window(told: Balance) -> str:
    since = day(date.fromisoformat(told.repositories[0].since))
    return f"{since} to {day(date.fromisoformat(told.today))}"


def _names(one: Balanced) -> dict[str, str]:
    return {row.health.evidence: row.name for row in one.parts}


def _repository(one: Balanced, told: Balance, prefix: str, several: bool) -> str:
    name = f"<h2>{safe(one.repository, NAME)}</h2>" if several else ""
    state = "" if one.coverage.state is State.FINDING else silent(one.coverage.state)
    sides = "".join(
        f'<div class="{side}"><h2>{word}</h2><p>{safe(said, SENTENCE)}</p></div>'
        for side, word, said in (
            ("problem", "Product", one.product),
            ("solution", "Engineering", one.engineering),
            ("", "Lately", one.lately),
        )
        if said
    )
    pair = f'<div class="pair sides">{sides}</div>' if sides else ""
    return (
        f'{name}<p class="verdict">{safe(one.sentence, SENTENCE)}</p>{state}{pair}'
        f"{_months(one, told, prefix)}{_parts(one, told, prefix)}{_rest(one)}"
    )


def _months(one: Balanced, told: Balance, prefix: str) -> str:
    if not one.months:
        return ""
    title = _finding(one, told)
    picture = months(one.months, told.agreed, title, prefix)
    other = "" if len(told.counted) == len(HEALTH) else '<span><i class="k other"></i>other upkeep</span>'
    key = (
        '<p class="key"><span>The changes of each month:</span><span><i class="k health"></i>health</span>'
        '<span><i class="k hatched"></i>not sure</span>'
        f'{other}<span><i class="k features"></i>features</span>'
        '<span><i class="k fixes"></i>fixes, beside it</span>'
        f'<span><i class="k line"></i>{_line(told)}</span></p>'
    )
    whole = [one.whole] if one.whole else []
    cells = [_cells(row, _month(row.name), told, prefix) for row in (*one.months, *whole)]
    return (
        f'<section class="below drawn"><h2>{escape(title)}</h2>{picture}{key}'
        f"{fold('The months as a table', table(_heads('month', told), cells))}</section>"
    )


def _finding(one: Balanced, told: Balance) -> str:
    """In how many months health is surely beyond the line, a sentence."""
    below = sum((row.health.high or 0.0) < told.agreed for row in one.months)
    above = sum((row.health.low or 0.0) > told.agreed for row in one.months)
    line = f"the {'agreed' if told.written else 'usual'} {percent(told.agreed)}"
    count = len(one.months)
    if not below and not above:
        return f"In none of {count} months health can be told apart from {line}."
    said = [f"below in {below}" if below else "", f"above in {above}" if above else ""]
    return f"Against {line}, health was surely {' and '.join(filter(None, said))} of {count} months."


def _heads(first: str, told: Balance) -> tuple[str, ...]:
    other = () if len(told.counted) == len(HEALTH) else ("other upkeep",)
    return (first, "changes", "features", "fixes", *other, "health")


def _cells(row: Row, name: str, told: Balance, prefix: str) -> tuple[str, ...]:
    low, high = percent(row.health.low or 0.0), percent(row.health.high or 0.0)
    ranged = "" if low == high else f" ({low} to {high})"
    health = f"{door(prefix + row.health.evidence, percent(row.health.value))}{ranged}"
    other = () if len(told.counted) == len(HEALTH) else (percent(row.other.value),)
    shares = (percent(row.features.value), percent(row.fixes.value), *other, health)
    return (safe(name, NAME), f"{row.landings:,}", *shares)


def _month(name: str) -> str:
    if name == "all":
        return "all changes"
    year, _, month = name.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def _parts(one: Balanced, told: Balance, prefix: str) -> str:
    if not one.parts:
        return ""
    cells = [_cells(row, row.name, told, prefix) for row in one.parts]
    head_row = table(_heads("part", told), cells)
    return f'<section class="below drawn"><h2>The parts that changed most often</h2>{head_row}</section>'


def _rest(one: Balanced) -> str:
    told = (
        f"Left out: {one.left_out or 'nothing'}.",
        f"How sure: {one.coverage.note}",
        *one.notes,
    )
    lines = "".join(f"<p>{safe(words, SENTENCE)}</p>" for words in told)
    return f'<section class="below small soft">{lines}</section>'
