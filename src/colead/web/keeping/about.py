"""About: what a backup says of itself; read before anything else is known."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass

FORM = "colead.backup/1"
ABOUT, KEY, SQLITE, ROWS = "about.json", "key", "colead.sqlite3", "rows/"
APART = {"django_migrations", "search_line"}  # made by restoring


@dataclass(frozen=True)
class About:
    """What a backup holds."""

    form: str
    colead: str
    made: str
    database: str
    counts: dict[str, int]  # rows by table
    columns: dict[str, list[str]]
    migrations: list[list[str]]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    @property
    def tables(self) -> int:
        """How many tables."""
        return len(self.counts)


def about_of(archive: zipfile.ZipFile) -> About:
    """What a backup says of itself; ValueError where it is none."""
    try:
        about = About(**json.loads(archive.read(ABOUT)))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("it is no backup of Colead") from error
    if about.form != FORM:
        raise ValueError(f"it is of another form: {about.form}")
    return about
