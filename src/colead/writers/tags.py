"""Tags: the few pieces of HTML that every part of the page is made of; all text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from colead.evidence import Figure
from colead.phrase import MONTHS, odds
from colead.writers.parts import QUOTE, said

# A number as sentences say it; days of a month ("3 October") are dates and open nothing.
NUMBER = re.compile(
    r"(?<![\w.,-])(?:more than |less than )?\d[\d,.]*\d?(?: (?:times |chances )?in \d{1,2})?(?: %)?"
    rf"(?![\w-])(?! (?:{'|'.join(MONTHS)})\b)"
)
IN_A_YEAR = re.compile(rf"(?:{'|'.join(MONTHS)}) $")


def safe(text: str, most: int = QUOTE) -> str:
    """Text of a spec or a repository as HTML text or attribute value."""
    return escape(said(text, most), quote=True)


def door(evidence: str, told: str, name: str = "fig") -> str:
    """A link to a row of the evidence table; plain text when there is no row."""
    return f'<a class="{name}" href="#{anchor(evidence)}">{told}</a>' if evidence else told


def outside(url: str, told: str) -> str:
    """HTML as a link to a page on the web; the HTML alone where there is none."""
    plain = url.startswith(("https://", "http://"))
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{told}</a>' if plain else told


def anchor(evidence: str) -> str:
    """The id of an evidence row on the page."""
    return "e-" + "".join(
        one if one.isascii() and (one.isalnum() or one in "-_") else "_" for one in evidence
    )


def linked(sentence: str, figures: Sequence[Figure | None], evidence: str = "") -> str:
    """A sentence in which every number opens what it was computed from, or else a door at its end does."""
    known = [one for one in figures if one is not None]
    default = evidence or (known[0].evidence if known else "")
    text = said(sentence, 400)
    if not default:
        return escape(text)
    parts, at = [], 0
    for found in NUMBER.finditer(text):
        told = found.group().rstrip(".,")
        if IN_A_YEAR.search(text[max(0, found.start() - 12) : found.start()]):
            continue
        parts += [escape(text[at : found.start()]), door(_evidence(told, known) or default, escape(told))]
        at = found.start() + len(told)
    parts.append(escape(text[at:]))
    return "".join(parts) if at else f"{parts[-1]} {door(default, 'why', 'fig door')}"


def _evidence(told: str, figures: Sequence[Figure]) -> str:
    """The row of the figure whose value the words tell, "" when none of them does."""
    plain = told.replace("times ", "").replace("chances ", "").replace(",", "")
    for one in figures:
        if plain in (f"{one.value:g}", f"{one.value:.0f}", odds(one.value) if 0 <= one.value <= 1 else ""):
            return one.evidence
    return ""


def mark(state: str) -> str:
    """A round mark: "on", "half", "" for open, "dotted" for not analysed; a word beside it says the same."""
    return f'<span class="mark {state}" aria-hidden="true"></span>'


def line(number: int) -> str:
    """Where in the spec something stands."""
    return f' <span class="at">(line {number})</span>' if number else ""


def tech(told: str) -> str:
    """The engineers' line, shown by the page's switch."""
    return f'<p class="tech">{safe(told, 400)}</p>' if told else ""


def silent(told: str) -> str:
    """A part that shows nothing, in one of the four words."""
    return f'<p class="silence small">{escape(told)}</p>'


def chance(value: float, evidence: str) -> str:
    """Odds with a meter above; they open what they were computed from."""
    share = round(100 * min(1.0, max(0.0, value)))
    return (
        '<div class="odds">'
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bed" width="100" height="8" rx="4"/>'
        f'<rect class="full" width="{share}" height="8" rx="4"/></svg>'
        f"{door(evidence, escape(odds(value)))}</div>"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; the last column holds dates."""
    names = "".join(f'<th scope="col">{name}</th>' if name else "<td></td>" for name in head)
    body = "".join(
        f'<tr>{"".join(f"<td>{cell}</td>" for cell in row[:-1])}<td class="day">{row[-1]}</td></tr>'
        for row in rows
    )
    return f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def fold(title: str, body: str, name: str = "") -> str:
    """Something that is opened by whoever wants it."""
    kind = f' class="{name}"' if name else ""
    return f"<details{kind}><summary>{title}</summary>{body}</details>"


def wide(title: str, body: str) -> str:
    """A fold on a phone; where there is room, and on paper, it stands open without its title."""
    return fold(title, body, "wide")


def deep(title: str, body: str) -> str:
    """A fold within one for phones: there and on paper it stands open, where there is room it is closed."""
    return fold(title, body, "deep")
