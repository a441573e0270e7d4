"""Schema: every table of a store, one SQLite database per repository.

Identifiers are integers, paths and texts of the repository are raw bytes
(UTF-8 where they decode, else as they are), hashes stand on commits only. The
changes of a landing are one BLOB of little-endian 32-bit integers, three per
file: path, path before a rename or -1, ord of the status. Whole columns are
what every reader wants, and half a million rows load in a tenth of a second.

A part that keeps something of its own adds a constant here and names it in
TABLES. Whoever changes a table, or a rule by which landings are told apart,
raises VERSION: older stores are rebuilt, for a store holds nothing that the
repository does not.
"""

from __future__ import annotations

APPLICATION = 0x436F4C64  # PRAGMA application_id: how a store knows its own
VERSION = 5

FACTS = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
"""

COMMITS = """
CREATE TABLE commits (
    id INTEGER PRIMARY KEY,
    oid BLOB NOT NULL,
    first INTEGER NOT NULL,   -- first parent, 0 where none
    second INTEGER NOT NULL,  -- second parent, 0 where none
    more TEXT,                -- further parents, space separated
    at INTEGER NOT NULL,
    pull INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    echo INTEGER NOT NULL,
    opens INTEGER NOT NULL,
    bot INTEGER NOT NULL,
    issues TEXT
)
"""

MESSAGES = """
CREATE TABLE messages (
    id INTEGER PRIMARY KEY,   -- of the commit
    title BLOB NOT NULL,
    branch BLOB NOT NULL,
    body BLOB NOT NULL
)
"""

PATHS = """
CREATE TABLE paths (id INTEGER PRIMARY KEY, path BLOB NOT NULL)
"""

CHANGES = """
CREATE TABLE changes (id INTEGER PRIMARY KEY, files BLOB NOT NULL)
"""

LANDINGS = """
CREATE TABLE landings (
    id INTEGER PRIMARY KEY,   -- of the commit
    place INTEGER NOT NULL,   -- in the order of landing
    base INTEGER NOT NULL,    -- commit that it landed on, 0 where none
    pull INTEGER NOT NULL,
    issue INTEGER NOT NULL,   -- number that this and other landings bear, 0 where none
    kind TEXT NOT NULL,
    fix INTEGER NOT NULL,
    files INTEGER NOT NULL,
    title BLOB NOT NULL,
    efforts BLOB NOT NULL,    -- one per line
    inner TEXT NOT NULL       -- the first commits that it brought, space separated
)
"""

BLOB_FACTS = """
CREATE TABLE blob_facts (
    oid TEXT PRIMARY KEY,
    lines INTEGER NOT NULL,      -- non-blank ones; 0 for what is no text
    generated INTEGER NOT NULL,  -- 1: says of itself that a tool wrote it
    definitions TEXT NOT NULL    -- names of classes, functions, types, one per line
) WITHOUT ROWID
"""

INDEX_BATCHES = """
CREATE TABLE index_batches (
    field INTEGER NOT NULL,
    start INTEGER NOT NULL,   -- number of its first unit
    keys BLOB NOT NULL,       -- of its documents: blob hash, path or landing hash, NUL between them
    units BLOB NOT NULL,      -- units (chunks) of each document, 32-bit integers
    lengths BLOB NOT NULL,    -- terms of each unit, 32-bit integers
    PRIMARY KEY (field, start)
) WITHOUT ROWID
"""

INDEX_POSTINGS = """
CREATE TABLE index_postings (
    field INTEGER NOT NULL,
    term TEXT NOT NULL,
    rows BLOB NOT NULL,       -- unit * 256 + count, 32-bit integers
    PRIMARY KEY (field, term)
) WITHOUT ROWID
"""

TABLES: tuple[str, ...] = (
    FACTS,
    COMMITS,
    MESSAGES,
    PATHS,
    CHANGES,
    LANDINGS,
    BLOB_FACTS,
    INDEX_BATCHES,
    INDEX_POSTINGS,
)
