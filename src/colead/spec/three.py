"""The three questions of every brief, each answered in the spec's own words, half answered, or open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from colead.phrase import clip
from colead.spec.dated import without_dates
from colead.spec.goal import CODED, NUMBER, measured, moves, start_told, target_told, when_told
from colead.spec.parts import Answer, Said, Sentence, Space, Spec
from colead.spec.wording import (
    ANYBODY,
    KNOWN,
    LEFT_OUT,
    METRIC_SURE,
    PAIN,
    PROBLEM_FROM,
    ROLES,
    WISH,
    either,
    is_story,
    problem_score,
    tells_today,
    wishes,
)

PROBLEM = "What user problem are we solving?"
METRIC = "What metric should change if we solve it?"
TEST = "Is this the simplest way to test the idea?"

ENOUGH = 2.7  # one complaint under a problem heading; beyond it the earlier sentence is quoted
_UNDECIDED = re.compile(
    r"^\W*(?:tbd|tba|todo|n/?a|none|unknown|not (?:yet )?(?:said|known|decided)|\?+|-+)\W*$", re.IGNORECASE
)
_COUNT = re.compile(r"^\W*(?:\d|in \d+ )|\b(?:told us|we saw it|interviews)\b", re.IGNORECASE)
_ASIDE = either(
    "assumptions?|dependenc(?:y|ies)|risks?|rabbit holes?|constraints?|limits?|open (?:points|questions)|"
    "unresolved|drawbacks?"
)
_KEPT = re.compile(r"\b(?:has|have|needs?) to (?:keep|stay|remain|still|continue)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:success |north[- ]star |key )?(?:kpis?|metrics?|key results?|okrs?)\b[^\w:]{0,4}:", re.IGNORECASE
)
_UNSURE = either("don'?t know|do not know|not sure|unsure|to be (?:decided|defined|determined)|tbd|unclear")
_MARK = re.compile(r"^\s*[A-Z]{1,5}-?\d{1,4}:\s")  # "SC-001: " in front of a criterion
_EXPERIMENT = either(
    "prototypes?|experiments?|a/b|split test|painted door|fake door|smoke test|concierge|wizard of oz|"
    "pilot (?:with|in|at|for|without|phase|project|run|it)|(?:a|small|short|first) pilot(?! \\w+s\\b)|"
    "quick (?:try|test)|(?:we|first) fake|fake it|"
    "before (?:we|anybody|anyone) (?:writes?|builds?)(?: any)? (?:code|anything|it)|"
    "(?:see|count|watch|learn|find out) (?:if|whether|how many) (?:\\w+ ){0,4}(?:people|they|them|users?|"
    "anybody|"
    "anyone|\\w+s) (?:really |still |even )?(?:use|press|click|come|want|do|ask|reply|buy|send|sign|open|"
    "try)\\w*|"
    "proof of concept|behind a (?:feature )?flag (?:to|for|with|at)|to test (?:the idea|this|whether|if)|"
    "simplest test|"
    "cheapest test|smallest slice|clickable|mock-?up test|dry run|try it with|beta with|trial with|"
    "we (?:first )?(?:try|test) (?:it )?(?:with|on|in)|time-?boxed|spike"
)
_BY_HAND = either(
    "by hand|manually|myself|ourselves|personally|(?:her|his|their|our) own phone|typed (?:up|in)"
)
_A_WHILE = either(
    "(?:for|over|during) (?:a|an|one|two|three|four|six|ten|\\d+|the next) (?:\\w+ )?(?:days?|nights?|"
    "weeks?|fortnight|"
    "months?|mornings?)|fortnight|(?:one|two|three|four|\\d+) (?:weeks?|months?|nights?) long|next (?:two|"
    "three|four|"
    "five|six|ten|\\d+)"
)
_FEW = either(
    "(?:one|two|three|four|five|six|eight|ten|twelve|twenty|\\d{1,3}) (?:\\w+ ){0,2}(?:people|persons|"
    "farms?|patients?|"
    "growers?|shows?|clinics?|wards?|surger(?:y|ies)|agenc(?:y|ies)|schools?|practices?|shops?|teams?|"
    "customers?|"
    "clients?|families|households?|students?|members?|volunteers?|clerks?|teachers?|forwarders?|cit(?:y|ies)|"
    "applicants?|buyers?|sellers?|drivers?|offices?|branches|stores?|classes|owners?|designers?|nurses?)"
)
_TO_SEE = either(
    "(?:see|compare|watch|count|look at|ask) (?:\\w+ ){0,3}(?:if|whether|how|who|those|their|them|what)|"
    "before and after|see if"
)
_PLAN = either(
    "mvp|minimum viable|first version|first step|first iteration|first slice|phase (?:1|one)|v1|start with|"
    "starting with|to begin with|initially|for a start|as a start|simplest version|simple version|smallest|"
    "minimal version|bare minimum"
)


def answers(spec: Spec) -> tuple[Answer, Answer, Answer]:
    """What the spec says to the three questions: Q01 problem, Q02 metric, Q03 simplest test, in this order.

    A quote is the spec's own wording (`spec.says(quote)`). For a spec in another
    language nothing is quoted; each answer says that it was not analysed.
    """
    if not spec.english:
        return (_foreign("Q01", PROBLEM), _foreign("Q02", METRIC), _foreign("Q03", TEST))
    return (_problem(spec), _metric(spec), _test(spec))


def _foreign(code: str, question: str) -> Answer:
    return Answer(code, question, Said.OPEN, "", 0, "Not analysed: the spec is not in English.")


def _said(code: str, question: str, said: Said, one: Sentence, missing: str = "") -> Answer:
    return Answer(code, question, said, one.text, one.line, missing)


def _open(code: str, question: str, missing: str) -> Answer:
    return Answer(code, question, Said.OPEN, "", 0, missing)


def best(sentences: Sequence[Sentence], score: Callable[[Sentence], float]) -> Sentence | None:
    """The sentence with the highest score, the first of equals."""
    return max(sentences, key=lambda one: (score(one), -one.line), default=None)


def undecided(text: str) -> bool:
    """Whether a text stands for "not said": TBD, n/a, a lone question mark."""
    return bool(_UNDECIDED.match(text[:80]))


def somebody(text: str) -> bool:
    """Whether a sentence speaks of people: a role, or users and people at large."""
    return bool(ROLES.search(text) or ANYBODY.search(text))


def evidence(spec: Spec, one: Sentence) -> bool:
    """Whether a sentence stands under a heading such as "How do we know?"."""
    return spec.space_of(one) is Space.PROBLEM and bool(
        KNOWN.search(spec.sections[one.section].heading[:200])
    )


def problems(spec: Spec) -> list[tuple[float, Sentence]]:
    """The sentences that speak of the problem, with their score."""
    scored = [(problem_score(one.text, spec.space_of(one)), one) for one in spec.sentences]
    apart = {Space.OUT, Space.WHEN, Space.METRIC, Space.TEST}
    return [
        (score, one)
        for score, one in scored
        if score > PROBLEM_FROM
        and spec.space_of(one) not in apart
        and not _thin(one)
        and not _ASIDE.search(spec.sections[one.section].heading[:200])
        and _today(spec, one)
    ]


def _today(spec: Spec, one: Sentence) -> bool:
    return spec.space_of(one) is Space.PROBLEM or tells_today(one.text) or is_story(one.text)


def _thin(one: Sentence) -> bool:
    asks = undecided(one.text) or one.text.rstrip().endswith("?")
    other = _KEPT.search(one.text) or LEFT_OUT.search(one.text[:600]) or is_trial(one.text[:600])
    return asks or len(one.text.split()) < 4 or moves(one.text) or bool(other)


def problem_sentence(spec: Spec) -> Sentence | None:
    """The sentence that tells best whose problem it is, of those under a problem heading where there is one.

    None where the spec speaks of no problem.
    """
    found = problems(spec)
    under = [
        pair for pair in found if spec.space_of(pair[1]) is Space.PROBLEM and not evidence(spec, pair[1])
    ]
    return max(under or found, key=_telling, default=(0.0, None))[1]


def _telling(pair: tuple[float, Sentence]) -> tuple[float, int]:
    score, one = pair
    people = 0.8 * bool(ROLES.search(one.text)) + 0.6 * bool(ANYBODY.search(one.text))
    long = 0.5 * (len(one.text.split()) > 45)
    counted = 1.0 * bool(_COUNT.match(one.text))  # "60 complaints a month" shows a problem, but tells none
    return min(score, ENOUGH) + min(people, 1.0) - long - counted, -one.line


def _problem(spec: Spec) -> Answer:
    quoted = problem_sentence(spec)
    if quoted is None:
        return _open("Q01", PROBLEM, "Not said: who has which problem today?")
    if not tells_today(quoted.text) and wishes(quoted.text):
        return _said("Q01", PROBLEM, Said.HALF, quoted, "What happens today, without it?")
    if somebody(quoted.text) or any(ROLES.search(one.text) for one in within(spec)):
        return _said("Q01", PROBLEM, Said.ANSWERED, quoted)
    return _said("Q01", PROBLEM, Said.HALF, quoted, "Who has this problem?")


def within(spec: Spec) -> list[Sentence]:
    """What the spec is about: every sentence but those on what is left out."""
    return [one for one in spec.sentences if spec.space_of(one) is not Space.OUT]


def metric_sentence(spec: Spec) -> Sentence | None:
    """The sentence that names a number which should move, if there is one."""
    under = [one for one in spec.sentences if spec.space_of(one) is Space.METRIC and not undecided(one.text)]
    counted = [one for one in under if moves(one.text) or _counts(one.text)]
    apart = (Space.METRIC, Space.OUT, Space.TEST)
    elsewhere = [one for one in spec.sentences if spec.space_of(one) not in apart and moves(one.text)]
    if found := counted or elsewhere:
        return best(found, _metric_score)
    named = [one for one in spec.sentences if _LABEL.match(one.text[:200]) and not undecided(_value(one))]
    sure = [one for one in under if METRIC_SURE.search(spec.sections[one.section].heading)]
    return next((one for one in (*sure, *named) if not _UNSURE.search(one.text[:600])), None)


def _counts(text: str) -> bool:
    return measured(text) or bool(NUMBER.search(text))


def _value(one: Sentence) -> str:
    """What stands behind "KPI:"."""
    return one.text.partition(":")[2]


def _metric_score(one: Sentence) -> float:
    said = measured(one.text) + bool(NUMBER.search(one.text)) + start_told(one.text) + when_told(one.text)
    return said + 2.0 * target_told(one.text)


def _metric(spec: Spec) -> Answer:
    one = metric_sentence(spec)
    if one is None:
        return _open("Q02", METRIC, "Not said: which number should move, from what to what, by when?")
    absent = _absent(_unmarked(one.text), _around(spec, one))
    if not absent:
        return _said("Q02", METRIC, Said.ANSWERED, one)
    return _said("Q02", METRIC, Said.HALF, one, f"{_named(one.text)}: {', '.join(absent)}?")


def _around(spec: Spec, one: Sentence) -> str:
    """What belongs to a goal: the sentences beside it under a metric heading, else the value before it."""
    head = spec.sections[one.section].heading
    if "|" in head:  # a row of a table: each value with the name of its column
        return "; ".join(
            f"{name} {cell}" for name, cell in zip(head.split("|"), one.text.split("|"), strict=False)
        )
    near = [two for two in spec.sentences if two.section == one.section and abs(two.line - one.line) < 3]
    if spec.space_of(one) is Space.METRIC:
        return " ".join(two.text for two in near)
    return one.text


def _absent(text: str, around: str) -> list[str]:
    absent = []
    if not start_told(around) and len(NUMBER.findall(without_dates(text))) < 2:
        absent.append("from what today" if target_told(around) else "from what")
    if not target_told(around):
        absent.append("to what")
    if not when_told(around):
        absent.append("by when")
    return absent


def _named(text: str) -> str:
    plain = _unmarked(text).strip(" *_-.!?:;").replace(": ", ", ", 1)
    return clip(plain[:1].upper() + plain[1:], 90)


def _unmarked(text: str) -> str:
    return _LABEL.sub("", _MARK.sub("", text.replace("**", "")))


def test_sentence(spec: Spec) -> tuple[Sentence, bool] | None:
    """The sentence that says how the idea is tried, and whether it is more than a first version."""
    under = [one for one in spec.sentences if spec.space_of(one) is Space.TEST and not undecided(one.text)]
    if under:
        return under[0], True
    apart = (Space.OUT, Space.WHEN, Space.METRIC)
    free = [one for one in spec.sentences if spec.space_of(one) not in apart and not CODED.match(one.text)]
    for test, whole in ((_experiment, True), (is_trial, True), (_first_version, False)):
        if found := [one for one in free if test(one.text[:600])]:
            return found[0], whole
    return None


def _experiment(text: str) -> bool:
    return bool(_EXPERIMENT.search(text))


def _first_version(text: str) -> bool:
    return bool(_PLAN.search(text))


def is_trial(text: str) -> bool:
    """Whether a sentence tells of trying by hand: with few, for a while, to see what they do."""
    signs = sum(bool(words.search(text)) for words in (_BY_HAND, _A_WHILE, _FEW, _TO_SEE))
    hands = _BY_HAND.search(text) or _TO_SEE.search(text)
    return signs >= 3 or (signs == 2 and bool(hands) and not WISH.search(text) and not PAIN.search(text))


def _test(spec: Spec) -> Answer:
    found = test_sentence(spec)
    if found is None:
        return _open("Q03", TEST, "Not said: which smallest step would show whether it helps?")
    one, whole = found
    if whole:
        return _said("Q03", TEST, Said.ANSWERED, one)
    return _said("Q03", TEST, Said.HALF, one, "What would this first version show, and by when?")
