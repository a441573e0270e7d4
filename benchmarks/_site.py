"""Site: an installation filled for measuring: one area, its leads, ideas, entries, readings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from _busy import LONG, PAST, Site, busy
from _words import text

SPACES = ("problem", "approach", "outcome")


def filled(ideas: int, entries: int, read: int = 0, *, much: bool = True) -> Any:
    """Priya, who leads product of an area with so many ideas and entries; every so-many-th idea is read.

    `much`: whether concerns, decisions and all else that people keep there come along."""
    from django.utils import timezone

    from colead.web.areas.models import Area, Side
    from colead.web.people.models import Person
    from colead.web.people.views import begin

    priya = Person.objects.welcome("priya@shop.example", "Priya")
    Person.objects.filter(pk=priya.pk).update(is_admin=True)
    area = begin(priya, "Checkout", Side.PRODUCT)
    now = timezone.now()
    Area.objects.filter(pk=area.pk).update(numbered=ideas, made=now - PAST)
    site = Site(area, _briefs(area, ideas, now), _people(area, priya), now)
    _signed(_written(site), site)
    _noted(site, entries)
    if read:
        long = site.briefs[min(LONG, ideas) - 1]
        _read(area, [long, *(one for one in site.briefs[:: max(1, ideas // read)] if one != long)])
    if much:
        busy(Site(Area.objects.get(pk=area.pk), site.briefs, site.people, now))
    _looked_at()
    return priya


def _people(area: Any, priya: Any) -> list[Any]:
    """Twelve: Priya, Emil who leads engineering, nine who take part and one who looks on."""
    from colead.web.areas.models import Membership
    from colead.web.people.models import Person

    made = [priya]
    for at, name in enumerate(("Emil", *(f"Member {at}" for at in range(10)))):
        made.append(Person.objects.welcome(f"{name.replace(' ', '').lower()}@shop.example", name))
        role = "lead" if not at else "viewer" if at == 10 else "member"
        side = ("engineering", "product")[at % 2]
        Membership.objects.create(area=area, person=made[-1], side=side, role=role)
    return made


def _briefs(area: Any, ideas: int, now: Any) -> list[Any]:
    """Two of four are shipped, one of twenty is built, the others are to come."""
    from colead.web.briefs.models import Brief

    def made(number: int) -> Any:
        day = now - PAST + PAST * number / (ideas + 1)
        shipped = day.date() if number % 4 < 2 and number != LONG else None
        told = {"made": day, "touched": day, "shipped": shipped, "hoped": day.date()}
        return Brief(area=area, number=number, place=number, title=f"Idea {number}", **told)

    return Brief.objects.bulk_create([made(one) for one in range(1, ideas + 1)], batch_size=500)


def _looked_at() -> None:
    """What lies in the tables is told to the database, as it learns by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _written(site: Site) -> list[Any]:
    from colead.web.briefs.models import Section, Version

    texts = [
        Section(brief=brief, space=space, text=text(3 * brief.number + at, 120))
        for brief in site.briefs
        for at, space in enumerate(SPACES)
    ]
    texts = Section.objects.bulk_create(texts, batch_size=500)
    by = site.people[0]
    Version.objects.bulk_create([Version(section=one, number=1, text=one.text, by=by) for one in texts], 500)
    return texts


def _signed(texts: list[Any], site: Site) -> None:
    """Every other problem is agreed on; what is shipped or built was gone ahead with."""
    from colead.web.areas.models import Side
    from colead.web.briefs.models import Agreement, Commitment

    signed = [one for one in texts if one.space == "problem" and one.brief.number % 2]
    pairs = list(zip((Side.PRODUCT, Side.ENGINEERING), site.people, strict=False))
    made = [
        Agreement(section=one, version=1, side=side, by=by, at=one.brief.made)
        for one in signed
        for side, by in pairs
    ]
    Agreement.objects.bulk_create(made, 500)
    gone = [one for one in site.briefs if one.shipped or one.number % 20 == 7]
    told = {"by": site.people[0], "side": "product"}
    Commitment.objects.bulk_create([Commitment(brief=one, at=one.made, **told) for one in gone], 500)


def _noted(site: Site, entries: int) -> None:
    """Entries in a chain, as the area would have written them."""
    from colead.web.areas.chain import link, moment
    from colead.web.areas.models import Area, Entry

    told = {"space": "problem", "version": 1, "lifted": 0}
    kept, made = Area.objects.get(pk=site.area.pk), []
    before = kept.entered
    for number in range(before + 1, before + entries + 1):
        brief, by = site.briefs[number * 7 % len(site.briefs)], site.people[number % len(site.people)]
        row = {
            "by": by,
            "verb": "edited",
            "told": told,
            "number": number,
            "at": site.at(number - 1, entries + 1),
        }
        one = Entry(area=site.area, brief=brief, idea=brief.number, **row)
        one.digest = link(kept.head, number, moment(one.at), by.pk, one.idea, one.verb, one.told)
        kept.head = one.digest
        made.append(one)
        if len(made) == 10_000 or number == before + entries:
            Entry.objects.bulk_create(made, 500)
            made = []
    Area.objects.filter(pk=site.area.pk).update(entered=before + entries, head=kept.head)


def _read(area: Any, briefs: list[Any]) -> None:
    """Two real readings of each, of the made-up shop: one of a week ago, one of now."""
    from django.conf import settings
    from django.utils import timezone

    from colead.demo.repository import demo_repository
    from colead.web.jobs.models import Job
    from colead.web.jobs.work import do
    from colead.web.parts.models import Reached
    from colead.web.repositories.check import check_later
    from colead.web.repositories.look import look_later
    from colead.web.repositories.models import KeptReading

    shop: Path = demo_repository(settings.DATA / "demo")
    area.repositories.create(name="shop", path=str(shop))
    for brief, (title, problem) in zip(briefs, _specs(), strict=False):
        brief.title = title
        brief.save()
        brief.sections.filter(space="problem").update(text=problem)
        check_later(brief)
    look_later(area)
    while (job := Job.objects.claim()) is not None:
        do(job)
    made, reached = list(KeptReading.objects.order_by("pk")), list(Reached.objects.order_by("pk"))
    assert len(made) > 1, "no idea could be read"
    older, rows, parts = [], [], []
    for at, brief in enumerate(briefs):
        one = made[at % len(made)]
        again = made[(at + 1) % len(made)]
        told = {name: getattr(again, name) for name in ("tips", "verdict", "concerns", "wire")}
        older.append(KeptReading(brief=brief, digest="", made=timezone.now() - timedelta(days=7), **told))
        if at >= len(made):
            told = {name: getattr(one, name) for name in ("tips", "verdict", "concerns", "wire")}
            rows.append(KeptReading(brief=brief, digest=brief.digest, **told))
            named = [each for each in reached if each.brief_id == one.brief_id]
            parts += [_again(each, brief) for each in named]
    KeptReading.objects.bulk_create(older, 200)
    for one in made:  # the newest comes last
        one.pk = None
    KeptReading.objects.bulk_create([*made, *rows], 200)
    Reached.objects.bulk_create(parts, 500)


def _again(row: Any, brief: Any) -> Any:
    names = ("repository_id", "key", "name", "of", "partner", "odds", "sentence")
    return type(row)(brief=brief, **{name: getattr(row, name) for name in names})


def _specs() -> list[tuple[str, str]]:
    """Titles and problems of the demo's ideas."""
    from colead.web.story.backlog import forms

    return [(one.title, one.texts.get("problem", "")) for one in forms()]
