"""Objects: blobs by hash and the number of files in a commit, asked of git in small windows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from colead.errors import LimitReached
from colead.readers.git.limits import MEGABYTE, damaged, too_deep, too_large, too_many_files

if TYPE_CHECKING:
    from colead.readers.git.shadow import Running, Shadow

AT_ONCE = 8 * MEGABYTE  # bytes of contents that are held at a time, or one single content
LISTING = 64 * MEGABYTE  # bytes of one folder's listing: more than a million names
DEEPEST = 2048  # levels of folders: git's own limit since 2.43; older ones crash further down
FOLDER, SUBMODULE = b"40000", b"160000"


class Told(NamedTuple):
    """What git says of one object; `content` is None when it was not asked for, is missing or is damaged."""

    kind: bytes
    size: int
    content: bytes | None


MISSING = Told(b"", 0, None)


class Objects:
    """Two lasting `git cat-file` processes: one tells sizes, the other gives contents."""

    def __init__(self, shadow: Shadow, digits: int) -> None:
        self._shadow, self._digits = shadow, digits
        self._window = 4000 // (digits + 8)  # names with "^{tree}" and newlines; below what any pipe holds
        self._end = (
            f"end-{os.urandom(12).hex()}"  # git answers "<this> missing" when all before it is answered
        )
        self._running: dict[str, Running] = {}
        self._counted: dict[str, int] = {}

    def close(self) -> None:
        """End the processes."""
        for flag in list(self._running):
            self._drop(flag)

    def blobs(self, oids: Iterable[str], largest: int) -> Iterator[tuple[str, bytes | None]]:
        """Contents in the given order; None for what is missing, damaged, no blob, or too large."""
        waiting = iter(oids)
        while window := list(islice(waiting, self._window)):
            for oid, told in zip(window, self._contents(window, b"blob", largest), strict=True):
                yield oid, told.content

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
            for told in self._contents(names[start : start + self._window], b"tree", LISTING):
                if told.size > LISTING:
                    raise too_large("one folder's listing", LISTING)
                if told.content is None:
                    raise damaged("A folder of the commit cannot be read.")
                yield _listing(told.content, self._digits // 2)

    def _contents(self, names: Sequence[str], kind: bytes, largest: int) -> Iterator[Told]:
        """Objects of one kind with their contents where these are not too large; sizes are asked first."""
        sizes = self._ask("--batch-check", names, AT_ONCE)
        fits = [told.kind == kind and told.size <= largest for told in sizes]
        start = 0
        while start < len(names):
            end, weight = start + 1, sizes[start].size
            while end < len(names) and (weight := weight + fits[end] * sizes[end].size) <= AT_ONCE:
                end += 1
            asked = [name for name, fit in zip(names[start:end], fits[start:end], strict=True) if fit]
            contents = iter(self._ask("--batch", asked, AT_ONCE + largest))
            for told, fit in zip(sizes[start:end], fits[start:end], strict=True):
                yield next(contents) if fit else told
            start = end

    def _ask(self, flag: str, names: Sequence[str], most: int) -> list[Told]:
        """One answer for each name. Where they do not add up (a damaged object), each is asked alone."""
        if not names:
            return []
        data = self._exchange(flag, names, most)
        answers = None if data is None else _answers(data, len(names), flag == "--batch")
        if answers is not None:
            return answers
        return [MISSING] if len(names) == 1 else [self._ask(flag, [name], most)[0] for name in names]

    def _exchange(self, flag: str, names: Sequence[str], most: int) -> bytes | None:
        """All that git prints about `names`; None when it dies of them or prints more than announced."""
        if flag not in self._running:
            self._running[flag] = self._shadow.start("cat-file", flag)
        running = self._running[flag]
        try:
            running.ask("".join(f"{name}\n" for name in (*names, self._end)).encode())
            data = running.until(f"{self._end} missing\n".encode(), most + 200 * len(names))
            error = running.failure() if running.ended else None
        except BaseException:  # an interrupted conversation would be out of step
            self._drop(flag)
            raise
        if data is None:
            self._drop(flag)
        if isinstance(error, LimitReached):
            raise error
        return data

    def _drop(self, flag: str) -> None:
        if flag in self._running:
            self._running.pop(flag).kill()


def _answers(data: bytes, count: int, with_content: bool) -> list[Told] | None:
    """The `count` answers in what git printed; None when they do not add up."""
    answers, start = [], 0
    while start < len(data):
        end = data.find(b"\n", start)
        fields = data[start:end].split(b" ")
        start = end + 1
        if end < 0 or fields[-1] == b"missing":
            answers.append(MISSING)
            continue
        if len(fields) != 3 or not fields[2].isdigit():
            return None
        kind, size = fields[1], int(fields[2])
        content = data[start : start + size] if with_content else None
        if with_content and data[start + size : start + size + 1] != b"\n":
            return None
        start += size + 1 if with_content else 0
        answers.append(Told(kind, size, content))
    return answers if len(answers) == count else None


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
