"""Reads incidents: a list in CSV, issues of a tracker's export, and post-mortems in Markdown.

    id,title,started,ended,severity,services,url

Columns are found by the names that status pages and trackers give them. Minutes are told only
where a row says when the incident began and ended, or how long it lasted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from colead.errors import WrongUse
from colead.incident import LONGEST, TEXT, Incident, of_issue
from colead.issue import TITLE, without_addresses
from colead.phrase import clip
from colead.readers.guarded import yaml_documents
from colead.readers.issues import address, listed, read_issues
from colead.readers.tables import Dates, File, Row, timed

NAMES = {
    "key": ("id", "key", "incident", "incidentid", "incidentnumber", "number", "reference", "issuekey"),
    "title": ("title", "summary", "name", "subject", "headline", "description"),
    "started": (
        *("started", "startedat", "start", "starttime", "startdate", "began", "begin", "impactstart"),
        *("occurred", "occurredat", "date", "opened", "openedat", "created", "createdat", "detectedat"),
    ),
    "ended": (
        *("ended", "endedat", "end", "endtime", "enddate", "impactend", "resolved", "resolvedat"),
        *("finished", "closed", "closedat"),
    ),
    "minutes": ("minutes", "durationminutes", "downtimeminutes", "outageminutes", "durationmin", "duration"),
    "severity": ("severity", "sev", "priority", "impactlevel"),
    "named": (
        *("services", "service", "components", "component", "affectedservices", "affectedcomponents"),
        *("affected", "servicesaffected", "systems", "system", "impactedservices"),
    ),
    "text": ("text", "body", "description", "summary", "rootcause", "cause"),
    "url": ("url", "link", "htmlurl", "weburl", "permalink", "postmortem"),
}
HEAD = 60  # lines of a post-mortem in which its day, length and services are looked for
NO_REPORTS = re.compile(
    r"(?:readme|index|_index|template.*|.*[-_ ]template|example.*|0+-.*|.*process)\Z", re.I
)
_HEADING = re.compile(r" {0,3}#{1,6} +(?P<title>.{1,300}?) *#* *\Z")
_LENGTH = re.compile(
    r"(?:(?P<days>[0-9]{1,3}(?:\.[0-9])?) ?d(?:ays?)?)?[ ,]{0,3}(?:and )?"
    r"(?:(?P<hours>[0-9]{1,4}(?:\.[0-9]{1,2})?) ?h(?:(?:ou)?rs?)?)?[ ,]{0,3}(?:and )?"
    r"(?:(?P<minutes>[0-9]{1,6}(?:\.[0-9])?) ?m(?:in(?:ute)?s?)?)?\b",
    re.IGNORECASE,
)
_CLOCKED = re.compile(r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-9]{2})(?::[0-9]{2})?")
_LINE = re.compile(
    r"[ >*_|\-]{0,8}(?P<name>[A-Za-z][A-Za-z /()-]{2,40}?)[ *_]{0,4}[:|][ *_:|]{0,6}(?P<said>\S.{0,300})"
)
_DAYS = (
    re.compile(
        r"(?<![0-9])(?P<year>20[0-9]{2})[-_./]?(?P<month>[01][0-9])[-_./]?(?P<day>[0-3][0-9])(?![0-9])"
    ),
    re.compile(
        r"\b(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?: of)?[ -](?P<named>[A-Z][a-z]{2})[a-z]{0,6},?"
        r"[ -](?P<year>20[0-9]{2})\b"
    ),
    re.compile(
        r"\b(?P<named>[A-Z][a-z]{2})[a-z]{0,6}\.? (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,?"
        r" (?P<year>20[0-9]{2})\b"
    ),
)
_DAY_FIRST = re.compile(
    r"(?<![0-9])(?P<day>[0-3]?[0-9])[-_./](?P<month>[01]?[0-9])[-_./](?P<year>20[0-9]{2})(?![0-9])"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def read_incidents(data: bytes, name: str) -> tuple[tuple[Incident, ...], tuple[str, ...]]:
    """The incidents of a list, and notes on what was left out. Of an export of issues each counts as one.

    Raises:
        WrongUse: E61 too large, E62 not understood, E63 no list of incidents; each with what to try.
    """
    file = File.of(data, name)
    if file.is_json:
        issues, notes = read_issues(data, name)
        return tuple(one for issue in issues if not issue.pull and (one := of_issue(issue))), notes
    rows = list(file.rows())
    for what in ("title", "started"):
        if rows and not set(file.columns) & set(NAMES[what]):
            missing = "title" if what == "title" else "day on which an incident began"
            raise WrongUse(
                "E63",
                f"{name} has no column for the {missing}",
                why=f"it has {', '.join(filter(None, file.columns[:8]))}",
                hint="name the columns in the first line:  id,title,started,ended,severity,services,url",
            )
    dates = Dates.of([one for row in rows for one in row.every(*NAMES["started"], *NAMES["ended"])])
    told = [(row, _of_row(row, dates, name)) for row in rows]
    left = [f"{row.line:,}" for row, one in told if one is None]
    if left:
        file.notes.append(
            f"{name}: {len(left):,} without a title or a day that can be read left out"
            f" (line {', '.join(left[:3])})"
        )
    return tuple(one for _, one in told if one), tuple(file.notes)


def _of_row(row: Row, dates: Dates, name: str) -> Incident | None:
    title = _kept(row.first(*NAMES["title"]), TITLE)
    first, last = row.first(*NAMES["started"]), row.first(*NAMES["ended"])
    began, ended = dates.moment(first), dates.moment(last)
    if not title or began is None:
        return None
    both = timed(first) and timed(last)
    minutes = _between(began, ended) if both else _lasted(row.first(*NAMES["minutes"]), bare=True)
    return Incident(
        title,
        began.date(),
        key=_kept(row.first(*NAMES["key"]), 60),
        minutes=minutes,
        severity=_kept(row.first(*NAMES["severity"]), 40),
        named=listed(row.every(*NAMES["named"])),
        text=_kept("\n".join(row.every(*NAMES["text"])), TEXT),
        url=address(row.first(*NAMES["url"])[:500]),
        source=f"{name}, line {row.line:,}",
    )


def _between(began: datetime, ended: datetime | None) -> int | None:
    minutes = round((ended - began).total_seconds() / 60) if ended else -1
    return minutes if 0 < minutes <= LONGEST else None


def _lasted(told: str, *, bare: bool = False) -> int | None:
    """Minutes of "95", "1:35", "1 h 35 min", "2 hours and 5 minutes"; None for what is no length.

    >>> _lasted("1 h 35 min"), _lasted("About 2 hours"), _lasted("95", bare=True), _lasted("95")
    (95, 120, 95, None)
    """
    told = told.strip().strip("*_~ ")[:80]
    if bare and told.replace(".", "", 1).isdigit() and told.isascii():
        return _counted(0, 0, float(told))
    if clock := _CLOCKED.fullmatch(told):
        return _counted(0, float(clock["hours"]), float(clock["minutes"]))
    for start in (
        at for at, one in enumerate(told) if one.isdigit() and (not at or not told[at - 1].isalnum())
    ):
        found = _LENGTH.match(told, start)
        if found and any(found.groups()):
            return _counted(*(float(found[name] or 0) for name in ("days", "hours", "minutes")))
    return None


def _counted(days: float, hours: float, minutes: float) -> int | None:
    told = round(1440 * days + 60 * hours + minutes)
    return told if 0 < told <= LONGEST else None


def read_postmortem(data: bytes, name: str) -> tuple[Incident | None, str]:
    """A post-mortem in Markdown, or None and why it is none that can be used ("" for no report at all)."""
    file = name.rpartition("/")[2]
    stem = file.rpartition(".")[0] or file
    if NO_REPORTS.match(stem):
        return None, ""
    try:
        text = without_addresses(File.of(data[: 1 << 20], name).text.lstrip("\ufeff"))
    except WrongUse as error:
        return None, error.what
    front, body = _front(text)
    lines = body.splitlines()
    said = {**_told(lines[:HEAD]), **front}
    day = next(filter(None, (_day(said.get("date", "")), _day(stem), _dated(said), _first_day(lines))), None)
    if day is None:
        return None, f"{name} tells no day"
    title = front.get("title") or next(
        (found["title"] for one in lines if (found := _HEADING.match(one[:320]))), ""
    )
    length = (
        _lasted(told) for key, told in said.items() if "duration" in key or key in ("lasted", "downtime")
    )
    listing = (told for key, told in said.items() if _lists(key))
    return Incident(
        clip(title or stem.replace("-", " ").replace("_", " "), TITLE),
        day,
        minutes=next(filter(None, length), None),
        severity=clip(said.get("severity", ""), 40),
        named=listed([next(listing, "")]),
        text=body[:TEXT],
        source=name,
    ), ""


def _front(text: str) -> tuple[dict[str, str], str]:
    """The plain values of the front matter, lists joined by commas, and the rest."""
    if not text.startswith("---"):
        return {}, text
    head, fence, body = text[3:16_384].partition("\n---")
    found = next(iter(yaml_documents(head.encode(), 1 << 14)), None) if fence else None
    if not isinstance(found, Mapping):
        return {}, text
    values = ((str(name).casefold(), value) for name, value in found.items())
    told = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in values
    }
    return {name: clip(value, 300) for name, value in told.items()}, body + text[16_384:]


def _told(lines: list[str]) -> dict[str, str]:
    """What lines such as "**Duration:** 2 hours" or "| Date | 2024-01-02 |" say, by their name."""
    found = (_LINE.match(one[:400]) for one in lines)
    return {one["name"].strip().casefold(): one["said"].strip(" |*_") for one in reversed(list(found)) if one}


def _lists(name: str) -> bool:
    words = set(name.split())
    return bool(words & {"services", "service", "components", "component", "systems"}) and len(words) <= 3


def _dated(said: Mapping[str, str]) -> date | None:
    told = (_day(value) for name, value in said.items() if "date" in name.split() or name.startswith("start"))
    return next(filter(None, told), None)


def _first_day(lines: list[str]) -> date | None:
    return next(filter(None, (_day(one[:400]) for one in lines[:HEAD])), None)


def _day(told: str) -> date | None:
    """The first day in a text that can mean only one; the order of 3-4-2020 is not guessed."""
    found = [one for form in _DAYS for one in form.finditer(told[:400])]
    found.sort(key=lambda one: one.start())
    first = found[0] if found else _DAY_FIRST.search(told[:400])
    if first is None or (not found and int(first["day"]) <= 12):
        return None
    said = first.groupdict()
    try:
        month = int(said["month"]) if said.get("month") else 1 + _MONTHS.index(said["named"])
        return date(int(said["year"]), month, int(said["day"]))
    except ValueError:
        return None


def _kept(told: str, most: int) -> str:
    return clip(without_addresses(told[: 2 * most]), most)


def as_incidents(found: tuple[Incident, ...]) -> tuple[Incident, ...]:
    """Incidents newest first, each once: two with one address, or one key and day, are the same."""
    once: dict[object, Incident] = {}
    for one in sorted(found, key=lambda one: (one.day, one.source), reverse=True):
        same = one.url or (one.key, one.day) if one.url or one.key else one.source
        kept = once.get(same)
        once[same] = one if kept is None else replace(kept, minutes=kept.minutes or one.minutes)
    return tuple(once.values())


def every(found: Iterator[tuple[Incident | None, str]]) -> tuple[tuple[Incident, ...], tuple[str, ...]]:
    """Post-mortems and one note on those that could not be used."""
    told = list(found)
    why = [one for _, one in told if one]
    more = f" and {len(why) - 1:,} more" if len(why) > 1 else ""
    return tuple(one for one, _ in told if one), (f"{why[0]}{more}: left out",) if why else ()
