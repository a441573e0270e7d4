"""Resources of questions: what an idea leaves unclear, and the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.shortcuts import get_object_or_404

from colead.web.api import shapes
from colead.web.api.call import Call
from colead.web.api.formed import formed
from colead.web.api.problem import Problem
from colead.web.api.routes import Page, route
from colead.web.api.shapes import limited
from colead.web.briefs.texts import IDEA
from colead.web.questions import wire
from colead.web.questions.forms import Answer, Ask
from colead.web.questions.models import ASKED, LONGEST, Closed, Question

ONE = f"{IDEA}/questions/<int:question>"


@dataclass(frozen=True)
class NewQuestion:
    """A question to a side."""

    ask: str = limited(ASKED, least=1)
    side: Literal["product", "engineering", "both"] = "both"


@dataclass(frozen=True)
class Said:
    """An answer, or why it is not relevant."""

    text: str = limited(LONGEST, least=1)


@dataclass(frozen=True)
class AskedBack:
    """What one wants to know first."""

    text: str = limited(1_000, least=1)


def _found(call: Call, number: int, question: int) -> Question:
    asked = Question.objects.filter(brief=call.brief(number)).select_related("brief", "by")
    one: Question = get_object_or_404(asked, pk=question)
    one.area = one.brief.area = call.area
    return one


def _owed(call: Call, number: int, question: int) -> Question:
    one = _found(call, number, question)
    call.demand(one.may_answer(call.membership), f"The answer is owed by {one.turn}.")
    return one


def _once(deed: Callable[[], object]) -> None:
    """Do it; a problem with what was said where somebody was faster."""
    try:
        deed()
    except Closed as closed:
        stands = {"how": closed.question.how, "answer": closed.question.answer}
        raise Problem(409, "closed", "It is closed, or somebody else has it now.", stands=stands) from closed


@route("GET", f"{IDEA}/questions", page="questions")
def questions(call: Call, number: int) -> Page[wire.Question]:
    """The questions on an idea, with their answers."""
    asked = Question.objects.filter(brief=call.brief(number))
    return call.page(asked.select_related("brief", "by"), wire.of)


@route("GET", ONE, page="question")
def question(call: Call, number: int, question: int) -> wire.Question:
    """One question."""
    return wire.of(_found(call, number, question))


@route("POST", f"{IDEA}/questions", status=201)
def ask_question(call: Call, number: int, told: NewQuestion) -> wire.Question:
    """Ask a side."""
    call.takes_part()
    given = formed(Ask(shapes.told(told)))
    return wire.of(Question.objects.ask(call.brief(number), call.person, given["side"], given["ask"]))


@route("PUT", f"{ONE}/answer")
def answer_question(call: Call, number: int, question: int, told: Said) -> wire.Question:
    """Answer it; the answer is written into the text of one's side."""
    one, text = _owed(call, number, question), formed(Answer(shapes.told(told)))["text"]
    _once(lambda: one.answer_with(call.person, call.membership.side, text))
    return wire.of(_found(call, number, question))


@route("PUT", f"{ONE}/aside")
def set_question_aside(call: Call, number: int, question: int, told: Said) -> wire.Question:
    """Say why it is not relevant."""
    one, text = _owed(call, number, question), formed(Answer(shapes.told(told)))["text"]
    _once(lambda: one.set_aside(call.person, text))
    return wire.of(_found(call, number, question))


@route("POST", f"{ONE}/turns", status=201)
def ask_back(call: Call, number: int, question: int, told: AskedBack) -> wire.Question:
    """Hand it to the other side with a question of one's own."""
    one, text = _owed(call, number, question), formed(Answer(shapes.told(told)))["text"]
    _once(lambda: one.ask_back(call.person, call.membership.side, text))
    return wire.of(_found(call, number, question))
