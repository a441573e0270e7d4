"""The home's quotes and bars: what each side says put into the other one's words, months as they divide."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from colead.web.areas.seen import months, said
from colead.web.briefs.models import Brief
from colead.web.parts.models import Reached
from colead.web.questions.models import Question
from colead.web.repositories.models import Look

HERE = "/checkout/"


def told(value: float) -> dict[str, float]:
    """A figure as a look keeps it."""
    return {"value": value}


def looked(area: Any) -> Any:
    """Both looks at a repository, small."""
    shop = area.area.repositories.create(name="shop", path="/nowhere", tip="1")
    place = {"key": "cart", "name": "Cart <b>", "level": "fragile", "changed": told(48), "fixes": told(20)}
    steady = {**place, "key": "mail", "level": "steady"}
    wires = {"fragility": {"places": [steady, place]}}
    rows = [
        {"name": f"2026-{month:02}", "fixes": told(0.17), "health": told(0.19), "features": told(0.64)}
        for month in (8, 9, 10)
    ]
    wires["balance"] = {"repositories": [{"months": []}, {"months": rows}]}
    for kind, wire in wires.items():
        repository = shop if kind == "fragility" else None
        Look.objects.create(
            area=area.area, repository=repository, kind=kind, sentence="x", page="", wire=json.dumps(wire)
        )
    return shop


def test_nothing_is_put_into_other_words_before_anything_was_seen(area: Any, signed_in: Any) -> None:
    assert said(area.area) == ()
    assert months(area.area) == ()
    assert "you see a finding of a reading" not in signed_in("product lead").get(HERE).content.decode()


def test_each_side_is_put_into_the_words_of_the_other(area: Any, signed_in: Any) -> None:
    shop = looked(area)
    for odds in (0.4, 0.9):
        Reached.objects.create(
            brief=area.brief, repository=shop, key="cart", name="Cart", odds=odds, sentence=""
        )
    vague = Brief.objects.write(
        area.area, area.priya, "Points", {"problem": "## Why\n\nAdd <i>points</i>. And"}, None
    )
    for code in ("Q01", "Q02"):
        Question.objects.create(
            area=area.area, brief=vague, code=code, key=code, side="product", turn="product", ask="Which?"
        )
    fragile, wish = said(area.area)
    assert (fragile.words, fragile.side) == ("Cart <b> is fragile", "engineering")
    assert fragile.means == "Of its 48 changes in a year 20 were fixes; one open idea goes through it."
    assert (wish.words, wish.side) == ("Add <i>points</i>", "product")
    assert wish.means == "No problem and no number is named yet: whose day gets better by it?"
    assert [(one.name, one.health) for one in months(area.area)] == [("September", 19), ("October", 19)]
    page = signed_in("product lead").get(HERE).content.decode()
    assert "Cart &lt;b&gt; is fragile" in page and "Add &lt;i&gt;points&lt;/i&gt;" in page
    assert 'aria-label="Of 100 changes in October 2026: ideas 64, fixes 17, system health 19"' in page
    Question.objects.filter(code="Q01").delete()
    assert said(area.area)[1].means.startswith("No number is named yet")


def test_as_many_questions_for_many(area: Any) -> None:
    shop = looked(area)
    counts = []
    for _ in range(2):
        for n in range(5):
            brief = Brief.objects.write(area.area, area.priya, f"Idea {n}", {"problem": "x"}, None)
            Reached.objects.create(
                brief=brief, repository=shop, key="cart", name="Cart", odds=0.9, sentence=""
            )
            Question.objects.create(area=area.area, brief=brief, code="Q02", key="k", side="product", ask="?")
        with CaptureQueriesContext(connection) as asked:
            said(area.area)
            months(area.area)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
