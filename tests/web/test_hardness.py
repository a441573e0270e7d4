"""What nobody sees: settings without a warning, deeds that break off, questions to the database, memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from fuller import grow
from test_routes import TABLE

from colead.demo.repository import demo_repository
from colead.web import demo
from colead.web.areas.models import Area, Entry, Side
from colead.web.briefs.models import Agreement, Brief, Commitment, Suggestion, Version
from colead.web.concerns.models import Concern
from colead.web.decisions.models import Decision
from colead.web.jobs.models import Job
from colead.web.jobs.work import do
from colead.web.meetings.models import Meeting
from colead.web.parts.models import Part
from colead.web.people.models import Person
from colead.web.questions.models import Question
from colead.web.threads.models import Thread
from colead.web.tradeoffs.models import write


def test_the_settings_behind_https_raise_no_warning(tmp_path: Path) -> None:
    told = "import django; django.setup(); from django.core.management import call_command as c; "
    told += "c('check', deploy=True, fail_level='WARNING')"
    env = {**os.environ, "COLEAD_DATA": str(tmp_path), "COLEAD_SECURE": "1", "COLEAD_HOSTS": "colead.example"}
    env["DJANGO_SETTINGS_MODULE"] = "colead.web.settings"
    ran = subprocess.run([sys.executable, "-c", told], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


class Died(BaseException):
    """The process is gone: nothing catches it."""


def _deeds(area: Any) -> dict[str, Callable[[], object]]:
    brief: Brief = area.brief
    section = brief.by_space["problem"]
    return {
        "edit": lambda: section.save_text(area.priya, "other", over=1),
        "agree": lambda: section.agree(area.priya, Side.PRODUCT, 1),
        "suggest": lambda: section.suggest(area.emil, "other", "why"),
        "write": lambda: Brief.objects.write(area.area, area.priya, "More", {}, None),
        "go ahead": lambda: brief.go_ahead(area.priya, Side.PRODUCT),
        "ship": lambda: brief.ship(area.priya, date(2026, 1, 1)),
        "order": lambda: brief.put(area.priya, 2),
        "delete": lambda: brief.drop(area.priya),
        "terms": lambda: area.area.agree_on(area.priya, Side.PRODUCT, 30, ()),
        "invite": lambda: area.area.invite(area.priya, Side.PRODUCT, "member"),
    }


DEEDS = ("edit", "agree", "suggest", "write", "go ahead", "ship", "order", "delete", "terms", "invite")


def _all(area: Any) -> list[object]:
    kinds = (Version, Agreement, Suggestion, Commitment, Entry)
    rows = [list(one.objects.order_by("pk").values()) for one in kinds]
    briefs = list(Brief.objects.order_by("pk").values("pk", "place", "shipped", "touched"))
    return [*rows, briefs, list(Area.objects.order_by("pk").values()), area.area.terms.count()]


@pytest.mark.parametrize("when", ["before its entry", "after its entry"])
@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_that_dies_around_its_entry_leaves_nothing(
    name: str, when: str, area: Any, monkeypatch: Any
) -> None:
    Brief.objects.write(area.area, area.priya, "Second", {}, None)
    before, deed, enter = _all(area), _deeds(area)[name], Area.enter

    def dies(self: Area, *told: Any, **more: Any) -> None:
        if when == "after its entry":
            enter(self, *told, **more)
        raise Died

    monkeypatch.setattr(Area, "enter", dies)
    with pytest.raises(Died):
        deed()
    assert _all(area) == before
    monkeypatch.undo()
    count = Entry.objects.count()
    _deeds(area)[name]()
    assert Entry.objects.count() == count + 1


@pytest.fixture(scope="module")
def shop(tmp_path_factory: Any) -> Any:
    """The made-up shop's repository."""
    return demo_repository(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def shown(db: None, shop: Any, monkeypatch: Any) -> Area:
    """The demo area, its ideas read."""
    monkeypatch.setattr("colead.demo.repository.demo_repository", lambda place: shop)
    demo.install()
    while (job := Job.objects.claim()) is not None:
        do(job)
    return Area.objects.get(demo=True)


def _addresses(area: Area) -> dict[str, str]:
    """Every page of an area that the table of routes knows and that is there."""
    part = Part.objects.order_by("pk").first()
    known = {"area": area.slug, "number": 1, "key": part.key if part else "."}
    found = {}
    for name, (parts, seen, _, _) in TABLE.items():
        if "area" in parts and seen is not None:
            told = {key: known.get(key, value) for key, value in parts.items()}
            if name == "member":
                told["pk"] = area.memberships.order_by("pk")[0].pk
            found[name] = reverse(name, kwargs=told)
    return found


def asked_of(client: Client, address: str) -> int:
    """How many questions a page asks the database once it was looked at."""
    client.get(address)
    for one in Area.objects.annotate(last=Max("entries__number")):
        Area.objects.filter(pk=one.pk).update(entered=one.last)  # what was copied has no chain
        one.enter(None, "measured")  # about no idea, so that no page is kept
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


# Files that hold everything there is, read piece by piece.
ARCHIVES = {"export", "decision-archive"}


@pytest.mark.full
def test_every_page_asks_as_much_in_an_area_that_holds_much_more(shown: Area) -> None:
    client = Client()
    client.force_login(Person.objects.get(name="Priya"))
    pages = {name: to for name, to in _addresses(shown).items() if name not in ARCHIVES}
    there = {name: to for name, to in pages.items() if client.get(to).status_code == 200}
    assert len(there) > 20, there
    before = {name: asked_of(client, to) for name, to in there.items()}
    assert grow(shown, 3) > 300
    after = {name: asked_of(client, to) for name, to in there.items()}
    assert not {name: (before[name], count) for name, count in after.items() if count > before[name]}


VISITED = ("area", "briefs", "brief", "past", "inbox", "concerns", "decisions", "tradeoffs", "meeting")


def test_the_most_visited_pages_ask_as_much_when_more_is_on_them(area: Any, signed_in: Any) -> None:
    told = (area.area, area.emil)
    Concern.objects.raise_it(*told, "unclear", "Nobody knows who packs.", area.brief)
    Decision.objects.ask(*told, "Label or note?", "problem", brief=area.brief)
    Question.objects.ask(area.brief, area.emil, "product", "Who packs?")
    Thread.objects.begin(area.brief, area.emil, "Who packs?", "Nobody said so.")
    write(*told, "repair", "the printer", "Notes get lost.", brief=area.brief)
    area.brief.by_space["problem"].suggest(area.emil, "Packers read notes aloud.", "It is shorter.")
    Meeting.objects.plan(area.area, area.emil, date(2030, 1, 1))
    client = signed_in("product lead")
    there = {name: address for name, address in _addresses(area.area).items() if name in VISITED}
    assert len(there) == len(VISITED)
    before = {name: asked_of(client, to) for name, to in there.items()}
    assert grow(area.area, 3) > 50
    after = {name: asked_of(client, to) for name, to in there.items()}
    assert not {name: (before[name], count) for name, count in after.items() if count > before[name]}


HEAVY = ("authlib", "requests", "cryptography", "tree_sitter")


def test_a_process_for_pages_loads_nothing_that_pages_do_not_need(tmp_path: Path) -> None:
    told = "import django; django.setup(); import colead.web.urls, sys; "
    told += f"print(*[one for one in {HEAVY!r} if one in sys.modules])"
    env = {**os.environ, "COLEAD_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "colead.web.settings"}
    assert subprocess.check_output([sys.executable, "-c", told], env=env, text=True).split() == []


@pytest.mark.full
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells it")
def test_the_idle_server_with_the_demo_takes_at_most_250_mb() -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "memory.py"
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
