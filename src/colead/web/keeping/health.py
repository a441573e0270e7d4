"""Health: how the installation is: when it was last backed up, what room is left, whether work gets done."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from colead import __version__
from colead.phrase import plural
from colead.web.jobs.models import Job, State

NOTES = "backups.jsonl"  # in the data folder: what was backed up and tried, and when
SHOWN = 20
LATE = timedelta(days=8)


@dataclass(frozen=True)
class Health:
    """What the page says."""

    sentence: str
    backup: datetime | None
    trial: datetime | None
    free: int  # MB
    taken: int  # MB of the data folder's clones and database
    waiting: int
    failed: int
    version: str
    database: str


def note(what: str, **more: Any) -> None:
    """Write down that a backup was made, tried or came back."""
    line = json.dumps({"at": timezone.now().isoformat(), "what": what, **more})
    try:
        with (Path(settings.DATA) / NOTES).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    except OSError:  # what was done is done
        logging.getLogger(__name__).exception("that a %s was done could not be noted", what)


def noted(what: str) -> datetime | None:
    """When it was last done."""
    place = Path(settings.DATA) / NOTES
    lines = place.read_text(encoding="utf-8").splitlines()[-1000:] if place.is_file() else []
    for line in reversed(lines):
        try:
            told = json.loads(line)
            if told["what"] == what:
                return datetime.fromisoformat(told["at"]).astimezone(UTC)
        except (ValueError, KeyError, TypeError):
            continue
    return None


def health() -> Health:
    """How it is now."""
    backup, trial = noted("backup"), noted("trial")
    disk = shutil.disk_usage(settings.DATA)
    counts = dict(Job.objects.values_list("state").annotate(n=models.Count("id")))
    return Health(
        sentence=_sentence(backup, trial, counts),
        backup=backup,
        trial=trial,
        free=disk.free >> 20,
        taken=(disk.total - disk.free) >> 20,
        waiting=counts.get(State.WAITING, 0),
        failed=counts.get(State.FAILED, 0),
        version=__version__,
        database="PostgreSQL" if connection.vendor == "postgresql" else "SQLite",
    )


def _sentence(backup: datetime | None, trial: datetime | None, counts: dict[str, int]) -> str:
    if backup is None:
        return "No backup was made yet: colead serve --backup FILE makes one and tries it."
    days = (timezone.now() - backup).days
    when = "today" if days == 0 else f"{plural(days, 'day')} ago"
    if timezone.now() - backup > LATE:
        return f"The last backup is from {when}. Make one now."
    if trial is None or trial < backup - timedelta(minutes=30):
        return f"The last backup is from {when}; nobody has tried to restore it."
    return f"The last backup is from {when}, and it was tried."
