"""Issue: what was asked for or reported in a tracker, as far as an export tells it, without who it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

TITLE, TEXT, LABELS = 300, 4_000, 30  # characters, characters and labels of one that are kept
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}-[0-9]{1,9}")
_MENTION = re.compile(r"(?<![\w/&])#([1-9][0-9]{0,8})\b")
# Addresses are left out of texts: a reading needs to know what was asked, never by whom.
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue, or with `pull` one pull request, of a tracker's export."""

    key: str  # "#123", "SHOP-12"; "!7" is a merge request of GitLab
    title: str  # at most TITLE characters
    text: str = ""  # at most TEXT
    labels: tuple[str, ...] = ()  # as written
    kind: str = ""  # what the tracker calls its type ("Bug"), "" where it has none
    created: date | None = None
    closed: date | None = None
    open: bool = True
    votes: int = 0  # votes, or reactions that welcome it
    comments: int = 0
    url: str = ""
    pull: bool = False
    source: str = ""  # "exports/issues.csv, line 12"

    @property
    def named(self) -> tuple[str, ...]:
        """What it is called besides its title: labels and the tracker's type."""
        return (*self.labels, self.kind) if self.kind else self.labels


def key_of(told: str) -> str:
    """How an issue is called in titles of changes, "" for what is no key of one.

    >>> key_of("123"), key_of("#123"), key_of("shop-12"), key_of("twelve")
    ('#123', '#123', 'SHOP-12', '')
    """
    bare = told.strip().lstrip("#")
    if bare.isascii() and bare.isdigit() and len(bare) < 10 and int(bare):
        return f"#{int(bare)}"
    return bare.upper() if _KEY.fullmatch(bare) else ""


def mentioned(title: str) -> tuple[str, ...]:
    """Issues that the first 500 characters of a title name by number: ("#88",)."""
    return tuple(dict.fromkeys(f"#{one}" for one in _MENTION.findall(title[:500])))


def without_addresses(text: str) -> str:
    """The text with "…" where an e-mail address stood."""
    return _ADDRESS.sub("…", text) if "@" in text else text
