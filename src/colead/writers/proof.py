"""Proof: the evidence table of the page; every number on it is a link to one of these rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from colead.evidence import Evidence, Source
from colead.reading import Reading
from colead.writers.about import About, cited
from colead.writers.parts import NAME, Counted, dated
from colead.writers.tags import anchor, outside, safe, table

SHORT = 8  # digits of a hash that are shown


def proof(reading: Reading, record: str = "") -> str:
    """The evidence table: one folded row per id, below the part of the page that it belongs to.

    Args:
        reading: whose rows they are.
        record: address of the page that tells how often such readings were right here; "" for none.
    """
    known = {one.id: one for one in reading.evidence}
    body = ""
    for title, abouts in cited(reading):
        mine = [(known.pop(one.id), one) for one in abouts if one.id in known]
        found = "".join(
            _row(row, about, reading, len(reading.repositories) > 1, record=record) for row, about in mine
        )
        body += f'<h3>{title}</h3><ul class="rows">{found}</ul>' if found else ""
    return evidence(body)


def rows(evidence: Sequence[Evidence], names: Mapping[str, str], told: Counted, prefix: str = "") -> str:
    """The evidence table of what is no reading.

    Args:
        evidence: of one repository.
        names: by id, what the row is about.
        told: what is counted from a day.
        prefix: before the ids on the page, where it holds several tables.
    """
    abouts = ((one, About(one.id, names.get(one.id, ""), "")) for one in evidence)
    found = "".join(_row(one, about, told, False, prefix) for one, about in abouts)
    return f'<ul class="rows">{found}</ul>' if found else ""


def evidence(body: str) -> str:
    """The section that holds tables of evidence; "" without one."""
    if not body:
        return ""
    return (
        '<section class="below evidence" aria-labelledby="e"><h2 id="e">Evidence</h2>'
        '<p class="small soft">Every number above opens its row here: what it says, how it was computed,'
        f" from how many cases, from what.</p>{body}</section>"
    )


def folded(body: str) -> str:
    """The same, closed until somebody opens it or a number above does."""
    told = evidence(body)
    if not told:
        return ""
    return f'<details class="fold"><summary>Evidence: how every number came about</summary>{told}</details>'


def _row(
    one: Evidence, about: About, told: Counted, several: bool, prefix: str = "", record: str = ""
) -> str:
    window = f"{dated(one.window[0], told)} to {dated(one.window[1], told)}" if one.window else ""
    said = (
        ("says", about.says),
        ("looked at", window),
        ("coverage", one.coverage),
    )
    facts = "".join(f"<dt>{name}</dt><dd>{safe(words, 400)}</dd>" for name, words in said if words)
    if one.record:
        whole = f' <a href="{escape(record)}">the whole record</a>' if record else ""
        facts += f"<dt>right so far</dt><dd>{safe(one.record, 400)}{whole}</dd>"
    name = f"<b>{safe(about.name, NAME)}</b>: " if about.name else ""
    cases = f"{one.n:,} {'case' if one.n == 1 else 'cases'}"
    # The row itself carries no id: a browser opens what is folded around a target, not the target.
    return (
        f'<li><details><summary><span class="n">{cases}</span><code>{safe(one.id)}</code>'
        f" {name}{safe(one.method, 300)}</summary>"
        f'<div class="proof" id="{anchor(prefix + one.id)}" tabindex="-1">'
        f"<dl>{facts}</dl>{_sources(one, told, several)}</div></details></li>"
    )


def _sources(one: Evidence, told: Counted, several: bool) -> str:
    if not one.sources:
        return ""
    found = [_source(source, told, several) for source in one.sources]
    more = (
        f'<p class="soft">The most telling {len(one.sources)} are shown.</p>'
        if one.n > len(one.sources)
        else ""
    )
    return f"{table(('source', 'says', 'date'), found)}{more}"


def _source(one: Source, told: Counted, several: bool) -> Sequence[str]:
    ref = one.ref[:SHORT] if one.kind == "landing" else one.ref
    name = {"landing": "", "spec": "spec, line"}.get(one.kind, one.kind)
    place = f" in {safe(one.repository, NAME)}" if one.repository and several else ""
    when = escape(dated(one.date, told)) if one.date else ""
    code = outside(one.url, f'<code title="{safe(one.ref)}">{safe(ref, 100)}</code>')
    opened = f"{safe(name, NAME)} {code}{place}"
    return opened, safe(one.title), when
