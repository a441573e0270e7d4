"""A reading of the example idea against the made-up shop, made once for all tests that need one."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from colead.demo.repository import demo_repository
from colead.look import check
from colead.web.parts.models import Part
from colead.web.tradeoffs.told import mark
from colead.writers.wire import to_json

READ = 4_000_000  # the kept reading, and the repository that it is of
FOLDER = 4_000_001


@cache
def made() -> tuple[str, str, str]:
    """Where the shop is, the reading as it is kept, and the mark of the first tradeoff that it tells."""
    shop = demo_repository(settings.DATA / "demo")
    text = (Path(__file__).parents[2] / "examples" / "gift-notes.md").read_text(encoding="utf-8")
    told = check(None, [shop], text=text, today=date(2026, 11, 2), cache=settings.DATA / "cache")
    return str(shop), to_json(told), mark(told.tradeoffs[0])


@cache
def other() -> str:
    """The same reading, had it seen fewer partners."""
    return json.dumps({**json.loads(made()[1]), "partners": []})


def read(area: Any) -> None:
    """The shop is a repository of the area, and its idea was read; both leads have terms to sign."""
    from colead.agreement import Owned

    shop, wire, _ = made()
    there = area.area.repositories.create(pk=FOLDER, name="demo", path=shop, tip="0" * 40)
    Part.objects.create(repository=there, key="services/checkout", name="Checkout", kind="service", page="")
    told = {"digest": area.brief.digest, "tips": "0" * 40, "verdict": "It touches a few parts."}
    area.brief.readings.create(pk=READ, wire=wire, **told)
    rows = (("user problem", "decides", "is asked"), ("technical approach", "is told", "decides"))
    owns = [Owned(*one) for one in (*rows, ("the outcome", "decides", "decides"))]
    area.area.agree_on(area.priya, "product", 20, owns)
