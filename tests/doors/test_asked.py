"""Issues that an idea begins with: from exports of trackers, and from a forge at its address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from colead.errors import RepositoryError, WrongUse
from colead.readers import tracker
from colead.readers.asked import read_asked
from colead.readers.reach import Reach
from colead.readers.tracker import fetched, place

BODY = "Buyers write **notes**.\n\n- the courier reads them\n- write to ann@shop.example"
GITHUB = {
    "number": 12,
    "title": "Gift notes",
    "body": BODY,
    "state": "open",
    "html_url": "https://github.com/a/b/issues/12",
}
GITLAB = {
    "iid": 12,
    "title": "Gift notes",
    "description": BODY,
    "state": "opened",
    "web_url": "https://gitlab.com/a/b/-/issues/12",
}
PARAGRAPH = {"type": "paragraph", "content": [{"type": "text", "text": "Buyers write notes."}]}
ITEM = {"type": "paragraph", "content": [{"type": "text", "text": "one"}]}
ITEMS = {"type": "bulletList", "content": [{"type": "listItem", "content": [ITEM]}]}
FIELDS = {
    "summary": "Gift notes",
    "description": {"type": "doc", "content": [PARAGRAPH, ITEMS]},
    "status": {"name": "Done"},
}
JIRA = {"issues": [{"key": "SHOP-3", "fields": FIELDS}]}


@pytest.mark.parametrize("told", [GITHUB, [GITHUB], GITLAB])
def test_an_issue_keeps_its_lines_and_loses_addresses(told: Any) -> None:
    (one,) = read_asked(json.dumps(told).encode(), "issues.json")
    assert (one.key, one.title, one.open) == ("#12", "Gift notes", True)
    assert "**notes**.\n\n- the courier" in one.text and "ann@" not in one.text
    assert one.markdown.startswith("# Gift notes\n\nBuyers") and f"From {one.url}" in one.markdown


def test_jira_tells_its_text_as_a_tree() -> None:
    (one,) = read_asked(json.dumps(JIRA).encode(), "jira.json")
    assert (one.key, one.open) == ("SHOP-3", False)
    assert one.text == "Buyers write notes.\n\n- one" and one.markdown.endswith("From SHOP-3\n")


@pytest.mark.parametrize(
    "table",
    [
        'Issue key,Summary,Description,Status\nSHOP-2,Closed,x,Done\nSHOP-3,Gift notes,"a\n\nb",To Do\n',
        'ID,Title,Description,Status\nSHO-2,Closed,x,Canceled\nSHO-3,Gift notes,"a\n\nb",Backlog\n',
    ],
)
def test_a_csv_of_jira_and_of_linear_begins_with_what_is_open(table: str) -> None:
    first, last = read_asked(table.encode(), "issues.csv")
    assert (first.title, first.text, first.open) == ("Gift notes", "a\n\nb", True)
    assert (last.title, last.open) == ("Closed", False)


@pytest.mark.parametrize("odd", ['{"title": 3}', "[1, 2]", '{"fields": {"summary": []}}', "[]", "a,b\n1,2\n"])
def test_what_has_no_title_is_none(odd: str) -> None:
    assert read_asked(odd.encode(), "x.json") == ()


def test_what_breaks_off_is_said() -> None:
    with pytest.raises(WrongUse, match="breaks off"):
        read_asked(b'[{"title": "x"', "x.json")


def test_a_tree_without_end_ends() -> None:
    deep: dict[str, Any] = {"type": "text", "text": "deep"}
    for _ in range(200):
        deep = {"type": "paragraph", "content": [deep]}
    told = {"fields": {"summary": "x", "description": deep}}
    assert read_asked(json.dumps(told).encode(), "x.json")[0].text == ""


@pytest.mark.parametrize(
    ("given", "asked", "path"),
    [
        ("https://github.com/a/b/issues/12", "api.github.com", "/repos/a/b/issues/12"),
        (" https://GitHub.com/a/b/issues/12#issuecomment-1 ", "api.github.com", "/repos/a/b/issues/12"),
        ("https://gitlab.com/g/s/b/-/issues/12", "gitlab.com", "/api/v4/projects/g%2Fs%2Fb/issues/12"),
        ("https://git.example.com/g/b/-/issues/12", "git.example.com", "/api/v4/projects/g%2Fb/issues/12"),
        ("https://codeberg.org/a/b/issues/12", "codeberg.org", "/api/v1/repos/a/b/issues/12"),
    ],
)
def test_an_address_says_where_its_issue_is_told(given: str, asked: str, path: str) -> None:
    assert (place(given).asked, place(given).path) == (asked, path)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "x",
        "https://github.com/a/b",
        "https://github.com/a/b/pull/12",
        "ftp://github.com/a/b/issues/1",
        "https://user:pw@github.com/a/b/issues/1",
        "https://github.com/../b/issues/1",
        "https://github.com/a%2fc/b/issues/1",
        "https://github.com/a/b/issues/0",
        "https://github.com:99999/a/b/issues/1",
        "https://github.com/a/b/issues/1" + "x" * 600,
        "https://github.com/a/b/issues/1 2",
        "file:///etc/passwd",
        "https://[::1]/a/b/issues/1",
    ],
)
def test_what_is_no_issues_address_is_refused(given: str) -> None:
    with pytest.raises(RepositoryError) as told:
        place(given)
    assert told.value.code == "E70"


class Forge(BaseHTTPRequestHandler):
    """A forge that tells a few issues, and misbehaves where it is asked to."""

    told: ClassVar[dict[str, Any]] = {
        "/api/v1/repos/a/b/issues/12": GITHUB,
        "/api/v4/projects/g%2Fs%2Fb/issues/12": GITLAB,
        "/api/v1/repos/a/list/issues/12": [1],
        "/api/v1/repos/a/large/issues/12": {**GITHUB, "body": "x" * (3 << 20)},
    }
    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer one path."""
        self.seen.append(self.path)
        if "slow" in self.path:
            threading.Event().wait(1.5)
        if "moved" in self.path:
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/secret")
            self.end_headers()
            return
        found = self.told.get(self.path)
        data = b"{" if "broken" in self.path else json.dumps(found).encode()
        self.send_response(200 if found is not None or "broken" in self.path else 404)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def forge() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Forge)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


OWN = Reach(("127.0.0.1",))


@pytest.mark.parametrize("path", ["/a/b/issues/12", "/g/s/b/-/issues/12"])
def test_an_issue_is_fetched_from_a_host_of_ones_own(path: str, forge: str) -> None:
    one = fetched(forge + path, OWN)
    assert one.title == "Gift notes" and "- the courier" in one.text


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/a/none/issues/12", "E73", "private, or it is not there"),
        ("/a/moved/issues/12", "E73", "follows none"),
        ("/a/list/issues/12", "E75", "is no issue"),
        ("/a/broken/issues/12", "E75", "is no issue"),
        ("/a/large/issues/12", "E75", "sent too much"),
    ],
)
def test_what_a_forge_answers_otherwise_is_said(path: str, code: str, words: str, forge: str) -> None:
    with pytest.raises(RepositoryError) as told:
        fetched(forge + path, OWN)
    assert told.value.code == code and words in f"{told.value.what} {told.value.why}"


def test_nobody_waits_longer_than_is_meant(forge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracker, "PATIENCE", 0.3)
    with pytest.raises(RepositoryError) as told:
        fetched(f"{forge}/a/slow/issues/12", OWN)
    assert told.value.code == "E72"


def test_a_host_that_is_not_named_is_not_asked(forge: str) -> None:
    before = len(Forge.seen)
    for reach, hosts in ((Reach(), ("127.0.0.1",)), (Reach(("10.0.0.1",)), ())):
        with pytest.raises(RepositoryError) as told:
            fetched(f"{forge}/a/b/issues/12", reach, hosts)
        assert told.value.code == "E71"
    open_one = Reach((), lambda host, port: ["93.184.216.34"])
    with pytest.raises(RepositoryError, match="is not asked for issues"):
        fetched("https://elsewhere.example/a/b/issues/12", open_one)
    with pytest.raises(RepositoryError, match="begins with http"):
        fetched("http://github.com/a/b/issues/12", open_one)
    assert len(Forge.seen) == before


def test_a_host_that_is_not_there_is_said() -> None:
    with pytest.raises(RepositoryError) as told:
        fetched("http://127.0.0.1:9/a/b/issues/12", OWN)
    assert told.value.code == "E72"
