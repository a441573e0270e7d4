"""Fetching in the page: an address is connected, a worker brings it, the page says how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from smart import git, host, land, repository

from colead.web.areas.models import Entry
from colead.web.jobs.models import Job, State
from colead.web.jobs.work import do
from colead.web.prototypes.models import Prototype
from colead.web.repositories.fetch import sweep
from colead.web.repositories.look import notice
from colead.web.repositories.models import Origin, Repository

CANARY = "cld-canary-7f3a9"
PLACE = "/checkout/repositories"


@pytest.fixture
def shop(tmp_path: Path, settings: Any) -> Iterator[Any]:
    """A git host that this installation may fetch from, with one repository."""
    repository(tmp_path / "root" / "shop")
    with host(tmp_path / "root", tmp_path) as told:
        settings.REACH, settings.AUTHORITIES = ("127.0.0.1",), told.authorities
        settings.DATA = tmp_path / "data"
        told.folder, told.address = tmp_path / "root" / "shop", f"https://127.0.0.1:{told.port}/shop"
        yield told


def worked(kind: str = "fetch") -> Job:
    """Do the waiting jobs of a kind; the last of them."""
    for job in Job.objects.filter(state=State.WAITING).exclude(kind=kind):
        job.cancel()
    job = Job.objects.claim()
    assert job is not None and job.kind == kind
    do(job)
    job.refresh_from_db()
    return job


def connected(signed_in: Any, shop: Any, **more: str) -> Repository:
    """The repository, connected by a lead and fetched."""
    signed_in("engineering lead").post(PLACE, {"path": shop.address, **more})
    worked()
    return Repository.objects.get()


def test_an_address_becomes_a_repository_that_is_read(area: Any, shop: Any, signed_in: Any) -> None:
    lead = signed_in("engineering lead")
    assert lead.post(PLACE, {"path": shop.address}).status_code == 302
    page = lead.get(PLACE).content.decode()
    assert "Waiting to be fetched" in page and shop.address in page
    job = worked()
    assert (job.state, job.what) == (State.DONE, "fetched")
    assert "Read today, " in lead.get(PLACE).content.decode()
    assert set(Job.objects.filter(state=State.WAITING).values_list("kind", flat=True)) == {"check", "look"}
    do(Job.objects.claim())  # type: ignore[arg-type]  # there is one
    verbs = list(Entry.objects.filter(verb__in=["connected", "fetched"]).values_list("verb", flat=True))
    assert verbs == ["connected", "fetched"]
    kept = Repository.objects.get()
    assert kept.name == "shop" and kept.place.name == "shop.git" and not Path(kept.path).is_absolute()


def test_without_the_setting_it_is_refused_in_words(
    area: Any, shop: Any, signed_in: Any, settings: Any
) -> None:
    settings.REACH = ()
    connected(signed_in, shop)
    page = signed_in("product viewer").get(PLACE).content.decode()
    assert "Could not be fetched since" in page and "COLEAD_REACH=127.0.0.1" in page
    assert not shop.asked


def test_a_later_landing_is_fetched_when_its_time_comes(area: Any, shop: Any, signed_in: Any) -> None:
    kept = connected(signed_in, shop)
    newest = land(shop.folder, "later.txt")
    notice()
    assert not Job.objects.filter(kind="fetch", state=State.WAITING).exists()
    Origin.objects.update(due=timezone.now() - timedelta(seconds=1))
    notice()
    worked()
    kept.refresh_from_db()
    assert kept.tip == newest


def test_what_fails_is_tried_later_and_later(area: Any, shop: Any, signed_in: Any) -> None:
    kept = connected(signed_in, shop)
    tip, waits = kept.tip, []
    shop.folder.rename(shop.folder.with_name("moved"))
    for _ in range(3):
        signed_in("product member").post(f"{PLACE}/{kept.pk}/fetch")
        assert worked().state == State.FAILED
        waits.append(round((kept_origin(kept).due - timezone.now()).total_seconds() / 60))
    assert waits == [15, 30, 60]
    kept.refresh_from_db()
    assert kept.tip == tip and kept_origin(kept).reached and kept_origin(kept).tries == 3
    page = signed_in("product viewer").get(PLACE).content.decode()
    assert "does not give this repository to Colead" in page
    shop.folder.with_name("moved").rename(shop.folder)
    signed_in("product member").post(f"{PLACE}/{kept.pk}/fetch")
    worked()
    assert kept_origin(kept).fault == "" and kept_origin(kept).tries == 0


def kept_origin(repository: Repository) -> Origin:
    """How the database has it now."""
    return Origin.objects.get(repository=repository)


def test_taking_it_out_removes_the_clone(area: Any, shop: Any, signed_in: Any) -> None:
    kept = connected(signed_in, shop)
    place = kept.place
    assert place.is_dir()
    signed_in("product lead").post(f"{PLACE}/{kept.pk}")
    assert not place.parent.exists() and not Repository.objects.exists()
    place.mkdir(parents=True)  # as when it was killed in between
    assert sweep() == 1 and not place.parent.exists()


def test_folders_are_for_who_runs_the_installation(area: Any, signed_in: Any, tmp_path: Path) -> None:
    answer = signed_in("product lead").post(PLACE, {"path": str(tmp_path)})
    assert answer.status_code == 403
    for odd in (
        "file:///etc",
        "../shop",
        "ext::sh -c id",
        "https://a:b@git.example.com/x",
        "-oProxyCommand=x",
    ):
        assert signed_in("product lead").post(PLACE, {"path": odd}).status_code == 422


def test_a_token_opens_it_and_is_seen_nowhere(
    area: Any, shop: Any, signed_in: Any, caplog: Any, capfd: Any, tmp_path: Path
) -> None:
    shop.token = CANARY
    lead = signed_in("engineering lead")
    pages = [lead.post(PLACE, {"path": shop.address, "token": CANARY, "user": "reader"}).content]
    assert worked().state == State.DONE
    kept = Repository.objects.get()
    shop.token = "another"
    lead.post(f"{PLACE}/{kept.pk}/fetch")
    assert worked().state == State.FAILED
    pages += [lead.get(PLACE).content, lead.get("/checkout/").content]
    pages.append(lead.post(f"{PLACE}/{kept.pk}/token", {"token": f"{CANARY}-2"}).content)
    rows = [str(list(model.objects.values())) for model in (Job, Entry, Repository, Origin)]
    told = capfd.readouterr()
    seen = [*map(bytes.decode, pages), *rows, caplog.text, told.out, told.err, repr(kept_origin(kept).access)]
    assert not [one for one in seen if CANARY in one]
    data = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert data and not [file for file in data if CANARY.encode() in file.read_bytes()]
    assert kept_origin(kept).access.token == f"{CANARY}-2"


def test_the_branch_of_a_prototype_comes_along(area: Any, shop: Any, signed_in: Any) -> None:
    connected(signed_in, shop)
    git(shop.folder, "switch", "--quiet", "-c", "try/notes")
    (shop.folder / "slips").mkdir()
    land(shop.folder, "slips/print.py", "def slip(order):\n    return order\n")
    git(shop.folder, "switch", "--quiet", "main")
    lead = signed_in("engineering lead")
    until = timezone.localdate().isoformat()
    lead.post("/checkout/ideas/1/prototypes", {"question": "Does it?", "branch": "try/notes", "until": until})
    one = Prototype.objects.get()
    lead.post(f"/checkout/ideas/1/prototypes/{one.pk}", {"verdict": "yes", "answer": "It does."})
    while (job := Job.objects.claim()) is not None:
        do(job)
    one.refresh_from_db()
    (trial,) = one.trials.values()
    assert [path for paths in trial.files.values() for path in paths] == ["slips/print.py"], one.fault
