"""Exchange: one question over HTTP to a host that may be reached: no redirection, no proxy, a bounded answer.

The host's name is looked up once, and what connects is told the address (see reach.py). Without TLS only
hosts are spoken to that the installation names as its own.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from time import monotonic
from urllib.parse import urlsplit

from colead.errors import RepositoryError
from colead.readers.reach import Reach, closed

PORTS = {"https": 443, "http": 80}
LOWEST = 1024  # below it only a scheme's own port
LONGEST = 2_000  # characters of an address
PATIENCE = 20.0  # seconds for all of it
LARGEST = 4 << 20  # bytes of an answer
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """An address that may be asked: a scheme, a host, a port, and the rest of it."""

    scheme: str
    host: str
    port: int
    rest: str


def place(address: str) -> Place:
    """The parts of an address; RepositoryError E70 where it is none that is asked."""
    told = urlsplit(address.strip()) if len(address) <= LONGEST and address.isascii() else None
    try:
        port = told.port if told else None
    except ValueError:
        told = None
    if told is None or told.scheme not in PORTS or not told.hostname or told.username or told.password:
        raise _odd()
    number = port or PORTS[told.scheme]
    rest = (told.path or "/") + (f"?{told.query}" if told.query else "")
    if (number != PORTS[told.scheme] and number < LOWEST) or not rest.isprintable() or " " in rest:
        raise _odd()
    return Place(told.scheme, told.hostname, number, rest)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What may be asked, and how long one waits."""

    reach: Reach
    authorities: str = ""  # a file of certificates that hosts of one's own are trusted by
    patience: float = PATIENCE
    largest: int = LARGEST
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Answer:
        """The answer at an address; RepositoryError E70 to E74."""
        return self._asked("GET", place(address), None, {})

    def post(self, address: str, body: bytes, kind: str = "application/json") -> Answer:
        """The answer to what is sent to an address; RepositoryError E70 to E74."""
        return self._asked("POST", place(address), body, {"Content-Type": kind})

    def _asked(self, method: str, to: Place, body: bytes | None, more: Mapping[str, str]) -> Answer:
        until = monotonic() + self.patience
        addresses = self.reach.pinned(to.host, to.port)
        if to.scheme == "http" and not self.reach.owns(to.host, addresses):
            raise closed(to.host)
        try:
            with closing(HTTPConnection(to.host, to.port, timeout=self.patience)) as asking:
                asking.sock = self._line(to, addresses[0])
                asking.request(method, to.rest, body, {"User-Agent": "Colead", **self.headers, **more})
                with asking.getresponse() as answer:
                    return Answer(answer.status, self._read(answer, to.host, until))
        except (OSError, HTTPException) as error:
            raise _silent(to.host, str(error) or type(error).__name__) from error

    def _line(self, to: Place, address: str) -> socket.socket:
        line = socket.create_connection((address, to.port), timeout=self.patience)
        if to.scheme == "http":
            return line
        try:
            trusted = ssl.create_default_context(cafile=self.authorities or None)
            if self.authorities:
                trusted.load_default_certs()
            return trusted.wrap_socket(line, server_hostname=to.host)
        except BaseException:
            line.close()
            raise

    def _read(self, answer: HTTPResponse, host: str, until: float) -> bytes:
        found = bytearray()
        while piece := answer.read1(PIECE):
            found += piece
            if len(found) > self.largest:
                raise _large(host)
            if monotonic() > until:
                raise _silent(host, "it takes too long")
        return bytes(found)


def _odd() -> RepositoryError:
    return RepositoryError(
        "E70",
        "this is not an address that Colead asks",
        why="it begins with https:// and names a host, without a name or a password in it",
        hint="copy it from the page that it leads to",
    )


def _silent(host: str, why: str) -> RepositoryError:
    return RepositoryError(
        "E72", f"{host} did not answer", why=why[:200], hint="look at the address, and try again later"
    )


def _large(host: str) -> RepositoryError:
    return RepositoryError(
        "E74", f"{host} sends too much", why="its answer is larger than anything Colead expects there",
        hint="look whether the address is the right one",
    )  # fmt: skip
