"""The imports file, `.colead/imports.yml`: where in the repository exports of other tools lie.

    issues: [exports/issues.json]         # GitHub, GitLab, Jira, Linear, or a plain CSV
    incidents: [ops/incidents.csv]
    postmortems: docs/postmortems         # a folder of Markdown files

Strict, as all settings are. Without it, files in the folders `.colead/issues`, `.colead/incidents`
and `.colead/postmortems` are read.
"""

from __future__ import annotations

from dataclasses import dataclass

from colead.readers.settings import Reader

FILE = ".colead/imports.yml"
FIELDS = ("issues", "incidents", "postmortems")
FOLDERS = tuple(f".colead/{name}" for name in FIELDS)
TABLES = (".json", ".jsonl", ".ndjson", ".csv", ".tsv")
PAGES = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Places:
    """Files and folders below the repository's root that hold exports."""

    issues: tuple[str, ...]
    incidents: tuple[str, ...]
    postmortems: tuple[str, ...]
    written: bool = False  # in the settings: then each has to be there


def read_places(data: bytes, file: str = FILE) -> Places:
    """The places that an imports file names, the usual folders where it is empty.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    top = reader.mapping(reader.document(data), FIELDS)
    if not top:
        issues, incidents, postmortems = FOLDERS
        return Places((issues,), (incidents,), (postmortems,))

    def paths(name: str) -> tuple[str, ...]:
        node = top.get(name)
        return () if node is None else tuple(reader.path(node, one) for one in reader.texts(node))

    return Places(paths("issues"), paths("incidents"), paths("postmortems"), written=True)
