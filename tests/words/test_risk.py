"""Risk: changes of many parts, of fragile ones and where much is fixed come back more often."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from histories import active, every

from colead.activity import Activity
from colead.citing import DAY, end_of
from colead.fragility import Fragilities, fragilities
from colead.risk import BESIDE, SHARE, Planned, Risks, chances, share_of_fixes, small

TODAY = date(2026, 11, 1)
CART, LABEL, CLOCK = "services/cart", "services/label", "services/clock"


def shop() -> Activity:
    """The cart is fixed every ten days, a clock changes without fixes, a label with the cart at times."""
    lines = [f"2024-11-01 begin | {CART}/a.py {LABEL}/a.py {CLOCK}/a.py"]
    lines += every(10, 70, lambda one: f"fix: cart {one} | {CART}/a.py", start="2024-11-02")
    lines += every(15, 45, f"a clock | {CLOCK}/a.py", start="2024-11-05")
    lines += every(60, 12, f"a label | {LABEL}/a.py {CART}/a.py", start="2024-11-07")
    lines += [f"2026-10-01 all at once | {' '.join(f'{CLOCK}/{name}.py' for name in range(31))}"]
    return active([*lines, "2026-10-02 bot! deps | services/clock/a.py"])


def seen(past: Activity | None = None) -> Fragilities:
    return fragilities(past or shop(), today=TODAY, repository="shop")


def chance(
    parts: float = 1, rate: float = 0.1, share: float = 0.2, feature: float = 1, fix: float = 0
) -> float:
    return float(chances(np.array([parts]), np.array([rate]), share, feature, np.array([fix]))[0])


def test_what_makes_a_change_come_back() -> None:
    plain = chance()
    assert 0 < plain < 0.2
    assert chance(parts=3) > 2 * plain and chance(parts=6) < 1
    assert chance(rate=1.0) > plain > chance(rate=0.0) > 0
    assert chance(share=0.5) > plain > chance(share=0.05)
    assert chance(feature=0) < chance(feature=0, fix=1) < plain


def test_it_is_told_one_by_one_as_together() -> None:
    parts, rate = np.array([1.0, 2.0, 5.0]), np.array([0.0, 0.3, 2.0])
    together = chances(parts, rate, 0.3, np.array([0.0, 1.0, 0.5]), np.array([1.0, 0.0, 0.0]))
    alone = [chance(1, 0, 0.3, 0, 1), chance(2, 0.3, 0.3), chance(5, 2.0, 0.3, 0.5)]
    assert together.tolist() == pytest.approx(alone)


def test_the_share_of_fixes_is_of_the_year_before_and_leans_on_what_is_usual() -> None:
    past, end = shop(), end_of(TODAY)
    year = small(past, end - 365 * DAY, end)
    fixes = int(past.history.is_fix[year].sum())
    assert share_of_fixes(past, end) == pytest.approx((fixes + BESIDE * SHARE) / (len(year) + BESIDE))
    assert share_of_fixes(past, 0) == SHARE
    titles = {past.history.landings[one].title for one in year}
    assert "all at once" not in titles and "deps" not in titles and "a clock" in titles


def test_a_plan_of_fragile_parts_is_riskier_than_usual() -> None:
    risks = Risks(seen())
    assert risks.chance([CART]) > risks.chance([CLOCK])
    assert risks.chance([CART, LABEL, CLOCK]) > risks.chance([CART, CLOCK]) > risks.past()[1].mean() > 0
    told = risks.planned([CART, LABEL, CLOCK], 1)
    assert told and told.stands_out and (told.parts, told.fragile) == (3, 1)
    assert told.usual == pytest.approx(risks.past()[1].mean()) and len(told.landings) == len(risks.past()[0])


def test_one_part_and_the_usual_do_not_stand_out() -> None:
    risks = Risks(seen())
    alone = risks.planned([CART], 1)
    assert alone and not alone.stands_out
    assert not Planned(3, 0, 0.1, 0.09, np.zeros(1, dtype=np.int32)).stands_out
    assert not Planned(3, 0, 0.1, 0.0, np.zeros(0, dtype=np.int32)).stands_out
    assert risks.planned([], 0) is None


def test_past_changes_are_weighed_by_their_parts() -> None:
    risks = Risks(seen())
    landings, chance = risks.past()
    titles = [risks.fragile.activity.history.landings[one].title for one in landings]
    label, clock = (chance[[title == one for title in titles]] for one in ("a label", "a clock"))
    assert len(label) == 12 and len(clock) == 45 and label.min() > clock.max()


def test_too_little_history_tells_no_risk() -> None:
    now = seen(active(["2026-10-02 bot! deps | services/clock/a.py", f"2026-10-03 a clock | {CLOCK}/a.py"]))
    assert Risks(now).planned([CLOCK], 0) is None
