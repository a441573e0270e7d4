"""Outlook as one page in one file: the sentence, the system map, places with their year, the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from colead.fragility import Level
from colead.outlook import Outlook, Place
from colead.phrase import day
from colead.writers import mapped
from colead.writers.frame import head, styled
from colead.writers.outlook import UNPROVED, fixes_of, rank
from colead.writers.parts import NAME
from colead.writers.pictures.seasons import held, seasons
from colead.writers.pictures.systemmap import SIGNS, level_told
from colead.writers.proof import evidence, folded, rows
from colead.writers.tags import door, fold, linked, safe, silent, table, tech

SENTENCE = 1_000
DRAWN = 8  # parts whose past quarters are drawn


def html(told: Outlook) -> str:
    """The page as text; every area, quarter and number opens its row of the evidence."""
    title = f"Where fixes are likely: {safe(told.within or told.repository, 120)}"
    return (
        f"{head(title, told.version, styled('map', 'seasons'))}"
        f'<body><header class="top">{_top(told)}</header>'
        f"<main><h1>{title}</h1>{inside(told)}</main>{_foot(told)}</body></html>\n"
    )


def inside(told: Outlook, opened: mapped.Opened | None = None, shut: bool = False) -> str:
    """What stands below the page's title; the map opens pages of parts where there are some.

    `shut`: the evidence is closed until it is asked for.
    """
    names = {one.expected.evidence: one.name for one in told.places}
    names |= {one.changed.evidence: one.name for one in told.places}
    state = "" if told.places else silent(told.coverage[0].state)
    body = f"{_drags(told)}{_map(told, opened)}{_year(told.places)}{_places(told)}{_record(told)}"
    said = f'<p class="verdict">{safe(told.sentence, SENTENCE)}</p>{state}'
    proofs = rows(told.evidence, names, told)
    return f"{said}{body}{folded(proofs) if shut else evidence(proofs)}"


def picture(told: Outlook) -> str:
    """The system map as a file of its own; "" where nothing can be shown."""
    return mapped.picture(told.plots) if told.plots else ""


def _top(told: Outlook) -> str:
    when = day(date.fromisoformat(told.today))
    tip = f"{safe(told.repository, NAME)} at <code>{safe(told.tip[:7])}</code>"
    switch = '<label class="switch"><input type="checkbox" id="technical">technical reading</label>'
    spans = f"<span><b>colead fragility</b></span><span>counted from {when}</span><span>{tip}</span>"
    return f"{spans}{switch if told.places else ''}"


def _drags(told: Outlook) -> str:
    """What features that changed the part brought along."""
    return "".join(
        f"<p>{linked(one.sentence, (one.here, one.usual, one.times))}</p>{tech(one.technical)}"
        for one in told.drags
    )


def _map(told: Outlook, opened: mapped.Opened | None) -> str:
    rows = {one.key: one.expected.evidence for one in told.places if one.kind == "part"}
    body = mapped.mapped(told.plots, rows, opened=opened)
    return _section(mapped.finding(told.plots), body) if body else ""


def _section(title: str, body: str) -> str:
    return f'<section class="below drawn"><h2>{title}</h2>{body}</section>'


def _year(places: Sequence[Place]) -> str:
    """The past quarters of the first places, side by side on one scale."""
    drawn = [one for one in places if one.seasons][:DRAWN]
    if not drawn:
        return ""
    kept, every = held(drawn)
    pictures = "".join(
        f"<figure><figcaption>{_sign(one)}<b>{safe(one.name, NAME)}</b></figcaption>{seasons(one)}</figure>"
        for one in drawn
    )
    row = drawn[0].seasons[0].expected.evidence
    title = f"In {door(row, str(kept))} of {every} past quarters as many fixes came as the range said."
    return _section(
        title,
        f'<div class="year">{pictures}</div><p class="key"><span>Fixes in three months:</span>'
        '<span><i class="k range"></i>as expected the day before, 8 in 10 within</span>'
        '<span><i class="k-dot"></i>as they came</span></p>'
        f"{fold('The quarters as a table', quarters(drawn))}",
    )


def _sign(one: Place) -> str:
    return f'<span class="{one.level}">{SIGNS[one.level]}</span> ' if one.level in SIGNS else ""


def quarters(drawn: Sequence[Place]) -> str:
    """The past quarters of some parts as a table."""
    head_row = ("part", "three months up to", "expected", "came")
    found = (
        (safe(one.name, NAME), day(date.fromisoformat(each.ends)), said, f"{each.came.value:.0f}")
        for one in drawn
        for each in one.seasons
        for said in [f"{each.expected.low or 0:.0f} to {each.expected.high or 0:.0f}"]
    )
    return table(head_row, found)


def _places(told: Outlook) -> str:
    if not told.places:
        return ""
    items = "".join(_place(one) for one in told.places)
    more = f'<p class="small soft">And {told.more:,} more, with fewer.</p>' if told.more else ""
    kind = "parts" if told.places[0].kind == "part" else "files"
    return _section(f"The {kind} with the most fixes to expect", f'<ol class="places">{items}</ol>{more}')


def _place(one: Place) -> str:
    sign = f"{SIGNS[one.level]} " if one.level is Level.FRAGILE else ""
    tag = f'<span class="tag {one.level}">{sign}{level_told(one.level)}</span>'
    why = linked("; ".join(one.reasons[:2]), (one.lines, one.changed, one.fixes), one.changed.evidence)
    rest = "".join(f"; {safe(reason, 200)}" for reason in one.reasons[2:])
    return (
        f'<li class="fact"><div class="odds">{door(one.expected.evidence, escape(fixes_of(one)))}</div>'
        f'<div><b>{safe(one.name, 200)}</b> {tag} <span class="soft small">{rank(one)} of {one.of:,}</span>'
        f'<span class="why">{why}{rest}</span>{tech(one.technical)}</div></li>'
    )


def _record(told: Outlook) -> str:
    if not told.places:
        return ""
    said = told.record.sentence if told.record else UNPROVED
    text = f"{said[:1].upper()}{said[1:]}"
    words = linked(text, (), told.record.pairs.evidence) if told.record else safe(text, SENTENCE)
    return _section("How often such a list was right here", f"<p>{words}</p>")


def _foot(told: Outlook) -> str:
    notes = "".join(f"<p>{safe(one, 300)}</p>" for one in (told.coverage[0].note, *told.notes) if one)
    made = f"Colead {told.version}, {told.schema}. It says what is likely and why; people decide."
    return f'<footer class="foot">{notes if told.places else ""}<p>{safe(made)}</p></footer>'
