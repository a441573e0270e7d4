"""Born: where changes to a part lately brought new files, into itself or elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from histories import active
from test_touch import TEXTS, TODAY
from toy import Toy

from colead.activity import Activity
from colead.evidence import Ledger
from colead.readers.markdown import read_spec
from colead.touch import Birth, Touches, closely
from colead.touch.born import DOUBT, LAST, births, carried, likeliest, nursery

CART, SLIP = "services/checkout/cart.py", "services/slips/print.py"
SPEC = "# Gift notes\n\nThe buyer writes a gift note in the cart, and pays.\n"


def shop(changes: int, bringing: int, into: str = "services/checkout") -> Activity:
    """A shop in which the cart changed so often, the newest times with a new file of `into`."""
    rows = [
        f"2025-{1 + n // 28:02}-{1 + n % 28:02} Keep the gift note of the cart | {CART}"
        + (f" +{into}/note{n}.py" if n >= changes - bringing else "")
        for n in range(changes)
    ]
    return active([*rows, f"2026-02-01 Print the slip | {SLIP}"])


def told(seen: Activity) -> tuple[Birth, ...]:
    spec = read_spec(SPEC.encode(), "spec.md")
    toy = Toy(seen.codebase, TEXTS)
    return closely(spec, seen, toy, today=TODAY, ledger=Ledger(), repository="shop").births


def test_the_newest_changes_are_counted() -> None:
    held = nursery(shop(60, 10))
    own = int(np.flatnonzero(held.changed == held.into)[0])
    assert (held.times[own], held.of[held.changed[own]]) == (10, LAST)
    assert held.rate[own] == 10 / (LAST + DOUBT)


def test_a_part_whose_changes_bring_files_is_told_with_the_count() -> None:
    (one,) = told(shop(30, 24))
    assert (one.component, one.into) == ("services/checkout", "services/checkout")
    assert (one.times.value, one.of.value, one.like) == (24, 29, "services/checkout/note29.py")
    assert one.sentence == "A new file here? 24 of the last 29 changes brought one, like note29.py."
    assert one.probability.evidence == one.of.evidence == "T03-1"


def test_files_made_elsewhere_are_told_under_the_part_that_brings_them() -> None:
    (one,) = told(shop(30, 26, "services/slips"))
    assert (one.component, one.into) == ("services/checkout", "services/slips")
    assert one.sentence.startswith("A new file in Slips? 26 of the last 29 changes brought one")


def test_rare_births_and_silent_rankings_are_not_told() -> None:
    assert told(shop(30, 3)) == ()
    assert told(active("")) == ()


def test_a_guess_tells_nothing() -> None:
    seen, spec = shop(30, 24), read_spec(SPEC.encode(), "spec.md")
    found = closely(spec, seen, Toy(seen.codebase, TEXTS), today=TODAY, ledger=Ledger(), repository="shop")
    thin: Touches = replace(found, components=tuple(replace(one, thin=True) for one in found.components))
    assert births(thin, seen, ledger=Ledger(), repository="shop") == ()


def test_the_likeliest_of_several_repositories_are_told() -> None:
    (one,) = told(shop(30, 24))
    weak = replace(one, probability=replace(one.probability, value=0.31))
    assert likeliest([(weak,), (one, weak)]) == (one, weak)
    assert likeliest([]) == ()


def test_what_reaches_a_part_is_its_likeliest_way() -> None:
    held = nursery(shop(30, 24))
    best, row = carried(np.array([0.5] * len(held.of)), held)
    assert best.max() == 0.5 * 24 / (29 + DOUBT)
    assert (row >= 0).sum() == 1
