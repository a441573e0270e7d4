"""The guarded door to git: the only module that starts git, and it only reads. (contract; body to be written)

Public names and their meaning:

    Limits(memory, seconds, output, files)      frozen dataclass, defaults in the module
    Commit(oid, parents, at, author, email, message)   frozen; at = int unix seconds clamped to 1970..2100;
                                                       author/email/message str, surrogateescape
    Change(status, path, old_path, oid, mode)   frozen; status one of "AMDRT"; paths bytes; old_path b"" unless renamed; oid of the new blob
    Entry(path, oid, size, mode)                frozen; one file of a tree; path bytes; no submodules, no symlinks

    with Door.open(where, limits=Limits()) as door:
        door.git_dir: Path      the common git directory that is borrowed from
        door.name: str          a name for people ("checkout" for /srv/checkout/.git or checkout.git)
        door.root: Path | None  work tree folder or None for bare (never read from, only named)
        door.tip: str           hash that HEAD stands on; found without starting git
        door.shallow: frozenset[str]   boundary commits, empty when complete
        door.notes: tuple[str, ...]    "shallow: ...", "partial clone: ..."
        door.commits(new, old=None) -> Iterator[Commit]     reachable from new and not from old, children before parents, streamed
        door.is_ancestor(old, new) -> bool                  False also when old is unknown
        door.changes(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[Change]]]
                                          (commit, base or "") in the given order; exact renames; shallow boundary commits give []
        door.count_files(commit) -> int   memoised over tree hashes, so a tree bomb is counted, not walked
        door.tree(commit) -> list[Entry]  LimitReached when count_files > limits.files
        door.blobs(oids, largest=1 << 20) -> Iterator[tuple[str, bytes | None]]   None: missing or larger

Errors: RepositoryError (codes E20..E29), LimitReached (E30..E39) of colead.errors.
"""
