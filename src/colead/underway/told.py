"""Told: what is under way in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from colead import phrase
from colead.evidence import Coverage, State
from colead.underway.parts import LeftOut, Unforeseen


def in_one_sentence(
    left_out: Sequence[LeftOut],
    unforeseen: Sequence[Unforeseen],
    coverage: Sequence[Coverage],
    *,
    today: date,
) -> str:
    """What both sides should hear first; silence is told as the kind of silence that it is."""
    said = [_left_out(one) for one in left_out[:1]] + [_unforeseen(one, today) for one in unforeseen[:1]]
    if said:
        return f"{'; '.join(said)}."
    told = [_silence(one) for one in coverage]
    return " ".join(dict.fromkeys(filter(None, told))) or "There is nothing to compare."


def _left_out(one: LeftOut) -> str:
    times = f"{one.together.value:.0f} of the last {one.times.value:.0f} times"
    return f"{one.name} usually changes along with {one.of_name}, {times}, and is not in your diff"


def _unforeseen(one: Unforeseen, today: date) -> str:
    when = phrase.day(date.fromisoformat(one.date), today=today)
    return f"on day {one.day.value:.0f} ({when}) the work also went into {one.name}, which was not foreseen"


SILENT = {
    "left out": "Nothing that usually changes along is left out.",
    "unforeseen": "The work stays in the parts that were foreseen.",
}


def _silence(one: Coverage) -> str:
    if one.state is State.NOTHING:
        return SILENT.get(one.part, "")
    return one.note
