"""Drag: features that changed a part reached further than like ones, told only beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from histories import active, every

from colead.activity import Activity
from colead.balancing import shipped
from colead.codes import CODES
from colead.drag import CODE, EFFECT, ENOUGH, Compared, Drag, Drags, against
from colead.evidence import Coverage, Ledger, State
from colead.kinds import kinds

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = [f"services/part-{number}" for number in range(6)]
SHARED = "services/shared"


def past(shared: int, others: int, count: int = 40, *more: str) -> Activity:
    """Features of one file in Shared and in `shared` other parts; of one file elsewhere and in `others`."""

    def files(number: int, first: str, beside: int) -> str:
        along = [PARTS[(number + step) % 6] for step in range(1, beside + 1)]
        return " ".join(f"{root}/a.py" for root in [first, *along])

    lines = [f"2023-12-01 chore: begin | {' '.join(f'{root}/a.py' for root in [SHARED, *PARTS])}"]
    lines += every(20, count, lambda one: f"feat: a | {files(one, SHARED, shared)}", start="2024-01-01")
    lines += every(5, 160, lambda one: f"feat: b | {files(one, PARTS[one % 6], others)}", start="2024-01-02")
    return active([*lines, *more], names={SHARED: "Shared"})


def told(seen: Activity, key: str = SHARED) -> tuple[Drag | None, Coverage, Ledger]:
    ledger = Ledger()
    found, coverage = Drags(seen, kinds(seen.history, shipped()), "shop").of(key, ledger)
    return found, coverage, ledger


def test_features_that_changed_it_reached_further() -> None:
    found, coverage, ledger = told(past(4, 1))
    assert found is not None and coverage.state is State.FINDING
    assert found.here.value == 4 and 1 < found.usual.value < 3
    assert found.times.low and found.times.high
    assert 1 < found.times.low < found.times.value < found.times.high
    assert found.sentence.startswith(
        "Features that changed Shared reached 4.0 other parts on average, features"
    )
    assert found.sentence.endswith("times as many (40 features).") and "association" in found.technical
    (row,) = ledger.table()
    assert row.id == found.times.evidence and row.n == 40 and row.sources[0].title == "feat: a"


@pytest.mark.parametrize("key", [SHARED, PARTS[0]])
def test_as_usual_is_not_told(key: str) -> None:
    found, coverage, ledger = told(past(1, 1), key)
    assert found is None and coverage.state is State.NOTHING and not ledger.table()
    assert "reached no further" in coverage.note


def test_too_few_features_tell_nothing() -> None:
    found, coverage, _ = told(past(4, 1, ENOUGH - 1))
    assert found is None and coverage.state is State.TOO_LITTLE
    assert coverage.note == "19 features changed it; 20 are needed."


def test_fixes_are_no_features() -> None:
    lines = every(
        10, 60, f"fix: it | {SHARED}/a.py {' '.join(f'{one}/a.py' for one in PARTS)}", start="2024-01-03"
    )
    found, _, ledger = told(past(1, 1, 40, *lines))
    assert found is None and not ledger.table()


def test_work_as_large_inside_the_part_is_compared() -> None:
    """Features of four files in each part are no measure for those of one file."""
    large = " ".join(f"{root}/{name}.py" for root in PARTS for name in "abcd")
    found, _, _ = told(past(4, 1, 40, *every(5, 60, f"feat: c | {large}", start="2024-01-03")))
    assert found is not None and found.usual.value < 3


def test_the_schema_is_a_part_wherever_it_lies() -> None:
    roots = " ".join(f"{root}/a.py" for root in PARTS[:5])
    step = every(
        20,
        40,
        lambda one: f"feat: s | services/part-5/migrations/00{one:02}_s.sql {roots}",
        start="2024-01-03",
    )
    seen = past(1, 1, 40, *step)
    found, coverage, _ = told(seen, "")
    assert coverage.state is State.FINDING and found is not None and found.key == ""
    assert found.sentence.startswith("Features that changed the database schema reached 5.0 other parts")
    drags = Drags(seen, kinds(seen.history, shipped()), "shop")
    assert drags.holds_schema("services/part-5") and not drags.holds_schema(SHARED)


def test_a_history_without_features_says_so() -> None:
    found, coverage, _ = told(active([f"2024-01-01 chore: begin | {SHARED}/a.py"]))
    assert found is None and coverage.note == "0 features changed it; 20 are needed."


def columns(rows: Sequence[tuple[int, float, bool]]) -> tuple[Compared | None, float]:
    band, value, mine = (np.array(one) for one in zip(*rows, strict=True))
    found = against(band, value.astype(float), mine, ~mine)
    return found, float(value[mine].mean())


def test_a_ratio_is_drawn_towards_as_usual_the_fewer_there_are() -> None:
    rng = np.random.default_rng(1)
    few = [(0, float(one), True) for one in rng.poisson(4, 25)]
    many = [(0, float(one), True) for one in rng.poisson(4, 400)]
    others = [(0, float(one), False) for one in rng.poisson(2, 500)]
    for rows in (few, many):
        found, _ = columns([*rows, *others])
        assert found is not None and 1 < found.ratio < found.here / found.usual
        assert found.told and found.error < found.raw_error
    drawn = [columns([*rows, *others])[0] for rows in (few, many)]
    assert drawn[0] and drawn[1] and drawn[0].error > drawn[1].error


def test_chance_is_told_seldom() -> None:
    """Of 300 parts that do not differ at most one in fifty is told."""
    rng = np.random.default_rng(2)
    count = 0
    for _ in range(300):
        value, mine = rng.poisson(2, 150).astype(float), np.arange(150) < 30
        found = against(np.zeros(150, dtype=np.int64), value, mine, ~mine)
        count += found is not None and found.told
    assert count <= 6


def test_nothing_to_compare_is_none() -> None:
    assert columns([(0, 0.0, True)] * 30 + [(0, 1.0, False)] * 30)[0] is None
    assert columns([(0, 1.0, True)] * 30 + [(0, 0.0, False)] * 30)[0] is None
    assert columns([(0, 1.0, True)] * 30 + [(1, 1.0, False)] * 30)[0] is None


def test_what_is_told_was_measured_and_can_be_looked_up() -> None:
    published = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert f"\n## {EFFECT.source}\n" in published and EFFECT.n == "39 public repositories"
    assert all(one in CODES[CODE].record for one in ("66 of 485", "39 public", "in 22"))
    assert all(one in EFFECT.known for one in ("66 of 485", "in 22"))
