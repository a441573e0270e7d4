"""The guarded door to git: the only way in which Colead reads a repository, and it only reads.

    with Door.open(where, limits=Limits()) as door:
        door.tip, door.name, door.notes            found without starting git
        for commit in door.commits(door.tip): ...  children before parents
        for oid, changes in door.changes(pairs): ...
        door.count_files(door.tip); door.tree(door.tip); door.blobs(oids)

Git is asked by full hash only, in a shadow directory that borrows the objects
(`shadow.py`) and is made when git is first needed. Paths are raw bytes.
Errors: RepositoryError (E20..E28) and LimitReached (E30..E36).
"""

from colead.readers.git.differences import Change
from colead.readers.git.door import Commit, Door, Entry
from colead.readers.git.limits import Limits

__all__ = ["Change", "Commit", "Door", "Entry", "Limits"]
