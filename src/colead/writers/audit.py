"""Audit as text: what somebody who sorts changes sees, and the lines that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from colead.audit import FEWEST, KEYS, Answer, Question
from colead.kinds import HEALTH
from colead.phrase import clip, day, listing, literal
from colead.writers.lines import PLAIN, Span, fill

MARGIN, TITLE, PARTS = 2, 240, 4
SPELT = {"deps": "dependencies", "perf": "speed", "chore": "other upkeep", "ci": "CI"}


def kept(text: str, head: str, answers: Sequence[Answer]) -> str:
    """The text of an audit file with further answers at its end."""
    lines = [f"{one.commit},{one.kind},{one.day.isoformat() if one.day else ''}\n" for one in answers]
    return (f"{text.rstrip()}\n" if text.strip() else f"{head}\n") + "".join(lines)


def without_last(text: str) -> str:
    """The text without its last line."""
    return "".join(line for line in text.rstrip().splitlines(keepends=True)[:-1])


def opening(count: int, width: int, *, whole: bool) -> str:
    """What is asked, and with which keys; `whole` where every kind of upkeep counts as health."""
    asked = (
        f"{count} changes by people of the past twelve months, drawn at random from those whose title does "
        "not say what they are. What was each one mostly? One key each, and every answer is kept at once."
    )
    lines = [*fill([(asked, PLAIN)], width), "", *_legend(width, whole), ""]
    return "\n".join(lines) + "\n"


def _legend(width: int, whole: bool) -> Iterator[str]:
    health = "h  health: what they have got better, nothing new, nothing that was wrong"
    yield "  f  feature: something new that people can do or see"
    yield "  x  fix: something that was wrong is right now"
    keys = ", ".join(f"{key} {SPELT.get(kind, kind)}" for key, kind in KEYS.items() if kind in HEALTH)
    if whole:
        yield f"  {health}"
        yield from fill([(f"or which: {keys}", "soft")], width, first=[("     ", PLAIN)], hang=5)
    else:
        said = f"health, and which, since not all of it counts here: {keys}"
        yield from fill([(said, PLAIN)], width, first=[("     ", PLAIN)], hang=5)
    yield "  s  skip   u  undo   q  stop (what was answered stays)"


def asked(one: Question, done: int, count: int, seconds: float, width: int, *, colour: bool) -> str:
    """One change, with how far it is."""
    far = f"{done + 1} of {count} · {_time(seconds)}"
    about = " · ".join(filter(None, (_files(one), _parts(one), f"{day(one.day)}, {one.commit[:8]}")))
    shown: list[Span] = [(_said(one.title, TITLE) or "(no title)", "bold"), (about, "soft")]
    lines = fill([(far, "soft")], width, colour=colour)
    for span in shown:
        lines += fill([span], width, first=[("  ", PLAIN)], hang=MARGIN, colour=colour)
    return "\n".join(lines) + "\n"


def taken(kind: str) -> str:
    """An answer, said back."""
    return f"  = {SPELT.get(kind, kind)}\n\n"


def closing(done: int, count: int) -> str:
    """What was kept, and how it goes on."""
    held = "Commit .colead/audit.csv, and it holds for the whole team."
    if done >= count:
        return f"{done} changes are sorted. {held}\n"
    few = "" if done >= FEWEST else f" Answers count once there are {FEWEST}."
    return f"{done} of {count} changes are sorted.{few} {held} Go on with the same command.\n"


def _files(one: Question) -> str:
    total = sum(count for _, count in one.files)
    told = [role if len(one.files) == 1 else f"{count} {role}" for role, count in one.files]
    return f"{total} file{'' if total == 1 else 's'}: {listing(told)}" if total else "no files"


def _parts(one: Question) -> str:
    named = [_said(name, 40) for name in one.parts[:PARTS]]
    more = len(one.parts) - len(named)
    return listing([*named, f"{more} more"] if more else named)


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    told = f"about {minutes} minute{'' if minutes == 1 else 's'}" if minutes else "less than a minute"
    return f"{told} left"


def _said(words: str, longest: int) -> str:
    return clip(literal(" ".join(words.split())), longest)
