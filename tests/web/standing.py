"""An installation of the web app's own for tests that run several processes: its folder and database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent


@contextmanager
def installation(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty, migrated installation; on PostgreSQL a database that goes afterwards."""
    env = {**os.environ, "COLEAD_DATA": str(folder), "COLEAD_DATABASE": "", "PYTHONUNBUFFERED": "1"}
    env["DJANGO_SETTINGS_MODULE"] = "colead.web.settings"
    address = os.environ.get("COLEAD_TEST_DATABASE", "")
    if not address:
        yield migrated(env)
        return
    import psycopg

    def named(database: str) -> str:
        return address.replace("/colead?", f"/{database}?")

    name = f"standing_{os.getpid()}_{folder.name.replace('-', '_')}"
    with psycopg.connect(named("postgres"), autocommit=True) as one:
        one.execute(f'CREATE DATABASE "{name}"')
    try:
        yield migrated({**env, "COLEAD_DATABASE": named(name)})
    finally:
        with psycopg.connect(named("postgres"), autocommit=True) as one:
            one.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrated(env: dict[str, str]) -> dict[str, str]:
    """Bring the database up to date."""
    run(env, "-c", "from colead.web import server; server.prepare()")
    return env


def started(env: dict[str, str], *words: object) -> subprocess.Popen[str]:
    """A process of Python in this installation, its words to be read."""
    told = [sys.executable, *map(str, words)]
    return subprocess.Popen(told, env=env, text=True, stdout=subprocess.PIPE, cwd=HERE)


def run(env: dict[str, str], *words: object) -> str:
    """What a process of Python in this installation says."""
    with started(env, *words) as process:
        said, _ = process.communicate()
    assert process.returncode == 0
    return said
