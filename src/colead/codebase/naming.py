"""Naming: what people would call a part that only has a path. Never empty, never twice the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

TOP = "Top-level files"

# Folders that say how a language files its source, and folders that only hold others: no subjects.
FILING = frozenset(
    "src lib source sources main java kotlin scala groovy com org python rust golang jvm".split()
)
_HOLDERS = frozenset(
    "packages modules crates pkg internal cmd apps app services projects libs plugins".split()
)
# Words that half the folders of the world are called; they need the folder above to mean something.
_COMMON = frozenset(
    "api app apps assets base class classes client commands common components concerns config console"
    " constants contracts controllers core css data dto entities events exceptions extensions"
    " factories features forms generic generators handlers helpers hooks http implementation"
    " implementations includes interfaces internal jobs js json layouts lib libs listeners mail"
    " management mappers middleware middlewares migrations models module modules notifications objects"
    " other pages panels partials plugins policies presenters providers queries queues reports"
    " repositories requests resources responses routes rules scenes schema schemas scripts scss"
    " serializers server service services settings shared src static store stores style styles support"
    " tables tasks templates tests traits transformers type types ui util utils v1 v2 v3 v4 validation"
    " validators views widgets workers".split()
)
# Folders that say which layer of the program their folders are of: "Chart controllers", not "Chart".
_LAYERS = frozenset(
    "templates views scenes pages screens controllers commands hooks styles scss css types".split()
)
_OWN_SPELLING = re.compile(
    r"OAuth2?|GraphQL|GitHub|GitLab|JavaScript|TypeScript|PostgreSQL|MySQL|SQLite|MongoDB|iOS|macOS|OpenAPI"
    r"|WebSocket|YouTube|LinkedIn|PayPal|OpenID|DevTools"
)
_WORDS = re.compile(rf"{_OWN_SPELLING.pattern}|[A-Z]+\d*(?![a-z])|[A-Z]?[^A-Z\W_]+|[^\W_]+")
_GLUED = re.compile(r"(?<=[a-z]{3})(?<!micro)(service|services)$")  # "checkoutservice"
_LONGEST = 60  # characters of a name
_DEEPEST = 4  # folders told in one name
_FAMILY = 4  # folders with the same first two words, from which on these are no news


def spoken(segment: str) -> str:
    """A name in words: "order_api" is "order api", "GiftNotes" is "gift notes", "API" stays."""
    return " ".join(_word(word) for word in _WORDS.findall(_GLUED.sub(r" \1", segment[:200])))


def is_common(segment: str) -> bool:
    """Whether half the folders of the world are called so ("utils"), so that the word alone names no part."""
    return segment.lower() in _COMMON | FILING


def names(keys: Sequence[str], rests: Collection[str] = ()) -> dict[str, str]:
    """A name for each key, no two alike. Of the folders in `rests` most was cut out as parts of their own."""
    chosen: dict[str, str] = {}
    short = _without_surname(keys)
    for more in range(_DEEPEST):
        said = {key: _name(key, short, more, key in rests) for key in keys if key not in chosen}
        often = Counter(name.casefold() for name in (*chosen.values(), *said.values()))
        chosen |= {key: name for key, name in said.items() if often[name.casefold()] == 1}
    # What still collides is told apart by its whole path, of which there is one.
    return {key: chosen.get(key) or f"{_name(key, short, 0, key in rests)} ({key})" for key in keys}


def _without_surname(keys: Sequence[str]) -> dict[str, str]:
    """Folders by path, without the two or more words that most folders beside them begin with, too.

    "spring-petclinic-visits-service" is the visits service to everybody who works on it.
    """
    families: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        above, _, name = key.rpartition("/") if "/" in key else ("", "", key)
        families[above].add(name)
    short: dict[str, str] = {}
    for above, members in families.items():
        first = Counter("-".join(one.split("-")[:2]) for one in members if one.count("-") > 1)
        for surname, many in first.most_common(1):
            if many >= _FAMILY and 2 * many > len(members) and surname not in members:
                short |= {
                    f"{above}/{one}".lstrip("/"): one[len(surname) + 1 :]
                    for one in members
                    if one.startswith(f"{surname}-")
                }
    return short


def _name(key: str, short: Mapping[str, str], more: int, rest: bool) -> str:
    if not key:
        return TOP
    said = " ".join(_told(_segments(key, short), more))[:_LONGEST].strip() or key[:_LONGEST]
    return f"{said[0].upper()}{said[1:]} (rest)" if rest else f"{said[0].upper()}{said[1:]}"


def _segments(key: str, short: Mapping[str, str]) -> list[str]:
    parts = key.split("/")
    for folder, name in short.items():
        if key == folder or key.startswith(f"{folder}/"):
            parts[folder.count("/")] = name
    return parts


def _told(segments: Sequence[str], more: int) -> list[str]:
    """The last folder in words, with those above it while the first is a common word, and `more` of them."""
    loud = [one for one in segments[:-1] if one.lower() not in FILING | _HOLDERS and not one.endswith("Main")]
    last = segments[-1]
    if last.lower() in FILING - {"lib"} and loud:
        last = loud.pop()
    if more > 1:
        loud = list(segments[:-1])
    told, wanted = [spoken(_stem(last))], more
    layered = bool(loud) and loud[-1].lower() in _LAYERS and last.lower() not in _LAYERS
    layer = spoken(loud.pop()) if layered else ""
    while loud and len(told) < _DEEPEST and (wanted > 0 or told[0].lower() in _COMMON):
        if told[0].lower() not in _COMMON:
            wanted -= 1
        above = spoken(loud.pop())
        told = [above, *told] if not told[0].startswith(above) else told
    if not layer and "templates" in segments[:-1] and "templates" not in told:
        layer = "templates"
    return [word for word in (*told, layer) if word]


def _word(word: str) -> str:
    capital = (len(word) > 1 and word.isupper()) or bool(_OWN_SPELLING.fullmatch(word))
    return word if capital else word.lower()


def _stem(segment: str) -> str:
    """A file's extension says nothing to people; a dot inside a folder's name does ("Shop.Backend")."""
    stem, _, extension = segment.rpartition(".")
    return stem if stem and extension.islower() and len(extension) <= 4 else segment
