"""Objects: blobs by hash and the number of files in a commit, asked of git in small windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from colead.errors import LimitReached
from colead.readers.git.limits import MEGABYTE, failure, too_deep, too_large, too_many_files

if TYPE_CHECKING:
    from colead.readers.git.shadow import Running, Shadow

AT_ONCE = 8 * MEGABYTE  # bytes of contents that are held at a time, or one single content
LISTING = 64 * MEGABYTE  # bytes of one folder's listing: more than a million names
DEEPEST = 2048  # levels of folders: git's own limit since 2.43; older ones crash further down
FOLDER, SUBMODULE = b"40000", b"160000"
Told = tuple[bytes, int, bytes]  # kind, size, content
MISSING: Told = (b"", 0, b"")


class Objects:
    """Two lasting `git cat-file` processes: one tells sizes, the other gives contents."""

    def __init__(self, shadow: Shadow, digits: int) -> None:
        self._shadow, self._digits = shadow, digits
        self._window = 4000 // (digits + 8)  # with "^{tree}" and a newline it stays below what any pipe holds
        self._running: dict[str, Running] = {}
        self._counted: dict[str, int] = {}

    def close(self) -> None:
        """End the processes."""
        for flag in list(self._running):
            self._drop(flag)

    def blobs(self, oids: Iterable[str], largest: int) -> Iterator[tuple[str, bytes | None]]:
        """Contents in the given order; None for what is missing, no blob, or larger than `largest` bytes."""
        waiting = iter(oids)
        while window := list(islice(waiting, self._window)):
            told = self._ask("--batch-check", window)
            for group in _groups(window, told, largest):
                fitting = [oid for oid, fits in group if fits]
                contents = iter(self._ask("--batch", fitting))
                for oid, fits in group:
                    kind, _, content = next(contents) if fits else MISSING
                    yield oid, content if kind else None

    def count(self, commit: str) -> int:
        """How many files `commit` holds; each different folder is read once, however often it appears.

        LimitReached E30 when there are more different folders than files allowed, E34 when nested too deep.
        """
        top = f"{commit}^{{tree}}"
        held: dict[str, tuple[int, list[str]]] = {}
        level, depth = [top], 0
        while level:
            if (depth := depth + 1) > DEEPEST:
                raise too_deep(DEEPEST)
            level = [name for name in dict.fromkeys(level) if name not in held and name not in self._counted]
            if len(held) + len(level) > self._shadow.limits.files:
                raise too_many_files(len(held) + len(level), self._shadow.limits.files)
            held.update(zip(level, self._listings(level), strict=True))
            level = [folder for name in level for folder in held[name][1]]
        return self._add_up(top, held)

    def _add_up(self, top: str, held: dict[str, tuple[int, list[str]]]) -> int:
        """Files below `top`; its folders first, without recursion."""
        waiting = [top]
        while waiting:
            files, folders = held.get(waiting[-1], (0, []))
            unknown = [folder for folder in folders if folder not in self._counted]
            if unknown:
                waiting += unknown
                continue
            name = waiting.pop()
            if name not in self._counted:
                self._counted[name] = files + sum(self._counted[folder] for folder in folders)
        return self._counted[top]

    def _listings(self, names: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """The number of files in each folder, and the hashes of the folders in it."""
        for start in range(0, len(names), self._window):
            window = names[start : start + self._window]
            told = self._ask("--batch-check", window)
            if any(size > LISTING for _, size, _ in told):
                raise too_large("one folder's listing", LISTING)
            if any(kind != b"tree" for kind, _, _ in told):
                raise failure(128, b"fatal: a folder is missing", self._shadow.limits)
            for name in window:
                yield _listing(self._ask("--batch", [name])[0][2], self._digits // 2)

    def _ask(self, flag: str, names: Sequence[str]) -> list[Told]:
        """One answer for each name, all of them read, so that the conversation never falls out of step."""
        answers: list[Told] = []
        try:
            while len(answers) < len(names):
                running = self._connected(flag)
                running.ask("".join(f"{name}\n" for name in names[len(answers) :]).encode())
                while len(answers) < len(names) and (told := _told(running, flag == "--batch")):
                    answers.append(told)
                if len(answers) < len(names):  # git died of the next one: damaged
                    answers.append(self._bury(flag))
        except BaseException:
            self._drop(flag)
            raise
        return answers

    def _connected(self, flag: str) -> Running:
        if flag not in self._running:
            self._running[flag] = self._shadow.start("cat-file", flag)
        return self._running[flag]

    def _bury(self, flag: str) -> Told:
        running = self._running[flag]
        error = failure(running.status(), running.said(), self._shadow.limits)
        self._drop(flag)
        if isinstance(error, LimitReached):
            raise error
        return MISSING

    def _drop(self, flag: str) -> None:
        if flag in self._running:
            self._running.pop(flag).kill()


def _told(running: Running, with_content: bool) -> Told | None:
    """The next answer; None when git has died."""
    line = running.line()
    if not line:
        return None
    fields = line.split(b" ")
    if len(fields) != 3:  # "<name> missing"
        return MISSING
    size = int(fields[2])
    content = running.exactly(size + 1) if with_content else b""
    if with_content and len(content) <= size:
        return None
    return fields[1], size, content[:-1]


def _groups(oids: Sequence[str], told: Sequence[Told], largest: int) -> Iterator[list[tuple[str, bool]]]:
    """The blobs in order with whether each is to be read, in groups of at most AT_ONCE bytes."""
    group: list[tuple[str, bool]] = []
    weight = 0
    for oid, (kind, size, _) in zip(oids, told, strict=True):
        fits = kind == b"blob" and size <= largest
        weight += size if fits else 0
        if weight > AT_ONCE and group:
            yield group
            group, weight = [], size if fits else 0
        group.append((oid, fits))
    yield group


def _listing(data: bytes, width: int) -> tuple[int, list[str]]:
    """Files and folders of one tree object: "<mode> <name>\\0<hash>" again and again."""
    files, folders, start = 0, [], 0
    while start < len(data):
        space = data.find(b" ", start)
        end = data.find(b"\0", space) + 1
        if space < 0 or end <= 0:
            break
        mode = data[start:space]
        if mode.lstrip(b"0") == FOLDER:
            folders.append(data[end : end + width].hex())
        elif mode != SUBMODULE:
            files += 1
        start = end + width
    return files, folders
