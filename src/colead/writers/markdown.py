"""Markdown: a reading as a comment on an issue or a pull request: a dozen lines, the rest folded.

Text of the spec and of repositories is written so that it can only be read: no
mention, no reference to another issue, no link, no picture, no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from colead.evidence import State
from colead.fragility import Level
from colead.partner import Partner
from colead.phrase import number, odds
from colead.question import Question, Side
from colead.reading import Reading, Touched
from colead.touch import Touch
from colead.writers.about import subjects
from colead.writers.links import Linked, last_time, reason
from colead.writers.parts import (
    MARKS,
    NAME,
    PARTS,
    QUOTE,
    after_colon,
    fragile_told,
    if_we,
    level,
    missing,
    not_analysed,
    notes,
    numbered,
    question_of,
    read,
    said,
    silence,
    spread_told,
    started,
    stopped,
    struck_by,
    timeline_told,
    unread_line,
    where,
)

VISIBLE = 12  # lines before something is folded
ASKED = 3  # questions that stand unfolded
BREAK = "\u200b"  # a space of no width, so that a forge sees no mention, reference or address
PUNCTUATION = re.compile(r"([\\`*_\[\]|~$])")
CALLS = re.compile(r"[@#](?=.)|:(?=//)|www(?=\.)|gh(?=-)", re.IGNORECASE)
TOPICS = {"Q01": "problem", "Q02": "metric", "Q03": "simplest test"}
SIDES = {Side.PRODUCT: "product", Side.ENGINEERING: "engineering", Side.BOTH: "both"}


def inert(text: str, most: int = QUOTE) -> str:
    """Text that no Markdown renderer will do anything with but show it."""
    told = CALLS.sub(rf"\g<0>{BREAK}", said(text, most))
    told = told.replace("&", "&amp;").replace("<", "&lt;")
    return PUNCTUATION.sub(r"\\\1", told)


def markdown(reading: Reading) -> str:
    """The reading with at most twelve visible lines; all text of others made inert."""
    seen = [f"**{inert(reading.spec.title, 120)}**: {_strong(reading)}", "", *_seen(reading), ""]
    folded = ["<details><summary>The whole reading</summary>", "", *_folded(reading), "", "</details>"]
    return "\n".join([*seen, *folded]) + "\n"


def _strong(reading: Reading) -> str:
    sentence = inert(reading.verdict.sentence, 2_000)
    for part in (inert(one, 2_000) for one in reading.verdict.strong):
        sentence = sentence.replace(part, f"**{part}**", 1) if part else sentence
    return sentence


def _seen(reading: Reading) -> Iterator[str]:
    yield f"- **In the spec:** {' · '.join(_answer_words(reading))}"
    yield f"- **Touches:** {silence(reading, 'touches', reading.touches) or _touches(reading)}"
    if reading.partners:
        more = _more(len(reading.partners) - 1)
        yield f"- **Not mentioned, often changed along:** {_partner(reading.partners[0], reading)}{more}"
    yield from (f"- {_question(place, one)}" for place, one in numbered(reading)[:ASKED])
    if reading.timeline:
        yield f"- **Timeline:** {inert(timeline_told(reading.timeline), 600)}"
    if reading.tradeoffs:
        first = reading.tradeoffs[0]
        told = inert(after_colon(first.sentence))
        yield f"- **{inert(if_we(first))}:** {told}{_more(len(reading.tradeoffs) - 1)}"


def _more(count: int) -> str:
    return f" (and {number(count)} more below)" if count > 0 else ""


def _answer_words(reading: Reading) -> Iterator[str]:
    for one in reading.answers:
        topic = TOPICS.get(one.code, inert(one.question))
        absent = f" ({inert(missing(one), 80)})" if missing(one) else ""
        told = f"{MARKS[one.said]} {one.said}{absent}"
        yield f"{topic} {State.NOT_ANALYSED if not_analysed(one) else told}"


def _touches(reading: Reading) -> str:
    told = [f"{_named(one.touch, reading)} ({_level(one)}{_likely(one)})" for one in reading.touches]
    return ", ".join(told)


def _named(one: Touch | Partner, reading: Reading) -> str:
    return inert(where(one.name, one.repository, reading), NAME)


def _likely(one: Touched) -> str:
    return odds(one.touch.probability.value)


def _level(one: Touched) -> str:
    return "**fragile**, " if one.fragility.level is Level.FRAGILE else ""


def _question(place: int, one: Question) -> str:
    return f"**Question {place}, for {SIDES[one.side]}:** {inert(one.ask)}"


def _partner(one: Partner, reading: Reading) -> str:
    found = question_of(one, reading)
    asked = f" {_question(*found)}" if found else ""
    return f"{_named(one, reading)}: {_page(last_time(one, one.sentence, reading))}.{asked}"


def _folded(reading: Reading) -> Iterator[str]:
    yield from _block(_answers(reading))
    yield from _block(_touch_table(reading))
    yield from _block(_list("Spread", _spread(reading)))
    yield from _block(_list("Not mentioned, often changed along", _partners(reading)))
    yield from _block(_list("Questions", _questions(reading)))
    yield from _block(_list(PARTS["tradeoffs"].capitalize(), _tradeoffs(reading)))
    yield from _block(_silences(reading))
    yield from _block(_list("Evidence", _evidence(reading)))
    told = "; ".join([read(reading), *filter(None, [unread_line(reading)]), *notes(reading)])
    yield inert(stopped(told), 600)


def _block(rows: Iterable[str]) -> Iterator[str]:
    told = list(rows)
    if told:
        yield from told
        yield ""


def _list(title: str, rows: Sequence[str]) -> Sequence[str]:
    return [f"**{title}**", "", *(f"- {row}" for row in rows)] if rows else []


def _answers(reading: Reading) -> Iterator[str]:
    for one in reading.answers:
        quote = f" “{inert(one.quote)}” (line {one.line})" if one.quote else ""
        state = inert(one.missing) if not_analysed(one) else f"{one.said}.{quote} {inert(missing(one))}"
        sign = "" if not_analysed(one) else f"{MARKS[one.said]} "
        yield f"- {sign}**{inert(one.question)}** {state}".rstrip()


def _touch_table(reading: Reading) -> Sequence[str]:
    if not reading.touches:
        return []
    rows = [_row(one, reading) for one in reading.touches]
    return ["| part | touched | fragility | why | for engineers |", "|---|---|---|---|---|", *rows]


def _row(one: Touched, reading: Reading) -> str:
    touch, fragility = one.touch, one.fragility
    cells = (
        _named(touch, reading),
        f"{_likely(one)} ({touch.probability.evidence})",
        f"{level(fragility)}: {inert(fragile_told(one))} ({fragility.changed.evidence})",
        "; ".join(_page(reason(one, touch.probability.evidence, reading, 90)) for one in touch.reasons),
        "; ".join(map(inert, [touch.technical, fragility.technical, *struck_by(one)])),
    )
    return f"| {' | '.join(cells)} |"


def _page(told: Linked) -> str:
    link = f"[{inert(told.told)}]({told.url})" if told.url.startswith(("https://", "http://")) else ""
    return f"{inert(told.before, 400)}{' ' if link else ''}{link or inert(told.told)}{inert(told.after)}"


def _spread(reading: Reading) -> Sequence[str]:
    told = reading.spread
    if told is None:
        return []
    return [f"{inert(spread_told(told))} {inert(told.technical, 400)} ({told.parts.evidence})"]


def _partners(reading: Reading) -> Sequence[str]:
    return [
        f"{_partner(one, reading)} {inert(started(one.link.sentence))} ({one.together.evidence})"
        for one in reading.partners
    ] + [f"`{inert(one.path)}`: {inert(one.sentence)} ({one.together.evidence})" for one in reading.along]


def _questions(reading: Reading) -> Sequence[str]:
    return [
        f"{_question(place, one)} {inert(one.why)} ({one.evidence or one.code})"
        for place, one in numbered(reading)
    ]


def _tradeoffs(reading: Reading) -> Sequence[str]:
    return [
        f"**{inert(if_we(one))}:** {inert(after_colon(one.sentence))} For product: "
        f"{inert(after_colon(one.product))} For engineering: {inert(after_colon(one.engineering))} "
        f"({one.here.evidence})"
        for one in reading.tradeoffs
    ]


def _silences(reading: Reading) -> Sequence[str]:
    found = {
        "touches": reading.touches,
        "spread": reading.spread,
        "partners": reading.partners,
        "questions": reading.questions,
        "timeline": reading.timeline,
        "tradeoffs": reading.tradeoffs,
    }
    told = [(PARTS[part], silence(reading, part, shown)) for part, shown in found.items()]
    return [f"- {name}: {inert(why)}" for name, why in told if why]


def _evidence(reading: Reading) -> Sequence[str]:
    names = subjects(reading)
    about = {row: f"{inert(name, NAME)}: " if name else "" for row, name in names.items()}
    return [
        f"`{one.id}` {about[one.id]}{inert(one.method, 300)} (n = {one.n:,}; {inert(one.record, 240)})"
        for one in reading.evidence
    ]
