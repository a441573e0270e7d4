"""Sides: the two pages of the open book, each finding on the side that owes the answer."""

from __future__ import annotations

from html import escape

from colead.amiss import correctable, of_partner, of_touch
from colead.fragility import Level
from colead.partner import Partner
from colead.phrase import plural
from colead.question import Question, Side
from colead.reading import Reading, Touched
from colead.spec import Light
from colead.touch import FileTouch, Touch
from colead.writers import links
from colead.writers.amiss import COMMANDS, Folds
from colead.writers.parts import (
    NAME,
    QUOTE,
    births_of,
    crossed,
    ended,
    fragile_figures,
    fragile_told,
    level,
    lights,
    numbered,
    question_of,
    silence,
    started,
    where,
)
from colead.writers.requirements import requirements
from colead.writers.tags import chance, deep, fold, line, linked, outside, safe, silent, tech, wide

TOLD = 420  # characters of the problem that the page repeats from the spec
OWED = {Side.PRODUCT: "by product", Side.ENGINEERING: "by engineering", Side.BOTH: "by both"}


def problem(reading: Reading) -> str:
    """The left page: the problem in the spec's own words, and the answers that product owes."""
    return (
        '<section class="side problem" aria-labelledby="p"><header><h2 id="p">Problem</h2>'
        '<span class="small soft">product owns it</span></header>'
        f"{_told(reading)}{owed(reading, Side.PRODUCT)}{_no_questions(reading)}</section>"
    )


def _told(reading: Reading) -> str:
    """What the spec says of the problem, how it is known, what is out, and what it does not say."""
    spec, light = reading.spec, lights(reading)
    none = silence(reading, "answers", ()) if not light else "The spec says nothing of a problem."
    told = f"<p>{safe(spec.problem, TOLD)}</p>" if spec.problem else silent(none)
    known = f"<div><h3>How we know</h3><p>{safe(spec.known, TOLD // 2)}</p></div>" if spec.known else ""
    out = "".join(_out(one) for one in reading.lights if one.on and one.name == "not in scope")
    said = f'<p class="lights small soft">{safe(light)}</p>' if light else ""
    return f'<div class="says">{told}{known}{out}{said}</div>'


def _out(one: Light) -> str:
    return f"<div><h3>Not in scope</h3><p>{safe(one.quote)}{line(one.line)}</p></div>"


def approach(reading: Reading) -> str:
    """The right page: touches, partners, spread, and the answers that engineering owes."""
    return (
        '<section class="side solution" aria-labelledby="s"><header><h2 id="s">Approach</h2>'
        f'<span class="small soft">engineering owns it</span></header>{findings(reading)}</section>'
    )


def findings(reading: Reading, *, fields: bool = True, folds: Folds = COMMANDS) -> str:
    """What the right page tells below its header; with fields to answer in, where wanted.

    `folds` let readers say what is wrong.
    """
    first = _touches(reading, fields, folds) + _partners(reading, fields, folds)
    more = _spread(reading) + _files(reading) + requirements(reading)
    if not fields:
        more = wide("spread, files, requirements", f'<div class="more">{more}</div>')
    return f"{first}{owed(reading, Side.ENGINEERING, fields=fields)}{more}"


def owed(reading: Reading, side: Side, *, fields: bool = True) -> str:
    """The questions that a side owes an answer to, each with a field where wanted; "" when there are none."""
    asked = [(number, one) for number, one in numbered(reading) if one.side is side]
    if not asked:
        return ""
    count = plural(len(asked), "answer is owed", "answers are owed")
    rows = "".join(f"<li>{_question(number, one, fields)}</li>" for number, one in asked)
    return f'<div class="owed"><h3>{count.capitalize()} {OWED[side]}</h3><ul>{rows}</ul></div>'


def _question(number: int, one: Question, fields: bool) -> str:
    why = linked(one.why, (), one.evidence) if one.why else ""
    told = f'<span class="why">{why}{line(one.line)}</span>'
    return f"{_asked(number, one, fields)}{told}{_field(number, one, fields)}"


def _asked(number: int, one: Question, fields: bool, name: str = "") -> str:
    told = f"<b>{safe(one.ask)}</b>"
    return f'<label{name} for="a{number}">{told}</label>' if fields else f"<span{name}>{told}</span>"


def _field(number: int, one: Question, fields: bool) -> str:
    if not fields:
        return ""
    return (
        f'<textarea id="a{number}" rows="1" data-code="{safe(one.code)}" data-ask="{safe(one.ask)}"'
        ' placeholder="Answer here"></textarea>'
    )


def _no_questions(reading: Reading) -> str:
    told = silence(reading, "questions", reading.questions)
    return f"<div><h3>Questions</h3>{silent(told)}</div>" if told else ""


def _touches(reading: Reading, fields: bool, folds: Folds) -> str:
    told = silence(reading, "touches", reading.touches)
    rows = "".join(_touched(one, reading, fields, folds) for one in reading.touches)
    body = silent(told) if told else f"<ul>{rows}</ul>{folds.missing(reading)}"
    return f'<div id="touches"><h3>What it will probably touch</h3>{body}</div>'


def _touched(one: Touched, reading: Reading, fields: bool, folds: Folds) -> str:
    touch, fragility = one.touch, one.fragility
    sign = "▲ " if fragility.level is Level.FRAGILE else ""
    tag = f'<span class="tag {fragility.level}">{sign}{level(fragility)}</span>'
    sentence = f'<span class="why fact-line">{linked(fragile_told(one), fragile_figures(one))}</span>'
    body = _reasons(touch, reading) + tech(touch.technical) + tech(fragility.technical) + _incidents(one)
    body += folds.wrong(of_touch(touch), reading)
    told = f"{sentence}{body}" if fields else wide("why", sentence + deep("why it is touched", body))
    return (
        f'<li class="fact">{chance(touch.probability.value, touch.probability.evidence)}'
        f"<div><b>{escape(where(touch.name, touch.repository, reading))}</b>"
        f' <span class="soft small">{touch.kind}</span> {tag}{told}</div></li>'
    )


def _reasons(touch: Touch, reading: Reading) -> str:
    """Why a part is touched, in the words of the spec and of past changes."""
    reasons = "; ".join(_reason(one, touch.probability.evidence, reading) for one in touch.reasons)
    guess = "a guess, the evidence is thin; " if touch.thin else ""
    return f'<span class="why reason">{guess}{reasons}</span>{_births(touch, reading)}'


def _incidents(one: Touched) -> str:
    """The incidents of a part with the words that each match rests on, folded."""
    if one.incidents is None:
        return ""
    rows = "".join(
        f'<li>{outside(each.url, safe(each.title, QUOTE))} <span class="soft">{each.day}</span>'
        f'<span class="why">{safe(each.why)}: “{safe(each.quote, QUOTE)}”</span></li>'
        for each in one.incidents.struck
    )
    return fold(safe(started(one.incidents.sentence), QUOTE), f"<ul>{rows}</ul>")


def _births(touch: Touch, reading: Reading) -> str:
    """Where changes of the part bring new files; not printed, where room is short."""
    return "".join(
        f'<span class="why born">{linked(one.sentence, (one.times, one.of))}</span>{tech(one.technical)}'
        for one in births_of(touch, reading)
    )


def _reason(text: str, evidence: str, reading: Reading) -> str:
    told = links.reason(text, evidence, reading, 90)
    return f"{escape(told.before)}{outside(told.url, escape(told.told))}{escape(told.after)}"


def _partners(reading: Reading, fields: bool, folds: Folds) -> str:
    told = silence(reading, "partners", reading.partners)
    if told:
        return f"<div><h3>Not mentioned, often changed along</h3>{silent(told)}{_along(reading)}</div>"
    rows = "".join(_partner(one, reading, fields, folds) for one in reading.partners)
    head = "<h3>Not mentioned, often changed along</h3>"
    return f'<div class="owed">{head}<ul>{rows}</ul>{_along(reading)}</div>'


def _along(reading: Reading) -> str:
    """Single files, for whoever wants them."""
    rows = "".join(
        f'<li><code>{safe(one.path, QUOTE)}</code><span class="why">'
        f"{linked(one.sentence, (one.together, one.times, one.chance))}</span>{tech(one.technical)}</li>"
        for one in reading.along
    )
    return fold(f"Files that often changed along ({len(reading.along)})", f"<ul>{rows}</ul>") if rows else ""


def _partner(one: Partner, reading: Reading, fields: bool, folds: Folds) -> str:
    found = question_of(one, reading)
    ask = f'<span class="why ask">To ask: {safe(one.ask)}</span>' if one.ask else ""
    if found:
        ask = _asked(*found, fields, ' class="asks"') + _field(*found, fields)
    amiss = folds.wrong(of_partner(one, reading), reading) if correctable(one) else ""
    told = (
        f'<span class="why">{_together(one, reading)}</span>'
        f'<span class="why">{safe(started(one.link.sentence))}</span>'
        f"{ask}{tech(one.technical)}{amiss}"
    )
    return (
        f"<li><b>{escape(where(one.name, one.repository, reading))}</b>"
        f"{told if fields else wide('how often', told)}</li>"
    )


def _together(one: Partner, reading: Reading) -> str:
    told = links.last_time(one, one.sentence, reading)
    before, after = (_counted(text, one) for text in (told.before, told.after))
    return f"{before}{' ' if told.told else ''}{outside(told.url, escape(told.told))}{after}"


def _counted(text: str, one: Partner) -> str:
    figures = (one.together, one.times, one.chance)
    return linked(text, figures) if any(map(str.isdigit, text)) else escape(text)


def _spread(reading: Reading) -> str:
    told = reading.spread
    if told is None:
        return f"<div><h3>Spread</h3>{silent(silence(reading, 'spread', None))}</div>"
    sentences = {one: linked(one.sentence, (one.chance, one.usual)) for one in told.crossings}
    seen = [
        linked(ended(told.sentence), (told.parts, told.usual)),
        *(sentences[one] for one in crossed(told)),
    ]
    rest = "".join(f'<p class="tech">{sentences[one]}</p>' for one in told.crossings if not one.told)
    return f'<div><p class="small soft">Spread: {" ".join(seen)}</p>{tech(told.technical)}{rest}</div>'


def _files(reading: Reading) -> str:
    if not reading.files:
        return ""
    rows = "".join(_file(one, reading) for one in reading.files)
    return fold(f"The likeliest files ({len(reading.files)})", f"<ul>{rows}</ul>")


def _file(one: FileTouch, reading: Reading) -> str:
    repository = f"{safe(one.repository, NAME)}: " if len(reading.repositories) > 1 else ""
    reasons = "; ".join(_reason(why, one.probability.evidence, reading) for why in one.reasons)
    return (
        f'<li class="fact">{chance(one.probability.value, one.probability.evidence)}'
        f'<div><code>{repository}{safe(one.path, QUOTE)}</code><span class="why">{reasons}</span></div></li>'
    )
