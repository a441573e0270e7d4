"""The codebase at a repository's tip, and what its blobs say, kept by hash: lines, names, made by a tool."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from colead.codebase import (
    Codebase,
    Component,
    Role,
    SourceFile,
    generated_by,
    is_migration,
    language_of,
    role_of,
)
from colead.codebase.owners import owners_of
from colead.codebase.split import Declared, split
from colead.errors import WrongUse
from colead.readers.components import LARGEST, MOST, declared, owner_rules, speaks
from colead.readers.definitions import definitions
from colead.readers.git import Door
from colead.readers.settings import (
    COMPONENTS,
    GLOSSARY,
    Word,
    from_work_tree,
    named_by,
    read_components,
    read_glossary,
)
from colead.store import Store
from colead.store.contents import Progress, Visitor, read_new


@dataclass(slots=True)
class Facts:
    """The visitor that keeps what a codebase needs to know of each blob."""

    connection: sqlite3.Connection
    _rows: list[tuple[str, int, int, str]] = field(default_factory=list)

    def missing(self, oids: Collection[str]) -> Iterable[str]:
        """Blobs without a row."""
        return set(oids) - {str(oid) for (oid,) in self.connection.execute("SELECT oid FROM blob_facts")}

    def visit(self, oid: str, path: str, data: bytes | None) -> None:
        """Count lines and gather names."""
        if data is None:
            self._rows.append((oid, 0, 0, ""))
            return
        # A migration that a tool drafted is still a step that the team took.
        made = generated_by(data) and not is_migration(path)
        found = () if made else definitions(path, data)
        self._rows.append((oid, non_blank(data), int(made), "\n".join(found)))

    def keep(self, connection: sqlite3.Connection) -> None:
        """Write the rows."""
        connection.executemany("INSERT OR REPLACE INTO blob_facts VALUES (?, ?, ?, ?)", self._rows)
        self._rows.clear()


def non_blank(data: bytes) -> int:
    """Lines with something on them."""
    return sum(1 for line in data.split(b"\n") if line and not line.isspace())


def codebase(
    store: Store, door: Door, progress: Progress, *, under: str = "", visitors: Sequence[Visitor] = ()
) -> Codebase:
    """The tree at the tip of a repository, or the folder `under` in it, with its components.

    `visitors` see every blob of the product source that they miss in the same
    pass, so that contents are read once.

    Raises:
        WrongUse: `under` holds no files.
        SettingsError: a file under `.colead/` is malformed.
    """
    everything = _files(door)
    files = _under(everything, under)
    product = [(one.oid, one.path) for one in files if one.role is Role.PRODUCT]
    read_new(store, door, product, (Facts(store.db), *visitors), progress)
    facts = _facts(store.db, {oid for oid, _ in product})
    files = tuple(
        replace(one, role=Role.GENERATED) if one.role is Role.PRODUCT and facts[one.oid][1] else one
        for one in files
    )
    kept = [one for one in files if one.role is Role.PRODUCT]
    components, notes = _components(door, everything, [one.path for one in kept])
    return Codebase(
        door.tip,
        files,
        components,
        {one.path: facts[one.oid][0] for one in kept},
        "; ".join(notes),
        {one.path: facts[one.oid][2] for one in kept},
    )


def _files(door: Door) -> tuple[SourceFile, ...]:
    files = []
    for entry in door.tree(door.tip):
        path = os.fsdecode(entry.path)
        files.append(SourceFile(path, entry.oid, entry.size, role_of(path), language_of(path)))
    return tuple(sorted(files, key=lambda one: one.path))


def _under(files: tuple[SourceFile, ...], under: str) -> tuple[SourceFile, ...]:
    folder = under.strip("/").removeprefix("./")
    if folder in ("", "."):
        return files
    kept = tuple(one for one in files if one.path.startswith(f"{folder}/"))
    if not kept:
        raise WrongUse(
            "E14",
            f"--path {under!r} holds no files",
            why="the commit has no such folder",
            hint="write it from the repository's root",
        )
    return kept


def _facts(connection: sqlite3.Connection, oids: set[str]) -> Mapping[str, tuple[int, int, tuple[str, ...]]]:
    rows = connection.execute("SELECT oid, lines, generated, definitions FROM blob_facts")
    return {
        oid: (lines, made, tuple(names.split("\n")) if names else ())
        for oid, lines, made, names in rows
        if oid in oids
    }


# --- components ------------------------------------------------------------------------------


def _components(
    door: Door, files: Sequence[SourceFile], product: Sequence[str]
) -> tuple[tuple[Component, ...], tuple[str, ...]]:
    """The components, and what to say about the settings that were read."""
    contents = _contents(door, files)
    own = read_components(contents.get(COMPONENTS, b""))
    named = named_by(_words(door, contents), own)
    said = declared(contents, [one.path for one in files])
    parts = split(product, (*named, *own, *said))
    return _owned(parts, contents, product), _stale((*named, *own), product)


def _words(door: Door, contents: Mapping[str, bytes]) -> tuple[Word, ...]:
    """The glossary; where a part has words beside it, these hold."""
    beside = read_glossary(door.beside.get(GLOSSARY, b""))
    told = {one.target for one in beside}
    own = read_glossary(contents.get(GLOSSARY, b""))
    return (*beside, *(one for one in own if one.target not in told))


def _contents(door: Door, files: Sequence[SourceFile]) -> dict[str, bytes]:
    """Files that may say something of components; settings in the work tree go before the committed ones."""
    wanted = [one for one in files if speaks(one.path) or one.path in (COMPONENTS, GLOSSARY)][:MOST]
    oids = list(dict.fromkeys(one.oid for one in wanted))
    data = dict(door.blobs(oids, LARGEST)) if oids else {}
    contents = {one.path: text for one in wanted if (text := data.get(one.oid)) is not None}
    for file in (COMPONENTS, GLOSSARY):
        text = from_work_tree(door.root, file)
        if text is not None:
            contents[file] = text
    return contents


def _owned(
    parts: tuple[Component, ...], contents: Mapping[str, bytes], product: Sequence[str]
) -> tuple[Component, ...]:
    """Components that declare no owners get those of CODEOWNERS."""
    ruled = owner_rules(contents)
    if not ruled:
        return parts
    seats = Codebase("", (), parts)
    paths: dict[str, list[str]] = {one.key: [] for one in parts if not one.owners}
    for path in product:
        key = seats.seat(path)
        if key in paths:
            paths[key].append(path)
    said = owners_of(ruled, paths.items())
    return tuple(replace(one, owners=one.owners or said.get(one.key, ())) for one in parts)


def _stale(own: Sequence[Declared], product: Sequence[str]) -> tuple[str, ...]:
    """What `.colead/` names and the tree does not have."""
    there = set(product)
    for path in product:
        while path:
            path = path.rpartition("/")[0]
            if path in there:
                break
            there.add(path)
    gone = [root for one in own for root in one.roots if root not in there]
    return (f".colead names {', '.join(gone[:5])}, where no product source lies",) if gone else ()
