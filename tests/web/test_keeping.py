"""Taking an area along and in: nothing is lost, and a zip that means harm is refused in a sentence."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from colead.correction import Correction, Kind
from colead.web.areas.chain import verify
from colead.web.areas.models import Area, Membership, Side
from colead.web.briefs.models import Brief
from colead.web.jobs.models import Job
from colead.web.keeping.archive import Archive
from colead.web.keeping.export import export
from colead.web.keeping.named import NAMED
from colead.web.keeping.portable import LEFT, Unfit, links, ways
from colead.web.keeping.table import cell
from colead.web.keeping.takein import take_in
from colead.web.people.models import Person
from colead.web.repositories.models import KeptReading, Origin, Repository


@pytest.fixture
def full(area: Any) -> Area:
    """An area in which a good deal happened."""
    made: Area = area.area
    text = area.brief.by_space["problem"]
    text.save_text(area.priya, "other\n\u2028 ö", over=1)
    text.agree(area.priya, Side.PRODUCT, 2)
    text.suggest(area.emil, "better", "why").decline(area.priya, "not now")
    text.suggest(area.emil, "best", "=1+1")
    second = Brief.objects.write(made, area.emil, "=cmd|' /C calc'!A0", {"approach": "x"}, None)
    second.go_ahead(area.emil, Side.ENGINEERING)
    Brief.objects.write(made, area.priya, "Gone", {}, None).drop(area.priya)
    made.agree_on(area.priya, Side.PRODUCT, 30, [])
    shop = Repository.objects.create(area=made, name="shop", path="clones/shop/shop.git")
    Origin.objects.create(repository=shop, address="https://git.example.com/shop", secret="canary")
    from colead.web.parts.lessons import keep_amiss

    said = Correction(Kind.MISSING, "services/tax", "", "Gift notes", ("gift",), "it is", second.made.date())
    keep_amiss(shop, area.brief, area.emil, said)
    told = {"digest": "x", "tips": "", "verdict": "Small.", "concerns": ["a"], "wire": "{}"}
    KeptReading.objects.create(brief=area.brief, **told)
    return Area.objects.get(pk=made.pk)


def packed(area: Area) -> bytes:
    file = io.BytesIO()
    export(Area.objects.get(pk=area.pk), file)
    return file.getvalue()


def opened(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as one:
        return {name: one.read(name).decode() for name in one.namelist()}


def alike(files: dict[str, str]) -> dict[str, str]:
    """Without what has to differ: the area's short name, and the entry that says it was taken in."""
    told = dict(files)
    about = json.loads(told.pop("area.json"))
    told["area.json"] = json.dumps({**about, "slug": ""})
    for name in ("data/areas.entry.jsonl", "entries.csv"):
        told[name] = "".join(line for line in told[name].splitlines(True) if "imported" not in line)
    return told


def test_an_area_goes_and_comes_back_the_same(full: Area, area: Any) -> None:
    first = packed(full)
    admin = area.priya
    again = take_in(io.BytesIO(first), admin)
    second = packed(again)
    assert alike(opened(second)) == alike(opened(first))
    assert verify(again).wrong is None
    assert again.entries.order_by("-number")[0].verb == "imported"
    assert again.memberships.count() == full.memberships.count()
    third = take_in(io.BytesIO(second), admin)
    assert alike(opened(packed(third))) == alike(opened(second))
    origin = Origin.objects.get(repository__area=again)
    assert (origin.address, origin.secret == "canary") == ("https://git.example.com/shop", False)


def some(kind: Any, area: Area) -> None:
    """A row of a model of the area, whatever it holds; columns that are added one day are filled, too."""
    told: dict[str, Any] = {}
    for one in kind._meta.concrete_fields:
        if one.primary_key or (one.null and one.related_model is Job):
            continue
        if one.related_model is Area:
            told[one.name] = area
        elif one.related_model is Person:
            told[one.name] = area.memberships.order_by("pk")[1].person
        elif one.is_relation:
            way = {ways()[one.related_model]: area} if one.related_model in ways() else {}
            there = one.related_model._default_manager.filter(**way).order_by("pk")
            if one.related_model is not kind and way and not there.exists():
                some(one.related_model, area)
            told[one.name] = there.last()
        else:
            told[one.name] = value(one)
    kind(**told).save(force_insert=True)


def value(one: Any) -> Any:
    """Something that is not what the column begins with."""
    if one.choices:
        return one.choices[-1][0]
    if isinstance(one, models.DateField):
        at = timezone.now() - timedelta(days=3)
        return at if isinstance(one, models.DateTimeField) else at.date()
    if isinstance(one, models.JSONField):
        return one.get_default()
    if isinstance(one, models.BooleanField):
        return not one.get_default()
    return 77 if isinstance(one, models.IntegerField | models.FloatField) else "Ö=1"[: one.max_length]


UNLIKE = {  # what is another thing where it comes in
    ("areas.Entry", "digest"),
    *(("repositories.Repository", one) for one in ("path", "tip", "looked")),
    *((label, column) for label, column, _, _ in NAMED),
}


def every_table(area: Area) -> dict[str, list[dict[str, Any]]]:
    """What the database holds of an area, numbers of rows as their places among those of the area."""
    found = {
        kind: list(kind._default_manager.filter(**{way: area}).order_by("pk")) for kind, way in ways().items()
    }
    places = {kind: {one.pk: at for at, one in enumerate(rows)} for kind, rows in found.items()}

    def told(one: Any, each: Any) -> Any:
        held = getattr(one, each.attname)
        return places[each.related_model][held] if held and each.related_model in places else held

    def columns(kind: Any) -> list[Any]:
        every = (one for one in kind._meta.concrete_fields if not one.primary_key)
        return [one for one in every if one.related_model is not Area
                and (kind._meta.label, one.name) not in UNLIKE]  # fmt: skip

    return {
        kind._meta.label: [{each.name: told(one, each) for each in columns(kind)} for one in rows]
        for kind, rows in found.items()
    }


def test_every_table_of_an_area_comes_back(full: Area, area: Any) -> None:
    for kind, way in ways().items():
        if not kind._default_manager.filter(**{way: full}).exists():
            some(kind, full)
    again = take_in(io.BytesIO(packed(full)), area.priya)
    there, here = every_table(again), every_table(full)
    assert all(here.values())
    assert there["areas.Entry"].pop()["verb"] == "imported"
    for label, rows in here.items():
        assert there[label] == rows, label


def test_what_names_a_row_by_its_number_names_the_row_that_came_in(full: Area, area: Any) -> None:
    def first(kind: str, of: Area) -> Any:
        model = apps.get_model(kind)
        return model._default_manager.filter(**{ways()[model]: of}).order_by("pk")[0]

    for kind in dict.fromkeys(["concerns.Concern", *(label for label, *_ in NAMED)]):
        some(apps.get_model(kind), full)
    shop, concern = (first(one, full).pk for one in ("repositories.Repository", "concerns.Concern"))
    written = {
        ("decisions.Doubt", "seen"): lambda shop, concern: {str(shop): "abc"},
        ("prototypes.Prototype", "changed"): lambda shop, concern: {str(shop): {"branch": "x"}},
        ("tradeoffs.Tradeoff", "parts"): lambda shop, concern: [[str(shop), "services/tax", "Tax"]],
        ("threads.Thread", "key"): lambda shop, concern: str(concern),
    }
    assert written.keys() == {(label, column) for label, column, *_ in NAMED}
    for (kind, column), told in written.items():
        more = {"kind": "concern"} if column == "key" else {}
        held = told(shop, concern)
        gone = {**held, "999": "x"} if isinstance(held, dict) else held
        apps.get_model(kind)._default_manager.update(**{column: gone}, **more)
    again = take_in(io.BytesIO(packed(full)), area.priya)
    mine = [first(one, again).pk for one in ("repositories.Repository", "concerns.Concern")]
    assert mine != [shop, concern]
    for (kind, column), told in written.items():
        assert getattr(first(kind, again), column) == told(*mine), kind
    for odd in ([], {"x": 1}, {"-1": 1}):
        with pytest.raises(Unfit, match="another form"):
            take_in(io.BytesIO(remade(packed(full), row("decisions.doubt", seen=odd))), area.priya)


def test_what_an_older_colead_did_not_have_begins_as_it_does_here(full: Area, area: Any) -> None:
    from colead.web.tradeoffs.models import Tradeoff, write

    write(full, area.priya, "repair", "the repair", "It breaks.")
    data = remade(packed(full), without("tradeoffs.tradeoff", "mark"))
    assert Tradeoff.objects.get(area=take_in(io.BytesIO(data), area.priya)).mark == ""
    with pytest.raises(Unfit, match="skip is missing"):
        take_in(io.BytesIO(remade(data, without("tradeoffs.tradeoff", "skip"))), area.priya)


def without(name: str, column: str) -> Callable[[dict[str, bytes]], None]:
    """Take a column of the first row out."""

    def change(files: dict[str, bytes]) -> None:
        first, _, rest = files[f"data/{name}.jsonl"].partition(b"\n")
        told = json.loads(first)
        del told[column]
        files[f"data/{name}.jsonl"] = json.dumps(told).encode() + b"\n" + rest

    return change


def test_the_reserve_goes_along(full: Area, area: Any) -> None:
    from colead.readers.reserve import read_reserve
    from colead.web.reserve.models import Guess, Place, Repair, monday

    lead = Membership.objects.select_related("area", "person").get(area=full, person=area.emil)
    shop = full.repositories.get()
    Repair.objects.propose(lead, "=Split it", Place("Tax", "services/tax", shop), monday(), Guess(2, 30))
    told = opened(packed(full))
    (one,) = read_reserve(told["repositories/1-shop/.colead/reserve.yml"].encode())
    assert (one.repair, one.part, one.fewer) == ("=Split it", "services/tax", 30)
    assert "'=Split it,Tax,2,30,engineering lead" in told["repairs.csv"]


def test_it_is_files_for_people_too(full: Area) -> None:
    told = opened(packed(full))
    assert "# Gift notes" in told["ideas/0001-gift-notes.md"]
    assert "user problem" in told[".colead/agreement.yml"]
    assert "services/tax" in told["repositories/1-shop/.colead/corrections.yml"]
    assert "'=cmd|" in told["ideas.csv"]
    assert "canary" not in "".join(told.values())
    assert [cell(one) for one in ("-1", -1, None, "a", "@x", "+x", "\tx")] == [
        "'-1", "-1", "", "a", "'@x", "'+x", "'\tx",
    ]  # fmt: skip


def test_whom_nobody_knows_stays_as_a_name(full: Area, area: Any) -> None:
    data = packed(full).replace(b"", b"")
    Person.objects.filter(pk=area.emil.pk).update(email="moved@shop.example")
    again = take_in(io.BytesIO(data), area.people["admin"])
    by = again.briefs.get(number=2).sections.get(space="approach").versions.get().by
    assert (by.name, by.is_active, by.pk == area.emil.pk) == ("engineering lead", False, False)
    assert not Membership.objects.filter(person=by).exists()
    assert "engineering lead" in opened(packed(again))["people.json"]


def test_every_model_of_an_area_goes_along_or_says_why_not() -> None:
    for kind in apps.get_models():
        hangs = {one.related_model for one in links(kind)} & {Area, *ways()}
        if hangs and kind._meta.label not in LEFT:
            assert kind in ways() or all(one.null for one in links(kind) if one.related_model in hangs), kind
    for kind in ways():
        names = {one.name for one in kind._meta.concrete_fields}
        assert not names & {"page", "html", "secret", "sealed", "password"}, kind


def remade(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as one:
        files = {name: one.read(name) for name in one.namelist()}
    change(files)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as one:
        for name, text in files.items():
            one.writestr(name, text)
    return made.getvalue()


def row(name: str, **more: Any) -> Callable[[dict[str, bytes]], None]:
    """Change the first row of a file."""

    def change(files: dict[str, bytes]) -> None:
        first, _, rest = files[f"data/{name}.jsonl"].partition(b"\n")
        files[f"data/{name}.jsonl"] = json.dumps({**json.loads(first), **more}).encode() + b"\n" + rest

    return change


def other(name: str, text: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: text})


HARM: dict[str, Callable[[dict[str, bytes]], None]] = {
    "a path that leads out": other("../../etc/passwd", b"x"),
    "a path from the root": other("/etc/passwd", b"x"),
    "a path as on Windows": other("a\\b", b"x"),
    "a bomb": other("ideas/bomb.md", b"\0" * (300 << 20)),
    "a bomb of one line": other("data/briefs.brief.jsonl", b"[" * (100 << 20)),
    "many files": lambda files: files.update({f"ideas/{one}.md": b"" for one in range(31_000)}),
    "no area": lambda files: files.pop("area.json") and None,
    "another form": other("area.json", b'{"form": "colead.area/99"}'),
    "no JSON": other("people.json", b"{"),
    "NaN": other("people.json", b"[NaN]"),
    "deep JSON": other("people.json", b"[" * 50_000 + b"]" * 50_000),
    "people of another kind": other("people.json", b'[{"id": "x", "name": 1, "address": []}]'),
    "an address that is none": other("people.json", b'[{"id": 1, "name": "x", "address": "y"}]'),
    "a row of another kind": other("data/briefs.brief.jsonl", b"[]\n"),
    "a number as text": row("briefs.brief", number="1"),
    "a number out of range": row("briefs.brief", number=2**70),
    "a number below nothing": row("briefs.brief", number=-1),
    "a title too long": row("briefs.brief", title="x" * 500),
    "a title that no database keeps": row("briefs.brief", title="\0"),
    "half a letter": row("briefs.brief", title="\ud800"),
    "a day that is none": row("briefs.brief", hoped="2026-13-45"),
    "a moment without a zone": row("briefs.brief", made="2026-01-01T00:00:00"),
    "a side that is none": row("briefs.agreement", side="sales"),
    "a column that nobody knows": row("briefs.brief", admin=True),
    "somebody who is nobody": row("briefs.version", by=999),
    "a text of no idea": row("briefs.section", brief=999),
    "a text twice": row("briefs.section", space="approach"),
    "a version that is not there": row("briefs.section", version=9),
    "a number twice": row("briefs.brief", number=2),
    "a number that was never given": row("briefs.brief", number=77),
    "a gap in the entries": row("areas.entry", number=5),
    "a folder of the server": row("repositories.repository", address="file:///etc", folder="/etc"),
    "an address inside": row("repositories.repository", address="ext::sh -c id", folder=""),
    "rows that do not count": row("briefs.brief", id=99),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
def test_a_zip_that_means_harm_is_refused(harm: str, full: Area, area: Any) -> None:
    before = (Area.objects.count(), Person.objects.count())
    with pytest.raises(Unfit) as told:
        take_in(io.BytesIO(remade(packed(full), HARM[harm])), area.people["admin"])
    assert str(told.value).endswith(".")
    assert (Area.objects.count(), Person.objects.count()) == before


def test_a_zip_that_is_odd_is_refused(full: Area) -> None:
    for data in (b"", b"PK", b"x" * 1000, packed(full)[:-100]):
        with pytest.raises(Unfit):
            Archive(io.BytesIO(data))
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as one:
        one.writestr("a", "1")
        one.writestr("A", "2")
    with pytest.raises(Unfit, match="two files of one name"):
        Archive(twice)
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    linked = io.BytesIO()
    with zipfile.ZipFile(linked, "w") as one:
        one.writestr(link, "/etc/passwd")
    with pytest.raises(Unfit, match="a link or encrypted"):
        Archive(linked)


def test_a_zip_that_lies_about_its_size_is_refused(full: Area, area: Any) -> None:
    data = bytearray(packed(full))
    for place in range(len(data) - 4):  # every size that the directory tells
        if data[place : place + 4] == b"PK\x01\x02":
            data[place + 24 : place + 28] = struct.pack("<I", 1)
    with pytest.raises(Unfit):
        take_in(io.BytesIO(bytes(data)), area.people["admin"])


def test_whoever_runs_the_installation_takes_an_area_in(full: Area, signed_in: Any) -> None:
    file = SimpleUploadedFile("checkout.zip", packed(full))
    client = signed_in("admin")
    assert client.post("/installation", {"file": file}).status_code == 302
    assert Area.objects.filter(slug="checkout-2").exists()
    wrong = client.post("/installation", {"file": SimpleUploadedFile("x.zip", b"x")})
    assert wrong.status_code == 422
    assert b"It is no zip" in wrong.content
    page = client.get("/installation").content
    assert b"No backup was made yet" in page
    assert signed_in("product lead").post("/installation", {"file": file}).status_code == 403


def test_a_lead_looks_through_the_entries(full: Area, signed_in: Any) -> None:
    page = signed_in("product lead").post("/checkout/keeping").content
    assert b"entries are as they were written" in page
    assert full.head.encode() in page
