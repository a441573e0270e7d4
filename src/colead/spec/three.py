"""The three questions of every brief, each answered in the spec's own words, half answered, or open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from colead.phrase import clip
from colead.spec.hoped import names_date
from colead.spec.parts import Answer, Said, Sentence, Space, Spec
from colead.spec.wording import ANYBODY, PROBLEM_FROM, ROLES, either, problem_score, tells_today, wishes

PROBLEM = "What user problem are we solving?"
METRIC = "What metric should change if we solve it?"
TEST = "Is this the simplest way to test the idea?"

ENOUGH = 2.7  # one complaint under a problem heading; beyond it the earlier sentence is quoted
_UNDECIDED = re.compile(
    r"^\W*(?:tbd|tba|todo|n/?a|none|unknown|not (?:yet )?(?:said|known|decided)|\?+|-+)\W*$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_CHANGE = either(
    "increas\\w+|reduc\\w+|rais(?:e|es|ed|ing)|lower\\w*|cut|cuts|grow|grows|growth|drop|drops|decreas\\w+|"
    "improv\\w+|move|moves|halve|double|triple|fewer|less|more|higher|faster|shorter|falls?|rises?|"
    "goes (?:up|down)|go (?:up|down)"
)
_MEASURED = re.compile(
    r"%|\bper ?cent\b|\b(?:rates?|shares?|ratio|number of|conversions?|retention|churn|adoption|activation|"
    r"abandonment|revenue|orders?|sign-?ups?|tickets?|complaints?|nps|csat|minutes?|hours?|seconds?|days?|"
    r"time (?:to|spent|until)|usage|errors?|visits?|returns|drop-?off|completion|average|median)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\bfrom\b[^.;]{0,60}?\d[^.;]{0,60}?\bto\b[^.;]{0,40}?\d|\d[^\s]{0,8}\s?%?\s{0,3}(?:->|→|=>)\s{0,3}\d|"
    r"\b(?:to|reach(?:es)?|at least|at most|below|under|above|over|less than|more than|fewer than)\s"
    r"(?:at least |at most |about |around |under |below |over |above )?[<>≥≤~]?\s?\d|"
    r"\bby (?:at least |about )?\d[\d.,]{0,8}\s?(?:%|per ?cent|points?)|\b(?:halve|double|triple)|"
    r"[<>≥≤]\s?\d|\b(?:target|goal)\b[^.;]{0,30}\d|\bto (?:zero|none|half|one|two|three|four|five|ten)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\bfrom\b[^.;]{0,40}?\d|\d[^.;]{0,40}\b(?:now|today|currently|at the moment)\b|"
    r"\b(?:now|today|currently|at the moment|baseline)\b[^.;]{0,40}\d|\d[^\s]{0,8}\s?%?\s{0,3}(?:->|→|=>)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"^\W*\d")
_LABEL = re.compile(
    r"^\W*(?:success |north[- ]star |key )?(?:kpis?|metrics?|key results?|okrs?)\b[^\w:]{0,4}:", re.IGNORECASE
)
_UNSURE = either("don'?t know|do not know|not sure|unsure|to be (?:decided|defined|determined)|tbd|unclear")
_MARK = re.compile(r"^\s*[A-Z]{1,5}-?\d{1,4}:\s")  # "SC-001: " in front of a criterion
_FROM_TO = re.compile(r"\bfrom\b[^.;]{0,40}\d[^.;]{0,40}\bto\b", re.IGNORECASE)
_WITHIN = re.compile(
    r"\bwithin (?:the (?:first )?)?(?:\d+|a|an|one|two|three|four|five|six|twelve) ?(?:days?|weeks?|months?|"
    r"quarters?|years?)|\b(?:after|in) (?:\d+|one|two|three|four|five|six) (?:days|weeks?|months?|quarters?)|"
    r"\bby (?:the )?(?:end of|next|spring|summer|autumn|fall|winter|q[1-4])|"
    r"\bthis (?:month|quarter|year|half)\b|"
    r"\bby (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|christmas)",
    re.IGNORECASE,
)
_EXPERIMENT = either(
    "prototypes?|experiments?|a/b|split test|painted door|fake door|smoke test|pilot|concierge|wizard of oz|"
    "proof of concept|feature flag|behind a flag|to test (?:the idea|this|whether|if)|simplest test|"
    "cheapest test|smallest slice|clickable|mock-?up test|dry run|try it with|beta with|trial with|"
    "we (?:first )?(?:try|test) (?:it )?(?:with|on|in)|time-?boxed|spike"
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


def problems(spec: Spec) -> list[tuple[float, Sentence]]:
    """The sentences that speak of the problem, with their score."""
    scored = [(problem_score(one.text, spec.space_of(one)), one) for one in spec.sentences]
    apart = {Space.OUT, Space.WHEN, Space.METRIC, Space.TEST}
    return [
        (score, one)
        for score, one in scored
        if score > PROBLEM_FROM and spec.space_of(one) not in apart and not _thin(one) and _today(spec, one)
    ]


def _today(spec: Spec, one: Sentence) -> bool:
    return spec.space_of(one) is Space.PROBLEM or tells_today(one.text)


def _thin(one: Sentence) -> bool:
    asks = undecided(one.text) or one.text.rstrip().endswith("?")
    return asks or len(one.text.split()) < 4 or _moves(one.text)


def problem_sentence(spec: Spec) -> Sentence | None:
    """The sentence that tells best whose problem it is, of those under a problem heading where there is one.

    None where the spec speaks of no problem.
    """
    found = problems(spec)
    under = [pair for pair in found if spec.space_of(pair[1]) is Space.PROBLEM]
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
    if named := [one for one in under if _MEASURED.search(one.text) or _NUMBER.search(one.text)]:
        return best(named, _metric_score)
    if elsewhere := [one for one in spec.sentences if _moves(one.text)]:
        return best(elsewhere, _metric_score)
    named = [one for one in spec.sentences if _LABEL.match(one.text[:200]) and not undecided(_value(one))]
    return next((one for one in (*under, *named) if not _UNSURE.search(one.text[:600])), None)


def _value(one: Sentence) -> str:
    """What stands behind "KPI:"."""
    return one.text.partition(":")[2]


def _metric_score(one: Sentence) -> float:
    measured = bool(_MEASURED.search(one.text)) + bool(_NUMBER.search(one.text))
    return measured + 2.0 * bool(_TARGET.search(one.text)) + bool(_NOW.search(one.text))


def _moves(text: str) -> bool:
    """Outside a metrics section only a measured change to a named value counts."""
    text = text[:600]
    if not (_CHANGE.search(text) and _MEASURED.search(text)):
        return False
    return bool(("%" in text and _TARGET.search(text)) or _FROM_TO.search(text))


def _metric(spec: Spec) -> Answer:
    one = metric_sentence(spec)
    if one is None:
        return _open("Q02", METRIC, "Not said: which number should move, from what to what, by when?")
    near = [two for two in spec.sentences if two.section == one.section and abs(two.line - one.line) < 3]
    around = " ".join(two.text for two in near)
    absent = _absent(_unmarked(one.text), around if spec.space_of(one) is Space.METRIC else one.text)
    if not absent:
        return _said("Q02", METRIC, Said.ANSWERED, one)
    return _said("Q02", METRIC, Said.HALF, one, f"{_named(one.text)}: {', '.join(absent)}?")


def _absent(text: str, around: str) -> list[str]:
    absent = []
    if not _NOW.search(around) and len(_NUMBER.findall(text)) < 2:
        absent.append("from what today" if _TARGET.search(around) else "from what")
    if not _TARGET.search(around):
        absent.append("to what")
    if not (_WITHIN.search(around) or names_date(around)):
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
    free = [one for one in spec.sentences if spec.space_of(one) not in (Space.OUT, Space.WHEN)]
    for words, whole in ((_EXPERIMENT, True), (_PLAN, False)):
        if found := [one for one in free if words.search(one.text[:600])]:
            return found[0], whole
    return None


def _test(spec: Spec) -> Answer:
    found = test_sentence(spec)
    if found is None:
        return _open("Q03", TEST, "Not said: which smallest step would show whether it helps?")
    one, whole = found
    if whole:
        return _said("Q03", TEST, Said.ANSWERED, one)
    return _said("Q03", TEST, Said.HALF, one, "What would this first version show, and by when?")
