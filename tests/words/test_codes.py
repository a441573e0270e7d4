"""What `colead explain` says: true of the code, and no more than was measured."""

from __future__ import annotations

import re

import pytest

from colead import fixes, fragility, partner, tradeoff
from colead.codes import CODES, Code
from colead.codes.findings import FINDINGS, MEASURED, OWN
from colead.efforts import FEWEST


def whole(code: str) -> str:
    one = CODES[code]
    return " ".join((one.title, one.what, one.why, one.how, one.record))


def test_fragile_parts_are_not_said_to_take_longer() -> None:
    """Research looked for longer lead times of changes to fragile parts and found none."""
    assert "takes longer" not in whole("F01") and "surprise" not in whole("F01")
    assert "was looked for and not found" in CODES["F01"].why


def test_partners_are_told_as_counts_of_the_past_against_chance() -> None:
    one = CODES["P01"]
    assert "more often than chance would have it, given how many parts change together" in one.how
    assert "as active" not in one.how
    assert f"at least {partner.SUPPORT} and {round(10 * partner.SHARE)} in 10" in one.how
    assert partner.WINDOW == 730 and "last two years" in one.how
    assert "The count is of the past" in one.what and "49 %" in one.record and "13 to 17 %" in one.record
    assert not re.search(r"\b(?:will|likely|probably|usually)\b", one.title + one.what + one.how)


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ("T01", ("3,147", "78 of 100", "66 by plain", "93 of 100", "68 (55) and 87")),
        (
            "F01",
            ("42 public clones", "83 of 100", "78", "80", "held 70 of", "78, 49 and 18", "80 of 100"),
        ),
        ("P01", ("27 public", "49 %", "said was 38 %", "40 % and 43 %", "40 % and 37 %", "13 to 17 %")),
        ("D01", ("92 past efforts in 4", "79 %", "78, 82 and 86 %")),
        ("S01", ("1,346 changes", "correlation .25", "2.2 expected, 2.0 came", "52 in 100", "all 17")),
    ],
)
def test_records_hold_what_was_measured_and_when(code: str, figures: tuple[str, ...]) -> None:
    record = CODES[code].record
    assert [one for one in figures if one not in record] == []
    assert MEASURED in record and record.endswith(OWN)


def test_what_was_not_measured_bears_no_date() -> None:
    dated = {one.code for one in FINDINGS if MEASURED in one.record}
    assert dated == {"T01", "T02", "T03", "F01", "S01", "S02", "S03", "P01", "P02", "D01"}


def test_crossings_were_measured_on_clones_alone() -> None:
    for code, figures in {
        "S02": ("596", "89 of 100", "36 in 100"),
        "S03": ("1,196", "90 of 100", "60 in 100"),
    }.items():
        record = CODES[code].record
        assert [one for one in figures if one not in record] == []
        assert OWN not in record  # a backtest looks at product files that were there, and migrations are new


def test_what_requirements_point_at_was_measured_on_real_specs() -> None:
    record = CODES["T02"].record
    assert "29 real feature specs" in record and "2 in 100" in record and MEASURED in record
    assert OWN not in record  # a backtest replays landings, and these have no requirements


def test_the_figures_of_the_words_are_those_of_the_code() -> None:
    assert tradeoff.ENOUGH == 20
    assert all("at least 20" in CODES[code].how for code in ("X01", "X02"))
    assert tradeoff.SOON == 3 * 86_400 and "within three days" in CODES["X01"].what
    assert tradeoff.LATER == 90 * 86_400 and "within three months" in CODES["X02"].what
    assert fragility.QUARTER == 90 and "next three months" in CODES["F01"].what
    assert fixes.TWO_YEARS == 730 * 86_400
    assert FEWEST == 8 and "at least eight must be over" in CODES["D01"].how


@pytest.mark.parametrize("one", FINDINGS, ids=lambda one: one.code)
def test_no_finding_claims_what_git_cannot_tell(one: Code) -> None:
    said = whole(one.code).lower()
    assert not re.search(r"\b(?:faster|outages?|money|refactor\w*|velocity|churn|hotspots?|coupling)\b", said)
