"""Wire: jobs as programs read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from colead.web.jobs import models


@dataclass(frozen=True)
class Job:
    """Longer work: what, how far, how it ended."""

    id: int
    kind: str
    about: str
    state: str
    done: int
    total: int
    what: str
    made: datetime
    ended: datetime | None


def job(one: models.Job) -> Job:
    """A job."""
    told = (one.pk, one.kind, one.about, str(one.state), one.done, one.total, one.what)
    return Job(*told, one.made, one.ended)
