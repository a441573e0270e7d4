"""Seen: what looks at the code and readings of ideas give the home: said and meant, and months as bars."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from colead.phrase import MONTHS, clip, plural
from colead.web.areas.models import Area
from colead.web.briefs.rendered import Shelf
from colead.web.parts.models import Reached, address
from colead.web.questions.models import Question
from colead.web.repositories.models import Look
from colead.writers.pictures.shares import shares

LIKELY = 0.5  # from these odds on, an idea goes through a part
SHOWN = 2  # months
LONGEST = 70  # letters of what is said
NO_METRIC, NO_PROBLEM = "Q02", "Q01"

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says, what it means for the other, and where that is seen."""

    words: str
    side: str
    means: str
    to: str


@dataclass(frozen=True, slots=True)
class Month:
    """How the work of one month divides."""

    name: str
    picture: SafeString
    health: int  # percent


_PLACES: Shelf[Plain] = Shelf()
_MONTHS: Shelf[tuple[Month, ...]] = Shelf()


def said(area: Area) -> tuple[Said, ...]:
    """A sentence of each side that a look or a reading can put into the other one's words."""
    return tuple(one for one in (_fragile(area), _unmeasured(area)) if one is not None)


def _fragile(area: Area) -> Said | None:
    """What engineers call fragile: how often it needed fixes, and what goes through it."""
    look = (
        area.looks.filter(kind="fragility")
        .select_related("repository")
        .defer("page")
        .order_by("-made")
        .first()
    )
    repository = look.repository if look else None
    if look is None or repository is None:
        return None
    worst = _PLACES.get((look.pk, look.made), lambda: _worst(look))
    if not worst:
        return None
    open_ones = Reached.objects.filter(repository=repository, key=worst["key"], partner=False)
    through = open_ones.filter(odds__gte=LIKELY, brief__shipped=None).values("brief").distinct().count()
    fixes = plural(worst["fixes"], "was a fix", "were fixes")
    means = f"Of its {plural(worst['changed'], 'change')} in a year {fixes}"
    if through:
        means += f"; {plural(through, 'open idea goes', 'open ideas go')} through it"
    repository.area = area
    return Said(f"{worst['name']} is fragile", "engineering", f"{means}.", address(repository, worst["key"]))


def _worst(look: Look) -> Plain:
    places = [one for one in json.loads(look.wire).get("places", []) if one.get("level") == "fragile"]
    if not places or not places[0]["changed"]["value"]:
        return {}
    one = places[0]
    counts = {name: round(one[name]["value"]) for name in ("changed", "fixes")}
    return {"name": one["name"], "key": one["key"], **counts}


def _unmeasured(area: Area) -> Said | None:
    """What product wants without a number that would show it, and whether a problem is named."""
    asked = Question.objects.filter(area=area, by=None, ended=None, gone=None, brief__shipped=None)
    open_ones = asked.filter(code=NO_METRIC, brief__commitments=None).select_related("brief")
    found = open_ones.order_by("brief__place", "id").first()
    unnamed = asked.filter(code=NO_PROBLEM, brief__commitments=None, brief__in=open_ones.values("brief"))
    vague = unnamed.select_related("brief").order_by("brief__place", "id").first()
    one = vague or found
    if one is None:
        return None
    means = "No problem and no number is named" if vague else "No number is named"
    words = next((text for text in map(_first, one.brief.sections.order_by("id")) if text), one.brief.title)
    to = reverse("brief", args=[area.slug, one.brief.number])
    return Said(words, "product", f"{means} yet: whose day gets better by it?", to)


def _first(section: Any) -> str:
    """The first sentence of a text that is no heading."""
    lines = (line.strip() for line in section.text[:2_000].split("\n"))
    line = next((line for line in lines if line and not line.startswith("#")), "")
    sentence, stop, _ = line.partition(". ")
    return clip(f"{sentence}{stop.strip()}".rstrip("."), LONGEST)


def months(area: Area) -> tuple[Month, ...]:
    """The last months that were told, the newest last."""
    look = area.looks.filter(kind="balance").defer("page").order_by("-made").first()
    return _MONTHS.get((look.pk, look.made), lambda: _drawn(look)) if look else ()


def _drawn(look: Look) -> tuple[Month, ...]:
    one = next((each for each in json.loads(look.wire).get("repositories", []) if each["months"]), None)
    return tuple(_month(row) for row in one["months"][-SHOWN:]) if one else ()


def _month(row: Plain) -> Month:
    year, _, month = row["name"].partition("-")
    fixes, health = (round(100 * row[name]["value"]) for name in ("fixes", "health"))
    parts = [
        ("ideas", 100 - fixes - health, "half"),
        ("fixes", fixes, "open"),
        ("system health", health, "on"),
    ]
    name = MONTHS[int(month) - 1]
    picture = mark_safe(shares(parts, f"Of 100 changes in {name} {year}"))  # noqa: S308 - escaped there
    return Month(name, picture, health)
