"""Postgres: starts a PostgreSQL of its own, runs a command against it, stops and removes it.

    python scripts/postgres.py COMMAND ...

The command finds its address in COLEAD_TEST_DATABASE. Where no PostgreSQL is installed the command
does not run: exit 0 with a plain word, or 1 where COLEAD_DEMAND_ALL=1 demands everything. Started by
root, the database runs as the user `postgres`, as it refuses root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PLACE = Path("/usr/lib/postgresql")  # where Debian keeps its versions
FAST = "-c fsync=off -c full_page_writes=off -c max_connections=50"


def main(command: list[str]) -> int:
    """Run the command against a fresh database; its exit code."""
    programs = found()
    if programs is None:
        print(
            "Not run here: the web app's tests on PostgreSQL, for lack of it (Debian: apt install postgresql)"
        )
        return int(os.environ.get("COLEAD_DEMAND_ALL") == "1")
    folder = Path(tempfile.mkdtemp(prefix="colead-pg-"))
    lowered = _lowered(folder)
    try:
        return served(programs, folder, lowered, command)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def found() -> Path | None:
    """The folder of the newest installed PostgreSQL's programs."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    every = [one.parent for one in PLACE.glob("*/bin/initdb")]
    return max(every, key=lambda one: float(one.parent.name), default=None)


def _lowered(folder: Path) -> Callable[[], None] | None:
    """What makes a child of root the user `postgres`, who owns the folder; None for everybody else."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)

    def lower() -> None:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)

    return lower


def served(programs: Path, folder: Path, lowered: Callable[[], None] | None, command: list[str]) -> int:
    """Run the command while the database runs; it listens on a socket in its folder alone."""
    data = folder / "data"

    def run(name: str, *words: str | Path) -> None:
        told = [os.fspath(one) for one in (programs / name, *words)]
        subprocess.run(told, check=True, stdout=subprocess.DEVNULL, preexec_fn=lowered, cwd=folder)

    run("initdb", "-D", data, "-U", "colead", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} {FAST}"
    run("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-s", "-o", options, "start")
    try:
        address = f"postgresql://colead@/colead?host={folder}"
        return subprocess.run(
            command, env={**os.environ, "COLEAD_TEST_DATABASE": address}, check=False
        ).returncode
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
