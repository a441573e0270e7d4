"""The words of all lines: a table of their own on SQLite, an index on PostgreSQL."""

from typing import Any

from django.db import migrations

# The same expression stands in asked.py; without it the index is not used.
WORDS = "to_tsvector('simple', regexp_replace(text, '[^[:alnum:]]+', ' ', 'g'))"


def index(apps: Any, schema_editor: Any) -> None:
    """Make it."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(scope, text, content = '', detail = column,"
            " prefix = '2 3 4 5 6', tokenize = 'unicode61 remove_diacritics 0')"
        )
    else:
        schema_editor.execute(f"CREATE INDEX search_words ON search_line USING gin ({WORDS})")


def drop(apps: Any, schema_editor: Any) -> None:
    """Take it back."""
    kind = "TABLE" if schema_editor.connection.vendor == "sqlite" else "INDEX"
    schema_editor.execute(f"DROP {kind} search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_lines")]
    operations = [migrations.RunPython(index, drop)]
