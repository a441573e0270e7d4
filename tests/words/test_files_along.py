from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from colead.evidence import Ledger
from colead.partner import FileAlong, files_along
from words.histories import active, every

TODAY = date(2026, 10, 19)
COST, RATES, LABEL = "shipping/cost.py", "shipping/rates.py", "returns/label.py"


def told(
    *more: str, likely: Sequence[str] = (COST,), mentioned: Callable[[str], bool] = lambda path: False
) -> tuple[FileAlong, ...]:
    """The rates change with the cost in 8 of its 10 landings, the last one on 10 October."""
    lines = [
        f"2025-01-01 begin | {COST} {RATES} {LABEL}",
        *every(10, 2, f"cost | {COST}", start="2026-07-22"),
        *every(10, 7, f"both | {COST} {RATES}", start="2026-08-11"),
        *every(3, 90, f"label | {LABEL}", start="2026-01-01"),
    ]
    past = active([*lines, *more])
    return files_along(past, likely, mentioned, today=TODAY, ledger=Ledger(), repository="shop")


def test_a_file_that_usually_changes_along_is_told() -> None:
    (one,) = told()
    assert (one.path, one.of, one.code, one.last) == (RATES, COST, "P02", "2026-10-10")
    assert (one.together.value, one.times.value, one.chance.value) == (8, 10, 8 / 18)
    assert one.sentence == (
        "changed along with shipping/cost.py 8 of the last 10 times, last on 10 October;"
        " expect it 4 times in 10"
    )


def test_a_likely_or_mentioned_or_deleted_file_is_not_told() -> None:
    assert told(likely=(COST, RATES)) == ()
    assert told(mentioned=lambda path: path == RATES) == ()
    assert told(f"2026-10-12 gone | -{RATES}") == ()


def test_too_few_landings_are_not_told() -> None:
    assert told(likely=("shipping/none.py",)) == ()
    assert told(*every(1, 20, f"cost | {COST}", start="2026-09-01")) == ()


def test_what_went_along_long_ago_is_not_told() -> None:
    later = every(12, 6, f"cost | {COST}", start="2026-08-12")
    past = active([f"2025-01-01 begin | {COST} {RATES}", *every(5, 9, f"both | {COST} {RATES}"), *later])
    assert files_along(past, [COST], lambda path: False, today=TODAY, ledger=Ledger(), repository="s") == ()


def test_at_most_two_are_told_the_surest_first() -> None:
    files = [f"shipping/{name}.py" for name in "abc"]
    lines = [f"2025-01-01 begin | {COST} {LABEL} " + " ".join(files)]
    lines += every(10, 9, f"all | {COST} " + " ".join(files), start="2026-07-22")
    lines += every(3, 90, f"label | {LABEL}", start="2026-01-01")
    past = active(lines)
    found = files_along(past, [COST], lambda path: False, today=TODAY, ledger=Ledger(), repository="s")
    assert [one.path for one in found] == files[:2]
