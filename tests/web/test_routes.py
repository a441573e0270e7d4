"""Who may see and do what: every route, every method, every identity; a route that is missing here fails."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from brief import TERMS, undone
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import URLPattern, get_resolver

LEADS = {"product lead", "engineering lead"}
MEMBERS = {*LEADS, "product member", "engineering member"}
ALL = {*MEMBERS, "product viewer", "engineering viewer"}
PRODUCT = {"product lead", "product member"}
ENGINEERING = {"engineering lead", "engineering member"}
SIGNED = {*ALL, "other area", "admin"}
EVERYBODY = {*SIGNED, "anonymous", "disabled"}
NOBODY: set[str] = set()
BACK = "---\ncolead: problem 1\n---\n# T\n\n## Problem\n\nx"  # an idea's file
SOON = (date.today() + timedelta(days=5)).isoformat()  # noqa: DTZ011 - the server's days are UTC, too
TRADEOFF = 4_000_002
OPTION = "4000001"  # of the area's decision
SAID = 4_000_000  # the first message of the idea's discussion, by the engineering member
QUESTION = CONCERN = MEETING = 4_000_000  # open ones in the area
REAL = 4_000_000  # whatever else is there: a doubt, a hold, an occasion, a prototype, a suggestion, a job
FAILED = 4_000_001  # a job that failed
FETCHED = 4_000_000  # the repository of the area that has an address

REPAIR, DONE = 4_000_000, 4_000_001  # a repair that is open, and one that is done
AT = datetime(2026, 1, 7, 12, tzinfo=UTC)
TODAY = date.today()  # noqa: DTZ011 - the server's days are UTC, too
NEXT_WEEK = (TODAY + timedelta(days=7 - TODAY.weekday())).isoformat()

# name -> what the address is made of, and who gets an answer below 400 for GET and for POST.
TABLE: dict[str, tuple[dict[str, object], set[str] | None, set[str] | None, dict[str, str]]] = {
    "home": ({}, SIGNED, SIGNED, {"name": "New", "side": "product"}),
    "sign-in": ({}, EVERYBODY, NOBODY, {"email": "a@b.example", "password": "wrong"}),
    "second": ({}, NOBODY, NOBODY, {"code": "123456"}),
    "mailed-link": ({}, NOBODY, NOBODY, {"email": "a@b.example"}),
    "elsewhere": ({}, NOBODY, None, {}),
    "elsewhere-back": ({}, NOBODY, None, {}),
    "sign-out": ({}, None, SIGNED, {}),
    "link": ({"secret": "wrong"}, NOBODY, NOBODY, {}),
    "welcome": ({"token": "wrong"}, NOBODY, NOBODY, {}),
    "join": ({"secret": "wrong"}, NOBODY, NOBODY, {}),
    "me": ({}, SIGNED, SIGNED, {"name": "Somebody"}),
    "password": ({}, SIGNED, NOBODY, {"password": "another long one"}),
    "factor": ({}, SIGNED, NOBODY, {"code": "123456"}),
    "sessions": ({}, SIGNED, SIGNED, {}),
    "session": ({"mark": "wrong"}, None, NOBODY, {}),
    "tokens": ({}, SIGNED, SIGNED, {"name": "a script", "scope": "read", "days": "30"}),
    "own-token": ({"pk": 999}, None, NOBODY, {}),
    "notices": ({}, SIGNED, SIGNED, {"rhythm": "weekly"}),
    "mute": ({"token": "wrong"}, NOBODY, NOBODY, {}),
    "today": ({}, SIGNED, None, {}),
    "area": ({"area": "checkout"}, ALL, None, {}),
    "chat": ({"area": "checkout"}, ALL, LEADS, {"end": "1"}),
    "inbox": ({"area": "checkout"}, ALL, ALL, {"key": "x", "until": "week"}),
    "menu": ({"area": "checkout"}, ALL, None, {}),
    "search": ({"area": "checkout"}, ALL, None, {}),
    "everywhere": ({}, SIGNED, None, {}),
    "together": ({"area": "checkout"}, ALL, None, {}),
    "terms": ({"area": "checkout"}, ALL, LEADS, TERMS),
    "terms-file": ({"area": "checkout"}, ALL, None, {}),
    "people": ({"area": "checkout"}, ALL, LEADS, {"side": "product", "role": "member"}),
    "member": ({"area": "checkout", "pk": "product member"}, ALL, {"product lead"}, {"role": "viewer"}),
    "repositories": ({"area": "checkout"}, ALL, LEADS, {"path": "https://git.example.com/team/shop.git"}),
    "repository": ({"area": "checkout", "pk": FETCHED}, None, LEADS, {}),
    "fetch": ({"area": "checkout", "pk": FETCHED}, None, MEMBERS, {}),
    "token": ({"area": "checkout", "pk": FETCHED}, None, LEADS, {"token": "canary"}),
    "fragility": ({"area": "checkout"}, ALL, MEMBERS, {}),
    "part": ({"area": "checkout", "key": "services/checkout"}, NOBODY, NOBODY, {}),
    "lessons": ({"area": "checkout"}, ALL, NOBODY, {"word": "999"}),
    "lessons-file": ({"area": "checkout", "pk": 999, "file": "glossary"}, NOBODY, None, {}),
    "amiss": ({"area": "checkout", "number": 1}, None, NOBODY, {"wrong": "T01-1"}),
    "meeting": ({"area": "checkout"}, ALL, MEMBERS, {"on": "2030-01-07"}),
    "meeting-sheet": ({"area": "checkout"}, ALL, None, {}),
    "idea-sheet": ({"area": "checkout", "number": 1}, ALL, None, {}),
    "live": ({"area": "checkout", "pk": MEETING}, ALL, MEMBERS, {"begin": ""}),
    "outcome": ({"area": "checkout", "pk": MEETING}, None, PRODUCT, {}),
    "concerns": ({"area": "checkout"}, ALL, ALL, {"text": "It is late", "kind": "timeline"}),
    "concern": ({"area": "checkout", "pk": CONCERN}, ALL, MEMBERS, {"text": "We see it, too"}),
    "raising": ({"area": "checkout", "number": 1}, ALL, ALL, {"text": "It is late", "kind": "timeline"}),
    "trail": ({"area": "checkout", "number": 1}, ALL, MEMBERS, {"ticket": "SHOP-12"}),
    "questions": ({"area": "checkout", "number": 1}, ALL, MEMBERS, {"ask": "Who?", "side": "product"}),
    "question": (
        {"area": "checkout", "number": 1, "question": QUESTION},
        ALL,
        PRODUCT,
        {"text": "Buyers", "answer": ""},
    ),
    "answers": (
        {"area": "checkout", "number": 1},
        ALL,
        MEMBERS,
        {"pasted": "- **Q01** Who?\n\n  > Buyers\n"},
    ),
    "installation": ({}, {"admin"}, NOBODY, {}),
    "keeping": ({"area": "checkout"}, ALL, LEADS, {}),
    "export": ({"area": "checkout"}, LEADS, None, {}),
    "balance": ({"area": "checkout"}, ALL, MEMBERS, {}),
    "investments": ({"area": "checkout"}, ALL, MEMBERS, {}),
    "slots": ({"area": "checkout"}, ALL, LEADS, {"all": "2"}),
    "repairs": ({"area": "checkout"}, ALL, None, {}),
    "new-repair": (
        {"area": "checkout"},
        ALL,
        MEMBERS,
        {"what": "Split it", "part": "tax", "week": NEXT_WEEK},
    ),
    "repair": ({"area": "checkout", "pk": REPAIR}, ALL, None, {}),
    "repair-yes": ({"area": "checkout", "pk": REPAIR}, None, LEADS, {"week": NEXT_WEEK}),
    "repair-estimate": ({"area": "checkout", "pk": REPAIR}, None, MEMBERS, {"slots": "2"}),
    "repair-week": (
        {"area": "checkout", "pk": REPAIR},
        None,
        MEMBERS,
        {"week": NEXT_WEEK, "seen": NEXT_WEEK, "why": "the sale"},
    ),
    "repair-end": ({"area": "checkout", "pk": REPAIR}, None, ENGINEERING, {}),
    "reserve-file": ({"area": "checkout", "pk": FETCHED}, ALL, None, {}),
    "record": ({"area": "checkout"}, ALL, MEMBERS, {}),
    "job": ({"area": "checkout", "pk": REAL}, ALL, MEMBERS, {}),
    "briefs": ({"area": "checkout"}, ALL, None, {}),
    "new-brief": ({"area": "checkout"}, ALL, MEMBERS, {"title": "Another"}),
    "brief": ({"area": "checkout", "number": 1}, ALL, None, {}),
    "brief-file": ({"area": "checkout", "number": 1}, ALL, None, {}),
    "merge": ({"area": "checkout", "number": 1}, ALL, MEMBERS, {"pasted": BACK}),
    "brief-title": ({"area": "checkout", "number": 1}, ALL, PRODUCT, {"title": "Notes"}),
    "brief-size": ({"area": "checkout", "number": 1}, ALL, ENGINEERING, {"changes": "12"}),
    "past": ({"area": "checkout", "number": 1}, ALL, None, {}),
    "deletion": ({"area": "checkout", "number": 1}, LEADS, LEADS, {"title": "Gift notes"}),
    "versions": (
        {"area": "checkout", "number": 1, "space": "problem"},
        ALL,
        PRODUCT,
        {"number": "1", "over": "1"},
    ),
    "brief-place": ({"area": "checkout", "number": 1}, None, PRODUCT, {"move": "down"}),
    "commitment": ({"area": "checkout", "number": 1}, None, LEADS, {}),
    "shipping": ({"area": "checkout", "number": 1}, None, MEMBERS, {}),
    "check": ({"area": "checkout", "number": 1}, None, MEMBERS, {}),
    "suggestion": (
        {"area": "checkout", "number": 1, "suggestion": REAL},
        None,
        PRODUCT,
        {"accept": ""},
    ),
    "section": (
        {"area": "checkout", "number": 1, "space": "problem"},
        ALL,
        PRODUCT,
        {"text": "x", "over": "1"},
    ),
    "agreement": ({"area": "checkout", "number": 1, "space": "problem"}, None, LEADS, {"version": "1"}),
    "area-discussions": ({"area": "checkout"}, ALL, None, {}),
    "discussions": ({"area": "checkout", "number": 1}, ALL, MEMBERS, {"title": "Why?", "text": "x"}),
    "discussion": ({"area": "checkout", "number": 1, "thread": 1}, ALL, MEMBERS, {"text": "y"}),
    "discussion-line": (
        {"area": "checkout", "number": 1, "thread": 1},
        None,
        MEMBERS,
        {"space": "fact"},
    ),
    "discussion-test": ({"area": "checkout", "number": 1, "thread": 1}, None, MEMBERS, {"way": "look"}),
    "discussion-outcome": (
        {"area": "checkout", "number": 1, "thread": 1},
        None,
        MEMBERS,
        {"outcome": "We wait.", "into": "problem"},
    ),
    "message": (
        {"area": "checkout", "number": 1, "thread": 1, "message": SAID},
        ALL,
        {"engineering member"},
        {"text": "z", "over": "1"},
    ),
    "suggestions": (
        {"area": "checkout", "number": 1, "space": "problem"},
        ALL,
        MEMBERS,
        {"text": "other", "over": "1"},
    ),
    "decisions": ({"area": "checkout"}, ALL, None, {}),
    "new-decision": (
        {"area": "checkout"},
        ALL,
        MEMBERS,
        {"question": "Where does a note live?", "space": "solution", "over": "1"},
    ),
    "decision-files": ({"area": "checkout"}, ALL, NOBODY, {}),
    "decision-archive": ({"area": "checkout"}, ALL, None, {}),
    "decision-file": ({"area": "checkout", "number": 1}, ALL, None, {}),
    "prototypes": (
        {"area": "checkout", "number": 1},
        ALL,
        MEMBERS,
        {"question": "Does it print?", "branch": "try/notes", "until": SOON},
    ),
    "prototype": (
        {"area": "checkout", "number": 1, "pk": REAL},
        ALL,
        MEMBERS,
        {"verdict": "yes", "answer": "It prints"},
    ),
    "pack": ({"area": "checkout", "number": 1, "pk": REAL}, ALL, None, {}),
    "decision": ({"area": "checkout", "number": 1}, ALL, None, {}),
    "decision-text": (
        {"area": "checkout", "number": 1},
        ALL,
        {"product lead", *ENGINEERING},
        {"question": "Gift notes: where?", "space": "solution", "over": "1"},
    ),
    "decision-call": (
        {"area": "checkout", "number": 1},
        None,
        {"product lead", *ENGINEERING},
        {"until": SOON},
    ),
    "decision-concerns": ({"area": "checkout", "number": 1}, None, MEMBERS, {"none": ""}),
    "decision-concern": ({"area": "checkout", "number": 1, "pk": REAL}, None, {"engineering lead"}, {}),
    "decision-choice": (
        {"area": "checkout", "number": 1},
        None,
        {"engineering lead"},
        {"option": OPTION, "version": "1"},
    ),
    "decision-withdrawal": (
        {"area": "checkout", "number": 1},
        None,
        {"product lead", *ENGINEERING},
        {"why": "x"},
    ),
    "decision-kept": ({"area": "checkout", "number": 1}, None, {"engineering lead"}, {"why": "x"}),
    "decision-doubts": (
        {"area": "checkout", "number": 1},
        None,
        {"product lead", *ENGINEERING},
        {"path": "services/**"},
    ),
    "decision-doubt": ({"area": "checkout", "number": 1, "pk": REAL}, None, MEMBERS, {"value": "5"}),
    "tradeoffs": (
        {"area": "checkout"},
        ALL,
        MEMBERS,
        {"kind": "repair", "skip": "the repair", "risk": "Gift notes get lost."},
    ),
    "tradeoff": ({"area": "checkout", "pk": TRADEOFF}, ALL, LEADS, {"until": SOON}),
    "idea-tradeoffs": ({"area": "checkout", "number": 1}, None, MEMBERS, {"told": "X01-0"}),
    "occasions": ({"area": "checkout"}, ALL, MEMBERS, {"name": "Sale", "first": SOON}),
    "occasion": ({"area": "checkout", "pk": REAL}, None, MEMBERS, {}),
    "decision-readings": ({"area": "checkout", "number": 1}, None, MEMBERS, {}),
}  # fmt: skip
IDENTITIES = sorted(EVERYBODY)


def address(name: str, area: Any) -> str:
    """Where the route is; of a member by the name of their identity."""
    from django.urls import reverse

    parts = dict(TABLE[name][0])
    if name == "member":
        parts["pk"] = area.area.memberships.get(person=area.people[parts["pk"]]).pk
    return reverse(name, kwargs=parts)


def test_every_route_stands_in_the_table() -> None:
    routes = {one.name for one in get_resolver().url_patterns if isinstance(one, URLPattern)}
    assert routes == TABLE.keys()


@pytest.fixture(autouse=True)
def fetched(area: Any) -> None:
    """A repository with an address, in the area."""
    from colead.web.briefs.models import Brief
    from colead.web.repositories.models import Origin, Repository
    from colead.web.threads.models import Message, Thread

    shop = Repository.objects.create(pk=FETCHED, area=area.area, name="shop", path="clones/shop/shop.git")
    thread = Thread.objects.begin(area.brief, area.priya, "Where is it kept?", "In the cart.")
    Thread.objects.begin(area.brief, area.priya, "Who pays?", "Buyers.").resolve(area.priya, "Buyers do.")
    Brief.objects.write(area.area, area.priya, "Gift notes later", {}, None)
    Message.objects.create(pk=SAID, thread=thread, by=area.people["engineering member"], text="Yes.")
    Origin.objects.create(repository=shop, address="https://git.example.com/shop")


@pytest.fixture(autouse=True)
def asked(area: Any) -> None:
    """A decision that product asked of engineering, with an option."""
    from colead.web.decisions.models import Decision, Doubt, Option
    from colead.web.tradeoffs.models import Tradeoff

    told = {"kind": "repair", "skip": "Gift notes", "risk": "Gift notes get lost.", "by": area.priya}
    tradeoff = Tradeoff.objects.create(pk=TRADEOFF, area=area.area, **told)
    tradeoff.acceptances.create(area=area.area, by=area.emil, side="engineering", until=date(2030, 1, 7))
    made = Decision.objects.ask(area.area, area.priya, "Gift notes: where do they live?", "solution")
    told = {"decision": made, "area": area.area, "by": area.priya}
    Doubt.objects.create(pk=REAL, kind="metric", metric="notes", direction="below", value=3, **told)
    Doubt.objects.create(pk=REAL + 1, kind="day", on=date(2026, 1, 7), fired=made.made, **told)
    made.raised.create(pk=REAL, by=area.emil, kind="hold")
    area.area.occasions.create(
        pk=REAL, name="Sale", first=date(2030, 1, 7), last=date(2030, 1, 7), by=area.emil
    )
    Option.objects.create(pk=int(OPTION), decision=made, place=0, name="With the shipment")


@pytest.fixture(autouse=True)
def owed(area: Any) -> None:
    """A question that product owes, and bad news of an engineer."""
    from colead.web.concerns.models import Concern
    from colead.web.jobs.models import Job
    from colead.web.meetings.models import Meeting
    from colead.web.prototypes.models import Prototype
    from colead.web.questions.models import Question

    told = {"area": area.area, "brief": area.brief, "by": area.emil}
    Question.objects.create(pk=QUESTION, side="product", turn="product", ask="Whose is it?", **told)
    meeting = Meeting.objects.create(pk=MEETING, area=area.area, on=date(2030, 1, 7))
    meeting.items.create(brief=area.brief)
    meeting.outcomes.create(pk=MEETING, kind="product", text="Ask ten buyers", by=area.priya)
    Prototype.objects.create(
        pk=REAL,
        brief=area.brief,
        question="Does it print?",
        branch="try/it",
        until=date(2030, 1, 7),
        by=area.emil,
    )
    area.brief.by_space["problem"].suggestions.create(
        pk=REAL, by=area.emil, over=1, text="Gift notes get lost"
    )
    area.brief.by_space["approach"].agree(area.emil, "engineering", 1)
    Job.objects.create(pk=REAL, area=area.area, kind="look", about="shop")
    Job.objects.create(pk=FAILED, area=area.area, kind="record", about="shop", state="failed")
    Concern.objects.create(pk=CONCERN, kind="timeline", text="Too much before Christmas", **told)


@pytest.fixture(autouse=True)
def planned(area: Any) -> None:
    """A repair in a slot of the next week."""
    from colead.web.reserve.models import Repair

    told = {"what": "Split Gift notes off", "name": "tax", "week": NEXT_WEEK}
    Repair.objects.create(pk=REPAIR, area=area.area, by=area.emil, **told)
    Repair.objects.create(pk=DONE, area=area.area, by=area.emil, done=True, ended=AT, **told)


@pytest.mark.parametrize("name", TABLE)
def test_a_route_answers_whom_it_should(name: str, signed_in: Any, area: Any) -> None:
    _, seen, done, data = TABLE[name]
    odd = []
    for who in IDENTITIES:
        with undone():
            there, client = address(name, area), signed_in(who)
            for method, allowed in (("get", seen), ("post", done)):
                answer = getattr(client, method)(there, data if method == "post" else {})
                ended(answer)
                signs_out = (name, method, who in SIGNED) == ("sign-out", "post", True)
                told = not refused(answer) or signs_out
                as_told = (
                    (answer.status_code == 405 or not told) if allowed is None else told is (who in allowed)
                )
                if not as_told:
                    odd.append((who, method, answer.status_code))
    assert not odd


def ended(answer: Any) -> None:
    """Close a streamed answer as the test's browser closes others: without its connection to the database."""
    if answer.streaming:
        request_finished.disconnect(close_old_connections)
        answer.close()
        request_finished.connect(close_old_connections)


def whole(answer: Any) -> bytes:
    """Every byte of an answer."""
    told = b"".join(answer.streaming_content) if answer.streaming else answer.content
    ended(answer)
    return told


def refused(answer: Any) -> bool:
    """Whether it is a refusal: an error, or the way to the door."""
    return answer.status_code >= 400 or answer.headers.get("Location", "").startswith("/sign-in")


@pytest.mark.parametrize("name", TABLE)
def test_other_methods_change_nothing(name: str, signed_in: Any, area: Any) -> None:
    from colead.web.areas.models import Entry

    before, there, client = Entry.objects.count(), address(name, area), signed_in("product lead")
    for method in ("put", "patch", "delete", "options", "head", "trace"):
        answer = getattr(client, method)(there)
        ended(answer)
        assert answer.status_code < 500, method
        assert Entry.objects.count() == before, method


@pytest.mark.parametrize("who", ["other area", "admin", "disabled", "anonymous"])
def test_outsiders_read_no_word_of_an_area(who: str, signed_in: Any, area: Any) -> None:
    client = signed_in(who)
    for name in TABLE:
        assert b"Gift notes" not in whole(client.get(address(name, area))), name


@pytest.mark.parametrize("name", TABLE)
def test_every_answer_carries_the_policy(name: str, signed_in: Any, area: Any) -> None:
    from colead.web.policy import HEADERS

    answer = signed_in("product lead").get(address(name, area))
    ended(answer)
    for header, value in HEADERS.items():
        assert answer.headers[header] == value
    assert answer.headers["Cache-Control"] == "no-store" or "no-store" in answer.headers["Cache-Control"]


def test_no_form_works_from_elsewhere(area: Any) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(area.priya)
    answer = client.post("/checkout/ideas/1/commitment")
    assert answer.status_code == 403
    assert b"This form could not be taken" in answer.content
