"""Shadow: a private git directory that only borrows another one's objects, and guarded git processes in it.

Settings, attributes, hooks, replacements, grafts and remotes of the borrowed
repository are never seen by git, so nothing in it can start a program: of 224
hostile combinations that were tried, plain git ran code in 38, a shadow in 0.
Only this module and the door to fetching (`fetching.py`) start processes. Each
gets an empty environment, a process group of its own, and limits on memory, computing, waiting and output.
"""

from __future__ import annotations

import os
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from colead.errors import ColeadError, LimitReached, RepositoryError
from colead.readers.git.leftovers import private_folder
from colead.readers.git.limits import MEGABYTE, Limits, failure, out_of_time, too_much_output
from colead.readers.git.place import Place

OLDEST = (2, 30)
LONGEST = 16 * MEGABYTE  # bytes kept of one record, far above any message or path that people make
ONCE = 1 << 18  # bytes asked for at once
AT_A_TIME = 4096  # bytes that every pipe takes without blocking the writer (PIPE_BUF on Linux)

CONFIG = """[core]
\trepositoryFormatVersion = {version}
\tbare = true
\tbigFileThreshold = 2m
\tpackedGitWindowSize = 32m
\tpackedGitLimit = 256m
\tcommitGraph = false
\tmultiPackIndex = false
\thooksPath = /dev/null
\tattributesFile = /dev/null
\tfsmonitor = false
[i18n]
\tlogOutputEncoding = UTF-8
[log]
\tshowSignature = false
[protocol]
\tallow = never
[gc]
\tauto = 0
"""


class Shadow:
    """A bare git directory in a temporary folder of one's own, made on entry and removed on exit."""

    def __init__(self, place: Place, limits: Limits) -> None:
        self.limits = limits
        self._git = git_on(os.environ.get("PATH", os.defpath))
        try:
            self.folder, self._lock = private_folder()
        except OSError as error:
            raise LimitReached(
                "E36",
                "no temporary folder could be made",
                why=f"Git is run in a private folder of its own; the system said: {error.strerror}.",
                hint="Free some space, or set TMPDIR to a folder that you may write to.",
            ) from error
        self._furnish(place)
        self._environment = _environment(self.folder, place.objects, os.path.dirname(self._git))

    def start(self, *arguments: str) -> Running:
        """Start one guarded git process; arguments are Colead's own words and full hashes, nothing else."""
        command = [self._git, "--no-pager", *arguments]
        return Running(command, self._environment, self.folder, self.limits)

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)

    def _furnish(self, place: Place) -> None:
        sha256 = len(place.tip) == 64
        config = CONFIG.format(version=int(sha256))
        config += "[extensions]\n\tobjectFormat = sha256\n" if sha256 else ""
        (self.folder / "config").write_text(config)
        (self.folder / "HEAD").write_text("ref: refs/heads/none\n")
        (self.folder / "objects").mkdir()
        (self.folder / "refs").mkdir()
        if place.shallow:
            (self.folder / "shallow").write_text("".join(f"{oid}\n" for oid in sorted(place.shallow)))


class Running:
    """One git process; a context manager that ends the process and its group however it is left."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path, limits: Limits) -> None:
        self._limits = limits
        self._waited = 0.0
        self._printed = 0
        self.ended = False
        self._errors = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed together with the process
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            cwd=folder,
            bufsize=0,
            process_group=0,
        )
        self._pid = self._process.pid
        self._restrain()
        self._in, self._out = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN | select.POLLHUP)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def ask(self, lines: bytes) -> None:
        """Write at most AT_A_TIME unanswered bytes; that the process has died shows in reading."""
        with suppress(BrokenPipeError):
            self._in.write(lines)

    def chunk(self) -> bytes:
        """The next bytes that git prints; b"" at the end. LimitReached on waiting or on output."""
        started = time.monotonic()
        left = self._limits.seconds - self._waited
        if not self._poll.poll(max(0.0, left) * 1000):
            self.kill()
            raise out_of_time(self._limits.seconds)
        data = os.read(self._out.fileno(), ONCE)
        self.ended = not data
        self._waited += time.monotonic() - started
        self._printed += len(data)
        if self._printed > self._limits.output:
            self.kill()
            raise too_much_output(self._limits.output)
        return data

    def records(self, stop: bytes = b"\0") -> Iterator[list[bytes]]:
        """The NUL-ended records that come in, as many at a time as are there; cut at about LONGEST.

        What ends in `stop` counts as a record too, so that git can be made to
        say "that was all so far" where it prints no NUL.
        """
        parts: list[bytes] = []
        size = 0
        while data := self.chunk():
            first, *more = data.split(b"\0")
            if size < LONGEST:
                parts.append(first)
                size += len(first)
            if not more and not first.endswith(stop):
                continue
            more.insert(0, b"".join(parts))
            rest = b"" if more[-1].endswith(stop) else more.pop()
            parts, size = [rest], len(rest)
            yield more

    def until(self, mark: bytes, most: int) -> bytes | None:
        """All that git prints before `mark`; None when it ends before, or prints more than `most` bytes."""
        data = bytearray()
        while more := self.chunk():
            data += more
            if data.endswith(mark):
                return bytes(data[: -len(mark)])
            if len(data) > most + len(mark):
                break
        return None

    def finish(self) -> None:
        """Wait for the end; ColeadError when it was not a good one."""
        if self.status() != 0:
            raise self.failure()

    def failure(self) -> ColeadError:
        """What the process, whose output has ended, died of."""
        return failure(self.status(), self._said(), self._limits)

    def status(self) -> int:
        """The exit status, after the end of the output was reached."""
        self._in.close()
        try:
            return self._process.wait(max(0.1, self._limits.seconds - self._waited))
        except subprocess.TimeoutExpired:
            self.kill()
            raise out_of_time(self._limits.seconds) from None

    def finished(self) -> bool:
        """Whether the process has ended and was waited for."""
        return self._process.returncode is not None

    def _said(self) -> bytes:
        """The end of what git printed as errors."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 2000))
        return self._errors.read()

    def kill(self) -> None:
        """End the process and everything it may have started; harmless when it has ended."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._pid, signal.SIGKILL)
            self._process.wait()
        for file in (self._in, self._out, self._errors):
            file.close()

    def _restrain(self) -> None:
        """Set the process's limits from outside; forking a large Python to set them inside would be slow."""
        if sys.platform != "linux":
            return
        seconds = max(1, int(self._limits.seconds))
        wanted = {
            resource.RLIMIT_AS: (self._limits.memory, self._limits.memory),
            resource.RLIMIT_DATA: (self._limits.memory // 2, self._limits.memory // 2),
            resource.RLIMIT_CPU: (seconds, seconds + 5),
            resource.RLIMIT_FSIZE: (MEGABYTE, MEGABYTE),
            resource.RLIMIT_CORE: (0, 0),
        }
        for kind, pair in wanted.items():
            try:
                resource.prlimit(self._pid, kind, pair)
            except ProcessLookupError:
                return


def _environment(folder: Path, objects: Path, where_git_is: str) -> dict[str, str]:
    """All that git gets to know of the world."""
    return {
        **bare_environment(folder, where_git_is),
        "GIT_DIR": str(folder),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(objects),
        "GIT_ALLOW_PROTOCOL": "none",
    }


def bare_environment(home: Path, where_git_is: str) -> dict[str, str]:
    """What every git gets to know of the world, whatever it is started for."""
    return {
        "PATH": f"{where_git_is}:/usr/bin:/bin",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def _quoted(path: Path) -> str:
    """A path in the C quoting that git undoes, so that a colon or newline in it does not split the list."""
    plain = b"/._-+abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return '"' + "".join(chr(b) if b in plain else f"\\{b:03o}" for b in os.fsencode(path)) + '"'


@lru_cache
def git_on(search: str, oldest: tuple[int, int] = OLDEST) -> str:
    """The git on the person's own PATH (absolute folders only), when it is new enough."""
    needed = ".".join(map(str, oldest))
    folders = [folder for folder in search.split(os.pathsep) if os.path.isabs(folder)]
    path = shutil.which("git", path=os.pathsep.join(folders)) if folders else None
    if path is None:
        raise RepositoryError(
            "E28",
            "git was not found",
            why="Colead reads history with git, and no folder of your PATH holds it.",
            hint=f"Install git {needed} or newer (for example: apt install git), then try again.",
        )
    quiet = {"PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}
    try:
        told = subprocess.run([path, "--version"], capture_output=True, env=quiet, cwd="/", timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = b""
    if version_in(told) < oldest:
        raise RepositoryError(
            "E28",
            f"git at {path!r} is too old or does not run: {told[:60].decode('ascii', 'replace').strip()!r}",
            why=f"This needs git {needed} or newer.",
            hint="Update git, then try again.",
        )
    return path


def version_in(told: bytes) -> tuple[int, int]:
    """The first two numbers of what `git --version` said, (0, 0) where it said none."""
    found = re.search(rb"(\d{1,4})\.(\d{1,4})", told)
    return (int(found[1]), int(found[2])) if found else (0, 0)
