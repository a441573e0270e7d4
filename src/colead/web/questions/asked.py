"""Asked: the questions of a new reading as rows, each asked once however often it is read."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from django.utils import timezone

from colead.question import Question as Told
from colead.reading import Reading
from colead.web.briefs.models import Brief
from colead.web.questions.models import ASKED, Question
from colead.writers.parts import ended

_DAY = re.compile(r"^On [^:]{1,60} this had to be fixed: ")  # the day is told anew each year


def keep_asked(brief: Brief, reading: Reading) -> None:
    """Keep what a reading asks of its brief: what is new, and what it does not ask any more."""
    now, text = timezone.now(), brief.text
    standing = {one.key: one for one in Question.objects.filter(brief=brief, by=None, ended=None)}
    asked = {key_of(one): one for one in reading.questions}
    for key, told in asked.items():
        quote = quote_of(told, reading, brief, text)
        if key in standing:
            Question.objects.filter(pk=standing[key].pk).update(quote=quote, gone=None)
        elif not _settled(brief, key, text, quote):
            _begin(brief, key, told, quote, now)
    left = [one.pk for key, one in standing.items() if key not in asked and one.gone is None]
    Question.objects.filter(pk__in=left).update(gone=now)


def key_of(told: Told) -> str:
    """What makes a question the same in the next reading."""
    ask = "" if told.code == "D01" else _DAY.sub("", told.ask)
    return hashlib.sha256(f"{told.code} {ask}".encode()).hexdigest()


def quote_of(told: Told, reading: Reading, brief: Brief, text: str) -> str:
    """What the question is about: the words it quotes, the sentence of its line, or the hoped-for date."""
    if told.code == "D01":
        return str(reading.timeline.by) if reading.timeline else ""
    said = next((one.quote for one in reading.answers if one.code == told.code), "")
    lines = text.split("\n")
    return said or (lines[told.line - 1].strip() if 0 < told.line <= len(lines) else "")


def _settled(brief: Brief, key: str, text: str, quote: str) -> bool:
    last = Question.objects.filter(brief=brief, key=key).exclude(ended=None).order_by("-id").first()
    return last is not None and last.still_settles(text, quote)


def _begin(brief: Brief, key: str, told: Told, quote: str, now: datetime) -> None:
    given = {"area": brief.area, "code": told.code, "side": told.side, "turn": told.side, "quote": quote}
    why = ended(told.why)[:ASKED] if told.why else ""
    given |= {"ask": told.ask[:ASKED], "why": why, "asked": now, "turned": now}
    Question.objects.get_or_create(brief=brief, key=key, ended=None, defaults=given)
