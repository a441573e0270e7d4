"""Verdict: the one sentence on top of a reading, in words that product and engineering both use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from colead import phrase
from colead.evidence import Coverage, State
from colead.forecast import Forecast
from colead.fragility import Level
from colead.partner import Partner
from colead.question import Question
from colead.reading import Touched, Verdict
from colead.spec import Answer, Said

UNTOUCHED = {
    State.NOTHING: "no part of the code was recognised in it",
    State.TOO_LITTLE: "there is too little to say what it touches",
}
FOREIGN = "the spec is not in English, so what it leaves open was not analysed"
MANY = {"service": "services", "package": "packages", "library": "libraries"}


def verdict(
    answers: Sequence[Answer],
    touches: Sequence[Touched],
    partners: Sequence[Partner],
    questions: Sequence[Question],
    timeline: Forecast | None,
    coverage: Sequence[Coverage],
    *,
    today: date,
) -> Verdict:
    """Say what matters in one sentence; each `strong` part stands verbatim in it."""
    foreign = any(one.part == "answers" and one.state is State.NOT_ANALYSED for one in coverage)
    told = (
        "the spec is not in English, so what it leaves open was not analysed"
        if foreign
        else _problem(answers),
        _touches(touches, coverage),
        _unclear([] if foreign else answers, questions),
        _partners(partners),
        _date(timeline, today),
    )
    clauses = [clause for clause in told if clause]
    troubled = len([clause for clause in clauses if clause != told[1]]) or _fragile(touches)
    opening = "Worth discussing" if troubled else _quiet(touches)
    strong = tuple(clause for clause in (told[1], told[4]) if clause)
    return Verdict(f"{opening}: {_joined(clauses)}.", strong)


def _quiet(touches: Sequence[Touched]) -> str:
    """How a reading opens that found no trouble: where it could not tell, silence is no good news."""
    if not touches:
        return "Only the spec could be judged"
    if all(one.fragility.level is Level.UNKNOWN for one in touches):
        return "Too little history to say how fragile this is"
    return "Nothing in the way was found"


def _joined(clauses: Sequence[str]) -> str:
    if len(clauses) < 2:
        return "".join(clauses)
    return f"{'; '.join(clauses[:-1])}; and {clauses[-1]}"


def _problem(answers: Sequence[Answer]) -> str:
    problem = next((one for one in answers if one.code == "Q01"), None)
    return "no user problem is stated yet" if problem and problem.said is Said.OPEN else ""


def _fragile(touches: Sequence[Touched]) -> int:
    return sum(one.fragility.level is Level.FRAGILE for one in touches)


def _touches(touches: Sequence[Touched], coverage: Sequence[Coverage]) -> str:
    if not touches:
        state = next((one.state for one in coverage if one.part == "touches"), State.NOT_ANALYSED)
        return UNTOUCHED.get(state, "what it touches was not analysed")
    kinds = {one.touch.kind.value for one in touches}
    noun = kinds.pop() if len(kinds) == 1 else "part"
    guessed = all(one.touch.thin for one in touches)
    verb = "may touch" if guessed else "probably touches"
    said = f"it {verb} {phrase.plural(len(touches), _noun(noun), _nouns(noun))}"
    fragile = _fragile(touches)
    if not fragile:
        return said
    if len(touches) == 1:
        return f"{said}, a fragile one"
    if fragile == len(touches):
        return f"{said}, {'both' if fragile == 2 else 'all'} of them fragile"
    return f"{said}, {phrase.number(fragile)} of them fragile"


def _noun(kind: str) -> str:
    return kind if kind in MANY else "part"


def _nouns(kind: str) -> str:
    return MANY.get(kind, "parts")


def _unclear(answers: Sequence[Answer], questions: Sequence[Question]) -> str:
    broke = sum(one.code.startswith("U") for one in questions)
    if broke:
        case, are = ("edge case", "is") if broke == 1 else ("edge cases", "are")
        return f"{phrase.number(broke)} {case} that broke here before {are} unclear"
    if any(one.code == "Q02" and one.said is not Said.ANSWERED for one in answers):
        return "the number that should move is not clear yet"
    return ""


def _partners(partners: Sequence[Partner]) -> str:
    if not partners:
        return ""
    if len(partners) == 1:
        return "one part that often changed along is not mentioned"
    return f"{phrase.number(len(partners))} parts that often changed along are not mentioned"


def _date(timeline: Forecast | None, today: date) -> str:
    if timeline is None or timeline.odds is None:
        return ""
    when = phrase.day(date.fromisoformat(timeline.by), today=today)
    said = phrase.odds(timeline.odds.value)
    chance = "chance" if " 1 in" in f" {said}" else "chances"
    about = "about " if said[0].isdigit() else ""
    return f"{when} has {about}{said.replace(' in ', f' {chance} in ')}"
