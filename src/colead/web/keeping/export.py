"""Export: a whole area as one zip: files for people and other tools, and every row to come back from."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Any

from django.apps import apps
from django.db import transaction

from colead import __version__
from colead.web.areas.models import Area
from colead.web.keeping.portable import Kind, name_of, rows, ways
from colead.web.people.models import Person

FORM = "colead.area/1"
NOBODY = "@people.invalid"  # the address of somebody who is known by name alone
FIRST = (1980, 1, 1, 0, 0, 0)  # the same area makes the same bytes
README = """# {name}

This is the whole of a product area, written by Colead {version}.

- `ideas/` one Markdown file each, which `colead check` reads
- `decisions/` as Markdown (MADR), where there are any
- `.colead/` what you agreed on and what you call parts, as the command line reads it
- `ideas.csv`, `entries.csv` for a spreadsheet
- `data/` every row, a JSON object a line; Colead takes an area in from these alone
"""


def export(area: Area, to: IO[bytes]) -> None:
    """Write the area into a file, as it is at one moment."""
    with transaction.atomic(), zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, parts in _files(area):
            with archive.open(zipfile.ZipInfo(name, FIRST), "w") as file:
                for one in parts:
                    file.write(one.encode("utf-8"))


def _files(area: Area) -> Iterator[tuple[str, Iterable[str]]]:
    about = {"form": FORM, "colead": __version__, "name": area.name, "slug": area.slug, "share": area.share}
    about |= {"numbered": area.numbered, "made": area.made.isoformat()}
    yield "README.md", [README.format(name=area.name, version=__version__)]
    yield "area.json", [json.dumps(about, indent=1, ensure_ascii=False)]
    ids: dict[Kind, dict[int, int]] = {}
    yield "people.json", [json.dumps(_people(area, ids), indent=1, ensure_ascii=False)]
    for kind in ways():
        yield name_of(kind), (f"{json.dumps(one, ensure_ascii=False)}\n" for one in rows(kind, area, ids))
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.along"):
            yield from import_module(f"{app.name}.along").files(area)


def _people(area: Area, ids: dict[Kind, dict[int, int]]) -> list[dict[str, Any]]:
    """Everybody that a row of the area names."""
    named: set[int] = set()
    for kind, way in ways().items():
        for one in kind._meta.concrete_fields:
            if one.related_model is Person:
                there = kind._default_manager.filter(**{way: area}).values_list(one.attname, flat=True)
                named.update(pk for pk in there.distinct() if pk is not None)
    ids[Person] = {pk: place for place, pk in enumerate(sorted(named), start=1)}
    told = []
    for person in Person.objects.filter(pk__in=named).order_by("pk"):
        address = "" if person.email.endswith(NOBODY) else person.email
        told.append({"id": ids[Person][person.pk], "name": person.name, "address": address})
    return told
