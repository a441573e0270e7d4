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
OWN_FILE = {("brief", "md"), ("decision", "md")}  # their .md is the file that people take along


def test_every_name_is_one_of_a_page() -> None:
    assert pages().keys() <= TABLE.keys()
    assert len(pages()) >= 25


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", pages())
def test_a_form_is_seen_by_whoever_sees_the_page(name: str, form: str, signed_in: Any, area: Any) -> None:
    there = address(name, area)
    odd = []
    for who in sorted(EVERYBODY):
        with undone():
            client = signed_in(who)
            page, data = client.get(there), client.get(f"{there}.{form}")
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
