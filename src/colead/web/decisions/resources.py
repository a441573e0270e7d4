"""Resources of decisions: what is asked and decided; the call, choice and doubts stand in deciding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from colead.readers.sections import LARGEST
from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited, unfit
from colead.web.areas.resources import AREA
from colead.web.decisions import wire
from colead.web.decisions.deciding import ONE, WORDS, seen, settled
from colead.web.decisions.files import ALONG, FETCHED, take
from colead.web.decisions.forms import Question
from colead.web.decisions.models import Decision, Stale
from colead.web.decisions.models.decision import LONGEST, LONGEST_QUESTION, MOST
from colead.web.decisions.readings import read_later
from colead.web.jobs import wire as jobs

Spaces = Literal["problem", "solution", "outcome"]


@dataclass(frozen=True)
class NewOption:
    """One of the ways that a decision may go; `id` of one that stands already."""

    name: str = limited(LONGEST_QUESTION, least=1)
    text: str = limited(LONGEST, default="")
    follows: str = limited(LONGEST, default="")
    id: int = 0


@dataclass(frozen=True)
class NewDecision:
    """A question for whoever owns it; `instead` is the number of the decision that the answer replaces."""

    question: str = limited(LONGEST_QUESTION, least=1)
    space: Spaces = "solution"
    background: str = limited(LONGEST, default="")
    options: tuple[NewOption, ...] = ()
    idea: int | None = None
    instead: int | None = None


@dataclass(frozen=True)
class NewWording:
    """Another wording over the version that one has read (else If-Match says it)."""

    question: str = limited(LONGEST_QUESTION, least=1)
    space: Spaces = "solution"
    background: str = limited(LONGEST, default="")
    options: tuple[NewOption, ...] = ()
    over: int | None = None


@dataclass(frozen=True)
class NewFile:
    """A Markdown file in the MADR form: its name and its text."""

    name: str = limited(200, least=1)
    text: str = limited(LARGEST, least=1)


@dataclass(frozen=True)
class NewFiles:
    """Markdown files that are brought in."""

    files: tuple[NewFile, ...]


def form_of(told: NewDecision | NewWording) -> Question:
    """What was sent, in the form of the page."""
    if len(told.options) > MOST:
        raise unfit("options", f"has to be a list of at most {MOST}")
    rows: dict[str, Any] = {"over": 1, "question": told.question, "space": told.space}
    rows["background"] = told.background
    for place, one in enumerate(told.options):
        rows |= {f"name_{place}": one.name, f"text_{place}": one.text}
        rows |= {f"follows_{place}": one.follows, f"pk_{place}": one.id}
    form = Question(rows)
    formed(form)
    return form


@route("GET", f"{AREA}/decisions", page="decisions")
def decisions(call: Call) -> Page[wire.Decision]:
    """The decisions of the area."""
    found = call.area.decisions.select_related(*ALONG).prefetch_related(*FETCHED)

    def of(one: Decision) -> wire.Decision:
        one.area = call.area
        return wire.of(one)

    return call.page(found, of)


@route("GET", ONE, page="decision")
def decision(call: Call, number: int) -> wire.Decision:
    """One decision."""
    return wire.of(seen(call, number).decision)


@route("POST", f"{AREA}/decisions", status=201)
def ask_to_decide(call: Call, told: NewDecision) -> wire.Decision:
    """Put a question to whoever owns it; with `instead`, the answer replaces an earlier decision."""
    call.takes_part()
    form = form_of(told)
    before = seen(call, told.instead).decision if told.instead is not None else None
    brief = call.brief(told.idea) if told.idea is not None else before.brief if before else None
    texts = form.texts
    made = Decision.objects.ask(
        call.area, call.person, texts["question"], texts["space"],
        background=texts["background"], options=form.options, brief=brief, before=before,
    )  # fmt: skip
    return decision(call, made.number)


@route("POST", f"{AREA}/decisions/files")
def bring_decisions(call: Call, told: NewFiles) -> wire.Brought:
    """Bring decisions in as MADR files; what is here and says something else is not overwritten."""
    call.takes_part()
    taken = take(call.membership, [(one.name, one.text.encode()) for one in told.files])
    return wire.Brought(tuple(map(wire.brought, taken)))


@route("PUT", f"{ONE}/text", lifts=True)
def reword_decision(call: Call, number: int, told: NewWording) -> wire.Decision:
    """Word it differently, as long as nothing is decided; who asked and the side that decides do."""
    page = seen(call, number)
    call.demand(page.may_word, WORDS)
    over, form = call.over(told.over), form_of(told)
    try:
        page.decision.reword(call.person, form.texts, form.options, over=over)
    except Stale as stale:
        if stale.decision.settled:
            raise settled(stale.decision) from stale
        stands = {"version": stale.decision.version, "text": stale.decision.worded}
        why = "Somebody saved another version in the meantime; nothing of yours was saved."
        raise Problem(call.stale_status, "stale", why, param="over", stands=stands) from stale
    return decision(call, number)


@route("POST", f"{ONE}/readings", status=202)
def read_options(call: Call, number: int) -> jobs.Job:
    """Read its options against the area's repositories; 409 where there is nothing to read."""
    call.takes_part()
    asked = read_later(seen(call, number).decision, call.person)
    if asked is None:
        raise Problem(409, "nothing-to-read", "No option says what would be done, or no repository is there.")
    return jobs.job(asked)
