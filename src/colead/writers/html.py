"""HTML: the reading as one page in one file: an open book, problem on the left, approach on the right.

It loads nothing, works without JavaScript, prints on one sheet of A4, and can
be answered in place.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from html import escape

from colead.question import Side
from colead.reading import Reading
from colead.spec import Answer, Said
from colead.writers.across import across
from colead.writers.frame import asset, head, styled
from colead.writers.parts import NAME, dated, missing, not_analysed, notes, read, spec_file, stopped, unread
from colead.writers.proof import proof
from colead.writers.sides import approach, problem
from colead.writers.tags import line, mark, safe

DENSITY = {"dense": 18, "densest": 32, "packed": 58}  # lines of the book from which the print is set smaller
MARK = {Said.ANSWERED: "on", Said.HALF: "half", Said.OPEN: ""}
WORD = {Said.ANSWERED: "Answered", Said.HALF: "Half answered", Said.OPEN: "Open"}


def html(reading: Reading) -> str:
    """The page as text; every number on it is a link to its row of the evidence table."""
    title = safe(reading.spec.title, 120) or "A spec without a title"
    style, script = styled("map"), asset("page.js")
    body = (
        f'<body>{_top(reading)}<main data-key="{_key(reading)}" data-title="{title}"><h1>{title}</h1>'
        f"{verdict(reading)}{three(reading)}"
        '<article class="book" aria-label="The reading">'
        f"{problem(reading)}{approach(reading)}{across(reading)}</article>"
        f"{read_on(reading)}{proof(reading)}</main>{_foot(reading)}<script>{script}</script></body></html>\n"
    )
    return head(title, reading.version, style, script, _density(reading)) + body


def _density(reading: Reading) -> str:
    """How small the print must be for one sheet of A4, told by about how many lines the page has."""
    owed = Counter(one.side for one in reading.questions)
    left = (
        6 + (len(reading.spec.problem[:420]) + len(reading.spec.known[:210])) // 60 + 5 * owed[Side.PRODUCT]
    )
    right = 3 * len(reading.touches) + 4 * len(reading.partners) + 5 * owed[Side.ENGINEERING]
    lines = max(left, right) + 3 * (owed[Side.BOTH] + 1) // 2 * 2 + 5 * len(reading.tradeoffs)
    kinds = [name for name, least in DENSITY.items() if lines > least]
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _key(reading: Reading) -> str:
    """Names this reading in the browser's memory: the spec as it was and the commits it was read against."""
    told = " ".join([reading.spec.digest, *(one.tip for one in reading.repositories)])
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def _top(reading: Reading) -> str:
    tips = ", ".join(
        f"{safe(one.name, NAME)} at <code>{safe(one.tip[:7])}</code>" for one in reading.repositories
    )
    told = [
        f"<b>{escape(spec_file(reading))}</b>",
        f"read on {escape(dated(reading.today, reading))}",
        tips,
    ]
    spans = "".join(f"<span>{one}</span>" for one in told if one)
    switch = '<label class="switch"><input type="checkbox" id="technical">technical reading</label>'
    return f'<header class="top">{spans}{switch}</header>'


def verdict(reading: Reading) -> str:
    """The verdict; its strong parts lead to where the page tells more about them."""
    sentence = safe(reading.verdict.sentence, 2_000)
    for part in (safe(one, 2_000) for one in reading.verdict.strong):
        place = "#timeline" if reading.timeline and (" in 10" in part or " in 20" in part) else "#touches"
        if part:
            sentence = sentence.replace(part, f'<b><a class="fig-part" href="{place}">{part}</a></b>', 1)
    return f'<p class="verdict">{sentence}</p>'


def three(reading: Reading) -> str:
    """The three questions, each quoted from the spec, half answered or open."""
    rows = "".join(_answer(one) for one in reading.answers)
    return f'<section aria-label="The three questions"><ol class="three">{rows}</ol></section>'


def _answer(one: Answer) -> str:
    quote = f" “{safe(one.quote)}”{line(one.line)}" if one.quote else ""
    sign, word, absent = MARK[one.said], WORD[one.said], f" {safe(missing(one))}"
    if not_analysed(one):
        head, _, tail = safe(one.missing).partition(": ")
        sign, word, absent = "dotted", head, f" {tail[:1].upper()}{tail[1:]}"
    return (
        f"<li>{mark(sign)}<div><h2>{safe(one.question)}</h2>"
        f'<p><span class="word">{word}.</span>{quote}{absent}</p></div></li>'
    )


def read_on(reading: Reading) -> str:
    """What was read, what was not, and what the team's corrections changed."""
    rows = "".join(
        f"<li>{escape(name)}: {state}{'. ' + escape(why) if why else ''}</li>"
        for name, state, why in unread(reading)
    )
    told = "; ".join([read(reading), *notes(reading)])
    used = "".join(f"<li>{safe(one.sentence, 400)}</li>" for one in reading.corrections)
    learnt = f'<ul class="small soft">{used}</ul>' if used else ""
    silence = f'<ul class="small soft">{rows}</ul>' if rows else ""
    return (
        '<section class="below" aria-labelledby="r"><h2 id="r">What was read</h2>'
        f'<p class="small soft">{escape(stopped(told))}</p>{learnt}{silence}</section>'
    )


def _foot(reading: Reading) -> str:
    made = f"Colead {reading.version}, {reading.schema}, counted from {dated(reading.today, reading)}"
    told = (
        f"{safe(made)}, spec {safe(reading.spec.digest[:12])}. It says what is likely and why; people decide."
    )
    return f'<footer class="foot"><p>{told}</p></footer>'
