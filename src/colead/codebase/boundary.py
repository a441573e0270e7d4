"""Boundary: a database schema or a public interface, told by its path: where it changes, others must follow.

Like a role it is told by nothing but the path, so that it also speaks of files
that left the tree. In doubt a file is none: a route of a server is an interface,
a page of a web site is not; a migration is one step of a schema, the code that
runs migrations is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from colead.codebase import tables as known
from colead.codebase.roles import Role, role_of


class Boundary(StrEnum):
    """What others rely on the shape of."""

    SCHEMA = "schema"  # of a database: its definition, or one step of its history
    MODEL = "model"  # a class that stands for a table; it says the schema where nothing else here does
    INTERFACE = "interface"  # what others call, import or receive


def boundary_of(path: str) -> Boundary | None:
    """Which boundary the file at this path is part of; `path` is relative to the root, with "/"."""
    folder, _, name = path.rpartition("/")
    place, lower = _place(folder.lower()), name[-_LONGEST:].lower()
    stem, _, extension = lower.rpartition(".")
    found = _schema(place, stem, lower, extension) or _interface(place, stem, lower, extension)
    if found is None and _MODEL.search(f"{'entity/' * place.entities}{name[-_LONGEST:]}"):
        found = Boundary.MODEL
    return None if found is None or _aside(path, found, lower) else found


_LONGEST = 200  # characters of a file's name that are looked at, the last ones
_ASIDE = (Role.TEST, Role.DOCS, Role.VENDORED, Role.TRANSLATION)


def _aside(path: str, found: Boundary, lower: str) -> bool:
    """Whether a file only looks like one: of a test, a document, other people's code, a tool's output."""
    role = role_of(path)
    if role is Role.GENERATED:
        return found is not Boundary.SCHEMA or not _WRITTEN_BY_TOOLS.search(lower)
    tool = role is Role.SETTINGS and (lower in known.BUILD_FILES or lower.rpartition(".")[2] in _CODE)
    return tool or role in _ASIDE or path.startswith(".") or "/." in path


_WRITTEN_BY_TOOLS = re.compile(
    r"^(schema\.rb|structure\.sql|[a-z0-9_]+modelsnapshot\.cs|\d+_\w+\.designer\.cs)$"
)


# --- schemas ---------------------------------------------------------------------------------

_STEP = re.compile(  # 0001_initial.py, V2__add_tax.sql, Version20240101.php, m150101_000000_x.php
    r"^(\d+[_.-]|[vur]\d[\d._]*__|version\d{6}|m\d{6}_|(create|add|drop|alter|remove|rename|change)[_-])"
)
_STEP_CAMEL = re.compile(r"^(create|add|drop|alter|remove|rename|change)[a-z]+\.(swift|kt|cs|php)$")
_NO_DEFINITION = re.compile(r"(^|[_.-])(seeds?|data|quer(y|ies)|reports?|samples?|dump|fixtures?)([_.-]|$)")
_MODEL = re.compile(
    r"[a-z0-9]Entity\.(java|kt|cs)$|\.entity\.(ts|js)$|DbContext\.cs$"
    r"|^entity/[A-Z]\w*(?<!Service)(?<!Factory)(?<!Repository)(?<!Utils)\.(java|kt|cs|php)$"
)


def _schema(place: _Place, stem: str, lower: str, extension: str) -> Boundary | None:
    found = (
        extension in ("prisma", "dbml")
        or lower.endswith((".hbm.xml", "modelsnapshot.cs"))
        or ((place.steps or place.all_steps) and _is_step(place, lower, extension))
        or (place.database and (stem == "schema" or stem.endswith("_schema")) and extension in _CODE)
        or (place.changelog and extension in ("xml", "yaml", "yml", "json", "sql"))
        or (extension == "sql" and not place.queries and not _NO_DEFINITION.search(stem))
        or (place.ent and extension == "go")
    )
    return Boundary.SCHEMA if found else None


def _is_step(place: _Place, lower: str, extension: str) -> bool:
    if extension not in _CODE or lower.startswith("__init__"):
        return False
    return place.all_steps or bool(_STEP.search(lower) or _STEP_CAMEL.search(lower))


# --- public interfaces -----------------------------------------------------------------------

_CONTRACTS = frozenset("proto thrift avsc avdl graphqls raml wsdl xsd smithy tsp fbs capnp".split())
_DESCRIBED = re.compile(r"^(openapi|swagger|asyncapi)[^/]*\.(ya?ml|json)$")
_JSON_SCHEMA = re.compile(r"[._-]schema\.json$|^schema\.json$")
_ROUTES = re.compile(r"^(urls\.py|routes\.(py|php|ex|exs|rs|java|kt|scala)|(\w+_)?router\.exs?)$")
_ANSWERS = re.compile(r"^(views|viewsets|serializers|endpoints|schemas?|resources)\.py$")
_AMBIENT = re.compile(
    r"(^|[._-])(env|globals?|shims?|vendor|window|assets?|images?|svgs?|fonts?|css)\.d\.[cm]?ts$"
)
_EXPORTED = re.compile(r"^index\.m?[jt]s$")


def _interface(place: _Place, stem: str, lower: str, extension: str) -> Boundary | None:
    found = (
        extension in _CONTRACTS
        or bool(_DESCRIBED.search(lower) or _JSON_SCHEMA.search(lower))
        or (extension in ("graphql", "gql") and ("schema" in stem or place.schemas))
        or (place.schemas and extension in ("json", "avro"))
        or (place.described and extension in ("yaml", "yml", "json"))
        or _served(place, lower, extension)
        or _exported(place, lower, extension)
    )
    return Boundary.INTERFACE if found else None


def _served(place: _Place, lower: str, extension: str) -> bool:
    """Routes, and what answers at them."""
    if place.settings and lower in ("routes", "routes.rb"):
        return True
    if place.client or extension not in _CODE:
        return False
    if _ROUTES.search(lower) or (place.next_api and lower.startswith("route.")):
        return True
    return (
        place.api
        or (place.routes and extension == "php")
        or (place.named_api and bool(_ANSWERS.search(lower)))
    )


def _exported(place: _Place, lower: str, extension: str) -> bool:
    """What other code imports."""
    if lower.endswith((".d.ts", ".d.mts", ".d.cts")):
        return not place.ambient and not place.client and not _AMBIENT.search(lower)
    if lower == "__init__.py":
        return place.package
    if extension in ("h", "hpp", "hh"):
        return place.include
    if lower in ("lib.rs", "public-api.ts", "public_api.ts"):
        return lower != "lib.rs" or place.source
    return (extension == "api" and place.named_api) or (place.shared and bool(_EXPORTED.search(lower)))


# --- by folder -------------------------------------------------------------------------------

_CODE = frozenset(known.LANGUAGES) - {
    one for one, language in known.LANGUAGES.items() if language in known.TEMPLATE_LANGUAGES
} - frozenset("tsx jsx vue svelte astro".split())  # fmt: skip
_SERVER = re.compile(r"(^|[._-])(server|backend|back-end|service|services)$")
_CLIENT = re.compile(r"(^|[._-])(client|clients|frontend|front-end|ui|webui|webapp|mobile|browser)$|^ui-")
_VERSION = re.compile(r"^v\d{1,3}$")
_MANY = frozenset("packages libs modules crates".split())
_STORED = frozenset("src app domain persistence model models dao jpa data database db infrastructure".split())
_QUERIES = frozenset("queries query reports analytics seeds seed samples".split())


@dataclass(frozen=True, slots=True)
class _Place:
    """What a folder alone says of the files in it."""

    steps: bool = False  # of a schema, among other things
    all_steps: bool = False  # and nothing else
    database: bool = False
    changelog: bool = False
    queries: bool = False
    ent: bool = False
    entities: bool = False
    schemas: bool = False
    described: bool = False
    client: bool = False
    settings: bool = False
    routes: bool = False
    api: bool = False  # everything in it answers others
    named_api: bool = False
    next_api: bool = False
    package: bool = False  # the one that is imported by its name
    shared: bool = False  # one of many that others import
    source: bool = False
    include: bool = False
    ambient: bool = False


@lru_cache(maxsize=1 << 16)
def _place(folder: str) -> _Place:
    parts = folder.split("/")[:64]
    last, above = parts[-1], parts[-2] if len(parts) > 1 else ""
    inner = parts[:-1] if last == "src" else parts
    return _Place(
        steps=not known.MIGRATIONS.isdisjoint(parts[-2:])
        or last.endswith("_migrations")
        or last == "versions",
        all_steps=f"{above}/{last}"
        in ("db/migrate", "alembic/versions", "migrations/versions", "db/post_migrate"),
        database=last in ("db", "database", "drizzle"),
        changelog=last == "changelog" or "liquibase" in parts[-2:],
        queries=not _QUERIES.isdisjoint(parts),
        ent=f"{above}/{last}" == "ent/schema",
        entities=last in ("entity", "entities") and not _STORED.isdisjoint(parts),
        schemas=last in ("schemas", "schema", "typedefs"),
        described=last in ("openapi", "swagger", "asyncapi"),
        client=any(_CLIENT.search(part) for part in parts),
        settings=last in ("conf", "config"),
        routes=last == "routes",
        api=_is_api(parts),
        named_api="api" in parts,
        next_api="app" in parts and "api" in parts[parts.index("app") :] if "app" in parts else False,
        package=(len(parts) == 1 and bool(last)) or (len(parts) == 2 and above == "src"),
        shared=inner[-2:-1] != [] and inner[-2] in _MANY,
        source=last == "src",
        include="include" in parts and "deps" not in parts,
        ambient=last in ("@types", "typings"),
    )


def _is_api(parts: list[str]) -> bool:
    """Whether a folder answers others: api/v2, controllers/api, routes/api, the api of a server."""
    for at, part in enumerate(parts):
        if part in ("api", "apis"):
            after = parts[at + 1] if at + 1 < len(parts) else ""
            before = parts[at - 1] if at else ""
            if _VERSION.match(after) or before in ("controllers", "routes", "pages"):
                return True
            if any(_SERVER.search(one) for one in parts[:at]):
                return True
        if part == "routes" and at and parts[at - 1] == "config":
            return True
    return False
