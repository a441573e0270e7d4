"""Incident: a time at which the product failed people, as a team wrote it down: never told from git.

Only where incidents were imported may a reading say outage or downtime, and minutes only of those
that tell when they began and ended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from colead.issue import Issue

TEXT = 20_000  # characters of a post-mortem that are kept
LONGEST = 90 * 24 * 60  # minutes; a longer one is a slip of the pen
_CALLED = frozenset("incident incidents outage postmortem downtime".split())
_SEV = re.compile(r"sev[-_:/ ]{0,3}[0-5]")  # "severity::2" stands on ordinary bugs, too
_SEVERITY = re.compile(r"sev(?:erity)?[-_:/ ]{0,3}[0-5]")
_STRUCK = re.compile(
    r"(?:affected |impacted )?(?:services?|components?|areas?|apps?|systems?)[:/= -]{1,3}(?P<name>\S.{0,79})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, from a list, an issue or a post-mortem."""

    title: str
    day: date  # on which it began
    key: str = ""
    minutes: int | None = None  # that it lasted; None where that was not told
    severity: str = ""
    named: tuple[str, ...] = ()  # services or components that it names as affected
    text: str = ""  # at most TEXT characters
    url: str = ""
    source: str = ""  # "ops/incidents.csv, line 3", "docs/postmortems/2026-03-01-checkout.md"


def is_incident(issue: Issue) -> bool:
    """Whether an issue's label or type calls it an incident, an outage, a post-mortem, or sev 0 to 5."""
    return any(_calls_so(one) for one in issue.named)


def of_issue(issue: Issue) -> Incident | None:
    """An issue as an incident; None for one without a day. When it was closed says nothing of its length."""
    if issue.created is None:
        return None
    labels = [one.casefold() for one in issue.labels]
    named = (found["name"] for one in issue.labels if (found := _STRUCK.fullmatch(one.strip())))
    return Incident(
        issue.title,
        issue.created,
        key=issue.key,
        severity=next((one for one in labels if _SEVERITY.fullmatch(one)), ""),
        named=tuple(named),
        text=issue.text,
        url=issue.url,
        source=issue.source,
    )


def _calls_so(label: str) -> bool:
    plain = label.strip().casefold()[:80]
    words = re.findall(
        r"[a-z]+", plain.replace("post-mortem", "postmortem").replace("post mortem", "postmortem")
    )
    bare = [one for one in words if one not in ("type", "kind", "category")]
    return (len(bare) == 1 and bare[0] in _CALLED) or _SEV.fullmatch(plain) is not None
