"""Door: a repository, open for reading."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from colead.readers.git.differences import Change, differences
from colead.readers.git.limits import Limits, no_such_name, not_a_hash, too_many_files
from colead.readers.git.place import HASH, Place, find

if TYPE_CHECKING:
    from colead.readers.git.objects import Objects
    from colead.readers.git.shadow import Shadow

LATEST = 4_102_444_800  # 1 January 2100, unix seconds
MESSAGE = 65_536  # characters of a message that are kept
FORMAT = "--format=%H%n%P%n%ct%n%aN%n%aE%n%B"


class Commit(NamedTuple):
    """One commit; text keeps undecodable bytes as surrogates, a declared encoding is undone by git."""

    oid: str
    parents: tuple[str, ...]
    at: int  # unix seconds of the commit date, clamped to 1970..2100; 0 when it is no date
    author: str  # as .mailmap says
    email: str
    message: str  # at most MESSAGE characters


class Entry(NamedTuple):
    """One file of a tree: no submodules, no symbolic links."""

    path: bytes
    oid: str
    size: int  # bytes; -1 when the file is not in this clone
    mode: str


class Door:
    """A repository, open for reading; a context manager that leaves nothing behind."""

    def __init__(self, place: Place, limits: Limits) -> None:
        self._place, self._limits = place, limits
        self._noted: list[str] = []
        self._lazy_shadow: Shadow | None = None
        self._lazy_objects: Objects | None = None
        self.beside: Mapping[str, bytes] = {}  # texts that hold beside its own settings files, by their path

    @classmethod
    def open(cls, where: str | os.PathLike[str], limits: Limits | None = None) -> Self:
        """The repository that the folder `where` lies in.

        Reads a few small files and starts no process. RepositoryError E20..E26.
        """
        return cls(find(where), limits or Limits())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process and remove the shadow directory."""
        if self._lazy_objects:
            self._lazy_objects.close()
        if self._lazy_shadow:
            self._lazy_shadow.close()
        self._lazy_objects = self._lazy_shadow = None

    @property
    def git_dir(self) -> Path:
        """The common git directory that objects are borrowed from."""
        return self._place.git_dir

    @property
    def root(self) -> Path | None:
        """The work tree folder, None for a bare repository; no git process ever sees it."""
        return self._place.root

    @property
    def name(self) -> str:
        """A name for people: "checkout" for /srv/checkout/.git and for checkout.git."""
        return self._place.name

    @property
    def tip(self) -> str:
        """The full hash that HEAD stands on."""
        return self._place.tip

    @property
    def branch(self) -> str:
        """The full name of the branch that HEAD names ("refs/heads/notes"), "" where it names a commit."""
        return self._place.branch

    @property
    def index_file(self) -> Path:
        """Where git keeps what is staged in this work tree."""
        return self._place.own / "index"

    @property
    def origin(self) -> str:
        """The address that the clone was made from, as written; "" where there is none."""
        from colead.readers.git.remote import origin

        return origin(self._place.git_dir)

    def at(self, commit: str) -> Self:
        """The same repository as it was when `commit` was its tip; a door of its own, to be closed."""
        return type(self)(replace(self._place, tip=self._hash(commit)), self._limits)

    def holds(self, ref: str) -> str:
        """The hash that a full ref leads to ("refs/remotes/origin/HEAD"), "" where there is none."""
        from colead.readers.git.place import ref_value

        return ref_value(self._place, ref) or ""

    def resolve(self, name: str) -> str:
        """The commit that a name means: a full hash, HEAD, a branch, a branch of a remote or a tag.

        Names are looked up in git's own files and never handed to git.
        RepositoryError E37 when nothing of that name is here.
        """
        given = name.strip()
        if HASH.match(given) and len(given) == len(self.tip):
            return self._commit_of(given, name)
        if given in ("HEAD", "@"):
            return self.tip
        tried = (given, *(f"refs/{kind}/{given}" for kind in ("tags", "heads", "remotes")))
        away = (f"refs/remotes/{given}/HEAD", f"refs/remotes/origin/{given}")
        found = next(filter(None, map(self.holds, (*tried, *away))), "")
        if not found:
            raise no_such_name(name)
        return self._commit_of(found, name)

    def merge_base(self, one: str, other: str) -> str:
        """The newest commit that both came from, "" where they share none or one is not here."""
        with self._shadow.start("merge-base", self._hash(one), self._hash(other)) as running:
            told = running.until(b"\n", len(self.tip))
        text = (told or b"").decode("ascii", "replace")
        return text if HASH.match(text) else ""

    def _commit_of(self, oid: str, name: str) -> str:
        """The commit itself, also where an annotated tag stands before it."""
        found = self.merge_base(oid, oid)
        if not found:
            raise no_such_name(name)
        return found

    @property
    def shallow(self) -> frozenset[str]:
        """Boundary commits, whose parents are not in this clone; empty when it is complete."""
        return self._place.shallow

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read, so far, in sentences."""
        return self._place.notes + tuple(self._noted)

    def commits(self, new: str, old: str | None = None) -> Iterator[Commit]:
        """Commits reachable from `new` and not from `old`, children before parents, streamed."""
        wanted = [self._hash(new), *([f"^{self._hash(old)}"] if old else [])]
        mailmap = f"mailmap.blob={self.tip}:.mailmap"
        with self._shadow.start("-c", mailmap, "log", "-z", "--topo-order", FORMAT, *wanted, "--") as running:
            for records in running.records():
                yield from map(_commit, records)
            running.finish()

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `old` is reachable from `new`; False also when `old` is not in this clone."""
        asked = ("merge-base", "--is-ancestor", self._hash(old), self._hash(new))
        with self._shadow.start(*asked) as running:
            return running.status() == 0

    def changes(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[Change]]]:
        """The files that each commit changed against its base, in the given order.

        A pair is (commit, base); base "" stands for a commit without parents.
        Renames are exact ones. Submodules are left out. A boundary commit of
        a shallow clone, and a commit whose folders are missing or damaged,
        give []; the latter are told in `notes`. LimitReached E30, before
        anything is read, when the tip itself holds too many files.
        """
        self._weigh(self.tip)
        checked = ((self._hash(new), self._hash(base) if base else "") for new, base in pairs)
        return differences(self._shadow, checked, self.shallow, self._noted)

    def count_files(self, commit: str) -> int:
        """How many files `commit` holds, memoised over equal folders: a tree bomb is counted, not walked."""
        return self._objects.count(self._hash(commit))

    def tree(self, commit: str, folder: str = "") -> list[Entry]:
        """The files of `commit`, or of one folder of it that Colead names, in git's order.

        LimitReached E30 when the commit holds more than limits.files.
        """
        self._weigh(commit)
        asked = ("-r", "-l", "-z", "--full-tree", self._hash(commit), *([folder] if folder else []))
        with self._shadow.start("ls-tree", *asked) as running:
            entries = [entry for records in running.records() for entry in map(_entry, records) if entry]
            running.finish()
        return entries

    def blobs(self, oids: Iterable[str], largest: int = 1 << 20) -> Iterator[tuple[str, bytes | None]]:
        """Contents of blobs in the given order; None for what is missing or larger than `largest` bytes."""
        return self._objects.blobs(map(self._hash, oids), largest)

    def _weigh(self, commit: str) -> None:
        """Refuse a commit of too many files before any of them is read."""
        count = self.count_files(commit)
        if count > self._limits.files:
            raise too_many_files(count, self._limits.files)

    def _hash(self, given: str) -> str:
        if len(given) != len(self.tip) or not HASH.match(given):
            raise not_a_hash(given)
        return given

    @property
    def _shadow(self) -> Shadow:
        if self._lazy_shadow is None:
            from colead.readers.git.shadow import Shadow

            self._lazy_shadow = Shadow(self._place, self._limits)
        return self._lazy_shadow

    @property
    def _objects(self) -> Objects:
        if self._lazy_objects is None:
            from colead.readers.git.objects import Objects

            self._lazy_objects = Objects(self._shadow, len(self.tip))
        return self._lazy_objects


DIGITS = re.compile(r"\d{1,20}\Z", re.ASCII)


def _commit(record: bytes) -> Commit:
    fields = record.decode("utf-8", "surrogateescape").split("\n", 5)
    oid, parents, at, author, email, message = (*fields, "", "", "", "", "")[:6]
    seconds = min(int(at), LATEST) if DIGITS.match(at) else 0
    return Commit(oid, tuple(parents.split()), seconds, author, email, message[:MESSAGE].rstrip("\n"))


def _entry(record: bytes) -> Entry | None:
    meta, _, path = record.partition(b"\t")
    mode, kind, oid, size = meta.decode("ascii").split()
    if kind != "blob" or not mode.startswith("100"):
        return None
    return Entry(path, oid, int(size) if size.isdigit() else -1, mode)
