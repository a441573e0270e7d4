"""A mailed link travels through a real mail server: encrypted, signed in, to the one who has the address."""

from __future__ import annotations

import gc
import re
import socket
import ssl
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from statistics import median
from time import process_time
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import global_settings
from django.test import Client

from colead.web.jobs.work import mail as send
from colead.web.people.models import Letter, Person, Tries
from colead.web.settings import mail

USER, PASSWORD = "colead@shop.example", "p@ss word/of mail"
ADDRESS = "smtp://colead%40shop.example:{password}@localhost:{port}"
ROUNDS = 3  # sign-ins of each kind that are timed
APART = 1.25  # how much longer one kind of refusal may take than the other


def certificate(folder: Path) -> Path:
    """A key and a certificate for this machine that nobody vouches for, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    text = key.private_bytes(pem, form, serialization.NoEncryption()) + signed.public_bytes(pem)
    (folder / "server.pem").write_bytes(text)
    return folder / "server.pem"


@pytest.fixture
def server(tmp_path: Path, settings: Any) -> Iterator[Any]:
    """A mail server that takes mail from whoever encrypts and knows the password; what it saw."""
    told = SimpleNamespace(letters=[], logins=[], certificate=certificate(tmp_path))

    class Box:
        async def handle_DATA(self, _: Any, session: Any, envelope: Any) -> str:
            told.letters.append((bool(session.ssl), envelope))
            return "250 kept"

    def known(_: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        told.logins.append((bool(session.ssl), data.login.decode(), data.password.decode()))
        return AuthResult(success=told.logins[-1][1:] == (USER, PASSWORD), handled=False)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(told.certificate)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        told.port = free.getsockname()[1]
    running = Controller(
        Box(), hostname="127.0.0.1", port=told.port, tls_context=context, require_starttls=True,
        authenticator=known, auth_required=True,
    )  # fmt: skip
    running.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILS = True
    point_to(settings, told.port)
    yield told
    running.stop()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the server leaves what broke off to be collected
        gc.collect()


def point_to(settings: Any, port: int, password: str = PASSWORD) -> None:
    """Settings as they come from an address with this port and password."""
    password = quote(password, safe="")
    for name, value in mail(ADDRESS.format(port=port, password=password)).items():
        setattr(settings, name, value)


def test_a_link_is_mailed_encrypted_and_signs_in_once(
    db: None, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    Person.objects.welcome("priya@shop.example", "Priya Ünal")
    for email in ("Priya@shop.example", "nobody@shop.example"):
        assert Client().post("/sign-in/link", {"email": email}).status_code == 200
    send()
    (sealed, envelope), *more = server.letters
    assert sealed and not more and envelope.rcpt_tos == ["priya@shop.example"]
    assert server.logins == [(True, USER, PASSWORD)]
    letter = message_from_bytes(envelope.content, policy=default)
    text = letter.get_body().get_content()
    assert letter["Subject"] == "Your link to Colead" and "Hello Priya Ünal," in text
    path = re.search(r"http://testserver(/link/\S+)", text)[1]
    client = Client()
    assert client.post(path)["Location"] == "/" and client.get("/me").status_code == 200
    assert Client().post(path).status_code >= 400


@pytest.mark.parametrize("wrong", ["unknown certificate", "wrong password", "nobody there"])
def test_a_mail_server_that_is_not_right_gets_no_link_and_stops_nothing(
    db: None, server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    if wrong != "unknown certificate":
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    if wrong == "wrong password":
        point_to(settings, server.port, "another")
    if wrong == "nobody there":
        point_to(settings, 1)
    Letter.objects.create(to=Person.objects.welcome("priya@shop.example", "Priya").email, base="http://x")
    send()
    waiting = Letter.objects.get()  # it is tried again after a pause
    assert not server.letters and waiting.tries == 0 and waiting.sending is not None
    assert bool(server.logins) is (wrong == "wrong password")


def refused_in(email: str) -> float:
    """Seconds of work until a wrong password for this address is refused; other processes do not count."""
    Tries.objects.all().delete()
    began = process_time()
    assert Client().post("/sign-in", {"email": email, "password": "a wrong one"}).status_code == 422
    return process_time() - began


def test_a_refusal_takes_as_long_whether_anybody_has_the_address(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    Person.objects.welcome("priya@shop.example", "Priya", "a long password")
    Person.objects.welcome("linked@shop.example", "Emil")
    Person.objects.welcome("gone@shop.example", "Gone", "a long password").lock_out()
    kinds = ("priya@shop.example", "nobody@shop.example", "linked@shop.example", "gone@shop.example")
    rounds = [[refused_in(one) for one in kinds] for _ in range(ROUNDS)]
    ratios = [median(one[kind] / one[0] for one in rounds) for kind in range(1, len(kinds))]
    assert all(1 / APART < ratio < APART for ratio in ratios), ratios
