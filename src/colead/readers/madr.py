"""Decisions as teams keep them: MADR 2, 3 and 4, Nygard's form, adr-tools, log4brains; and Colead's own.

What a file says and has no place for is kept with the rest of it; nothing is
refused and nothing is guessed: what it does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from colead.decision import Record, Way, clean, line
from colead.readers.days import day_of
from colead.readers.sections import LARGEST, Part, parts, split, without_comments

_OURS = re.compile(r"^( {0,3})(\\*)\\(#)", re.MULTILINE)
_LABEL = re.compile(r"[\s>|*+-]{0,8}[*_]{0,2}([A-Za-z][A-Za-z ()/-]{1,40}?)[*_]{0,2}\s?[:|][*_]{0,2}\s*(.*)")
_NUMBERED = re.compile(
    r"\[?(?:(?:ADR|RFC|MADR|DR)[\s#_-]{0,3})?\d{1,8}\]?\s?[.:)\u2013\u2014-]\s*|\[?ADR[-_ ]?\d{1,6}\]?\s+",
    re.I,
)
_CHOSEN = re.compile(
    r"chosen (?:option|solution|alternative)s?\s?:?[*_]{0,2}\s{0,3}[*_]{0,2}"
    r"(?:[\"\u201c'`](.{1,300}?)[\"\u201d'`](?=[\s,.;:*_]|$)|([^\n,.]{1,300}))",
    re.I,
)
_BULLET = re.compile(r"[ \t]{0,3}(?:[*+-]|\d{1,3}[.)])[ \t]+(.*)")
WORDS = {
    "superseded": ("supersede", "superce", "replaced", "obsolete"),
    "deprecated": ("deprecat", "retired", "historic"),
    "rejected": ("reject", "declin", "abandon", "withdrawn", "cancel"),
    "proposed": ("propos", "draft", "pending", "review", "discuss", "open", "wip", "in progress", "rfc"),
    "accepted": (
        "accept", "approv", "adopt", "decided", "implement", "agreed", "active", "done", "committed",
        "final", "complete", "ratified", "in force", "current", "published", "released",
    ),
}  # fmt: skip
ROLES = {
    "status": ("status", "state"),
    "date": ("date", "decision date", "last updated", "last update", "created", "updated"),
    "deciders": ("decision-makers", "decision makers", "deciders", "decider", "authors", "author", "owner"),
    "consulted": ("consulted",),
    "informed": ("informed",),
    "context": (
        "context", "problem", "background", "issue", "motivation", "introduction", "overview",
        "situation", "requirement", "summary", "why",
    ),
    "ways": (
        "considered options", "options", "alternatives", "considered alternatives", "proposals", "positions",
    ),
    "pros": ("pros and cons",),
    "why": (
        "decision outcome", "decision", "decisions", "outcome", "resolution", "conclusion", "solution",
        "proposal",
        "chosen", "proposed solution", "recommendation", "what we decided",
    ),
    "consequences": ("consequence", "positive consequence", "negative consequence", "implications", "impact"),
    "confirmation": ("confirmation", "validation", "compliance", "how we will know"),
    "drivers": ("decision drivers", "drivers", "forces"),
    "more": ("more information", "links", "references", "notes"),
}  # fmt: skip
NUMBER = re.compile(r"^[\d.\s)]{1,8}")


def read(data: bytes, source: str = "") -> Record:
    """The decision that a file holds; `source` is its name, which can tell a title and a day."""
    settings, body = split(data)
    told = settings.get("colead")
    if isinstance(told, dict) and len(data) <= LARGEST:
        return _own(settings, {str(key): value for key, value in told.items()}, body)
    every = parts(without_comments(body))
    found = _Found(settings, source)
    for number, one in enumerate(every):
        found.take(one, first=number)
    return clean(found.record)


def _own(settings: Mapping[str, object], extras: dict[str, object], body: str) -> Record:
    """A file of Colead's own: every text where it was written."""
    chosen = extras.pop("chosen", None)
    texts: dict[str, str] = {}
    raw: dict[str, str] = {}
    ways: dict[str, Way] = {}
    title, above = "", ""
    names: list[str] = []
    for one in parts(body, ours=True):
        told = _plain(one.text)
        if one.level == 1:
            title = one.heading
        elif one.heading == "Considered Options" and one.level == 2:
            names = [each[2:] for each in one.text.split("\n") if each.startswith("* ")]
        elif one.level == 3 and above in ("Pros and Cons of the Options", *(f"= {each}" for each in names)):
            above = f"= {one.heading}"
            ways[one.heading] = Way(one.heading, told)
        elif one.level == 4 and above.startswith("= "):
            ways[above[2:]] = Way(above[2:], ways[above[2:]].text, told)
        else:
            texts[one.heading], raw[one.heading] = told, one.text
        above = one.heading if one.level == 2 else above
    every = tuple(ways.get(name, Way(name)) for name in names)
    place = chosen - 1 if isinstance(chosen, int) and 0 < chosen <= len(every) else None
    why = raw.get("Decision Outcome", "")
    if place is not None:
        why = why.removeprefix(f'Chosen option: "{every[place].name}"')
        why = "" if why == "." else why.removeprefix(", because ")
    return clean(
        Record(
            title=title,
            status=_said(settings.get("status")),
            date=day_of(settings.get("date")),
            deciders=_people(settings.get("decision-makers")),
            consulted=_people(settings.get("consulted")),
            informed=_people(settings.get("informed")),
            context=texts.get("Context and Problem Statement", ""),
            ways=every,
            chosen=place,
            why=_plain(why),
            consequences=texts.get("Consequences", ""),
            confirmation=texts.get("Confirmation", ""),
            more=texts.get("More Information", ""),
            extras=extras,
        )
    )


def _plain(told: str) -> str:
    """A text as it was before its lines were kept from being headings."""
    return _OURS.sub(r"\1\2\3", told)


@dataclass
class _Found:
    """What was found in somebody else's file so far."""

    settings: Mapping[str, object]
    source: str
    title: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    role: str = ""  # of the heading above
    level: int = 0  # of that heading

    def take(self, one: Part, *, first: int) -> None:
        """Take one heading's text to where it belongs."""
        if one.level == 1 and not self.title:
            self.title, self.role, self.level = one.heading, "", 1
            return self._head(one.text)
        if one.level == 0:
            return self._head(one.text)
        role = role_of(one.heading)
        if not self.title and not role:
            self.title, self.role, self.level = one.heading, "", one.level
            return self._head(one.text)
        if self.role in ("ways", "pros") and one.level > self.level:
            return self._way(one)
        if role and (one.level <= self.level or not self.role or role in ("consequences", "confirmation")):
            self.role, self.level = (
                role,
                one.level if one.level <= self.level or not self.role else self.level,
            )
            return self._add(role, one.text)
        below = bool(self.role) and one.level > self.level
        heading = f"**{one.heading}**\n\n" if one.heading else ""
        self._add(self.role if below else "more", f"{heading}{one.text}")
        if not below:
            self.role, self.level = "more", one.level

    def _head(self, told: str) -> None:
        """The lines below the title: labels first, the rest is context."""
        rest = []
        for one in told.split("\n"):
            label = _LABEL.match(one[:400])
            role = role_of(label[1], exact=True) if label else ""
            if label and role in ("status", "date", "deciders", "consulted", "informed"):
                self._add(role, label[2].strip(" |*_"))
            else:
                rest.append(one)
        self._add("intro", "\n".join(rest))

    def _add(self, role: str, told: str) -> None:
        if role == "ways":
            self.ways += [way for way in map(Way, _bullets(told)) if way.name]
        elif role != "pros" and told.strip():
            self.texts.setdefault(role, []).append(told.strip())

    def _way(self, one: Part) -> None:
        name = line(one.heading)
        last = one.level > self.level + 1 and bool(self.ways)
        place = next((n for n, way in enumerate(self.ways) if _same(way.name, name)), None)
        if last:
            place, told = len(self.ways) - 1, f"**{name}**\n\n{one.text}"
        else:
            told = one.text
        if place is None:
            self.ways.append(Way(name, told))
        else:
            before = self.ways[place]
            self.ways[place] = Way(before.name, f"{before.text}\n\n{told}".strip())

    @property
    def record(self) -> Record:
        """All of it."""
        why = self._text("why")
        chosen = next((n for n, way in enumerate(self.ways) if _same(way.name, chosen_in(why))), None)
        context = self._text("context") or self._text("intro")
        more = [self._text("intro")] if self._text("context") else []
        return Record(
            title=titled(self.title or _said(self.settings.get("title")), self.source),
            status=status_of(self._said("status", "state")),
            date=self._date(),
            deciders=self._names("deciders", "decision-makers", "decision_makers", "authors", "author"),
            consulted=self._names("consulted"),
            informed=self._names("informed"),
            context="\n\n".join(filter(None, [context, self._text("drivers")])),
            ways=tuple(self.ways),
            chosen=chosen,
            why=why,
            consequences=self._text("consequences"),
            confirmation=self._text("confirmation"),
            more="\n\n".join(filter(None, [*more, self._text("more")])),
        )

    def _text(self, role: str) -> str:
        return "\n\n".join(self.texts.get(role, []))

    def _said(self, role: str, *keys: str) -> str:
        told = next((_said(self.settings[key]) for key in (role, *keys) if self.settings.get(key)), "")
        return told or self._text(role)

    def _date(self) -> date | None:
        named = re.search(r"(?<!\d)(\d{4}-?\d{2}-?\d{2})(?!\d)", self.source[-200:])
        told = (
            self.settings.get("date"),
            self._text("date"),
            self._text("status"),
            named[1] if named else "",
        )
        return next(filter(None, map(day_of, told)), None)

    def _names(self, role: str, *keys: str) -> tuple[str, ...]:
        told = next((self.settings[key] for key in (role, *keys) if self.settings.get(key)), None)
        return _people(told if told is not None else self._text(role))


def role_of(heading: str, *, exact: bool = False) -> str:
    """What a heading or a label is about; "" where it is about something else."""
    told = NUMBER.sub("", line(heading).strip("*_ :#").lower()).strip("*_ :")
    for role, words in ROLES.items():
        if told in words:
            return role
    if exact:
        return ""
    return next((role for role, words in ROLES.items() if told.startswith(words)), "")


def status_of(told: str) -> str:
    """The status as one of the known words; "" where it is none of them."""
    first = next((one for one in told.split("\n") if one.strip(" *_-")), "")
    for word, signs in WORDS.items():
        if any(sign in first.lower() for sign in signs):
            by = re.search(r"by\s.{1,120}", first) if word == "superseded" else None
            return f"{word} {by[0]}" if by else word
    return "unknown"


def titled(told: str, source: str) -> str:
    """A title without its number; of the file's name where there is none."""
    plain = _NUMBERED.sub("", line(told)[:400], count=1).strip()
    if plain:
        return plain
    name = source.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"^\d{1,8}[-_ ]", "", name[:200]).replace("-", " ").replace("_", " ").strip().capitalize()


def chosen_in(told: str) -> str:
    """The name of the chosen option that a text tells, "" where it tells none."""
    found = _CHOSEN.search(told[:5_000])
    return line(found[1] or found[2] or "").strip("*_ ") if found else ""


def _same(one: str, other: str) -> bool:
    a, b = (re.sub(r"[^\w]", "", each.lower()) for each in (one, other))
    return (
        bool(a) and bool(b) and (a == b or (min(len(a), len(b)) > 5 and (a.startswith(b) or b.startswith(a))))
    )


def _bullets(told: str) -> Iterator[str]:
    for one in told.split("\n"):
        if (found := _BULLET.match(one)) and not one.startswith(("  ", "\t")):
            yield line(re.sub(r"\[([^\]]{1,300})\]\([^)]{0,300}\)", r"\1", found[1][:600])).strip("*_ ")[:300]


def _said(told: object) -> str:
    if isinstance(told, (list, tuple)):
        return ", ".join(map(str, told))
    return "" if told is None else str(told)


def _people(told: object) -> tuple[str, ...]:
    names: Iterable[object] = (
        told if isinstance(told, list) else re.split(r"[,;\n]|\s&\s", _said(told)[:5_000])
    )
    plain = (line(re.sub(r"\[([^\]]{1,200})\]\([^)]{0,300}\)", r"\1", str(one)[:600])) for one in names)
    return tuple(
        filter(None, (one.strip("-*+[]{} ") if not isinstance(told, list) else one for one in plain))
    )
