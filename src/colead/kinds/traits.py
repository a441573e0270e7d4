"""What a landing's title and paths say of its kind of work: traits as words, and ordered rules over them.

A conventional prefix is left out of the traits, so that a model can be fitted on
titles that had one and used on titles that have none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log2

from colead.codebase import Role, is_migration, role_of
from colead.history.kind import conventional, is_fix

SPOKEN = "spoken"  # where titles often say in words that they fix, one that does not is seldom a fix
LONGEST, WORDS, PATHS = 300, 24, 60  # characters and words of a title, paths of a landing that are looked at
FOLDERS, NAMED = 12, 30  # folders of a path that are looked at, characters of each

_WORD = re.compile(r"[a-z]{2,20}")
_LEAD = re.compile(r"[\w./,*-]{1,30}:\s{1,5}|\[[^\]]{0,30}\]\s{0,5}")
_PLACES = (
    ("ci", re.compile(r"\.github/workflows/|\.circleci/|\.gitlab-ci|\.travis|jenkinsfile|azure-pipelines")),
    ("deps", re.compile(r"requirements[\w./-]{0,30}\.txt$|go\.(?:mod|sum)$|(?:^|/)package\.json$|lock")),
    ("build", re.compile(r"dockerfile|makefile|/(?:scripts?|build|tools?)/|\.gradle|pom\.xml|cargo\.toml")),
    ("look", re.compile(r"\.(?:css|scss|less|svg|png)$")),
    ("page", re.compile(r"\.(?:vue|tsx|jsx|html|erb)$")),
    ("typed", re.compile(r"\.d\.ts$|(?:^|/)types?[./]")),
    ("log", re.compile(r"change[sl]|\.changeset/")),
)  # fmt: skip
_RULES = (
    ("docs", r"(?:typos?|docs?|documentation|readme|docstrings?|changelog|spelling|grammar)\b"),
    ("tests", r"(?:tests?|testing|e2e|flaky|fixtures?|coverage|specs?)\b"),
    ("ci", r"(?:ci|workflows?|github actions?|pipelines?|codeql)\b"),
    ("deps", r"(?:dependenc\w{1,4}|deps|bump|upgrade|renovate)\b"),
    ("style", r"(?:lint\w{0,6}|format(?:ting)?|prettier|eslint|clippy|rubocop|whitespace)\b"),
    (
        "refactor",
        r"(?:refactor\w{0,4}|cleanup|clean up|simplify|extract|rename|reorgani[sz]e|remove unused|dead)\b",
    ),
    ("perf", r"(?:perf\w{0,10}|speed up|faster|optimi[sz]\w{1,6}|cache)\b"),
    ("build", r"(?:build|docker\w{0,8}|makefile|webpack|bundle|release)\b"),
    ("feature", r"(?:add|adds|added|implement\w{0,4}|support|allow|introduce|new|enable|feature)\b"),
)  # fmt: skip
_SAID = tuple((kind, re.compile(rf"\b{words}", re.IGNORECASE)) for kind, words in _RULES)
_OF_ROLE = {Role.TEST: "tests", Role.DOCS: "docs"}


def stripped(title: str) -> str:
    """A title without its conventional prefix or another word with a colon before it."""
    rest = conventional(title[:LONGEST])[2].strip()
    lead = _LEAD.match(rest)
    return rest[lead.end() :] if lead and lead.end() < len(rest) else rest


def traits(title: str, paths: Sequence[str], status: Sequence[str], ages: Sequence[float] = ()) -> list[str]:
    """The traits of a landing.

    Args:
        title: with or without a conventional prefix.
        paths: what it changed, relative to the repository's root.
        status: A, M, D, R or T for each path.
        ages: days since each path was changed before, less than 0 where it was not.
    """
    rest = stripped(title)
    said = _WORD.findall(rest.lower())[:WORDS]
    paths = paths[:PATHS]
    where = profile(paths)
    first = said[0] if said else ""
    rule = ruled(title, paths)
    found = {*said, f"1 {first}", f"1 {first} {where}", f"2 {' '.join(said[:2])}", f"in {where}"}
    found.update(f"{word} {where}" for word in said[:15])
    found.update(f"b {one} {after}" for one, after in pairwise(said))
    found.update((f"rule {rule}", f"rule {rule} {where}", *_shape(paths, status)))
    found.update((f"long {min(len(rest) // 8, 12)}", *_places(paths), *_rhythm(paths, ages)))
    return sorted(found)


def with_manner(rule: str, found: Sequence[str]) -> tuple[str, list[str]]:
    """A rule and traits of a repository where titles often say in words that they fix."""
    told = "fix" if rule == "fix" else "no fix"
    return f"{SPOKEN} {rule}", [*found, SPOKEN, f"{SPOKEN} {told}", f"{SPOKEN} rule {rule}"]


def profile(paths: Sequence[str]) -> str:
    """Which roles of files a landing changed, in a word or two."""
    roles = {_role(path) for path in paths}
    if not roles:
        return "nothing"
    if Role.PRODUCT in roles:
        return "product with tests" if Role.TEST in roles else "product"
    if len(roles) == 1:
        return next(iter(roles)).value
    return "tests and more" if Role.TEST in roles else "docs and more" if Role.DOCS in roles else "settings"


def ruled(title: str, paths: Sequence[str]) -> str:
    """The kind that the first fitting rule names, "" for none."""
    rest = stripped(title)
    roles = {_role(path) for path in paths[:PATHS]}
    only = next(iter(roles)) if len(roles) == 1 else None
    if only in _OF_ROLE:
        return _OF_ROLE[only]
    if paths and all("ci" in _belongs(path) for path in paths[:PATHS]):
        return "ci"
    if is_fix(rest) and (not roles or Role.PRODUCT in roles):
        return "fix"
    return next((kind for kind, words in _SAID if words.search(rest)), "")


def _shape(paths: Sequence[str], status: Sequence[str]) -> Iterator[str]:
    product = [_role(path) is Role.PRODUCT for path in paths]
    count = Counter(one for one, here in zip(status, product, strict=False) if here)
    yield f"files {_size(len(paths))}"
    yield f"product files {_size(sum(product))}"
    for one in "ADR":
        if count[one]:
            yield f"{one} {_size(count[one])}"
    if count and set(count) <= {"D"}:
        yield "only deletes"
    for name, hits in Counter(name for path in paths for name in _belongs(path)).items():
        yield name if name == "migration" else f"{'all' if hits == len(paths) else 'some'} {name}"


_role = lru_cache(maxsize=1 << 15)(role_of)


@lru_cache(maxsize=1 << 15)
def _belongs(path: str) -> frozenset[str]:
    """The places that a path is in."""
    low = path.lower()
    found = {name for name, place in _PLACES if place.search(low)}
    return frozenset(found | {"migration"} if is_migration(path) else found)


def _places(paths: Sequence[str]) -> Iterator[str]:
    often = Counter(piece for path in paths for piece in _pieces(path))
    for piece, count in often.items():
        yield piece
        if count == len(paths):
            yield f"all {piece}"


@lru_cache(maxsize=1 << 15)
def _pieces(path: str) -> frozenset[str]:
    """The folders of a path and how its name ends."""
    *folders, name = path.lower().split("/", FOLDERS)
    ending = name.rpartition(".")[2][:8] if "." in name else "none"
    return frozenset((f"x {ending}", *(f"d {one[:NAMED]}" for one in folders)))


def _rhythm(paths: Sequence[str], ages: Sequence[float]) -> Iterator[str]:
    """How long ago the product files were changed before: what was touched yesterday is often put right."""
    past = [age for path, age in zip(paths, ages, strict=False) if age >= 0 and _role(path) is Role.PRODUCT]
    known = [log2(1 + age) for age in past]
    if known:
        yield f"last {min(known):.0f}"
        yield f"mostly {sum(known) / len(known):.0f}"


def _size(count: int) -> str:
    return str(count) if count < 3 else "few" if count < 6 else "some" if count < 13 else "many"
