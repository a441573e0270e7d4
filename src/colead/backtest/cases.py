"""Past changes as texts that might have been specs: usable ones, spread over a quarter, without paths."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from colead.citing import DAY
from colead.history import MANY_FILES, Kind, Landing
from colead.touch.messages import said

LAG, AHEAD = 14 * DAY, 90 * DAY  # a change lands so long after the reading: from, until
MOST = 40  # changes of one moment
WORDS = 8
RECENT = 400  # landings before, whose titles say nothing new when they come again
SKIPPED = re.compile(r"(?i)(revert|merge (branch|remote)|release|bump|version|v?\d+\.\d+)\b")
ENDING = re.compile(r"[a-z]{1,5}")
AROUND = "`'\"()[]{}<>,.;:!?*"
Texts = Mapping[str, tuple[str, str]]  # title and body of each landing by hash


@dataclass(frozen=True, slots=True)
class Case:
    """One past change: its words before the work, and the files that it then touched."""

    landing: Landing
    title: str
    body: str
    paths: frozenset[str]  # product files that were there at the moment


def cases(
    landings: Sequence[Landing],
    changed: Mapping[str, frozenset[str]],
    texts: Texts,
    before: Sequence[Landing],
    moment: int,
) -> list[Case]:
    """At most `MOST` usable changes between `LAG` and `AHEAD` seconds after a moment, evenly spread.

    Args:
        landings: those after the moment, oldest first.
        changed: by hash, the product files of the moment that each of them changed.
        texts: by hash, title and body.
        before: the landings up to the moment.
        moment: unix seconds.
    """
    heard = {one.title for one in before[-RECENT:]}
    found = []
    for one in landings:
        case = of_landing(one, *texts.get(one.oid, (one.title, "")), changed.get(one.oid, frozenset()))
        if case and one.title not in heard and moment + LAG <= one.at < moment + AHEAD:
            found.append(case)
        heard.add(one.title)
    return _spread(found, MOST)


def of_landing(landing: Landing, title: str, body: str, paths: frozenset[str]) -> Case | None:
    """A landing as a case; None where it is nobody's own work, says too little or touched too much."""
    if landing.kind is not Kind.PERSON or SKIPPED.match(landing.title) or not 1 <= len(paths) <= MANY_FILES:
        return None
    case = Case(landing, _without_paths(title), _without_paths(said(body)), paths)
    return case if len(f"{case.title} {case.body}".split()) >= WORDS else None


def _without_paths(text: str) -> str:
    """Text without paths, file names and dotted names, which only the work itself brought in."""
    lines = (" ".join(word for word in line.split(" ") if not _is_path(word)) for line in text.splitlines())
    return "\n".join(lines)


def _is_path(word: str) -> bool:
    bare = word.strip(AROUND)
    parts = bare.split(".")
    if "/" in bare or "\\" in bare:
        return True
    return len(parts) > 2 or (len(parts) == 2 and all(parts) and bool(ENDING.fullmatch(parts[1])))


def _spread(found: list[Case], most: int) -> list[Case]:
    if len(found) <= most:
        return found
    return [found[number * len(found) // most] for number in range(most)]
