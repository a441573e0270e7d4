"""Who may see what, by canaries: through no door does a word of an area reach whoever is outside of it."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from types import SimpleNamespace
from typing import Any

import pytest
from addresses import SLUG, Door, act_doors, form_doors, page_doors, search_doors
from brief import undone
from canary import CAST, LEADS, MADE, NOBODYS, OWN, ground, seen
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from test_routes import ended, whole

from colead.cli.today import _lines
from colead.web import faults
from colead.web.api.data import DataView
from colead.web.api.views import ResourceView
from colead.web.areas.models import Entry
from colead.web.briefs.models import Brief
from colead.web.inbox import chat
from colead.web.inbox.digest import deliver
from colead.web.inbox.models import Hook, Notice, Rhythm
from colead.web.inbox.moved import since, yesterday
from colead.web.people.models import Letter, Link, Token
from colead.web.questions.models import Question

MEMBERS = ("product lead", "engineering lead", "member", "viewer")
MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@dataclass
class Guest:
    """Somebody at the doors: a browser or a program, and what is their own."""

    name: str
    client: Client
    head: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)

    @property
    def belongs(self) -> bool:
        """Whether the area is theirs."""
        return self.name in MEMBERS

    @property
    def allowed(self) -> set[str]:
        """The canaries that they may hear."""
        if not self.belongs:
            return self.own
        alone = set(chain.from_iterable(OWN.values())) | LEADS | NOBODYS
        leads = LEADS if self.name.endswith("lead") else set()
        return (MADE - alone) | leads | OWN[self.name]

    def knock(self, door: Door, method: str = "GET", **head: str) -> set[str]:
        """The canaries that come out and were not in the address that was typed."""
        told: dict[str, Any] = {"headers": {**self.head, **head}}
        if method == "POST" and door.address.startswith("/api/"):
            told |= {"data": json.dumps(door.form), "content_type": "application/json"}
            answer = self.client.generic(door.method, door.address, **told)
        elif method == "POST":
            answer = self.client.post(door.address, door.form, **told)
        else:
            answer = self.client.get(door.address, **told)
        return heard(answer) - (set() if self.belongs else seen(door.address))


def heard(answer: Any) -> set[str]:
    """The canaries in an answer: its bytes and what stands above them."""
    told = seen(whole(answer), *(f"{name}: {value}" for name, value in answer.headers.items()))
    ended(answer)
    return told


@pytest.fixture
def grown(db: None, tmp_path: Any, settings: Any) -> Any:
    """The area with its canaries, and everybody at its doors."""
    cache.clear()
    settings.MAILS = True
    made = ground(tmp_path)
    made.guests = {one.name: one for one in guests(made)}
    logging.disable(logging.ERROR)  # what is refused would be told a thousand times
    yield made
    logging.disable(logging.NOTSET)


def guests(made: Any) -> Iterator[Guest]:
    """All of them; those who are out had a browser and a token while they were in."""
    people = made.people
    browsers, tokens = {}, {}
    for who in people:
        browsers[who] = Client()
        browsers[who].force_login(people[who])
        tokens[who] = Token.objects.make(people[who], "a script", "write", 9)
    late, revoked = (Token.objects.make(made.paula, one, "write", 9) for one in ("late", "revoked"))
    Token.objects.filter(name="late").update(until=timezone.now() - timedelta(minutes=1))
    Token.objects.filter(name="revoked").delete()
    made.area.memberships.get(person=people["left"]).end(people["left"])
    made.area.memberships.get(person=people["put out"]).end(made.erik)
    people["locked out"].lock_out()
    own = {who: {f"name{CAST[who][0]}", f"address{CAST[who][0]}"} for who in ("left", "put out")}
    yield from (Guest(who, browsers[who], own=own.get(who, set())) for who in people)
    yield Guest("nobody", Client())
    for who in ("other lead", "left", "put out", "locked out"):
        yield Guest(f"token of {who}", Client(), bearer(tokens[who]), own.get(who, set()))
    yield Guest("late token", Client(), bearer(late))
    yield Guest("revoked token", Client(), bearer(revoked))


def bearer(secret: str) -> dict[str, str]:
    """What a program sends."""
    return {"Authorization": f"Bearer {secret}"}


def to_read(made: Any) -> list[Door]:
    """All doors from which one reads."""
    odd = [Door("error", "/nowhere"), Door("error", f"/{SLUG}/nowhere"), Door("error", f"/{SLUG}/ideas/999")]
    known = (page_doors(made), search_doors(made), form_doors(made), act_doors(made, reads=True))
    return [*chain.from_iterable(known), *odd]


def elsewhere(made: Any) -> list[Door]:
    """The same things asked for in an area of one's own."""
    acts = (act_doors(made, "elsewhere", reads=one) for one in (True, False))
    return [*page_doors(made, "elsewhere"), *chain.from_iterable(acts)]


def test_every_pattern_is_a_page_an_act_or_a_form() -> None:
    resolvers = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    assert [str(one.pattern) for one in resolvers] == ["api/1/", ""]
    for one in resolvers:
        assert all(isinstance(each, URLPattern) for each in one.url_patterns)
    acts = [
        one for one in resolvers[0].url_patterns if one.name is None and "view_class" in vars(one.callback)
    ]
    forms = resolvers[1].url_patterns
    assert {vars(one.callback)["view_class"] for one in acts} == {ResourceView}
    assert {vars(one.callback)["view_class"] for one in forms} == {DataView}
    assert len(resolvers[0].url_patterns) == len(acts) + 1, "and the one for what is not there"


def test_what_is_read_is_read_by_those_who_may_alone(grown: Any) -> None:
    doors, guests, odd = to_read(grown), grown.guests, []
    found: dict[str, set[str]] = defaultdict(set)
    for who in MEMBERS:  # first, so that whatever is kept of a page is kept of theirs
        for door in doors:
            told = guests[who].knock(door)
            found[who] |= told
            odd += [(who, door.name, one) for one in told - guests[who].allowed]
    for guest in (one for one in guests.values() if not one.belongs):
        for door in doors:
            odd += [(guest.name, door.name, one) for one in guest.knock(door) - guest.allowed]
    for guest in (guests["other lead"], guests["token of other lead"]):
        for door in elsewhere(grown):
            odd += [(guest.name, "elsewhere", door.name, one) for one in guest.knock(door)]
    assert not odd
    everybody = set().union(*found.values())
    assert everybody == MADE - NOBODYS, "the control: what may be seen is found, else nothing could fail here"
    assert found["viewer"] >= MADE - NOBODYS - LEADS - {"draft", "owntoken", "gone"}


def test_a_version_that_is_named_opens_nothing(grown: Any) -> None:
    guests, tags = grown.guests, {}
    for door in to_read(grown):
        answer = guests["product lead"].client.get(door.address, headers={"HX-Request": "true"})
        ended(answer)
        if "ETag" in answer.headers or "/menu" in door.address:
            tags[door.address] = answer.headers.get("ETag", "*")
    assert sum(one != "*" for one in tags.values()) >= 3
    for guest in (one for one in guests.values() if not one.belongs):
        for there, tag in tags.items():
            head = {"If-None-Match": tag, "HX-Request": "true"}
            answer = guest.client.get(there, headers={**guest.head, **head})
            assert answer.status_code != 304, (guest.name, there)
            assert not heard(answer) - guest.own, (guest.name, there)


def test_what_is_done_tells_nothing_and_changes_nothing_for_others(grown: Any) -> None:
    odd, entries = [], Entry.objects.filter(area=grown.area)
    doors = [*page_doors(grown), *act_doors(grown, reads=False)]
    for guest in grown.guests.values():
        for door in doors:
            cookies, before = guest.client.cookies.copy(), entries.count()
            with undone():
                told = guest.knock(door, "POST") - guest.allowed
                odd += [(guest.name, door.name, one) for one in told]
                if not guest.belongs and entries.count() != before:
                    odd.append((guest.name, door.name, "did something"))
            guest.client.cookies = cookies
    assert not odd


def news(made: Any) -> None:
    """Everybody wants mails, and all that waits is new."""
    then = timezone.now() - timedelta(days=5)
    Notice.objects.all().delete()
    for who in made.people.values():
        Notice.objects.create(person=who, told=then, rhythm=Rhythm.OFTEN)


def test_mails_reach_those_who_may_read_them_alone(grown: Any) -> None:
    news(grown)
    for who in grown.people.values():
        Letter.objects.create(to=who.email, base="https://colead.example.com")
    assert deliver(MONDAY) >= 3
    Letter.objects.deliver()
    by_address = {one.email: who for who, one in grown.people.items()}
    heard_by: dict[str, set[str]] = defaultdict(set)
    for letter in mail.outbox:
        who = by_address[letter.to[0]]
        told = seen(letter.subject, letter.body, *letter.extra_headers.values())
        heard_by[who] |= told
        assert not told - grown.guests[who].allowed - grown.guests[who].own, (who, letter.body)
    assert {"area", "title", "nameerik", "thread", "repair"} <= heard_by["product lead"], "the control"
    assert {"area", "title", "question"} <= heard_by["member"]
    assert any("Why: " in one.body for one in mail.outbox), "what moved, too"
    assert "locked out" not in heard_by


def test_whoever_is_put_out_before_the_mail_goes_gets_nothing_of_it(grown: Any, monkeypatch: Any) -> None:
    news(grown)
    send, sent = mail.EmailMessage.send, []

    def going(self: Any, *told: Any, **more: Any) -> Any:
        """As the first mail goes, everybody else is put out."""
        if not sent:
            for one in grown.area.memberships.exclude(person__email=self.to[0]):
                one.delete()
        sent.append(self)
        return send(self, *told, **more)

    monkeypatch.setattr(mail.EmailMessage, "send", going)
    assert deliver(MONDAY) == 1
    assert [one.to for one in sent] == [one.to for one in mail.outbox]
    assert seen(sent[0].body), "the control"
    off = sent[0].extra_headers["List-Unsubscribe"].strip("<>").split("/mute/")[1]
    assert Client().get(f"/mute/{off}").status_code == 200
    links = re.findall(r"/mute/\S+", sent[0].body)
    grown.area.memberships.all().delete()
    assert not any(seen(Client().get(one).content) - {"namepaula", "nameerik"} for one in links)


def test_a_mail_that_failed_is_made_anew_from_what_may_be_seen_by_then(grown: Any, monkeypatch: Any) -> None:
    news(grown)
    monkeypatch.setattr(mail.EmailMessage, "send", lambda *_: (_ for _ in ()).throw(OSError("no answer")))
    with pytest.raises(OSError, match="no answer"):
        deliver(MONDAY)
    monkeypatch.undo()
    grown.area.memberships.all().delete()
    assert deliver(MONDAY + timedelta(hours=1)) == 0


@pytest.fixture
def channels(settings: Any) -> Iterator[Any]:
    """Two chats on real servers of this machine; what each was told."""
    made = [_channel() for _ in range(2)]
    settings.REACH = ("127.0.0.1",)
    yield [SimpleNamespace(address=f"http://127.0.0.1:{one.server_port}", heard=said) for one, said in made]
    for one, _ in made:
        one.shutdown()
        one.server_close()


def _channel() -> tuple[ThreadingHTTPServer, list[str]]:
    said: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Writes down what it is told."""

        def do_POST(self) -> None:
            said.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    return made, said


def test_a_chat_hears_of_its_own_area_alone_and_its_address_nobody(grown: Any, channels: Any) -> None:
    ours, theirs = channels
    lead, other = grown.guests["product lead"], grown.guests["other lead"]
    MADE.add("hook")
    assert lead.client.post(f"/{SLUG}/chat", {"address": f"{ours.address}/zanaryhook"}).status_code == 302
    assert other.client.post("/elsewhere/chat", {"address": f"{theirs.address}/x"}).status_code == 302
    Hook.objects.update(told=timezone.now() - timedelta(hours=1))
    idea = Brief.objects.get(area__slug="elsewhere")
    Question.objects.ask(idea, grown.people["admin"], "product", "Whose own?")
    assert chat.deliver(MONDAY) == 2
    assert len(ours.heard) == len(theirs.heard) == 2
    assert not seen(*theirs.heard)
    assert {"area", "title", "nameerik", "thread", "repair"} <= seen(*ours.heard), "the control"
    assert not seen(*ours.heard) & (NOBODYS | LEADS | {"draft", "owntoken"})
    for guest in grown.guests.values():
        assert "hook" not in guest.knock(Door("chat", f"/{SLUG}/chat"))
        assert "hook" not in guest.knock(Door("export", f"/{SLUG}/export.zip"))


def test_the_terminal_tells_the_same(grown: Any) -> None:
    assert since(grown.area, yesterday()), "something moved"
    told = {}
    for guest in grown.guests.values():
        answer = guest.client.get("/today.json", headers=guest.head)
        lines = "\n".join(_lines(answer.json(), "")) if answer.status_code == 200 else ""
        told[guest.name] = seen(lines)
        assert not told[guest.name] - guest.allowed, guest.name
    assert {"area", "title", "thread", "repair"} <= told["product lead"], "the control"


def test_links_that_one_holds_tell_their_own_alone(grown: Any) -> None:
    invited = Client().get(f"/join/{grown.invitation}")
    assert heard(invited) == {"area", "namepaula"}, "who is invited reads into what, and by whom"
    link = Client().get(f"/link/{Link.objects.make(grown.erik)}")
    assert heard(link) == {"nameerik"}
    grown.area.memberships.get(person=grown.paula).delete()
    assert Client().get(f"/join/{grown.invitation}").status_code == 404


def test_pages_of_faults_tell_nothing(grown: Any) -> None:
    asked = RequestFactory().get(f"/{SLUG}/")
    asked.user = grown.people["stranger"]
    for told in (faults.broken(asked), faults.absent(asked), faults.refused(asked), faults.forged(asked)):
        assert not heard(told)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(grown.people["put out"])
    for door in page_doors(grown):
        assert not heard(strict.post(door.address, door.form)) - grown.guests["put out"].own, door.name
