"""Every way in: passwords, mailed links, second factors, sessions, tokens; and how somebody is kept out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client
from django.utils import timezone

from colead.web.people.models import Factor, Letter, Link, Person, SpareCode, Token, Tries, Visit

PASSWORD = {"email": "priya@shop.example", "password": "a long password"}
OLD, NEW = "a long password", "quite another one"


@pytest.fixture
def priya(db: None) -> Person:
    return Person.objects.welcome("priya@shop.example", "Priya", OLD)


def entered(**more: str) -> Client:
    client = Client()
    assert client.post("/sign-in", PASSWORD, **more)["Location"] == "/"
    return client


def inside(client: Client) -> bool:
    return client.get("/me").status_code == 200


def switched_on(person: Person) -> tuple[str, list[str]]:
    secret = pyotp.random_base32()
    earlier = int(timezone.now().timestamp()) - 30
    return secret, Factor.objects.switch_on(person, secret, pyotp.TOTP(secret).at(earlier))


def test_what_is_refused_does_not_tell_whether_anybody_has_the_address(priya: Person) -> None:
    Person.objects.welcome("nopassword@shop.example", "Emil")
    Person.objects.welcome("gone@shop.example", "Gone", OLD).lock_out()
    told = set()
    for email, password in (
        ("nobody@shop.example", OLD),
        ("nopassword@shop.example", OLD),
        ("gone@shop.example", OLD),
        ("priya@shop.example", "wrong"),
    ):
        answer = Client().post("/sign-in", {"email": email, "password": password})
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        told.add((answer.status_code, page.replace(email, "")))
    assert len(told) == 1


def test_tries_are_counted_for_all_processes_and_forgotten_after_their_time(priya: Person) -> None:
    assert [Tries.objects.too_many("x", 2, 60) for _ in range(4)] == [False, False, True, True]
    assert not Tries.objects.too_many("y", 2, 60)
    Tries.objects.update(since=timezone.now() - timedelta(seconds=61))
    assert not Tries.objects.too_many("x", 2, 60)


@pytest.mark.parametrize(
    ("proxies", "told", "same"), [(0, ("1.1.1.1", "2.2.2.2"), True), (1, ("1.1.1.1", "2.2.2.2"), False)]
)
def test_a_forged_place_does_not_help_to_guess(
    priya: Person, settings: Any, proxies: int, told: tuple[str, str], same: bool
) -> None:
    settings.PROXIES = proxies
    for name in range(11):
        Client().post(
            "/sign-in", {**PASSWORD, "email": f"{name}@x.example"}, headers={"X-Forwarded-For": told[0]}
        )
    answer = Client().post("/sign-in", PASSWORD, headers={"X-Forwarded-For": f"9.9.9.9, {told[1]}"})
    assert (answer.status_code == 429) is same


def test_signing_in_begins_a_new_session(priya: Person) -> None:
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["colead"] = before
    client.post("/sign-in", PASSWORD)
    assert client.session.session_key != before
    assert "x" not in client.session
    assert not Visit.objects.filter(session_key=before).exists()


def test_without_mail_no_link_is_offered(priya: Person, settings: Any) -> None:
    page = Client().get("/sign-in").content.decode()
    assert "sends no mail" in page and "/sign-in/link" not in page
    settings.MAILS = True
    assert "/sign-in/link" in Client().get("/sign-in").content.decode()


def test_a_mailed_link_signs_in_and_lets_one_choose_a_password(priya: Person, settings: Any) -> None:
    settings.MAILS = True
    answers = [
        Client().post("/sign-in/link", {"email": email}).content.decode().replace(email.lower(), "")
        for email in ("Priya@shop.example", "nobody@shop.example")
    ]
    assert answers[0] == answers[1]
    assert Letter.objects.count() == 2 and not mail.outbox
    assert Letter.objects.deliver() == 1 and not Letter.objects.count()
    assert mail.outbox[0].to == ["priya@shop.example"]
    found = re.search(r"http://testserver(/link/\S+)", str(mail.outbox[0].body))
    assert found
    old, client = entered(), Client()
    assert client.get(found[1]).status_code == 200
    client.post(found[1])
    assert client.post("/me/password", {"password": NEW})["Location"] == "/me/sessions"
    assert inside(client) and not inside(old)
    assert Client().post("/sign-in", PASSWORD).status_code == 422
    assert Client().post("/sign-in", {**PASSWORD, "password": NEW}).status_code == 302


def test_few_letters_go_to_one_address_and_the_answer_stays_the_same(priya: Person, settings: Any) -> None:
    settings.MAILS = True
    told = {Client().post("/sign-in/link", {"email": priya.email}).content for _ in range(6)}
    assert len(told) == 1 and Letter.objects.count() == 3
    for _ in range(6):
        answer = Client().post("/sign-in/link", {"email": "other@shop.example"})
    assert answer.status_code == 429
    assert Client().post("/sign-in/link", {"email": "a@b.example\r\nBcc: c@d.example"}).status_code == 429


def test_a_letter_that_waited_too_long_is_thrown_away(priya: Person) -> None:
    Letter.objects.create(to=priya.email, base="http://x", asked=timezone.now() - timedelta(hours=2))
    assert Letter.objects.deliver() == 0 and not mail.outbox and not Link.objects.exists()


def test_a_password_is_changed_with_the_old_one_and_ends_every_other_session(priya: Person) -> None:
    other, client = entered(), entered()
    link = Link.objects.make(priya)
    assert client.post("/me/password", {"old": "wrong", "password": NEW}).status_code == 422
    assert client.post("/me/password", {"password": NEW}).status_code == 422
    assert client.post("/me/password", {"old": OLD, "password": "short"}).status_code == 422
    assert inside(other)
    assert client.post("/me/password", {"old": OLD, "password": NEW}).status_code == 302
    assert inside(client) and not inside(other)
    assert Client().post(f"/link/{link}").status_code == 410


def test_a_link_of_long_ago_does_not_stand_for_the_old_password(priya: Person) -> None:
    client = Client()
    client.post(f"/link/{Link.objects.make(priya)}")
    session = client.session
    session["began"] = (timezone.now() - timedelta(minutes=16)).isoformat()
    session.save()
    assert client.post("/me/password", {"password": NEW}).status_code == 422


def test_a_second_factor_stands_before_every_way_in(priya: Person) -> None:
    secret, spare = switched_on(priya)
    for begin in (("/sign-in", PASSWORD), (f"/link/{Link.objects.make(priya)}", {})):
        client = Client()
        assert client.post(*begin)["Location"] == "/sign-in/second"
        assert client.get("/sign-in/second").status_code == 200
        assert not inside(client)
        assert client.post("/sign-in/second", {"code": "000 000x"}).status_code == 422
        assert client.post("/sign-in/second", {"code": spare.pop().upper()})["Location"] == "/"
        assert inside(client)
    assert SpareCode.objects.count() == 6
    client = Client()
    client.post("/sign-in", {**PASSWORD, "next": "/me"})
    code = pyotp.TOTP(secret).now()
    assert client.post("/sign-in/second", {"code": f" {code[:3]} {code[3:]}"})["Location"] == "/me"
    Tries.objects.all().delete()
    again = Client()
    again.post("/sign-in", PASSWORD)
    assert again.post("/sign-in/second", {"code": code}).status_code == 422


def test_codes_are_not_guessed(priya: Person) -> None:
    switched_on(priya)
    client = Client()
    client.post("/sign-in", PASSWORD)
    answers = [client.post("/sign-in/second", {"code": f"{one:06}"}).status_code for one in range(7)]
    assert answers == [422] * 5 + [429] * 2


def test_half_a_sign_in_ends_with_its_time_and_with_a_lock_out(priya: Person) -> None:
    _, spare = switched_on(priya)
    client = Client()
    client.post("/sign-in", PASSWORD)
    Person.objects.get().lock_out()
    assert client.post("/sign-in/second", {"code": spare[0]})["Location"] == "/sign-in"
    priya.refresh_from_db()
    priya.is_active = True
    priya.save()
    client.post("/sign-in", PASSWORD)
    session = client.session
    session["half"] = {**session["half"], "at": 0}
    session.save()
    assert client.post("/sign-in/second", {"code": spare[0]})["Location"] == "/sign-in"


def test_the_second_factor_is_switched_on_and_off_with_a_code(priya: Person) -> None:
    other, client = entered(), entered()
    page = client.get("/me/second-factor").content.decode()
    assert "<svg" in page and "style=" not in page and not Factor.objects.exists()
    pending = re.findall(r'name="pending" value="([^"]+)"', page)[0]
    secret = "".join(re.findall(r'<code class="secret">([A-Z2-7 ]+)<', page)[0].split())
    assert client.post("/me/second-factor", {"pending": pending, "code": "1"}).status_code == 422
    code = pyotp.TOTP(secret).now()
    assert client.post("/me/second-factor", {"pending": "forged", "code": code}).status_code == 422
    page = client.post("/me/second-factor", {"pending": pending, "code": code}).content.decode()
    codes = re.findall(r"<code>([a-z2-9-]{19})</code>", page)
    assert len(codes) == 8 and inside(client) and not inside(other)
    kept = str(list(Factor.objects.values())) + str(list(SpareCode.objects.values()))
    assert secret not in kept and codes[0] not in kept and codes[0].replace("-", "") not in kept
    assert client.post("/me/second-factor", {"off": "", "code": code}).status_code == 422  # used already
    client.post("/me/second-factor", {"codes": "", "code": codes[0]})
    assert not SpareCode.objects.spend(priya, codes[1])
    Tries.objects.all().delete()
    later = pyotp.TOTP(secret).at(int(timezone.now().timestamp()) + 30)
    assert "Off." in client.post("/me/second-factor", {"off": "", "code": later}).content.decode()
    assert not Factor.objects.exists() and not SpareCode.objects.exists()


def test_another_key_opens_no_factor(priya: Person, settings: Any) -> None:
    secret, spare = switched_on(priya)
    settings.SECRET_KEY = "another"
    assert not Factor.objects.passes(priya, pyotp.TOTP(secret).now())
    assert Factor.objects.passes(priya, spare[0])


def test_sessions_are_seen_and_ended(priya: Person) -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    other, third, client = entered(headers={"User-Agent": firefox}), entered(), entered()
    page = client.get("/me/sessions").content.decode()
    assert "Firefox on Linux" in page and "In 3 places" in page
    assert all(one.session_key not in page for one in Visit.objects.all())
    mark = next(one.mark for one in Visit.objects.all() if one.where == "Firefox on Linux")
    stranger = Client()
    stranger.force_login(Person.objects.welcome("x@y.example", "X"))
    assert stranger.post(f"/me/sessions/{mark}").status_code == 404
    client.post(f"/me/sessions/{mark}")
    assert not inside(other) and inside(third)
    client.post("/me/sessions")
    assert not inside(third) and inside(client) and inside(stranger)


def test_a_visit_is_seen_again_after_an_hour(priya: Person) -> None:
    client = entered()
    session, early = client.session, timezone.now() - timedelta(hours=2)
    session["seen"] = early.isoformat()
    session.save()
    assert Visit.objects.get().seen == early
    client.get("/me")
    assert Visit.objects.get().seen > early


def test_a_token_reads_what_its_person_may_see_until_it_ends(area: Any, signed_in: Any) -> None:
    client, file = signed_in("product viewer"), "/checkout/ideas/1.md"
    page = client.post("/me/tokens", {"name": "notes", "scope": "read", "days": "30"}).content.decode()
    secret = re.findall(r"cld_[\w-]{43}", page)[0]
    assert secret not in client.get("/me/tokens").content.decode()
    assert secret not in str(list(Token.objects.values()))
    bearer = {"Authorization": f"Bearer {secret}"}
    answer = Client().get(file, headers=bearer)
    assert answer.status_code == 200 and b"Gift notes" in answer.content
    assert "last used today" in client.get("/me/tokens").content.decode()
    assert Client().get("/checkout/", headers=bearer).status_code == 302
    assert Client().get("/elsewhere/ideas/1.md", headers=bearer).status_code == 404
    stranger = signed_in("other area")
    assert stranger.get(file, headers=bearer).status_code == 200  # the token speaks, not the cookie
    assert stranger.get(file).status_code == 404
    assert stranger.post(f"/me/tokens/{Token.objects.get().pk}").status_code == 404
    client.post(f"/me/tokens/{Token.objects.get().pk}")
    refused = Client().get(file, headers=bearer)
    assert refused.status_code == 401 and refused["WWW-Authenticate"] == "Bearer"


def test_a_token_that_is_late_or_too_narrow_or_its_persons_lock_out_lets_nobody_in(area: Any) -> None:
    read = Token.objects.make(area.priya, "a", "read", 30)
    write = Token.objects.make(area.priya, "b", "write", 30)
    late = Token.objects.make(area.priya, "c", "write", -1)
    assert Token.objects.holder(read, writes=False) == area.priya
    assert Token.objects.holder(write, writes=True) == area.priya
    assert Token.objects.holder(read, writes=True) is None
    assert Token.objects.holder(late, writes=False) is None
    area.priya.lock_out()
    assert Token.objects.holder(write, writes=False) is None


def test_a_lock_out_by_command_holds_everywhere_until_it_is_taken_back(
    priya: Person, monkeypatch: Any
) -> None:
    from colead.cli.serve import command
    from colead.web import server

    monkeypatch.setattr(server, "prepare", lambda data: None)
    client, link = entered(), Link.objects.make(priya)
    switched_on(priya)
    done = CliRunner().invoke(command, ["--lock-out", "PRIYA@shop.example"])
    assert done.exit_code == 0 and "is locked out" in done.output
    assert not inside(client) and Client().post(f"/link/{link}").status_code == 410
    assert Client().post("/sign-in", PASSWORD).status_code == 422
    assert server.way_in(priya.email) == ""
    path = CliRunner().invoke(command, ["--let-in", "priya@shop.example"]).output.strip()
    assert client.post(path)["Location"] == "/"
    assert inside(client) and not SpareCode.objects.exists()
    for option in ("--lock-out", "--let-in", "--link"):
        assert CliRunner().invoke(command, [option, "nobody@shop.example"]).exit_code
