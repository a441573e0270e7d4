"""Seen: what the jobs keep for the pages of parts, so that a page only reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction

from colead.amiss import correctable
from colead.phrase import literal
from colead.web.briefs.models import Brief
from colead.web.parts.models import Part, Reached, address
from colead.web.repositories.models import Look, Repository

if TYPE_CHECKING:
    from colead.codebase import Component
    from colead.lookout import System
    from colead.outlook import Outlook
    from colead.reading import Reading

LONGEST, CALLED = 1000, 200  # characters of a key, of a name
LIKELY = 0.5  # odds from which a map says that an idea touches a part


def keep_parts(repository: Repository, seen: System) -> None:
    """Keep every part of a repository as its page tells it, in place of what was kept before."""
    made = [_part(repository, one, seen) for one in seen.components if len(literal(one.key)) <= LONGEST]
    with transaction.atomic():
        Repository.objects.select_for_update().get(pk=repository.pk)  # two looks keep one after the other
        repository.parts.all().delete()
        Part.objects.bulk_create(made, batch_size=200)


def _part(repository: Repository, one: Component, seen: System) -> Part:
    from colead.lookout import cited
    from colead.writers import part_page

    told = seen.outlook
    place = next((each for each in told.places if each.key == one.key), None)
    drags = [each for each in told.drags if one.key and each.key == one.key]
    ids = cited(place) if place else ()
    return Part(
        repository=repository,
        key=literal(one.key),
        name=literal(one.name)[:CALLED],
        kind=str(one.kind),
        folders=[literal(each) for each in one.roots],
        owners=[literal(each) for each in one.owners],
        says=[literal(each) for each in one.says],
        files=one.files,
        sentence=part_page.sentence(place),
        page=part_page.inside(told, place, drags, ids),
    )


def keep_reached(brief: Brief, repositories: list[Repository], reading: Reading) -> None:
    """Keep which parts the newest reading of an idea names; `repositories` as they were read."""
    names = [one.name for one in reading.repositories]
    where = dict(zip(names, repositories, strict=True))
    Reached.objects.filter(brief=brief).delete()
    Reached.objects.bulk_create(_reached(brief, where, reading))


def _reached(brief: Brief, where: dict[str, Repository], reading: Reading) -> Iterator[Reached]:
    for one in reading.touches:
        touch = one.touch
        yield Reached(
            brief=brief,
            repository=where[touch.repository],
            key=literal(touch.component)[:LONGEST],
            name=literal(touch.name)[:CALLED],
            odds=touch.probability.value,
            sentence=literal("; ".join(touch.reasons[:2])),
        )
    for each in filter(correctable, reading.partners):  # both parts lie in one repository
        yield Reached(
            brief=brief,
            repository=where[each.repository],
            key=literal(each.component)[:LONGEST],
            name=literal(each.name)[:CALLED],
            of=literal(each.of)[:LONGEST],
            partner=True,
            odds=each.chance.value,
            sentence=literal(each.sentence),
        )


def drawn(repository: Repository, told: Outlook) -> str:
    """The System page's part on a repository; its map opens the parts and outlines what open ideas touch."""
    from colead.writers import outlook_page
    from colead.writers.mapped import Opened

    reached = Reached.objects.filter(repository=repository, partner=False, odds__gte=LIKELY)
    reached = reached.filter(brief__shipped=None)
    touched = set(reached.values_list("key", flat=True).distinct())
    pages = {one.key: address(repository, literal(one.key)) for one in told.plots if one.parts == 1}
    return outlook_page.inside(told, Opened(pages, touched), shut=True)


def draw_anew(repository: Repository) -> None:
    """Outline what open ideas touch by now on the map that was kept."""
    from colead.errors import WrongUse
    from colead.writers.wire import outlook_from_json

    look = Look.objects.filter(repository=repository, kind="fragility").first()
    if look is None:
        return
    try:
        page = drawn(repository, outlook_from_json(look.wire))
    except WrongUse:  # another version of Colead wrote it; the next look does it
        return
    Look.objects.filter(pk=look.pk, made=look.made).update(page=page)
