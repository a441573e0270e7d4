"""Pull: what the title and body of a commit say of the pull request that it lands, whatever the forge.

GitHub, GitLab, Bitbucket, Azure DevOps, Gitea and merge queues each write their
own title. Only the first TITLE_READ characters of a title and the first lines of
a body are looked at, and every pattern runs in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

TITLE_READ = 500
BODY_LINES_READ = 400


class Claim(IntEnum):
    """How surely a commit is the landing of the pull request that it names; the surest keeps the number."""

    NONE = 0
    TITLE = 1  # "Fix the note (#12)": a squash, or a reference to an issue
    COPY = 2  # "Merge pull request #12 ..." on a commit with one parent: a backport or a flattened merge
    MERGE = 3  # a merge commit that names its pull request


@dataclass(frozen=True, slots=True)
class Pull:
    """What one commit says: number (0: none), how sure, the title for people, the branch that was merged."""

    number: int = 0
    claim: Claim = Claim.NONE
    title: str = ""
    branch: str = ""


_NUMBER = r"#?(?P<number>\d{1,9})"
_GITHUB = re.compile(rf"Merge pull request {_NUMBER} from (?:[^\s/:]+[/:])?(?P<branch>\S+)")
_GITHUB_BARE = re.compile(rf"Merge (?:pull request|PR) {_NUMBER}(?:$|[\s:,.(-])")
_SERVER = re.compile(rf"Merge pull request {_NUMBER} in \S+ from (?P<branch>\S+)")
_GITEA = re.compile(rf"Merge pull request '(?P<title>[^\n]{{1,400}})' \({_NUMBER}\) from (?P<branch>\S+)")
_BITBUCKET = re.compile(rf"Merged in (?P<branch>\S+) \(pull request {_NUMBER}\)")
_BITBUCKET_SERVER = re.compile(rf"Pull request {_NUMBER}: (?P<title>.+)")
_AZURE = re.compile(rf"Merged PR {_NUMBER}: (?P<title>.+)")
_QUEUE = re.compile(rf"(?:Auto|Rollup) merge of {_NUMBER}(?: - (?:[^\s:,]+:)?(?P<branch>[^\s,]+))?")
_BORS = re.compile(r"Merge #(?P<number>\d{1,9})(?:$| )")
_BRANCH = re.compile(r"Merge (?:remote-tracking )?branch(?:es)? '(?P<branch>[^'\n]{1,200})'(?: of \S+)?")
_BRANCH_BARE = re.compile(r"Merge (?:remote-tracking )?branch (?P<branch>[^\s']{1,200})")
_ENDS = re.compile(r"\(#(?P<number>\d{1,9})\)$")
_GITLAB = re.compile(r"See merge request (?:[^\s!]{0,300})!(?P<number>\d{1,9})$")

_PULL_TITLES = (_GITEA, _SERVER, _GITHUB, _GITHUB_BARE, _BITBUCKET, _BITBUCKET_SERVER, _AZURE, _QUEUE, _BORS)
_PULL_STARTS = ("Merge ", "Merged ", "Pull request ", "Auto merge", "Rollup merge")

_MAINLINE = re.compile(
    r"(?:main|master|trunk|develop|development|devel|dev|next|stable|staging|integration|production|prod|maint"
    r"|(?:releases?|rel)(?:[/._-].{0,100})?|v?\d{1,4}(?:[._-](?:\d{1,4}|x)){0,3}(?:[._-]?(?:x|stable|maintenance|dev))?)",
    re.IGNORECASE,
)


def is_mainline(branch: str) -> bool:
    """Whether a branch name is one that lives on: main, develop, stable, release/2.1, 9.x and their like."""
    name = branch.strip().removeprefix("refs/heads/")
    for remote in ("origin/", "upstream/", "remotes/origin/"):
        name = name.removeprefix(remote)
    return len(name) <= 120 and _MAINLINE.fullmatch(name) is not None


def read_pull(message: str, *, merge: bool) -> Pull:
    """Read what a commit's message says of the pull request it lands; `merge`: it has several parents."""
    title, _, body = message.lstrip("\n").partition("\n")
    title = title[:TITLE_READ].rstrip()
    if title.startswith(_PULL_STARTS) and (found := _named_pull(title, body, merge)):
        return found
    if (ends := _ENDS.search(title)) and int(ends["number"]):
        claim = Claim.MERGE if merge else Claim.TITLE
        return Pull(
            int(ends["number"]), claim, title[: ends.start()].rstrip() or title, _branch(title, merge)
        )
    return _requested(Pull(title=title, branch=_branch(title, merge)), body, merge)


def _named_pull(title: str, body: str, merge: bool) -> Pull | None:
    """Read a title that a forge or a merge queue writes for a pull request."""
    for pattern in _PULL_TITLES:
        found = pattern.match(title)
        if found and int(found["number"]):
            said = found.groupdict()
            name = said.get("title") or _first_line(body) or title
            return Pull(
                int(said["number"]), Claim.MERGE if merge else Claim.COPY, name, said.get("branch") or ""
            )
    return None


def _requested(plain: Pull, body: str, merge: bool) -> Pull:
    """Add what GitLab writes under the body: "See merge request shop/checkout!12"."""
    if "See merge request" not in body:
        return plain
    for line in reversed(body.split("\n")[:BODY_LINES_READ]):
        if found := _GITLAB.match(line[:400].strip()):
            name = (_first_line(body) if merge else plain.title) or plain.title
            return replace(
                plain, number=int(found["number"]), claim=Claim.MERGE if merge else Claim.TITLE, title=name
            )
    return plain


def _branch(title: str, merge: bool) -> str:
    found = merge and (_BRANCH.match(title) or _BRANCH_BARE.match(title))
    return found["branch"] if found else ""


def _first_line(body: str) -> str:
    """The first line of a body that is neither empty nor a forge's own words."""
    for line in body.split("\n", 20)[:20]:
        text = line[:TITLE_READ].strip()
        if text and not text.startswith(("See merge request", "* commit", "# Conflicts", "Conflicts:")):
            return text
    return ""
