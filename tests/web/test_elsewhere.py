"""Signing in by a service: a small OpenID provider on this machine, spoken to over real HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc import jwk, jwt

from colead.web.people.models import Identity, Person

KEY = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
PRIYA = {"sub": "p-1", "email": "Priya@shop.example", "email_verified": True, "name": "Priya"}


class Provider(HTTPServer):
    """A provider that says of everybody what `claims` says, signed with `key`."""

    claims: dict[str, object] = PRIYA
    key = KEY
    asked: dict[str, str]

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def token(self) -> str:
        now = int(time.time())
        told = {"iss": self.issuer, "aud": "colead", "iat": now, "exp": now + 60}
        told |= {"nonce": self.asked.get("nonce", ""), **self.claims}
        return jwt.encode({"alg": "RS256", "kid": "one"}, told, self.key)


class Answers(BaseHTTPRequestHandler):
    """The three addresses of the provider that a program speaks to."""

    server: Provider

    def do_GET(self) -> None:
        base = self.server.issuer
        if self.path.endswith("/keys"):
            return self._say({"keys": [KEY.as_dict(private=False)]})
        told: dict[str, object] = {
            "issuer": base,
            "authorization_endpoint": f"{base}/there",
            "token_endpoint": f"{base}/token",
        }
        told |= {"jwks_uri": f"{base}/keys", "id_token_signing_alg_values_supported": ["RS256"]}
        return self._say(told)

    def do_POST(self) -> None:
        told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        proof = hashlib.sha256(told["code_verifier"][0].encode()).digest()
        good = base64.urlsafe_b64encode(proof).decode().rstrip("=") == self.server.asked["code_challenge"]
        assert good and told["code"] == ["c"]
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": self.server.token()})

    def log_message(self, *told: object) -> None:
        pass

    def _say(self, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    made = Provider(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    settings.OIDC, settings.OIDC_CLIENT, settings.OIDC_SECRET = made.issuer, "colead", "s"
    settings.OIDC_NAME = "Shop"
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def there_and_back(provider: Provider, client: Client, onto: str = "") -> Any:
    answer = client.get("/sign-in/elsewhere", {"next": onto})
    assert answer.status_code == 302, answer.content
    asked = {name: one[0] for name, one in parse_qs(urlsplit(answer["Location"]).query).items()}
    assert answer["Location"].startswith(f"{provider.issuer}/there?")
    assert asked["redirect_uri"] == "http://testserver/sign-in/elsewhere/back"
    provider.asked = asked
    return client.get("/sign-in/elsewhere/back", {"code": "c", "state": asked["state"]})


def test_whom_the_service_knows_comes_in_by_a_verified_address_and_later_by_its_name(
    area: Any, provider: Provider
) -> None:
    Person.objects.filter(pk=area.priya.pk).update(email="priya@shop.example")
    assert "Sign in with Shop" in Client().get("/sign-in").content.decode()
    client = Client()
    assert there_and_back(provider, client, "/checkout/")["Location"] == "/checkout/"
    assert client.get("/checkout/").status_code == 200
    provider.claims = {**PRIYA, "email": "another@shop.example", "email_verified": False}
    assert there_and_back(provider, Client())["Location"] == "/"
    assert Identity.objects.get().person == area.priya
    area.priya.lock_out()
    assert there_and_back(provider, Client()).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "nobody@shop.example"},
        {"email": ["priya@shop.example"]},
        {"nonce": "another"},
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"exp": 1},
    ],
    ids=str,
)
def test_what_is_not_proven_lets_nobody_in(db: None, provider: Provider, claims: dict[str, object]) -> None:
    Person.objects.welcome("priya@shop.example", "Priya")
    provider.claims = {**PRIYA, **claims}
    client = Client()
    assert there_and_back(provider, client).status_code == 403
    assert client.get("/me").status_code == 302 and not Identity.objects.exists()


def test_another_key_another_state_or_no_answer_let_nobody_in(db: None, provider: Provider) -> None:
    Person.objects.welcome("priya@shop.example", "Priya")
    provider.key = OTHER
    assert there_and_back(provider, Client()).status_code == 403
    answer = Client().get("/sign-in/elsewhere/back", {"code": "c", "state": secrets.token_hex()})
    assert answer.status_code == 403 and b"Begin again" in answer.content
    assert Client().get("/sign-in/elsewhere/back", {"error": "access_denied"}).status_code == 403


def test_a_service_that_is_away_says_so(db: None, settings: Any) -> None:
    settings.OIDC = "http://127.0.0.1:9"
    answer = Client().get("/sign-in/elsewhere")
    assert answer.status_code == 502 and b"does not answer" in answer.content


def test_a_second_identity_of_the_same_service_does_not_take_an_account(db: None, provider: Provider) -> None:
    Person.objects.welcome("priya@shop.example", "Priya")
    there_and_back(provider, Client())
    provider.claims = {**PRIYA, "sub": "p-2"}
    assert there_and_back(provider, Client()).status_code == 403


def test_an_invitation_makes_an_account_by_the_service(area: Any, provider: Provider) -> None:
    join = f"/join/{area.area.invite(area.priya, 'engineering', 'member')}"
    client = Client()
    assert "join with Shop" in client.get(join).content.decode()
    assert there_and_back(provider, client, join)["Location"] == join
    assert "Join as Priya" in client.get(join).content.decode()
    assert client.post(join)["Location"] == "/checkout/"
    provider.claims = {**PRIYA, "sub": "p-3", "email": "third@shop.example"}
    assert there_and_back(provider, Client(), join).status_code == 403  # taken
    assert not Person.objects.filter(email="third@shop.example").exists()
