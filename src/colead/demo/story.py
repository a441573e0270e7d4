"""The script of the demo shop: about 3,000 landings over six years, decided by one seed."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from colead.demo.parts import CHECKOUT, PARTS, SHIPPING, SLIPS, TIDY, VARIANTS, Part

SEED = 20261019
FIRST_DAY = datetime(2020, 10, 5, tzinfo=UTC)
LAST_DAY = datetime(2026, 10, 16, 18, tzinfo=UTC)
TODAY = "2026-10-19"  # the Monday on which Priya brings gift notes
HOPED_FOR = "2026-12-01"
EFFORTS = 250
SINGLES = 1080
LABEL = "services/returns/returns_label.py"
KINDRED = 0.18  # share of efforts that reach from checkout through shipping to the slips


T = TypeVar("T")


class Dice:
    """The only source of chance; uses `random()` alone, whose sequence Python keeps across versions."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - a script, no secret

    def roll(self) -> float:
        """A number in [0, 1)."""
        return self._random()

    def below(self, bound: int) -> int:
        """A whole number in [0, bound)."""
        return int(self.roll() * bound)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def normal(self) -> float:
        """A standard normal number (Box and Muller 1958)."""
        return math.sqrt(-2 * math.log(1 - self.roll())) * math.cos(2 * math.pi * self.roll())

    def part(self) -> Part:
        """A part, by its share of ordinary work."""
        left = self.roll() * sum(part.weight for part in PARTS)
        for part in PARTS:
            left -= part.weight
            if left < 0:
                return part
        return PARTS[-1]


@dataclass(frozen=True, slots=True)
class Plan:
    """One landing as planned: when, by whom, what it says, which files it changes."""

    when: datetime
    author: str
    title: str
    body: str
    files: tuple[str, ...]
    merge: str = ""  # branch name when it lands as a merge commit
    fix: bool = field(default=False)


def plans() -> list[Plan]:
    """All landings in the order in which they arrive; never two in one second."""
    dice = Dice(SEED)
    work = [*_efforts(dice), *_singles(dice)]
    scripted = [*work, *_catching_up(dice, work), *_machines(dice), *_milestones()]
    return _spaced(sorted(scripted, key=lambda plan: (plan.when, plan.title)))


def _spaced(scripted: list[Plan]) -> list[Plan]:
    spaced: list[Plan] = []
    for plan in scripted:
        last = spaced[-1].when if spaced else FIRST_DAY - timedelta(days=1)
        when = max(plan.when, last + timedelta(seconds=61))
        spaced.append(Plan(when, plan.author, plan.title, plan.body, plan.files, plan.merge, plan.fix))
    return spaced


def _working_hour(dice: Dice, when: datetime) -> datetime:
    if when.weekday() >= 5:
        when += timedelta(days=7 - when.weekday())
    midnight = when.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(minutes=8 * 60 + dice.below(9 * 60), seconds=dice.below(60))


def _author(dice: Dice) -> str:
    return "Omar" if dice.roll() < 0.06 else "Emil"


def _files(dice: Dice, part: Part, title: str) -> list[str]:
    words = set(title.lower().replace("-", " ").split())
    fitting = [name for name in part.modules if words & set(name.rsplit("/")[-1].split(".")[0].split("_"))]
    chosen = [dice.pick(fitting or part.modules)]
    if dice.roll() < 0.3:
        chosen.append(dice.pick(part.modules))
    files = [f"{part.root}/{name}" for name in dict.fromkeys(chosen)]
    if dice.roll() < 0.45 and chosen[0].endswith(".py"):
        files.append(f"{part.root}/tests/test_{chosen[0].split('/')[-1]}")
    return files


def _along(dice: Dice, part: Part, when: datetime) -> list[str]:
    """Shipping and the returns label know each other's layout; nobody wrote that down anywhere."""
    if part is SHIPPING and when.year >= 2024 and dice.roll() < 0.6:
        return [LABEL]
    return []


def _landing(dice: Dice, part: Part, when: datetime, *, key: str = "", branch: str = "") -> Plan:
    fix = dice.roll() < part.fixes
    chore = not fix and dice.roll() < 0.22
    if chore:
        noun = dice.pick(part.modules).split("/")[-1].split(".")[0].replace("_", " ")
        title = dice.pick(TIDY).format(noun=noun)
    else:
        title = dice.pick(part.mends if fix else part.features) + dice.pick(VARIANTS)
    files = _files(dice, part, title) + _along(dice, part, when)
    return Plan(_working_hour(dice, when), _author(dice), title, key, tuple(files), branch, fix)


def _efforts(dice: Dice) -> Iterator[Plan]:
    """Ideas of the past: each with an issue key, parts, and its landings over some weeks."""
    span = (LAST_DAY - FIRST_DAY).days
    for number in range(EFFORTS):
        kindred = dice.roll() < KINDRED
        parts = _effort_parts(dice, kindred)
        wide = len(parts) > 1 or SHIPPING in parts
        median, spread = (7.6, 0.2) if wide else (2.2, 0.5)
        weeks = median * math.exp(spread * dice.normal())
        start = FIRST_DAY + timedelta(days=dice.below(span))
        landings = 5 + dice.below(5) if wide else 2 + dice.below(4)
        yield from _effort(dice, f"SHOP-{101 + number}", parts, start, weeks * 7, landings)


def _effort_parts(dice: Dice, kindred: bool) -> list[Part]:
    if kindred:
        return [CHECKOUT, SHIPPING, SLIPS][: 3 if dice.roll() < 0.2 else 2]
    return list(dict.fromkeys([dice.part(), dice.part()][: 1 + dice.below(2)]))


def _effort(
    dice: Dice, key: str, parts: list[Part], start: datetime, days: float, landings: int
) -> Iterator[Plan]:
    branch = key if dice.roll() < 0.3 else ""
    for step in range(landings):
        when = start + timedelta(days=days * step / max(1, landings - 1))
        if when <= LAST_DAY:
            part = parts[step % len(parts)]
            plan = _landing(dice, part, when, key=f"Part of {key}.", branch=branch)
            yield _reaching(dice, plan, parts)


def _reaching(dice: Dice, plan: Plan, parts: list[Part]) -> Plan:
    """Now and then one landing of an effort reaches into its other part as well."""
    if len(parts) < 2 or dice.roll() > 0.12:
        return plan
    other = dice.pick(parts)
    more = _files(dice, other, plan.title) + _along(dice, other, plan.when)
    files = tuple(dict.fromkeys([*plan.files, *more]))
    return Plan(plan.when, plan.author, plan.title, plan.body, files, plan.merge, plan.fix)


def _singles(dice: Dice) -> Iterator[Plan]:
    span = (LAST_DAY - FIRST_DAY).days
    for _ in range(SINGLES):
        when = FIRST_DAY + timedelta(days=dice.below(span))
        yield _landing(dice, dice.part(), when)


def _catching_up(dice: Dice, work: Sequence[Plan]) -> Iterator[Plan]:
    """What was forgotten comes back: the returns label follows shipping a day or two late."""
    for plan in work:
        shipping = any(path.startswith(f"{SHIPPING.root}/") for path in plan.files)
        if shipping and LABEL not in plan.files and plan.when.year >= 2024 and dice.roll() < 0.5:
            when = _working_hour(dice, plan.when + timedelta(days=1))
            if when <= LAST_DAY:
                yield Plan(when, "Emil", "Bring the returns label up to the shipping label", "", (LABEL,))


def _machines(dice: Dice) -> Iterator[Plan]:
    """What no person did: dependency bumps, translations, releases, one great reformatting."""
    for week in range((LAST_DAY - FIRST_DAY).days // 7):
        monday = FIRST_DAY + timedelta(weeks=week)
        early = monday + timedelta(hours=4, minutes=dice.below(50))
        package = dice.pick(("django", "requests", "pillow", "pytest", "celery", "numpy"))
        version = f"{1 + week // 40}.{week % 40}"
        yield Plan(early, "dependabot[bot]", f"Bump {package} to {version}", "", ("requirements.lock",))
        if week % 4 == 1:
            words = ("locale/de.po", "locale/fr.po")
            yield Plan(early, "translations[bot]", "Update translations", "", words)
        if week % 2 == 0:
            friday = monday + timedelta(days=4, hours=15)
            yield Plan(friday, "Emil", f"Release {version}", "", ("CHANGELOG.md", "VERSION"))
    every = tuple(f"{part.root}/{name}" for part in PARTS for name in part.modules if name.endswith(".py"))
    yield Plan(datetime(2024, 11, 4, 9, tzinfo=UTC), "Emil", "Reformat everything", "", every)


def _milestones() -> Iterator[Plan]:
    """The landings that the story is about."""
    yield Plan(
        datetime(2026, 5, 8, 10, 12, tzinfo=UTC),
        "Emil",
        "Fix delivery instructions lost when an order is split into parcels",
        "Each parcel gets its own slip; the instructions went to the first one only.",
        ("services/shipping/parcels.py", "services/slips/packing_slip.py"),
        fix=True,
    )
    yield Plan(
        datetime(2026, 9, 3, 9, 40, tzinfo=UTC),
        "Priya",
        "Say what our parts are called",
        "Names that product and engineering both use.",
        (".colead/glossary.yml",),
    )
    yield Plan(
        datetime(2026, 9, 4, 14, 5, tzinfo=UTC),
        "Priya",
        "Write down the days that matter to the shop",
        "",
        (".colead/occasions.yml",),
    )
    yield Plan(
        datetime(2026, 10, 9, 16, 20, tzinfo=UTC),
        "Emil",
        "Keep the incidents of the status page beside the code",
        "",
        (".colead/incidents/status-page.csv",),
    )
    yield Plan(
        datetime(2026, 10, 12, 16, 20, tzinfo=UTC),
        "Priya",
        "Keep what people ask for beside the code",
        "",
        (".colead/issues/tracker.csv",),
    )


def first_files() -> tuple[str, ...]:
    """Every file that is there from the first day on."""
    modules = tuple(f"{part.root}/{name}" for part in PARTS for name in part.modules)
    frame = ("README.md", "CHANGELOG.md", "VERSION", "CODEOWNERS", "compose.yml", "requirements.lock")
    docker = tuple(f"{part.root}/Dockerfile" for part in PARTS if part.root.startswith("services/"))
    return (*frame, *docker, "locale/de.po", "locale/fr.po", *modules)
