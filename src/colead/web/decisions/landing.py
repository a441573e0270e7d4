"""Landing: lets decisions ask again when something lands where it would make them wrong."""

from __future__ import annotations

from django.conf import settings

from colead.web.areas.models import Area
from colead.web.decisions.models import Doubt
from colead.web.decisions.models.doubt import Kind
from colead.web.repositories.models import Repository


def watch(area: Area, repositories: list[Repository]) -> int:
    """Look at what landed since each doubt was written down; how many decisions ask again."""
    waiting = Doubt.objects.filter(
        area=area, kind=Kind.PATH, fired=None, answered=None, decision__choice__isnull=False
    )
    doubts = list(waiting.select_related("decision__area", "decision__brief", "decision__choice")[:200])
    return sum(_watched(one, doubts) for one in repositories) if doubts else 0


def _watched(repository: Repository, doubts: list[Doubt]) -> int:
    from colead.decision import landed_in
    from colead.phrase import clip, literal
    from colead.readers.git import Door
    from colead.store import Store

    with Door.open(repository.place) as door, Store.open(door, settings.DATA / "cache") as store:
        store.update(door)
        history = store.history()
    fired = 0
    for one in doubts:
        since = int(max(one.at, one.decision.choice.at).timestamp())
        decided_later = one.decision.choice.at > one.at
        after = "" if decided_later else one.seen.get(str(repository.pk), "")
        found = landed_in(history, one.path, after=after, since=since)
        if found is not None:
            title = clip(literal(found.title), 120)
            fired += one.fire(f'something landed in {one.path}: "{title}", {found.oid[:8]}')
    return fired
