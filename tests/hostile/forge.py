"""A forge of repositories: writes git's objects and refs itself, so that anything can be made, and fast.

forge = Forge(folder)
first = forge.commit({"a.txt": b"one\n"}, message=b"Start")
forge.commit({"a.txt": b"two\n"}, parents=[first], date=b"abc")
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

EMIL = b"Emil <emil@shop.example>"
NOON = 1_750_000_000
Files = Mapping[str, bytes] | Mapping[bytes, bytes] | Mapping[str | bytes, bytes]


class Forge:
    """One repository in `folder`; the branch is `main`, and each commit moves it unless told otherwise."""

    def __init__(self, folder: Path, *, bare: bool = False, sha256: bool = False) -> None:
        self.folder = folder
        self.git_dir = folder if bare else folder / ".git"
        self.hasher = hashlib.sha256 if sha256 else hashlib.sha1
        self._made = 0
        for name in ("objects/pack", "objects/info", "refs/heads", "refs/tags", "info"):
            (self.git_dir / name).mkdir(parents=True, exist_ok=True)
        (self.git_dir / "HEAD").write_text("ref: refs/heads/main\n")
        extensions = "[extensions]\n\tobjectFormat = sha256\n" if sha256 else ""
        self.configure(
            f"[core]\n\trepositoryFormatVersion = {int(sha256)}\n\tbare = {str(bare).lower()}\n{extensions}"
        )

    def configure(self, text: str) -> None:
        """Add to the repository's own settings."""
        with (self.git_dir / "config").open("a") as config:
            config.write(text)

    def object(self, kind: str, data: bytes) -> str:
        """Write a loose object and return its hash."""
        whole = f"{kind} {len(data)}\0".encode() + data
        oid = self.hasher(whole).hexdigest()
        path = self.path_of(oid)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zlib.compress(whole, 1))
        return oid

    def path_of(self, oid: str) -> Path:
        """Where a loose object lies."""
        return self.git_dir / "objects" / oid[:2] / oid[2:]

    def blob(self, data: bytes) -> str:
        """Write a blob."""
        return self.object("blob", data)

    def tree(self, entries: Sequence[tuple[str, bytes, str]]) -> str:
        """Write one folder from (mode, name, hash), in git's order."""

        def order(entry: tuple[str, bytes, str]) -> bytes:
            return entry[1] + (b"/" if entry[0] == "40000" else b"")

        rows = [
            mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid)
            for mode, name, oid in sorted(entries, key=order)
        ]
        return self.object("tree", b"".join(rows))

    def files(self, files: Files, mode: str = "100644") -> str:
        """Write folders and blobs for files named by their whole path."""
        entries: list[tuple[str, bytes, str]] = []
        below: dict[bytes, dict[str | bytes, bytes]] = {}
        for name, data in files.items():
            path = name if isinstance(name, bytes) else name.encode()
            head, slash, rest = path.partition(b"/")
            if slash:
                below.setdefault(head, {})[rest] = data
            else:
                entries.append((mode, head, self.blob(data)))
        entries += [("40000", head, self.files(inner, mode)) for head, inner in below.items()]
        return self.tree(entries)

    def commit(
        self,
        files: Files | str,
        *,
        parents: Sequence[str] = (),
        message: bytes = b"Change\n",
        who: bytes = EMIL,
        date: bytes | None = None,
        headers: bytes = b"",
        branch: str | None = "main",
    ) -> str:
        """Write a commit of files (or of a tree by hash); `date` and `who` go in as they are."""
        self._made += 1
        when = f"{NOON + 3600 * self._made} +0000".encode() if date is None else date
        tree = files if isinstance(files, str) else self.files(files)
        lines = [b"tree " + tree.encode(), *(b"parent " + oid.encode() for oid in parents)]
        lines += [b"author " + who + b" " + when, b"committer " + who + b" " + when]
        oid = self.object("commit", b"\n".join(lines) + b"\n" + headers + b"\n" + message)
        if branch:
            self.point(f"refs/heads/{branch}", oid)
        return oid

    def point(self, ref: str, oid: str) -> None:
        """Write a loose ref."""
        path = self.git_dir / ref
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{oid}\n")

    def lose(self, oid: str) -> None:
        """Remove an object, as in a partial or damaged clone."""
        self.path_of(oid).unlink()
