"""Kinds of work by the labels of a tracker: the team's own word, one step away from the change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from colead.history import Landing
from colead.issue import Issue, mentioned

_OF_LABEL = {
    word: kind
    for kind, words in {
        "feature": "enhancement,feature,feature request,feature proposal,new feature,story,user story"
        ",improvement",
        "fix": "bug,defect,fix,bugfix,bug fix,bug report,confirmed bug,regression,crash,hotfix",
        "refactor": "refactor,refactoring,cleanup,clean up,tech debt,technical debt,techdebt,debt"
        ",code quality,"
        "code health,quality",
        "tests": "test,tests,testing,test coverage,flaky,flaky test,flaky tests",
        "docs": "documentation,docs,doc,typo",
        "ci": "ci,ci cd,continuous integration,github actions",
        "build": "build,build system,packaging",
        "deps": "dependencies,dependency,deps,dependency update",
        "perf": "performance,perf",
        "style": "style,code style,lint,linting",
        "chore": "chore,maintenance,housekeeping,internal,tooling,infrastructure,infra,health",
    }.items()
    for word in words.split(",")
}
_LEADS = frozenset("type kind category class t c is issue".split())  # "type: bug", "kind/feature", "C-bug"
_WORD = re.compile(r"[a-z]+")
_SPLIT = re.compile(r":[a-z_]+:")  # ":bug:"


def plain_label(label: str) -> str:
    """A label without what trackers put before it: "Type: Bug" is "bug"."""
    words = _WORD.findall(_SPLIT.sub(" ", label[:80].casefold()))
    while len(words) > 1 and words[0] in _LEADS:
        words = words[1:]
    return " ".join(words)


def by_label(labels: Iterable[str], more: Mapping[str, str] | None = None) -> str:
    """The kind of work that the labels of an issue name, "" where none does or they name several kinds.

    Args:
        labels: as written in the tracker.
        more: further labels, plain, with their kind; they come before those that are known anyhow.
    """
    plain = [plain_label(one) for one in labels]
    own = {more[one] for one in plain if more and one in more}
    named = own or {_OF_LABEL[one] for one in plain if one in _OF_LABEL}
    return named.pop() if len(named) == 1 else ""


def labelled(issues: Mapping[str, Issue], more: Mapping[str, str] | None = None) -> Callable[[Landing], str]:
    """The kind that labels say of a landing: those of its own pull request, else of the issues that it names.

    Args:
        issues: issues and pull requests by key.
        more: as of `by_label`.
    """
    known = {key: by_label(one.named, more) for key, one in issues.items()}

    def told(landing: Landing) -> str:
        own = [f"!{landing.pull}", f"#{landing.pull}"] if landing.pull else []
        mine = next((known[one] for one in own if one in known and issues[one].pull), "")
        if mine:
            return mine
        named = (one for one in (*landing.efforts, *mentioned(landing.title)) if one in known)
        kinds = {known[one] for one in named if not issues[one].pull} - {""}
        return kinds.pop() if len(kinds) == 1 else ""

    return told
