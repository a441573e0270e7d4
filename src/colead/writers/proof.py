"""Proof: the evidence table of the page; every number on it is a link to one of these rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from colead.evidence import Evidence, Source
from colead.reading import Reading
from colead.writers.parts import NAME, dated
from colead.writers.tags import anchor, safe, table

SHORT = 8  # digits of a hash that are shown


def proof(reading: Reading) -> str:
    """The evidence table, one folded row per id."""
    about = _subjects(reading)
    rows = "".join(_row(one, about.get(one.id, ""), reading) for one in reading.evidence)
    return (
        '<section class="below evidence" aria-labelledby="e"><h2 id="e">Evidence</h2>'
        '<p class="small soft">Every number above opens its row here: how it was computed, from how many'
        " cases, from what.</p>"
        f'<ul class="rows">{rows}</ul></section>'
    )


def _subjects(reading: Reading) -> Mapping[str, str]:
    """Which part a row is about, so that rows of one method can be told apart."""
    touched = [(one.touch.probability.evidence, one.touch.name) for one in reading.touches]
    fragile = [(one.fragility.changed.evidence, one.touch.name) for one in reading.touches]
    partners = [(one.together.evidence, one.name) for one in reading.partners]
    return {row: f"<b>{safe(name, NAME)}</b>: " for row, name in (*touched, *fragile, *partners)}


def _row(one: Evidence, about: str, reading: Reading) -> str:
    window = f"{dated(one.window[0], reading)} to {dated(one.window[1], reading)}" if one.window else ""
    told = (
        ("cases", f"{one.n:,}"),
        ("looked at", window),
        ("coverage", one.coverage),
        ("right so far", one.record),
    )
    facts = "".join(f"<dt>{name}</dt><dd>{safe(said, 400)}</dd>" for name, said in told if said)
    # The row itself carries no id: a browser opens what is folded around a target, not the target.
    return (
        f'<li><details><summary><span class="n">{one.n:,}</span><code>{safe(one.id)}</code>'
        f' {about}{safe(one.method, 300)}</summary><div class="proof" id="{anchor(one.id)}" tabindex="-1">'
        f"<dl>{facts}</dl>{_sources(one, reading)}</div></details></li>"
    )


def _sources(one: Evidence, reading: Reading) -> str:
    if not one.sources:
        return ""
    rows = [_source(source, reading) for source in one.sources]
    more = (
        f'<p class="soft">The most telling {len(one.sources)} are shown.</p>'
        if one.n > len(one.sources)
        else ""
    )
    return f"{table(('source', 'says', 'date'), rows)}{more}"


def _source(one: Source, reading: Reading) -> Sequence[str]:
    ref = one.ref[:SHORT] if one.kind == "landing" else one.ref
    name = {"landing": "", "spec": "spec, line "}.get(one.kind, f"{one.kind} ")
    place = f" in {safe(one.repository, NAME)}" if one.repository and len(reading.repositories) > 1 else ""
    when = escape(dated(one.date, reading)) if one.date else ""
    opened = f'{escape(name)}<code title="{safe(one.ref)}">{safe(ref, 100)}</code>{place}'
    return opened, safe(one.title), when
