"""Exactly one entry for each deed of a page, by who did it; none for what is refused, unfit or of no area."""

from __future__ import annotations

import io
from typing import Any

import pytest
from brief import undone
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from reading import FOLDER, made, read
from test_canaries import channels
from test_decision_files import NEW
from test_routes import ALL, SOON, TABLE, address, asked, fetched, owed, planned

from colead.correction import Kind
from colead.web.areas.models import Area, Entry
from colead.web.keeping.export import export
from colead.web.parts.models import Amiss
from colead.web.questions.models import Question

HERE = (asked, fetched, owed, planned, channels)
PART = "services/checkout"
HEAD = "---\ncolead: problem 1, outcome 2\n---\n"

OWN = "it is of one's own account, and of no area"
DOOR = "it is about coming in, and of no area"
WORK = "it asks for work, which writes what came of it itself"
# What writes no entry, and why.
NONE = {
    **dict.fromkeys(("sign-in", "second", "mailed-link", "sign-out", "link"), DOOR),
    "welcome": "there is nobody yet; its area begins as at home",
    **dict.fromkeys(("me", "password", "factor", "sessions", "session", "tokens", "own-token"), OWN),
    **dict.fromkeys(("notices", "mute"), OWN),
    "inbox": "what one puts off is one's own",
    **dict.fromkeys(("fragility", "balance", "investments", "record", "check", "decision-readings"), WORK),
    "keeping": "it only looks through what was written",
}
VERBS = {
    "home": "began",
    "join": "joined",
    "chat": "told a chat",
    "terms": "changed the terms",
    "people": "invited",
    "member": "placed",
    "repositories": "connected",
    "repository": "disconnected",
    "fetch": "asked to fetch",
    "token": "gave another token",
    "part": "named parts",
    "lessons": "took a correction back",
    "amiss": "corrected",
    "meeting": "planned a meeting",
    "live": "began a meeting",
    "outcome": "did what was owed",
    "concerns": "raised a concern",
    "concern": "answered a concern",
    "raising": "raised a concern",
    "trail": "follows",
    "questions": "asked",
    "question": "answered",
    "answers": "answered",
    "installation": "imported",
    "slots": "said how many slots",
    "new-repair": "proposed a repair",
    "repair-yes": "said yes to a repair",
    "repair-estimate": "estimated a repair",
    "repair-week": "moved a repair",
    "repair-end": "finished a repair",
    "job": "stopped a job",
    "new-brief": "wrote",
    "merge": "edited",
    "brief-title": "named",
    "deletion": "deleted",
    "versions": "edited",
    "brief-size": "sized",
    "brief-place": "ordered",
    "commitment": "went ahead",
    "shipping": "shipped",
    "suggestion": "accepted",
    "section": "edited",
    "agreement": "agreed",
    "discussions": "opened a discussion",
    "discussion": "wrote in a discussion",
    "discussion-line": "said what is discussed",
    "discussion-test": "chose what settles it",
    "discussion-outcome": "closed a discussion",
    "message": "reworded a message",
    "suggestions": "suggested",
    "new-decision": "asked to decide",
    "decision-files": "brought a decision in",
    "prototypes": "began a prototype",
    "prototype": "ended a prototype",
    "decision-text": "reworded a decision",
    "decision-call": "called for concerns",
    "decision-concerns": "answered a call",
    "decision-concern": "resolved a concern",
    "decision-choice": "decided",
    "decision-withdrawal": "withdrew a decision",
    "decision-kept": "kept a decision",
    "decision-doubts": "said what would make it wrong",
    "decision-doubt": "told a number",
    "tradeoffs": "wrote a tradeoff down",
    "tradeoff": "accepted a tradeoff",
    "idea-tradeoffs": "wrote a tradeoff down",
    "occasions": "added an occasion",
    "occasion": "took an occasion out",
}
# What says another thing, or hands over another, each time it is sent.
ANEW = {
    *("home", "people", "fetch", "token", "concerns", "concern", "raising", "questions", "new-repair"),
    *("new-brief", "discussions", "discussion", "suggestions", "new-decision", "prototypes", "tradeoffs"),
    *("decision-doubts", "decision-doubt", "installation", "chat"),
}
# Whose press alone is the deed: an empty form is as good as any.
PRESS = {
    *(
        "repository",
        "fetch",
        "outcome",
        "repair-yes",
        "repair-end",
        "job",
        "commitment",
        "shipping",
        "occasion",
    ),
    *("decision-withdrawal", "decision-kept", "decision-concern", "join", "suggestion", "token"),
}
# Deeds of their own that come along where the person is a lead; a member's form is one deed.
MEMBERS_FORM = {"new-repair", "repair-week"}


@pytest.fixture(autouse=True)
def stands(area: Any) -> None:
    """What the deeds are done to, beside what stands for all routes."""
    read(area)
    shop = area.area.repositories.get(pk=FOLDER)
    told = {"kind": Kind.MISSING, "part": "services/tax", "spec": "Gift notes", "words": ["note"]}
    Amiss.objects.create(pk=FOLDER, repository=shop, brief=area.brief, by=area.emil, **told)
    area.brief.by_space["outcome"].save_text(area.priya, "Fewer calls.", over=1)
    told = {"side": "product", "turn": "product", "code": "Q01", "key": "Q01", "ask": "Who?"}
    Question.objects.create(area=area.area, brief=area.brief, **told)


def form(name: str, area: Any, extra: Any) -> dict[str, Any]:
    """A form that fits: the table's, or one for what the table's routes do not have."""
    whole, week = io.BytesIO(), TABLE["new-repair"][3]["week"]
    if name == "installation":
        export(Area.objects.get(pk=area.area.pk), whole)
    from datetime import date, timedelta

    after = (date.fromisoformat(week) + timedelta(days=7)).isoformat()
    return {
        "chat": {"address": f"{extra[0].address}/hook"},
        "part": {"name": "Basket", "says": "till"},
        "lessons": {"correction": str(FOLDER)},
        "amiss": {"missing": PART, "because": "it is paid there"},
        "meeting": {"on": "2030-01-14"},
        "installation": {"file": SimpleUploadedFile("area.zip", whole.getvalue())},
        "repair-week": {"week": after, "seen": week, "why": "the sale"},
        "versions": {"number": "1", "over": "2"},
        "merge": {"pasted": f"{HEAD}# T\n\n## Problem\n\nx\n\n## Outcome\n\nFewer calls."},
        "decision-files": {"file": SimpleUploadedFile("0002-use.md", NEW)},
        "idea-tradeoffs": {"told": made()[2]},
    }.get(name, TABLE[name][3])


def where(name: str, area: Any) -> str:
    """The address of a thing that is there."""
    if name == "join":
        return reverse("join", args=[area.area.invite(area.priya, "product", "member")])
    known = {"part": {"key": PART}, "versions": {"space": "outcome"}}
    if name in known:
        return reverse(name, kwargs={**TABLE[name][0], **known[name]})
    return address(name, area)


def doer(name: str) -> str:
    """Somebody who may."""
    if name in {"join", "installation"}:
        return "admin"
    allowed = TABLE[name][2] or {"product lead"}
    first = ["product member", "engineering member"] if name in MEMBERS_FORM else []
    order = [*first, "product lead", "engineering lead", "engineering member"]
    return next(one for one in order if one in allowed)


def new(last: int, name: str = "") -> list[tuple[str, Any]]:
    """Verbs and people of the entries since; an area that is taken in brings its past along."""
    found = list(Entry.objects.filter(pk__gt=last).order_by("id").values_list("verb", "by__name"))
    return found[-1:] if name == "installation" else found


def newest() -> int:
    """The last entry."""
    return Entry.objects.latest("id").pk


def test_every_route_that_changes_something_has_its_verb_or_its_reason() -> None:
    changes = {name for name, (_, _, done, _) in TABLE.items() if done is not None}
    assert changes == VERBS.keys() | NONE.keys()
    assert not VERBS.keys() & NONE.keys()
    assert VERBS.keys() >= ANEW and VERBS.keys() >= PRESS


@pytest.mark.parametrize("name", VERBS)
def test_a_deed_is_one_entry_and_sent_twice_no_second_one(
    name: str, area: Any, signed_in: Any, channels: Any
) -> None:
    client, there, who = signed_in(doer(name)), where(name, area), doer(name)
    last = newest()
    answer = client.post(there, form(name, area, channels))
    assert answer.status_code in (200, 302), answer.content.decode()[-2000:]
    assert new(last, name) == [(VERBS[name], who)]
    last = newest()
    client.post(there, form(name, area, channels))
    assert new(last, name) == ([(VERBS[name], who)] if name in ANEW else [])


@pytest.mark.parametrize("name", NONE)
def test_what_is_of_no_area_writes_nothing(name: str, area: Any, signed_in: Any) -> None:
    last = newest()
    for who in ("product lead", "admin", "anonymous"):
        with undone():
            signed_in(who).post(where(name, area), TABLE[name][3])
    assert new(last) == []


@pytest.mark.parametrize("name", VERBS)
def test_what_is_refused_or_unfit_writes_nothing(name: str, area: Any, signed_in: Any) -> None:
    there, fits = where(name, area), TABLE[name][3]
    last = newest()
    if name not in {"home", "join"}:
        for who in sorted({*ALL, "other area", "anonymous", "disabled"} - (TABLE[name][2] or ALL)):
            signed_in(who).post(there, fits)
            assert new(last) == [], who
    if name in PRESS:
        return
    client = signed_in(doer(name))
    spoilt = [] if "" in fits.values() else [dict.fromkeys(fits, one) for one in ("", "\0", "x" * 300_000)]
    for odd in ({}, {"odd": "1"}, *spoilt):
        with undone():
            client.post(there, odd)
            assert new(last) == [], (name, str(odd)[:80])


@pytest.mark.parametrize(
    ("name", "who", "told", "verbs"),
    [
        ("new-repair", "product lead", None, ["proposed a repair", "said yes to a repair"]),
        ("repair-week", "engineering lead", None, ["moved a repair", "said yes to a repair"]),
        ("meeting", "product lead", {"idea": "2"}, ["put on the agenda"]),
        ("meeting", "product lead", {"idea": "1", "out": ""}, ["took off the agenda"]),
        ("terms", "engineering lead", {"sign": "1"}, ["signed"]),
        ("agreement", "engineering lead", {"undo": ""}, ["took back"]),
        ("question", "product lead", {"text": "Later", "aside": ""}, ["set aside"]),
        ("question", "product lead", {"text": "Which?", "back": ""}, ["asked back"]),
        ("suggestion", "product lead", {"why": "No"}, ["declined"]),
        ("concern", "engineering lead", {"text": "Moved", "resolve": ""}, ["resolved a concern"]),
        ("live", "product lead", {"end": ""}, ["ended a meeting"]),
        ("prototype", "product lead", {"more": "", "until": SOON}, ["gave a prototype more time"]),
        ("repair-week", "product lead", {"free": "", "reason": "Done elsewhere"}, ["freed a slot"]),
        ("tradeoff", "product lead", {"end": "", "how": "Mended"}, ["ended a tradeoff"]),
        ("decision-doubt", "product lead", {"drop": ""}, ["took a doubt back"]),
    ],
)
def test_the_other_presses_of_a_page(
    name: str,
    who: str,
    told: dict[str, str] | None,
    verbs: list[str],
    area: Any,
    signed_in: Any,
    channels: Any,
) -> None:
    space = {"space": "approach"} if verbs == ["took back"] else {}
    there = reverse(name, kwargs={**TABLE[name][0], **space}) if space else where(name, area)
    last = newest()
    answer = signed_in(who).post(there, form(name, area, channels) if told is None else told)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert new(last) == [(one, who) for one in verbs]


def test_a_file_with_two_texts_is_two_versions_and_an_entry_each(area: Any, signed_in: Any) -> None:
    last, client = newest(), signed_in("product lead")
    file = f"{HEAD}# T\n\n## Problem\n\nx\n\n## Outcome\n\ny"
    assert client.post("/checkout/ideas/1/file", {"pasted": file}).status_code == 302
    assert new(last) == [("edited", "product lead")] * 2
