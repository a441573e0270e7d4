"""The five lights of a brief: problem, who has it, metric, simplest test, what is not in scope."""

from __future__ import annotations

import re

from colead.spec.goal import CODED
from colead.spec.parts import Light, Sentence, Space, Spec
from colead.spec.three import metric_sentence, problem_sentence, test_sentence, undecided, within
from colead.spec.wording import LEFT_OUT, ROLES

NAMES = ("problem", "who", "metric", "simplest test", "not in scope")
_AS_A = re.compile(r"\bas an? (?!user\b)[\w-]+(?: [\w-]+){0,3},? (?:i|we)\b", re.IGNORECASE)


def lights(spec: Spec) -> tuple[Light, Light, Light, Light, Light]:
    """The five lights in the order of `NAMES`; a light that is on quotes the sentence that lit it.

    All are off for a spec in another language (the reading says "not analysed").
    """
    if not spec.english:
        return (_off(0), _off(1), _off(2), _off(3), _off(4))
    tested = test_sentence(spec)
    return (
        _light(0, problem_sentence(spec)),
        _light(1, _who(spec)),
        _light(2, metric_sentence(spec)),
        _light(3, tested[0] if tested else None),
        _light(4, _out(spec)),
    )


def _off(which: int) -> Light:
    return Light(NAMES[which], False, "", 0)


def _light(which: int, by: Sentence | None) -> Light:
    return Light(NAMES[which], True, by.text, by.line) if by else _off(which)


def _who(spec: Spec) -> Sentence | None:
    """A role or a group that can be told apart; "users" alone is nobody in particular."""
    told = [one for one in within(spec) if not CODED.match(one.text) and len(one.text.split()) > 3]
    said = [one for one in told if ROLES.search(one.text) or _AS_A.search(one.text)]
    under = [one for one in said if spec.space_of(one) is Space.PROBLEM]
    return next(iter(under or said), None)


def _out(spec: Spec) -> Sentence | None:
    under = [one for one in spec.sentences if spec.space_of(one) is Space.OUT and not undecided(one.text)]
    if under:
        return under[0]
    return next((one for one in spec.sentences if LEFT_OUT.search(one.text[:600])), None)
