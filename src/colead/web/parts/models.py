"""Part: one part of a repository as its page tells it, and which open ideas reach it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from colead.web.briefs.models import Brief
from colead.web.people.models import Person
from colead.web.repositories.models import Repository

ROOT = "."  # the root folder's part, whose key is empty, in an address


class Part(models.Model):
    """A part as it was last looked at."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="parts")
    key = models.CharField(max_length=1000)  # Component.key
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    folders = models.JSONField(default=list)
    owners = models.JSONField(default=list)  # from CODEOWNERS or a catalog, as written
    says = models.JSONField(default=list)  # other words for it
    files = models.PositiveIntegerField(default=0)
    sentence = models.TextField(blank=True)  # how fragile it is
    page = models.TextField()  # HTML of a writer: its history and the evidence

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["repository", "key"], name="part_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where its page is."""
        return address(self.repository, self.key)


def address(repository: Repository, key: str) -> str:
    """Where the page of a part is; `repository` came with its area."""
    return f"{reverse('part', args=[repository.area.slug, key or ROOT])}?in={repository.pk}"


class Reached(models.Model):
    """A part that the newest reading of an idea names: it touches it, or it may change along."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="+")
    repository = models.ForeignKey(Repository, models.CASCADE, related_name="+")
    key = models.CharField(max_length=1000)
    name = models.CharField(max_length=200)
    of = models.CharField(max_length=1000, blank=True)  # of a partner: the key of the touched part
    partner = models.BooleanField(default=False)
    odds = models.FloatField()  # of touching it, or of changing along
    sentence = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["repository", "key"])]


class Word(models.Model):
    """What an area calls a part: it holds before the repository's own glossary."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="words")
    target = models.CharField(max_length=200)  # the key of a part, or a path
    name = models.CharField(max_length=200)
    says = models.JSONField(default=list)  # other words for it
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["repository", "target"], name="called_once"),
            models.UniqueConstraint(fields=["repository", "name"], name="name_once"),
        ]


class Amiss(models.Model):
    """What a reading got wrong, said by a person of this area; readings use it until it is taken back."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="amiss")
    brief = models.ForeignKey(Brief, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20)  # colead.correction.Kind
    part = models.CharField(max_length=1000)
    of = models.CharField(max_length=1000, blank=True)
    spec = models.CharField(max_length=200)  # the title that it was said of
    words = models.JSONField(default=list)
    because = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
