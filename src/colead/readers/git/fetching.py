"""Fetching: the second guarded door to git, which brings a repository's main line from its address.

    with Fetching(address, clone, reach, access, bounds) as door:
        tip = door.fetch(progress)      a bare clone at `clone`, its HEAD at the tip
        door.hosts                      the key that an ssh host showed, to be kept

The address is judged before anything connects and then pinned. Git gets an empty environment, settings
of this door alone, one protocol, and limits; it runs no hook, follows no redirection, no submodule and
no large-file pointer. What came is checked by git before it counts, and counts by one rename.
"""

from __future__ import annotations

import base64
import fcntl
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from colead.readers.git.address import Address
from colead.readers.git.failed import disk_full, failed, occupied, too_much, too_slow, unreached, unsound
from colead.readers.git.leftovers import private_folder
from colead.readers.git.limits import MEGABYTE
from colead.readers.git.place import FORBIDDEN, HASH
from colead.readers.git.rules import git_settings, ssh_settings
from colead.readers.git.shadow import bare_environment, git_on
from colead.readers.reach import Reach

OLDEST = (2, 37)  # the first that can be told the address of a host
TICK = 0.5  # seconds between two looks at time and disk
SAID = 16_384  # bytes kept of what git says
NO_COMMITS = "It has no commits yet"
FETCHED, COMING = Path("refs/heads/fetched"), Path("refs/heads/coming")
BESIDE = Path("refs/remotes/origin")  # where other branches lie
MOST_BESIDE = 20
CHECKED = "packs"  # the names of the packs that git has checked
# The limits are set by a shell that git then replaces: no child of git can be without them.
LIMITED = 'ulimit -c 0; ulimit -f {files}; ulimit -v {memory} 2>/dev/null; exec "$@"'
_BRANCH = re.compile(r"(?![-/.])(?!.*(?:\.\.|//|@\{|\.lock(?:/|\Z)))[A-Za-z0-9._/+@#-]{1,200}(?<![/.])\Z")
_STEP = re.compile(rb"(Receiving objects|Resolving deltas): +\d{1,3}% \((\d{1,10})/(\d{1,10})\)")
STEPS = {b"Receiving objects": "fetching", b"Resolving deltas": "putting together what was fetched"}
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Access:
    """What a host wants to see before it gives a repository; never printed."""

    user: str = ""
    token: str = field(default="", repr=False)
    key: str = field(default="", repr=False)  # private, in the form of OpenSSH
    hosts: str = ""  # lines of known_hosts; "" before the first contact
    authorities: str = ""  # a file of certificates by which a host of one's own is trusted


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one fetch may take."""

    size: int = 4096 * MEGABYTE  # bytes of the whole clone
    seconds: float = 3600.0
    patience: float = 30.0  # seconds that another fetch of the same clone is waited for
    memory: int = 2048 * MEGABYTE  # bytes of address space of each process
    free: int = 512 * MEGABYTE  # bytes that stay free on the disk


def is_branch(name: str) -> bool:
    """Whether git takes the name for a branch, and nothing else in it."""
    return _BRANCH.match(name) is not None


class Fetching:
    """One fetch; a context manager that leaves nothing behind but the clone."""

    def __init__(self, where: Address, clone: Path, reach: Reach, access: Access, bounds: Bounds) -> None:
        self._where, self._clone, self._reach = where, clone, reach
        self._access, self._bounds = access, bounds
        self._git = git_on(os.environ.get("PATH", os.defpath), OLDEST)
        self._folder, self._lock = private_folder()
        self._known = self._folder / "known_hosts"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)

    @property
    def hosts(self) -> str:
        """The keys that the host showed, as lines of known_hosts."""
        with suppress(OSError):
            return self._known.read_text(encoding="ascii", errors="replace")[:SAID]
        return ""

    def fetch(self, progress: Progress, beside: Sequence[str] = ()) -> str:
        """Bring the newest of the main line; its tip. What was there stays as it was where this fails.

        Branches named `beside` come along where the host has them; those not named any more go.

        RepositoryError E70..E77, LimitReached E31 and E74; what `progress` raises ends it, too.
        """
        pinned = self._reach.pinned(self._where.host, self._where.port)
        with self._alone(progress) as lock:
            self._furnish(pinned)
            wanted = [one for one in dict.fromkeys(beside) if is_branch(one)][:MOST_BESIDE]
            branch, tip, others = self._lines(lock, progress, wanted)
            if tip != self._read(FETCHED):
                self._bring(lock, branch, FETCHED, progress)
            self._forget(others)
            for name, there in others.items():
                if there != self._read(BESIDE / name):
                    self._bring(lock, f"refs/heads/{name}", BESIDE / name, progress)
            return self._read(FETCHED)

    def _forget(self, others: Mapping[str, str]) -> None:
        """Remove the other branches that are not there or not asked for any more."""
        folder = self._clone / BESIDE
        for file in [one for one in folder.rglob("*") if one.is_file()]:
            if file.relative_to(folder).as_posix() not in others:
                file.unlink()
        for left in sorted((one for one in folder.rglob("*") if one.is_dir()), reverse=True):
            with suppress(OSError):  # not empty
                left.rmdir()

    @property
    def size(self) -> int:
        """Bytes of all objects in the clone."""
        return size_of(self._clone)

    @contextmanager
    def _alone(self, progress: Progress) -> Iterator[int]:
        """The clone's lock, which the started processes hold on to; what killed ones left is removed."""
        self._clone.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = self._clone.with_name(self._clone.name + ".lock")
        lock = os.open(name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            _claim(lock, progress, self._bounds.patience)
            self._tidy()
            try:
                yield lock
            finally:
                self._tidy()
        finally:
            os.close(lock)

    def _tidy(self) -> None:
        for left in (*self._arrived(), *self._clone.rglob("*.lock")):
            left.unlink(missing_ok=True)
        (self._clone / COMING).unlink(missing_ok=True)

    def _objects(self) -> list[Path]:
        return [one for one in (self._clone / "objects").rglob("*") if one.is_file()]

    def _arrived(self) -> list[Path]:
        """The files of objects that came since the last fetch that ended well."""
        with suppress(OSError):
            checked = set((self._clone / CHECKED).read_text(encoding="ascii").split())
            return [one for one in self._objects() if one.name not in checked]
        return self._objects()

    def _furnish(self, pinned: list[str]) -> None:
        """Write what git and ssh are told; the secrets lie in a folder of one's own until it is over."""
        told, where = self._access, self._where
        login = f"{told.user or 'x-token-auth'}:{told.token}" if told.token else ""
        header = base64.b64encode(login.encode()).decode("ascii")
        trusted = told.authorities if self._reach.owns(where.host, pinned) else ""
        _private(self._folder / "settings", git_settings(where, pinned, header, trusted))
        _private(self._known, told.hosts)
        _private(self._folder / "id", told.key)
        if where.scheme == "ssh":
            _private(
                self._folder / "ssh", ssh_settings(where, pinned[0], self._folder, known=bool(told.hosts))
            )

    def _lines(self, lock: int, progress: Progress, beside: Sequence[str]) -> tuple[str, str, dict[str, str]]:
        """The full name of the branch that the host's HEAD is on, or "HEAD", its tip; tips of the others."""
        progress(0, 0, "asking the host")
        named = ("HEAD", *(f"refs/heads/{one}" for one in beside))
        told = self._run(lock, progress, "ls-remote", "--symref", "--", self._where.text, *named)
        lines = [one.split("\t") for one in told.decode("utf-8", "replace").splitlines()]
        pairs = {one[0] for one in lines if len(one) == 2 and one[1] == "HEAD"}
        tip = next(filter(HASH.match, pairs), "")
        branch = next((one[5:] for one in pairs if one.startswith("ref: refs/heads/")), "HEAD")
        if not tip:
            raise unreached(self._where.host, NO_COMMITS)
        self._skeleton(sha256=len(tip) == 64)
        tips = {one[1]: one[0] for one in lines if len(one) == 2 and HASH.match(one[0])}
        others = {one: tips[f"refs/heads/{one}"] for one in beside if f"refs/heads/{one}" in tips}
        return ("HEAD" if FORBIDDEN.search(branch) or len(branch) > 255 else branch), tip, others

    def _skeleton(self, *, sha256: bool) -> None:
        if (self._clone / "HEAD").exists():
            return
        (self._clone / "objects" / "pack").mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._clone / COMING).parent.mkdir(parents=True, exist_ok=True)
        more = "[extensions]\n\tobjectFormat = sha256\n" if sha256 else ""
        shape = f"[core]\n\trepositoryFormatVersion = {int(sha256)}\n\tbare = true\n"
        (self._clone / "config").write_text(shape + more)
        (self._clone / "HEAD").write_text(f"ref: {FETCHED}\n")

    def _bring(self, lock: int, branch: str, to: Path, progress: Progress) -> None:
        quiet = ("--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-gc", "--force")
        self._run(
            lock, progress, "fetch", "--progress", *quiet, "--", self._where.text, f"+{branch}:{COMING}"
        )
        if self._arrived() and b'"--strict' not in (self._folder / "trace").read_bytes():
            raise unsound(self._where.host)  # the oldest protocol comes without git's checks
        _private(self._clone / "packs.lock", "\n".join(one.name for one in self._objects()))
        os.replace(self._clone / "packs.lock", self._clone / CHECKED)
        (self._clone / to).parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._clone / COMING, self._clone / to)

    def _read(self, ref: Path) -> str:
        with suppress(OSError):
            return (self._clone / ref).read_text(encoding="ascii").strip()
        return ""

    def _run(self, lock: int, progress: Progress, *words: str) -> bytes:
        """What git prints, at most SAID bytes; its end is told in words where it is not a good one."""
        limits = LIMITED.format(files=self._bounds.size // 512, memory=self._bounds.memory // 1024)
        command = ["/bin/sh", "-c", limits, "sh", self._git, "--no-pager", *words]
        with open(self._folder / "out", "w+b") as printed:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.PIPE, bufsize=0,
                env=self._environment(), cwd=self._folder, process_group=0, pass_fds=(lock,),
            )  # fmt: skip
            try:
                said = self._watched(process, progress)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                cast(IO[bytes], process.stderr).close()
            if process.returncode:
                raise self._ended(said)
            printed.seek(0)
            return printed.read(SAID)

    def _watched(self, process: subprocess.Popen[bytes], progress: Progress) -> bytes:
        """Follow the process to the end of what it says; time, disk and the caller may end it before."""
        stream = cast(IO[bytes], process.stderr).fileno()
        poll = select.poll()
        poll.register(stream, select.POLLIN | select.POLLHUP)
        until, looked, said = time.monotonic() + self._bounds.seconds, 0.0, b""
        at = (0, 0, "asking the host")
        while True:
            if poll.poll(TICK * 1000):
                data = os.read(stream, SAID)
                if not data:
                    break
                said = (said + data)[-SAID:]
                at = _step(data) or at
            if time.monotonic() - looked > TICK:
                looked = time.monotonic()
                self._hold(until)
                progress(*at)
        process.wait(timeout=max(1.0, until - time.monotonic()))
        return said

    def _hold(self, until: float) -> None:
        """Raise where it takes too long or too much."""
        if time.monotonic() > until:
            raise too_slow(self._where.host, self._bounds.seconds)
        if shutil.disk_usage(self._clone.parent).free < self._bounds.free:
            raise disk_full()
        if self.size > self._bounds.size:
            raise too_much(self.size, self._bounds.size)

    def _ended(self, said: bytes) -> Exception:
        grown = max((one.stat().st_size for one in self._arrived()), default=0)
        if grown >= self._bounds.size // 512 * 512:  # the system stopped it there
            return too_much(grown, self._bounds.size)
        return failed(self._where.host, said, self._bounds.memory)

    def _environment(self) -> dict[str, str]:
        return {
            **bare_environment(self._folder, os.path.dirname(self._git)),
            **({"GIT_DIR": str(self._clone)} if (self._clone / "HEAD").exists() else {}),
            "GIT_CEILING_DIRECTORIES": str(self._folder.parent),
            "GIT_CONFIG_GLOBAL": str(self._folder / "settings"),
            "GIT_ALLOW_PROTOCOL": self._where.scheme,
            "GIT_SSH_COMMAND": f"ssh -F {shlex.quote(str(self._folder / 'ssh'))}",
            "GIT_SSH_VARIANT": "ssh",
            "GIT_TRACE2_EVENT": str(self._folder / "trace"),
        }


def _claim(lock: int, progress: Progress, patience: float) -> None:
    """Take the lock; what a killed fetch started may hold on to it for a moment."""
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise occupied() from None
        progress(0, 0, "waiting for another fetch to end")
        time.sleep(TICK)


def size_of(clone: Path) -> int:
    """Bytes of all objects in a clone."""
    total = 0
    for folder, _, names in os.walk(clone / "objects"):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(folder, name)).st_size
    return total


def _step(data: bytes) -> tuple[int, int, str] | None:
    """The newest step that git tells; lines of the host begin with "remote:" and are none."""
    for line in reversed(re.split(rb"[\r\n]", data)):
        if found := _STEP.match(line):
            return int(found[2]), int(found[3]), STEPS[found[1]]
    return None


def _private(place: Path, text: str) -> None:
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
