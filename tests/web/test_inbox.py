"""Inbox: what waits, what moved and why, what is put off; and mails only with news and a reason."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from colead import demo
from colead.web.areas.models import Side
from colead.web.briefs.models import Suggestion
from colead.web.inbox import chat, collect
from colead.web.inbox.collect import key, waits
from colead.web.inbox.digest import deliver
from colead.web.inbox.models import Hook, Mute, Notice, PutOff, Rhythm, Sent

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def suggested(area: Any) -> Any:
    """Emil suggests another problem: Priya's side owes the answer."""
    section = area.brief.by_space["problem"]
    made = section.suggest(area.emil, "Buyers want notes.", "shorter")
    Suggestion.objects.filter(pk=made.pk).update(at=MONDAY - timedelta(hours=1))
    return area


def of(area: Any, name: str) -> Any:
    return area.area.memberships.get(person=area.people[name])


def test_a_suggestion_waits_for_the_side_that_writes_the_text(suggested: Any, signed_in: Any) -> None:
    page = signed_in("product lead").get("/checkout/inbox").content.decode()
    assert "One thing waits for you, since" in page
    assert "engineering lead suggests another problem for Gift notes" in page
    assert "your side writes the problem" in page
    assert (
        "Nothing waits for you here." in signed_in("engineering lead").get("/checkout/inbox").content.decode()
    )
    assert (
        "Nothing waits for you here." in signed_in("product viewer").get("/checkout/inbox").content.decode()
    )


def test_a_text_that_one_side_signed_waits_for_the_other_lead_alone(area: Any) -> None:
    section = area.brief.by_space["problem"]
    section.agree(area.priya, Side.PRODUCT, section.version)
    (one,) = waits(of(area, "engineering lead"))
    assert one.sentence == "product lead agreed to the problem of Gift notes; engineering has not yet"
    assert not waits(of(area, "engineering member"))
    assert not waits(of(area, "product lead"))


def test_terms_wait_for_the_lead_who_has_not_signed_them(area: Any) -> None:
    area.area.agree_on(area.priya, Side.PRODUCT, 25, [])
    assert [one.kind for one in waits(of(area, "engineering lead"))] == ["terms"]


def test_what_is_put_off_comes_back(suggested: Any, signed_in: Any) -> None:
    (one,) = waits(of(suggested, "product lead"))
    browser = signed_in("product lead")
    browser.post("/checkout/inbox", {"key": key(one), "until": "tomorrow"})
    page = browser.get("/checkout/inbox").content.decode()
    assert "Nothing waits for you here." in page
    assert "1 put off until a later day" in page
    assert waits(of(suggested, "product lead"), timezone.now() + timedelta(days=2)) == [one]
    assert waits(of(suggested, "product member")), "put off by one person alone"
    browser.post("/checkout/inbox", {"back": "1"})
    assert waits(of(suggested, "product lead")) == [one]


def test_nothing_unknown_is_put_off(suggested: Any, signed_in: Any) -> None:
    signed_in("product lead").post("/checkout/inbox", {"key": "x", "until": "tomorrow"})
    signed_in("product lead").post("/checkout/inbox", {"until": "never"})
    assert not PutOff.objects.exists()


def readable(area: Any, verdict: str, made: datetime, **more: Any) -> Any:
    """A kept reading of the idea, made by the real check of the made-up shop."""
    from django.conf import settings

    from colead.demo.repository import demo_repository
    from colead.look import check
    from colead.writers.wire import to_json

    shop = demo_repository(settings.DATA / "demo")
    text = more.pop("text", area.brief.text)
    reading = check(None, [shop], text=text, today=made.date(), cache=settings.DATA / "cache")
    told = {"digest": area.brief.digest, "tips": "a", "verdict": verdict, "wire": to_json(reading)}
    return area.brief.readings.create(made=made, **{**told, **more})


def reset(person: Any, told: datetime, rhythm: str = Rhythm.DAILY) -> Notice:
    wish = Notice.objects.of(person)
    Notice.objects.filter(pk=wish.pk).update(told=told, rhythm=rhythm)
    return Notice.objects.get(pk=wish.pk)


def test_a_mail_tells_what_is_new_and_why_and_ends_by_one_click(suggested: Any, client: Any) -> None:
    reset(suggested.priya, MONDAY - timedelta(days=3))
    assert deliver(MONDAY) == 1
    (letter,) = mail.outbox
    assert letter.subject == "Checkout: one new thing waits"
    assert "engineering lead suggests another problem for Gift notes" in letter.body
    assert "It is yours because your side writes the problem." in letter.body
    assert "You get this because something is new" in letter.body
    off = letter.extra_headers["List-Unsubscribe"].strip("<>")
    (kind,) = re.findall(r"no mail about a suggestion in Checkout: (\S+)", letter.body)
    path = kind.removeprefix("http://127.0.0.1:8730")
    assert "No mail to product lead about a suggestion" in client.get(path).content.decode()
    assert not Mute.objects.exists(), "looking ends nothing"
    assert client.post(path).status_code == 200
    assert Mute.objects.get().kind == "suggestion"
    client.post(off.removeprefix("http://127.0.0.1:8730"), {"List-Unsubscribe": "One-Click"})
    assert Notice.objects.get(person=suggested.priya).rhythm == Rhythm.NEVER


def test_no_mail_twice_for_the_same_and_none_without_news(suggested: Any) -> None:
    reset(suggested.priya, MONDAY - timedelta(days=3))
    assert [deliver(MONDAY + timedelta(days=days)) for days in range(5)] == [1, 0, 0, 0, 0]
    assert Sent.objects.count() == 1


@pytest.mark.parametrize(
    ("rhythm", "hour", "days", "goes"),
    [
        (Rhythm.DAILY, 9, 0, 1),
        (Rhythm.DAILY, 3, 0, 0),  # at night
        (Rhythm.DAILY, 9, 5, 0),  # on a Saturday
        (Rhythm.NEVER, 9, 0, 0),
        (Rhythm.WEEKLY, 9, 0, 1),
        (Rhythm.WEEKLY, 9, 1, 0),
    ],
)
def test_mails_keep_to_working_hours_and_wishes(
    suggested: Any, rhythm: str, hour: int, days: int, goes: int
) -> None:
    at = MONDAY.replace(hour=hour) + timedelta(days=days)
    reset(suggested.priya, at - timedelta(days=8), rhythm)
    Suggestion.objects.update(at=at - timedelta(minutes=5))
    assert deliver(at) == goes


@pytest.mark.parametrize("kind", ["", "suggestion"])
def test_what_is_muted_is_not_mailed(suggested: Any, kind: str) -> None:
    reset(suggested.priya, MONDAY - timedelta(days=3))
    Mute.objects.create(person=suggested.priya, area=suggested.area, kind=kind)
    assert deliver(MONDAY) == 0


def test_who_left_or_is_locked_out_hears_nothing(suggested: Any) -> None:
    for name in ("product lead", "product member"):
        reset(suggested.people[name], MONDAY - timedelta(days=3))
    of(suggested, "product member").end(suggested.priya)
    suggested.priya.lock_out()
    assert deliver(MONDAY) == 0


def test_a_mail_that_could_not_go_is_tried_again(suggested: Any, monkeypatch: Any) -> None:
    from colead.web.inbox import digest

    reset(suggested.priya, MONDAY - timedelta(days=3))
    monkeypatch.setattr(mail.EmailMessage, "send", lambda self: (_ for _ in ()).throw(OSError("no answer")))
    monkeypatch.setattr(digest.settings, "MAILS", True)
    digest.send_quietly(MONDAY)
    monkeypatch.undo()
    assert deliver(MONDAY + timedelta(minutes=5)) == 1


def test_the_newest_reading_tells_what_moved_and_why(area: Any, signed_in: Any) -> None:
    before = timezone.now() - timedelta(days=9)
    readable(area, "one", before, text="# Gift notes\n\nBuyers ask for notes.")
    spec = Path(demo.__file__).parent / "gift-notes.md"
    readable(area, "two", timezone.now(), text=spec.read_text(encoding="utf-8"), tips="b")
    page = signed_in("product lead").get("/checkout/inbox").content.decode()
    assert "why: something landed in the code" in page
    assert "new touched part" in page or "new question" in page


def test_programs_get_the_same(suggested: Any, signed_in: Any) -> None:
    told = signed_in("product lead").get("/today.json").json()["areas"]
    (only,) = told
    assert only["area"] == "Checkout"
    assert only["waits"][0]["kind"] == "suggestion"
    assert only["verdict"].startswith("One thing waits for you")


def test_wishes_are_kept_and_mutes_taken_back(area: Any, signed_in: Any) -> None:
    browser = signed_in("product lead")
    assert browser.post("/me/notices", {"rhythm": "weekly"}).status_code == 302
    assert Notice.objects.get(person=area.priya).rhythm == Rhythm.WEEKLY
    assert browser.post("/me/notices", {"rhythm": "hourly"}).status_code == 422
    muted = Mute.objects.create(person=area.priya, area=area.area, kind="terms")
    other = Mute.objects.create(person=area.emil, area=area.area, kind="terms")
    assert "terms in Checkout" in browser.get("/me/notices").content.decode()
    assert browser.post("/me/notices", {"unmute": other.pk}).status_code == 404
    browser.post("/me/notices", {"unmute": muted.pk})
    assert not Mute.objects.filter(pk=muted.pk).exists()


def test_the_command_asks_the_server_with_a_token(
    transactional_db: None, live_server: Any, area: Any, tmp_path: Path
) -> None:
    from colead.web.people.models import Scope, Token

    area.brief.by_space["problem"].suggest(area.emil, "Buyers want \x1b[31mnotes.", "shorter")
    token = Token.objects.make(area.priya, "today", Scope.READ, 1)
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "COLEAD_SERVER": live_server.url}

    def run(**more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "colead", "today"]
        return subprocess.run(command, env={**env, **more}, capture_output=True, text=True, timeout=60)

    told = run(COLEAD_TOKEN=token)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(
        "Checkout: One thing waits for you, since today.\n- engineering lead suggests"
    )
    assert f"{live_server.url}/checkout/ideas/1" in told.stdout
    refused = run(COLEAD_TOKEN="cld_wrong")
    assert refused.returncode == 2
    assert "does not know the token" in refused.stderr
    assert "COLEAD_TOKEN is not set" in run().stderr
    nowhere = run(COLEAD_TOKEN=token, COLEAD_SERVER="http://127.0.0.1:9")
    assert "could not be reached" in nowhere.stderr
    assert "https://" in run(COLEAD_TOKEN=token, COLEAD_SERVER="file:///etc").stderr


@pytest.fixture
def channel(settings: Any) -> Any:
    """A real server on this machine that a chat's web hook leads to; what it was told."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Writes down what it hears."""

        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(404 if self.path == "/gone" else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    settings.REACH = ("127.0.0.1",)
    yield SimpleNamespace(address=f"http://127.0.0.1:{made.server_port}", heard=heard)
    made.shutdown()
    made.server_close()


def test_a_chat_hears_news_bundled_and_without_mentions(area: Any, signed_in: Any, channel: Any) -> None:
    signed_in("product lead").post("/checkout/chat", {"address": f"{channel.address}/hook"})
    assert len(channel.heard) == 1, "a first line, to try it"
    kept = Hook.objects.get()
    assert channel.address not in kept.sealed
    section = area.brief.by_space["problem"]
    section.suggest(area.emil, "Another.", "")
    area.brief.by_space["approach"].save_text(area.emil, "A way.", over=1)
    later = timezone.now() + timedelta(days=7)
    at = (later - timedelta(days=later.weekday())).replace(hour=9)
    assert chat.deliver(at) == 1
    assert "for product lead: engineering lead suggests another problem for Gift notes" in channel.heard[1]
    assert chat.deliver(at + timedelta(hours=5)) == 0, "nothing new"
    assert chat.plain("<!channel> @here") == "&lt;!channel&gt; @\u200bhere"


def test_a_chat_that_refuses_is_told_of(area: Any, signed_in: Any, channel: Any, settings: Any) -> None:
    browser = signed_in("product lead")
    answer = browser.post("/checkout/chat", {"address": f"{channel.address}/gone"})
    assert answer.status_code == 422
    assert b"the chat answered 404" in answer.content
    settings.REACH = ()
    answer = browser.post("/checkout/chat", {"address": f"{channel.address}/hook"})
    assert answer.status_code == 422
    assert b"not a host of the open internet" in answer.content
    assert browser.post("/checkout/chat", {"address": "nonsense"}).status_code == 422
    assert not Hook.objects.exists()


def test_the_address_is_never_shown_and_ends_by_a_lead(area: Any, signed_in: Any, channel: Any) -> None:
    signed_in("product lead").post("/checkout/chat", {"address": f"{channel.address}/canary"})
    for who in ("product lead", "product viewer"):
        page = signed_in(who).get("/checkout/chat").content.decode()
        assert "127.0.0.1 hears what is new here" in page
        assert "canary" not in page
    signed_in("engineering lead").post("/checkout/chat", {"end": "1"})
    assert not Hook.objects.exists()


def test_much_stands_on_several_pages(area: Any, signed_in: Any) -> None:
    section = area.brief.by_space["problem"]
    made = [Suggestion(section=section, by=area.emil, over=1, text=f"Text {one}") for one in range(50)]
    Suggestion.objects.bulk_create(made)
    approach = area.brief.by_space["approach"]
    approach.save_text(area.emil, "A way.", over=1)
    approach.agree(area.emil, Side.ENGINEERING, 2)
    first = signed_in("product lead").get("/checkout/inbox").content.decode()
    assert "51 things wait for you" in first
    assert "1 to 50 of 51" in first
    assert (
        "agreed to the approach" in signed_in("product lead").get("/checkout/inbox?page=2").content.decode()
    )


def test_what_waits_is_gathered_anew_after_every_entry_alone(
    suggested: Any, signed_in: Any, monkeypatch: Any
) -> None:
    client, gathered = signed_in("product lead"), list[int]()
    monkeypatch.setattr(collect, "LASTS", 10**12)
    monkeypatch.setattr(collect, "sources", lambda: gathered.append(1) or ())
    for deed, times in (
        (lambda: None, 1),
        (lambda: None, 1),
        (lambda: suggested.brief.name(suggested.priya, "Notes", None), 2),
    ):
        deed()
        for page in ("/checkout/", "/checkout/inbox", "/today.json"):
            client.get(page)
        assert len(gathered) == times
    signed_in("engineering lead").get("/checkout/inbox")
    assert len(gathered) == 3
