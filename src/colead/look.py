"""Look: opens repositories, updates their caches, reads the spec, composes the reading.

What every door calls.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from colead.errors import DateError, SpecError, StoreError

if TYPE_CHECKING:  # the no-op update must not pay for what only a reading needs
    import numpy as np

    from colead.agreement import Ownership
    from colead.checking import Material
    from colead.codebase import Codebase
    from colead.readers.git import Door
    from colead.reading import Reading
    from colead.store.imports import Given
    from colead.touch import Tried

Progress = Callable[[int, int, str], None]
PathLike = str | Path
Beside = Mapping[str, Mapping[str, bytes]]  # by folder of a repository: by path, the text of a settings file
LARGEST_SPEC = 1 << 20  # bytes
T = TypeVar("T")


def silent(done: int, total: int, what: str) -> None:
    """Report progress to nobody."""


def cache_folder() -> Path:
    """Where Colead keeps what it has read: COLEAD_CACHE, else the platform's cache folder."""
    if named := os.environ.get("COLEAD_CACHE"):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "colead"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "colead" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "colead"


def update(
    repos: Sequence[PathLike] = (".",), *, cache: Path | None = None, progress: Progress = silent
) -> list[str]:
    """Bring the caches up to date and return one plain sentence per repository."""
    from colead.readers.git import Door
    from colead.store import Store

    said = []
    for where in repos:
        with Door.open(where) as door, Store.open(door, cache or cache_folder()) as store:
            told = store.update(door, progress)
            said.append(f"{door.name}: {told.sentence}")
    return said


def check(
    spec: PathLike | None = None,
    repos: PathLike | Sequence[PathLike] = ".",
    *,
    text: str | bytes | None = None,
    source: str = "text",
    by: date | None = None,
    today: date | None = None,
    changes: int | None = None,
    prototype: str = "",
    trials: Mapping[str, Tried] | None = None,
    given: Given | None = None,
    path: str = "",
    beside: Beside | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> Reading:
    """Check a spec (a file, or `text`) against one or several repositories.

    Args:
        spec: the spec's file; leave it out and give `text` instead.
        repos: folders inside git repositories, bare ones too.
        text: the spec itself, Markdown or plain text.
        source: what a reading calls a spec given as `text`.
        by: the hoped-for date; without it a date that the spec names.
        today: the day to count from and to read the history up to; today by default.
        changes: how many landings the idea is expected to take, all in all.
        prototype: the branch of a prototype; what it changed replaces what the spec lets expect.
        trials: the same, as `tried` told it earlier, by the folder in `repos`.
        given: exports of issues and incidents, beside those that the repositories' settings name.
        path: read only this subfolder of each repository.
        beside: texts that hold beside a repository's own settings files, by the folder in `repos`.
        cache: folder of the caches; the platform's by default.
        progress: called with (done, total, what) while something takes long.

    Raises:
        ColeadError: with a code, what happened, why, and what to try.
    """
    from colead import __version__
    from colead.checking import Request, read
    from colead.readers.markdown import read_spec
    from colead.readers.trial import absent
    from colead.spec import hoped_ahead

    data, named = spec_bytes(spec, text, source)
    counted_from = today or datetime.now(UTC).date()
    asked = read_spec(data, named)
    _refuse_past(by, counted_from)
    places = [repos] if isinstance(repos, (str, Path)) else list(repos)
    opening = Opening(
        counted_from,
        path,
        cache,
        progress,
        given=given,
        beside=beside or {},
        prototype=prototype,
        trials=trials or {},
    )
    with opening.materials(places) as materials:
        if prototype and all(one.trial is None for one in materials):
            raise absent(prototype)
        request = Request(
            spec=asked,
            today=counted_from,
            made=datetime.now(UTC),
            version=__version__,
            by=by or hoped_ahead(asked, counted_from),
            changes=changes,
        )
        return read(request, materials, rng=chance(asked.digest, materials, counted_from))


def tried(
    repos: Sequence[PathLike],
    branch: str,
    *,
    beside: Beside | None = None,
    cache: Path | None = None,
    progress: Progress = silent,
) -> dict[str, Tried]:
    """What the branch of a prototype changed, by folder in `repos`; those without the branch are left out.

    Raises:
        ColeadError: E47 where no repository has it, or it is no prototype.
    """
    from colead.readers.trial import absent

    today = datetime.now(UTC).date()
    opening = Opening(today, "", cache, progress, beside=beside or {}, prototype=branch)
    with opening.materials(repos) as materials:
        pairs = zip(map(str, repos), materials, strict=True)
        found = {where: one.trial for where, one in pairs if one.trial is not None}
    if not found:
        raise absent(branch)
    return found


def suggest(
    repo: PathLike = ".", *, cache: Path | None = None, progress: Progress = silent
) -> dict[str, str]:
    """Texts of the settings files that would fit this repository, by their path below it."""
    from colead.readers.git import Door
    from colead.store import Store
    from colead.store.codebase import codebase
    from colead.writers.settings import suggestions

    with Door.open(repo) as door, Store.open(door, cache or cache_folder()) as store:
        store.update(door, progress)
        return suggestions(codebase(store, door, progress))


def named(repo: PathLike = ".") -> int:
    """How many words of its own a team gave to parts of a repository."""
    from colead.readers.git import Door
    from colead.readers.settings import GLOSSARY, read_glossary
    from colead.store.corrections import settings_text

    with Door.open(repo) as door:
        return len(read_glossary(settings_text(door, GLOSSARY)))


def owned(repo: PathLike = ".") -> Ownership:
    """Who decides what, as a repository's agreement file says; the usual table where there is none."""
    from colead.agreement import FILE
    from colead.readers.agreement import read_agreement
    from colead.readers.git import Door
    from colead.store.corrections import settings_text

    with Door.open(repo) as door:
        return read_agreement(settings_text(door, FILE))


def spec_bytes(spec: PathLike | None, text: str | bytes | None, source: str) -> tuple[bytes, str]:
    """The spec's bytes, at most one more than LARGEST_SPEC, and what to call it; SpecError E50, E51."""
    if text is not None:
        return (text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text), source
    if spec is None:
        raise SpecError("E50", "no spec was given", why="there is nothing to check", hint="name a file")
    place = Path(spec)
    try:
        with place.open("rb") as file:
            return file.read(LARGEST_SPEC + 1), str(spec)
    except FileNotFoundError:
        why, hint = "there is no such file", "look at the name; '-' reads standard input"
    except IsADirectoryError:
        why, hint = "it is a folder, and a spec is one text file", "name the file in it"
    except OSError as error:
        why, hint = error.strerror or str(error), "look at its permissions"
    raise SpecError("E51", f"the spec {str(spec)!r} could not be read", why=why, hint=hint)


def _refuse_past(by: date | None, today: date) -> None:
    if by is not None and by <= today:
        raise DateError(
            "E04",
            f"--by {by.isoformat()} is not ahead of {today.isoformat()}",
            why="a hoped-for date is counted forward from today",
            hint="name a later date, or leave --by out",
        )


@dataclass(frozen=True)
class Opening:
    """How every repository of one check is opened."""

    today: date
    path: str
    cache: Path | None
    progress: Progress
    below: str = ""  # folder in that of the caches
    given: Given | None = None  # exports that a person names
    beside: Beside = field(default_factory=dict)
    prototype: str = ""  # a branch
    trials: Mapping[str, Tried] = field(default_factory=dict)  # by folder of a repository

    @contextmanager
    def materials(self, repos: Sequence[PathLike]) -> Iterator[list[Material]]:
        """Open every repository, update its cache, and hand out what the words need."""
        with ExitStack() as stack:
            found: list[Material] = []
            for where in repos:
                found.append(self.material(stack, where, {one.name for one in found}))
            yield found

    def material(self, stack: ExitStack, where: PathLike, taken: set[str]) -> Material:
        """One repository, opened until the stack closes."""
        from colead.readers.git import Door

        door = stack.enter_context(Door.open(where))
        door.beside = self.beside.get(str(where), {})
        found = self.seen(stack, door, taken)
        return replace(found, trial=self._trial(str(where), door, found.activity.codebase))

    def _trial(self, where: str, door: Door, code: Codebase) -> Tried | None:
        from colead.readers.trial import trial

        return trial(door, self.prototype, code) if self.prototype else self.trials.get(where)

    def seen(self, stack: ExitStack, door: Door, taken: set[str]) -> Material:
        """What the words need of an open repository.

        A platform's cache that cannot be used costs time, not the reading: then
        everything is read anew, kept in memory, and the reading says so.
        """
        return self.kept(lambda cache, *more: self._read(stack, door, cache, taken, *more))

    def kept(self, use: Callable[..., T]) -> T:
        """Call `use` with the folder of the caches, or if that fails with None and a note."""
        try:
            return use((self.cache or cache_folder()) / self.below)
        except StoreError as error:
            if self.cache is not None:  # a folder that was named is meant
                raise
            return use(None, f"nothing was kept for next time: {error.what}")

    def _read(
        self, stack: ExitStack, door: Door, cache: Path | None, taken: set[str], *more: str
    ) -> Material:
        from colead.activity import activity
        from colead.checking import Material
        from colead.correction import lessons, until
        from colead.store import Store
        from colead.store.codebase import codebase
        from colead.store.corrections import commits, corrections, costs, occasions
        from colead.store.imports import imported
        from colead.store.index import Contents, index
        from colead.store.replayed import records

        store = stack.enter_context(Store.open(door, cache))
        store.update(door, self.progress)
        cut = (Contents(store, self.progress),)  # one pass over the contents serves parts and search
        code = codebase(store, door, self.progress, under=self.path, visitors=cut)
        learnt, gone = lessons(until(corrections(door), self.today), code)
        searched = index(store, door, code, self.progress)
        handed = imported(door, self.given)
        notes = (*door.notes, *store.notes, *filter(None, [code.coverage, gone]), *handed.notes, *more)
        history = store.history().until(self.today)
        seen = activity(history, code)
        known = records(store, self.today)
        return Material(
            distinct(door.name, taken),
            seen,
            searched,
            notes,
            known,
            learnt,
            commits(door),
            _texts(door),
            () if taken else occasions(door),
            handed,
            costs(door),
        )


def _texts(door: Door) -> Callable[[Sequence[str]], dict[str, bytes]]:
    """Contents of an open repository's files by hash; those that are not there or large are left out."""
    return lambda oids: {oid: data for oid, data in door.blobs(oids) if data is not None}


def distinct(name: str, taken: set[str]) -> str:
    """Two clones of one name stay apart: "shop", "shop-2"."""
    number = 2
    apart = name
    while apart in taken:
        apart, number = f"{name}-{number}", number + 1
    return apart


def chance(asked: str, materials: Sequence[Material], today: date) -> np.random.Generator:
    """Chance that is the same for the same question (a spec's digest), tips and day."""
    import numpy as np

    seed = hashlib.sha256(asked.encode())
    for one in materials:
        seed.update(one.activity.history.tip.encode())
    seed.update(today.isoformat().encode())
    return np.random.default_rng(int.from_bytes(seed.digest()[:8], "big"))
