"""Guard: the database itself refuses to change or delete an entry, as long as its area is not ended."""

from __future__ import annotations

from typing import Any

from django.db import connection

KEPT = ("id", "area_id", "number", "at", "by_id", "idea", "verb", "told", "digest")
TABLE = "areas_entry"
STAYS, REMAINS = "entries_stay_as_written", "entries_remain"


def _same(distinct: str) -> str:
    columns = " AND ".join(f"NEW.{one} {distinct} OLD.{one}" for one in KEPT)
    return f"NEW.brief_id IS NULL AND {columns}"  # its idea was deleted


def raise_guards(**told: Any) -> None:
    """Put the guards up, where they are not; after migrations."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for one in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(one)


def lower_guards(plan: Any = None, **told: Any) -> None:
    """Take the guards down while migrations change the tables."""
    if not plan or TABLE not in connection.introspection.table_names():
        return
    on = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    with connection.cursor() as cursor:
        for name in (STAYS, REMAINS):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


_OPEN = "SELECT 1 FROM areas_area WHERE id = OLD.area_id AND ending IS NULL"
_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS {STAYS} BEFORE UPDATE ON {TABLE} WHEN NOT ({_same('IS')}) "
    "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
    f"CREATE TRIGGER IF NOT EXISTS {REMAINS} BEFORE DELETE ON {TABLE} WHEN EXISTS ({_OPEN}) "
    "BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
)
_POSTGRES = (
    f"""
    CREATE OR REPLACE FUNCTION {STAYS}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF {_same("IS NOT DISTINCT FROM")} THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'an entry is never changed' USING ERRCODE = 'restrict_violation';
        END IF;
        IF EXISTS ({_OPEN}) THEN
            RAISE EXCEPTION 'an entry is never deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    f"CREATE OR REPLACE TRIGGER {STAYS} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {STAYS}()",
    f"CREATE OR REPLACE TRIGGER {REMAINS} BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {STAYS}()",
)
