"""Kind of a landing: a person's work, or a bot, a bump, a bulk change, generated files - and whether it is a fix.

Titles, authors and paths decide; nothing is learned. A fix is a repair of the
product that somebody could feel: repairs of typos, tests, docs and builds are
none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from colead.history.columns import MANY_FILES, Kind
from colead.history.pull import is_mainline

MANY_AT_ALL = 300  # files of any role; above it nobody changed them one by one
EFFORTS_KEPT = 8
BODY_READ = 4096
LOCKED = "locked"
_MACHINE_MADE = frozenset(("generated", "translation", "vendored", LOCKED))
_LOCKS = frozenset(
    """package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb composer.lock gemfile.lock
    cargo.lock poetry.lock pdm.lock uv.lock pipfile.lock go.sum mix.lock pubspec.lock packages.lock.json paket.lock
    flake.lock deno.lock podfile.lock package.resolved gradle.lockfile""".split()
)

_BOT_NAMES = frozenset(
    """dependabot renovate renovate-bot renovatebot greenkeeper greenkeeperio-bot snyk-bot pyup-bot depfu imgbot
    github-actions github-action actions-user semantic-release-bot release-bot weblate crowdin crowdin-bot transifex
    l10n-bot allcontributors pre-commit-ci codecov-io mergify bors homu whitesource-bolt stickler-ci styleci-bot
    web-flow-bot lgtm-com deepsource-autofix restyled-io autofix-ci copybara-service skipjack travis-ci circleci
    jenkins gitlab-bot azure-pipelines google-cloud-buildbot openapi-sdkautomation""".split()
)
_BOT_BRANCHES = (
    "dependabot/", "renovate/", "greenkeeper/", "snyk-", "snyk/", "pyup-", "pyup/", "depfu/", "weblate-", "weblate/",
    "l10n_", "crowdin", "transifex", "imgbot", "all-contributors/", "pre-commit-ci-", "whitesource/", "deepsource-",
    "mergify/", "restyled/", "changeset-release/", "release-please-", "autofix",
)  # fmt: skip

_VERSION = r"v?\d{1,6}(?:\.\d{1,6}){1,3}(?:[-._]?(?:dev|alpha|beta|rc|pre|post|a|b|m)[-._]?\d{0,4})?"
_BUMPS = re.compile(
    rf"(?:{_VERSION}\W*$"
    rf"|(?:release|releasing|version|prepare|preparing|tag|cut|publish|prep)\b.{{0,40}}?\b{_VERSION}"
    r"|(?:bump|bumps|bumped|bumping)\b"
    r"|(?:update|updates|upgrade|upgrades|pin|lock|roll)\b.{0,60}\b(?:dependenc(?:y|ies)|deps|packages|lock ?file|submodules?)\b"
    rf"|(?:update|upgrade|pin)\s[\w@./:-]{{1,80}}\s(?:from\s\S+\s)?(?:to|requirement)\b.{{0,40}}\d"
    r"|(?:lock file maintenance|version packages|version bump|back to dev\w*|post[- ]release|start(?:ing)? .{0,20}development)"
    r"|(?:update|updates|edit|prepare|add to|fix|merge|regenerate)?\s?(?:the )?change ?logs?(?:\.md)?\b.{0,40}$"
    r"|release\s*(?:$|notes?\b|candidate\b)"
    r"|new (?:release|version)\b"
    r"|(?:build|chore|fix|ci)\((?:deps|deps-dev|release|changelog)\)!?:"
    r"|(?:chore|build): (?:release|bump|upgrade deps|update deps)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\[[^\]]{0,30}\]\s*|:[a-z0-9_+-]{1,30}:\s*|(?:chore|build|deps|ci|misc)(?:\([^)]{0,30}\))?!?:\s*)",
    re.I,
)

_PREFIX = re.compile(r"(?P<type>[a-z]{2,14})(?:\([^)]{0,80}\))?!?:\s", re.IGNORECASE)
_FIX_TYPES = frozenset("fix fixes bugfix hotfix bug fixed".split())
_OTHER_TYPES = frozenset(
    "feat feature docs doc test tests chore ci build style refactor perf deps misc release lint typo i18n l10n wip revert"
    " cleanup dev examples benchmark bench types".split()
)
_FIX_WORDS = re.compile(
    r"\b(?:fix|fixes|fixed|fixing|bugfix|bugfixes|hotfix|bug|bugs|crash|crashes|crashed|crashing|regression|regressions"
    r"|broken|incorrect|incorrectly|wrong|wrongly|deadlock|deadlocks|segfault|segfaults|overflow|leak|leaks|leaking"
    r"|race condition|infinite loop|null pointer|nullpointer\w*|npe|panic|panics|patch security|vulnerability|xss|csrf bypass"
    r"|workaround|misbehav\w{1,10}|doesn'?t work|does not work|not working|stop breaking|prevent .{0,40}?(?:error|crash|exception))\b",
    re.IGNORECASE,
)
_NO_FIX = re.compile(
    r"\b(?:typos?|lint|linting|linter|linters|eslint|rubocop|phpstan|psalm|mypy|flake8|flake|flaky|docs?|documentation"
    r"|docblocks?|phpdocs?|docstrings?|readme|changelog|comments?|grammar|spelling|wording|formatting|whitespace|indentation"
    r"|code ?style|styleci|cs|tests?|specs?|testing|ci|travis|github actions?|workflows?|build|builds|pipeline|imports?"
    r"|warnings?|deprecations?|links?|merge conflicts?|conflicts?|fixtures?|example|examples|translations?|badges?|rebase)\b",
    re.IGNORECASE,
)
_REVERT = re.compile(r"(?:revert|reverts|rollback|roll back|back out|backout)\b", re.IGNORECASE)

_KEY = re.compile(r"(?<![A-Za-z0-9_/-])[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,6}(?![A-Za-z0-9_-])")
_NO_KEYS = frozenset(
    """UTF ISO SHA MD CVE CWE RFC PEP GHSA HTTP HTTPS TLS SSL AES RSA BASE ES ECMA UCS CP WINDOWS ASCII IPV IP WCAG PCI
    GPT X509 H264 MP3 MP4 PHP PY VER V RC COVID ARM ARM64 X86 AMD AMD64 USB LATIN EN UUID ID CSS HTML GPL LGPL BSD
    MIT APACHE PR MR GH ADR RUSTSEC PSR NG US TZ UTC GMT""".split()
)
_CLOSES = re.compile(
    r"\b(?:close|closes|closed|fix|fixes|fixed|resolve|resolves|resolved|part of|refs?|references|see)[: ] ?"
    r"(?:[\w.-]{1,60}/[\w.-]{1,60})?#(?P<number>\d{1,9})\b",
    re.IGNORECASE,
)
_BRANCH_NUMBER = re.compile(r"(?:^|[/_-])#?(?P<number>\d{2,7})(?=[/_-])")


def is_bot(author: str, email: str) -> bool:
    """Whether an author is an automation, by name or address."""
    name = author.strip().lower()[:200]
    local = email.strip().lower()[:200].partition("@")[0].rpartition("+")[2]
    if "[bot]" in name or "[bot]" in local:
        return True
    return name.replace(" ", "-") in _BOT_NAMES or local in _BOT_NAMES or name.endswith((" bot", "-bot"))


def is_bot_branch(branch: str) -> bool:
    """Whether a branch is one that automations open."""
    return branch.lower().startswith(_BOT_BRANCHES)


def is_bump(title: str) -> bool:
    """Whether a title says that a release, a version, a dependency or a changelog moved on."""
    title = title[:300].strip()
    if _BUMPS.match(title):
        return True
    lead = _LEAD.match(title)
    return bool(lead and _BUMPS.match(title[lead.end() :]))


def is_fix(title: str) -> bool:
    """Whether a title says that the product was repaired; a conventional prefix decides, else its words."""
    title = title[:300].strip()
    prefix = _PREFIX.match(title)
    if prefix and prefix["type"].lower() in _FIX_TYPES | _OTHER_TYPES:
        return prefix["type"].lower() in _FIX_TYPES and not _NO_FIX.search(_scope(prefix[0]))
    if _REVERT.match(title):
        return False
    return bool(_FIX_WORDS.search(title)) and not _NO_FIX.search(title)


def _scope(prefix: str) -> str:
    return prefix.partition("(")[2].partition(")")[0]


def kind_of(*, bot: bool, title: str, branch: str, roles: Sequence[str]) -> Kind:
    """The kind of a landing that is no carrier.

    Args:
        bot: whether whoever made it is an automation.
        title: of the pull request where there is one.
        branch: the branch that was merged, "" where unknown.
        roles: one codebase.Role value per changed file, LOCKED for a lock file.
    """
    if bot or is_bot_branch(branch):
        return Kind.BOT
    if is_bump(title):
        return Kind.BUMP
    if roles and all(role in _MACHINE_MADE for role in roles):
        return Kind.GENERATED
    if sum(role == "product" for role in roles) > MANY_FILES or len(roles) > MANY_AT_ALL:
        return Kind.BULK
    return Kind.PERSON


def efforts_of(title: str, body: str, branch: str) -> tuple[str, ...]:
    """Issue keys ("SHOP-12"), issues that it closes ("#88") and the branch, as far as they group landings."""
    text = f"{title}\n{branch}\n{body[:BODY_READ]}"
    found = [key for key in _KEY.findall(text) if key.partition("-")[0] not in _NO_KEYS]
    found += [f"#{one['number']}" for one in _CLOSES.finditer(text)]
    found += [f"#{number}" for number in branch_numbers(branch)]
    if _tells(branch):
        found.append(branch)
    return tuple(dict.fromkeys(found))[:EFFORTS_KEPT]


def branch_numbers(branch: str) -> list[int]:
    """Numbers of issues in a branch's name ("bug/7613_sankey")."""
    return [int(one["number"]) for one in _BRANCH_NUMBER.finditer(branch[:200] + "/")]


def _tells(branch: str) -> bool:
    """Whether a branch's name is about something: not main, patch-3 or a bot's."""
    if not 5 <= len(branch) <= 120 or is_mainline(branch) or is_bot_branch(branch):
        return False
    return not re.match(
        r"(?:patch-?\d|\S{0,40}-patch-\d|revert-|backport|pull/|pr/|\d+$|[0-9a-f]{7,40}$)", branch, re.I
    )


def title_of(title: str, inner: Iterable[str], *, shortest: int = 3, longest: int = 300) -> str:
    """A landing's title; one of fewer than `shortest` words is joined with those of the commits inside."""
    words = title.split()
    others = list(inner) if len(words) < shortest else []
    return "; ".join(dict.fromkeys(one for one in (title, *others) if one))[: max(longest, len(title))]


def all_bots(makers: Collection[bool], merger: bool) -> bool:
    """Whether everything inside a landing was made by automations (its merger counts where nothing is known)."""
    return all(makers) if makers else merger


def is_lock(path: str) -> bool:
    """Whether a path is a lock file that a package manager writes."""
    return path.rpartition("/")[2].lower() in _LOCKS
