"""Exports of issues and incidents: every tracker's form, by content; what is off is told with its line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import perf_counter

import past
import pytest
from story import Change

from colead.errors import ColeadError
from colead.imported import NOTHING, Imported
from colead.issue import key_of
from colead.readers.git import Door
from colead.readers.incidents import read_incidents, read_postmortem
from colead.readers.issues import read_issues
from colead.readers.tables import LARGEST, Dates
from colead.store.imports import Given, imported

GH = [
    {
        "number": 12,
        "title": "Let me add a note to a gift",
        "body": "Write to priya@shop.example about it",
        "labels": [{"name": "enhancement"}, {"name": "checkout"}],
        "state": "CLOSED",
        "createdAt": "2026-01-02T10:00:00Z",
        "closedAt": "2026-02-03T23:59:00Z",
        "reactionGroups": [
            {"content": "THUMBS_UP", "users": {"totalCount": 7}},
            {"content": "HEART", "users": {"totalCount": 2}},
            {"content": "THUMBS_DOWN", "users": {"totalCount": 5}},
        ],
        "comments": [{"author": {"login": "omar"}, "body": "me too"}],
        "url": "https://github.com/shop/shop/issues/12",
        "author": {"login": "omar"},
    }
]
REST = [
    {
        "number": 12,
        "title": "Gift note",
        "body": None,
        "labels": [{"name": "bug"}],
        "state": "open",
        "created_at": "2026-01-02T10:00:00Z",
        "closed_at": None,
        "comments": 4,
        "reactions": {"total_count": 9, "+1": 5, "-1": 2, "heart": 1, "eyes": 1},
        "html_url": "https://github.com/shop/shop/issues/12",
        "url": "https://api.github.com/repos/shop/shop/issues/12",
        "user": {"login": "omar"},
    },
    {"number": 13, "title": "Add it", "pull_request": {"url": "x"}, "labels": [{"name": "feature"}]},
]
GITLAB = [
    {
        "id": 991,
        "iid": 5,
        "title": "Slips",
        "description": "Prints twice",
        "labels": ["type::bug", "severity::2"],
        "state": "opened",
        "created_at": "2026-01-02T23:30:00.000-02:00",
        "upvotes": 3,
        "user_notes_count": 2,
        "web_url": "https://gitlab.example/shop/-/issues/5",
        "issue_type": "incident",
    }
]
JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Votes,Labels,Labels,"
    "Comment,Comment,Reporter\r\n"
    '"Print, then\r\npack",SHOP-7,10007,Bug,Done,3/Nov/25 12:17 PM,14/Nov/25 9:00 AM,2,packing,slips,'
    '"3/Nov/25;priya;yes",,omar\r\n'
    "Ask for a note,SHOP-8,10008,Story,To Do,4/Nov/25 1:00 AM,,,,,,,omar\r\n"
)
LINEAR = (
    '"ID","Team","Title","Description","Status","Labels","Created","Completed","Canceled"\n'
    '"ENG-3","Shop","Gift note","\'=SUM(A1)","Todo","Feature, Checkout",'
    '"Thu Nov 05 2025 10:11:12 GMT+0000 (GMT)","",""\n'
)
PLAIN = (
    "\ufeffnumber;title;labels;state;created;closed;url;votes;text\n"
    "4;Notes;bug;closed;2026-01-02;;javascript:x;3;a\n"
)


def issues(data: object) -> list:
    raw = data if isinstance(data, (bytes, str)) else json.dumps(data)
    return list(read_issues(raw.encode() if isinstance(raw, str) else raw, "it")[0])


def test_github_by_gh() -> None:
    (one,) = issues(GH)
    assert (one.key, one.labels, one.votes, one.comments) == ("#12", ("enhancement", "checkout"), 9, 1)
    assert (one.created, one.closed, one.open) == (date(2026, 1, 2), date(2026, 2, 3), False)
    assert one.text == "Write to … about it"
    assert "omar" not in repr(one)
    assert one.url == "https://github.com/shop/shop/issues/12"


def test_github_by_rest_marks_pull_requests() -> None:
    one, pull = issues(REST)
    assert (one.votes, one.comments, one.open, one.pull) == (6, 4, True, False)
    assert one.url == "https://github.com/shop/shop/issues/12"
    assert pull.pull


@pytest.mark.parametrize(
    "form",
    [
        "\n".join(json.dumps(one) for one in REST),
        json.dumps(REST[:1]) + json.dumps(REST[1:]),  # gh api --paginate
        json.dumps({"total_count": 2, "items": REST}),
        "\ufeff" + json.dumps(REST, indent=2).replace("\n", "\r\n"),
    ],
    ids=["lines", "pages", "search", "mark and CRLF"],
)
def test_json_comes_in_several_wrappings(form: str) -> None:
    assert [one.key for one in issues(form)] == ["#12", "#13"]


def test_utf16_is_read() -> None:
    assert [one.key for one in issues(json.dumps(GH).encode("utf-16"))] == ["#12"]


def test_gitlab() -> None:
    (one,) = issues(GITLAB)
    assert (one.key, one.kind, one.votes, one.comments) == ("#5", "incident", 3, 2)
    assert one.created == date(2026, 1, 3)  # in UTC
    assert one.labels == ("type::bug", "severity::2")


def test_jira_keeps_columns_that_repeat() -> None:
    one, other = issues(JIRA)
    assert (one.key, one.title, one.kind, one.labels) == (
        "SHOP-7",
        "Print, then pack",
        "Bug",
        ("packing", "slips"),
    )
    assert (one.created, one.closed, one.votes) == (date(2025, 11, 3), date(2025, 11, 14), 2)
    assert (one.comments, one.source) == (1, "it, line 2")
    assert (other.open, other.labels, other.source) == (True, (), "it, line 4")


def test_linear() -> None:
    (one,) = issues(LINEAR)
    assert (one.key, one.labels, one.text) == ("ENG-3", ("Feature", "Checkout"), "=SUM(A1)")
    assert one.created == date(2025, 11, 5)


def test_a_plain_list() -> None:
    (one,) = issues(PLAIN)
    assert (one.key, one.open, one.votes, one.url) == ("#4", False, 3, "")


def test_entries_that_cannot_be_used_are_counted_with_their_lines() -> None:
    found, notes = read_issues(b"number,title\n1,One\n,Two\nthree,Three\n", "it.csv")
    assert [one.key for one in found] == ["#1"]
    assert notes == ("it.csv: 2 entries without a number or a title left out (line 3, 4)",)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b'[{"number": 1,\n "title": }]', "E62", "line 2"),
        (b'[{"number": 1, "title": "a"}', None, ""),  # breaks off between entries: what is there is whole
        (b'[{"number": 1, "title": "a"}, {"num', "E62", "line 1"),
        (b"[" * 100_000, None, ""),
        (b'[{"a":' + b"[" * 100_000, "E62", "nested too deep"),
        (b'[{"number": ' + b"9" * 10_000 + b"}]", "E62", "line 1"),
        (b"number,title\n1,a\x00b\n", "E62", "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "E62", "no text"),
        (b"a,b\n1,2\n", "E63", "no column"),
        (b"number,title\n,\nx,\n", "E63", "no issue"),
        (b'number,title\n1,"' + b"x\n" * 200_000, "E62", "line"),
        (b",".join(b"c" for _ in range(3000)) + b"\n1\n", "E62", "columns"),
    ],
    ids=range(12),
)
def test_what_is_off_is_told(data: bytes, code: str | None, words: str) -> None:
    if code is None:
        read_issues(data, "it")
        return
    with pytest.raises(ColeadError) as error:
        read_issues(data, "it")
    assert error.value.code == code
    assert words in error.value.what
    assert error.value.why
    assert error.value.hint


def test_a_file_of_200_megabytes_is_not_held_against_memory() -> None:
    with pytest.raises(ColeadError, match="larger than 64 MB") as error:
        read_issues(bytes(LARGEST + 1), "it")
    assert error.value.code == "E61"


def test_many_entries_are_capped_and_quick() -> None:
    rows = b"".join(b"%d,a title,bug\n" % number for number in range(1, 60_001))
    found, notes = read_issues(b"number,title,labels\n" + rows, "it")
    assert len(found) == 50_000
    assert "50,000" in notes[0]


def test_other_encodings_are_told() -> None:
    found, notes = read_issues("number,title\n1,Größe\n".encode("latin-1"), "it")
    assert found[0].title == "Größe"
    assert notes == ("it is not UTF-8 and was read as Windows-1252",)


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2026-01-02", "2026-01-02T00:00"),
        ("2026-01-02T03:04:05.123456Z", "2026-01-02T03:04"),
        ("2026-01-02 03:04 +02:00", "2026-01-02T01:04"),
        ("3/Nov/20 12:17 AM", "2020-11-03T00:17"),
        ("Nov 5, 2020", "2020-11-05T00:00"),
        ("Thu Nov 05 2020 10:11:12 GMT+0100 (CET)", "2020-11-05T09:11"),
        ("2026-13-02", None),
        ("0000-01-01", None),
        ("0001-01-01T00:00+14:00", None),
        ("soon", None),
        ("9" * 1_000, None),
    ],
)
def test_dates(told: str, moment: str | None) -> None:
    found = Dates().moment(told)
    assert (found.isoformat(timespec="minutes").removesuffix("+00:00") if found else None) == moment


def test_the_order_of_day_and_month_is_not_guessed() -> None:
    assert Dates.of(["3/4/2020", "13/4/2020"]).day("3/4/2020") == date(2020, 4, 3)
    assert Dates.of(["3/4/2020", "4/13/2020"]).day("3/4/2020") == date(2020, 3, 4)
    unclear = Dates.of(["3/4/2020", "5/6/2020"])
    assert unclear.day("3/4/2020") is None
    assert unclear.unclear == 1
    _, notes = read_issues(b"number,title,created\n1,a,3/4/2020\n", "it")
    assert "whether the day or the month comes first" in notes[0]


def test_keys() -> None:
    assert [key_of(one) for one in ("12", "#012", "0", "shop-1", "1" * 40, "x")] == [
        "#12", "#12", "", "SHOP-1", "", ""]  # fmt: skip


INCIDENTS = (
    "Incident ID,Title,Started at,Ended at,Severity,Services,URL\n"
    'INC-7,Checkout timed out,2026-10-02 09:00,2026-10-02 10:35,sev2,"Checkout, Payments",https://x.example/7\n'
    "INC-8,Search was empty,2026-09-01,2026-09-03,,,\n"
    "INC-9,,2026-09-01,,,,\n"
    "INC-10,Ends before it began,2026-09-01 10:00,2026-09-01 09:00,,,\n"
)


def test_a_list_of_incidents() -> None:
    found, notes = read_incidents(INCIDENTS.encode(), "ops.csv")
    first, second, last = found
    assert (first.day, first.minutes, first.severity) == (date(2026, 10, 2), 95, "sev2")
    assert (first.named, first.url, first.key) == (("Checkout", "Payments"), "https://x.example/7", "INC-7")
    assert second.minutes is None  # days alone tell no length
    assert last.minutes is None
    assert notes == ("ops.csv: 1 without a title or a day that can be read left out (line 4)",)


def test_a_length_may_be_written_out() -> None:
    lengths = ("95", "1:35", "2 hours and 5 minutes", "x")
    data = b"title,date,duration\n" + b"".join(b"a,2026-01-01,%b\n" % one.encode() for one in lengths)
    assert [one.minutes for one in read_incidents(data, "x")[0]] == [95, 95, 125, None]


def test_issues_as_a_list_of_incidents() -> None:
    found, _ = read_incidents(json.dumps(REST).encode(), "x.json")
    assert [(one.key, one.minutes) for one in found] == [("#12", None)]


@pytest.mark.parametrize(("data", "words"), [("name\nx\n", "day"), ("date\n2026-01-01\n", "title")])
def test_a_list_without_what_is_needed_is_refused(data: str, words: str) -> None:
    with pytest.raises(ColeadError) as error:
        read_incidents(data.encode(), "x")
    assert error.value.code == "E63" and words in error.value.what


@pytest.mark.parametrize(
    ("name", "text", "day", "title", "minutes", "named"),
    [
        (
            "2026-03-04-cart.md",
            "# The cart was empty\n\n**Duration:** 1 h 35 min\n**Services affected**: Checkout, Payments\n",
            date(2026, 3, 4),
            "The cart was empty",
            95,
            ("Checkout", "Payments"),
        ),
        (
            "cart.md",
            "---\ntitle: Cart\ndate: 2026-03-04\nduration: 20 min\nservices: [checkout, api]\n---\n# No\n",
            date(2026, 3, 4),
            "Cart",
            20,
            ("checkout", "api"),
        ),
        ("cart.md", "# Cart\n\n| Date | March 4th, 2026 |\n", date(2026, 3, 4), "Cart", None, ()),
        ("cart.md", "# Cart\n\nOn 24 March 2026 it broke\n", date(2026, 3, 24), "Cart", None, ()),
        ("24-03-2026-cart.md", "It broke\n", date(2026, 3, 24), "24 03 2026 cart", None, ()),
        ("20260304.md", "---\nnot: [closed\n", date(2026, 3, 4), "20260304", None, ()),
    ],
)
def test_post_mortems(
    name: str, text: str, day: date, title: str, minutes: int | None, named: tuple[str, ...]
) -> None:
    one, why = read_postmortem(text.encode(), f"docs/postmortems/{name}")
    assert one is not None and not why
    assert (one.day, one.title, one.minutes, one.named) == (day, title, minutes, named)


@pytest.mark.parametrize("name", ["README.md", "TEMPLATE.md", "postmortem-template.md", "index.md"])
def test_pages_about_post_mortems_are_none(name: str) -> None:
    assert read_postmortem(b"# 2026-01-02", name) == (None, "")


@pytest.mark.parametrize("text", ["# Cart\n", "# Cart\n\n03-04-2026\n", "# Cart\n\n2026-13-45\n", "\x00"])
def test_a_day_that_cannot_be_told_is_not_guessed(text: str) -> None:
    one, why = read_postmortem(text.encode(), "docs/cart.md")
    assert one is None and why.startswith("docs/cart.md")


@pytest.mark.parametrize(
    "text", ["-" * 900_000, "a: " * 300_000, "1 " * 400_000, "| " * 400_000, "# " * 300_000]
)
def test_a_hostile_post_mortem_costs_no_time(text: str) -> None:
    start = perf_counter()
    read_postmortem(text.encode(), "cart.md")
    assert perf_counter() - start < 5


def work_tree(folder: Path, files: dict[str, str]) -> Path:
    """A repository with one landing and these files beside it, not committed."""
    past.make(folder / "bare", [Change(date(2026, 1, 2), "Start", ("services/checkout/cart.py",))], {})
    past.git(folder, "clone", "--quiet", str(folder / "bare"), str(folder / "tree"))
    for name, text in files.items():
        place = folder / "tree" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return folder / "tree"


def handed(where: Path, given: Given | None = None) -> Imported:
    with Door.open(where) as door:
        return imported(door, given)


def test_files_are_found_in_the_usual_folders(tmp_path: Path) -> None:
    where = work_tree(
        tmp_path,
        {
            ".colead/issues/all.json": json.dumps(GH),
            ".colead/issues/notes.txt": "no export",
            ".colead/incidents/status.csv": INCIDENTS,
            ".colead/postmortems/2026-03-04-cart.md": "# The cart was empty\n",
        },
    )
    found = handed(where)
    assert [one.key for one in found.issues] == ["#12"]
    assert [one.title for one in found.incidents][:2] == ["Checkout timed out", "Ends before it began"]
    assert found.files[0] == ".colead/issues/all.json"
    assert len(found.until(date(2026, 9, 15)).incidents) == 3


def test_what_is_committed_is_found_in_a_bare_repository(tmp_path: Path) -> None:
    where = work_tree(
        tmp_path, {".colead/imports.yml": "postmortems: docs/pm\n", "docs/pm/2026-03-04-cart.md": "# Cart\n"}
    )
    past.git(where, "add", ".")
    past.git(where, "-c", "user.name=Emil", "-c", "user.email=e@x", "commit", "--quiet", "-m", "Keep")
    past.git(where, "push", "--quiet", "origin", "HEAD:main")
    assert [one.title for one in handed(tmp_path / "bare").incidents] == ["Cart"]


def test_the_imports_file_names_other_places(tmp_path: Path) -> None:
    where = work_tree(
        tmp_path,
        {
            ".colead/imports.yml": "issues: [exports/all.json]\nincidents: ops.csv\n",
            "exports/all.json": json.dumps(GH),
            "ops.csv": INCIDENTS,
            ".colead/issues/unread.json": "[",
        },
    )
    found = handed(where)
    assert (len(found.issues), len(found.incidents)) == (1, 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("issues: ../secret.json\n", "E11"),
        ("issues: /etc/passwd\n", "E11"),
        ("issues: nowhere.json\n", "E60"),
        ("issues: link.json\n", "E60"),
        ("issues: linked/all.json\n", "E60"),
        ("tickets: all.json\n", "E11"),
        ("issues: [", "E10"),
    ],
)
def test_nothing_outside_of_the_repository_is_read(tmp_path: Path, text: str, code: str) -> None:
    where = work_tree(tmp_path, {".colead/imports.yml": text})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "all.json").write_text(json.dumps(GH))
    (where / "link.json").symlink_to(outside / "all.json")
    (where / "linked").symlink_to(outside)
    with pytest.raises(ColeadError) as error:
        handed(where)
    assert error.value.code == code


def test_a_file_that_a_person_names_may_lie_anywhere(tmp_path: Path) -> None:
    where = work_tree(tmp_path, {})
    place = tmp_path / "all.json"
    place.write_text(json.dumps([*GH, {**GH[0], "number": 13, "labels": [{"name": "incident"}]}]))
    found = handed(where, Given((place,)))
    assert [one.key for one in found.issues] == ["#12", "#13"]
    assert [one.key for one in found.incidents] == ["#13"]
    with pytest.raises(ColeadError) as error:
        handed(where, Given((tmp_path / "gone.json",)))
    assert error.value.code == "E60"


def test_of_several_repositories_each_takes_its_own_issues(tmp_path: Path) -> None:
    where = work_tree(tmp_path, {})
    place = tmp_path / "all.json"
    place.write_text(json.dumps(GH))
    for origin, count in (("https://github.com/shop/shop.git", 1), ("https://github.com/shop/web.git", 0)):
        past.git(where, "remote", "set-url", "origin", origin)
        assert len(handed(where, Given((place,), (), shared=True)).issues) == count


def test_nothing_handed_over_is_nothing(tmp_path: Path) -> None:
    assert handed(work_tree(tmp_path, {})) == NOTHING
