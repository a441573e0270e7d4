"""What a team handed over besides git: exports that a person gives, and those that settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colead.forge import HASH
from colead.imported import Imported
from colead.incident import Incident, is_incident, of_issue
from colead.issue import Issue
from colead.readers import exports
from colead.readers.git import Door
from colead.readers.imports import FILE, PAGES, TABLES, read_places
from colead.readers.incidents import as_incidents, every, read_incidents, read_postmortem
from colead.readers.issues import read_issues
from colead.store.corrections import commits, settings_text

Found = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Given:
    """Files that a person names on the command line: exports of issues; lists or folders of incidents."""

    issues: tuple[str | Path, ...] = ()
    incidents: tuple[str | Path, ...] = ()
    shared: bool = False  # by several repositories: each takes the issues with its own address


def imported(door: Door, given: Given | None = None) -> Imported:
    """All issues and incidents that a person gives, or that a repository's settings name.

    Raises:
        WrongUse: E60 to E63, a file that cannot be read or used, with its line and what to try.
        SettingsError: where `.colead/imports.yml` is malformed.
    """
    desk, places, given = _Desk(), read_places(settings_text(door, FILE)), given or Given()
    for place in given.issues:
        desk.issues_in(exports.given(place, TABLES))
    for place in given.incidents:
        desk.incidents_in(exports.given(place, (*TABLES, *PAGES)))
    for name, ending, take in (
        ("issues", TABLES, desk.issues_in),
        ("incidents", TABLES, desk.incidents_in),
        ("postmortems", PAGES, desk.incidents_in),
    ):
        for place in getattr(places, name):
            take(exports.kept(door, place, ending, needed=places.written))
    return desk.told(_page(door) if given.shared else "")


def _page(door: Door) -> str:
    """The repository's own page, "" where it is not known."""
    return commits(door).partition(HASH)[0].partition("/-/commit")[0].partition("/commit")[0]


@dataclass
class _Desk:
    """Exports while they are read."""

    issues: list[Issue] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def issues_in(self, found: Found) -> None:
        self.issues += self._read(found, read_issues)

    def incidents_in(self, found: Found) -> None:
        pages = []
        for name, data in found:
            if name.lower().endswith(PAGES):
                pages.append(read_postmortem(data, name))
                self.files.append(name)
            else:
                self.incidents += self._read(iter([(name, data)]), read_incidents)
        told, notes = every(iter(pages))
        self.incidents += told
        self.notes += notes

    def _read(
        self, found: Found, reader: Callable[[bytes, str], tuple[Sequence[Any], Sequence[str]]]
    ) -> list[Any]:
        told: list[Any] = []
        for name, data in found:
            read, notes = reader(data, name)
            told += read
            self.notes += notes
            self.files.append(name)
        return told

    def told(self, page: str) -> Imported:
        """What was read, each once."""
        mine = [one for one in self.issues if _belongs(one, page)]
        issues = {one.key: one for one in mine}
        told = (
            one
            for issue in issues.values()
            if not issue.pull and is_incident(issue)
            if (one := of_issue(issue))
        )
        every_one = (*self.incidents, *told)
        return Imported(
            tuple(issues.values()),
            as_incidents(every_one),
            tuple(dict.fromkeys(self.notes)),
            tuple(self.files),
        )


def _belongs(issue: Issue, page: str) -> bool:
    """Whether an issue is of the repository with this page; a key such as SHOP-12 belongs anywhere."""
    if issue.key[0] not in "#!" or not page or not issue.url:
        return True
    return issue.url.casefold().startswith(f"{page.casefold()}/")
