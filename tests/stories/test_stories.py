"""Every story beside this file: its history is built, its spec checked, what must be said is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import past
import pytest
from story import Change, Expected, Story, Unclear, changes, tell

from colead import Reading, check
from colead.built import under_way
from colead.fragility import Level
from colead.underway import Underway

HERE = Path(__file__).parent
STORIES = [file for file in sorted(HERE.glob("*.md")) if file.name != "README.md"]
SILENT = {"evidence", "technical", "quote", "spec", "repositories", "method"}  # fields that nobody reads out


@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)
def test_story(file: Path, tmp_path: Path) -> None:
    story = tell(file)
    reading = read(story, tmp_path)
    missed = [said for one in story.expected if (said := missing(one, reading))]
    assert not missed, "\n".join((f"{story.file}:", *missed, *spoken(reading)))


def read(story: Story, folder: Path) -> Reading | Underway:
    """Build the story's repositories and check its spec against them."""
    told = story.histories.items()
    repos = [past.make(folder / f"{name}.git", made, parts(made) | story.texts) for name, made in told]
    last = max(one.day for _, made in told for one in made)
    asked = story.asked
    if "ticket" in asked:
        return under_way(
            text=story.spec, repos=repos, ticket=asked["ticket"], today=last, cache=folder / "cache"
        )
    return check(
        text=story.spec,
        repos=repos,
        today=date.fromisoformat(asked["today"]) if "today" in asked else last,
        by=date.fromisoformat(asked["by"]) if "by" in asked else None,
        changes=int(asked["changes"]) if "changes" in asked else None,
        cache=folder / "cache",
    )


def parts(made: Sequence[Change]) -> dict[str, str]:
    """Every folder at the top as a part of its own, named as the folder."""
    folders = sorted({path.partition("/")[0] for one in made for path in one.paths if "/" in path})
    lines = [f"  - path: {folder}\n    name: {folder.capitalize()}\n" for folder in folders]
    return {".colead/components.yml": f"components:\n{''.join(lines)}"}


def missing(expected: Expected, reading: Reading | Underway) -> str:
    """What is missing in the reading, "" when it says what it must."""
    rule = RULES.get(expected.kind)
    if rule is None:
        return f"line {expected.line}: {expected.kind!r} is not one of {', '.join(RULES)}"
    found = rule(expected, reading)
    return "" if found is True else f"line {expected.line}: {expected.kind}: {expected.text} - but {found}"


def spoken(node: object) -> Iterator[str]:
    """Every sentence that a person reads in a reading."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for one in node:
            yield from spoken(one)
    elif is_dataclass(node):
        for one in fields(node):
            if one.name not in SILENT:
                yield from spoken(getattr(node, one.name))


type_of_rule = Callable[[Expected, Any], object]


def touches(expected: Expected, reading: Reading) -> object:
    names = [one.touch.name for one in reading.touches]
    return set(expected.items) <= set(names) or f"touched are {names}"


def untouched(expected: Expected, reading: Reading) -> object:
    names = [one.touch.name for one in reading.touches]
    return not set(expected.items) & set(names) or f"touched are {names}"


def fragile(expected: Expected, reading: Reading) -> object:
    names = [one.touch.name for one in reading.touches if one.fragility.level is Level.FRAGILE]
    return set(expected.items) <= set(names) or f"fragile are {names}"


def partner(expected: Expected, reading: Reading) -> object:
    names = [one.name for one in reading.partners]
    return set(expected.items) <= set(names) or f"partners are {names}"


def question(expected: Expected, reading: Reading) -> object:
    asked = [f"{one.ask} {one.why}" for one in reading.questions]
    return any(expected.text.lower() in one.lower() for one in asked) or f"asked is {asked}"


def answer(position: int) -> type_of_rule:
    """Problem, metric, simplest test: how far the spec answers it."""

    def rule(expected: Expected, reading: Reading) -> object:
        said = reading.answers[position].said.value
        return said == expected.text or f"it is {said}"

    return rule


def not_foreseen(expected: Expected, told: Underway) -> object:
    """The first part that nobody foresaw, with its day: "Mail on day 3"."""
    found = [f"{one.name} on day {one.day.value:.0f}" for one in told.unforeseen]
    return expected.text in found[:1] or f"not foreseen are {found}"


def part(expected: Expected, reading: Reading) -> object:
    """In which of the four words a part speaks of itself."""
    found = next(one.state.value for one in reading.coverage if one.part == expected.kind)
    return found == expected.text or f"it says {found!r}"


def says(expected: Expected, reading: Reading) -> object:
    return any(expected.text.lower() in one.lower() for one in spoken(reading)) or "nobody says it"


def never(expected: Expected, reading: Reading) -> object:
    found = [one for one in spoken(reading) if expected.text.lower() in one.lower()]
    return not found or f"it says {found}"


RULES: dict[str, type_of_rule] = {
    "touches": touches,
    "does not touch": untouched,
    "fragile": fragile,
    "partner": partner,
    "not foreseen": not_foreseen,
    "question mentions": question,
    "problem": answer(0),
    "metric": answer(1),
    "simplest test": answer(2),
    "timeline": part,
    "partners": part,
    "fragility": part,
    "says": says,
    "never says": never,
}


def test_a_story_that_cannot_be_read_is_told_with_its_line() -> None:
    with pytest.raises(Unclear, match=r"x\.md:7: 'soon' is neither a day"):
        changes("x.md", 7, "soon | Add the till | till/pay.py")


def test_many_changes_alike_are_one_line() -> None:
    told = changes("x.md", 1, "from 2026-01-30 every 2 days, 3 times | Round | till/pay.py, till/total.py")
    assert [one.day.isoformat() for one in told] == ["2026-01-30", "2026-02-01", "2026-02-03"]
    assert told[0].paths == ("till/pay.py", "till/total.py")


def test_the_readme_names_every_kind_of_line() -> None:
    told = (HERE / "README.md").read_text()
    assert [kind for kind in RULES if f"`{kind}:`" not in told] == []
