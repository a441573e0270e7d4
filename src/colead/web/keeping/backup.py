"""Backup: the database as it is at one moment, and the key, in one file; made while people work."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from colead import __version__
from colead.web.keeping.about import ABOUT, APART, FORM, KEY, ROWS, SQLITE, About, about_of
from colead.web.keeping.health import note

AT_ONCE = 1 << 20


def backup(file: Path) -> About:
    """Write everything into a file that was not there, readable by its owner alone.

    Until it is whole it has another name, so that what a crash leaves is not taken for a backup."""
    if file.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(file))
    half = file.with_name(f"{file.name}.unfinished")
    with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as to:
        fcntl.flock(to, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError while another one is written
        to.truncate()
        try:
            with _zip(to) as archive:
                about = (_sqlite if connection.vendor == "sqlite" else _postgres)(archive)
                archive.writestr(KEY, settings.SECRET_KEY)
                archive.writestr(ABOUT, json.dumps(asdict(about), indent=1))
            to.flush()
            os.fsync(to.fileno())
            _named(half, file)
        finally:
            half.unlink(missing_ok=True)
    note("backup", file=file.name, rows=about.rows)
    return about


def _named(half: Path, file: Path) -> None:
    try:
        os.link(half, file)  # unlike a rename, this never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        half.rename(file)


def _zip(to: IO[bytes]) -> zipfile.ZipFile:
    """Packed lightly: a tenth larger, and people wait less for the processor meanwhile."""
    return zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=3)


def _sqlite(archive: zipfile.ZipFile) -> About:
    """SQLite writes a copy of one moment itself."""
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="backup-") as folder:
        copy = Path(folder) / SQLITE
        with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)) as one:
            one.execute("VACUUM INTO ?", [os.fspath(copy)])
        archive.write(copy, SQLITE)
        with closing(sqlite3.connect(copy)) as one:
            return _about(lambda told: one.execute(told).fetchall(), "sqlite", _tables())


def _postgres(archive: zipfile.ZipFile) -> About:
    """PostgreSQL hands every table over as of one moment."""
    with snapshot() as cursor:
        tables = _tables()

        def asked(told: str) -> list[Any]:
            cursor.execute(told)
            return list(cursor.fetchall())

        about = _about(asked, "postgresql", tables)
        for name, columns in about.columns.items():
            with archive.open(f"{ROWS}{name}", "w", force_zip64=True) as to:
                named = ", ".join(f'"{one}"' for one in columns)
                with cursor.copy(f'COPY "{name}" ({named}) TO STDOUT') as rows:
                    for piece in rows:
                        to.write(piece)
        return about


@contextmanager
def snapshot() -> Iterator[Any]:
    """A connection of its own that sees one moment of the database."""
    made = connection.copy()
    try:
        made.ensure_connection()
        with made.connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield cursor
    finally:
        made.close()


def _tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - APART)


def _about(asked: Any, database: str, tables: list[str]) -> About:
    counts = {name: asked(f'SELECT COUNT(*) FROM "{name}"')[0][0] for name in tables}  # noqa: S608 - own names
    columns = {name: _columns(name) for name in tables}
    applied = asked("SELECT app, name FROM django_migrations ORDER BY id")
    migrations = [list(one) for one in applied]
    made = timezone.now().isoformat()
    return About(FORM, __version__, made, database, counts, columns, migrations)


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [one.name for one in connection.introspection.get_table_description(cursor, table)]


def tried(file: Path) -> None:
    """Whether all of it can come back: every byte is read, and every row counted; ValueError where not."""
    with zipfile.ZipFile(file) as archive:
        about = about_of(archive)
        if broken := archive.testzip():
            raise ValueError(f"{broken} is damaged")
        if not archive.read(KEY):
            raise ValueError("the key is missing")
        counts = (_counted if about.database == "sqlite" else _lines)(archive, about)
    if counts != about.counts:
        raise ValueError("its rows are not those that it tells of")
    note("trial", file=file.name, rows=about.rows)


def _counted(archive: zipfile.ZipFile, about: About) -> dict[str, int]:
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="trial-") as folder:
        copy = archive.extract(SQLITE, folder)
        with closing(sqlite3.connect(copy)) as one:
            whole = one.execute("PRAGMA integrity_check").fetchone()[0]
            if whole != "ok" or one.execute("PRAGMA foreign_key_check").fetchone():
                raise ValueError(f"the database in it is damaged: {whole}")
            return {
                name: one.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - own names
                for name in about.counts
            }


def _lines(archive: zipfile.ZipFile, about: About) -> dict[str, int]:
    told = {}
    for name in about.counts:
        with archive.open(f"{ROWS}{name}") as rows:
            told[name] = sum(piece.count(b"\n") for piece in iter(lambda: rows.read(AT_ONCE), b""))
    return told
