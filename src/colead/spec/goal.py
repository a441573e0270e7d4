"""Goal: a number that should move, as a sentence tells it: from what, to what, by when."""

from __future__ import annotations

import re

from colead.spec.dated import names_date, without_dates
from colead.spec.wording import either

LONGEST = 600  # characters of a sentence that are looked at
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_N = r"[€$£]?\d[\d.,]*(?:m\d\ds|[km])?(?![:\d])\s?(?:%|per ?cent\b|points?\b|pp\b)?"
_CHANGE = either(
    "increas\\w+|reduc\\w+|rais(?:e|es|ed|ing)|lower\\w*|cut|cuts|grow|grows|growth|drop|drops|decreas\\w+|"
    "improv\\w+|move|moves|halve|double|triple|fewer|less|more|higher|faster|shorter|falls?|rises?|lifts?|"
    "shrinks?|climbs?|(?:goes|go|comes?|gets?) (?:up|down)|(?:bring|get|push)\\w* \\w+ (?:up|down)"
)
_MEASURED = re.compile(
    r"%|\bper ?cent\b|\b(?:rates?|shares?|ratio|number of|conversions?|retention|churn|adoption|activation|"
    r"abandonment|revenue|orders?|sign-?ups?|tickets?|complaints?|nps|csat|minutes?|hours?|seconds?|days?|"
    r"time (?:to|spent|until|from)|usage|errors?|visits?|returns|drop-?off|completion|average|median|calls?|"
    r"no-?shows|(?:per|a|each|every) (?:day|week|month|quarter|year))\b",
    re.IGNORECASE,
)
_ARROW = re.compile(
    rf"{_N}(?:\s[a-z]+){{0,3}}\s{{0,3}}(?:->|→|=>|⟶)\s{{0,3}}[<>≤≥~]?\s?[€$£]?\d", re.IGNORECASE
)
_FROM_TO = re.compile(
    rf"\bfrom\b[^.;]{{0,40}}?{_N}[^;]{{0,60}}?\b(?:to|down to|up to|towards?)\b[^.;]{{0,40}}?\d",
    re.IGNORECASE,
)
_TODAY = (
    r"\b(?:now|today|currently|at the moment|at present|right now|baseline|this (?:year|month|quarter))\b"
)
_NOW_THEN = re.compile(
    rf"{_N}.{{0,40}}?{_TODAY}.{{0,60}}?[^\w.]{_N}|{_TODAY}[^\d]{{0,40}}?{_N}.{{0,60}}?[^\w.]{_N}|"
    rf"{_N} in then.{{0,60}}?[^\w.]{_N}|{_N}.{{0,60}}?\bwe (?:want|aim for|need)\b.{{0,30}}?[^\w.]{_N}",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:to|reach(?:es)?|at least|at most|below|under|above|over|less than|more than|fewer than)\s"
    r"(?:at least |at most |about |around |under |below |over |above )?[<>≥≤~]?\s?[€$£]?\d|"
    r"\bby (?:at least |about )?\d[\d.,]{0,8}\s?(?:%|per ?cent|points?)|\b(?:halve|double|triple)|"
    r"[<>≥≤]\s?\d|\b(?:targets?|goal|aim)\b[^.;]{0,30}\d|\d\S{0,8} or (?:fewer|less|more|better)\b|"
    r"\bto (?:zero|none|half|one|two|three|four|five|ten)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    rf"\bfrom\b[^.;]{{0,40}}?\d|\d[^.;]{{0,40}}{_TODAY}|{_TODAY}[^.;]{{0,40}}\d|\d\S{{0,8}} in then\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\bwithin (?:the (?:first )?)?(?:\d+|a|an|one|two|three|four|five|six|twelve) ?(?:days?|weeks?|months?|"
    r"quarters?|years?)|\b(?:\d+|one|two|three|four|five|six|eight|ten|twelve) (?:days|weeks|months) after\b|"
    r"\b(?:after|in) (?:\d+|one|two|three|four|five|six) (?:days|weeks?|months?|quarters?)|"
    r"\bby (?:the )?(?:end of|next|spring|summer|autumn|fall|winter|q[1-4])|"
    r"\bthis (?:month|quarter|year|half)\b|"
    r"\b(?:by|in|until) (?:the )?(?:(?:early|mid|late|end of|close of)[- ])?(?:january|february|march|"
    r"april|may|"
    r"june|july|august|september|october|november|"
    r"december|christmas)",
    re.IGNORECASE,
)
_WANTED = either(
    "want|wants|should|must|will|would|aims?|goals?|targets?|bet|hopes?|objective|a win|worked|succe\\w+|"
    "are right|was right|happy|expect\\w*|need to|has to|have to"
)
_AIM = either(
    "(?:should|we) end up|down to|aims?|goals?|targets?|bet|a win|worked|succe\\w+|(?:are|"
    "were) right|objective|north star"
)
_BEFORE = either(
    "rose|fell|grew|went|dropped|jumped|climbed|(?:has|have|had) (?:\\w+ )?(?:grown|risen|fallen)"
)
_BOUND = re.compile(
    rf"\b(?:no more than|not more than|at most|at least|fewer than|less than|more than|under|over|below|"
    rf"above)"
    rf" (?:about )?{_N}|{_N}[^.;]{{0,12}} or (?:fewer|less|more|better)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"^\W*(?:SC|KR|KPI|OKR)[- ]?\d{1,4}\b")
CODED = re.compile(r"^\W*(?:SC|KR|KPI|OKR|FR|NFR|REQ|AC)[- ]?\d{1,4}\b")  # a sentence of a numbered list


def moves(text: str) -> bool:
    """Whether a sentence, wherever it stands, tells a number that should move.

    A limit ("at most five entries"), a count that shows a problem, a price and what moved before are none.
    """
    text = text[:LONGEST]
    plain = without_dates(text)
    if _CODE.match(text) and NUMBER.search(_CODE.sub("", plain)):
        return True
    wanted, timed = bool(_WANTED.search(plain)), when_told(text)
    if _BEFORE.search(plain) and not wanted:
        return False
    if two_values(plain):
        return bool(_CHANGE.search(plain) or timed or "%" in plain or _ARROW.search(plain))
    if not (_MEASURED.search(plain) or (_AIM.search(plain) and timed)) or not NUMBER.search(plain):
        return False
    bound = bool(_TARGET.search(plain) or _BOUND.search(plain))
    if _AIM.search(plain) and (bound or timed):
        return True
    return (timed and bound and wanted) or (
        "%" in plain and bool(_CHANGE.search(plain)) and (wanted or bound)
    )


def two_values(plain: str) -> bool:
    """Whether a text without dates tells what a number is and what it should be."""
    return any(words.search(plain) for words in (_FROM_TO, _ARROW, _NOW_THEN))


def measured(text: str) -> bool:
    """Whether a text speaks of something that is counted or measured."""
    return bool(_MEASURED.search(text[:LONGEST]))


def target_told(text: str) -> bool:
    """Whether a text says to what a number should move."""
    plain = without_dates(text[:LONGEST])
    return bool(_TARGET.search(plain) or two_values(plain) or _BOUND.search(plain))


def start_told(text: str) -> bool:
    """Whether a text says what a number is today."""
    plain = without_dates(text[:LONGEST])
    return bool(_NOW.search(plain) or two_values(plain))


def when_told(text: str) -> bool:
    """Whether a text says by when."""
    return bool(_WITHIN.search(text[:LONGEST])) or names_date(text)
