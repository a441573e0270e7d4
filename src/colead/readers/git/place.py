"""Place: where a repository's objects lie and where its HEAD stands, found without starting git.

Git would obey the settings it finds in the folder, and those may belong to a
stranger. So the few small files that matter (`.git` as a file, `commondir`,
`HEAD`, loose refs, `packed-refs`, `shallow`) are read here: regular files
only, never more than a limit, names checked before they become paths.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from colead.errors import RepositoryError
from colead.readers.git.limits import MEGABYTE, too_large

HASH = re.compile(r"(?:[0-9a-f]{64}|[0-9a-f]{40})\Z")
SMALL = 4096
LARGE = 256 * MEGABYTE  # packed-refs of three million refs
HOPS = 5  # as many as git follows from one symbolic ref to the next
OF_ONE_WORKTREE = ("HEAD", "refs/bisect/", "refs/worktree/", "refs/rewritten/")
FORBIDDEN = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|\Z)|[/.]\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """A repository that can be read: its common git directory, work tree, name, tip and boundary."""

    git_dir: Path
    root: Path | None
    name: str
    tip: str
    shallow: frozenset[str]
    notes: tuple[str, ...]
    own: Path  # the work tree's own git directory, which holds HEAD and the index; mostly `git_dir`
    branch: str  # the full ref that HEAD names, "" where it names a commit

    @property
    def objects(self) -> Path:
        """The folder that objects are borrowed from."""
        return self.git_dir / "objects"


def find(where: str | os.PathLike[str]) -> Place:
    """The repository that `where` lies in; RepositoryError E20..E26 when there is none that can be read."""
    try:
        folder = _folder(where)
        for here in (folder, *folder.parents):
            found = _git_dir(here)
            if found:
                return _place(*found)
    except OSError as error:
        raise _unreadable(where, error) from error
    raise RepositoryError(
        "E22",
        f"{os.fspath(where)!r} is not in a git repository",
        why="Neither it nor a folder above it holds a .git folder.",
        hint="Name a folder of a clone, for example --repo path/to/clone.",
    )


def _folder(where: str | os.PathLike[str]) -> Path:
    given = os.fspath(where)
    try:
        path = Path(os.path.realpath(given))
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise RepositoryError(
            "E20",
            f"there is no folder {given!r}",
            why="A repository is named by a folder on this machine.",
            hint="Check the spelling, or clone the repository first.",
        ) from error
    if not stat.S_ISDIR(mode):
        raise RepositoryError(
            "E21",
            f"{given!r} is a file, not a folder",
            why="A repository is named by its folder.",
            hint=f"Try the folder that it is in: {os.path.dirname(given) or '.'!r}.",
        )
    return path


def _git_dir(here: Path) -> tuple[Path, Path | None] | None:
    """The git directory of `here` and its work tree; a broken .git is passed by, as git does."""
    dot = here / ".git"
    if dot.is_dir() and _looks_right(dot):
        return dot, here
    if dot.is_file():
        return _linked(dot), here
    if _looks_right(here):
        return here, here.parent if here.name == ".git" else None
    return None


def _looks_right(folder: Path) -> bool:
    shared = (folder / "objects").is_dir() or (folder / "commondir").is_file()
    return shared and os.path.lexists(folder / "HEAD")


def _linked(dot: Path) -> Path:
    """The git directory of a worktree or submodule, which a `.git` file names."""
    text = _text(dot) or ""
    target = dot.parent / text.removeprefix("gitdir:").strip()
    if not text.startswith("gitdir:") or "\0" in text or not _looks_right(target):
        raise RepositoryError(
            "E22",
            f"{str(dot)!r} does not lead to a git directory",
            why="A .git file names the folder where the repository's data lie, and that folder is not there.",
            hint="Run `git worktree repair` or `git submodule update --init` there, or name the main clone.",
        )
    return Path(os.path.realpath(target))


def _place(git_dir: Path, root: Path | None) -> Place:
    shared = _text(git_dir / "commondir")
    common = Path(os.path.realpath(git_dir / shared.strip())) if shared else git_dir
    if (common / "reftable").is_dir():
        raise RepositoryError(
            "E24",
            f"{str(common)!r} keeps its branches in a reftable",
            why="Colead reads branches from files only, so far.",
            hint="Run `git refs migrate --ref-format=files` there, or name a clone that uses files.",
        )
    tip, branch = _tip(git_dir, common)
    shallow = _shallow(common, len(tip))
    name = (root or common).name.removesuffix(".git") or "repository"
    notes = tuple(_notes(common, shallow))
    return Place(common, root, name, tip, shallow, notes, git_dir, branch)


def ref_value(place: Place, ref: str) -> str | None:
    """The hash that a full ref ("refs/heads/main") leads to; None where there is none or its name is odd."""
    for _ in range(HOPS + 1):
        if not ref.startswith("refs/") or FORBIDDEN.search(ref):
            return None
        folder = place.own if ref.startswith(OF_ONE_WORKTREE) else place.git_dir
        try:
            value = _ref(folder, ref, place.git_dir) or ""
        except OSError:
            return None
        if HASH.match(value):
            return value if len(value) == len(place.tip) else None
        ref = value.removeprefix("ref:").strip()
        if not value.startswith("ref:"):
            return None
    return None


def _tip(git_dir: Path, common: Path) -> tuple[str, str]:
    """The hash that HEAD stands on, and the branch that it names, "" for none."""
    ref = branch = "HEAD"
    for _ in range(HOPS + 1):
        value = _ref(git_dir if ref.startswith(OF_ONE_WORKTREE) else common, ref, common)
        if value is None and ref != "HEAD":
            raise _no_commits(ref)
        value = value or ""
        if HASH.match(value):
            return value, "" if branch == "HEAD" else branch
        ref = value.removeprefix("ref:").strip()
        branch = ref if branch == "HEAD" else branch
        if not value.startswith("ref:") or not ref.startswith("refs/") or FORBIDDEN.search(ref):
            break
    raise RepositoryError(
        "E25",
        "HEAD of this repository leads neither to a commit nor to a branch",
        why="It must hold the name of a branch or a hash of 40 (SHA-1) or 64 (SHA-256) digits.",
        hint="Run `git status` and `git fsck` there; a fresh clone mends it.",
    )


def _ref(folder: Path, ref: str, common: Path) -> str | None:
    """What a ref holds: a hash, "ref: other", or None when there is no such ref."""
    path = folder / ref
    if path.is_symlink():  # the oldest form of a symbolic ref
        target = os.readlink(path)
        if target.startswith("refs/"):
            return f"ref: {target}"
    text = _text(path)
    return text.strip() if text is not None else _packed(common, ref)


def _packed(common: Path, ref: str) -> str | None:
    data = _bytes(common / "packed-refs", LARGE)
    if data is None:
        return None
    wanted = b" " + os.fsencode(ref) + b"\n"
    end = data.find(wanted)
    while end >= 0:
        line = data[data.rfind(b"\n", 0, end) + 1 : end].decode("ascii", "replace")
        if HASH.match(line):
            return line
        end = data.find(wanted, end + 1)
    return None


def _shallow(common: Path, digits: int) -> frozenset[str]:
    lines = (_bytes(common / "shallow", LARGE) or b"").decode("ascii", "replace").split()
    return frozenset(line for line in lines if len(line) == digits and HASH.match(line))


def _notes(common: Path, shallow: frozenset[str]) -> list[str]:
    notes = []
    if shallow:
        notes.append("shallow: the history before its oldest commits here is not in this clone")
    try:
        packs = os.listdir(common / "objects" / "pack")
    except FileNotFoundError:
        packs = []
    if any(name.endswith(".promisor") for name in packs):
        notes.append("partial clone: some file contents may not be in this clone")
    return notes


def regular_file(path: Path, most: int = LARGE) -> bytes | None:
    """What a regular file of git's own holds; None where it is missing; LimitReached E35 when too large."""
    return _bytes(path, most)


def _text(path: Path) -> str | None:
    data = _bytes(path, SMALL)
    return None if data is None else os.fsdecode(data)


def _bytes(path: Path, most: int) -> bytes | None:
    """A regular file's bytes, at most `most`; None for what is missing, a folder, a pipe or a device."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    with os.fdopen(file, "rb") as opened:
        data = opened.read(most + 1)
    if len(data) > most:
        raise too_large(path.name, most)
    return data


def _no_commits(ref: str) -> RepositoryError:
    return RepositoryError(
        "E23",
        f"the branch {ref.removeprefix('refs/heads/')!r} has no commits yet",
        why="HEAD names it, and nothing was ever committed to it here.",
        hint="Commit something, or point HEAD to a branch: git symbolic-ref HEAD refs/heads/<branch>.",
    )


def _unreadable(where: str | os.PathLike[str], error: OSError) -> RepositoryError:
    return RepositoryError(
        "E26",
        f"{os.fspath(where)!r} cannot be read",
        why=f"The system said: {error.strerror or error}.",
        hint="Check the permissions, or run as a person who may read it.",
    )
