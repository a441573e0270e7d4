"""Answered: what a program was answered under a key of its own, so that asking again does nothing twice."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from colead.web.people.models import Person
from colead.web.sealed import opened, seal

KEPT = timedelta(days=1)
PURPOSE = b"colead.api.answered"


class Answered(models.Model):
    """An answer under a person's key, for a day; sealed, since it may hold what is shown only once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the method, the address and the body
    status = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)  # sealed
    made = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar[models.Manager[Answered]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "key"], name="answered_once")
        ]

    @property
    def answer(self) -> object:
        """What was said."""
        return json.loads(opened(self.text, PURPOSE) or "null")

    def keep(self, status: int, told: object) -> None:
        """Keep what is said now."""
        self.status, self.text = status, seal(json.dumps(told), PURPOSE)
        self.save(update_fields=["status", "text"])


def asked(method: str, path: str, body: bytes) -> str:
    """The digest of what was asked."""
    return hashlib.sha256(b"\0".join([method.encode(), path.encode(), body])).hexdigest()
