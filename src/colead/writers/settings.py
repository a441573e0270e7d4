"""The settings files that `colead init` suggests: parts and names as found, for people to correct."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from colead.codebase import Codebase, Component, ComponentKind
from colead.codebase.naming import is_common, spoken
from colead.readers.settings import Word

COMPONENTS = ".colead/components.yml"
GLOSSARY = ".colead/glossary.yml"
_NAMED = 12  # names in a suggested glossary
_JOINED = 4  # parts in a suggested components file
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9]\Z")
_NO_TEXT = frozenset(
    ("yes", "no", "true", "false", "null", "on", "off")
)  # YAML reads these as something else

_ABOUT_COMPONENTS = """\
# The parts of this repository that people talk about, where its folders alone do not tell.
# Take the # away from what fits, and change it. All other parts keep being found from the folders.
# A part may gather several folders; its kind is service, package, library or folder.
components:
"""
_ABOUT_GLOSSARY = """\
# What people call the parts of this repository: on the left the name, on the right the folder.
# Readings use these names, and a spec that says one of them is known to mean that part.
# Give other words that people say like this:
#   Packing slips:
#     path: services/packing
#     says: [delivery note, pick list]
"""


def suggestions(codebase: Codebase) -> dict[str, str]:
    """Texts of the settings files that would fit this codebase, by their path in the repository."""
    telling = [one for one in codebase.components if _tellable(one)]
    return {
        COMPONENTS: _ABOUT_COMPONENTS + "".join(_joined(telling)),
        GLOSSARY: _ABOUT_GLOSSARY + "".join(_names(telling)),
    }


def glossary(words: Iterable[Word]) -> str:
    """A glossary file of these words."""
    lines = (
        f"{quoted(one.name)}:\n  path: {quoted(one.target)}\n"
        + (f"  says: [{', '.join(map(quoted, one.says))}]\n" if one.says else "")
        for one in words
    )
    return _ABOUT_GLOSSARY + "".join(lines)


def _tellable(component: Component) -> bool:
    """Whether people would know the part by its name; what is left when others were cut out has none."""
    text = f"{component.key}{component.name}"
    return bool(component.key) and "(" not in component.name and text.isprintable()


def _names(components: Iterable[Component]) -> Iterator[str]:
    """The parts that come first to people: services, then those with a telling name, the biggest first."""

    def rank(one: Component) -> tuple[bool, bool, int, str]:
        return one.kind is not ComponentKind.SERVICE, is_common(_last(one)), -one.files, one.key

    ranked = sorted(components, key=rank)
    for one in sorted(ranked[:_NAMED], key=lambda one: one.roots[0]):
        says = f"\n  path: {quoted(one.roots[0])}\n  says: [{', '.join(map(quoted, one.says))}]"
        yield f"{quoted(one.name)}:{says if one.says else ' ' + quoted(one.roots[0])}\n"


def _joined(components: Sequence[Component]) -> Iterator[str]:
    """Folders of one name in several places are often one part; else the biggest part as an example."""
    alike: dict[str, list[Component]] = defaultdict(list)
    for one in components:
        if len(one.roots) == 1 and not is_common(_last(one)):
            alike[_last(one).casefold().rstrip("s")].append(one)
    groups = sorted((many for many in alike.values() if _one_subject(many)), key=_size, reverse=True)[
        :_JOINED
    ]
    telling = sorted((one for one in components if not is_common(_last(one))), key=lambda one: -one.files)
    for many in groups or [[one] for one in telling[:1]]:
        yield _entry(many)


def _entry(many: Sequence[Component]) -> str:
    name = many[0].name if len(many) == 1 else spoken(_last(many[0])).capitalize()
    paths = ", ".join(quoted(one.roots[0]) for one in many)
    kind = next((one.kind for one in many if one.kind is ComponentKind.SERVICE), many[0].kind)
    return f"#  - name: {quoted(name)}\n#    paths: [{paths}]\n#    kind: {kind}\n"


def _one_subject(many: Sequence[Component]) -> bool:
    """Whether folders of one name may be one part: two to four of them, in different places at the top."""
    tops = {one.roots[0].partition("/")[0] for one in many}
    return 2 <= len(many) <= 4 and len(tops) == len(many)


def _last(component: Component) -> str:
    return component.roots[0].rpartition("/")[2]


def _size(many: Sequence[Component]) -> int:
    return sum(one.files for one in many)


def quoted(value: str) -> str:
    """A text as YAML reads it back: plain where that is safe, quoted otherwise."""
    plain = _PLAIN.match(value) and value.lower() not in _NO_TEXT
    return value if plain else json.dumps(value, ensure_ascii=False)
