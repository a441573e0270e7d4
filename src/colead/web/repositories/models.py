"""Repository: where an area's code lives; and the readings that were kept of its briefs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from colead.web.areas.models import Area
from colead.web.repositories.origin import Origin

__all__ = ["KeptReading", "Look", "Origin", "Repository", "ready"]

if TYPE_CHECKING:
    from colead.reading import Reading


class Repository(models.Model):
    """A git repository on this machine, or fetched to it, that an area's ideas are held against."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="repositories")
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=1000)  # below the data folder where it was fetched
    added = models.DateTimeField(default=timezone.now)
    tip = models.CharField(max_length=64, blank=True)  # the newest commit that was looked at

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "path"], name="connected_once")
        ]

    origin: Origin

    def __str__(self) -> str:
        return self.name

    @property
    def is_fetched(self) -> bool:
        """Whether the clone is Colead's own."""
        return not Path(self.path).is_absolute()

    @property
    def place(self) -> Path:
        """The folder that is read."""
        return Path(settings.DATA / self.path)


def ready(area: Area) -> models.QuerySet[Repository]:
    """The area's repositories that can be read: all but those not fetched yet."""
    return area.repositories.exclude(origin__isnull=False, tip="").order_by("id")


class KeptReading(models.Model):
    """A reading as it was made: never changed, compared with the next."""

    brief = models.ForeignKey("briefs.Brief", models.CASCADE, related_name="readings")
    made = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)  # of the brief as it was read
    tips = models.CharField(max_length=1000)  # the commits it was read against
    verdict = models.TextField()
    concerns = models.JSONField(default=list)  # the kinds of bad news in it, in words
    wire = models.TextField()  # JSON, colead.reading/1

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["brief", "-id"]),
            models.Index(fields=["made", "brief"]),
        ]

    @property
    def reading(self) -> Reading | None:
        """The reading itself; None where another version of Colead made it."""
        from colead.errors import WrongUse
        from colead.writers.wire import from_json

        try:
            return from_json(self.wire)
        except WrongUse:
            return None


class Look(models.Model):
    """What Colead last saw of an area as a whole: how its work divides, or where fixes are likely."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="looks")
    repository = models.ForeignKey(Repository, models.CASCADE, null=True)  # None: all of them
    kind = models.CharField(max_length=20)  # "balance" or "fragility"
    made = models.DateTimeField(default=timezone.now)
    sentence = models.TextField()
    page = models.TextField()  # HTML of a writer, what stands below the title
    wire = models.TextField()  # JSON

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["area", "repository", "kind"], nulls_distinct=False, name="one_look_of_each"
            )
        ]
