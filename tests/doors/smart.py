"""A git host on this machine: git's own http-backend behind TLS, with a certificate made for it."""

from __future__ import annotations

import base64
import os
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

QUIET = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "HOME": "/",
}
QUIET |= {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
Answer = Callable[[Any], bool]


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """What git says in this folder."""
    done = subprocess.run(
        ["git", "-C", folder, *words], env=QUIET, input=given, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8", "replace").strip()


def repository(folder: Path, files: int = 3) -> Path:
    """A small repository whose main line is "main"."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    for number in range(files):
        land(folder, f"file{number}.txt")
    return folder


def land(folder: Path, name: str, text: str = "some words\n") -> str:
    """One more commit; its hash."""
    (folder / name).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", f"Add {name}")
    return git(folder, "rev-parse", "HEAD")


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1, ::1, localhost and shop.example, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tests")])
    also = [x509.IPAddress(ip_address(one)) for one in ("127.0.0.1", "127.0.0.2", "::1")]
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.DNSName("shop.example"), *also])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    place, secret = folder / "certificate.pem", folder / "certificate.key"
    place.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return place, secret


@contextmanager
def host(root: Path, scratch: Path, *, at: str = "127.0.0.1", answer: Answer | None = None) -> Iterator[Any]:
    """Serve all repositories below `root`; `answer` may take a request first.

    Gives port, authorities (the certificate's file), asked (what came), token (demanded when set).
    """
    place, secret = certificate(scratch)
    told = SimpleNamespace(port=0, authorities=str(place), asked=[], token="")

    class Smart(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            told.asked.append((self.path, self.headers.get("Authorization", "")))
            if answer and answer(self):
                return
            given = base64.b64decode(self.headers.get("Authorization", "Basic ")[6:]).decode()
            if told.token and given.partition(":")[2] != told.token:
                self.send_response(401)
                self.send_header("WWW-Authenticate", "Basic")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.backend()

        do_POST = do_GET

        def backend(self) -> None:
            path, _, query = self.path.partition("?")
            length = int(self.headers.get("Content-Length") or 0)
            if self.headers.get("Transfer-Encoding") == "chunked":
                body = b""
                while size := int(self.rfile.readline(), 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
            else:
                body = self.rfile.read(length)
            world = {
                **QUIET, "GIT_PROJECT_ROOT": str(root), "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path,
                "QUERY_STRING": query, "REQUEST_METHOD": self.command, "CONTENT_LENGTH": str(len(body)),
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
            }  # fmt: skip
            done = subprocess.run(
                ["git", "http-backend"], env=world, input=body, capture_output=True, check=False
            )
            head, _, rest = done.stdout.partition(b"\r\n\r\n")
            lines = [one.split(": ", 1) for one in head.decode().split("\r\n") if ": " in one]
            status = next((value for name, value in lines if name == "Status"), "200 OK")
            self.send_response(int(status.split()[0]))
            for name, value in lines:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    server = Server((at, 0), Smart)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place, secret)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    told.port = server.server_address[1]
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    running.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        running.join()
