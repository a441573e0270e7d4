"""What a spec tells of the problem and of how it is known, as plain running text in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from colead.phrase import clip
from colead.spec.parts import Sentence, Space, Spec
from colead.spec.three import evidence, problems, undecided

MOST = 600  # characters
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,!?])[*_](?!\w)")


def problem_told(spec: Spec, most: int = MOST) -> str:
    """What stands under the problem headings, without Markdown marks, cut at a sentence; "" when none.

    A spec without such a heading is told by its sentences that speak of a problem.
    """
    under = [one for one in spec.sentences if spec.space_of(one) is Space.PROBLEM and not evidence(spec, one)]
    free = [] if under or not spec.english else [one for _, one in problems(spec)]
    return _running(under or free, most)


def known_told(spec: Spec, most: int = MOST) -> str:
    """What stands under a heading such as "How do we know?", in the same form; "" without one."""
    return _running([one for one in spec.sentences if evidence(spec, one)], most)


def _running(sentences: Iterable[Sentence], most: int) -> str:
    told = ""
    for text in (_plain(one.text) for one in sentences if not undecided(one.text)):
        longer = f"{told} {text}".strip()
        if len(longer) > most:
            return told or clip(text, most)
        told = longer
    return told


def _plain(text: str) -> str:
    """A sentence without its marks, with an end."""
    told = _MARKS.sub("", _LINK.sub(r"\1", text)).strip()
    return told if not told or told[-1] in '.!?…:;"”)' else f"{told}."
