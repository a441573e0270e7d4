"""What nobody sees: settings behind https raise no warning; a deed that breaks off leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from colead.web.areas.models import Area, Entry, Side
from colead.web.briefs.models import Agreement, Brief, Commitment, Suggestion, Version


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
