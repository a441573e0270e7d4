"""Reads issues as trackers export them: GitHub, Gitea, GitLab in JSON, Jira, Linear in CSV, and a plain CSV.

What kind of file it is shows in the file. Columns are found by the names that these trackers give
them; of all others, of authors and of e-mail addresses nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from colead.errors import WrongUse
from colead.issue import LABELS, TEXT, TITLE, Issue, key_of, without_addresses
from colead.phrase import clip
from colead.readers.tables import Dates, File, Row

WELCOMING = frozenset(("THUMBS_UP", "+1", "HEART", "heart", "HOORAY", "hooray", "ROCKET", "rocket"))
CLOSED = frozenset(
    "closed done resolved complete completed canceled cancelled fixed duplicate rejected declined merged"
    " shipped released".split()
) | {"won't do", "won't fix", "wont fix"}
LABEL = 80  # characters
NAMES = {
    "key": ("issuekey", "key", "number", "iid", "identifier", "id", "issueid"),
    "title": ("title", "summary", "name", "subject"),
    "text": ("text", "body", "description"),
    "labels": ("labels", "label", "tags"),
    "kind": ("issuetype", "type", "kind", "tracker"),
    "state": ("statuscategory", "state", "status"),
    "created": ("created", "createdat", "createdat(utc)", "createddate", "opened", "openedat"),
    "closed": ("closed", "closedat", "resolved", "completed", "canceled", "resolutiondate", "closeddate"),
    "votes": ("votes", "upvotes", "reactions", "thumbsup"),
    "comments": ("comments", "commentcount", "numberofcomments"),
    "url": ("url", "link", "weburl", "htmlurl"),
}
Told = Mapping[str, Any]


def read_issues(data: bytes, name: str) -> tuple[tuple[Issue, ...], tuple[str, ...]]:
    """The issues and pull requests of an export, and notes on what was left out.

    Raises:
        WrongUse: E61 too large, E62 not understood, E63 no list of issues; each with what to try.
    """
    file = File.of(data, name)
    left: list[int] = []
    found = tuple(_json(file, left) if file.is_json else _csv(file, left))
    if left:
        some = ", ".join(f"{line:,}" for line in left[:3])
        more = " and others" if len(left) > 3 else ""
        what = "entry" if len(left) == 1 else "entries"
        file.notes.append(
            f"{name}: {len(left):,} {what} without a number or a title left out (line {some}{more})"
        )
    if not found and left:
        raise WrongUse(
            "E63",
            f"{name} holds no issue with a number and a title",
            why=f"{len(left):,} entries were read",
            hint="it needs at least the columns  number, title  or  Issue key, Summary",
        )
    return found, tuple(file.notes)


def _json(file: File, left: list[int]) -> Iterator[Issue]:
    dates = Dates()
    for line, told in file.objects():
        key = _json_key(told)
        title = _text(told.get("title"), TITLE)
        if key and title:
            yield _from_json(told, key, title, dates, f"{file.name}, line {line:,}")
        else:
            left.append(line)


def _json_key(told: Told) -> str:
    number = next((told[one] for one in ("number", "iid", "identifier", "key") if one in told), "")
    key = key_of(str(number)) if isinstance(number, (int, str)) and len(str(number)) < 40 else ""
    return f"!{key[1:]}" if key[:1] == "#" and "/merge_requests/" in _text(told.get("web_url"), 500) else key


def _from_json(told: Told, key: str, title: str, dates: Dates, source: str) -> Issue:
    url = address(_text(told.get("url") if "html_url" not in told else told["html_url"], 500))
    url = address(_text(told.get("web_url"), 500)) or url
    closed = dates.day(_text(told.get("closedAt") or told.get("closed_at"), 80))
    state = _text(told.get("state"), 40).casefold()
    return Issue(
        key=key,
        title=title,
        text=_text(told.get("body") or told.get("description"), TEXT),
        labels=_labels(told.get("labels")),
        kind=_text(_name(told.get("issue_type") or told.get("issueType") or told.get("type")), LABEL),
        created=dates.day(_text(told.get("createdAt") or told.get("created_at"), 80)),
        closed=closed,
        open=state not in CLOSED and closed is None,
        votes=_votes(told),
        comments=_count(told.get("comments", told.get("user_notes_count", told.get("commentsCount")))),
        url=url,
        pull="pull_request" in told or key[0] == "!" or "/pull/" in url or "/pulls/" in url,
        source=source,
    )


def _labels(told: object) -> tuple[str, ...]:
    page = told.get("nodes") if isinstance(told, dict) else told
    names = (_text(_name(one), LABEL) for one in page[:LABELS]) if isinstance(page, list) else ()
    return tuple(filter(None, names))


def _name(told: object) -> object:
    return told.get("name") or told.get("title") if isinstance(told, dict) else told


def _votes(told: Told) -> int:
    groups, counted = told.get("reactionGroups"), told.get("reactions")
    if isinstance(groups, list):
        kinds = (one for one in groups[:20] if isinstance(one, dict) and one.get("content") in WELCOMING)
        return sum(_count(one.get("users")) for one in kinds)
    if isinstance(counted, dict):
        return sum(_count(counted.get(name)) for name in WELCOMING)
    return _count(told.get("upvotes", counted))


def _count(told: object) -> int:
    """A count, however it is told: 3, "3", a list of three, {"totalCount": 3}."""
    if isinstance(told, dict):
        told = told.get("totalCount", told.get("total_count"))
    if isinstance(told, list):
        return len(told)
    bare = str(told).strip() if isinstance(told, (int, str)) else ""
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 8 else 0


def _csv(file: File, left: list[int]) -> Iterator[Issue]:
    rows = list(file.rows())
    if not rows:
        return
    for what in ("key", "title"):
        if not set(file.columns) & set(NAMES[what]):
            raise WrongUse(
                "E63",
                f"{file.name} has no column for the {'number' if what == 'key' else 'title'} of an issue",
                why=f"it has {', '.join(filter(None, file.columns[:8]))}",
                hint="name the columns in its first line: number,title,labels,state,created,closed,url",
            )
    dates = Dates.of([one for row in rows for one in row.every(*NAMES["created"], *NAMES["closed"])])
    for row in rows:
        key, title = key_of(row.first(*NAMES["key"])), _text(row.first(*NAMES["title"]), TITLE)
        if key and title:
            yield _from_row(row, key, title, dates, file.name)
        else:
            left.append(row.line)
    if dates.unclear:
        file.notes.append(
            f"{file.name}: {dates.unclear:,} dates such as 3/4/2020 were not read, for nothing there tells"
            " whether the day or the month comes first"
        )


def _from_row(row: Row, key: str, title: str, dates: Dates, name: str) -> Issue:
    closed = dates.day(row.first(*NAMES["closed"]))
    comments = row.every(*NAMES["comments"], "comment")
    page = address(row.first(*NAMES["url"])[:500])
    return Issue(
        key=key,
        title=title,
        text=_text(row.first(*NAMES["text"]), TEXT),
        labels=listed(row.every(*NAMES["labels"])),
        kind=_text(row.first(*NAMES["kind"]), LABEL),
        created=dates.day(row.first(*NAMES["created"])),
        closed=closed,
        open=row.first(*NAMES["state"]).casefold() not in CLOSED and closed is None,
        votes=_count(row.first(*NAMES["votes"])),
        comments=_count(comments[0] if len(comments) == 1 and comments[0].isdigit() else comments),
        url=page,
        pull="/pull/" in page or "/merge_requests/" in page,
        source=f"{name}, line {row.line:,}",
    )


def listed(cells: Sequence[str]) -> tuple[str, ...]:
    """Labels of one or several cells: "bug, checkout", "bug;checkout", or a column for each."""
    each = (one for cell in cells for one in cell[:2_000].strip("[]").replace(";", ",").split(","))
    told = (_text(one.strip(" \t\"'"), LABEL) for one in each)
    return tuple(dict.fromkeys(filter(None, told)))[:LABELS]


def _text(told: object, most: int) -> str:
    """One text without addresses, cut at `most` characters; "" for anything else."""
    if not isinstance(told, str):
        return ""
    return clip(without_addresses(told[: 2 * most]), most)


def address(told: str) -> str:
    """A page's address, "" for what is none that a browser should open."""
    return told if told.startswith(("https://", "http://")) and told.isprintable() and " " not in told else ""
