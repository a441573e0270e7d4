"""What a repository's own files say of its parts: catalogues, compose files, Dockerfiles, manifests, owners.

Everything is read from blobs of the commit and nothing is run. A file that is
malformed says nothing; only `.colead/` is strict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from colead.codebase import ComponentKind, Role, role_of
from colead.codebase.owners import Rule, rules
from colead.codebase.split import Declared, Source
from colead.readers.guarded import json_object, toml_table, yaml_documents

LARGEST = 128 << 10  # bytes of one such file
MOST = 3_000  # such files in one tree
OWNERS = ("CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS")

_SERVICE, _PACKAGE, _LIBRARY = ComponentKind.SERVICE, ComponentKind.PACKAGE, ComponentKind.LIBRARY

# A manifest makes its folder a package; what it says is not needed, that it stands there is enough.
_MANIFESTS = frozenset(
    "cargo.toml go.mod pom.xml build.gradle build.gradle.kts composer.json mix.exs package.swift"
    " pubspec.yaml build.sbt deno.json".split()
)
_MANIFEST_ENDINGS = (".gemspec", ".csproj", ".fsproj", ".vbproj", ".cabal", ".podspec")
_NAMED = ("package.json", "pyproject.toml")  # these also stand where they declare no package
_LIBRARY_FOLDERS = frozenset(("lib", "libs", "library", "libraries"))
_NOT_RUN = (".tt", ".erb", ".j2", ".tmpl", ".dockerignore", ".md")
# Folders that hold recipes for building something that lies elsewhere.
_WORKSHOPS = frozenset(
    "docker dockerfiles .docker deploy deployment build ci .devcontainer devcontainer ops".split()
)
_CATALOG_KINDS = {"service": _SERVICE, "website": _SERVICE, "library": _LIBRARY}
_WORKLOADS = frozenset("Deployment StatefulSet DaemonSet CronJob Job Rollout".split())


def speaks(path: str) -> bool:
    """Whether the file at this path may say something of parts, so that its content is worth reading."""
    return _reader(path) is not None


def declared(contents: Mapping[str, bytes], paths: Iterable[str]) -> tuple[Declared, ...]:
    """What the files say, the strongest first; `contents` of those that `speaks` chose, `paths` of all."""
    folders = _folders(paths)
    found: list[Declared] = []
    for path, data in sorted(contents.items()):
        reader = _reader(path)
        if reader is not None:
            found.extend(reader(path, data, folders))
    found.extend(_by_presence(paths))
    return tuple(sorted(found, key=lambda one: (one.source, one.roots)))


def owner_rules(contents: Mapping[str, bytes]) -> tuple[Rule, ...]:
    """The rules of the first CODEOWNERS file, in the order in which GitHub and GitLab look for it."""
    for place in (*OWNERS[1:3], OWNERS[0], OWNERS[3]):
        if place in contents:
            return rules(contents[place].decode("utf-8", "replace"))
    return ()


_Reader = Callable[[str, bytes, frozenset[str]], Iterator[Declared]]


def _reader(path: str) -> _Reader | None:
    name = path.rpartition("/")[2].lower()
    if name in ("catalog-info.yaml", "catalog-info.yml"):
        return _catalog
    if name in _NAMED:
        return _named_package
    if name.endswith((".yaml", ".yml")) and role_of(path) is Role.SETTINGS:
        if name.startswith(("docker-compose", "compose")):
            return _compose
        if any(
            f"/{word}" in f"/{path.lower()}" for word in ("k8s", "kube", "deploy", "manifests", "charts/")
        ):
            return _kubernetes
    return _owned if path in OWNERS else None


def _by_presence(paths: Iterable[str]) -> Iterator[Declared]:
    for path in paths:
        folder, _, name = path.rpartition("/")
        lower = name.lower()
        if not folder:
            continue
        if _runs(lower) and _deploys(folder.lower()):
            yield Declared((folder,), Source.DEPLOYED, _SERVICE)
        elif lower in _MANIFESTS or lower.endswith(_MANIFEST_ENDINGS):
            yield _package(folder)


def _runs(name: str) -> bool:
    """Whether a file of this name says how to run the folder that it stands in."""
    if name in ("dockerfile", "containerfile", "procfile"):
        return True
    return name.startswith("dockerfile.") and not name.endswith(_NOT_RUN)


def _deploys(folder: str) -> bool:
    """Whether a folder is what runs, not a workshop that builds something else nor a template for others."""
    return folder.rpartition("/")[2] not in _WORKSHOPS and "template" not in folder


def _package(folder: str) -> Declared:
    """A package, unless its place or its own name says that it is a library or a service."""
    above = folder.lower().split("/")
    called = _SERVICE if above[-1].endswith(("-service", "_service", ".service")) else _PACKAGE
    library = not _LIBRARY_FOLDERS.isdisjoint(above)
    return Declared((folder,), Source.MANIFEST, _LIBRARY if library else called)


def _named_package(path: str, data: bytes, folders: frozenset[str]) -> Iterator[Declared]:
    """package.json and pyproject.toml name a package, or only configure a tool."""
    folder = path.rpartition("/")[0]
    if path.endswith(".json"):
        named = bool(json_object(data, LARGEST).get("name"))
    else:
        table = toml_table(data, LARGEST)
        poetry = _inside(table, "tool", "poetry")
        named = "project" in table or poetry is not None
    if folder and named:
        yield _package(folder)


def _catalog(path: str, data: bytes, folders: frozenset[str]) -> Iterator[Declared]:
    """A Backstage entry makes its folder a component; at the root it speaks of the whole repository."""
    folder = path.rpartition("/")[0]
    for document in yaml_documents(data, LARGEST)[:20]:
        if folder and _inside(document, "kind") == "Component":
            title = _inside(document, "metadata", "title") or _inside(document, "metadata", "name")
            owner = _inside(document, "spec", "owner")
            yield Declared(
                (folder,),
                Source.CATALOG,
                _CATALOG_KINDS.get(str(_inside(document, "spec", "type")).lower(), _PACKAGE),
                _said(title),
                owners=(_said(owner),) if _said(owner) else (),
            )
            return


def _compose(path: str, data: bytes, folders: frozenset[str]) -> Iterator[Declared]:
    """Each service that is built from a folder of this repository."""
    base = path.rpartition("/")[0]
    for document in yaml_documents(data, LARGEST)[:1]:
        services = _inside(document, "services")
        for service in list(services.values())[:500] if isinstance(services, dict) else ():
            build = _inside(service, "build")
            context = _inside(build, "context") if isinstance(build, dict) else build
            folder = _below(base, _said(context))
            if folder in folders:
                yield Declared((folder,), Source.DEPLOYED, _SERVICE)


def _kubernetes(path: str, data: bytes, folders: frozenset[str]) -> Iterator[Declared]:
    """A workload whose name is the name of one folder only is that folder, running."""
    for document in yaml_documents(data, LARGEST)[:50]:
        if _inside(document, "kind") in _WORKLOADS:
            name = _said(_inside(document, "metadata", "name")).lower()
            places = [folder for folder in folders if folder.rpartition("/")[2].lower() == name]
            if name and len(places) == 1:
                yield Declared((places[0],), Source.DEPLOYED, _SERVICE)


def _owned(path: str, data: bytes, folders: frozenset[str]) -> Iterator[Declared]:
    """Folders that CODEOWNERS names are parts to those who wrote it."""
    for rule in rules(data.decode("utf-8", "replace")):
        if rule.owners and rule.folder in folders:
            yield Declared((rule.folder,), Source.OWNERS)


def _inside(value: Any, *keys: str) -> Any:
    """The value below nested mappings; None where a step is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _said(value: Any) -> str:
    """A short printable text, else ""."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= 200 and text.isprintable() else ""


def _below(base: str, relative: str) -> str:
    """A relative path resolved below the repository's root; "" for the root and for what leads out of it."""
    parts: list[str] = base.split("/") if base else []
    for part in relative.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return (
        "/".join(parts) if relative and not relative.startswith(("/", "$")) and "://" not in relative else ""
    )


def _folders(paths: Iterable[str]) -> frozenset[str]:
    """Folders that hold product source, and those above them."""
    found: set[str] = set()
    for path in paths:
        if role_of(path) is Role.PRODUCT:
            folder = path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
    return frozenset(found)
