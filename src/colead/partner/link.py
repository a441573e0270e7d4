"""Link: whether the code shows why two parts change together, or only their history does."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

from colead import phrase
from colead.codebase import Codebase, SourceFile
from colead.partner.parts import Link

K = TypeVar("K")
Texts = Callable[[Sequence[str]], Mapping[str, bytes]]  # contents by hash, of those that can be read
CODE, HISTORY, NOT_ANALYSED = "code", "history", "not analysed"
MOST_FILES, MOST_BYTES, LARGEST = 150, 400 << 10, 128 << 10  # read of one part; of one file
HEAD = 16 << 10  # bytes of a file in which its imports are looked for
SHORTEST = 5  # letters of a name that is looked for
NAMED = 60  # letters of a name that are told
_BARE = frozenset(("ruby", "swift", "crystal"))  # languages in which a type needs no import to be named
FOLDERS = frozenset(("index", "init__", "mod", "main", "init", "lib"))  # files that stand for their folder

_KEPT = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$"
_WORDS = bytes(one if one in _KEPT or one > 127 else 32 for one in range(256))
_PATHS = bytes(
    one if one in _KEPT + b"-/@\n" or one > 127 else 47 if one in b".\\:" else 32 for one in range(256)
)
_BRINGS = re.compile(
    rb"\b(?:import|from|require|require_relative|include|using|use|render|extends)\b|/|[\"'][\w-]{1,80}\."
)
_RELATIVE = re.compile(rb"[\"'](\.{1,2}/[^\"'\n]{1,200})[\"']")


def nothing(oids: Sequence[str]) -> Mapping[str, bytes]:
    """No contents at all, where none can be asked for."""
    return {}


class Links:
    """Looks for links between parts of one codebase: names and paths of the one in files of the other."""

    def __init__(self, codebase: Codebase, texts: Texts) -> None:
        self.codebase, self.texts = codebase, texts

    def between(self, one: str, other: str, first: Iterable[str]) -> Link:
        """Whether a file of one part (a key) uses the other, or the other way round.

        `first` are the paths to read first; at most MOST_FILES and MOST_BYTES of each part are read.
        """
        order = {path: place for place, path in enumerate(first)}
        files = (file for key in (one, other) for file in self._of(key))
        if not any(self.codebase.definitions.get(file.path) for file in files):
            return Link(NOT_ANALYSED, "whether the code shows it was not analysed: no names are read there")
        sides = [(list(self._read(user, order)), used) for user, used in ((one, other), (other, one))]
        if not any(files for files, _ in sides):
            return Link(NOT_ANALYSED, "whether the code shows it was not analysed: no file could be read")
        for look in (self._brought, self._named):
            for file, text, used in ((*file, used) for files, used in sides for file in files):
                if found := look(file, text, used):
                    said = phrase.clip(phrase.literal(found), NAMED)
                    return Link(CODE, f"the code shows the link: {phrase.literal(file.path)} uses {said}")
        return Link(HISTORY, "only the history shows it: no import or call was found between them")

    def _read(self, key: str, order: Mapping[str, int]) -> Iterator[tuple[SourceFile, bytes]]:
        chosen = list(self._chosen(key, order))
        texts = self.texts([file.oid for file in chosen])
        return ((file, texts[file.oid]) for file in chosen if file.oid in texts)

    def _chosen(self, key: str, order: Mapping[str, int]) -> Iterator[SourceFile]:
        weight = 0
        files = [file for file in self._of(key) if file.size <= LARGEST]
        for file in sorted(files, key=lambda one: order.get(one.path, len(order)))[:MOST_FILES]:
            weight += file.size
            if weight > MOST_BYTES:
                return
            yield file

    def _named(self, file: SourceFile, text: bytes, used: str) -> str:
        """A name of the other part that stands in a file; types before the rest."""
        words = (one for one in set(text.translate(_WORDS).split()) if self._names.get(one) == used)
        names = (one.decode("utf-8", "replace") for one in words)
        several = (one for one in names if file.language in _BARE or _compound(one))
        return max(several, key=lambda one: (one[:1].isupper(), len(one), one), default="")

    def _brought(self, file: SourceFile, text: bytes, used: str) -> str:
        """The path of the other part that a file's first lines bring in."""
        folder, head = posixpath.dirname(file.path), text[:HEAD]
        for found in _RELATIVE.findall(head):
            there = posixpath.normpath(posixpath.join(folder, found.decode("utf-8", "surrogateescape")))
            if self._stems.get(_stem(there)) == used:
                return there
        for line in head.split(b"\n"):
            plain = line.replace(b" import ", b".").translate(_PATHS) if _BRINGS.search(line) else b""
            for token in plain.split():
                told = token.decode("utf-8", "surrogateescape").replace("@", "").split("/")
                pairs = reversed(list(pairwise(one for one in told if one)))
                pair = next((one for one in pairs if self._pairs.get(one) == used), None)
                if pair:
                    return "/".join(pair)
        return ""

    def _of(self, key: str) -> Sequence[SourceFile]:
        return self._files.get(key, ())

    @cached_property
    def _files(self) -> Mapping[str, list[SourceFile]]:
        found: dict[str, list[SourceFile]] = {}
        for file, key in self._seated():
            found.setdefault(key, []).append(file)
        return found

    def _seated(self) -> Iterator[tuple[SourceFile, str]]:
        seated = zip(self.codebase.product, self.codebase.seats, strict=True)
        return ((file, key) for file, key in seated if key is not None)

    @cached_property
    def _names(self) -> Mapping[bytes, str]:
        """Names by the only part that defines them; of what several files define, as hooks, only types."""
        defined = self.codebase.definitions
        times = Counter(chain.from_iterable(defined.values()))
        found = (
            (name.encode("utf-8", "replace"), key)
            for file, key in self._seated()
            for name in (_bare(file.path), *map(_last, defined.get(file.path, ())))
            if _telling(name) and (times[name] < 2 or name[:1].isupper())
        )
        return _owned(found)

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], str]:
        """The last two pieces of paths, and of their folders, by the only part that has them."""
        return _owned((pair, key) for file, key in self._seated() for pair in _ends(file.path))

    @cached_property
    def _stems(self) -> Mapping[str, str]:
        return _owned((_stem(file.path), key) for file, key in self._seated())


def _owned(found: Iterable[tuple[K, str]]) -> Mapping[K, str]:
    """Each thing with the only part it is of; "" where it is of several."""
    owner: dict[K, str] = {}
    for thing, key in found:
        if owner.setdefault(thing, key) != key:
            owner[thing] = ""
    return owner


def _last(name: str) -> str:
    """The name itself, without what it lies in: "Label" of "Shipping::Label"."""
    return name.replace("::", ".").rpartition(".")[2]


def _telling(name: str) -> bool:
    """Whether a name is one that nobody writes by chance: of several words, or a type's."""
    return len(name) >= SHORTEST and not name.startswith("__") and (name[:1].isupper() or _compound(name))


def _compound(name: str) -> bool:
    """Whether a name is made of several words."""
    plain = name.strip("_")
    return "_" in plain or (any(one.isupper() for one in plain[1:]) and not plain.isupper())


def _bare(path: str) -> str:
    """A file's name without its endings: "label" of "shipping/_label.html.erb"."""
    return path.rpartition("/")[2].partition(".")[0].lstrip("_")


def _stem(path: str) -> str:
    """A path without its endings; that of its folder where the file stands for it."""
    folder, stem = path.rpartition("/")[0], _bare(path)
    return folder if stem in FOLDERS else f"{folder}/{stem}"


def _ends(path: str) -> Iterator[tuple[str, str]]:
    """How others name a file or its folder: by the last two pieces."""
    pieces = [one for one in path.split("/")[:-1] if one]
    yield from ((pieces[-1], _bare(path)),) if pieces else ()
    yield from ((pieces[-2], pieces[-1]),) if len(pieces) > 1 else ()
