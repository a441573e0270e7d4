"""What is ahead as one page in one file: the sentence, what to do, the parts that the ideas meet, room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from colead.ahead import Ahead, Exposed, Idea, Meeting, Reserve, Stretch
from colead.evidence import Figure, State
from colead.phrase import day, number, odds, plural, short
from colead.writers.ahead import UNPROVED
from colead.writers.frame import head, styled
from colead.writers.parts import NAME
from colead.writers.pictures.exposed import exposed
from colead.writers.proof import evidence, rows
from colead.writers.tags import door, fold, linked, safe, silent, table, tech

SENTENCE = 600
MET = 3  # ideas named beside a part
PARTS = ("part, and the ideas that meet it", "changes a fix followed", "odds that one follows")
STRETCHES = ("six weeks up to", "slots said", "health that landed", "as many")
UNKNOWN = "none"


@dataclass(frozen=True)
class Opened:
    """Addresses of pages that ideas and parts have where this page is shown; none in a file."""

    ideas: Mapping[str, str] = field(default_factory=dict)  # by source
    parts: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by repository and key


def html(told: Ahead) -> str:
    """The page as text; every number opens its row of the evidence."""
    title = f"What the coming ideas meet: {safe(', '.join(told.repositories), 120)}"
    made = f"Colead {told.version}, {told.schema}. It says what is likely and why; people decide."
    switch = '<label class="switch"><input type="checkbox" id="technical">technical reading</label>'
    counted = f"counted from {day(date.fromisoformat(told.today))}"
    return (
        f"{head(title, told.version, styled('exposed'))}"
        f'<body><header class="top"><span><b>colead balance --ahead</b></span><span>{counted}</span>{switch}'
        f"</header><main><h1>{title}</h1>{exposure(told)}{room(told)}{repairs(told)}{sure(told)}"
        f'{evidence(proof(told))}</main><footer class="foot"><p>{safe(made)}</p></footer></body></html>\n'
    )


def proof(told: Ahead) -> str:
    """The rows of the evidence."""
    names = {one.expected.evidence: one.name for one in told.places}
    names |= {
        met.chance.evidence: f"{told.ideas[met.idea].title}, {one.name}"
        for one in told.places
        for met in one.meetings
    }
    return rows(told.evidence, names, told)


def exposure(told: Ahead, opened: Opened | None = None) -> str:
    """The sentence, what to do, and which parts the ideas meet."""
    state = next(one.state for one in told.coverage if one.part == "exposure")
    quiet = "" if state is State.FINDING or not told.ideas else silent(state)
    figures = [each for one in told.places[:1] for each in (one.odds, one.usual_odds, one.needed)]
    advice = f"<p>{linked(told.advice, figures)}</p>" if told.advice else ""
    return (
        f'<p class="verdict">{safe(told.sentence, SENTENCE)}</p>{quiet}{advice}'
        f"{_parts(told, opened or Opened())}{_uncounted(told, opened or Opened())}"
    )


def _section(title: str, body: str, name: str = "") -> str:
    return f'<section class="below drawn"{name}><h2>{title}</h2>{body}</section>'


# --- the parts ----------------------------------------------------------------------------------


def _parts(told: Ahead, opened: Opened) -> str:
    if not told.places:
        return ""
    key = (
        '<p class="key"><span>Of 100 past changes in the part:</span><span><i class="k-dot"></i>that a fix'
        ' followed</span><span><i class="k range"></i>9 in 10 within</span>'
        '<span><i class="k usual"></i>in the usual part</span></p>'
    )
    picture = exposed(told.places, told.usual_share, finding(told))
    drawn = f"{picture}{key}" if picture else ""
    cells = [_cells(one, told, opened) for one in told.places]
    rest = f"And {plural(told.more, 'more part')}, less likely."
    more = f'<p class="small soft">{rest}</p>' if told.more else ""
    lines = "".join(tech(one.technical) for one in told.places)
    return _section(safe(finding(told), SENTENCE), f"{drawn}{table(PARTS, cells)}{more}{lines}")


def finding(told: Ahead) -> str:
    """How many of the parts needed fixes more often than is usual, a sentence."""
    known = [one for one in told.places if one.needed]
    more = sum(one.more for one in known)
    if not known:
        return "No part that the ideas meet has enough changes to tell how often a fix followed."
    said = plural(len(told.places), "part")
    if not more:
        return f"Of the {said} that the ideas meet most, none needed fixes clearly more often than usual."
    return f"Of the {said} that the ideas meet most, {number(more)} needed fixes more often than usual."


def _cells(one: Exposed, told: Ahead, opened: Opened) -> tuple[str, str, str]:
    several = len(told.repositories) > 1
    name = safe(f"{one.repository}: {one.name}" if several else one.name, NAME)
    page = opened.parts.get((one.repository, one.component))
    named = f'<a href="{escape(page)}"><b>{name}</b></a>' if page else f"<b>{name}</b>"
    usual = f" (usual: {escape(short(one.usual_odds.value))})" if one.usual_odds else ""
    follows = f"{door(one.odds.evidence, escape(odds(one.odds.value)))}{usual}"
    return f"{named}<br>{_ideas(one.meetings, told.ideas, opened)}", _needed(one), follows


def _ideas(met: Sequence[Meeting], ideas: Sequence[Idea], opened: Opened) -> str:
    """The ideas that meet a part, likeliest first."""
    named = [
        f"{_idea(ideas[one.idea], opened)}, {door(one.chance.evidence, escape(odds(one.chance.value)))}"
        for one in met[:MET]
    ]
    more = [f"and {len(met) - MET} more"] if len(met) > MET else []
    return "<br>".join([*named, *more])


def _idea(one: Idea, opened: Opened) -> str:
    title = safe(one.title or one.source, NAME)
    page = opened.ideas.get(one.source)
    return f'<a href="{escape(page)}">{title}</a>' if page else title


def _needed(one: Exposed) -> str:
    if one.needed is None:
        return f"too few changes ({one.changes})"
    low, high = (100 * (end or 0.0) for end in (one.needed.low, one.needed.high))
    share = door(one.needed.evidence, f"{100 * one.needed.value:.0f} of 100")
    return f"{share} ({low:.0f} to {high:.0f})"


def _uncounted(told: Ahead, opened: Opened) -> str:
    """Ideas that something is to be said of: without parts, or with parts that are a guess."""
    noted = [one for one in told.ideas if one.note]
    if not noted:
        return ""
    lines = "".join(f"<li>{_idea(one, opened)}: {safe(one.note)}.</li>" for one in noted)
    said = plural(len(noted), "idea").capitalize()
    return fold(f"{said} of {len(told.ideas)} of which less is known", f'<ul class="small">{lines}</ul>')


# --- the room -----------------------------------------------------------------------------------


def room(told: Ahead) -> str:
    """The reserve of the coming six weeks, and how such a reserve did before."""
    if told.reserve is None:
        gone = next(one for one in told.coverage if one.part == "reserve")
        return _section("Room for health", f"{silent(gone.state)}<p>{safe(gone.note, SENTENCE)}</p>")
    one = told.reserve
    figures = (one.slots, one.landings)
    fill = ""
    if one.candidates:
        names = ", ".join(safe(each, NAME) for each in one.candidates)
        fill = f"<p>To look at first, since the ideas meet them: {names}.</p>"
    past = " ".join(filter(None, (one.lately, one.record)))
    body = f'<p>{linked(one.sentence, figures)}</p>{fill}<p class="small soft">{safe(past, SENTENCE)}</p>'
    return _section("Room for health", f"{body}{_stretches(one)}{tech(one.technical)}", ' id="room"')


def _stretches(told: Reserve) -> str:
    if not told.stretches:
        return ""
    return fold("The past stretches as a table", table(STRETCHES, map(_stretch, told.stretches)))


def _stretch(one: Stretch) -> tuple[str, str, str, str]:
    ends = day(date.fromisoformat(one.ends))
    health = door(one.health.evidence, _ranged(one.health))
    kept = {"reached": "yes", "below": "no"}.get(one.kept, one.kept)
    return ends, door(one.slots.evidence, _ranged(one.slots)), health, kept


def _ranged(one: Figure) -> str:
    low, high = round(one.low or 0.0), round(one.high or 0.0)
    return f"about {one.value:.0f}" if low == high else f"about {one.value:.0f} ({low} to {high})"


def repairs(told: Ahead) -> str:
    """The repairs that are written down, with what somebody says that they will gain."""
    if not told.estimates:
        return ""
    items = "".join(f"<li>{safe(one.sentence, SENTENCE)}{tech(one.technical)}</li>" for one in told.estimates)
    return _section("Repairs written down", f'<ul class="plainlist">{items}</ul>')


def sure(told: Ahead) -> str:
    """What was not looked at, and how sure the rest is."""
    kinds = ("exposure", "reserve") if told.ideas else ("reserve",)
    looked = [one for one in told.coverage if one.note and one.part in kinds]
    notes = [f"{one.part.capitalize()}: {one.note}" for one in looked]
    lines = "".join(f"<p>{safe(one, SENTENCE)}</p>" for one in (*notes, *told.notes, UNPROVED))
    return f'<section class="below small soft">{lines}</section>'
