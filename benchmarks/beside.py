"""Requests a second beside healthchecks, a Django site with a like list and details page; a Markdown table.

    python benchmarks/beside.py CHECKOUT --python PYTHON [--rounds N] [--seconds N] [--rows N]

CHECKOUT is a clone of https://github.com/healthchecks/healthchecks, PYTHON an interpreter with its
requirements, gunicorn and psycopg; wrk must be installed. Both sites are made in empty databases of one
kind, SQLite or at COLEAD_TEST_DATABASE (scripts/postgres.py), and served with DEBUG off by the same gunicorn
settings, WORKERS processes of THREADS threads. Somebody who is signed in asks for the list of ROWS ideas
(checks), for the page of one idea with its reading (of one check with 100 pings), and for the pages of all
in turn. The sites are asked in turn, ROUNDS times SECONDS each, after a second to warm up; told are the
medians, the lowest and the highest, and the ratio of each round.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

WORKERS, THREADS, ASKING = 2, 4, 8
HERE = Path(__file__).parent


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as told:
        return int(told.getsockname()[1])


PORTS = {"colead": _free(), "healthchecks": _free()}

OURS = """
import sys
sys.path.insert(0, {here!r})
from colead.web import server
server.prepare()
from _site import filled
from django.test import Client
priya = filled({rows}, 10 * {rows}, {rows})
client = Client(headers={{"host": "localhost"}})
client.force_login(priya)
print("cookie", "colead=" + client.cookies["colead"].value)
print("list", "/checkout/ideas")
for number in range(1, {rows} + 1):
    print("page", f"/checkout/ideas/{{number}}")
"""

THEIRS = """
import uuid
from datetime import timedelta
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import now
from hc.accounts.models import Profile, Project
from hc.api.models import Channel, Check, Flip, Ping
user = User.objects.create_user("priya", "priya@shop.example", "password of priya")
Profile.objects.for_user(user)
project = Project.objects.create(owner=user, name="Checkout")
mail = dict(project=project, kind="email", email_verified=True)
mails = [Channel.objects.create(value=f"{{n}}@shop.example", **mail) for n in range(2)]
for n in range(1, {rows} + 1):
    check = Check.objects.create(project=project, name=f"Check {{n}}", slug=f"check-{{n}}", status="up",
        tags="shop nightly" if n % 2 else "shop", n_pings=100, last_ping=now(),
        alert_after=now() + timedelta(days=2),
        last_duration=timedelta(seconds=5), desc="Sends the gift notes of the day to the packing tables.")
    check.channel_set.set(mails)
    Ping.objects.bulk_create([Ping(owner=check, n=i, created=now() - timedelta(hours=100 - i), scheme="https",
        remote_addr="10.0.0.1", method="GET", ua="curl/8.0") for i in range(1, 101)])
    Flip.objects.create(owner=check, created=now() - timedelta(days=9), processed=now(),
        old_status="new", new_status="up")
    print("page", f"/checks/{{check.code}}/details/")
client = Client(headers={{"host": "localhost"}})
client.force_login(user, backend="hc.accounts.backends.EmailBackend")
print("cookie", "sessionid=" + client.cookies["sessionid"].value)
print("list", f"/projects/{{project.code}}/checks/")
"""

IN_TURN = """
local paths = {{ {paths} }}
local at = {begin}
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True)
class Site:
    """One of the two, ready to be asked."""

    name: str
    cookie: str
    pages: dict[str, tuple[str, ...]]  # what is asked for, and the paths of it


def main() -> None:
    """Make both, ask both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--python", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rows", type=int, default=50)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="colead-beside-") as name:
        folder = Path(name)
        # An interpreter in an environment must not be resolved: its folder is what names the environment.
        with ours(folder, told.rows) as one, theirs(folder, told.checkout, told.python, told.rows) as other:
            compared(folder, one, other, told.rounds, told.seconds)


def _database(name: str) -> str:
    """An empty database of PostgreSQL for a site; "" where SQLite is measured."""
    address = os.environ.get("COLEAD_TEST_DATABASE", "")
    if address:
        import psycopg

        with psycopg.connect(address.replace("/colead?", "/postgres?"), autocommit=True) as made:
            made.execute(f'CREATE DATABASE "{name}"')
        address = address.replace("/colead?", f"/{name}?")
    return address


@contextmanager
def ours(folder: Path, rows: int) -> Iterator[Site]:
    """Colead with so many ideas, all read."""
    env = {**os.environ, "COLEAD_DATA": str(folder / "colead"), "COLEAD_CACHE": str(folder / "cache")}
    env |= {"COLEAD_DATABASE": _database("beside_colead"), "DJANGO_SETTINGS_MODULE": "colead.web.settings"}
    said = _ran([sys.executable, "-c", OURS.format(here=str(HERE), rows=rows)], env, folder)
    with _served("colead", sys.executable, "colead.web.server:application()", env, folder):
        yield _site("colead", said)


@contextmanager
def theirs(folder: Path, checkout: Path, python: str, rows: int) -> Iterator[Site]:
    """Healthchecks with so many checks, in a copy of the checkout; connections are kept as ours are."""
    place = folder / "healthchecks"
    shutil.copytree(checkout, place, ignore=shutil.ignore_patterns(".git"))
    settings = 'import os\nSECRET_KEY = "of this run"\nDEBUG = False\nALLOWED_HOSTS = ["*"]\n'
    address = _database("beside_healthchecks")
    if address:
        host = parse_qs(urlsplit(address).query)["host"][0]
        database = {"ENGINE": "django.db.backends.postgresql", "HOST": host, "USER": "colead"}
        database |= {"NAME": "beside_healthchecks", "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    else:
        opened = "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=5000;"
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "hc.sqlite")}
        options = {"init_command": opened, "transaction_mode": "IMMEDIATE"}
        database |= {"CONN_MAX_AGE": None, "OPTIONS": options}
    (place / "hc" / "local_settings.py").write_text(f"{settings}DATABASES = {{'default': {database!r}}}\n")
    env = {**os.environ, "DEBUG": "False", "DJANGO_SETTINGS_MODULE": "hc.settings"}
    for words in (("migrate", "--noinput"), ("collectstatic", "--noinput"), ("compress", "--force")):
        _ran([python, "manage.py", *words, "-v", "0"], env, place)
    said = _ran([python, "manage.py", "shell", "-v", "0", "-c", THEIRS.format(rows=rows)], env, place)
    with _served("healthchecks", python, "hc.wsgi:application", env, place):
        yield _site("healthchecks", said)


def _ran(words: list[str], env: dict[str, str], place: Path) -> str:
    ran = subprocess.run(words, env=env, cwd=place, text=True, capture_output=True, check=False)
    assert ran.returncode == 0, (words[:4], ran.stdout[-2000:], ran.stderr[-4000:])
    return ran.stdout


def _site(name: str, said: str) -> Site:
    told: dict[str, list[str]] = {}
    for kind, value in re.findall(r"^(cookie|list|page) (.+)$", said, re.MULTILINE):
        told.setdefault(kind, []).append(value)
    every = tuple(told["page"])
    pages = {"list": tuple(told["list"]), "one page": every[:1], "all pages in turn": every}
    return Site(name, told["cookie"][0], pages)


@contextmanager
def _served(name: str, python: str, what: str, env: dict[str, str], place: Path) -> Iterator[None]:
    bind = f"127.0.0.1:{PORTS[name]}"
    words = [python, "-m", "gunicorn", what, "-b", bind, "-w", str(WORKERS), "-k", "gthread"]
    words += ["--threads", str(THREADS), "--log-level", "warning"]
    with subprocess.Popen(words, env=env, cwd=place) as process:
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def compared(folder: Path, one: Site, other: Site, rounds: int, seconds: int) -> None:
    """Ask for each page of both, in turn; print the table."""
    weights = {kind: [_weight(site, site.pages[kind][0]) for site in (one, other)] for kind in one.pages}
    print(f"load before: {os.getloadavg()[0]:.1f}\n")
    print("| page | requests/s here | healthchecks | ratio | KB here | KB there |\n|---|--:|--:|--:|--:|--:|")
    for kind in one.pages:
        for site in (one, other):
            _asked(folder, site, kind, 1)
        told: list[tuple[float, float]] = []
        for turn in range(rounds):  # who is first changes, too
            first, second = (one, other) if turn % 2 == 0 else (other, one)
            found = {site.name: _asked(folder, site, kind, seconds) for site in (first, second)}
            told.append((found[one.name], found[other.name]))
        ratios = [mine / its for mine, its in told]
        cells = [_spread([pair[at] for pair in told], ".0f") for at in (0, 1)]
        weighed = [f"{weight / 1024:.0f}" for weight in weights[kind]]
        print(f"| {kind} | {' | '.join([*cells, _spread(ratios, '.2f'), *weighed])} |", flush=True)
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


def _spread(every: list[float], form: str) -> str:
    return f"{statistics.median(every):{form}} ({min(every):{form}} to {max(every):{form}})"


def _weight(site: Site, path: str) -> int:
    """The bytes of an answer that is a page for somebody who is signed in; waits until there is one."""
    request = urllib.request.Request(_address(site, path), headers={"Cookie": site.cookie})  # noqa: S310 - http alone
    for _ in range(100):
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - this machine's own
                assert (answer.status, answer.url) == (200, request.full_url)
                return len(answer.read())
        except (ConnectionError, urllib.error.URLError) as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            time.sleep(0.2)
    raise AssertionError(f"{site.name} does not answer")


def _address(site: Site, path: str) -> str:
    return f"http://127.0.0.1:{PORTS[site.name]}{path}"


def _asked(folder: Path, site: Site, kind: str, seconds: int) -> float:
    """Requests a second."""
    paths = site.pages[kind]
    script = folder / f"{site.name}.lua"
    script.write_text(IN_TURN.format(paths=", ".join(f'"{one}"' for one in paths), begin=0))
    words = ["wrk", "-t", "1", "-c", str(ASKING), "-d", f"{seconds}s", "-s", str(script), "--timeout", "20s"]
    words += ["-H", f"Cookie: {site.cookie}", _address(site, paths[0])]
    told = subprocess.run(words, text=True, capture_output=True, check=True).stdout
    assert "Non-2xx" not in told and "Socket errors" not in told, told
    found = re.search(r"Requests/sec:\s*([\d.]+)", told)
    assert found, told
    return float(found[1])


if __name__ == "__main__":
    main()
