"""`colead serve`: the shared page for a team, on this machine, by one command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from colead.cli.output import say
from colead.errors import WrongUse
from colead.web.room import writable

if TYPE_CHECKING:
    from socket import socket


@click.command("serve", epilog="For example: colead serve --demo")
@click.option("--host", default="127.0.0.1", metavar="NAME", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Which port.  [default: a free one]")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where everything is kept.  [default: the platform's data folder]",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="Processes for pages.")
@click.option("--worker", is_flag=True, help="No pages: only read, look and fetch, beside servers.")
@click.option("--demo", is_flag=True, help="Put the demo area in, with both people to sign in as.")
@click.option("--link", metavar="ADDRESS", help="Print a link that signs this person in once, and end.")
@click.option(
    "--backup", type=click.Path(path_type=Path), metavar="FILE", help="Back everything up, and end."
)
@click.option(
    "--restore",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Bring a backup back into an empty folder or database, and end.",
)
@click.option("--verify", is_flag=True, help="Look whether what happened is as it was written, and end.")
@click.option("--lock-out", metavar="ADDRESS", help="Keep this person out, everywhere and at once, and end.")
@click.option(
    "--let-in",
    metavar="ADDRESS",
    help="Take a lock-out and the second factor back, print a link for this person, and end.",
)
@writable()
def command(
    host: str,
    port: int | None,
    data: Path | None,
    workers: int,
    worker: bool,
    demo: bool,
    backup: Path | None,
    restore: Path | None,
    verify: bool,
    **about: str | None,
) -> int | None:
    """Serve the shared page: ideas with a side for product and one for engineering, and their readings.

    The first start prints a link that makes the first account."""
    from colead.web import server

    try:
        if restore is not None:
            _restored(restore, data)
            return None
        server.prepare(data)
    except ImportError as error:
        raise WrongUse(
            "E90", "the web app is not installed", why=f"{error.name} is missing",
            hint="pip install 'colead[web]'",
        ) from error  # fmt: skip
    if verify:
        return _verified()
    if backup is not None:
        _backed_up(backup)
        return None
    if _did(**about):
        return None
    if worker:
        say("Working, until Ctrl-C\n")
        server.work()
        return None
    bound = _bound(host, port)
    base = f"http://{host}:{bound.getsockname()[1]}"
    if demo:
        from colead.web.demo import install

        for person, path in install():
            say(f"Sign in as {person}: {base}{path}\n")
    else:
        say(f"Sign in: {base}{server.way_in()}\n")
    say(f"Colead: {base}/ (Ctrl-C ends it)\n")
    os.environ.setdefault("COLEAD_ADDRESS", base)  # for links in mails
    server.run(bound, workers)
    return None


def _verified() -> int:
    """Look through the entries of every area; 1 where something in one is not as it was written."""
    from colead.web.areas.chain import verify
    from colead.web.areas.models import Area

    wrong = 0
    for one in Area.objects.order_by("name", "id"):
        found = verify(one)
        wrong += found.wrong is not None
        say(f"{one.name}: {found.sentence}\n")
    return 1 if wrong else 0


def _backed_up(file: Path) -> None:
    from colead.web.keeping.backup import backup, tried

    os.nice(10)  # pages come first
    with _backing(f"nothing was backed up to {file}"):
        made = backup(file)
    with _backing(f"{file} was written, and could not be tried"):
        tried(file)
    say(f"Backed up: {file} ({made.rows:,} rows of {made.tables} tables; tried: all of them come back)\n")


@contextmanager
def _backing(what: str) -> Iterator[None]:
    """E95 where it could not be done."""
    from colead.web.room import WHAT, unwritten

    try:
        yield
    except Exception as error:
        kind = unwritten(error)
        if not kind and not isinstance(error, OSError | ValueError):
            raise
        why = f"{WHAT[kind]}, that of the file or that of the data folder" if kind else str(error)
        hint = "make room on both, or name another file" if kind else "name another file"
        raise WrongUse("E95", what, why=why, hint=hint) from error


def _restored(file: Path, data: Path | None) -> None:
    from colead.web.keeping.restore import restore

    try:
        told = restore(file, data)
    except (OSError, ValueError) as error:
        raise WrongUse(
            "E96", f"{file} was not restored", why=str(error), hint="name an empty folder with --data"
        ) from error  # fmt: skip
    say(f"Restored: {told.rows:,} rows of {told.tables} tables, backed up on {told.made[:10]}\n")


def _did(link: str | None, lock_out: str | None, let_in: str | None) -> bool:
    """Whether it was about one person, and is done."""
    from colead.web import server

    if lock_out is not None:
        _known(lock_out, server.lock_out(lock_out))
        say(f"{lock_out} is locked out. Back: colead serve --let-in {lock_out}\n")
        return True
    address = link if link is not None else let_in
    if address is not None:
        path = server.let_in(address) if link is None else server.way_in(address)
        _known(address, bool(path))
        say(f"{path}\n")
    return address is not None


def _known(address: str, known: bool) -> None:
    if not known:
        raise WrongUse(
            "E91", f"nobody has the address {address!r}", why="only people who joined can sign in",
            hint="write the address as it was given when joining",
        )  # fmt: skip


def _bound(host: str, port: int | None) -> socket:
    from colead.web import server

    try:
        return server.listening(host, port)
    except OSError as error:
        raise WrongUse(
            "E92", f"nothing can listen on {host!r}", why=error.strerror or str(error),
            hint="name another --host or --port",
        ) from error  # fmt: skip
