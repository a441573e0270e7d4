"""Backup: made while people write, it comes back with the same rows; a dump of the first days is upgraded."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from standing import installation, run, started

from colead.web.keeping.about import ABOUT, ROWS, SQLITE

SET_UP = "import django, sys, json; django.setup()\n"
BEGIN = SET_UP + (
    "from colead.web.people.models import Person\n"
    "from colead.web.people.views import begin\n"
    "from colead.web.briefs.models import Brief\n"
    "priya = Person.objects.welcome('priya@shop.example', 'Priya')\n"
    "area = begin(priya, 'Shop', 'product')\n"
    "Brief.objects.write(area, priya, 'Gift\\tnotes', {'problem': 'a\\nb\\\\c'}, None)\n"
)
WRITE = SET_UP + (
    "from colead.web.areas.models import Area\n"
    "from colead.web.people.models import Person\n"
    "from colead.web.briefs.models import Brief\n"
    "area, priya = Area.objects.get(), Person.objects.get()\n"
    "print('ready', flush=True)\n"
    "while True: Brief.objects.write(area, priya, 'More', {'problem': 'x' * 500}, None)\n"
)
LOOK = SET_UP + (
    "from colead.web.areas.models import Area\n"
    "from colead.web.areas.chain import verify\n"
    "from colead.web.briefs.models import Section, Version\n"
    "area = Area.objects.get()\n"
    "found = verify(area)\n"
    "more = [area.briefs.count(), Section.objects.count(), Version.objects.count(), area.numbered]\n"
    "print(json.dumps([found.wrong, found.entries, *more]))\n"
)


def colead(env: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    told = [sys.executable, "-m", "colead", "serve", *map(str, words)]
    return subprocess.run(told, env=env, capture_output=True, text=True, check=False)


def emptied(env: dict[str, str], folder: Path) -> Any:
    """Another empty installation; its database is not migrated."""
    other = {**env, "COLEAD_DATA": str(folder)}
    address = env["COLEAD_DATABASE"]
    if address:
        import psycopg

        name = f"back_{os.getpid()}_{folder.parent.name.replace('-', '_')}"
        host = os.environ["COLEAD_TEST_DATABASE"]
        with psycopg.connect(host.replace("/colead?", "/postgres?"), autocommit=True) as one:
            one.execute(f'CREATE DATABASE "{name}"')
        other["COLEAD_DATABASE"] = host.replace("/colead?", f"/{name}?")
    return other


def rows(file: Path) -> dict[str, list[Any]]:
    """Every row that a backup holds, by table."""
    with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
        about = json.loads(archive.read(ABOUT))
        if about["database"] == "postgresql":
            return {name: sorted(archive.read(f"{ROWS}{name}").split(b"\n")) for name in about["counts"]}
        with closing(sqlite3.connect(archive.extract(SQLITE, folder))) as one:
            told = {name: one.execute(f'SELECT * FROM "{name}"') for name in about["counts"]}  # noqa: S608 - own names
            return {name: sorted(found.fetchall(), key=repr) for name, found in told.items()}


def test_a_backup_under_load_comes_back_whole(tmp_path: Path) -> None:
    with installation(tmp_path / "one") as env:
        run(env, "-c", BEGIN)
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITE], env=env, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        for one in writers:
            assert one.stdout
            one.stdout.readline()
        time.sleep(0.5)
        made = colead(env, "--backup", tmp_path / "kept.zip")
        for one in writers:
            one.kill()
            one.communicate()
        assert made.returncode == 0, made.stderr
        assert "all of them come back" in made.stdout
        with zipfile.ZipFile(tmp_path / "kept.zip") as archive:
            about = json.loads(archive.read("about.json"))
        other = emptied(env, tmp_path / "two")
        back = colead(other, "--restore", tmp_path / "kept.zip")
        assert back.returncode == 0, back.stderr
        assert colead(other, "--backup", tmp_path / "again.zip").returncode == 0
        assert colead(env, "--backup", tmp_path / "later.zip").returncode == 0
        kept, again, later = (rows(tmp_path / f"{one}.zip") for one in ("kept", "again", "later"))
        assert kept == again and sum(map(len, kept.values())) > 20
        grown = {name for name in kept if not set(kept[name]) <= set(later[name])}
        # The area counts what is written into it; what search looks in is merged as it grows.
        assert {name for name in grown if not name.startswith("search_words")} <= {"areas_area"}
        wrong, entries, briefs, sections, versions, numbered = json.loads(run(other, "-c", LOOK))
        counts = about["counts"]
        assert wrong is None
        assert (entries, briefs) == (counts["areas_entry"], counts["briefs_brief"])
        assert briefs == numbered > 1
        assert sections == versions == 3 * briefs
        run(other, "-c", WRITE.replace("while True: ", ""))  # numbers go on behind the last row
        again = colead(other, "--restore", tmp_path / "kept.zip")
        assert (again.returncode, "not empty" in again.stderr) == (2, True)
        assert (tmp_path / "kept.zip").stat().st_mode & 0o077 == 0
        assert (tmp_path / "one" / "key").read_text() == (tmp_path / "two" / "key").read_text()


OLD = SET_UP + (  # noqa: S608 - a script with fixed rows
    "from django.core.management import call_command as c\n"
    "from django.db import connection\n"
    "from django.db.migrations.loader import MigrationLoader\n"
    "[c('migrate', app, '0001', verbosity=0) for app in ('people', 'areas', 'briefs')]\n"
    "c('migrate', 'areas', '0004', verbosity=0)\n"
    "q = connection.cursor().execute\n"
    "yes = True\n"
    "columns = ['password', 'email', 'name', 'is_active', 'is_admin', 'technical', 'joined', 'stamp']\n"
    "q('INSERT INTO people_person (' + ', '.join(columns) + ') VALUES (%s,%s,%s,%s,%s,%s,%s,%s)',"
    " ['', 'p@x.example', 'P', yes, yes, False, '2026-01-01', 'x'])\n"
    "q('INSERT INTO areas_area (name, slug, share, demo, numbered, made) VALUES (%s,%s,20,%s,1,%s)',"
    " ['Shop', 'shop', False, '2026-01-01'])\n"
    "q('INSERT INTO briefs_brief (area_id, number, title, place, made, touched) VALUES (1,1,%s,1,%s,%s)',"
    " ['Gift', '2026-01-01', '2026-01-01'])\n"
    "for n in range(5): q('INSERT INTO areas_entry (area_id, brief_id, at, verb, told)"
    " VALUES (1,%s,%s,%s,%s)',"
    " [None if n == 0 else 1, f'2026-01-0{n + 1} 10:00:00', 'wrote', json.dumps({'n': n})])\n"
    "from colead.web.keeping.backup import backup\n"
    "from pathlib import Path\n"
    "backup(Path(sys.argv[1]))\n"
)
CHAINED = SET_UP + (
    "from colead.web.areas.models import Area\n"
    "from colead.web.areas.chain import verify\n"
    "found = verify(Area.objects.get())\n"
    "print(json.dumps([found.wrong, found.entries]))\n"
)


def test_a_dump_of_the_first_days_is_upgraded(tmp_path: Path) -> None:
    with installation(tmp_path / "one") as env:
        first, second = emptied(env, tmp_path / "old"), emptied(env, tmp_path / "sub" / "new")
        run(first, "-c", OLD, tmp_path / "old.zip")
        back = colead(second, "--restore", tmp_path / "old.zip")
        assert back.returncode == 0, back.stderr
        assert json.loads(run(second, "-c", CHAINED)) == [None, 5]
        # Where it stands, it is upgraded too, and backed up before.
        run(first, "-c", "from colead.web import server; server.prepare()")
        assert json.loads(run(first, "-c", CHAINED)) == [None, 5]
        kept = [*(tmp_path / "old" / "backups").iterdir()]
        assert len(kept) == 1
        with zipfile.ZipFile(kept[0]) as archive:
            assert json.loads(archive.read("about.json"))["counts"]["areas_entry"] == 5


@pytest.mark.parametrize("harm", ["no zip", "no backup", "cut off"])
def test_what_is_no_backup_is_refused(harm: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.zip"
    file.write_bytes(b"x")
    if harm != "no zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("key", "x")
            if harm == "cut off":
                archive.writestr("about.json", "{}")
    env = {**os.environ, "COLEAD_DATA": str(tmp_path / "there"), "COLEAD_DATABASE": ""}
    back = colead(env, "--restore", file)
    assert (back.returncode, "no backup of Colead" in back.stderr) == (2, True), back.stderr
    assert not (tmp_path / "there").exists()


STEPS = ("begun", "in the middle", "before its name")
DIES = (
    "import os, pathlib, signal, sys\n"
    "def die(*a, **b): os.kill(os.getpid(), signal.SIGKILL)\n"
    "step, file = sys.argv[1], pathlib.Path(sys.argv[2])\n"
)
BACKUP_DIES = (
    SET_UP
    + DIES
    + (
        "from colead.web.keeping import backup\n"
        "{'begun': lambda: setattr(backup.zipfile, 'ZipFile', die),\n"
        " 'in the middle': lambda: setattr(backup.zipfile.ZipFile, 'writestr', die),\n"
        " 'before its name': lambda: setattr(backup, '_named', die)}[step]()\n"
        "backup.backup(file)\n"
    )
)
RESTORE_DIES = DIES + (
    "from colead.web import server\n"
    "from colead.web.keeping import restore\n"
    "{'begun': lambda: setattr(restore, '_written', die),\n"
    " 'in the middle': lambda: setattr(server, 'prepare', die),\n"
    " 'before its name': lambda: setattr(restore, '_whole', die)}[step]()\n"
    "restore.restore(file, None)\n"
)


@pytest.mark.parametrize("step", STEPS)
def test_a_backup_or_a_restore_that_is_killed_never_looks_whole(step: str, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    with installation(tmp_path / "data") as env:
        run(env, "-c", BEGIN)
        with started(env, "-c", BACKUP_DIES, step, file) as process:
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert [one.name for one in tmp_path.glob("all.zip*")] == ["all.zip.unfinished"]
        assert colead(env, "--backup", file).returncode == 0
        assert [one.name for one in tmp_path.glob("all.zip*")] == ["all.zip"]
        other = emptied(env, tmp_path / "other")
        with started(other, "-c", RESTORE_DIES, step, file) as process:
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        for words in (["--restore", file], ["--verify"]):
            told = colead(other, *words)
            assert told.returncode == 2 and "did not come to its end" in told.stderr, told.stderr
