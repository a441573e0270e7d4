"""Resources of parts: what a part is and which ideas reach it, and what the area told Colead of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from colead.web.api.call import Call
from colead.web.api.routes import Ask, route
from colead.web.areas.resources import AREA
from colead.web.areas.wire import Who, who
from colead.web.parts import models
from colead.web.parts.found import found, reaching

IN = Ask("in", "The id of a repository, where several have a part of this key.", 15)


@dataclass(frozen=True, slots=True)
class Reaching:
    """An open idea whose newest reading names the part, and the odds that it touches it."""

    idea: int
    title: str
    odds: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the system as it was last looked at, and the open ideas that reach it."""

    key: str
    name: str
    repository: str
    kind: str
    folders: tuple[str, ...]
    owners: tuple[str, ...]
    says: tuple[str, ...]  # other words for it
    files: int
    sentence: str  # how fragile it is
    ideas: tuple[Reaching, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What an area calls a part, and other words that people say for it."""

    id: int
    repository: str
    target: str
    name: str
    says: tuple[str, ...]
    by: Who
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reading got wrong, said by a person; readings use it until it is taken back."""

    id: int
    repository: str
    idea: int | None
    kind: str
    part: str
    because: str
    by: Who
    at: datetime


@dataclass(frozen=True, slots=True)
class Lessons:
    """What an area told Colead: its words for parts, and what readings got wrong."""

    words: tuple[Word, ...]
    corrections: tuple[Correction, ...]


@route("GET", f"{AREA}/system/<path:key>", page="part", asks=(IN,))
def part(call: Call, key: str) -> Part:
    """A part of the system; `.` is the key of the root folder."""
    one = found(call.area, key, call.request.GET.get("in", ""))
    if one is None:
        raise Http404
    ideas = tuple(
        Reaching(each.brief.number, each.brief.title, each.odds, each.sentence) for each in reaching(one)
    )
    folders, owners, says = (tuple(map(str, each)) for each in (one.folders, one.owners, one.says))
    name, kind = one.repository.name, one.kind
    return Part(one.key, one.name, name, kind, folders, owners, says, one.files, one.sentence, ideas)


@route("GET", f"{AREA}/told", page="lessons", rows="corrections")
def lessons(call: Call) -> Lessons:
    """What the area told Colead of its parts, the newest correction first."""
    words = models.Word.objects.filter(repository__area=call.area).select_related("repository", "by")
    said = models.Amiss.objects.filter(repository__area=call.area).select_related("repository", "by", "brief")
    return Lessons(
        tuple(map(_word, words.order_by("repository", "name"))),
        tuple(map(_correction, said.order_by("-id"))),
    )


def _word(one: models.Word) -> Word:
    says = tuple(map(str, one.says))
    return Word(one.pk, one.repository.name, one.target, one.name, says, who(one.by), one.at)


def _correction(one: models.Amiss) -> Correction:
    idea = one.brief.number if one.brief else None
    told = (one.kind, one.part, one.because)
    return Correction(one.pk, one.repository.name, idea, *told, who(one.by), one.at)
