"""Restore: a backup comes back into an empty folder or database, and is brought up to date there."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

from colead.web.folder import data_folder
from colead.web.keeping.about import KEY, ROWS, SQLITE, About, about_of

HALF = "restoring"  # a file that is there until everything has come back


def restore(file: Path, data: Path | None) -> About:
    """Bring it back; ValueError or OSError where it is no backup or the place is not empty."""
    from colead.web import server

    if data is not None:
        os.environ["COLEAD_DATA"] = os.fspath(data.resolve())
    folder = data_folder()
    with _opened(file) as archive:
        about = about_of(archive)
        if (about.database == "postgresql") != bool(os.environ.get("COLEAD_DATABASE")):
            raise ValueError(f"it was made of {about.database}, and this installation is another")
        if (folder / HALF).exists():
            raise ValueError(interrupted(folder))
        if folder.exists() and any(folder.iterdir()):
            raise ValueError(f"{folder} is not empty")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / HALF).touch()
        _written(folder / KEY, archive)
        if about.database == "sqlite":
            _written(folder / SQLITE, archive)
        else:
            _rows(archive, about)
        server.prepare(whole=False)
    _whole(about)
    (folder / HALF).unlink()
    return about


def interrupted(folder: Path) -> str:
    """What is left of a restore that did not come to its end, and what to do."""
    more = ", and make its database anew" if os.environ.get("COLEAD_DATABASE") else ""
    return f"a restore into {folder} did not come to its end: empty the folder{more}, then restore again"


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise ValueError("it is no backup of Colead") from error


def _written(to: Path, archive: zipfile.ZipFile) -> None:
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, archive.open(to.name) as kept:
        shutil.copyfileobj(kept, file)


def _rows(archive: zipfile.ZipFile, about: About) -> None:
    """Every table as it was, in the form that it had; then the counters go on behind the last rows."""
    from colead.web import server

    server.set_up()
    from django.core.management import call_command
    from django.db import connection, transaction

    from colead.web.search.kept import lower_triggers

    if connection.introspection.table_names():
        raise ValueError("the database is not empty")
    newest = {one[0]: one[1] for one in about.migrations}
    for app, name in newest.items():
        call_command("migrate", app, name, verbosity=0, interactive=False)
    tables = ", ".join(f'"{one}"' for one in about.columns)
    with transaction.atomic(), connection.cursor() as cursor:
        lower_triggers(newest)  # what search looks in is written anew afterwards
        cursor.execute(f"TRUNCATE {tables} CASCADE")  # the table of the search holds on to areas
        for name, columns in about.columns.items():
            named = ", ".join(f'"{one}"' for one in columns)
            with cursor.copy(f'COPY "{name}" ({named}) FROM STDIN') as to, archive.open(ROWS + name) as rows:
                while piece := rows.read(1 << 20):
                    to.write(piece)
        for name, columns in about.columns.items():
            if "id" in columns:
                last = 'SELECT COALESCE(MAX(id), 1), MAX(id) IS NOT NULL FROM "{}"'
                cursor.execute(last.format(name))
                where = [f'"{name}"', *cursor.fetchone()]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, %s)", where)


def _whole(about: About) -> None:
    """Whether the rows that were there are there; tables that migrations fill may have more."""
    from django.db import connection

    from colead.web.keeping.health import note

    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for name, count in about.counts.items():
            if name in existing:
                cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608 - names of own tables
                if cursor.fetchone()[0] < count:
                    raise ValueError(f"rows of {name} are missing")
    note("restored", rows=about.rows, made=about.made)
