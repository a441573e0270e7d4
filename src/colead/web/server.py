"""Server: the pages and a worker for them, by one command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from colead.web import worker

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

FIRST = 8730  # the first port that is tried
TRIED = 20
THREADS = 4
GARBAGE = (20_000, 20, 20)  # objects until it is looked for: seldom, as looking stops every page meanwhile
LOOK = 1.0  # seconds between two looks whether the worker lives
SETTINGS = "colead.web.settings"


def prepare(data: Path | None = None, *, whole: bool = True) -> None:
    """Set Django up, bring the database up to date and the style sheets into place.

    WrongUse E96 where a restore into the folder did not come to its end, unless it is to be that end."""
    if data is not None:
        os.environ["COLEAD_DATA"] = os.fspath(data.resolve())
    if whole:
        _refuse_half()
    set_up()
    from django.conf import settings
    from django.core.management import call_command

    _kept_before()
    call_command("migrate", verbosity=0, interactive=False)
    with _whole_files(settings.STATIC_ROOT):
        call_command("collectstatic", verbosity=0, interactive=False)


@contextmanager
def _whole_files(folder: Path) -> Iterator[None]:
    """Where the block fails, what it wrote into the folder goes: half a file would be taken for a whole."""
    began = time.time_ns()
    try:
        yield
    except BaseException:
        for one in folder.rglob("*"):
            if one.is_file() and one.stat().st_mtime_ns >= began - 10**9:
                one.unlink()
        raise


def _refuse_half() -> None:
    from colead.errors import WrongUse
    from colead.web.folder import data_folder
    from colead.web.keeping.restore import HALF, interrupted

    if (data_folder() / HALF).exists():
        why = interrupted(data_folder())
        raise WrongUse("E96", "what is kept is not whole", why=why, hint="restore the backup anew")


def set_up() -> None:
    """Set Django up."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def _kept_before() -> None:
    """Where an older Colead filled the database, a backup is made before it is changed."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.loader.applied_migrations and executor.migration_plan(executor.loader.graph.leaf_nodes()):
        from colead.web.keeping.backup import backup

        folder = settings.DATA / "backups"
        folder.mkdir(exist_ok=True, mode=0o700)
        backup(folder / f"before-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.zip")


def application() -> WSGIHandler:
    """The site, all of it loaded; what is there then stays, and is not looked through for garbage."""
    import gc

    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    made = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - loads the views
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    return made


def listening(host: str, port: int | None) -> socket.socket:
    """A socket on the wished port, or on the first free one from FIRST on; OSError where there is none."""
    for number in [port] if port is not None else range(FIRST, FIRST + TRIED):
        made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
        except OSError:
            made.close()
            if port is not None:
                raise
            continue
        made.listen(128)
        return made
    raise OSError(f"no port from {FIRST} to {FIRST + TRIED - 1} is free")


def way_in(email: str = "") -> str:
    """The path that lets the first person, or the one with this address, in; "" where nobody has it."""
    from django.urls import reverse

    from colead.web.people.models import Link, Person
    from colead.web.people.views import welcome_token

    if not Person.objects.exists():
        return reverse("welcome", args=[welcome_token()])
    people = Person.objects.filter(is_active=True).order_by("-is_admin", "id")
    found = (people.filter(email=email.lower()) if email else people).first()
    return reverse("link", args=[Link.objects.make(found)]) if found else ""


def lock_out(email: str) -> bool:
    """Keep the person with this address out; False where nobody has it."""
    from colead.web.people.models import Person

    found = Person.objects.filter(email=email.strip().lower()).first()
    if found is not None:
        found.lock_out()
    return found is not None


def let_in(email: str) -> str:
    """Take a lock-out and the second factor back; the path that lets the person in, "" where nobody is."""
    from colead.web.people.models import Person

    found = Person.objects.filter(email=email.strip().lower()).first()
    if found is None:
        return ""
    found.let_in()
    return way_in(found.email)


def run(bound: socket.socket, workers: int) -> None:
    """Become the server, which holds no more in memory than it needs; never comes back."""
    bound.set_inheritable(True)
    words = [sys.executable, "-P", "-m", "colead.web.server", str(bound.detach()), str(workers)]
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 - no shell is wanted


def serve(descriptor: int, workers: int) -> None:
    """Serve until interrupted, with something beside that does the jobs; both end together."""
    over = threading.Event()
    keeper = threading.Thread(target=_kept, args=[over])
    keeper.start()
    mine = os.getpid()
    try:
        _serve(descriptor, workers)
    finally:
        if os.getpid() == mine:  # the server's forked children come by here, too
            over.set()
            keeper.join()


def work() -> None:
    """Do the jobs until interrupted, without pages."""
    worker.main(None)


def _kept(over: threading.Event) -> None:
    """Have a worker until it is over; one that died is replaced."""
    doer = None
    while not over.wait(LOOK):
        if doer is None or doer.poll() is not None:
            doer = subprocess.Popen([sys.executable, "-P", "-m", "colead.web.worker", str(os.getpid())])
    if doer is not None:
        worker.ended(doer, worker.PATIENCE + 1)


def _serve(descriptor: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        """Gunicorn with the settings of this call instead of a file's."""

        def load_config(self) -> None:
            told = {
                "bind": f"fd://{descriptor}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "timeout": 60,
                "limit_request_line": 8190,  # a search of many letters, each written as nine
                "loglevel": "warning",
                "control_socket_disable": True,
            }
            for name, value in told.items():
                self.cfg.set(name, value)

        def load(self) -> WSGIHandler:
            return application()

    Site().run()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
