"""Traps: settings that make git start a program, and words that git could take for options.

    from traps import ARGUMENT_FORMS, CONFIG_VECTORS, lay
    trap = lay("diff.external", tmp_path)
    ...read trap.where...
    assert not trap.sprung()

`spring(trap)` runs the plain git command that falls into the trap, so that a
test can show that the trap is a live one.
"""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from forge import Forge

SIGNED = b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQEzBAABCAAdFiEE\n =AAAA\n -----END PGP SIGNATURE-----\n"


@dataclass(frozen=True, slots=True)
class Trap:
    """A repository that starts `script` when its settings are obeyed; the script writes `marker`."""

    name: str
    where: Path
    script: Path
    marker: Path

    def sprung(self) -> bool:
        """Whether the script ran."""
        return self.marker.exists()


@dataclass(frozen=True, slots=True)
class _Vector:
    settings: str  # {script} stands for the script, {folder} for the repository
    command: tuple[str, ...]  # the plain git command that runs it
    stdin: bytes = b""
    prepare: Callable[[Forge], None] | None = None


def _attributes(forge: Forge) -> None:
    (forge.git_dir / "info" / "attributes").write_text("*.txt diff=evil filter=evil\n")


def _lost_blob(forge: Forge) -> None:
    forge.lose(forge.blob(b"two\n"))
    forge.configure("[core]\n\trepositoryFormatVersion = 1\n")


def _alternates(forge: Forge) -> None:
    lender = Forge(forge.folder.parent / "lender")
    lender.commit({"a.txt": b"lent\n"})
    (forge.git_dir / "objects/info/alternates").write_text(f"{lender.git_dir}/objects\n")


def _hooks(forge: Forge) -> None:
    folder = forge.folder / "hooks"
    folder.mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor"):
        (folder / name).symlink_to(forge.folder.parent / "script")


LOST = "a.txt"
PROMISED = (
    '[remote "origin"]\n\turl = {url}\n\tpromisor = true\n{more}[extensions]\n\tpartialClone = origin\n'
)
_VECTORS: Mapping[str, _Vector] = {
    "core.fsmonitor": _Vector("[core]\n\tfsmonitor = {script}\n", ("status",)),
    "core.pager": _Vector("[core]\n\tpager = {script}\n[pager]\n\tlog = {script}\n", ("-p", "log")),
    "diff.external": _Vector("[diff]\n\texternal = {script}\n", ("diff", "HEAD~1", "HEAD")),
    "textconv": _Vector('[diff "evil"]\n\ttextconv = {script}\n', ("log", "-p"), prepare=_attributes),
    "diff.command": _Vector(
        '[diff "evil"]\n\tcommand = {script}\n', ("diff", "HEAD~1", "HEAD"), prepare=_attributes
    ),
    "filter.clean": _Vector('[filter "evil"]\n\tclean = {script}\n', ("diff",), prepare=_attributes),
    "filter.process": _Vector(
        '[filter "evil"]\n\tprocess = {script}\n\trequired = true\n', ("diff",), prepare=_attributes
    ),
    "gpg.program": _Vector("[gpg]\n\tprogram = {script}\n[log]\n\tshowSignature = true\n", ("log",)),
    "core.sshCommand": _Vector(
        '[core]\n\tsshCommand = {script}\n[remote "origin"]\n\turl = ssh://shop.example/x\n',
        ("ls-remote", "origin"),
    ),
    "credential.helper": _Vector(
        '[credential]\n\thelper = "!{script}"\n',
        ("credential", "fill"),
        stdin=b"protocol=https\nhost=shop.example\n\n",
    ),
    "core.hooksPath": _Vector(
        "[core]\n\thooksPath = {folder}/hooks\n", ("update-ref", "refs/heads/x", "HEAD"), prepare=_hooks
    ),
    "promisor": _Vector(
        PROMISED.replace("{url}", "{folder}").replace("{more}", "\tuploadpack = {script}\n"),
        ("cat-file", "-p", f"HEAD:{LOST}"),
        prepare=_lost_blob,
    ),
    "ext-remote": _Vector(
        PROMISED.replace("{url}", "ext::{script}").replace("{more}", '[protocol "ext"]\n\tallow = always\n'),
        ("cat-file", "-p", f"HEAD:{LOST}"),
        prepare=_lost_blob,
    ),
    "core.alternateRefsCommand": _Vector(
        "[core]\n\talternateRefsCommand = {script}\n", ("receive-pack", "{folder}"), prepare=_alternates
    ),
}
CONFIG_VECTORS: tuple[str, ...] = tuple(_VECTORS)

# {script} stands for a program that leaves a mark, {mark} for the mark itself.
ARGUMENT_FORMS: tuple[str, ...] = (
    "--output={mark}",
    "--upload-pack={script}",
    "-u{script}",
    "-O{script}",
    "--exec={script}",
    "--remote=ext::{script}",
    "--contents=/etc/hostname",
    "--no-index",
    "-ccore.pager={script}",
    "--git-dir=/etc",
    "HEAD --output={mark}",
    "$(touch {mark})`touch {mark}`;touch {mark}",
    "HEAD^{{/{script}}}\n--output={mark}",
)


def lay(name: str, folder: Path) -> Trap:
    """Build the trap `name` below `folder`."""
    script, marker = folder / "script", folder / "marker"
    folder.mkdir(parents=True, exist_ok=True)
    script.write_text(f"#!/bin/sh\necho ran >> '{marker}'\nexit 1\n")
    script.chmod(0o755)
    forge = Forge(folder / "shop")
    vector = _VECTORS[name]
    forge.configure(vector.settings.format(script=script, folder=forge.folder))
    first = forge.commit({"a.txt": b"one\n", "b.txt": b"kept\n"}, message=b"Start\n")
    forge.commit({"a.txt": b"two\n", "b.txt": b"kept\n"}, parents=[first], headers=SIGNED)
    (forge.folder / "a.txt").write_bytes(b"2wo\n")
    (forge.folder / "b.txt").write_bytes(b"kept\n")
    _index(forge.folder)
    if vector.prepare:
        vector.prepare(forge)
    return Trap(name, forge.folder, script, marker)


def spring(trap: Trap) -> bool:
    """Run the plain git command that obeys the trap's settings, and tell whether the script ran."""
    vector = _VECTORS[trap.name]
    command = [word.format(folder=trap.where) for word in vector.command]
    leader, follower = pty.openpty()  # a pager only starts for a terminal
    seen = follower if trap.name == "core.pager" else subprocess.DEVNULL
    try:
        subprocess.run(
            ["git", *command],
            cwd=trap.where,
            input=vector.stdin,
            stdout=seen,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=20,
            check=False,
        )
    finally:
        os.close(leader)
        os.close(follower)
    return trap.sprung()


def _index(folder: Path) -> None:
    """Fill the index with plain git and no settings, then change a file, as in a work tree in use."""
    bare = {**_environment(), "GIT_CONFIG": "/dev/null"}
    quiet = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]
    subprocess.run(["git", *quiet, "read-tree", "HEAD"], cwd=folder, env=bare, check=True, timeout=20)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    safe = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    return {**kept, **safe, "GIT_TERMINAL_PROMPT": "0", "TERM": "dumb", "LC_ALL": "C"}
