"""Site: an installation filled for measuring: one area, its leads, ideas, entries, readings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

TEXT = "Buyers put gift messages into the delivery box, and the courier reads them aloud.\n\n" * 12
SPACES = ("problem", "approach", "outcome")


def filled(ideas: int, entries: int, read: int = 0, *, much: bool = True) -> Any:
    """Priya, who leads product of an area with so many ideas and entries; every so-many-th idea is read.

    `much`: whether concerns, decisions and all else that people keep there come along."""
    from colead.web.areas.models import Area, Membership, Side
    from colead.web.briefs.models import Brief
    from colead.web.people.models import Person
    from colead.web.people.views import begin

    priya = Person.objects.welcome("priya@shop.example", "Priya")
    emil = Person.objects.welcome("emil@shop.example", "Emil")
    area = begin(priya, "Checkout", Side.PRODUCT)
    Membership.objects.create(area=area, person=emil, side=Side.ENGINEERING, role="lead")
    numbers = range(1, ideas + 1)
    made = [Brief(area=area, number=one, place=one, title=f"Idea {one}") for one in numbers]
    briefs = Brief.objects.bulk_create(made, batch_size=500)
    Area.objects.filter(pk=area.pk).update(numbered=ideas)
    _signed(_written(briefs, priya), priya, emil)
    _noted(area, briefs, priya, entries)
    discussed(briefs, priya, emil)
    if read:
        _read(area, briefs[:: max(1, ideas // read)])
    if much:
        from _busy import busy

        busy(Area.objects.get(pk=area.pk), briefs, priya, emil)
    return priya


def _written(briefs: list[Any], by: Any) -> list[Any]:
    from colead.web.briefs.models import Section, Version

    texts = [Section(brief=brief, space=space, text=TEXT) for brief in briefs for space in SPACES]
    texts = Section.objects.bulk_create(texts, batch_size=500)
    Version.objects.bulk_create([Version(section=one, number=1, text=TEXT, by=by) for one in texts], 500)
    return texts


def _signed(texts: list[Any], priya: Any, emil: Any) -> None:
    """Every other problem is agreed on."""
    from colead.web.areas.models import Side
    from colead.web.briefs.models import Agreement

    signed = [one for one in texts if one.space == "problem" and one.brief.number % 2]
    pairs = ((Side.PRODUCT, priya), (Side.ENGINEERING, emil))
    made = [Agreement(section=one, version=1, side=side, by=by) for one in signed for side, by in pairs]
    Agreement.objects.bulk_create(made, 500)


def _noted(area: Any, briefs: list[Any], by: Any, entries: int) -> None:
    """Entries in a chain, as the area would have written them."""
    from colead.web.areas.chain import link, moment
    from colead.web.areas.models import Area, Entry

    told = {"space": "problem", "version": 1, "lifted": 0}
    kept, made = Area.objects.get(pk=area.pk), []
    before = kept.entered
    for number in range(before + 1, before + entries + 1):
        brief = briefs[number % len(briefs)]
        one = Entry(area=area, brief=brief, by=by, verb="edited", told=told, number=number, idea=brief.number)
        one.digest = link(kept.head, number, moment(one.at), by.pk, one.idea, one.verb, one.told)
        kept.head = one.digest
        made.append(one)
    Entry.objects.bulk_create(made, 500)
    Area.objects.filter(pk=area.pk).update(entered=before + entries, head=kept.head)


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
    for brief, (title, text) in zip(briefs, _specs(), strict=False):
        brief.title = title
        brief.save()
        brief.sections.filter(space="problem").update(text=text)
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
    from colead.web.demo import _ideas

    return [(title, texts.get("problem", "")) for title, texts, _ in _ideas()]


def discussed(briefs: Any, priya: Any, emil: Any) -> None:
    """One discussion on every fifth idea, with one message; on idea 5,000 it has 400."""
    from colead.web.threads.models import Message, Thread

    fifth = (one for one in briefs if not one.number % 5)
    told = [Thread(brief=one, number=1, title="Who loses a cart?", by=priya) for one in fifth]
    threads = Thread.objects.bulk_create(told, batch_size=500)
    said = [Message(thread=one, by=priya, text=TEXT) for one in threads]
    long = next((one for one in threads if one.brief.number == 5000), threads[-1])
    said += [Message(thread=long, by=(priya, emil)[one % 2], text=TEXT) for one in range(400)]
    Message.objects.bulk_create(said, batch_size=500)
