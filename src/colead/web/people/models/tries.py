"""Tries: how often something was tried lately, counted for all processes together."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from colead.web.people.models.person import digest

KEPT = timedelta(days=2)


class Counting(models.Manager["Tries"]):
    """What was tried, by what it is counted under."""

    def too_many(self, key: str, most: int, seconds: int) -> bool:
        """Count one more try under the key; whether there were more than `most` since its window began."""
        name, now = digest(f"{key} {seconds}"), timezone.now()
        self.filter(since__lt=now - KEPT).delete()
        self.filter(key=name, since__lt=now - timedelta(seconds=seconds)).update(since=now, count=0)
        self.get_or_create(key=name)
        self.filter(key=name).update(count=F("count") + 1)
        return self.get(key=name).count > most


class Tries(models.Model):
    """A count since the first try of its window."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(default=timezone.now, db_index=True)
    count = models.PositiveIntegerField(default=0)

    objects: ClassVar[Counting] = Counting()
