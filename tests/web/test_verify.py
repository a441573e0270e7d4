"""`colead serve --verify`: whether what happened is as it was written, told at a terminal."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

BEGIN = (
    "from colead.web import server; server.prepare()\n"
    "from colead.web.people.models import Person\n"
    "from colead.web.people.views import begin\n"
    "begin(Person.objects.welcome('priya@shop.example', 'Priya'), 'Checkout', 'product')\n"
)


def test_an_altered_entry_is_told_and_ends_with_1(tmp_path: Path) -> None:
    env = {**os.environ, "COLEAD_DATA": str(tmp_path), "COLEAD_DATABASE": ""}
    env.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, timeout=120)

    assert run("-c", BEGIN).returncode == 0
    told = run("-m", "colead", "serve", "--verify")
    assert (told.returncode, told.stdout) == (0, "Checkout: The one entry is as it was written.\n")
    with sqlite3.connect(tmp_path / "colead.sqlite3") as base:
        for (name,) in base.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            base.execute(f'drop trigger "{name}"')
        base.execute("update areas_entry set verb = 'ended'")
    base.close()
    told = run("-m", "colead", "serve", "--verify")
    assert told.returncode == 1, told.stderr
    assert told.stdout.startswith("Checkout: Entry 1 is not as it was written")
