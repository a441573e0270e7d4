"""Bringing an idea in: an export with one issue or several, an issue at its address, a folder's Markdown."""

from __future__ import annotations

import json
import threading
from http.server import ThreadingHTTPServer
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from colead.web.briefs import bring

NEW = "/checkout/ideas/new"
ONE = {
    "number": 12,
    "title": "Gift notes",
    "body": "Buyers write **notes**.\n\n- one\n- two",
    "state": "open",
}
SPEC_KIT = "# Feature Specification: Gift notes\n\n## User Scenarios & Testing\n\nA buyer writes a note.\n"
KIRO = (
    "# Requirements Document\n\n## Introduction\n\nGift notes.\n\nWHEN a buyer pays THE SYSTEM SHALL ask.\n"
)


def sent(client: Any, name: str = "", text: str = "", **more: str) -> Any:
    """The form, sent with this file."""
    file = {"file": SimpleUploadedFile(name, text.encode())} if name else {}
    return client.post(NEW, {"import": "1", **file, **more})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("issue.json", json.dumps(ONE)),
        ("issues.json", json.dumps([ONE])),
        (
            "jira.csv",
            'Issue key,Summary,Description\nSHOP-3,Gift notes,"Buyers write **notes**.\n\n- one\n- two"\n',
        ),
    ],
)
def test_an_export_of_one_issue_becomes_an_idea(name: str, text: str, area: Any, signed_in: Any) -> None:
    answer = sent(signed_in("product lead"), name, text)
    assert answer.status_code == 302
    brief = area.area.briefs.order_by("-id")[0]
    assert brief.title == "Gift notes" and "- one\n- two" in brief.by_space["problem"].text


def test_of_several_one_is_chosen(area: Any, signed_in: Any) -> None:
    client = signed_in("product lead")
    many = [{**ONE, "number": one, "title": f"Idea <{one}>"} for one in range(1, 151)]
    page = sent(client, "issues.json", json.dumps(many))
    text = page.content.decode()
    assert page.status_code == 200 and "holds 150 issues; the first 100 are shown" in text
    assert "Idea &lt;7&gt;" in text and text.count("Begin with it") == bring.MOST
    assert area.area.briefs.count() == 1
    sent(client, pasted="\r\n" + "# Idea <7>\r\n\r\nBuyers write notes.\r\n")
    assert area.area.briefs.order_by("-id")[0].title == "Idea <7>"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("issues.json", "[{", "breaks off"),
        ("issues.json", "[]", "No issue with a title"),
        ("issues.csv", "a,b\n1,2\n", "No issue with a title"),
        ("empty.md", "", "empty"),
    ],
)
def test_what_cannot_be_brought_is_said_and_what_was_typed_stays(
    name: str, text: str, words: str, signed_in: Any
) -> None:
    answer = sent(signed_in("product lead"), name, text, pasted="what I typed")
    assert answer.status_code == 422
    assert words in answer.content.decode() and "what I typed" in answer.content.decode()


@pytest.mark.parametrize("text", [SPEC_KIT, KIRO])
def test_folders_of_specs_come_in_as_text(text: str, area: Any, signed_in: Any) -> None:
    assert sent(signed_in("product lead"), "spec.md", text).status_code == 302
    assert "Gift notes" in area.area.briefs.order_by("-id")[0].text


@pytest.fixture
def forge(settings: Any) -> Any:
    """A forge on this machine, which the installation names."""
    from test_asked import Forge

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forge)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.REACH = ("127.0.0.1",)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_issue_is_brought_by_its_address(forge: str, area: Any, signed_in: Any) -> None:
    answer = sent(signed_in("engineering member"), address=f"{forge}/a/b/issues/12")
    assert answer.status_code == 302
    brief = area.area.briefs.order_by("-id")[0]
    assert brief.title == "Gift notes" and "From https://github.com/a/b/issues/12" in brief.text


def test_a_wrong_address_is_said_and_stays(forge: str, area: Any, signed_in: Any) -> None:
    answer = sent(signed_in("product lead"), address=f"{forge}/a/none/issues/12", pasted="mine")
    page = answer.content.decode()
    assert answer.status_code == 422 and "private, or it is not there" in page
    assert f"{forge}/a/none/issues/12" in page and "mine" in page and area.area.briefs.count() == 1


def test_inside_the_network_nothing_is_asked(settings: Any, signed_in: Any) -> None:
    page = sent(signed_in("product lead"), address="http://127.0.0.1/a/b/issues/12").content.decode()
    assert "not a host of the open internet" in page


def test_where_no_forge_is_named_none_is_offered(settings: Any, signed_in: Any) -> None:
    settings.ISSUES = ()
    assert "address of an issue" not in signed_in("product lead").get(NEW).content.decode()


def test_two_at_a_time(forge: str, signed_in: Any) -> None:
    with bring.AT_ONCE, bring.AT_ONCE:
        page = sent(signed_in("product lead"), address=f"{forge}/a/b/issues/12").content.decode()
    assert "Try again in a moment" in page


@pytest.mark.parametrize(
    ("line", "hoped"), [("By 15 January 2100.", "2100-01-15"), ("By 15 January 2001.", None), ("Soon.", None)]
)
def test_the_day_that_a_text_hopes_for_is_the_ideas(area: Any, signed_in: Any, line: str, hoped: str) -> None:
    sent(signed_in("product lead"), pasted=f"# Notes\n\nBuyers write notes by hand.\n\n{line}\n")
    found = area.area.briefs.order_by("-number")[0].hoped
    assert (found and found.isoformat()) == hoped
