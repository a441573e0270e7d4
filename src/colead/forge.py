"""Forge: where a team looks at its commits in a browser, told by the address that a clone was made from.

Only addresses of a few plain shapes are understood. A name and password in one
are dropped, and what is odd in any way has no page: a link is a convenience, and
a repository may be a stranger's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from colead.evidence import Evidence, Source

LONGEST = 300  # characters of an address
HASH = "{hash}"  # what stands for the commit in a page's address

_HOST = r"(?P<host>[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?){1,8})"
_PATH = r"(?P<path>~?[A-Za-z0-9._-]{1,100}(?:/[A-Za-z0-9._-]{1,100}){1,8})"
_PORT = r"(?P<port>:[0-9]{1,5})?"
_USER = r"(?:[^\s/@]{1,200}@)?"
_WEB = re.compile(rf"(?P<scheme>https?)://{_USER}{_HOST}{_PORT}/{_PATH}/?\Z")
_SSH = re.compile(rf"ssh://{_USER}{_HOST}(?::[0-9]{{1,5}})?/{_PATH}/?\Z")
_SHORT = re.compile(rf"{_USER}{_HOST}:{_PATH}/?\Z")
_OWN = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?/[A-Za-z0-9._~/?&=%{{}}-]{{1,250}}\Z")

# By a word of the host's name: what stands between the repository's address and the commit's hash.
KINDS: Mapping[str, str] = {
    "github": "/commit/",
    "gitlab": "/-/commit/",
    "bitbucket": "/commits/",
    "gitea": "/commit/",
    "forgejo": "/commit/",
    "codeberg": "/commit/",
}


def commit_page(remote: str) -> str:
    """The address of a commit's page with `{hash}` in its place, "" where it cannot be told.

    >>> commit_page("git@github.com:shop/shop.git")
    'https://github.com/shop/shop/commit/{hash}'
    >>> commit_page("https://emil:secret@gitlab.example.org/web/shop")
    'https://gitlab.example.org/web/shop/-/commit/{hash}'
    """
    found = None
    if len(remote) <= LONGEST and remote.isascii():
        found = _WEB.match(remote) or _SSH.match(remote) or _SHORT.match(remote)
    if found is None:
        return ""
    told = found.groupdict()
    path, between = told["path"].removesuffix(".git"), _kind(told["host"])
    if not between or any(part.strip(".") == "" for part in path.split("/")):
        return ""
    web = told.get("scheme") or "https"
    return f"{web}://{told['host']}{told.get('port') or ''}/{path}{between}{HASH}"


def own_page(told: str) -> str:
    """A commit page that a team wrote down itself, "" unless it is plainly one: http(s) and one `{hash}`."""
    plain = len(told) <= LONGEST and _OWN.match(told) is not None
    rest = told.replace(HASH, "", 1)
    return told if plain and HASH in told and "{" not in rest and "}" not in rest else ""


def _kind(host: str) -> str:
    names = host.split(".")
    known = (KINDS[name] for name in names[:-1] if name in KINDS)
    return "/commit/" if host == "git.sr.ht" else next(known, "")


def opened(rows: Sequence[Evidence], pages: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The rows with the page of each commit among their sources.

    Args:
        rows: an evidence table.
        pages: by repository, the address of a commit's page.
    """
    if not any(pages.values()):
        return tuple(rows)
    return tuple(replace(row, sources=tuple(_source(one, pages) for one in row.sources)) for row in rows)


def _source(one: Source, pages: Mapping[str, str]) -> Source:
    page = pages.get(one.repository, "") if one.kind == "landing" else ""
    return replace(one, url=page.replace(HASH, one.ref)) if page else one
