"""Files: the reserve of an area as the file that the command line reads, and what such a file says here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models

from colead.phrase import literal
from colead.web.repositories.models import Repository
from colead.web.reserve.models import Repair

MOST = 500  # repairs that a file holds


def text(repository: Repository, *, first: bool) -> str:
    """The repairs of a repository's parts; those of no known part are in the `first` one's file."""
    from colead.writers.reserve import HEAD, entry

    here = models.Q(repository=repository) | (models.Q(repository=None) if first else models.Q(pk=None))
    found = Repair.objects.filter(here, area=repository.area_id).exclude(ended__isnull=False, done=False)
    told = found.select_related("by").prefetch_related("estimates__by").order_by("id")[:MOST]
    return (
        HEAD + "".join(entry(one.said) for one in told) if told else HEAD.replace("repairs:", "repairs: []")
    )


def beside(look: dict[str, Any], mine: Sequence[Repair]) -> Iterator[dict[str, Any]]:
    """What the repositories' own files say, as the newest look ahead read them, and whether it is here."""
    here = {(one.what, part) for one in mine for part in (one.key, one.name)}
    for one in look.get("estimates", ()):
        yield {
            "what": literal(one["repair"]),
            "part": literal(one["part"]),
            "repository": one["repository"],
            "sentence": one["sentence"],
            "slots": one["slots"],
            "fewer": one["fewer"],
            "over": one["over"],
            "here": (one["repair"], one["part"]) in here,
        }
