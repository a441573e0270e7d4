"""A repository as it was before each of its landings, in memory: the tree at the parent, the past until then.

One pass over a clone: all blobs that any of the chosen landings' trees hold are cut
into terms once, then the trees are stepped through by their differences. What
searches and ranks is the product's own code; only where the postings lie differs.
Histories hold what landed before; files are followed through renames as far as
they had happened by then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from colead.activity import Activity
from colead.codebase import Codebase, Role, SourceFile, language_of, role_of
from colead.history import History, Kind, Landing
from colead.readers.git import Door
from colead.store import Store
from colead.store.codebase import Facts, codebase
from colead.store.contents import read_new
from colead.store.index import Contents
from colead.store.postings import Batch, Field, Shelf, _columns, _ranges, keys
from colead.terms import counts
from colead.touch.messages import message, said
from colead.touch.ranking import Postings

CHANGES = """
SELECT coalesce(h.files, x''), c.at
FROM landings l JOIN commits c ON c.id = l.id LEFT JOIN changes h ON h.id = l.id ORDER BY l.place
"""
WORDS, MOST_FILES, TITLES = 8, 30, 400
LAG, LONG = 14 * 86_400, 90 * 86_400
SKIPPED = re.compile(
    r"(?i)(?:revert|merge (?:branch|remote)|release|bump|version|v?\d+\.\d+"
    r"|(?:chore|ci|build)\(deps|(?:update|upgrade)s? (?:dependenc|translation)|translat|lint\b|prettier\b"
    r"|(?:run |apply |fix )?(?:lint|format|black|rubocop|prettier|eslint)(?:ing|ting|er)?\b)"
)
PATH = re.compile(r"\S*/\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{1,5}\b|\b\w+(?:\.\w+){2,}\b")
FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
SCOPE = re.compile(
    r"(?m)^\s*(?:[*-]\s*)?(?:\[[^\]\n]{1,40}\]\s*)?(?:[\w./,*&-]{1,40}(?:\([^)\n]{0,60}\))?!?:\s+)+"
)
CODE = re.compile(r"`[^`\n]*`")
IDENTIFIER = re.compile(
    r"\b\w+\([^()\n]*\)|[#@$:]\w[\w.:]*|\b\w+(?:(?:::|\.|->|#)\w+)+|\b\w*_\w*\b|(?<!\w)--?[a-z][\w-]+"
    r"|\b[a-z]+[A-Z]\w*\b|\b[A-Z][a-z0-9]+(?:[A-Z]\w*)+\b|<[^<>\n]{1,80}>"
)


def stripped(text: str) -> str:
    """A text without paths, file names and dotted module names."""
    return PATH.sub(" ", text)


def plain(text: str) -> str:
    """A text in product language: no code, no identifiers, no calls, no prefixes that name a scope."""
    return IDENTIFIER.sub(" ", stripped(CODE.sub(" ", SCOPE.sub(" ", FENCE.sub(" ", text)))))


READINGS: dict[str, Callable[[str], str]] = {"stripped": stripped, "kept": str, "product": plain}


class Rows:
    """Postings in memory, asked as a store's connection is."""

    def __init__(self, batch: Batch) -> None:
        self.held = batch.postings

    def execute(self, _: str, given: Sequence[Any]) -> Iterator[tuple[str, bytes]]:
        """The rows of the asked terms."""
        return ((term, self.held[term].tobytes()) for term in given[1:] if term in self.held)


@dataclass
class Documents:
    """Every document of one field that any moment may want."""

    which: Field
    connection: Any
    number: dict[str, int]
    units: np.ndarray
    lengths: np.ndarray
    starts: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.starts = np.concatenate([[0], np.cumsum(self.units)])

    @classmethod
    def of(cls, which: Field, texts: Iterable[tuple[str, str]]) -> Documents:
        """Cut (key, text) pairs."""
        batch = Batch()
        for key, text in texts:
            batch.add(key, (counts(text),))
        number = {key: place for place, key in enumerate(batch.keys)}
        units = np.array(batch.units, dtype=np.int64)
        return cls(which, Rows(batch), number, units, np.array(batch.lengths, dtype=np.float64))

    @classmethod
    def stored(cls, which: Field, store: Store) -> Documents:
        """What a store holds of a field."""
        number = {key: place for place, key in enumerate(keys(store.db, which))}
        return cls(which, store.db, number, *_columns(store.db, which))

    def shelf(self, places: np.ndarray) -> Shelf:
        """The wanted documents by place, as `Shelf.of` seats them."""
        fan = self.units[places]
        unit = _ranges(self.starts[places], fan)
        owner = np.repeat(np.arange(len(places), dtype=np.int32), fan)
        held = np.bincount(unit, minlength=len(self.lengths))
        first = np.concatenate([[0], np.cumsum(held)])
        order = np.argsort(unit, kind="stable")
        return Shelf(self.connection, self.which, len(places), owner, self.lengths[unit], first, order)


@dataclass
class At:
    """`colead.touch.Index` at one moment."""

    content: Shelf
    symbol: Shelf
    path: Shelf
    messages_: Documents
    trees: None = None

    def chunks(self, asked: Sequence[str]) -> tuple[Postings, np.ndarray]:
        """Which chunks hold the terms."""
        return self.content.units(asked), self.content.owner

    def symbols(self, asked: Sequence[str]) -> Postings:
        """Which files define the terms."""
        return self.symbol.whole(asked)

    def paths(self, asked: Sequence[str]) -> Postings:
        """Which paths hold the terms."""
        return self.path.whole(asked)

    def messages(self, asked: Sequence[str], landings: Sequence[Landing]) -> Postings:
        """Which of the first landings speak of the terms."""
        return self.messages_.shelf(np.arange(len(landings))).whole(asked)


@dataclass(frozen=True)
class Effort:
    """Landings of 90 days that share an issue or a branch, told as one text."""

    title: str
    body: str
    truth: frozenset[str]
    born: frozenset[str]  # product files that it added


@dataclass(frozen=True)
class Case:
    """One landing as it was before it landed."""

    landing: Landing
    title: str  # cleaned, paths kept
    body: str
    truth: frozenset[str]  # product files, there before, that it changed
    activity: Activity
    lagged: Activity  # the same code, the history as it was 14 days earlier
    index: At
    test: bool
    seat: np.ndarray
    effort: Effort | None  # that this landing is the first of
    born: frozenset[str] = frozenset()  # product files that it added
    changed: frozenset[str] = frozenset()  # all paths that it changed or made, by their names after it

    @property
    def today(self) -> date:
        """Its day."""
        return datetime.fromtimestamp(self.landing.at, UTC).date()


class Earlier:
    """A door through which the repository is seen as it was when `tip` was its newest commit."""

    def __init__(self, door: Door, tip: str) -> None:
        self._door, self.tip = door, tip

    def __getattr__(self, name: str) -> Any:
        return getattr(self._door, name)


def quiet(done: int, total: int, what: str) -> None:
    """Report progress to nobody."""


@dataclass
class Past:
    """The whole history with the path that each change row had when it happened."""

    history: History
    path: list[str]  # of each change row
    old: list[str]
    texts: dict[str, tuple[str, str]]

    @classmethod
    def read(cls, store: Store, door: Door) -> Past:
        """Read a store."""
        history = store.history()
        told = store.db.execute(CHANGES).fetchall()
        blobs, at = [row[0] for row in told], np.array([row[1] for row in told], dtype=np.int64)
        counted = np.fromiter(map(len, blobs), dtype=np.int64, count=len(blobs)) // 12
        rows = np.frombuffer(b"".join(blobs), dtype="<i4").reshape(-1, 3)
        starts, order = np.cumsum(counted) - counted, np.argsort(at, kind="stable")
        turned = _ranges(starts[order], counted[order])
        named = [
            row[0].decode("utf-8", "surrogateescape")
            for row in store.db.execute("SELECT path FROM paths ORDER BY id")
        ]
        path = [named[one] for one in rows[turned, 0].tolist()]
        old = [named[one] if one >= 0 else "" for one in rows[turned, 1].tolist()]
        texts = {oid: (title, body) for oid, title, body in store.messages()}
        return cls(history, path, old, texts)


def chosen(past: Past, most: int) -> list[int]:
    """Positions of the newest usable landings, oldest first."""
    history, found = past.history, []
    first = np.searchsorted(history.change_landing, np.arange(len(history.landings) + 1))
    titles = [one.title for one in history.landings]
    for number in range(len(history.landings) - 1, -1, -1):
        one = history.landings[number]
        if one.kind is not Kind.PERSON or not one.base or SKIPPED.match(one.title):
            continue
        title, body = past.texts.get(one.oid, (one.title, ""))
        if len(stripped(f"{title} {said(body)}").split()) < WORDS:
            continue
        rows = range(first[number], first[number + 1])
        roles = [role_of(past.old[row] or past.path[row]) for row in rows]
        code = sum(role in (Role.PRODUCT, Role.TEST) for role in roles)
        there = any(
            role is Role.PRODUCT and history.change_status[row] != ord("A")
            for row, role in zip(rows, roles, strict=True)
        )
        if there and code <= MOST_FILES and one.title not in titles[max(0, number - TITLES) : number]:
            found.append(number)
            if len(found) == most:
                break
    return found[::-1]


def replay(
    clone: Path, cache: Path | None, *, tip: str = "", tests: int, training: int, every: int = 1
) -> Iterator[Case]:
    """The cases of one clone, oldest first: `training` ones, then every `every`th of `tests` ones.

    `tip` is the commit whose history is replayed, else that of HEAD.
    """
    with Door.open(clone) as opened, Store.open(opened, cache) as store:
        door: Any = Earlier(opened, tip) if tip else opened
        store.update(door, quiet)
        past = Past.read(store, door)
        numbers = chosen(past, tests + training)
        cut = max(0, len(numbers) - tests)
        numbers = numbers[:cut] + numbers[cut::every]
        cut = min(cut, len(numbers) - 1)
        if not numbers:
            return
        yield from _cases(door, store, past, numbers, cut)


def _trees(door: Door, past: Past, numbers: Sequence[int]) -> Iterator[dict[str, str]]:
    """The product paths of the tree that each landing landed on, with their hashes; one dict that changes."""
    bases = [past.history.landings[one].base for one in numbers]
    tree = {entry.path.decode("utf-8", "surrogateescape"): entry.oid for entry in door.tree(bases[0])}
    tree = {path: oid for path, oid in tree.items() if role_of(path) is Role.PRODUCT}
    yield tree
    roles: dict[str, bool] = {}
    for _, rows in door.changes(zip(bases[1:], bases[:-1], strict=True)):
        for row in rows:
            path, old = (one.decode("utf-8", "surrogateescape") for one in (row.path, row.old_path))
            if row.status in "DR":
                tree.pop(old or path, None)
            if row.status != "D" and row.mode.startswith("100"):
                if path not in roles:
                    roles[path] = role_of(path) is Role.PRODUCT
                if roles[path]:
                    tree[path] = row.oid
        yield tree


def _cases(
    door: Door, store: Store, past: Past, numbers: list[int], cut: int, groups: Any = None
) -> Iterator[Case]:
    blobs: dict[tuple[str, str], None] = {}
    for tree in _trees(door, past, numbers):
        blobs.update(dict.fromkeys(tree.items()))
    visitors = (Facts(store.db), Contents(store, quiet))
    read_new(store, door, [(oid, path) for path, oid in blobs], visitors, quiet)
    start: Any = Earlier(door, past.history.landings[numbers[cut]].base)
    parts = codebase(store, start, quiet, visitors=(Contents(store, quiet),)).components
    facts = {
        oid: (made, names)
        for oid, made, names in store.db.execute("SELECT oid, generated, definitions FROM blob_facts")
    }
    fields = (
        Documents.stored(Field.CONTENT, store),
        Documents.of(
            Field.SYMBOLS, ((oid, facts[oid][1].replace("\n", " ")) for oid in {oid for _, oid in blobs})
        ),
        Documents.of(Field.PATHS, ((path, path) for path in {path for path, _ in blobs})),
    )
    landings = past.history.landings
    spoken = ((one.oid, message(*past.texts.get(one.oid, ("", "")))) for one in landings)
    messages = Documents.of(Field.MESSAGES, spoken)
    names, efforts = Names(past), groups or Efforts(past)
    for place, (number, tree) in enumerate(zip(numbers, _trees(door, past, numbers), strict=True)):
        kept = sorted(path for path, oid in tree.items() if not facts[oid][0])
        names.until(number)
        truth = names.changed(number) & set(kept)
        effort = efforts.begun(number, names, frozenset(kept))
        if not truth and (groups is None or effort is None):
            continue
        product = tuple(SourceFile(path, tree[path], 0, Role.PRODUCT, language_of(path)) for path in kept)
        code = Codebase(landings[number].base, product, parts)
        shelves = [
            documents.shelf(np.array([documents.number[key] for key in wanted], dtype=np.int64))
            for documents, wanted in zip(
                fields, ([one.oid for one in product], [one.oid for one in product], kept), strict=True
            )
        ]
        title, body = past.texts.get(landings[number].oid, (landings[number].title, ""))
        before = int(np.searchsorted(past.history.at, landings[number].at - LAG))
        position = {one.key: place for place, one in enumerate(parts)}
        seat = np.array([position.get(code.seat(path) or "\0", -1) for path in kept], dtype=np.int32)
        yield Case(
            landings[number],
            said(title),
            said(body),
            frozenset(truth),
            names.activity(number, code),
            names.activity(min(before, number), code),
            At(*shelves, messages),
            place >= cut,
            seat,
            effort,
            names.born(number),
            names.made(number),
        )


class Names:
    """The path that each file had at a moment, as far as the history had told by then."""

    def __init__(self, past: Past) -> None:
        self.past, history = past, past.history
        self.first = np.searchsorted(history.change_landing, np.arange(len(history.landings) + 1))
        self.paths = ["\0"] * len(history.paths)
        self.seats = np.full(max(1, len(history.paths)), -1, dtype=np.int32)
        self.row = 0
        self.roles: dict[str, int] = {}
        self.people = history.by_people

    def until(self, number: int) -> None:
        """Step to before a landing."""
        files = self.past.history.change_file
        for row in range(self.row, int(self.first[number])):
            path, own = self.past.path[row], int(files[row])
            self.paths[own] = path
            if path not in self.roles:
                self.roles[path] = 0 if role_of(path) is Role.PRODUCT else -1
            self.seats[own] = self.roles[path]
        self.row = int(self.first[number])

    def changed(self, number: int) -> set[str]:
        """The paths that a landing changed, by the names they had before."""
        rows = range(int(self.first[number]), int(self.first[number + 1]))
        return {self.past.old[row] or self.past.path[row] for row in rows}

    def made(self, number: int) -> frozenset[str]:
        """The paths that a landing changed or made, by the names they had after it."""
        return frozenset(self.past.path[int(self.first[number]) : int(self.first[number + 1])])

    def born(self, number: int) -> frozenset[str]:
        """The paths of product files that a landing added."""
        rows = range(int(self.first[number]), int(self.first[number + 1]))
        fresh = (self.past.path[row] for row in rows if self.past.history.change_status[row] == ord("A"))
        return frozenset(path for path in fresh if role_of(path) is Role.PRODUCT)

    def activity(self, number: int, code: Codebase) -> Activity:
        """What people did before a landing, seen through a codebase; seats say only what is product."""
        whole, rows = self.past.history, int(self.first[number])
        history = History(
            whole.landings[:number],
            whole.change_landing[:rows],
            whole.change_file[:rows],
            whole.change_status[:rows],
            tuple(self.paths),
            code.commit,
        )
        history.__dict__["at"] = whole.at[:number]
        history.__dict__["by_people"] = self.people[:number]
        return Activity(history, code, tuple(one.key for one in code.components), self.seats.copy())


class Efforts:
    """Which landings belong together."""

    def __init__(self, past: Past) -> None:
        self.past = past
        self.members: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(past.history.landings):
            if one.kind is Kind.PERSON:
                for key in one.efforts[:1]:
                    self.members[key].append(number)

    def begun(self, number: int, names: Names, there: frozenset[str]) -> Effort | None:
        """The effort that a landing is the first of: two landings at least, three files that were there."""
        landings = self.past.history.landings
        first = landings[number]
        known = self.members[first.efforts[0]] if first.efforts else []
        near = [one for one in known if abs(landings[one].at - first.at) <= LONG]
        if len(near) < 2 or near[0] != number:
            return None
        truth = frozenset().union(*(names.changed(one) for one in near)) & there
        told = [self.past.texts.get(landings[one].oid, (landings[one].title, "")) for one in near]
        body = "\n".join(f"{said(title)}\n{said(body)}" for title, body in told)
        fresh = frozenset().union(*(names.born(one) for one in near))
        return Effort(said(told[0][0]), body, truth, fresh) if len(truth) >= 3 else None


__all__ = ["READINGS", "Case", "plain", "replay", "stripped"]
