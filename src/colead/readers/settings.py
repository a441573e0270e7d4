"""The settings under `.colead/`: the parts and their folders, and what people call them.

    # .colead/components.yml              # .colead/glossary.yml
    components:                           Packing slips:
      - name: Checkout                      path: services/packing
        paths: [services/checkout]          says: [delivery note, pick list]
        kind: service                     Returns label: services/returns
        owners: ["@shop/checkout"]

Both are meant to be written by hand, so what is off is told with its line and
the next step, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import yaml

from colead.codebase import ComponentKind
from colead.codebase.split import Declared, Source
from colead.errors import SettingsError
from colead.forge import own_page
from colead.readers.guarded import Refused, compose

COMPONENTS = ".colead/components.yml"
GLOSSARY = ".colead/glossary.yml"
LARGEST = 64 << 10  # bytes of one settings file
MOST = 400  # entries in one file
_LONGEST = 200  # characters of a name, a path, a word

_TOP = ("components", "commits")
_FIELDS = ("name", "path", "paths", "kind", "key", "owners", "says")
_WORD_FIELDS = ("path", "says")


@dataclass(frozen=True, slots=True)
class Word:
    """One line of the glossary: what people call the part at `target` (a component's key or a path)."""

    name: str
    target: str
    says: tuple[str, ...] = ()


def read_components(data: bytes, file: str = COMPONENTS) -> tuple[Declared, ...]:
    """The declared parts of a components file.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    top = reader.mapping(reader.document(data), _TOP)
    read_commits(data, file)
    entries = list(reader.items(top["components"], "components")) if "components" in top else []
    return tuple(_declared(reader, entry) for entry in entries)


def read_commits(data: bytes, file: str = COMPONENTS) -> str:
    """The address of a commit's page that a components file gives, "" for none.

    Raises:
        SettingsError: as `read_components`.
    """
    reader = Reader(file)
    node = reader.mapping(reader.document(data), _TOP).get("commits")
    told = reader.text(node)
    if node is not None and told and not own_page(told):
        hint = "write it as  commits: https://git.example.org/shop/commit/{hash}"
        reader.refuse(node, f"{told!r}, which is no address of a commit's page", hint)
    return told


def read_glossary(data: bytes, file: str = GLOSSARY) -> tuple[Word, ...]:
    """The words of a glossary file.

    Raises:
        SettingsError: with the file, the line, and what to try.
    """
    reader = Reader(file)
    return tuple(_word(reader, name, node) for name, node in reader.mapping(reader.document(data)).items())


def named_by(words: Iterable[Word], own: Iterable[Declared]) -> tuple[Declared, ...]:
    """The glossary as declarations: a word for a component's key is one for its first folder."""
    roots = {one.key: one.roots[0] for one in own if one.key}
    return tuple(
        Declared((roots.get(word.target, word.target),), Source.NAMED, name=word.name, says=word.says)
        for word in words
    )


def from_work_tree(root: Path | None, file: str) -> bytes | None:
    """The settings file as it lies in the work tree, committed or not; None for none and for a symlink."""
    if root is None:
        return None
    place = root / file
    try:
        if place.parent.is_symlink() or place.is_symlink() or not place.is_file():
            return None
        with place.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise SettingsError(
            "E13",
            f"{file} could not be read",
            why=error.strerror or str(error),
            hint="look at its permissions",
        ) from None


def _declared(reader: Reader, node: yaml.Node) -> Declared:
    entry = reader.mapping(node, _FIELDS)
    paths = reader.texts(entry.get("paths")) + reader.texts(entry.get("path"))
    if not paths:
        reader.refuse(node, "a component without paths", "give it a line such as  paths: [services/checkout]")
    return Declared(
        tuple(reader.path(node, path) for path in paths),
        Source.SETTINGS,
        reader.kind(entry.get("kind")),
        reader.text(entry.get("name")),
        reader.text(entry.get("key")),
        reader.texts(entry.get("owners")),
        reader.texts(entry.get("says")),
    )


def _word(reader: Reader, name: str, node: yaml.Node) -> Word:
    if isinstance(node, yaml.ScalarNode):
        return Word(name, reader.path(node, reader.text(node)))
    entry = reader.mapping(node, _WORD_FIELDS)
    target = reader.text(entry.get("path"))
    if not target:
        reader.refuse(node, f"{name!r} without a path", "add a line such as  path: services/packing")
    return Word(name, reader.path(node, target), reader.texts(entry.get("says")))


class Reader:
    """Turns YAML nodes into plain values and speaks of the line when something is off."""

    def __init__(self, file: str) -> None:
        self.file = file

    def document(self, data: bytes) -> yaml.Node | None:
        if len(data) > LARGEST:
            self._raise(
                "E12", 0, f"is larger than {LARGEST >> 10} KiB", "keep only the parts that people talk about"
            )
        try:
            return compose(data.decode("utf-8"))
        except UnicodeDecodeError:
            self._raise("E10", 0, "is not UTF-8 text", "save it as UTF-8")
        except Refused as error:
            code, hint = (
                ("E12", "write the values out")
                if "alias" in str(error)
                else ("E10", "look at the indentation")
            )
            self._raise(code, error.line, f"is not understood: {error}", hint)

    def mapping(self, node: yaml.Node | None, allowed: tuple[str, ...] = ()) -> Mapping[str, yaml.Node]:
        """A mapping with text keys, each once, of the allowed ones."""
        if node is None or _empty(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.refuse(node, "not a mapping of names to values", "`colead init` writes an example")
        self._bound(node)
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if not name or name in found:
                self.refuse(key, f"{name!r} twice" if name else "an empty name", "give each name once")
            if allowed and name not in allowed:
                near = get_close_matches(name, allowed, 1)
                self.refuse(
                    key,
                    f"the unknown word {name!r}",
                    f"did you mean {near[0]!r}?" if near else f"use {', '.join(allowed)}",
                )
            found[name] = value
        return found

    def items(self, node: yaml.Node, name: str) -> Iterator[yaml.Node]:
        """The entries of a list."""
        if _empty(node):
            return iter(())
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(node, f"{name!r} that is not a list", "start each entry with  - ")
        self._bound(node)
        return iter(node.value)

    def texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        """A list of texts; one text counts as a list of one."""
        if node is None or _empty(node):
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (self.text(node),)
        return tuple(self.text(one) for one in self.items(node, "value"))

    def text(self, node: yaml.Node | None) -> str:
        """One text, without control characters."""
        if node is None or _empty(node):
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.refuse(node, "a list or a mapping where one text belongs", "write one name")
        value = str(node.value).strip()
        if len(value) > _LONGEST or not value.isprintable():
            self.refuse(node, f"a text over {_LONGEST} characters or with control characters", "shorten it")
        return value

    def path(self, node: yaml.Node, value: str) -> str:
        """A path below the repository's root, without "./" and a trailing slash."""
        parts = [part for part in value.replace("\\", "/").split("/") if part not in ("", ".")]
        if ".." in parts or value.startswith("/") or not parts:
            self.refuse(
                node, f"the path {value!r}", "write it from the repository's root, as in  services/checkout"
            )
        return "/".join(parts)

    def kind(self, node: yaml.Node | None) -> ComponentKind | None:
        """One of the kinds; None when left out."""
        value = self.text(node)
        if node is None or not value:
            return None
        if value not in tuple(ComponentKind):
            self.refuse(node, f"the unknown kind {value!r}", f"use one of {', '.join(ComponentKind)}")
        return ComponentKind(value)

    def refuse(self, node: yaml.Node, what: str, hint: str) -> NoReturn:
        """Say what is off at this node."""
        self._raise("E11", node.start_mark.line + 1, f"has {what}", hint)

    def _bound(self, node: yaml.Node) -> None:
        if len(node.value) > MOST:
            self.refuse(node, f"more than {MOST} entries", "keep only the parts that people talk about")

    def _raise(self, code: str, line: int, what: str, hint: str) -> NoReturn:
        place = f"{self.file}, line {line}," if line else self.file
        raise SettingsError(code, f"{place} {what}", why="settings are never guessed", hint=hint)


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
