"""Portable: which rows belong to an area and go along with it, and how a row is written and read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime

from colead.web.api.shapes import is_text
from colead.web.areas.models import Area, Entry
from colead.web.keeping.named import Odd, anew, named_by
from colead.web.people.models import Person
from colead.web.repositories.models import Repository

# What stays behind: secrets, what is one person's alone, work under way, and what is computed anew.
LEFT = {
    "areas.Invitation": "a secret of this installation",
    "repositories.Origin": "its address goes with the repository, what opens it does not",
    "repositories.Look": "computed anew",
    "parts.Part": "computed anew",
    "parts.Reached": "computed anew",
    "search.Line": "computed anew",
    "briefs.Draft": "one person's, not saved",
    "jobs.Job": "work under way",
    "inbox.Mute": "one person's",
    "inbox.PutOff": "one person's",
    "inbox.Hook": "a secret of this installation",
}
LONGEST = 1_000_000  # letters of a text
UNSEEN = {"areas.Entry": {"digest"}}  # made anew where it comes in
Kind = type[models.Model]


class Unfit(Exception):
    """A file that cannot be taken in; says which and why."""


@cache
def ways() -> dict[Kind, str]:
    """The models whose rows belong to an area, and the way from a row to it; each after what it hangs on."""
    known: dict[Kind, str] = {Area: ""}
    every = [one for one in apps.get_models() if one.__module__.startswith("colead.web.")]
    more = True
    while more:
        more = False
        for one in every:
            if one not in known and one._meta.label not in LEFT and (way := _way(one, known)):
                known[one], more = way, True
    del known[Area]
    return _sorted(known)


def _way(kind: Kind, known: dict[Kind, str]) -> str:
    for one in links(kind):
        if one.related_model in known and not one.null:
            further = known[one.related_model]
            return f"{one.name}__{further}" if further else one.name
    return ""


def _sorted(known: dict[Kind, str]) -> dict[Kind, str]:
    made: dict[Kind, str] = {}
    while len(made) < len(known):
        for kind, way in known.items():
            hangs = ({one.related_model for one in links(kind)} | named_by(kind)) & known.keys() - {kind}
            if (
                kind not in made
                and hangs <= made.keys()
                and (kind is not Entry or len(made) == len(known) - 1)
            ):
                made[kind] = way
    return made


def links(kind: Kind) -> list[Any]:
    """The columns of a model that point to other rows."""
    return [one for one in kind._meta.concrete_fields if one.is_relation]


def columns(kind: Kind) -> list[models.Field[Any, Any]]:
    """What is written of a row beside its number."""
    if kind is Repository:
        return [one for one in kind._meta.concrete_fields if one.name in ("area", "name", "added")]
    unseen = UNSEEN.get(kind._meta.label, set())
    return [one for one in kind._meta.concrete_fields if not one.primary_key and one.name not in unseen]


def name_of(kind: Kind) -> str:
    """The file of a model's rows."""
    return f"data/{kind._meta.label_lower}.jsonl"


def rows(kind: Kind, area: Area, ids: dict[Kind, dict[int, int]]) -> Iterator[dict[str, Any]]:
    """The area's rows of a model, with numbers of their own; `ids` learns them, and knows the others."""
    mine = ids.setdefault(kind, {})
    found = kind._default_manager.filter(**{ways()[kind]: area}).order_by("pk")
    if kind is Repository:
        found = found.select_related("origin")
    for place, one in enumerate(found.iterator(chunk_size=500), start=1):
        mine[one.pk] = place
        yield {"id": place, **anew(kind, _row(one, kind, ids), ids)}


def _row(one: Any, kind: Kind, ids: dict[Kind, dict[int, int]]) -> dict[str, Any]:
    told = {}
    each: Any
    for each in columns(kind):
        value = getattr(one, each.attname)
        if each.is_relation and each.related_model is not Area:
            value = None if value is None else ids.get(each.related_model, {}).get(value)
        if not each.is_relation or each.related_model is not Area:
            told[each.name] = _told(value)
    if kind is Repository:
        told |= {"address": one.origin.address if one.is_fetched else "", "folder": ""}
        told["folder"] = "" if one.is_fetched else one.path
    return told


def _told(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value


def made(kind: Kind, row: dict[str, Any], area: Area, pks: dict[Kind, dict[int, int]]) -> models.Model:
    """A row again, not saved yet; raises Unfit where something does not fit."""
    row = _complete(kind, row, pks)
    told = {}
    for one in columns(kind):
        if one.is_relation:
            told[one.attname] = area.pk if one.related_model is Area else _linked(one, row[one.name], pks)
        else:
            told[one.name] = _read(one, row[one.name])
    found = kind(**told)
    try:
        unread = [one.name for one in kind._meta.fields if row.get(one.name) in (None, "", [], {})]
        found.clean_fields(exclude=[*unread, *(one.name for one in links(kind))])
    except ValidationError as error:
        raise Unfit(f"{sorted(error.message_dict)[0]} does not fit") from error
    return found


def _complete(kind: Kind, row: dict[str, Any], pks: dict[Kind, dict[int, int]]) -> dict[str, Any]:
    """The row with what columns begin with that an older Colead did not have, numbered as it is here."""
    every = {one.name: one for one in columns(kind) if one.related_model is not Area}
    added = {name: _told(one.get_default()) for name, one in every.items() if one.has_default() or one.blank}
    found = {**added, **row}
    if odd := sorted((found.keys() ^ every.keys()) - {"id", "address", "folder"}):
        raise Unfit(f"{', '.join(odd)} is missing or not known")
    try:
        return anew(kind, found, pks)
    except Odd as error:
        raise Unfit("it names rows in another form") from error


def _linked(one: Any, value: Any, pks: dict[Kind, dict[int, int]]) -> int | None:
    if value is None and one.null:
        return None
    known = pks.get(one.related_model, {})
    if not isinstance(value, int) or value not in known:
        raise Unfit(f"{one.name} points to nothing")
    return known[value]


def _read(one: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(value, str) and (len(value) > LONGEST or not is_text(value)):
        raise Unfit(f"{one.name} is too long or no text")
    if isinstance(one, models.JSONField):
        if not all(map(is_text, _texts(value))):
            raise Unfit(f"{one.name} is no text")
        return value
    wanted: Any = bool if isinstance(one, models.BooleanField) else int
    if isinstance(one, models.CharField | models.TextField | models.DateField):
        wanted = str
    elif isinstance(one, models.FloatField):
        wanted = int | float
    if value is None and one.null:
        return None
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise Unfit(f"{one.name} is of another kind")
    return _day(one, value)


def _day(one: models.Field[Any, Any], value: Any) -> Any:
    if not isinstance(one, models.DateField):
        return value
    try:
        found = one.to_python(value) if not isinstance(one, models.DateTimeField) else parse_datetime(value)
    except (ValidationError, ValueError) as error:
        raise Unfit(f"{one.name} is no moment") from error
    if found is None or (isinstance(found, datetime.datetime) and found.tzinfo is None):
        raise Unfit(f"{one.name} is no moment")
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


__all__ = ["LEFT", "Person", "Unfit", "made", "name_of", "rows", "ways"]
