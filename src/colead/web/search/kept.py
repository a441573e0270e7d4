"""Kept: the database keeps what is searched itself, whatever changes a text, in the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from colead.web.search.documents import DOCUMENTS, LONGEST, Document, From

TABLE, WORDS = "search_line", "search_words"
# Every change of a definition below gives the triggers another name, and has all lines written anew.
PREFIX = "search_"


def saying(one: Document, where: str) -> str:
    """SQL that writes what the documents of a kind say, where that holds of the row `r`."""
    joined = "group_concat({}, '\n')" if _lite() else "string_agg({}, E'\n')"
    texts = " || '\n' || ".join(f"coalesce({_aggregated(text, joined)}, '')" for text in one.texts)
    return (
        f"INSERT INTO {TABLE} (area_id, kind, source, text)"
        f" SELECT {one.area}, '{one.kind}', r.id, substr({texts}, 1, {LONGEST}) FROM {one.table} r"
        f" WHERE {where} ON CONFLICT (kind, source) DO UPDATE SET text = excluded.text"
    )


def _lite() -> bool:
    return connection.vendor == "sqlite"


def _aggregated(text: str, joined: str) -> str:
    """The same with this database's word for putting texts together."""
    before, sign, rest = text.partition("JOINED(")
    if not sign:
        return text
    inner, _, after = rest.partition(") FROM ")
    return f"{before}{joined.format(inner)} FROM {after}"


def _forgetting(one: Document) -> str:
    return f"DELETE FROM {TABLE} WHERE kind = '{one.kind}' AND source = OLD.id"


def definitions() -> list[str]:
    """The statements that raise all triggers, named by what they do."""
    there = set(connection.introspection.table_names())
    made = [
        statement
        for one in DOCUMENTS
        if one.tables <= there
        for told in one.changed_by
        for statement in _triggers(one, told)
    ]
    if _lite():
        made += _FTS
    sign = hashlib.sha256("".join(made).encode()).hexdigest()[:8]
    return [one.replace("SIGN", sign) for one in made]


def _triggers(one: Document, told: From) -> Iterator[str]:
    """After a row came, changed or went."""
    name = f"{PREFIX}SIGN_{one.kind}_{told.table}"
    new = saying(one, f"r.{told.own} = NEW.{told.its}")
    gone = _forgetting(one) if told.table == one.table else saying(one, f"r.{told.own} = OLD.{told.its}")
    columns = ", ".join(told.columns)
    if _lite():
        for when, deed in (("INSERT", new), (f"UPDATE OF {columns}", new), ("DELETE", gone)):
            kind = when[:6].lower()
            yield f"CREATE TRIGGER {name}_{kind} AFTER {when} ON {told.table} BEGIN {deed}; END"
        return
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN {gone}; ELSE {new}; END IF; RETURN NULL; END $$"
    )
    when = f"AFTER INSERT OR UPDATE OF {columns} OR DELETE ON {told.table}"
    yield f"CREATE OR REPLACE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()"


_SCOPE = "'a' || {0}.area_id || ' k' || {0}.kind"
_IN = f"INSERT INTO {WORDS} (rowid, scope, text) VALUES (NEW.id, {_SCOPE.format('NEW')}, NEW.text)"
_OUT = (
    f"INSERT INTO {WORDS} ({WORDS}, rowid, scope, text)"
    f" VALUES ('delete', OLD.id, {_SCOPE.format('OLD')}, OLD.text)"
)
_FTS = (
    f"CREATE TRIGGER {PREFIX}SIGN_in AFTER INSERT ON {TABLE} BEGIN {_IN}; END",
    f"CREATE TRIGGER {PREFIX}SIGN_out AFTER DELETE ON {TABLE} BEGIN {_OUT}; END",
    f"CREATE TRIGGER {PREFIX}SIGN_anew AFTER UPDATE OF text ON {TABLE} BEGIN {_OUT}; {_IN}; END",
)


def raise_triggers(**told: Any) -> None:
    """Put the triggers up, and write all lines anew where they were not up as they are now."""
    if TABLE not in connection.introspection.table_names():
        return
    wanted = definitions()
    names = {one.split()[2] for one in wanted if one.startswith("CREATE TRIGGER")}
    names |= {one.split()[4] for one in wanted if one.startswith("CREATE OR REPLACE TRIGGER")}
    if names == set(_up()):
        return
    with transaction.atomic():
        _lower()
        with connection.cursor() as cursor:
            for one in wanted:
                cursor.execute(one)
        write_anew()


def lower_triggers(plan: Any = None, **told: Any) -> None:
    """Take the triggers down while migrations change the tables."""
    if plan and TABLE in connection.introspection.table_names():
        _lower()


def write_anew() -> None:
    """Write all lines from what they are made of."""
    there = set(connection.introspection.table_names())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
        for one in DOCUMENTS:
            if one.tables <= there:
                cursor.execute(saying(one, "1 = 1"))


def _up() -> dict[str, str]:
    """The triggers that are up, and on which tables."""
    asked = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    if not _lite():
        asked = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def _lower() -> None:
    with connection.cursor() as cursor:
        for name, table in _up().items():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if _lite() else f" ON {table}"))
            if not _lite():
                cursor.execute(f"DROP FUNCTION {name}")
