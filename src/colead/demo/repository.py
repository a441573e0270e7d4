"""Writes the demo shop as a bare git repository: the same hashes on every machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from colead.demo.content import block, first_text, next_text
from colead.demo.story import FIRST_DAY, Plan, first_files, plans
from colead.errors import RepositoryError

MAIL = {"dependabot[bot]": "dependabot@bots.example", "translations[bot]": "translations@bots.example"}
STAMP = "colead-demo"  # a file in the finished repository; without it the folder is not ours
TIP = "30f4302668936c923658ade6d596f73cad1c21da"  # of the finished shop; an older shop is built anew


def demo_repository(folder: Path) -> Path:
    """The demo repository below `folder`, built at the first call (about a second).

    Raises RepositoryError when git is missing or a foreign folder is in the way.
    """
    target = folder / "shop.git"
    stamp = target / STAMP
    if stamp.is_file() and stamp.read_text() == TIP:
        return target
    if target.exists() and not stamp.is_file():
        raise RepositoryError(
            "E29",
            f"{str(target)!r} is in the way of the demo repository",
            why="it was not made by Colead, so it was left alone",
            hint="move it away, or name another folder with --cache",
        )
    fresh = folder / f"shop.git.{os.getpid()}"
    try:
        _build(fresh)
        (fresh / STAMP).write_text(TIP)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _build(target: Path) -> None:
    target.mkdir(parents=True)
    git(target, "init", "--quiet", "--bare", "--initial-branch=main", ".")
    git(target, "fast-import", "--quiet", "--done", stream=b"".join(_stream()))


def git(target: Path, *words: str, stream: bytes = b"") -> None:
    """Run git on the demo's repository, with an environment of its own."""
    quiet = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(target), "GIT_CONFIG_NOSYSTEM": "1"}
    quiet |= {"GIT_DIR": str(target), "LC_ALL": "C", "GIT_CONFIG_GLOBAL": os.devnull}
    try:
        subprocess.run(["git", *words], cwd=target, env=quiet, input=stream, capture_output=True, check=True)
    except FileNotFoundError:
        raise RepositoryError(
            "E28", "git was not found", why="the demo is a git repository", hint="install git"
        ) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise RepositoryError(
            "E29",
            "the demo repository could not be written",
            why=said[-1] if said else f"git ended with {error.returncode}",
            hint="see whether the disk is full, or name another folder with --cache",
        ) from None


def _stream() -> Iterator[bytes]:
    """The whole history for `git fast-import`."""
    blocks: dict[str, list[str]] = {path: [first_text(path)] for path in first_files()}
    yield _commit("main", "Emil", FIRST_DAY.timestamp() - 3600, "Open the shop")
    yield from (_file(path, first_text(path)) for path in blocks)
    for number, plan in enumerate(plans(), start=1):
        yield from _landing(plan, number, blocks)
    yield b"done\n"


def _landing(plan: Plan, number: int, blocks: dict[str, list[str]]) -> Iterator[bytes]:
    """One landing: a squash on main, a direct commit, or a branch of one commit and its merge."""
    at = plan.when.timestamp()
    bare = "[bot]" in plan.author or plan.title.startswith("Release ")
    pull = 40 + number
    if not plan.merge:
        title = plan.title if bare else f"{plan.title} (#{pull})"
        yield _commit("main", plan.author, at, f"{title}\n\n{plan.body}".strip())
    else:
        yield _commit("side", plan.author, at - 1800, plan.title, parent="refs/heads/main")
    written = b"".join(_changed(plan, number, blocks))
    yield written
    if plan.merge:
        slug = "-".join(plan.title.lower().split()[:5])
        head = f"Merge pull request #{pull} from shop/{plan.merge}-{slug}"
        message = f"{head}\n\n{plan.title}\n\n{plan.body}"
        yield _commit("main", plan.author, at, message, merge="refs/heads/side")
        yield written  # fast-import takes the tree of the first parent; the branch's files come again
        yield b"reset refs/heads/side\nfrom 0000000000000000000000000000000000000000\n\n"


def _changed(plan: Plan, number: int, blocks: dict[str, list[str]]) -> Iterator[bytes]:
    for path in plan.files:
        fixed = path.startswith(".")
        blocks.setdefault(path, []).append(first_text(path) if fixed else block(path, plan.title, number))
        yield _file(path, next_text(path, blocks[path]))


def _commit(branch: str, author: str, at: float, message: str, *, parent: str = "", merge: str = "") -> bytes:
    """The head of one commit; its files follow."""
    mail = MAIL.get(author, f"{author.lower()}@shop.example")
    data = message.encode()
    lines = [f"commit refs/heads/{branch}", f"committer {author} <{mail}> {int(at)} +0000"]
    head = "\n".join([*lines, f"data {len(data)}"]).encode() + b"\n" + data + b"\n"
    if parent:
        head += f"from {parent}\n".encode()
    if merge:
        head += f"merge {merge}\n".encode()
    return head


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
