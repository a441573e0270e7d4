"""Tables: CSV and JSON that other tools export, read row by row, each with the line that it began on.

Bounded in bytes, rows and depth. What is off in the whole file is an error with
its line; a row that cannot be used is left to the caller to count.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any, NoReturn

from colead.errors import WrongUse

LARGEST = 64 << 20  # bytes of one file
MOST = 50_000  # rows of one file
COLUMNS = 2_000
DELIMITERS = ",;\t|"
INJECTED = ("'=", "'+", "'-", "'@")  # written by exports so that a spreadsheet does not compute the cell
SPACE = " \t\r\n\ufeff,"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_CLOCK = (
    r"(?:[ T,]{1,3}(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r" ?(?:UTC|GMT|Z)?(?P<zone>[+-][0-9]{2}:?[0-9]{2})?(?: \([^)]{0,40}\))?)?"
)
_ISO = re.compile(rf"(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}}){_CLOCK}")
_NAMED = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ](?P<month>[A-Za-z]{3})[a-z]{0,6}[-/., ]{1,2}"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_CLOCK}"
)
_SPOKEN = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(?P<month>[A-Za-z]{3})[a-z]{0,6}\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? "
    rf"(?P<year>[0-9]{{4}}){_CLOCK}"
)
_NUMBERS = re.compile(
    rf"(?P<first>[0-9]{{1,2}})[-/.](?P<second>[0-9]{{1,2}})[-/.](?P<year>[0-9]{{4}}|[0-9]{{2}}){_CLOCK}"
)


@dataclass(frozen=True)
class Row:
    """One row of a table: its line (from 1) and the cells by column name, several where one repeats."""

    line: int
    cells: Mapping[str, Sequence[str]]

    def first(self, *names: str) -> str:
        """The first cell with something in it, of the named columns in this order."""
        return next((one for name in names for one in self.cells.get(name, ()) if one), "")

    def every(self, *names: str) -> list[str]:
        """All cells with something in them, of the named columns."""
        return [one for name in names for one in self.cells.get(name, ()) if one]


@dataclass
class File:
    """An export, in whatever encoding: its text, and what had to be done for it."""

    name: str
    text: str
    notes: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)  # of a CSV, once a row was read

    @classmethod
    def of(cls, data: bytes, name: str) -> File:
        """Decode; WrongUse E61 for what is too large, E62 for what is no text."""
        if len(data) > LARGEST:
            _raise(
                "E61", f"{name} is larger than {LARGEST >> 20} MB", "more than that is not read at once",
                "export fewer fields or a shorter time, or several files",
            )  # fmt: skip
        coding = next((coding for mark, coding in _MARKS if data.startswith(mark)), "")
        try:
            text = data.decode(coding or "utf-8")
            notes = []
        except UnicodeDecodeError:
            if coding:
                _no_text(name)
            text, notes = (
                data.decode("cp1252", "replace"),
                [f"{name} is not UTF-8 and was read as Windows-1252"],
            )
        if "\x00" in text:
            _no_text(name)
        return cls(name, text, notes)

    @property
    def is_json(self) -> bool:
        """Whether it begins as JSON does."""
        return self.text[:1_000].lstrip(SPACE)[:1] in ("[", "{")

    def refuse(self, line: int, what: str, why: str, hint: str) -> NoReturn:
        """Say what is off at this line (0: nowhere)."""
        place = f"{self.name}, line {line:,}," if line else self.name
        _raise("E62", f"{place} {what}", why, hint)

    def rows(self) -> Iterator[Row]:
        """The rows of a CSV file, the header by position: columns that repeat keep every cell."""
        told = csv.reader(StringIO(self.text, newline=""), delimiter=self._delimiter(), strict=False)
        before = 0
        count = 0
        try:
            for cells in told:
                line, before = before + 1, told.line_num
                if not any(cells):
                    continue
                if not self.columns:
                    self.columns = self._header(cells, line)
                    continue
                count += 1
                if count > MOST:
                    self.notes.append(
                        f"{self.name} has more than {MOST:,} rows; the first {MOST:,} were read"
                    )
                    return
                yield _row(self.columns, cells, line)
        except csv.Error as error:
            self.refuse(told.line_num, f"is not understood: {error}", "a cell should hold less than 128 KB",
                        "look for a quotation mark that is not closed")  # fmt: skip

    def _delimiter(self) -> str:
        head = self.text[:20_000].lstrip("\ufeff\r\n ").partition("\n")[0]
        return max(DELIMITERS, key=head.count)

    def _header(self, cells: list[str], line: int) -> list[str]:
        if len(cells) > COLUMNS:
            self.refuse(line, f"has more than {COLUMNS:,} columns", "that is no list of issues or incidents",
                        "export fewer columns")  # fmt: skip
        return [_plain(one) for one in cells]

    def objects(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The objects of JSON with their lines: one list, several, one per line, or a page of a list."""
        decoder, place, line, counted = json.JSONDecoder(), 0, 1, 0
        count = 0
        while (place := _skip(self.text, place)) < len(self.text):
            line, counted = line + self.text.count("\n", counted, place), place
            if self.text[place] in "[]":
                place += 1
                continue
            value, place = self._decoded(decoder, place, line)
            for one in _held(value):
                count += 1
                if count > MOST:
                    self.notes.append(
                        f"{self.name} has more than {MOST:,} entries; the first {MOST:,} were read"
                    )
                    return
                yield line, one

    def _decoded(self, decoder: json.JSONDecoder, place: int, line: int) -> tuple[Any, int]:
        hint = "export it again; gh issue list --json number,title,labels writes such a list"
        try:
            return decoder.raw_decode(self.text, place)
        except RecursionError:
            self.refuse(line, "is nested too deep", "an issue is a flat list of values", hint)
        except ValueError as error:
            off = error.lineno if isinstance(error, json.JSONDecodeError) else line
            self.refuse(off, "is no JSON, or breaks off", "a list of objects was expected", hint)


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in SPACE:
        place += 1
    return place


def _held(value: Any) -> Iterator[dict[str, Any]]:
    """An object itself, or those on the page of a list that it is."""
    if not isinstance(value, dict):
        return
    page = next(
        (value[name] for name in ("items", "issues", "nodes") if isinstance(value.get(name), list)), None
    )
    yield from [value] if page is None else (one for one in page if isinstance(one, dict))


def _row(names: Sequence[str], cells: Sequence[str], line: int) -> Row:
    found: dict[str, list[str]] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and (told := cell.strip()):
            found.setdefault(name, []).append(told[1:] if told.startswith(INJECTED) else told)
    return Row(line, found)


def _plain(name: str) -> str:
    """A column's name without case, spaces and signs: "Issue key" is "issuekey"."""
    return "".join(one for one in name[:200].casefold() if one.isalnum())


def _raise(code: str, what: str, why: str, hint: str) -> NoReturn:
    raise WrongUse(code, what, why=why, hint=hint)


def _no_text(name: str) -> NoReturn:
    _raise("E62", f"{name} is no text", "CSV and JSON are read", "export it as CSV or JSON, in UTF-8")


@dataclass
class Dates:
    """Reads the dates of one file. "3/4/2020" is read only where another date of the file tells the order."""

    day_first: bool | None = None
    unclear: int = 0

    @classmethod
    def of(cls, cells: Sequence[str]) -> Dates:
        """The order of day and month that these cells show."""
        found = [one for cell in cells if (one := _NUMBERS.fullmatch(cell.strip()[:80]))]
        first, second = (any(int(one[name]) > 12 for one in found) for name in ("first", "second"))
        return cls(None if first == second else first)

    def moment(self, told: str) -> datetime | None:
        """The moment in UTC; midnight where only a day is told; None for what is no date."""
        told = told.strip()[:80]
        for form in (_ISO, _NAMED, _SPOKEN):
            if found := form.fullmatch(told):
                return _moment(found.groupdict(), found["month"], found["day"])
        if found := _NUMBERS.fullmatch(told):
            if self.day_first is None:
                self.unclear += 1
                return None
            day, month = ("first", "second") if self.day_first else ("second", "first")
            return _moment(found.groupdict(), found[month], found[day])
        return None

    def day(self, told: str) -> date | None:
        """The day in UTC."""
        found = self.moment(told)
        return found.date() if found else None


def timed(told: str) -> bool:
    """Whether a date tells the time of day, too."""
    return ":" in told


def _moment(said: Mapping[str, str | None], month: str, day: str) -> datetime | None:
    try:
        number = int(month) if month.isdigit() else 1 + _MONTHS.index(month.lower())
        year = int(said["year"] or 0)
        at = datetime(
            year + 2000 if len(said["year"] or "") == 2 else year,
            number,
            int(day),
            _hour(said),
            int(said["minute"] or 0),
            tzinfo=UTC,
        )
        moved = at - _offset(said.get("zone") or "")
        return moved if 1970 <= moved.year <= 2100 else None
    except (ValueError, OverflowError):
        return None


def _hour(said: Mapping[str, str | None]) -> int:
    hour, half = int(said["hour"] or 0), (said.get("half") or "").lower()
    return hour % 12 + 12 * (half == "p") if half else hour


def _offset(zone: str) -> timedelta:
    bare = zone.replace(":", "")
    if bare[:1] not in ("+", "-"):
        return timedelta()
    minutes = 60 * int(bare[1:3]) + int(bare[3:5])
    return timedelta(minutes=-minutes if bare[0] == "-" else minutes)
