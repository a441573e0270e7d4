"""Role: what a file is for - product source, test, docs, settings and so on - told by its path.

`role_of` knows nothing but the path, so that it also speaks of files that left
the tree long ago. `generated_by` is the second look, at a file's first bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from colead.codebase import tables as known


class Role(StrEnum):
    """What a file is for. Touches, fragility and components speak of `PRODUCT` files only."""

    PRODUCT = "product"
    TEST = "test"
    DOCS = "docs"
    GENERATED = "generated"
    VENDORED = "vendored"
    SETTINGS = "settings"  # build, CI, lock files, configuration
    TRANSLATION = "translation"
    DATA = "data"  # pictures, fixtures, archives: nothing to read as text


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder alone says of the files in it."""

    role: Role | None = None
    locale: bool = False  # a folder of translations
    tongue: bool = False  # "locale/de/": translations even when written as code
    templates: bool = False
    tooling: bool = False


def role_of(path: str) -> Role:
    """What the file at this path is for; `path` is relative to the repository's root, with "/"."""
    folder, _, name = path.rpartition("/")
    name = name[-_LONGEST:]
    lower = name.lower()
    stem, dot, extension = lower.rpartition(".")
    if not dot or not stem:
        stem, extension = lower, ""
    place = _folder(folder)
    if place.role is not None:
        return place.role
    if lower == "schema.rb" and folder.endswith("db"):
        return Role.GENERATED
    return (
        _by_name(name, lower, not folder)
        or _by_place(place, stem, extension)
        or _by_extension(place, extension)
    )


def is_migration(path: str) -> bool:
    """Whether a file is one step of a database schema's history: written once and hardly ever changed."""
    folder, _, name = path.lower().rpartition("/")
    parts = folder.split("/")
    if name.startswith("__init__") or known.LANGUAGES.get(name.rpartition(".")[2]) in (
        None,
        *known.TEMPLATE_LANGUAGES,
    ):
        return False
    named = not known.MIGRATIONS.isdisjoint(parts[-2:]) or parts[-1].endswith("_migrations")
    return named or folder.endswith(("db/migrate", "alembic/versions"))


def language_of(path: str) -> str:
    """The language of a file by its name: "python", "typescript", ...; "" where unknown."""
    return known.LANGUAGES.get(path.rpartition("/")[2].lower().rpartition(".")[2], "")


_LONGEST = 200  # characters of a file's name that are looked at, the last ones


# --- by name ---------------------------------------------------------------------------------

_TEST_NAME = re.compile(
    r"^(test_[^/]*|tests?|conftest|[^/]*[_.-](test|tests|spec|specs|e2e|cy|unit|snap))\.[a-z]+$"
    r"|^test[-_](helper|utils?|case)s?\.[a-z]+$|\.(snap|feature)$"
)
_TEST_CLASS = re.compile(
    r"[a-z0-9](Tests?|TestCase|Spec|Specs|IT)\.(java|kt|kts|cs|php|swift|scala|groovy|fs|vb|dart)$"
)
_GENERATED_NAME = re.compile(
    r"([.-](min|bundle|chunk)\.(js|mjs|cjs|css)|\.map|_pb2(_grpc)?\.pyi?|\.pb\.(go|cc|h|gw\.go)"
    r"|_pb\.(js|d\.ts)"
    r"|_grpc\.pb\.go|\.(g|gr|freezed|mocks)\.dart|\.(g|designer|generated)\.(cs|vb)|modelsnapshot\.cs"
    r"|[._](gen|generated)\.[a-z]+|^zz_generated[^/]*|^bindata\.go|^structure\.sql|\.tab\.[ch])$"
)
_STORY_NAME = re.compile(r"\.(stories|story)\.[a-z]+$")
_CONFIG_NAME = re.compile(
    r"^(\.[^/]*|[^/]*\.(config|conf|setup|workspace)\.([cm]?[jt]s|json)|[^/]*rc\.[cm]?js"
    r"|dockerfile[^/]*|[^/]*\.dockerfile"
    r"|(docker-)?compose[^/]*\.ya?ml|procfile[^/]*|requirements[^/]*\.(txt|in)|tsconfig[^/]*\.json"
    r"|codeowners|copying|notice|authors|version|(mit-)?licen[cs]e([-.](md|txt|rst|mit|apache))?"
    r"|[^/]*\.gradle\.kts)$"
)
_INTERFACE_NAME = re.compile(r"^(openapi|swagger|asyncapi)[^/]*\.(ya?ml|json)$")


def _by_name(name: str, lower: str, at_root: bool) -> Role | None:
    if lower in known.BUILD_FILES or (at_root and lower in known.ROOT_BUILD_FILES):
        return Role.SETTINGS
    if _TEST_NAME.search(lower) or (_TEST_CLASS.search(name) and not lower.startswith(known.NOT_A_TEST)):
        return Role.TEST
    if _GENERATED_NAME.search(lower):
        return Role.GENERATED
    if _STORY_NAME.search(lower):
        return Role.DOCS
    return Role.SETTINGS if _CONFIG_NAME.search(lower) else None


def _by_place(place: _Folder, stem: str, extension: str) -> Role | None:
    if place.locale and extension in known.MESSAGE_FORMATS:
        return Role.TRANSLATION
    if place.locale and extension in known.LANGUAGES and (place.tongue or _is_tongue(stem)):
        return Role.TRANSLATION
    if extension == "properties" and _is_tongue(stem.rpartition("_")[2]):
        return Role.TRANSLATION
    if place.tooling and (extension in known.LANGUAGES or not extension):
        return Role.SETTINGS
    return Role.PRODUCT if _INTERFACE_NAME.search(f"{stem}.{extension}") else None


def _by_extension(place: _Folder, extension: str) -> Role:
    if place.templates and extension in known.TEMPLATE_TEXT:
        return Role.PRODUCT
    if extension in known.LANGUAGES:
        return Role.PRODUCT
    return known_role(extension)


def known_role(extension: str) -> Role:
    """The role of an extension that is no programming language."""
    if extension in known.MESSAGES:
        return Role.TRANSLATION
    if extension in known.PROSE:
        return Role.DOCS
    return Role.SETTINGS if extension in known.CONFIGURATION else Role.DATA


_TONGUE = re.compile(r"^([a-z]{2,3})([-_][a-z0-9]{2,8}){0,2}$")


def _is_tongue(word: str) -> bool:
    found = _TONGUE.match(word[:24])
    return found is not None and found[1] in known.TONGUES


# --- by folder -------------------------------------------------------------------------------

_TEST_PART = re.compile(
    r"^(tests?|e2e|spec)[-_.]|[-_.]tests?[-_.]|[-_.](test|e2e|specs|testing-support)$|(?<!con)(?<!pro)tests$"
)
_TEST_CAMEL = re.compile(r"[a-z0-9](Tests?|Specs)$")


@lru_cache(maxsize=1 << 16)
def _folder(folder: str) -> _Folder:
    if not folder:
        return _Folder()
    real = folder.split("/")[:64]
    parts = [part.lower() for part in real]
    for judge in (_vendored, _generated, _test, _docs, _settings):
        role = judge(parts, real)
        if role is not None:
            return _Folder(role)
    locale = not known.LOCALES.isdisjoint(parts) or parts[-1].endswith(".lproj")
    return _Folder(
        None,
        locale,
        locale and any(_is_tongue(part) for part in parts[1:]),
        not known.TEMPLATES.isdisjoint(parts),
        parts[0] in known.TOOLING,
    )


def _before(parts: list[str], at: int, words: frozenset[str]) -> bool:
    return not words.isdisjoint(parts[:at])


def _vendored(parts: list[str], real: list[str]) -> Role | None:
    for at, part in enumerate(parts):
        if part in known.VENDORED:
            return Role.VENDORED
        # "vendor" is also somebody who sells: app/models/vendor/ is the product's own.
        assets = _before(parts, at, known.ASSETS)
        if part == "vendor" and (assets or not _before(parts, at, known.OWN)):
            return Role.VENDORED
        if (part == "vendors" and assets) or (part in ("lib", "libs") and at and parts[at - 1] in known.WEB):
            return Role.VENDORED
    return None


def _generated(parts: list[str], real: list[str]) -> Role | None:
    for at, part in enumerate(parts):
        if part in known.GENERATED or (part in known.OUTPUT and at == 0):
            return Role.GENERATED
        if part in ("build", *known.OUTPUT) and at and parts[at - 1] in known.ASSETS:
            return Role.GENERATED
        if part == "gen" and (at == 0 or "proto" in parts[:at]):
            return Role.GENERATED
    return None


def _test(parts: list[str], real: list[str]) -> Role | None:
    for at, part in enumerate(parts):
        if part in known.TESTS or (at == 0 and part in known.ROOT_TESTS):
            return Role.TEST
        if part.startswith(known.NOT_A_TEST):
            continue
        if _TEST_PART.search(part) or _TEST_CAMEL.search(real[at]):
            return Role.TEST
        if part in ("spec", "specs") and (at == 0 or parts[at - 1] == "src" or "src" not in parts[:at]):
            return Role.TEST
    return None


def _docs(parts: list[str], real: list[str]) -> Role | None:
    for at, part in enumerate(parts):
        if (at == 0 and part in known.ROOT_DOCS) or (
            part in known.DOCS and not _before(parts, at, known.OWN - {"src"})
        ):
            return Role.DOCS
        if part in known.EXAMPLES and at < 2 and not _before(parts, at, known.SOURCE):
            return Role.DOCS
    return None


def _settings(parts: list[str], real: list[str]) -> Role | None:
    if any(part.startswith(".") for part in parts):
        return Role.SETTINGS
    return None


# --- by content ------------------------------------------------------------------------------

# Comments speak of generated things all the time; these speak of the file itself.
_MARKS = re.compile(
    rb"@generated\b|auto-?generated\b|do not (edit|modify|change) (this|the) (file|code)"
    rb"|do not edit (manually|by hand|directly)"
    rb"|(this|the) (file|code|class|module) (is|was|has been) (auto-?|automatically )?generated\b"
    rb"|^[^a-z]{0,40}((code|file) )?generated (by|from|with|using|automatically)\b",
    re.IGNORECASE,
)
_SHOUTED = re.compile(rb"DO NOT (EDIT|MODIFY)")
_HEAD = 1024  # bytes looked at for a mark
_LONG = 5_000  # a line of so many bytes was not written by hand
_COMMENT = re.compile(rb"^\s{0,80}(//|#|/\*|\*|<!--|--|;|%|\"\"\"|'''|\(\*|\{\{!|<%#)")


def generated_by(data: bytes) -> bool:
    """Whether a file says of itself, in a comment at its head, that a tool wrote it; or is minified."""
    for line in data[:_HEAD].split(b"\n")[:12]:
        if _COMMENT.match(line[:200]) and (_MARKS.search(line[:300]) or _SHOUTED.search(line[:300])):
            return True
    return len(data) > _LONG and _minified(data)


def _minified(data: bytes) -> bool:
    lines = data.count(b"\n") + 1
    return len(data) / lines > 400 and max(map(len, data[:200_000].split(b"\n"))) > _LONG
