"""Decisions leave and come back as files; what landed and what waits is noticed."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from colead.demo.repository import demo_repository
from colead.readers.madr import read
from colead.web.areas.models import Entry, Membership
from colead.web.decisions.landing import watch
from colead.web.decisions.models import Choice, Decision, Doubt
from colead.web.decisions.models.call import call, say
from colead.web.decisions.models.choice import choose
from colead.web.decisions.models.decision import Wish
from colead.web.decisions.models.doubt import doubt
from colead.web.decisions.waiting import waits
from colead.web.decisions.wire import of
from colead.web.jobs.models import Job
from colead.web.jobs.work import do

HERE = "/checkout/decisions"
OLD = b"""# 1. Use files

Date: 2020-01-02

## Status

Superseded by [2](0002-use-a-database.md)

## Context

We store.

## Decision

Files.
"""
NEW = b"""# 2. Use a database

* Status: accepted
* Deciders: Ann, Bob
* Date: 2021-01-02

## Considered Options

* PostgreSQL
* Files

## Decision Outcome

Chosen option: "PostgreSQL", because it counts.

### Consequences

* Good, because.
"""


@pytest.fixture
def asked(area: Any) -> Decision:
    two = (Wish("With the shipment", "Store it with the shipment."), Wish("With the order"))
    return Decision.objects.ask(
        area.area, area.priya, "Where does a note live?", "solution", options=two, brief=area.brief
    )


def decided(area: Any, one: Decision) -> None:
    option = one.options.first()
    assert option is not None
    choose(one, area.emil, "engineering", option, "it is printed there", version=one.version)


def brought(client: Any, name: str, data: bytes) -> Any:
    return client.post(f"{HERE}/files", {"file": SimpleUploadedFile(name, data)})


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for name, data in files.items():
            into.writestr(name, data)
    return made.getvalue()


def test_a_decision_as_a_file_says_all_of_it(area: Any, asked: Decision, signed_in: Any) -> None:
    doubt(asked, area.emil, kind="path", path="services/shipping/**")
    say(asked, area.priya, "none", "")
    decided(area, asked)
    answer = signed_in("product viewer").get(f"{HERE}/1.md")
    assert "0001-where-does-a-note-live.md" in answer["Content-Disposition"]
    one = read(answer.content)
    assert (one.title, one.status, one.chosen) == ("Where does a note live?", "accepted", 0)
    assert one.deciders == ("engineering lead",) and one.consulted == ("product lead",)
    assert one.extras["wrong"] == [{"path": "services/shipping/**"}]
    assert "It would be wrong when something lands in services/shipping/**." in one.confirmation
    with zipfile.ZipFile(io.BytesIO(signed_in("product lead").get(f"{HERE}.zip").content)) as files:
        assert files.namelist() == ["0001-where-does-a-note-live.md"]


def test_a_file_of_ours_comes_back(area: Any, asked: Decision, signed_in: Any) -> None:
    client = signed_in("engineering lead")
    file = client.get(f"{HERE}/1.md").content
    assert b"as it is here" in brought(client, "a.md", file).content
    changed = file.replace(b"Store it with", b"Keep it with")
    assert b"saved as a new version" in brought(client, "a.md", changed).content
    asked.refresh_from_db()
    assert asked.version == 2 and "Keep it with the shipment." in asked.worded
    again = brought(client, "a.md", file.replace(b"Store it with", b"Put it with"))
    assert again.status_code == 409
    assert b"Somebody saved in the meantime" in again.content and b"Put it with" in again.content
    decided(area, asked)
    told = brought(client, "a.md", file.replace(b"Store it with", b"Put it with")).content
    assert b"what was decided is not rewritten" in told


def test_several_that_differ_are_shown_and_nothing_is_lost(
    area: Any, asked: Decision, signed_in: Any
) -> None:
    emil = signed_in("engineering lead")
    ways = [Wish("A year")]
    other = Decision.objects.ask(area.area, area.emil, "How long is a note kept?", "solution", options=ways)
    mine = [emil.get(f"{HERE}/{n}.md").content for n in (1, 2)]
    asked.reword(area.emil, {"question": "Where is it?", "space": "solution"}, [Wish("A")], over=1)
    decided(area, other)
    changed = [one.replace(b"# ", b"# Once more: ", 1) for one in mine]
    entries = Entry.objects.count()
    files = [SimpleUploadedFile(f"{n}.md", one) for n, one in enumerate((*changed, OLD, b"# Nothing\n"), 1)]
    page = emil.post(f"{HERE}/files", {"file": files}).content.decode()
    assert "4 files read, 2 differ, 1 new, 1 without a decision." in page
    assert page.count("Both texts") == 2 and page.count("# Once more: ") == 4
    assert "Bring both together" in page and "Decide it anew" in page
    assert Entry.objects.count() == entries + 1
    told = {"name": "1.md", "text": changed[0].decode().replace("\n", "\r\n")}
    merge = emil.post(f"{HERE}/files", told)
    assert merge.status_code == 409 and b'action="/checkout/decisions/1/text"' in merge.content
    assert b"Once more: Where does a note live?" in merge.content and b"Where is it?" in merge.content
    anew = emil.post(f"{HERE}/files", {"name": "2.md", "text": changed[1].decode(), "anew": "1"})
    assert b'action="/checkout/decisions/new?instead=2"' in anew.content
    assert b"Once more: How long is a note kept?" in anew.content


def test_a_file_words_only_what_its_bringer_may_word(area: Any, asked: Decision, signed_in: Any) -> None:
    file = signed_in("engineering lead").get(f"{HERE}/1.md").content
    changed = file.replace(b"Store it with", b"Keep it with")
    page = brought(signed_in("product member"), "a.md", changed).content.decode()
    assert "who asked it and the side that decides word it" in page and "Keep it with" in page
    asked.refresh_from_db()
    assert asked.version == 1
    assert b"saved as a new version" in brought(signed_in("product lead"), "a.md", changed).content


def test_a_folder_of_others_comes_in_with_its_chain(area: Any, signed_in: Any) -> None:
    files = {"adr/0001-use-files.md": OLD, "adr/0002-use-a-database.md": NEW, "adr/README.md": b"# Hello\n"}
    client = signed_in("product lead")
    page = brought(client, "adr.zip", zipped(files)).content.decode()
    assert "3 files read, 2 new, 1 without a decision." in page
    old, new = Decision.objects.order_by("number")
    assert old.replaced == new and new.before == old
    assert (new.choice.names, new.choice.at.year, new.choice.why) == ("Ann, Bob", 2021, new.choice.why)
    assert new.choice.option and new.choice.option.name == "PostgreSQL"
    assert "Decided by Ann and Bob on 2 January 2021: PostgreSQL." in client.get(new.address).content.decode()
    assert Entry.objects.filter(verb="brought a decision in").count() == 2
    page = brought(client, "adr.zip", zipped(files)).content.decode()
    assert "2 known already" in page and Decision.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 broken", zipped({f"{n}.md": b"x" for n in range(301)}), zipped({"a.txt": b"x"})],
)
def test_what_cannot_be_brought_in_is_refused_in_a_sentence(area: Any, signed_in: Any, data: bytes) -> None:
    answer = brought(signed_in("product lead"), "a.zip", data)
    assert answer.status_code == 422 and b"Not saved yet" in answer.content


def test_a_zip_that_grows_is_refused(area: Any, signed_in: Any) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for n in range(25):
            into.writestr(f"{n}.md", b"0" * (1 << 20))
    answer = brought(signed_in("product lead"), "a.zip", made.getvalue())
    assert b"larger than 20 MB" in answer.content


def test_a_landing_where_it_matters_brings_a_decision_back(
    area: Any, asked: Decision, tmp_path: Path
) -> None:
    shop = demo_repository(tmp_path)
    one = area.area.repositories.create(name="shop", path=str(shop))
    made = doubt(asked, area.emil, kind="path", path="services/shipping/**")
    assert watch(area.area, [one]) == 0  # not decided yet
    decided(area, asked)
    assert watch(area.area, [one]) == 0
    long_ago = timezone.now() - timedelta(days=4000)
    Choice.objects.update(at=long_ago)
    Doubt.objects.update(at=long_ago)
    tip = subprocess.run(["git", "-C", shop, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    Doubt.objects.update(seen={str(one.pk): tip.stdout.strip()})
    assert watch(area.area, [one]) == 0  # that landing was there before
    Doubt.objects.update(seen={})
    assert [watch(area.area, [one]), watch(area.area, [one])] == [1, 0]
    made.refresh_from_db()
    assert made.because.startswith("something landed in services/shipping/**: ")


def test_options_are_read_by_a_job(area: Any, asked: Decision, signed_in: Any, tmp_path: Path) -> None:
    area.area.repositories.create(name="shop", path=str(demo_repository(tmp_path)))
    client = signed_in("product lead")
    client.post(f"{asked.address}/readings")
    assert "Waiting to be read" in client.get(asked.address).content.decode()
    job = Job.objects.claim()
    assert job is not None
    do(job)
    page = client.get(asked.address).content.decode()
    assert "Read against the repositories" in page and "Touches" in page
    assert asked.options.get(place=1).wire == ""  # it says nothing that could be read


def sentences(area: Any, name: str) -> list[str]:
    membership = Membership.objects.select_related("area").get(area=area.area, person=area.people[name])
    return [one.sentence for one in waits(membership)]


def test_what_waits_for_whom(area: Any, asked: Decision) -> None:
    assert sentences(area, "engineering lead") == ["Where does a note live? Nobody decided yet"]
    assert sentences(area, "product lead") == sentences(area, "product viewer") == []
    made = call(asked, area.emil, timezone.localdate() + timedelta(days=3))
    assert sentences(area, "engineering lead") == []
    assert "asks for concerns until" in sentences(area, "product lead")[0]
    say(asked, area.priya, "hold", "")
    assert sentences(area, "product lead") == ["Where does a note live? You asked for time"]
    type(made).objects.update(until=timezone.localdate() - timedelta(days=1))
    assert sentences(area, "engineering lead") == []
    asked.raised.get().resolve(area.priya, "")
    assert "you decide" in sentences(area, "engineering lead")[0]
    decided(area, asked)
    doubt(asked, area.emil, kind="path", path="x").fire("it landed")
    assert "asks again: it landed" in sentences(area, "engineering lead")[0]


def test_the_wire_form_tells_the_state(area: Any, asked: Decision) -> None:
    assert (of(asked).state, of(asked).owners) == ("open", "engineering lead")
    decided(area, asked)
    fresh = Decision.objects.get()
    told = of(fresh)
    assert (told.state, told.decided_by, told.idea) == ("decided", "engineering lead", 1)
    doubt(fresh, area.emil, kind="path", path="x").fire("y")
    assert of(Decision.objects.get()).state == "again"
