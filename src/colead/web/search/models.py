"""Line: everything searchable that one thing of an area says, kept by the database itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from colead.web.areas.models import Area


class Line(models.Model):
    """What one thing says; written by triggers (see kept.py) in the transaction that changes the thing."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)  # of documents.DOCUMENTS
    source = models.BigIntegerField()  # its key among those of its kind
    text = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "source"], name="said_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "kind", "-id"])]
