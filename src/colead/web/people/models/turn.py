"""Turn: whose news are being sent by a process at the moment; sent at least once, also after a crash.

That a mail went and that this is written down cannot be one deed: the mail server is no part of the
transaction. So it is written down afterwards. A process that dies in between leaves somebody with the same
mail twice, which is a nuisance; the other order would leave them without it, and nobody would ever know.
What kills its process every time is given up after MOST tries. Nothing is sent from inside a transaction,
which might be undone when the mail is gone already.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

PAUSE = timedelta(minutes=2)  # for which a process has the turn; after a fault or a crash, until the next try
MOST = 3  # tries of which nobody knows how they ended


class Turn(models.Model):
    """Something to be sent by one process at a time."""

    sending = models.DateTimeField(null=True)  # since when a process does
    tries = models.PositiveSmallIntegerField(default=0)  # that were begun and not ended

    class Meta:
        abstract = True

    @staticmethod
    def free(now: datetime) -> models.Q:
        """Those whose turn nobody has."""
        return models.Q(sending=None) | models.Q(sending__lte=now - PAUSE)

    @property
    def given_up(self) -> bool:
        """Whether its processes died too often."""
        return self.tries >= MOST

    def take(self, now: datetime, **still: object) -> bool:
        """Take the turn, if all of this is still so; False where another process has it."""
        mine = self._rows().filter(self.free(now), tries=self.tries, **still)
        return bool(mine.update(sending=now, tries=models.F("tries") + 1))

    def refused(self) -> None:
        """It certainly did not go; the next try comes after the pause and is the first again."""
        self._rows().update(tries=0)

    def _rows(self) -> models.QuerySet[Turn]:
        return type(self)._default_manager.filter(pk=self.pk)
