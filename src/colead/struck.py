"""Struck: which parts of a codebase an incident hit, told only with the words that say so.

A part is struck by an incident that lists it as affected; else by one whose title names it; else by
one in whose text a path in it stands, or its name set as code, in bold, or before "service" and the
like. What names no part, or more than three, is left as it is: nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from colead.codebase import Codebase, Component, ComponentKind
from colead.codebase.naming import is_common
from colead.evidence import Coverage, Figure, Ledger, Source, State
from colead.incident import Incident
from colead.phrase import clip, day, literal, number, plural

CODE = "F04"
YEAR = 365  # days that "the past year" means
SURE = ("listed", "title")  # other matches, right in two of three, are told as "named in"
RECORD = "told, not foreseen: there is nothing to replay"
SHOWN = 5  # incidents of one part that are told
MOST = 3  # parts of one incident that its text may strike; one that speaks of more strikes none
AROUND = 60  # characters of a quote either side of what was found
QUOTE = 150  # characters of a quote
LOOKED = 2_000  # paths, and words, of one text that are looked at
# Below such a heading stands what comes next, or what is about others: not what was hit.
_AFTER = re.compile(
    r"#{1,6} .{0,40}(?:lesson|action|follow|prevent|next step|future|reference|relat|see also|appendix"
    r"|glossary|recommend|improve|todo|link)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6} ")
_PATH = re.compile(r"[\w.@+-]{1,100}(?:/[\w.@+\[\]()-]{1,100}){1,15}/?")
_FILE = re.compile(r"(?<![\w/.-])[\w-]{3,80}\.[a-z]{1,5}(?![\w/])")
_BLOB = re.compile(r"/(?:blob|tree)/[^/]{1,80}/")
_WORDS = re.compile(r"[^\W_]+")
_MEANT = frozenset(
    "service services server api app application worker workers pod pods container module package component"
    " database db library crate client backend frontend daemon process".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A part that one incident names."""

    component: str  # Component.key
    quote: str  # the words that say so
    why: str  # "listed", "title", "name", "path"
    said: str = ""  # the name that stands there


@dataclass(frozen=True, slots=True)
class Struck:
    """One incident that hit a part."""

    day: str  # ISO date on which it began
    title: str
    minutes: int | None  # None where its length was not told
    severity: str
    why: str  # "listed", "title", "name", "path": what the match rests on
    quote: str
    url: str
    source: str  # where it was imported from


@dataclass(frozen=True, slots=True)
class Toll:
    """What imported incidents say of one part. It is never computed from git."""

    repository: str
    key: str  # Component.key
    count: Figure  # incidents in the past year
    minutes: Figure | None  # that they lasted, of those that tell it
    timed: int  # how many tell it
    struck: tuple[Struck, ...]  # newest first, at most SHOWN
    sentence: str
    brief: str  # the same in a clause, beside words that tell of the past year
    technical: str
    code: str = CODE


@dataclass(frozen=True)
class Tolls:
    """The incidents of one repository, each with the parts that it hit."""

    incidents: tuple[Incident, ...]  # newest first
    codebase: Codebase
    today: date
    repository: str

    @cached_property
    def hits(self) -> tuple[tuple[Hit, ...], ...]:
        """The parts that each incident hit."""
        names = Names(self.codebase)
        return tuple(names.hits(one) for one in self.incidents)

    @property
    def unmatched(self) -> tuple[Incident, ...]:
        """Incidents that name no part here."""
        return tuple(one for one, hits in zip(self.incidents, self.hits, strict=True) if not hits)

    def component(self, key: str, ledger: Ledger) -> Toll | None:
        """The past year's incidents of a component; None for none."""
        since = self.today - timedelta(days=YEAR)
        mine = [
            (one, hit)
            for one, hits in zip(self.incidents, self.hits, strict=True)
            for hit in hits
            if hit.component == key and since < one.day <= self.today
        ]
        if not mine:
            return None
        return _toll(mine, key, self.today, self.repository, ledger)

    @cached_property
    def coverage(self) -> Coverage:
        """What was imported, and what of it could be placed."""
        if not self.incidents:
            return Coverage("incidents", State.NOT_ANALYSED, "No incidents were imported.")
        found = len(self.unmatched) < len(self.incidents)
        return Coverage("incidents", State.FINDING if found else State.NOTHING, self._note())

    def _note(self) -> str:
        known, gone = len(self.incidents), self.unmatched
        told = f"{known:,} incident{'' if known == 1 else 's'} imported"
        if not gone:
            return f"{told}, each names a part here."
        first = ", ".join(f"“{clip(literal(one.title), 50)}”" for one in gone[:2])
        name, more = ("names" if len(gone) == 1 else "name"), (" …" if len(gone) > 2 else "")
        return f"{told}, {len(gone):,} of them {name} no part here: {first}{more}."


def _toll(
    mine: Sequence[tuple[Incident, Hit]], key: str, today: date, repository: str, ledger: Ledger
) -> Toll:
    known = _minutes(mine)
    method = (
        "Imported incidents of the past year that list this part as affected, or in whose words a path in it"
        " or its name stands; minutes only of those that tell when they began and ended."
    )
    window = ((today - timedelta(days=YEAR - 1)).isoformat(), today.isoformat())
    sources = tuple(_source(one, repository) for one, _ in mine)
    row = ledger.file(CODE, method, n=len(mine), sources=sources, window=window, record=RECORD)
    last = mine[0][0]
    told = _told(mine, " in the past year")
    return Toll(
        repository,
        key,
        count=Figure(len(mine), row),
        minutes=Figure(sum(known), row) if known else None,
        timed=len(known),
        struck=tuple(_struck(*one) for one in mine[:SHOWN]),
        sentence=f"{told}; the last on {day(last.day, today=today)}: “{clip(literal(last.title), 60)}”",
        brief=_brief(mine),
        technical="; ".join(f"{hit.why} in “{hit.quote}”" for _, hit in mine[:SHOWN]),
    )


def _told(mine: Sequence[tuple[Incident, Hit]], when: str) -> str:
    """How many, and how long as far as that is known. What a text merely names had no downtime of its own."""
    known, sure = _minutes(mine), _sure(mine)
    said = f"{'' if sure else 'named in '}{plural(len(mine), 'incident')}{when}"
    if not known:
        return said
    long = f"{lasted(sum(known))} of downtime" if sure else f"which lasted {lasted(sum(known))}"
    if len(known) == len(mine):
        return f"{said}, {long}{' in all' if len(mine) > 1 else ''}"
    ends = "s" if len(known) == 1 else ""
    return f"{said}, {long} in the {number(len(known))} that tell{ends} it"


def _brief(mine: Sequence[tuple[Incident, Hit]]) -> str:
    known, count = _minutes(mine), plural(len(mine), "incident")
    if not _sure(mine):
        return f"named in {count}"
    some = f"{number(len(known))} of them " if len(known) < len(mine) else ""
    return f"{count} ({some}{lasted(sum(known))})" if known else count


def _minutes(mine: Sequence[tuple[Incident, Hit]]) -> list[int]:
    return [one.minutes for one, _ in mine if one.minutes is not None]


def _sure(mine: Sequence[tuple[Incident, Hit]]) -> bool:
    return all(hit.why in SURE for _, hit in mine)


def lasted(minutes: int) -> str:
    """A length as people say it: "95 minutes", "about 5 hours", "about 3 days"."""
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours = round(minutes / 60)
    return f"about {hours} hours" if hours < 48 else f"about {round(hours / 24)} days"


def _struck(one: Incident, hit: Hit) -> Struck:
    title = clip(literal(one.title), QUOTE)
    return Struck(
        one.day.isoformat(), title, one.minutes, one.severity, hit.why, hit.quote, one.url, one.source
    )


def _source(one: Incident, repository: str) -> Source:
    ref = one.key or one.source
    return Source("incident", ref, clip(literal(one.title), QUOTE), one.day.isoformat(), repository, one.url)


class Names:
    """What the parts of a codebase are called, ready to be found in the words of an incident."""

    def __init__(self, codebase: Codebase) -> None:
        self.codebase = codebase
        self.files = {one.path for one in codebase.product}
        folders = (path.rpartition("/")[0] for path in self.files)
        self.folders = {
            "/".join(parts[:end]) for parts in map(_split, folders) for end in range(1, len(parts) + 1)
        }
        self.base = _unique((path.rpartition("/")[2], path) for path in self.files)
        # A part that a team named itself, or that is no mere folder, is meant by its name in a title.
        self.own = {
            one.key for one in codebase.components if one.says or one.kind is not ComponentKind.FOLDER
        }
        self.called = _unique((name, one.key) for one in codebase.components for name in _called(one))

        self.first = {name.partition(" ")[0] for name in self.called}

    def hits(self, incident: Incident) -> tuple[Hit, ...]:
        """The parts that an incident hit; those it lists, else those that its words name."""
        listed = self._listed(incident)
        if listed:
            return tuple(listed.values())
        text = relevant(incident.text)
        told = {hit.component: hit for hit in (*self._named(text, title=False), *self._paths(text))}
        title = {
            hit.component: hit
            for hit in self._named(incident.title, title=True)
            if hit.component in told or " " in hit.said or hit.component in self.own
        }
        if title:
            return tuple(title.values())
        return tuple(told.values()) if len(told) <= MOST else ()

    def _listed(self, incident: Incident) -> dict[str, Hit]:
        found: dict[str, Hit] = {}
        for one in incident.named:
            path = one.strip("/")
            key = self.codebase.seat(path) if path in self.folders else self._called(_bare(one))
            if key is not None:
                found.setdefault(key, Hit(key, clip(literal(one), QUOTE), "listed"))
        return found

    def _called(self, bare: str) -> str | None:
        """The part of this name, also where it is told with "service" or the like, or without."""
        first, _, last = bare.rpartition(" ")
        shorter = first if last in _MEANT else ""
        longer = (f"{bare} {one}" for one in ("service", "server", "api", "app"))
        return next((self.called[one] for one in (bare, shorter, *longer) if one in self.called), None)

    def _paths(self, text: str) -> Iterator[Hit]:
        for found in _some(_PATH.finditer(text)):
            if path := self._path(found[0]):
                yield from self._at(path, text, found)
        for found in _some(_FILE.finditer(text)):
            if path := self.base.get(found[0], ""):
                yield from self._at(path, text, found)

    def _at(self, path: str, text: str, found: re.Match[str]) -> Iterator[Hit]:
        if (key := self.codebase.seat(path)) is not None:
            yield Hit(key, _quote(text, found.start(), found.end()), "path")

    def _path(self, told: str) -> str:
        """The path of a file or a folder here that a text means, "" for none."""
        bare = _BLOB.split(told)[-1].strip("/.").removeprefix("./")
        return bare if bare in self.files or (bare in self.folders and "/" in bare) else ""

    def _named(self, text: str, *, title: bool) -> Iterator[Hit]:
        words = list(_some(_WORDS.finditer(text)))
        low = [one[0].casefold() for one in words]
        for at in (at for at, one in enumerate(low) if one in self.first):
            for long in (4, 3, 2, 1):
                key = self.called.get(" ".join(low[at : at + long])) if at + long <= len(low) else None
                if key is not None and (title or _meant(text, words, at, at + long)):
                    quote = _quote(text, words[at].start(), words[at + long - 1].end())
                    yield Hit(key, quote, "title" if title else "name", " ".join(low[at : at + long]))
                    break


def relevant(text: str) -> str:
    """A post-mortem without what it says of the time after, and without code."""
    kept: list[str] = []
    inside, fenced = True, False
    for one in text.splitlines():
        if one.lstrip().startswith("```"):
            fenced = not fenced
        elif _HEADING.match(one):
            inside = not _AFTER.match(one[:200])
        if inside and not fenced:
            kept.append(one)
    return "\n".join(kept)


def _called(component: Component) -> Iterator[str]:
    """What a part is called, in plain words; one that half the folders of the world are called is no name."""
    for one in (component.name, *component.says, *(root.rpartition("/")[2] for root in component.roots)):
        bare = _bare(one)
        if bare and not is_common(bare.replace(" ", "-")) and len(bare) > 2:
            yield bare


def _bare(name: str) -> str:
    """A name in lower-case words: "checkout-service" is "checkout service"."""
    return " ".join(one.casefold() for one in _WORDS.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:200])))


def _unique(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Names with what they mean; those that mean several things are left out."""
    told = set(pairs)
    count = Counter(name for name, _ in told)
    return {name: meant for name, meant in told if count[name] == 1}


def _meant(text: str, words: Sequence[re.Match[str]], first: int, after: int) -> bool:
    """Whether words stand as a name: set as code or bold, or before "service" and the like."""
    start, end = words[first].start(), words[after - 1].end()
    if text[max(0, start - 1) : start] in ("`", "*") and text[end : end + 1] in ("`", "*"):
        return True
    follows = words[after][0].casefold() if after < len(words) else ""
    return (
        follows in _MEANT
        and text[end : words[after].start()] == " "
        and text[max(0, start - 1) : start] != "/"
    )


def _quote(text: str, start: int, end: int) -> str:
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[max(first, start - AROUND) : min(last if last >= 0 else len(text), end + AROUND)]
    return clip(literal(line.strip(" #>|*-")), QUOTE)


def _some(found: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    yield from (one for one, _ in zip(found, range(LOOKED), strict=False))


def _split(folder: str) -> list[str]:
    return folder.split("/") if folder else []
