"""Kind of a landing: people's work, a bot's, a bump, a bulk change, generated files; and whether it is a fix.

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
SHORTEST = 3  # words that a title needs to speak for itself
LONGEST = 300  # characters of a title that was put together
LOCKED = "locked"
_MACHINE_MADE = frozenset(("generated", "translation", "vendored", LOCKED))
_LOCKS = frozenset(
    """
    package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock composer.lock
    gemfile.lock cargo.lock poetry.lock pdm.lock uv.lock pipfile.lock go.sum mix.lock pubspec.lock
    packages.lock.json paket.lock flake.lock podfile.lock package.resolved gradle.lockfile
    """.split()
)
_BOTS = frozenset(
    """
    dependabot renovate renovate-bot renovatebot greenkeeper greenkeeperio-bot snyk-bot pyup-bot depfu imgbot
    github-actions github-action actions-user semantic-release-bot release-bot weblate crowdin crowdin-bot
    transifex l10n-bot allcontributors pre-commit-ci codecov-io mergify bors homu whitesource-bolt stylecibot
    stickler-ci styleci-bot web-flow-bot lgtm-com deepsource-autofix restyled-io autofix-ci copybara-service
    travis-ci circleci jenkins gitlab-bot azure-pipelines google-cloud-buildbot openapi-sdkautomation
    """.split()
)
# What a coding assistant wrote was asked for, reviewed and merged by people: it is the team's own work.
_ASSISTANTS = ("copilot", "devin", "claude", "codex", "cursor", "sweep", "jules", "gemini")
_BOT_BRANCHES = tuple(
    """
    dependabot/ renovate/ greenkeeper/ snyk- snyk/ pyup- pyup/ depfu/ weblate- weblate/ l10n_ crowdin
    transifex imgbot all-contributors/ pre-commit-ci- whitesource/ deepsource- mergify/ restyled/
    changeset-release/ release-please- autofix
    """.split()
)

_VERSION = r"v?\d{1,6}(?:\.\d{1,6}){1,3}(?:[-._]?(?:dev|alpha|beta|rc|pre|post|a|b|m)[-._]?\d{0,4})?"
_BUMPS = re.compile(
    rf"(?:{_VERSION}\W{{0,20}}$"
    rf"|(?:release|releasing|version|prepare|preparing|tag|cut|publish|prep)\b.{{0,40}}?\b{_VERSION}"
    r"|bump(?:s|ed|ing)?\b"
    r"|(?:updates?|upgrades?|pin|lock|roll)\b.{0,60}\b"
    r"(?:dependency|dependencies|deps|packages|lock ?files?|submodules?)\b"
    r"|(?:updates?|upgrades?|pin)\s(?:up\s)?[\w@./:-]{1,80}\s(?:from\s\S{1,40}\s)?(?:to|requirement)\b.{0,40}\d"
    r"|(?:lock file maintenance|version packages|version bump|back to dev\w{0,10}|post[- ]release)"
    r"|(?:(?:updates?|edit|prepare|add to|fix|merge|regenerate)\s)?(?:the )?change ?logs?(?:\.md)?\b.{0,40}$"
    r"|release\s{0,5}(?:$|notes?\b|candidate\b)"
    r"|new (?:release|version)\b"
    r"|(?:build|chore|fix|ci)\((?:deps|deps-dev|release|changelog)\)!?:"
    r"|(?:chore|build): (?:release|bump|upgrade deps|update deps)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\[[^\]]{0,30}\]\s{0,5}|:[a-z0-9_+-]{1,30}:\s{0,5}"
    r"|(?:chore|build|deps|ci|misc|go\.mod|vendor|npm|pip|cargo|gems?|requirements)(?:\([^)]{0,30}\))?!?:\s{0,5}",
    re.IGNORECASE,
)

_PREFIX = re.compile(
    r"(?:\[[^\]]{0,30}\]\s{0,5})?(?P<type>[a-z]{2,14})(?:\((?P<scope>[^)]{0,80})\))?!?:\s", re.I
)
_FIX_TYPES = frozenset("fix fixes bugfix hotfix bug fixed".split())
_TYPES = _FIX_TYPES | frozenset(
    """
    feat feature docs doc test tests chore ci build style refactor perf deps misc release lint typo i18n l10n
    wip revert cleanup dev examples benchmark bench types
    """.split()
)
_FIX_WORDS = re.compile(
    r"\b(?:fix|fixes|fixed|fixing|bugfix|bugfixes|hotfix|bugs?|crash|crashes|crashed|crashing|regressions?"
    r"|broken|incorrect|incorrectly|wrong|wrongly|deadlocks?|segfaults?|overflow|leak|leaks|leaking"
    r"|race condition|infinite loop|null ?pointer|npe|panics?|vulnerability|xss|workaround|misbehav\w{1,10}"
    r"|doesn'?t work|does not work|not working|stop breaking|prevent .{0,40}?(?:error|crash|exception))\b",
    re.IGNORECASE,
)
_NO_FIX = re.compile(
    r"\b(?:typos?|lint|linting|linters?|eslint|rubocop|phpstan|psalm|mypy|flake8?|flaky|docs?|documentation"
    r"|docblocks?|phpdocs?|docstrings?|readme|changelog|comments?|grammar|spelling|wording|formatting"
    r"|whitespace|indentation|code ?style|coding style|styleci|cs|tests?|test_\w{1,60}|test ?cases?"
    r"|test ?suite|specs?|testing|ci|travis|github actions?|workflows?|build|builds|pipeline|imports?"
    r"|warnings?|deprecations?|links?|conflicts?|fixtures?|examples?|translations?|badges?|rebase|e2e|sonar)\b",
    re.IGNORECASE,
)
_REVERT = re.compile(r"(?:reverts?|rollback|roll back|back out|backout)\b", re.IGNORECASE)

_KEY = re.compile(r"(?<![A-Za-z0-9_/-])[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,6}(?![A-Za-z0-9_-])")
_KEY_IN_BRANCH = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,6}(?![0-9])")
_NO_KEYS = frozenset(
    """
    UTF ISO SHA MD CVE CWE RFC PEP GHSA HTTP HTTPS TLS SSL AES RSA BASE ES ECMA UCS CP WINDOWS ASCII IPV IP
    WCAG PCI GPT X509 H264 MP3 MP4 PHP PY VER V RC COVID ARM ARM64 X86 AMD AMD64 USB LATIN EN UUID ID CSS HTML
    GPL LGPL BSD MIT APACHE PR MR GH ADR RUSTSEC PSR NG US TZ UTC GMT
    """.split()
)
_CLOSES = re.compile(
    r"\b(?:close[sd]?|fix(?:es|ed)?|resolve[sd]?|part of|refs?|references|see)[: ] ?"
    r"(?:[\w.-]{1,60}/[\w.-]{1,60})?#(?P<number>[0-9]{1,9})\b",
    re.IGNORECASE,
)
_BRANCH_NUMBER = re.compile(r"(?:^|[/_-])#?(?P<number>[0-9]{2,7})(?=[/_-])")
_NO_EFFORT = re.compile(
    r"(?:\S{0,40}-)?patch-?\d|revert-|backport|pull/|pr/|[0-9]{1,20}$|[0-9a-f]{7,40}$", re.IGNORECASE
)


def is_bot(author: str, email: str) -> bool:
    """Whether an author is an automation, by name or address."""
    name = author.strip().lower()[:200]
    local = email.strip().lower()[:200].partition("@")[0].rpartition("+")[2]
    if name.startswith(_ASSISTANTS) or local.startswith(_ASSISTANTS):
        return False
    if "[bot]" in name or "[bot]" in local or name.endswith((" bot", "-bot")):
        return True
    return name.replace(" ", "-") in _BOTS or local in _BOTS


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
    if prefix and (said := prefix["type"].lower()) in _TYPES:
        return said in _FIX_TYPES and not _NO_FIX.search(prefix["scope"] or "")
    if _REVERT.match(title):
        return False
    return bool(_FIX_WORDS.search(title)) and not _NO_FIX.search(title)


def conventional(title: str) -> tuple[str, str, str]:
    """Type and scope of a conventional prefix in lower case, and the rest; ("", "", title) without one."""
    prefix = _PREFIX.match(title)
    if prefix is None or (said := prefix["type"].lower()) not in _TYPES:
        return "", "", title
    return said, (prefix["scope"] or "").lower(), title[prefix.end() :]


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
    keys = [*_KEY.findall(text), *_KEY_IN_BRANCH.findall(branch[:200])]
    found = [key for key in keys if key.partition("-")[0] not in _NO_KEYS]
    found += [f"#{one['number']}" for one in _CLOSES.finditer(text)]
    found += [
        f"#{number}" for number in branch_numbers(_KEY_IN_BRANCH.sub("-", branch[:200]))
    ]  # "SHOP-12-cart" names no #12
    if _tells(branch):
        found.append(branch)
    return tuple(dict.fromkeys(found))[:EFFORTS_KEPT]


def branch_numbers(branch: str) -> list[int]:
    """Numbers of issues in a branch's name ("bug/7613_sankey")."""
    return [int(one["number"]) for one in _BRANCH_NUMBER.finditer(branch[:200] + "/")]


def _tells(branch: str) -> bool:
    """Whether a branch's name is about something: not main, patch-3, fix or a bot's."""
    if not 6 <= len(branch) <= 120 or is_mainline(branch) or is_bot_branch(branch):
        return False
    return re.search(r"[-_/0-9]", branch) is not None and not _NO_EFFORT.match(branch)


def title_of(title: str, inner: Iterable[str]) -> str:
    """A landing's title; one of fewer than SHORTEST words is joined with those of the commits inside."""
    others = inner if len(title.split()) < SHORTEST else ()
    return "; ".join(dict.fromkeys(one for one in (title, *others) if one))[: max(LONGEST, len(title))]


def all_bots(makers: Collection[bool], merger: bool) -> bool:
    """Whether everything inside a landing was made by automations; if unknown, its merger counts."""
    return all(makers) if makers else merger


def is_lock(path: str) -> bool:
    """Whether a path is a lock file that a package manager writes."""
    return path.rpartition("/")[2].lower() in _LOCKS
