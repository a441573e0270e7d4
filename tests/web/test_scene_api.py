"""The whole scene by both people over the API: a pasted spec, a meeting, a decision, day 6, shipped."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from test_concerns import commit

from colead.demo.repository import demo_repository
from colead.web.areas.models import Entry
from colead.web.briefs.models.brief import Commitment
from colead.web.jobs.models import Job, State
from colead.web.jobs.work import do
from colead.web.people.models import Scope, Token
from colead.web.repositories.look import notice
from colead.web.repositories.models import KeptReading

OPEN = "Who pays for the longer packing slip?"
DECISION = "Where do we keep the note?"
IN_ORDER = (
    *("wrote", "asked", "began a meeting", "answered", "noted in a meeting", "ended a meeting"),
    *(
        "asked to decide",
        "decided",
        "accepted a tradeoff",
        "agreed",
        "went ahead",
        "follows",
        "raised a concern",
    ),
    *("answered a concern", "resolved a concern", "shipped"),
)


class Hand:
    """One person's program, with a token of theirs."""

    def __init__(self, person: Any) -> None:
        self._token = Token.objects.make(person, "scene", Scope.WRITE, 1)

    def __call__(self, method: str, path: str, **told: Any) -> Any:
        """What the API answers, which is never a refusal here."""
        sent = {"data": json.dumps(told), "content_type": "application/json"} if method != "GET" else {}
        head = {"Authorization": f"Bearer {self._token}"}
        answer = Client().generic(method, f"/api/1/areas/checkout{path}", **sent, headers=head)
        assert answer.status_code < 400, (method, path, answer.status_code, answer.content)
        return json.loads(answer.content) if answer.content else None


@pytest.fixture
def shop(area: Any, tmp_path: Path) -> Path:
    """A work tree of the scripted shop, which the area reads."""
    folder = tmp_path / "shop"
    subprocess.run(["git", "clone", "--quiet", str(demo_repository(tmp_path)), str(folder)], check=True)
    area.area.repositories.create(name="shop", path=str(folder), tip="0" * 40)
    return folder


def work() -> None:
    """Do what waits, to its end."""
    while (job := Job.objects.claim()) is not None:
        do(job)
        assert Job.objects.get(pk=job.pk).state == State.DONE, Job.objects.get(pk=job.pk).what


def test_the_whole_scene_over_the_api(area: Any, shop: Path, project: Path) -> None:
    priya, emil = Hand(area.priya), Hand(area.emil)
    spec = (project / "examples" / "gift-notes.md").read_text(encoding="utf-8")
    number = priya("POST", "/ideas", file=spec)["number"]
    idea = f"/ideas/{number}"
    work()
    assert "Worth discussing" in priya("GET", f"{idea}/readings")["items"][0]["verdict"]
    _meet(priya, emil, number)
    _decide(priya, emil, number)
    _live_with_it(priya, number)
    for hand in (priya, emil):
        for space in ("problem", "approach"):
            version = hand("GET", idea)[space]["version"]
            hand("PUT", f"{idea}/sections/{space}/agreement", version=version)
    emil("PUT", f"{idea}/commitment")
    emil("PUT", f"{idea}/trail", ticket="SHOP-99")
    still = [one["ask"] for one in priya("GET", f"{idea}/questions")["items"] if one["state"] == "open"]
    assert OPEN in still, "committed with one question open"
    _day_six(priya, emil, shop)
    assert priya("PUT", f"{idea}/shipping")["stage"] == "measuring"
    verbs = list(Entry.objects.filter(area=area.area).order_by("number").values_list("verb", flat=True))
    places = [verbs.index(verb) for verb in IN_ORDER]
    assert places == sorted(places), verbs


def _meet(priya: Hand, emil: Hand, number: int) -> None:
    """Emil asks one thing more; in the meeting three are answered by whose side owes them, his is not."""
    emil("POST", f"/ideas/{number}/questions", ask=OPEN, side="product")
    meeting = priya("PUT", "/meetings/next", on=datetime.now(UTC).date().isoformat())["id"]
    priya("PUT", f"/meetings/{meeting}/ideas/{number}")
    priya("PUT", f"/meetings/{meeting}/begin")
    asked = [one for one in priya("GET", f"/ideas/{number}/questions")["items"] if one["ask"] != OPEN]
    assert len(asked) >= 3
    for one in asked[:3]:
        hand = priya if "product" in one["owed_by"] else emil
        there = f"/ideas/{number}/questions/{one['id']}/answer"
        hand("PUT", there, text=f"We looked at it and settled it: {one['id']}.")
    told = "We begin with notes of 200 characters"
    priya("POST", f"/meetings/{meeting}/outcomes", text=told, kind="decided", idea=number)
    emil("POST", f"/meetings/{meeting}/outcomes", text="Ask the courier", kind="engineering", idea=number)
    ended = priya("PUT", f"/meetings/{meeting}/end")
    assert ended["ended"]
    assert told in json.dumps(ended["outcomes"])


def _decide(priya: Hand, emil: Hand, number: int) -> None:
    """A debate that begins as the problem turns out to be about the solution; it becomes Emil's decision."""
    debate = f"/ideas/{number}/discussions"
    thread = priya("POST", debate, title=DECISION, text="Is that what we are really arguing about?")["number"]
    assert priya("PUT", f"{debate}/{thread}/space", space="problem")["space"] == "problem"
    emil(
        "POST",
        f"{debate}/{thread}/messages",
        text="We should store the note in the database with the shipment, one row for each parcel.",
    )
    assert priya("PUT", f"{debate}/{thread}/space", space="solution")["space"] == "solution"
    options = [{"name": "With the shipment"}, {"name": "With the order"}]
    told = {"question": DECISION, "space": "solution", "options": options, "idea": number}
    asked = priya("POST", "/decisions", **told)
    assert DECISION in json.dumps(emil("GET", "/inbox"))
    one = f"/decisions/{asked['number']}"
    told = {"option": asked["options"][0]["id"], "why": "a note belongs to a parcel"}
    chosen = emil("PUT", f"{one}/choice", version=asked["version"], **told)
    assert "With the shipment" in json.dumps(chosen)


def _live_with_it(priya: Hand, number: int) -> None:
    """Priya accepts what the reading says is at risk, against a date that matters."""
    sale = (datetime.now(UTC).date() + timedelta(days=60)).isoformat()
    occasion = priya("POST", "/occasions", first=sale, name="Winter sale")["id"]
    told = next(one for one in priya("GET", f"/ideas/{number}/tradeoffs")["items"] if one["code"] == "X01")
    until = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
    there = f"/ideas/{number}/tradeoffs/{told['id']}/acceptance"
    kept = priya("PUT", there, until=until, occasion=occasion)
    assert "Winter sale" in kept["against"]


def _day_six(priya: Hand, emil: Hand, shop: Path) -> None:
    """A landing goes where nobody foresaw; it waits for both, is answered and resolved."""
    work()
    past = timezone.now() - timedelta(days=6)
    Commitment.objects.update(at=past)
    KeptReading.objects.update(made=past - timedelta(hours=1))
    today = datetime.now(UTC).date()
    commit(shop, today - timedelta(days=5), "SHOP-99 A note at checkout", "services/checkout/express.py")
    commit(shop, today, "SHOP-99 Mails carry the note", "services/notifications/mail.py")
    notice()
    work()
    for hand in (priya, emil):
        assert "Day 6" in json.dumps(hand("GET", "/inbox")["waits"])
    (surprise,) = [one for one in priya("GET", "/concerns")["items"] if one["day"] == 6]
    assert "also changes" in surprise["text"]
    emil("POST", f"/concerns/{surprise['id']}/replies", text="The mail repeats the note; it is small.")
    priya("PUT", f"/concerns/{surprise['id']}/resolution", text="Then it belongs to it")
    assert "Day 6" not in json.dumps(emil("GET", "/inbox")["waits"])
