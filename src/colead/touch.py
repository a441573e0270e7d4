"""Touch: a component or file that the brief will probably change, with a probability and the reason."""

from __future__ import annotations

from dataclasses import dataclass

from colead.codebase import ComponentKind
from colead.evidence import Figure


@dataclass(frozen=True, slots=True)
class FileTouch:
    """One file that will probably change."""

    repository: str
    path: str
    probability: Figure
    reasons: tuple[str, ...]  # each a short clause: 'the words "slip" and "print"', 'changed in "save cart notes"'


@dataclass(frozen=True, slots=True)
class Touch:
    """One component that will probably change."""

    repository: str
    component: str  # Component.key
    name: str
    kind: ComponentKind
    probability: Figure
    reasons: tuple[str, ...]
    files: tuple[FileTouch, ...]  # its likeliest files, at most 5
    thin: bool  # the evidence is thin: treat as a guess
    sentence: str
    technical: str
    code: str = "T01"
