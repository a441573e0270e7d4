"""Shown: what was found, as people read it: its name, where it is, the sentence in which it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse

from colead.phrase import day
from colead.web.areas.models import Area
from colead.web.search.asked import Asked, found
from colead.web.search.marked import Pieces, marked, sentence

FEW, MOST = 5, 20  # of a group among others, and alone


@dataclass(frozen=True, slots=True)
class Said:
    """One thing: its name, where it is, what it belongs to, and its further words."""

    name: str
    link: str
    of: str
    text: str
    area: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    name: Pieces
    link: str
    of: str  # the idea it belongs to; "" where it is one, or belongs to none
    sentence: Pieces
    area: str  # the area's name

    @property
    def plain(self) -> str:
        """Its name alone."""
        return "".join(piece for piece, _ in self.name)


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one sort."""

    key: str
    title: str
    hits: tuple[Hit, ...]
    more: bool


Load = Callable[[Sequence[int], dict[int, Area]], Iterable[tuple[int, Said]]]


def _rows(label: str, keys: Sequence[int], way: str, areas: dict[int, Area], *along: str) -> Any:
    """The rows of a model with these keys, of these areas and no other."""
    model = apps.get_model(label)
    return model._default_manager.filter(pk__in=keys, **{f"{way}__in": list(areas)}).select_related(*along)


def _ideas(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("briefs.Brief", keys, "area", areas).prefetch_related("sections"):
        text = "\n".join(each.text for each in one.sections.all())
        link = reverse("brief", args=[areas[one.area_id].slug, one.number])
        yield one.pk, Said(one.title, link, "", text, one.area_id)


def _decisions(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    rows = _rows("decisions.Decision", keys, "area", areas, "brief", "choice").prefetch_related("options")
    for one in rows:
        why = one.choice.why if hasattr(one, "choice") else ""
        told = (f"{each.name}. {each.text}\n{each.follows}" for each in one.options.all())
        link = reverse("decision", args=[areas[one.area_id].slug, one.number])
        text = "\n".join((one.background, *told, why))
        yield one.pk, Said(one.question, link, _title(one.brief), text, one.area_id)


def _discussions(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("threads.Thread", keys, "brief__area", areas, "brief"):
        yield one.pk, Said(one.title, _thread(one, areas), one.brief.title, one.outcome, one.brief.area_id)


def _messages(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("threads.Message", keys, "thread__brief__area", areas, "thread__brief"):
        thread, link = one.thread, f"{_thread(one.thread, areas)}#message-{one.pk}"
        yield one.pk, Said(thread.title, link, thread.brief.title, one.text, thread.brief.area_id)


def _thread(one: Any, areas: dict[int, Area]) -> str:
    return reverse("discussion", args=[areas[one.brief.area_id].slug, one.brief.number, one.number])


def _questions(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("questions.Question", keys, "area", areas, "brief"):
        link = reverse("question", args=[areas[one.area_id].slug, one.brief.number, one.pk])
        yield one.pk, Said(one.ask, link, one.brief.title, one.answer, one.area_id)


def _concerns(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("concerns.Concern", keys, "area", areas, "brief").prefetch_related("replies"):
        text = "\n".join((one.because, *(each.text for each in one.replies.all())))
        link = reverse("concern", args=[areas[one.area_id].slug, one.pk])
        yield one.pk, Said(one.text, link, _title(one.brief), text, one.area_id)


def _prototypes(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("prototypes.Prototype", keys, "brief__area", areas, "brief"):
        link = reverse("prototype", args=[areas[one.brief.area_id].slug, one.brief.number, one.pk])
        yield one.pk, Said(one.question, link, one.brief.title, one.answer, one.brief.area_id)


def _tradeoffs(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("tradeoffs.Tradeoff", keys, "area", areas, "brief"):
        link = reverse("tradeoff", args=[areas[one.area_id].slug, one.pk])
        yield one.pk, Said(one.skip, link, _title(one.brief), one.risk, one.area_id)


def _parts(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("parts.Part", keys, "repository__area", areas, "repository__area"):
        where = one.repository
        yield one.pk, Said(one.name, one.address, "", f"{one.key}\n{one.sentence}", where.area_id)


def _people(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("areas.Membership", keys, "area", areas, "person"):
        link = reverse("member", args=[areas[one.area_id].slug, one.pk])
        yield one.pk, Said(one.person.name, link, f"{one.side} {one.role}", "", one.area_id)


def _meetings(keys: Sequence[int], areas: dict[int, Area]) -> Iterable[tuple[int, Said]]:
    for one in _rows("meetings.Meeting", keys, "area", areas).prefetch_related("outcomes"):
        text = "\n".join(each.text for each in one.outcomes.all())
        link = reverse("live", args=[areas[one.area_id].slug, one.pk])
        yield one.pk, Said(f"Meeting of {day(one.on)}", link, "", text, one.area_id)


def _title(brief: Any) -> str:
    return brief.title if brief else ""


GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ideas": ("Ideas", ("idea",)),
    "decisions": ("Decisions", ("decision",)),
    "discussions": ("Discussions", ("discussion", "message")),
    "questions": ("Questions", ("question",)),
    "concerns": ("Concerns", ("concern",)),
    "tradeoffs": ("Tradeoffs", ("tradeoff",)),
    "prototypes": ("Prototypes", ("prototype",)),
    "meetings": ("Meetings", ("meeting",)),
    "parts": ("Parts of the system", ("part",)),
    "people": ("People", ("person",)),
}
LOADS: dict[str, Load] = {
    "idea": _ideas,
    "decision": _decisions,
    "discussion": _discussions,
    "message": _messages,
    "question": _questions,
    "concern": _concerns,
    "prototype": _prototypes,
    "tradeoff": _tradeoffs,
    "meeting": _meetings,
    "part": _parts,
    "person": _people,
}


def groups(areas: Sequence[Area], typed: str, only: str = "", skip: int = 0, few: int = 0) -> list[Group]:
    """What holds all the words, by group: a few of each, or more of one."""
    asked, most = Asked.of(typed), few or (MOST if only else FEW)
    wanted = {only: GROUPS[only]} if only in GROUPS else GROUPS
    there, kinds = {one.pk: one for one in areas}, [kind for _, every in wanted.values() for kind in every]
    keys = found(list(there), kinds, asked, most + 1, skip)
    made = []
    for key, (title, every) in wanted.items():
        hits = [hit for kind in every for hit in _hits(kind, keys.get(kind, []), there, asked.pattern)]
        more = any(len(keys.get(kind, [])) > most for kind in every)
        if hits:
            made.append(Group(key, title, tuple(hits[:most]), more or len(hits) > most))
    return made


def _hits(kind: str, keys: Sequence[int], areas: dict[int, Area], pattern: re.Pattern[str]) -> list[Hit]:
    if not keys:
        return []
    told = dict(LOADS[kind](keys, areas))
    return [_hit(told[one], areas, pattern) for one in keys if one in told]


def _hit(one: Said, areas: dict[int, Area], pattern: re.Pattern[str]) -> Hit:
    return Hit(marked(one.name, pattern), one.link, one.of, sentence(one.text, pattern), areas[one.area].name)
