"""Proof: the evidence table of the page; every number on it is a link to one of these rows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from colead.evidence import Evidence, Source
from colead.reading import Reading
from colead.writers.about import About, cited
from colead.writers.parts import NAME, dated
from colead.writers.tags import anchor, outside, safe, table

SHORT = 8  # digits of a hash that are shown


def proof(reading: Reading) -> str:
    """The evidence table: one folded row per id, below the part of the page that it belongs to."""
    rows = {one.id: one for one in reading.evidence}
    body = ""
    for title, abouts in cited(reading):
        mine = [(rows.pop(one.id), one) for one in abouts if one.id in rows]
        found = "".join(_row(row, about, reading) for row, about in mine)
        body += f'<h3>{title}</h3><ul class="rows">{found}</ul>' if found else ""
    if not body:
        return ""
    return (
        '<section class="below evidence" aria-labelledby="e"><h2 id="e">Evidence</h2>'
        '<p class="small soft">Every number above opens its row here: what it says, how it was computed,'
        f" from how many cases, from what.</p>{body}</section>"
    )


def _row(one: Evidence, about: About, reading: Reading) -> str:
    window = f"{dated(one.window[0], reading)} to {dated(one.window[1], reading)}" if one.window else ""
    told = (
        ("says", about.says),
        ("looked at", window),
        ("coverage", one.coverage),
        ("right so far", one.record),
    )
    facts = "".join(f"<dt>{name}</dt><dd>{safe(said, 400)}</dd>" for name, said in told if said)
    name = f"<b>{safe(about.name, NAME)}</b>: " if about.name else ""
    cases = f"{one.n:,} {'case' if one.n == 1 else 'cases'}"
    # The row itself carries no id: a browser opens what is folded around a target, not the target.
    return (
        f'<li><details><summary><span class="n">{cases}</span><code>{safe(one.id)}</code>'
        f' {name}{safe(one.method, 300)}</summary><div class="proof" id="{anchor(one.id)}" tabindex="-1">'
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
    name = {"landing": "", "spec": "spec, line"}.get(one.kind, one.kind)
    place = f" in {safe(one.repository, NAME)}" if one.repository and len(reading.repositories) > 1 else ""
    when = escape(dated(one.date, reading)) if one.date else ""
    code = outside(one.url, f'<code title="{safe(one.ref)}">{safe(ref, 100)}</code>')
    opened = f"{safe(name, NAME)} {code}{place}"
    return opened, safe(one.title), when
