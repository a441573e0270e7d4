"""Pages as data: the same facts in three forms, for the same people; nothing runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from brief import undone
from django.test import Client
from test_routes import ALL, EVERYBODY, TABLE, address, asked, fetched, owed, planned

from colead.web.api.data import FORMS, pages
from colead.web.people.models import Token

HERE = (asked, fetched, owed, planned)  # what stands in the area
DOOR = "how one comes in"
OWN = "one person's own settings"
FORM = "a form; what it makes is data where it is shown"
FILE = "a file already"
# The pages without data, each with the reason.
WITHOUT = {
    **dict.fromkeys(("home", "sign-in", "second", "mailed-link", "elsewhere", "elsewhere-back"), DOOR),
    **dict.fromkeys(("link", "welcome", "join"), DOOR),
    **dict.fromkeys(("me", "password", "factor", "sessions", "tokens", "notices", "mute"), OWN),
    **dict.fromkeys(("new-brief", "new-decision", "new-repair", "decision-text", "message", "merge"), FORM),
    **dict.fromkeys(("deletion", "raising", "answers", "suggestions", "decision-files"), FORM),
    **dict.fromkeys(("brief-title", "brief-size"), FORM),
    **dict.fromkeys(("today", "export", "terms-file", "lessons-file", "reserve-file", "brief-file"), FILE),
    **dict.fromkeys(("decision-archive", "decision-file", "pack", "meeting-sheet", "idea-sheet"), FILE),
    "everywhere": "the search of each area is data",
    "menu": "ways to other pages",
    "chat": "a secret of the area's leads",
    "installation": "of no area; whoever runs it has its commands",
}


def test_every_page_is_data_or_says_why_not() -> None:
    shown = {name for name, (_, seen, _, _) in TABLE.items() if seen is not None}
    assert pages().keys() | WITHOUT.keys() == shown
    assert not pages().keys() & WITHOUT.keys()


@pytest.mark.parametrize("name", sorted(pages().keys() - {"job"}))  # a job's page is a piece of others
def test_a_page_has_a_door_to_its_data(name: str, signed_in: Any, area: Any) -> None:
    there = address(name, area)
    page = signed_in("product lead").get(there)
    if page.status_code == 404:
        assert name == "part"  # nothing was looked at yet
        return
    for form in FORMS:
        assert f'href="{there.rstrip("/")}.{form}"'.encode() in page.content


def test_a_page_without_data_has_no_such_door(signed_in: Any, area: Any) -> None:
    client = signed_in("product lead")
    for name in ("new-brief", "menu", "chat", "me"):
        assert b"as data" not in client.get(address(name, area)).content


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", pages())
def test_a_form_is_seen_by_whoever_sees_the_page(name: str, form: str, signed_in: Any, area: Any) -> None:
    there = address(name, area)
    odd = []
    for who in sorted(EVERYBODY):
        with undone():
            client = signed_in(who)
            page, data = client.get(there), client.get(f"{there.rstrip('/')}.{form}")
            if data.status_code != page.status_code or data.headers.get("Location", "").startswith("/area"):
                odd.append((who, page.status_code, data.status_code))
            if who not in ALL and b"Gift notes" in data.content:
                odd.append((who, "reads a word"))
    assert not odd


def test_a_token_reads_it(area: Any) -> None:
    secret = Token.objects.make(area.priya, "test", "read", 1)
    head = {"Authorization": f"Bearer {secret}"}
    told = Client().get("/checkout/decisions.json", headers=head)
    assert told.status_code == 200
    assert json.loads(told.content)["items"][0]["question"].startswith("Gift notes")
    area.area.memberships.get(person=area.priya).delete()
    assert Client().get("/checkout/decisions.json", headers=head).status_code == 404
    area.priya.lock_out()
    assert Client().get("/checkout/decisions.json", headers=head).status_code == 401


def test_nothing_runs_in_a_spreadsheet(area: Any, signed_in: Any) -> None:
    from colead.web.briefs.models import Brief

    Brief.objects.write(area.area, area.priya, "=HYPERLINK(1)|\n", {}, None)
    client = signed_in("product lead")
    table = list(csv.DictReader(io.StringIO(client.get("/checkout/ideas.csv").content.decode())))
    assert [one["title"] for one in table][-1].startswith("'=HYPERLINK")
    assert "\\|" in client.get("/checkout/ideas.md").content.decode()


def test_a_long_list_says_where_it_goes_on(area: Any, signed_in: Any) -> None:
    answer = signed_in("product lead").get("/checkout/ideas.csv?limit=1")
    assert answer["Link"].startswith("</checkout/ideas.csv?cursor=")
    assert signed_in("product lead").get("/checkout/ideas.json?limit=x").status_code == 422


def test_a_form_keeps_what_the_page_was_asked_for(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    page = client.get("/checkout/search?q=gift&x=1").content.decode()
    assert 'href="/checkout/search.json?q=gift"' in page
    told = client.get("/checkout/search.json?q=gift").json()
    assert {one["kind"] for one in told["items"]} >= {"ideas", "decisions"} and told["next"] is None
    answer = client.get("/checkout/search.csv?q=gift&kind=ideas&limit=1")
    assert "kind=ideas" in answer["Link"] and "cursor=" in answer["Link"] and "q=gift" in answer["Link"]
    first = client.get("/checkout/search.json?q=gift&kind=ideas&limit=1").json()
    where = f"/checkout/search.json?q=gift&kind=ideas&limit=1&cursor={first['next']}"
    assert client.get(where).json()["items"][0]["name"] != first["items"][0]["name"]
    for wrong in ("search.json?q=a&kind=x", "together.json?quarter=1", "ideas/1/past.json?since=x"):
        assert client.get(f"/checkout/{wrong}").status_code in (404, 422)
    assert client.get("/checkout/ideas/1/past.json?since=2020-01-01").json()["since"] == "2020-01-01"


def test_one_thing_reads_as_prose_and_its_table_as_a_table(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    prose = client.get("/checkout/together.md").content.decode()
    assert prose.startswith("- **quarter**: ") and "\n## figures\n\n| key | title |" in prose
    table = list(csv.DictReader(io.StringIO(client.get("/checkout/terms.csv").content.decode())))
    assert table[0] == {"thing": "user problem", "product": "decides", "engineering": "is asked"}
    home = client.get("/checkout.json").json()
    assert len(home["blocks"]) == 6 and home["led"] == "led by product lead and engineering lead"
    past = client.get("/checkout/ideas/1/past.json").json()
    assert past["entries"][-1]["did"] == "wrote the idea down"
