"""`colead serve`: the shared page for a team, on this machine, by one command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from colead.cli.output import say
from colead.errors import WrongUse

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
@click.option("--demo", is_flag=True, help="Put the demo area in, with both people to sign in as.")
@click.option("--link", metavar="ADDRESS", help="Print a link that signs this person in once, and end.")
def command(
    host: str, port: int | None, data: Path | None, workers: int, demo: bool, link: str | None
) -> None:
    """Serve the shared page: ideas with a side for product and one for engineering, and their readings.

    The first start prints a link that makes the first account."""
    from colead.web import server

    try:
        server.prepare(data)
    except ImportError as error:
        raise WrongUse(
            "E90", "the web app is not installed", why=f"{error.name} is missing",
            hint="pip install 'colead[web]'",
        ) from error  # fmt: skip
    if link is not None:
        _one_link(link)
        return
    bound = _bound(host, port)
    base = f"http://{host}:{bound.getsockname()[1]}"
    if demo:
        from colead.web.demo import install

        for person, path in install():
            say(f"Sign in as {person}: {base}{path}\n")
    else:
        say(f"Sign in: {base}{server.way_in()}\n")
    say(f"Colead: {base}/ (Ctrl-C ends it)\n")
    server.run(bound, workers)


def _one_link(address: str) -> None:
    from colead.web import server

    path = server.way_in(address)
    if not path:
        raise WrongUse(
            "E91", f"nobody has the address {address!r}", why="only people who joined can sign in",
            hint="write the address as it was given when joining",
        )  # fmt: skip
    say(f"{path}\n")


def _bound(host: str, port: int | None) -> socket:
    from colead.web import server

    try:
        return server.listening(host, port)
    except OSError as error:
        raise WrongUse(
            "E92", f"nothing can listen on {host!r}", why=error.strerror or str(error),
            hint="name another --host or --port",
        ) from error  # fmt: skip
