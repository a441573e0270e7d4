"""Since: fixes that landed in the parts of what was accepted, told by the look at the repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from colead.web.areas.models import Area
from colead.web.parts.models import Part
from colead.web.repositories.models import Repository
from colead.web.tradeoffs.models import Acceptance

if TYPE_CHECKING:
    from colead.history import History

MOST = 200  # acceptances that one look counts for


def watch(area: Area, repositories: list[Repository]) -> int:
    """Count anew for everything that is accepted; how many have parts to count in."""
    standing = Acceptance.objects.filter(area=area, ended=None).select_related("tradeoff")[:MOST]
    accepted = [one for one in standing if one.tradeoff.parts]
    counted: dict[int, tuple[int, int, str]] = {one.pk: (0, 0, "") for one in accepted}
    for repository in repositories if accepted else ():
        history = _history(repository)
        for one in accepted:
            keys = [key for where, key, _ in one.tradeoff.parts if where == str(repository.pk)]
            folders = Part.objects.filter(repository=repository, key__in=keys).values_list(
                "folders", flat=True
            )
            told = _fixes(history, [one for each in folders for one in each], int(one.at.timestamp()))
            before = counted[one.pk]
            counted[one.pk] = (before[0] + told[0], *max(before[1:], told[1:]))
    for one in accepted:
        count, _, last = counted[one.pk]
        since = {"fixes": count, "last": last, "looked": timezone.now().isoformat()}
        Acceptance.objects.filter(pk=one.pk).update(since=since)
    return len(accepted)


def _history(repository: Repository) -> History:
    from colead.readers.git import Door
    from colead.store import Store

    with Door.open(repository.place) as door, Store.open(door, settings.DATA / "cache") as store:
        store.update(door)
        return store.history()


def _fixes(history: History, folders: list[str], since: int) -> tuple[int, int, str]:
    """How many fixes landed in these folders after a moment, and when and what the last one was."""
    import numpy as np

    from colead.phrase import clip, literal

    first = int(np.searchsorted(history.at, since, side="right"))
    row = int(np.searchsorted(history.change_landing, first, side="left"))
    hit = set()
    for place, file in zip(
        history.change_landing[row:].tolist(), history.change_file[row:].tolist(), strict=True
    ):
        if place not in hit and history.is_fix[place] and _inside(history.paths[file], folders):
            hit.add(place)
    if not hit:
        return 0, 0, ""
    last = history.landings[max(hit)]
    return len(hit), last.at, clip(literal(last.title), 120)


def _inside(path: str, folders: list[str]) -> bool:
    return any(
        folder in ("", ".") or path.startswith(f"{folder.rstrip('/')}/") or path == folder
        for folder in folders
    )
