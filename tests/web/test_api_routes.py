"""Who may do what over the API: every route, every identity; of others' areas not one byte is seen."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from brief import undone
from django.test import Client
from jsonschema import Draft202012Validator
from reading import READ, made, read
from test_routes import (
    ALL,
    AT,
    CONCERN,
    DONE,
    ENGINEERING,
    EVERYBODY,
    FAILED,
    FETCHED,
    LEADS,
    MEETING,
    MEMBERS,
    NEXT_WEEK,
    OPTION,
    PRODUCT,
    QUESTION,
    REAL,
    REPAIR,
    SAID,
    SIGNED,
    SOON,
    TRADEOFF,
    asked,
    fetched,
    owed,
    planned,
)

from colead.web.api.document import document
from colead.web.api.routes import every
from colead.web.people.models import Token

OWNS = [{"thing": one} for one in ("user problem", "technical approach", "the outcome")]
IDEA = {"number": 1}
TEXT = {"number": 1, "space": "problem"}
WORDING = {"product lead", "engineering lead", "engineering member"}  # who asked, and whose it is
THREAD = {**IDEA, "thread": 1}
PROTOTYPE = {**IDEA, "prototype": REAL}
OWED = {**IDEA, "question": QUESTION}
AGENDA = {"meeting": MEETING, "number": 2}
DOUBT = {**IDEA, "doubt": REAL}
AFTER = (date.fromisoformat(NEXT_WEEK) + timedelta(days=7)).isoformat()
MADR = "# Gift notes: how long?\n\n## Context and Problem Statement\n\nWe ask.\n"
TOLD = "told"  # stands for the mark of a tradeoff that the reading tells
# What writes no entry of its own, and why.
ASKS = dict.fromkeys(
    ("read_anew", "read_options", "read_prototype"), "it asks for work, which writes what came of it itself"
)
# What is more than one deed, each with its entry.
FURTHER = {
    "propose_repair": ["said yes to a repair"],  # what a lead does to a repair is a yes, too
    "move_repair": ["said yes to a repair"],
    "accept_told_tradeoff": ["accepted a tradeoff"],  # it is written down first
}
VERBS = {
    "begin_area": "began",
    "invite": "invited",
    "place_member": "placed",
    "end_member": "removed",
    "change_terms": "changed the terms",
    "sign_terms": "signed",
    "write_idea": "wrote",
    "drop_idea": "deleted",
    "name_idea": "named",
    "size_idea": "sized",
    "place_idea": "ordered",
    "go_ahead": "went ahead",
    "ship_idea": "shipped",
    "save_text": "edited",
    "agree": "agreed",
    "take_back": "took back",
    "suggest": "suggested",
    "answer_suggestion": "accepted",
    "stop_job": "stopped a job",
    "try_job_again": "tried a job again",
    "connect_repository": "connected",
    "take_repository_out": "disconnected",
    "fetch_repository": "asked to fetch",
    "ask_to_decide": "asked to decide",
    "bring_decisions": "brought a decision in",
    "reword_decision": "reworded a decision",
    "call_for_concerns": "called for concerns",
    "answer_call": "answered a call",
    "resolve_raised": "resolved a concern",
    "choose": "decided",
    "withdraw_decision": "withdrew a decision",
    "keep_decision": "kept a decision",
    "doubt_decision": "said what would make it wrong",
    "tell_number": "asks again",
    "drop_doubt": "took a doubt back",
    "write_tradeoff": "wrote a tradeoff down",
    "write_told_tradeoff": "wrote a tradeoff down",
    "accept_told_tradeoff": "wrote a tradeoff down",
    "accept_tradeoff": "accepted a tradeoff",
    "end_tradeoff": "ended a tradeoff",
    "add_occasion": "added an occasion",
    "drop_occasion": "took an occasion out",
    "ask_question": "asked",
    "answer_question": "answered",
    "set_question_aside": "set aside",
    "ask_back": "asked back",
    "raise_concern": "raised a concern",
    "answer_concern": "answered a concern",
    "resolve_concern": "resolved a concern",
    "follow_idea": "follows",
    "open_discussion": "opened a discussion",
    "say": "wrote in a discussion",
    "reword_message": "reworded a message",
    "set_space": "said what is discussed",
    "set_test": "chose what settles it",
    "close_discussion": "closed a discussion",
    "reopen_discussion": "reopened a discussion",
    "set_meeting": "planned a meeting",
    "put_on_agenda": "put on the agenda",
    "take_off_agenda": "took off the agenda",
    "begin_meeting": "began a meeting",
    "end_meeting": "ended a meeting",
    "note_outcome": "noted in a meeting",
    "do_what_is_owed": "did what was owed",
    "set_slots": "said how many slots",
    "propose_repair": "proposed a repair",
    "fill_slot": "said yes to a repair",
    "estimate_repair": "estimated a repair",
    "move_repair": "moved a repair",
    "free_slot": "freed a slot",
    "finish_repair": "finished a repair",
    "reopen_repair": "reopened a repair",
    "begin_prototype": "began a prototype",
    "end_prototype": "ended a prototype",
    "extend_prototype": "gave a prototype more time",
}
HERE = (asked, fetched, owed, planned)  # what stands in the area
# name -> what the address is made of, the body, and who gets an answer below 400.
TABLE: dict[str, tuple[dict[str, Any], Any, set[str]]] = {
    "openapi": ({}, None, SIGNED),
    "me": ({}, None, SIGNED),
    "areas": ({}, None, SIGNED),
    "begin_area": ({}, {"name": "New"}, SIGNED),
    "area": ({}, None, ALL),
    "people": ({}, None, ALL),
    "invite": ({}, {"side": "product"}, LEADS),
    "member": ({"member": "product member"}, None, ALL),
    "place_member": ({"member": "product member"}, {"role": "viewer"}, {"product lead"}),
    "end_member": ({"member": "product member"}, None, {"product lead", "product member"}),
    "terms": ({}, None, ALL),
    "change_terms": ({}, {"share": 25, "owns": OWNS, "over": 1}, LEADS),
    "sign_terms": ({"version": 1}, None, LEADS),
    "entries": ({}, None, ALL),
    "ideas": ({}, None, ALL),
    "write_idea": ({}, {"title": "Another"}, MEMBERS),
    "idea": (IDEA, None, ALL),
    "drop_idea": (IDEA, None, LEADS),
    "name_idea": (IDEA, {"title": "Notes"}, PRODUCT),
    "size_idea": (IDEA, {"changes": 12}, ENGINEERING),
    "place_idea": (IDEA, {"place": 2}, PRODUCT),
    "commitment": ({"number": 2}, None, ALL),
    "go_ahead": (IDEA, None, LEADS),
    "ship_idea": (IDEA, {}, MEMBERS),
    "readings": (IDEA, None, ALL),
    "reading": ({**IDEA, "reading": READ}, None, ALL),
    "read_anew": (IDEA, None, MEMBERS),
    "sections": (IDEA, None, ALL),
    "section": (TEXT, None, ALL),
    "save_text": (TEXT, {"text": "x", "over": 1}, PRODUCT),
    "versions": (TEXT, None, ALL),
    "agree": (TEXT, {"version": 1}, LEADS),
    "take_back": ({**IDEA, "space": "approach"}, None, LEADS),
    "suggestions": (IDEA, None, ALL),
    "suggest": (TEXT, {"text": "other"}, MEMBERS),
    "suggestion": ({**IDEA, "suggestion": REAL}, None, ALL),
    "answer_suggestion": ({**IDEA, "suggestion": REAL}, {"accepted": True}, PRODUCT),
    "jobs": ({}, None, ALL),
    "job": ({"job": REAL}, None, ALL),
    "stop_job": ({"job": REAL}, None, MEMBERS),
    "try_job_again": ({"job": FAILED}, None, MEMBERS),
    "repositories": ({}, None, ALL),
    "connect_repository": ({}, {"address": "https://git.example.com/team/shop.git"}, LEADS),
    "repository": ({"repository": FETCHED}, None, ALL),
    "take_repository_out": ({"repository": FETCHED}, None, LEADS),
    "fetch_repository": ({"repository": FETCHED}, None, MEMBERS),
    "system": ({}, None, ALL),
    "balance": ({}, None, ALL),
    "decisions": ({}, None, ALL),
    "decision": (IDEA, None, ALL),
    "ask_to_decide": ({}, {"question": "Gift notes: when?", "options": [{"name": "Now"}]}, MEMBERS),
    "reword_decision": (IDEA, {"question": "Gift notes: where?", "over": 1}, WORDING),
    "read_options": (IDEA, None, MEMBERS),
    "call_for_concerns": (IDEA, {"until": SOON}, WORDING),
    "answer_call": (IDEA, {"kind": "concern", "text": "Labels get lost"}, MEMBERS),
    "resolve_raised": ({**IDEA, "raised": REAL}, {"why": "We asked"}, {"engineering lead"}),
    "choose": (IDEA, {"option": int(OPTION), "why": "Fewer places", "version": 1}, {"engineering lead"}),
    "withdraw_decision": (IDEA, {"why": "Nobody asks"}, WORDING),
    "keep_decision": (IDEA, {"why": "It holds"}, {"engineering lead"}),
    "doubt_decision": (IDEA, {"path": "services/**"}, WORDING),
    "tell_number": (DOUBT, {"value": 2.5}, MEMBERS),
    "drop_doubt": (DOUBT, None, WORDING),
    "bring_decisions": ({}, {"files": [{"name": "1.md", "text": MADR}]}, MEMBERS),
    "tradeoffs": ({}, None, ALL),
    "tradeoff": ({"tradeoff": TRADEOFF}, None, ALL),
    "write_tradeoff": ({}, {"kind": "repair", "skip": "Gift notes", "risk": "They get lost"}, MEMBERS),
    "told_tradeoffs": (IDEA, None, ALL),
    "write_told_tradeoff": (IDEA, {"id": TOLD}, MEMBERS),
    "accept_told_tradeoff": ({**IDEA, "id": TOLD}, {"until": SOON}, LEADS),
    "accept_tradeoff": ({"tradeoff": TRADEOFF}, {"until": SOON, "occasion": REAL}, LEADS),
    "end_tradeoff": ({"tradeoff": TRADEOFF}, {"how": "mended"}, LEADS),
    "occasions": ({}, None, ALL),
    "add_occasion": ({}, {"name": "Launch", "first": SOON}, MEMBERS),
    "drop_occasion": ({"occasion": REAL}, None, MEMBERS),
    "questions": (IDEA, None, ALL),
    "question": (OWED, None, ALL),
    "ask_question": (IDEA, {"ask": "Who?", "side": "engineering"}, MEMBERS),
    "answer_question": (OWED, {"text": "Buyers"}, PRODUCT),
    "set_question_aside": (OWED, {"text": "Not now"}, PRODUCT),
    "ask_back": (OWED, {"text": "Which buyers?"}, PRODUCT),
    "concerns": ({}, None, ALL),
    "concern": ({"concern": CONCERN}, None, ALL),
    "raise_concern": ({}, {"text": "It is late", "kind": "timeline", "idea": 1}, ALL),
    "answer_concern": ({"concern": CONCERN}, {"text": "We see it, too"}, MEMBERS),
    "resolve_concern": ({"concern": CONCERN}, {"text": "Christmas moved"}, {"engineering lead"}),
    "follow_idea": (IDEA, {"ticket": "SHOP-12"}, MEMBERS),
    "area_discussions": ({}, None, ALL),
    "discussions": (IDEA, None, ALL),
    "discussion": (THREAD, None, ALL),
    "open_discussion": (IDEA, {"title": "Why?", "text": "Who asked?"}, MEMBERS),
    "say": (THREAD, {"text": "In the label."}, MEMBERS),
    "reword_message": ({**THREAD, "message": SAID}, {"text": "No.", "over": 1}, {"engineering member"}),
    "set_space": (THREAD, {"space": "fact"}, MEMBERS),
    "set_test": (THREAD, {"way": "ab", "daily": 900, "today": 5, "hoped": 7}, MEMBERS),
    "close_discussion": (THREAD, {"outcome": "In the cart", "into": "problem"}, MEMBERS),
    "reopen_discussion": ({**IDEA, "thread": 2}, None, MEMBERS),
    "meetings": ({}, None, ALL),
    "meeting": ({"meeting": MEETING}, None, ALL),
    "set_meeting": ({}, {"on": SOON}, MEMBERS),
    "put_on_agenda": (AGENDA, None, MEMBERS),
    "take_off_agenda": ({"meeting": MEETING, "number": 1}, None, MEMBERS),
    "begin_meeting": ({"meeting": MEETING}, None, MEMBERS),
    "end_meeting": ({"meeting": MEETING}, None, MEMBERS),
    "note_outcome": ({"meeting": MEETING}, {"text": "We wait", "idea": 1}, MEMBERS),
    "do_what_is_owed": ({"outcome": MEETING}, None, PRODUCT),
    "inbox": ({}, None, ALL),
    "repairs": ({}, None, ALL),
    "repair": ({"repair": REPAIR}, None, ALL),
    "home": ({}, None, ALL),
    "ownership": ({}, None, ALL),
    "search": ({}, None, ALL),
    "together": ({}, None, ALL),
    "investments": ({}, None, ALL),
    "record": ({}, None, ALL),
    "past": (IDEA, None, ALL),
    "trail": (IDEA, None, ALL),
    "part": ({"key": "services/checkout"}, None, ALL),
    "lessons": ({}, None, ALL),
    "reserve": ({}, None, ALL),
    "set_slots": ({}, {"slots": 2, "week": NEXT_WEEK}, LEADS),
    "propose_repair": ({}, {"what": "Split it", "part": "tax", "week": NEXT_WEEK}, MEMBERS),
    "fill_slot": ({"repair": REPAIR}, {"week": NEXT_WEEK}, LEADS),
    "estimate_repair": ({"repair": REPAIR}, {"slots": 2, "fewer": 30}, MEMBERS),
    "move_repair": ({"repair": REPAIR}, {"seen": NEXT_WEEK, "week": AFTER, "why": "the sale"}, MEMBERS),
    "free_slot": ({"repair": REPAIR}, {"why": "the supplier does it"}, MEMBERS),
    "finish_repair": ({"repair": REPAIR}, None, ENGINEERING),
    "reopen_repair": ({"repair": DONE}, None, ENGINEERING),
    "prototypes": (IDEA, None, ALL),
    "prototype": (PROTOTYPE, None, ALL),
    "begin_prototype": (IDEA, {"question": "Does it fit?"}, MEMBERS),
    "end_prototype": (PROTOTYPE, {"verdict": "yes", "answer": "It does"}, MEMBERS),
    "extend_prototype": (PROTOTYPE, {"until": SOON}, MEMBERS),
    "read_prototype": ({**IDEA, "prototype": REAL + 1}, None, MEMBERS),
}
ROUTES = {one.name: one for one in every()}


def test_every_route_stands_in_the_table() -> None:
    assert ROUTES.keys() == TABLE.keys()
    assert len(ROUTES) == len(every())


@pytest.fixture(autouse=True)
def stands(area: Any) -> None:
    """A reading that tells tradeoffs, an idea that goes ahead, a prototype that ended, terms to sign."""
    from colead.web.decisions.models import Decision, Option
    from colead.web.prototypes.models import Prototype

    read(area)
    area.area.briefs.get(number=2).go_ahead(area.priya, "product")
    where = Decision.objects.get(area=area.area)
    Option.objects.create(
        pk=int(OPTION) + 1, decision=where, place=1, name="Apart", text="A service of its own."
    )
    told = {"brief": area.brief, "by": area.emil, "question": "Does it fit?", "branch": "try/fit"}
    Prototype.objects.create(pk=REAL + 1, until=AT.date(), ended=AT, verdict="yes", **told)


def ask(name: str, who: str, area: Any, method: str = "", body: Any = None, asked: str = "") -> Any:
    """Ask for the route as this identity, by a token of theirs."""
    parts, told, _ = TABLE[name]
    told = told if body is None else body
    parts = {"area": "checkout", **parts}
    if TOLD in parts.values() or told == {"id": TOLD}:
        mark = made()[2]
        parts, told = {**parts, "id": mark}, {"id": mark} if told == {"id": TOLD} else told
    if "member" in parts:
        parts["member"] = area.area.memberships.get(person=area.people[parts["member"]]).pk
    head = {}
    if who != "anonymous":
        head["Authorization"] = f"Bearer {Token.objects.make(area.people[who], 'test', 'write', 1)}"
    if who == "disabled":
        area.people[who].lock_out()
    sent = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
    there = f"/api/1{ROUTES[name].address.format(**parts)}{asked}"
    return Client().generic(method or ROUTES[name].method, there, **sent, headers=head)


@pytest.mark.parametrize("name", TABLE)
def test_a_route_answers_whom_it_should(name: str, area: Any) -> None:
    odd = []
    for who in sorted(EVERYBODY):
        with undone():
            answer = ask(name, who, area)
            described(name, answer)
            if (answer.status_code < 400) is not (who in TABLE[name][2]):
                odd.append((who, answer.status_code, answer.content))
            if who not in ALL and (b"Gift notes" in answer.content or b"gift messages" in answer.content):
                odd.append((who, "reads a word"))
    assert not odd


WHOLE = document()


def described(name: str, answer: Any) -> None:
    """An answer is one that the description tells, and fits it."""
    operation = WHOLE["paths"][ROUTES[name].address][ROUTES[name].method.lower()]
    told = operation["responses"][str(answer.status_code)]
    if "content" not in told:
        assert not answer.content
        return
    kind = answer["Content-Type"].partition(";")[0]
    schema = {**told["content"][kind]["schema"], "components": WHOLE["components"]}
    Draft202012Validator(schema).validate(json.loads(answer.content))


@pytest.mark.parametrize("name", TABLE)
def test_other_methods_change_nothing(name: str, area: Any) -> None:
    from colead.web.areas.models import Entry

    before = Entry.objects.count()
    methods = {"PUT", "PATCH", "DELETE", "POST", "OPTIONS", "TRACE"}
    served = {one.method for one in every() if one.path == ROUTES[name].path}
    for method in methods - served:
        assert ask(name, "product lead", area, method).status_code == 405
    assert Entry.objects.count() == before


def test_the_description_is_one_that_tools_read() -> None:
    assert WHOLE["openapi"].startswith("3.1.") and {"title", "version"} <= WHOLE["info"].keys()
    operations = [one for methods in WHOLE["paths"].values() for one in methods.values()]
    for one in operations:
        assert one.keys() <= {
            *("operationId", "summary", "description", "tags", "parameters", "requestBody", "responses"),
            *("security", "deprecated"),
        }, one["operationId"]
        assert all({"name", "in", "schema"} <= each.keys() for each in one["parameters"])
        assert all(each["required"] for each in one["parameters"] if each["in"] == "path")
        for status, answer in one["responses"].items():
            assert re.fullmatch(r"[2-5]\d\d", status) and answer["description"], one["operationId"]
            assert all("schema" in each for each in answer.get("content", {}).values())
    seated = WHOLE["components"]["schemas"]
    told = json.dumps(WHOLE)
    assert set(re.findall(r"#/components/schemas/(\w+)", told)) == seated.keys()
    for name, one in seated.items():
        Draft202012Validator.check_schema(one)
        assert one["description"].endswith("."), name
        assert not re.search(r"(Wire|Wired|Kept)$", name), name


def test_every_operation_tells_what_it_takes_and_what_may_go_wrong() -> None:
    names = []
    for address, methods in WHOLE["paths"].items():
        for method, one in methods.items():
            names.append(one["operationId"])
            assert one["summary"].endswith(".") and one["tags"], one
            asked = [each["name"] for each in one["parameters"] if each["in"] == "path"]
            assert asked == re.findall(r"{(\w+)}", address)
            assert all(each["description"].endswith(".") for each in one["parameters"]), one["operationId"]
            wanted = {"401", "404"} | ({"403", "409", "422"} if method != "get" else set())
            assert wanted <= one["responses"].keys(), one["operationId"]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", [name for name, one in ROUTES.items() if one.many])
def test_lists_are_cut_the_same_everywhere(name: str, area: Any) -> None:
    who = sorted(TABLE[name][2])[0]
    for _ in ask(name, who, area).json()["items"][:1]:
        assert len(ask(name, who, area, asked="?limit=1").json()["items"]) == 1
    for wrong in ("limit=0", "limit=201", "limit=x", "cursor=!"):
        refused = ask(name, who, area, asked=f"?{wrong}")
        assert refused.status_code == 422 and refused.json()["param"] == wrong.partition("=")[0]


@pytest.mark.parametrize("name", [name for name, one in ROUTES.items() if one.method == "PUT"])
def test_what_is_put_twice_is_done_once(name: str, area: Any) -> None:
    from colead.web.areas.models import Entry

    for who in sorted(TABLE[name][2])[:1]:
        first, entries = ask(name, who, area), Entry.objects.count()
        again = ask(name, who, area)
        assert Entry.objects.count() == entries, (first.content, again.content)
        assert again.status_code in (200, 409, 412, 428), again.content


CHANGES = [name for name, one in ROUTES.items() if one.method != "GET"]


def test_every_act_has_its_verb_or_its_reason() -> None:
    assert {*CHANGES} == VERBS.keys() | ASKS.keys()
    assert not VERBS.keys() & ASKS.keys()
    assert all(TABLE[name][2] for name in CHANGES), "somebody may do it, else it proves nothing"


@pytest.mark.parametrize("name", CHANGES)
def test_an_act_writes_exactly_one_entry(name: str, area: Any) -> None:
    from colead.web.areas.models import Entry
    from colead.web.jobs.models import Job

    last, jobs = Entry.objects.latest("id").pk, Job.objects.count()
    who = sorted(TABLE[name][2])[0]
    answer = ask(name, who, area)
    assert answer.status_code < 300, answer.content
    made = list(Entry.objects.filter(pk__gt=last).order_by("id"))
    wanted = [] if name in ASKS else [VERBS[name], *FURTHER.get(name, ())]
    assert [one.verb for one in made] == wanted
    assert {one.by for one in made} <= {area.people[who]}
    if name in ASKS:
        asked = Job.objects.get(pk=json.loads(answer.content)["id"])
        assert (asked.by, asked.area) == (area.people[who], area.area)
        assert Job.objects.count() > jobs


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_refused_or_does_not_fit_writes_nothing(name: str, area: Any) -> None:
    from colead.web.areas.models import Entry

    before = Entry.objects.count()
    for who in sorted(EVERYBODY - TABLE[name][2]):
        with undone():
            assert ask(name, who, area).status_code >= 400
            assert Entry.objects.count() == before, who
    who = sorted(TABLE[name][2])[0]
    for body in ({"odd": 1}, [], {name: "x" * 5_000}) if TABLE[name][1] is not None else ():
        assert ask(name, who, area, body=body).status_code == 422, body
    assert Entry.objects.count() == before
