"""Exchange: real servers on this machine; what may not be reached is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from colead.errors import RepositoryError
from colead.readers.exchange import Exchange, place
from colead.readers.reach import Reach

OWN = Reach(("127.0.0.1",))


@pytest.fixture
def server() -> Iterator[Callable[[Any], str]]:
    """A server whose handler is given; its address."""
    running = []

    def start(handle: Callable[[BaseHTTPRequestHandler], None]) -> str:
        class Handler(BaseHTTPRequestHandler):
            """Answers as the test says."""

            def do_GET(self) -> None:
                handle(self)

            do_POST = do_GET

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=made.serve_forever, daemon=True).start()
        running.append(made)
        return f"http://127.0.0.1:{made.server_port}"

    yield start
    for one in running:
        one.shutdown()
        one.server_close()


def said(handler: Any, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_what_is_said_comes_back(server: Any) -> None:
    got = []

    def handle(one: Any) -> None:
        got.append((one.path, one.rfile.read(int(one.headers.get("Content-Length") or 0))))
        said(one, b"fine")

    base = server(handle)
    assert Exchange(OWN).get(f"{base}/a?b=c").body == b"fine"
    assert Exchange(OWN).post(f"{base}/hook", b"{}").status == 200
    assert got == [("/a?b=c", b""), ("/hook", b"{}")]


def test_no_redirection_is_followed(server: Any) -> None:
    base = server(lambda one: said(one, b"", 302, Location="http://127.0.0.1:1/"))
    assert Exchange(OWN).get(base).status == 302


def test_too_much_and_too_slow_are_ended(server: Any) -> None:
    large = server(lambda one: said(one, b"x" * 200_000))
    with pytest.raises(RepositoryError) as told:
        Exchange(OWN, largest=100_000).get(large)
    assert told.value.code == "E74"

    def drip(one: Any) -> None:
        one.send_response(200)
        one.end_headers()
        for _ in range(40):
            one.wfile.write(b"x")
            one.wfile.flush()
            time.sleep(0.05)

    began = time.monotonic()
    with pytest.raises(RepositoryError) as told:
        Exchange(OWN, patience=0.4).get(server(drip))
    assert told.value.code == "E72"
    assert time.monotonic() - began < 1.9


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example/", "https://", "https://user:word@a.example/", "https://a.example:22/", "file:///etc/passwd",
     "https://a.example/ b", "https://ä.example/", "https://a.example:x/", "https://a.example/" + "a" * 3000],
)  # fmt: skip
def test_odd_addresses_are_refused(address: str) -> None:
    with pytest.raises(RepositoryError) as told:
        place(address)
    assert told.value.code == "E70"


def test_hosts_inside_are_not_reached(server: Any) -> None:
    base = server(lambda one: said(one, b"secret"))
    with pytest.raises(RepositoryError) as told:
        Exchange(Reach()).get(base)
    assert told.value.code == "E71"


def test_a_public_host_is_not_spoken_to_in_clear_text() -> None:
    with pytest.raises(RepositoryError) as told:
        Exchange(Reach(resolve=lambda host, port: ["8.8.8.8"])).get("http://a.example/")
    assert told.value.code == "E71"


def test_nobody_answers() -> None:
    with pytest.raises(RepositoryError) as told:
        Exchange(OWN).get("http://127.0.0.1:9000/")
    assert told.value.code == "E72"
