"""Across: what stands below both pages of the book: timeline, tradeoffs, questions for both, the answers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from colead.forecast import AT_A_TERMINAL, Cousin, Forecast
from colead.phrase import number
from colead.question import Side
from colead.reading import Reading
from colead.tradeoff import Tradeoff
from colead.writers.mapped import finding, mapped
from colead.writers.parts import NAME, PARTS, dated, ended, if_we, silence, timeline_told
from colead.writers.sides import owed
from colead.writers.tags import door, fold, linked, safe, silent, table, tech, wide
from colead.writers.timeline import timeline


def across(reading: Reading, *, fields: bool = True) -> str:
    """The rows of the book that belong to both sides; with fields to answer in, where wanted."""
    meet = _meet(reading) if fields else ""
    both, when = _both(reading, fields), _timeline(reading, fields)
    return f"{_system(reading)}{both}{when}{_tradeoffs(reading, fields)}{meet}"


def _system(reading: Reading) -> str:
    """Where in the system the idea lands: the map of each repository that it touches; not printed."""
    maps = [_map(one.name, reading) for one in reading.repositories]
    found = "".join(maps)
    return f'<section class="across screen" aria-label="The system">{found}</section>' if found else ""


def _map(repository: str, reading: Reading) -> str:
    mine = [one for one in reading.plots if one.repository == repository]
    if not mine:
        return ""
    touched = {
        one.touch.component: (one.fragility.expected or one.fragility.changed).evidence
        for one in reading.touches
        if one.touch.repository == repository
    }
    name = f"{safe(repository, NAME)}: " if len(reading.repositories) > 1 else "On the map: "
    return fold(f"{name}{finding(mine, touched)}", mapped(mine, touched, touched))


def _both(reading: Reading, fields: bool) -> str:
    asked = owed(reading, Side.BOTH, fields=fields)
    return f'<section class="across" aria-label="For both sides">{asked}</section>' if asked else ""


def _timeline(reading: Reading, fields: bool) -> str:
    told = reading.timeline
    if told is None:
        why = silence(reading, "timeline", None)
        body = f'<h2 id="t">Timeline</h2>{silent(why if fields else why.replace(AT_A_TERMINAL, ""))}'
    else:
        sentence = linked(timeline_told(told), (told.odds, told.weeks))
        picture = f"{timeline(told)}{_key(told)}"
        body = f'<h2 id="t">{sentence}</h2>{picture}{tech(told.technical)}{_table(told, reading)}'
    return f'<section class="across solution" id="timeline" aria-labelledby="t">{body}</section>'


def _key(told: Forecast) -> str:
    count = door(told.weeks.evidence, number(len(told.cousins)))
    past = f'<span><i class="k-dot"></i>{count} past efforts like it</span>' if told.cousins else ""
    return (
        '<p class="key"><span><i class="k-range"></i>the likely range, 8 in 10 cases</span>'
        f'<span><i class="k-median"></i>half are done by here</span>{past}</p>'
    )


def _table(told: Forecast, reading: Reading) -> str:
    if not told.cousins:
        return ""
    rows = [_cousin(one, told.weeks.evidence, reading) for one in told.cousins]
    return fold("The past efforts as a table", table(("effort", "days", "changes", "finished"), rows))


def _cousin(one: Cousin, evidence: str, reading: Reading) -> Sequence[str]:
    name = f"<b>{safe(one.name, 60)}</b> {safe(one.title, 90)}"
    days, changes = door(evidence, f"{one.days:.0f}"), door(evidence, str(one.landings))
    return name, days, changes, escape(dated(one.finished, reading))


def _tradeoffs(reading: Reading, fields: bool) -> str:
    told = silence(reading, "tradeoffs", reading.tradeoffs)
    head = f'<h2 id="k">{PARTS["tradeoffs"].capitalize()}</h2>'
    rows = "".join(_tradeoff(one, fields) for one in reading.tradeoffs)
    body = f"{head}{silent(told) if told else rows}"
    return f'<section class="across" aria-labelledby="k">{body}</section>'


def _tradeoff(one: Tradeoff, fields: bool) -> str:
    """One number for both sides: what it means for product on the left, for engineering on the right."""
    figures = tuple(filter(None, (one.here, one.usual)))
    sides = (("product", one.product), ("engineering", one.engineering))
    told = "".join(
        f'<p><span class="word">For {side}:</span> {linked(ended(sentence), figures)}</p>'
        for side, sentence in sides
    )
    head = f'<div class="pair"><h3>{safe(if_we(one))}</h3>'
    if fields:
        return f"{head}{told}</div>{tech(one.technical)}"
    both = f'<div class="both">{told}</div>{tech(one.technical)}'
    return f"{head}{wide('what it means', both)}</div>"


def _meet(reading: Reading) -> str:
    if not reading.questions:
        return ""
    return (
        '<section class="across meet" aria-labelledby="c"><h2 id="c">Answers</h2>'
        "<p>Write them into the fields above, alone or together."
        " They stay in this browser until you copy them."
        ' <span id="copied" class="soft" role="status"></span></p>'
        '<button class="button" id="copy" type="button" hidden>Copy answers</button>'
        '<textarea id="sheet" rows="8" readonly hidden aria-label="The answers as Markdown"></textarea>'
        "</section>"
    )
