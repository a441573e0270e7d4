"""Part page: what a page tells of one part: fixes to expect, its past year, what features brought along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from colead.drag import Drag
from colead.fragility import Level
from colead.outlook import Outlook, Place
from colead.phrase import day
from colead.struck import Toll
from colead.writers.outlook import fixes_of, rank
from colead.writers.outlook_page import quarters
from colead.writers.pictures.seasons import held, seasons
from colead.writers.pictures.systemmap import SIGNS, level_told
from colead.writers.proof import folded, rows
from colead.writers.tags import door, fold, linked, outside, safe, silent, tech

NONE = "It has no history of changes that could tell where fixes are likely."


def sentence(place: Place | None) -> str:
    """How fragile the part is, in words; "" where nothing tells it."""
    if place is None:
        return ""
    few = fixes_of(place)
    fixes = f"{few} fixes" if few.startswith("about") else few.replace(" for one", " for a fix")
    return f"{level_told(place.level).capitalize()}: {fixes} in the next three months."


def inside(told: Outlook, place: Place | None, drags: Iterable[Drag], cited: Iterable[str]) -> str:
    """What stands below what the part is: everything that its history tells, and the evidence.

    Args:
        told: the outlook that it is from.
        place: the part in it; None where the outlook tells no places.
        drags: of this part.
        cited: ids of the evidence that these open.
    """
    if place is None:
        return f'<section class="below">{silent(told.coverage[0].note or NONE)}</section>'
    ids, mine = set(cited), list(drags)
    ids |= {one.times.evidence for one in mine}
    own = dict.fromkeys((place.expected.evidence, place.changed.evidence), place.name)
    table = rows([one for one in told.evidence if one.id in ids], own, told)
    return f"{_fragility(place)}{_year(place)}{_drags(mine)}{_incidents(place.incidents)}{folded(table)}"


def _section(title: str, body: str) -> str:
    return f'<section class="below"><h2>{title}</h2>{body}</section>'


def _fragility(one: Place) -> str:
    sign = f"{SIGNS[one.level]} " if one.level is Level.FRAGILE else ""
    tag = f'<span class="tag {one.level}">{sign}{level_told(one.level)}</span>'
    fixes = door(one.expected.evidence, safe(fixes_of(one)))
    why = linked("; ".join(one.reasons), (one.lines, one.changed, one.fixes), one.changed.evidence)
    return _section(
        "How fragile it is",
        f"<p>{tag} Fixes to expect in three months: <b>{fixes}</b>"
        f' <span class="soft small">place {rank(one)} of {one.of:,} parts</span></p>'
        f'<p class="small">{why}</p>{tech(one.technical)}',
    )


def _year(one: Place) -> str:
    if not one.seasons:
        return ""
    kept, every = held([one])
    title = f"In {door(one.seasons[0].expected.evidence, str(kept))} of {every} past quarters as many fixes"
    return _section(
        f"{title} came as the range said",
        f'<div class="year"><figure>{seasons(one)}</figure></div><p class="key">'
        '<span>Fixes in three months:</span><span><i class="k range"></i>as expected the day before,'
        ' 8 in 10 within</span><span><i class="k-dot"></i>as they came</span></p>'
        f"{fold('The quarters as a table', quarters([one]))}",
    )


def _drags(mine: list[Drag]) -> str:
    said = "".join(
        f"<p>{linked(one.sentence, (one.here, one.usual, one.times))}</p>{tech(one.technical)}"
        for one in mine
    )
    return _section("What features here bring along", said) if said else ""


def _incidents(told: Toll | None) -> str:
    if told is None:
        return ""
    days = [day(date.fromisoformat(one.day)) for one in told.struck]
    struck = "".join(
        f'<li>{outside(one.url, safe(one.title))} <span class="soft">{when}</span></li>'
        for one, when in zip(told.struck, days, strict=True)
    )
    said = linked(f"{told.sentence[:1].upper()}{told.sentence[1:]}.", (told.count, told.minutes))
    return _section("Incidents", f'<p>{said}</p><ul class="plainlist small">{struck}</ul>')
