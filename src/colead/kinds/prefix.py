"""Kinds of work by a conventional prefix: the team's own word, taken as it is."""

from __future__ import annotations

from colead.history.kind import conventional, is_fix

KINDS = ("feature", "fix", "refactor", "tests", "docs", "ci", "build", "deps", "perf", "style", "chore")
HEALTH = KINDS[2:]  # what counts as system health where a team says nothing else

_OF_TYPE = {
    word: kind
    for kind, words in {
        "feature": "feat feature",
        "refactor": "refactor cleanup types",
        "tests": "test tests e2e",
        "docs": "doc docs typo readme examples",
        "ci": "ci workflow workflows actions",
        "build": "build",
        "deps": "deps deps-dev dependencies",
        "perf": "perf bench benchmark",
        "style": "style lint",
        "chore": "chore misc dev",
    }.items()
    for word in words.split()
}
_FIXES = frozenset("fix fixes bugfix hotfix bug fixed".split())


def by_prefix(title: str) -> str:
    """The kind that a title's conventional prefix names, "" where there is none or it names no kind.

    A fix is what `colead.history.kind.is_fix` says; "fix(ci)" and "chore(docs)" are of their scope's kind.
    """
    said, scope, _ = conventional(title)
    if said in _FIXES:
        return "fix" if is_fix(title) else _OF_TYPE.get(scope, "chore")
    if said in ("chore", "misc"):
        return _OF_TYPE.get(scope, "chore")
    return _OF_TYPE.get(said, "")
