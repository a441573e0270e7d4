"""Origin: the address that a repository is fetched from, what opens it, and how the last try went."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from colead.phrase import day
from colead.web.repositories.secret import opened

if TYPE_CHECKING:
    from colead.readers.git.fetching import Access
    from colead.web.jobs.models import Job
    from colead.web.repositories.models import Repository

EVERY = timedelta(minutes=15)
RAREST = timedelta(hours=12)


class Origin(models.Model):
    """Where a repository is fetched from."""

    repository = models.OneToOneField("repositories.Repository", models.CASCADE, related_name="origin")
    address = models.CharField(max_length=500)
    user = models.CharField(max_length=80, blank=True)  # the name that goes with a token
    secret = models.TextField(blank=True)  # a token or a private key, encrypted
    public = models.CharField(max_length=200, blank=True)  # the public part of the key
    hosts = models.TextField(blank=True)  # keys that the host showed first, as lines of known_hosts
    size = models.PositiveBigIntegerField(default=0)  # bytes of the clone
    reached = models.DateTimeField(null=True)  # when it was last read
    failing = models.DateTimeField(null=True)  # since when it could not be
    fault = models.TextField(blank=True)  # why
    tries = models.PositiveIntegerField(default=0)  # in vain, since it was last read
    due = models.DateTimeField(default=timezone.now, db_index=True)  # when to try again

    def __str__(self) -> str:
        return self.address

    @property
    def by_key(self) -> bool:
        """Whether a key opens it, which every ssh host wants."""
        return bool(self.public)

    @property
    def access(self) -> Access:
        """What is shown to the host; RepositoryError E73 where it can no longer be read."""
        from colead.readers.git.fetching import Access

        secret = opened(self.secret)
        token, key = ("", secret) if self.by_key else (secret, "")
        return Access(self.user, token, key, self.hosts, settings.AUTHORITIES)

    @property
    def fingerprints(self) -> list[str]:
        """The host's keys, as ssh itself shows them."""
        told = []
        for line in self.hosts.splitlines():
            with_kind = line.split()[1:3]
            if len(with_kind) == 2:
                told.append(_fingerprint(*with_kind))
        return [one for one in told if one]

    def went_well(self, tip: str, size: int, hosts: str) -> bool:
        """Write down that it was read; whether something landed since the last time."""
        from colead.web.repositories.models import Repository

        now = timezone.now()
        kept = {"reached": now, "failing": None, "fault": "", "tries": 0, "due": now + EVERY}
        Origin.objects.filter(pk=self.pk).update(size=size, hosts=hosts or self.hosts, **kept)
        return bool(Repository.objects.filter(pk=self.repository_id).exclude(tip=tip).update(tip=tip))

    def went_wrong(self, fault: str, hosts: str, now: datetime | None = None) -> None:
        """Write down why it could not be read; the next try comes later each time."""
        now = now or timezone.now()
        wait = min(RAREST, EVERY * 2 ** min(self.tries, 8))
        kept = {"failing": self.failing or now, "fault": fault, "tries": self.tries + 1, "due": now + wait}
        Origin.objects.filter(pk=self.pk).update(hosts=hosts or self.hosts, **kept)

    objects: ClassVar[models.Manager[Origin]] = models.Manager()


def state(repository: Repository, job: Job | None) -> str:
    """How a repository with an address is, in words."""
    origin = repository.origin
    if job is not None and job.state == "running":
        share = f", {100 * job.done // job.total} %" if job.total else ""
        return f"{job.what or 'asking the host'}{share}"
    if job is not None and job.state == "waiting":
        return "waiting to be fetched"
    if origin.fault and origin.failing:
        return f"could not be fetched {_since(origin.failing)}: {origin.fault}"
    if job is not None and job.state == "failed":
        return f"could not be fetched: {job.what}"
    return f"read {_moment(origin.reached)}" if origin.reached else "not fetched yet"


def _moment(at: datetime) -> str:
    here, today = timezone.localtime(at), timezone.localdate()
    if here.date() == today:
        return f"today, {here:%H:%M}"
    return f"{day(here.date(), today=today)}, {here:%H:%M}"


def _since(at: datetime) -> str:
    here, today = timezone.localtime(at), timezone.localdate()
    if here.date() == today:
        return f"since {here:%H:%M}"
    near = (today - here.date()).days < 7
    return f"since {here:%A}" if near else f"since {day(here.date(), today=today)}"


def _fingerprint(kind: str, key: str) -> str:
    try:
        digest = hashlib.sha256(base64.b64decode(key, validate=True)).digest()
    except (binascii.Error, ValueError):
        return ""
    return f"SHA256:{base64.b64encode(digest).decode('ascii').rstrip('=')} ({kind})"
