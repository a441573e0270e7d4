"""Fetch: brings a repository from its address into a clone of Colead's own, later and by itself."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from colead.errors import ColeadError, LimitReached
from colead.readers.git.address import Address, address
from colead.readers.git.fetching import Bounds, Fetching
from colead.readers.git.limits import MEGABYTE
from colead.readers.reach import Reach
from colead.web.areas.models import Area
from colead.web.jobs.models import ALIVE, Job, State
from colead.web.people.models import Person
from colead.web.repositories.models import Repository
from colead.web.repositories.origin import EVERY, Origin
from colead.web.repositories.secret import new_key, sealed

KIND = "fetch"
FOLDER = Path("clones")  # in the data folder
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]")


def connect(area: Area, by: Person, where: Address, token: str = "", user: str = "") -> Repository:
    """Connect the repository at this address; its first fetch is asked for."""
    private, public = new_key() if where.scheme == "ssh" else (token, "")
    with area.held():
        path = str(FOLDER / secrets.token_hex(8) / f"{NOT_IN_A_NAME.sub('-', where.name)}.git")
        made = area.repositories.create(name=where.name, path=path)
        Origin.objects.create(
            repository=made, address=where.text, user=user, secret=sealed(private), public=public
        )
        area.enter(by, "connected", repository=made.name, address=where.text)
        fetch_later(made, by)
    return made


def replace_token(repository: Repository, by: Person, token: str, user: str) -> None:
    """Keep another token, or none, and try it."""
    with repository.area.held():
        Origin.objects.filter(repository=repository, public="").update(secret=sealed(token), user=user)
        repository.area.enter(by, "gave another token", repository=repository.name)
        fetch_later(repository, by)


def fetch_later(repository: Repository, by: Person | None = None) -> Job:
    """Ask for it."""
    return Job.objects.ask(repository.area, KIND, str(repository.pk), by)


def ask_to_fetch(repository: Repository, by: Person) -> Job:
    """Somebody asks for it."""
    with repository.area.held():
        asked = fetch_later(repository, by)
        repository.area.enter(by, "asked to fetch", repository=repository.name)
    return asked


def fetch_now(job: Job, today: date) -> str:
    """Bring what landed; where something did, everything is read anew. Says how it went."""
    from colead.web.repositories.look import landed

    origin = Origin.objects.select_related("repository__area").filter(repository=int(job.about)).first()
    if origin is None:
        return "taken out meanwhile"
    Origin.objects.filter(pk=origin.pk).update(due=timezone.now() + EVERY)
    hosts = ""
    try:
        bounds = _bounds(origin)
        with Fetching(
            address(origin.address), origin.repository.place, Reach(settings.REACH), origin.access, bounds
        ) as door:
            try:
                tip = door.fetch(job.go_on, beside(origin.repository.area))
            finally:
                hosts = door.hosts
            size = door.size
    except ColeadError as error:
        fault = f"{error.what}. {error.why}. Try: {error.hint}."
        with origin.repository.area.held(), job.ending(fault, State.FAILED):
            origin.went_wrong(fault, hosts)
        return fault
    with origin.repository.area.held(), job.ending("fetched"):
        if origin.went_well(tip, size, hosts):
            origin.repository.area.enter(None, "fetched", repository=origin.repository.name, tip=tip)
            landed(origin.repository.area)
    return "fetched"


def beside(area: Area) -> list[str]:
    """Branches that come along: of prototypes that were not read yet, and of ideas that are built."""
    from colead.web.concerns.models import Trail
    from colead.web.prototypes.models import Prototype

    tries = Prototype.objects.filter(brief__area=area, read=None).order_by("-id")
    built = Trail.objects.filter(brief__area=area, brief__shipped=None, brief__commitments__isnull=False)
    named = [*tries.values_list("branch", flat=True)[:10], *built.values_list("branch", flat=True)[:20]]
    return [one for one in dict.fromkeys(named) if one]


def _bounds(origin: Origin) -> Bounds:
    """What this fetch may take of what is left; LimitReached E74 where nothing is."""
    others = Origin.objects.exclude(pk=origin.pk).aggregate(models.Sum("size"))["size__sum"] or 0
    left = settings.DISK - others
    if left < MEGABYTE:
        raise LimitReached(
            "E74",
            f"all clones take {others // MEGABYTE:,} of the {settings.DISK // MEGABYTE:,} MB they may",
            why="Nothing was fetched; what was fetched before is still there",
            hint="take a repository out, or let whoever runs the installation raise COLEAD_DISK",
        )
    return Bounds(size=min(settings.LARGEST, left))


def fetch_due() -> int:
    """Ask for every fetch whose time has come; how many."""
    asked = 0
    for origin in Origin.objects.filter(due__lte=timezone.now()).select_related("repository__area"):
        alive = Job.objects.filter(kind=KIND, about=str(origin.repository_id), state__in=ALIVE)
        if not alive.exists():
            fetch_later(origin.repository)
            asked += 1
    return asked


def take_out(repository: Repository, by: Person) -> None:
    """Take a repository out of its area; a clone of Colead's own goes with it, a folder stays."""
    area, place, own = repository.area, repository.place, repository.is_fetched
    with area.held():
        for job in Job.objects.filter(area=area, kind=KIND, about=str(repository.pk), state__in=ALIVE):
            job.cancel()
        area.enter(by, "disconnected", repository=repository.name)
        repository.delete()
    if own:
        remove(place)


def remove(clone: Path) -> None:
    """Remove the folder of a clone, and what was read from it."""
    from colead.store.store import kept_of

    for file in kept_of(settings.DATA / "cache", clone):
        file.unlink(missing_ok=True)
    gone = clone.parent.with_suffix(".gone")
    with suppress(OSError):
        os.rename(clone.parent, gone)
    shutil.rmtree(gone, ignore_errors=True)


def sweep() -> int:
    """Remove folders of clones that no repository names any more; how many."""
    folder: Path = settings.DATA / FOLDER
    named = {Path(one).parent.name for one in Repository.objects.values_list("path", flat=True)}
    left = [one for one in (folder.iterdir() if folder.is_dir() else ()) if one.name not in named]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    return len(left)
