"""Imported: what a team handed over besides git: issues and incidents, up to the day that is counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from colead.incident import Incident
from colead.issue import Issue


@dataclass(frozen=True)
class Imported:
    """Issues and incidents of one repository; empty where nothing was handed over."""

    issues: tuple[Issue, ...] = ()
    incidents: tuple[Incident, ...] = ()  # newest first
    notes: tuple[str, ...] = ()  # what of the files could not be used
    files: tuple[str, ...] = field(default=())  # that were read

    @cached_property
    def by_key(self) -> Mapping[str, Issue]:
        """Issues by key."""
        return {one.key: one for one in self.issues}

    def until(self, today: date) -> Imported:
        """What was known at the end of that day; an issue without a day counts as known."""
        return replace(
            self,
            issues=tuple(one for one in self.issues if one.created is None or one.created <= today),
            incidents=tuple(one for one in self.incidents if one.day <= today),
        )


NOTHING = Imported()
