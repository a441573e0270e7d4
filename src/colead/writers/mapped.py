"""Mapped: the system map on a page: its finding, the picture, the key, and the list that says the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from colead.balance import percent
from colead.fragility import Level
from colead.phrase import number, plural
from colead.systemmap import Plot, fixes_told
from colead.writers.pictures.alone import alone
from colead.writers.pictures.systemmap import HEIGHT, SIGNS, depth, level_told, systemmap, toucher
from colead.writers.tags import door, safe

LEAST = 2.0  # fixes to expect in all, below which nothing is said of where they fall
SHADES = {"few": "hardly any", "some": "about 1", "several": "2 or 3", "many": "4 and more"}


@dataclass(frozen=True)
class Opened:
    """A map whose areas open a page of their own each."""

    pages: Mapping[str, str]  # addresses by key
    touched: Collection[str]  # keys of the areas that any open idea touches


def mapped(
    plots: Sequence[Plot],
    rows: Mapping[str, str],
    touched: Collection[str] = (),
    *,
    opened: Opened | None = None,
) -> str:
    """The map of one repository with everything that belongs to it; "" without areas.

    Args:
        plots: by folder.
        rows: the evidence that areas open, by key; else their own.
        touched: keys of the areas that the idea touches.
        opened: the pages that areas open instead; the list beside them still opens the evidence.
    """
    if not plots:
        return ""
    title, pages = finding(plots, touched), opened.pages if opened else {}
    touched = opened.touched if opened else touched
    picture = systemmap(plots, title, touched=touched, rows=rows, pages=pages)
    listed = "".join(
        _folder(folder, list(some), rows, touched, pages)
        for folder, some in groupby(plots, key=lambda one: one.folder)
    )
    return (
        f'<div class="mapped"><figure>{picture}{_key(plots, touched, pages)}</figure>'
        f'<ul class="listed small">{listed}</ul></div>'
    )


def finding(plots: Sequence[Plot], touched: Collection[str] = ()) -> str:
    """What the map shows, a sentence."""
    count, lines = sum(one.parts for one in plots), sum(one.lines for one in plots)
    if touched:
        hit = [one for one in plots if one.key in touched and one.parts == 1]
        fragile = sum(one.level is Level.FRAGILE for one in hit)
        touched_told = f"{number(len(hit))} of {plural(count, 'part')}"
        return f"The idea touches {touched_told} here{_fragile(fragile, len(hit))}."
    return _half(plots, count, lines)


def _fragile(count: int, of: int) -> str:
    if not count:
        return ""
    return ", which is fragile" if of == 1 else f", {number(count) if count < of else 'all'} of them fragile"


def _half(plots: Sequence[Plot], count: int, lines: int) -> str:
    """How few parts half of the fixes fall into."""
    every = sum(one.expected or 0.0 for one in plots)
    if every < LEAST:
        return f"{plural(count, 'part').capitalize()}, {lines:,} lines of code."
    first, sure = list[Plot](), 0.0
    for one in sorted(plots, key=lambda one: -(one.expected or 0.0) / one.parts):
        if sure >= every / 2:
            break
        first, sure = [*first, one], sure + (one.expected or 0.0)
    share = percent(sum(one.lines for one in first) / max(1, lines))
    few = f"{number(sum(one.parts for one in first))} of {plural(count, 'part')}"
    return f"Half of the fixes to expect fall into {few}, with {share} of the code."


def picture(plots: Sequence[Plot], touched: Collection[str] = ()) -> str:
    """The map as a file of its own; areas whose keys are in `touched` have an outline."""
    title = finding(plots, touched)
    key = [("", "Size: lines of code. Fixes to expect in three months:"), *_shades(plots)]
    fragile = any(one.level is Level.FRAGILE for one in plots)
    key += [("", f"{SIGNS[Level.FRAGILE]} fragile")] if fragile else []
    key += [("outline", "touched by the idea")] if touched else []
    return alone(systemmap(plots, title, touched=touched, rows={}), "map", int(HEIGHT), title, key)


def _shades(plots: Sequence[Plot]) -> list[tuple[str, str]]:
    there = {depth(one) for one in plots}
    return [one for one in SHADES.items() if one[0] in there]


def _key(plots: Sequence[Plot], touched: Collection[str], pages: Collection[str]) -> str:
    shades = "".join(f'<span><i class="k {name}"></i>{said}</span>' for name, said in _shades(plots))
    fragile = any(one.level is Level.FRAGILE for one in plots)
    sign = f"<span>{SIGNS[Level.FRAGILE]} fragile</span>" if fragile else ""
    by = toucher(bool(pages))
    outline = f'<span><i class="k touch"></i>touched by {by}</span>' if touched else ""
    return (
        '<figcaption class="key"><span>Size: lines of code.</span>'
        f"<span>Fixes to expect in three months:</span>{shades}{sign}{outline}</figcaption>"
    )


def _folder(
    folder: str,
    some: Sequence[Plot],
    rows: Mapping[str, str],
    touched: Collection[str],
    pages: Mapping[str, str],
) -> str:
    listed = "".join(_item(one, rows, one.key in touched, pages.get(one.key, "")) for one in some)
    if not folder:
        return listed
    lines = plural(sum(one.lines for one in some), "line")
    return f'<li><b>{safe(folder, 60)}</b> <span class="soft">{lines}</span><ul>{listed}</ul></li>'


def _item(one: Plot, rows: Mapping[str, str], touched: bool, page: str) -> str:
    shown = one.level in (Level.FRAGILE, Level.WATCH)
    sign = f"{SIGNS[one.level]} " if one.level in SIGNS else ""
    level = f'<span class="{one.level}">{sign}{level_told(one.level)}</span>' if shown else ""
    hit = "<b>touched</b>" if touched else ""
    lines = f"{one.lines:,} lines" if one.lines != 1 else "1 line"
    row, name, fixes = rows.get(one.key, one.evidence), safe(one.name, 60), fixes_told(one)
    named = f'<a class="to" href="{escape(page)}">{name}</a>' if page else door(row, name, "to")
    shown_fixes = door(row, fixes, "to") if page and fixes else fixes
    told = ", ".join(filter(None, (level, hit, lines, shown_fixes)))
    return f"<li>{named} <span>{told}</span></li>"
