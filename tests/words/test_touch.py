"""Touches: a toy shop, small enough to know what the spec touches and why."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from histories import active, every, history
from hypothesis import given
from hypothesis import strategies as st
from toy import Toy, postings

from colead.activity import Activity, activity
from colead.codebase import Codebase, Component, ComponentKind, Role, SourceFile
from colead.evidence import Ledger, State
from colead.readers.markdown import read_spec
from colead.terms import terms
from colead.touch import Touches, rank
from colead.touch.asked import Asked
from colead.touch.home import FEWEST, MOST, at_home, belongs
from colead.touch.ranking import best_of, folded, relative, spilled
from colead.touch.signals import past
from colead.touch.usual import _LEVELS, RARE, USUAL

TODAY = date(2026, 6, 30)
TEXTS = {
    "services/checkout/cart.py": "cart total buyer pays note order summary",
    "services/checkout/note.py": "gift note of the buyer, limited to two hundred characters",
    "services/slips/print.py": "print the packing slip of an order",
    "services/slips/layout.py": "layout of a packing slip with prices",
    "services/search/query.py": "search index query ranking",
    "services/search/index.py": "index documents for search",
    "services/mail/send.py": "send mail to a customer",
}
SHOP = [
    *every(9, 4, "Keep the cart note of the buyer | services/checkout/cart.py services/checkout/note.py"),
    *every(7, 4, "Print order notes on the packing slip | services/slips/print.py services/slips/layout.py"),
    *every(5, 9, "Search is quicker | services/search/query.py services/search/index.py"),
    "2026-05-12 Send mail again when it fails | services/mail/send.py",
]
SPEC = """# Gift notes

## What we want to build
- The buyer writes a gift note in the cart.
- The note is printed on the packing slip.

## What is out
Search and mail.
"""


def ranked(
    spec: str,
    activity: Activity | None = None,
    texts: dict[str, str] | None = None,
    changes: int | None = None,
) -> Touches:
    shop = activity or active(SHOP)
    toy = Toy(shop.codebase, TEXTS if texts is None else texts)
    read = read_spec(spec.encode(), "spec.md")
    return rank(read, shop, toy, today=TODAY, ledger=Ledger(), repository="shop", changes=changes)


def test_the_spec_touches_what_it_speaks_of() -> None:
    found = ranked(SPEC)
    assert {one.component for one in found.components} == {"services/checkout", "services/slips"}
    assert found.coverage.state is State.FINDING
    assert {one.path for one in found.files[:3]} <= {path for path in TEXTS if "search" not in path}


def test_the_more_changes_the_likelier_is_each_part_and_the_evidence_says_how_many() -> None:
    few, usual, many = (ranked(SPEC, changes=number).every for number in (1, None, 12))
    assert all(few[key] < usual[key] < many[key] for key in few if few[key] > 0)
    ledger, toy = Ledger(), Toy(active(SHOP).codebase, TEXTS)
    spec = read_spec(SPEC.encode(), "spec.md")
    rank(spec, active(SHOP), toy, today=TODAY, ledger=ledger, repository="shop", changes=12)
    assert "hold for work of about 12 changes" in ledger.table()[0].method


def test_more_changes_make_no_guess_firm() -> None:
    vague = "# Things\n\nEverything gets quicker again. Customers like it.\n"
    guesses = [one.thin for number in (1, 30) for one in ranked(vague, changes=number).components]
    assert guesses
    assert all(guesses)


def test_what_is_out_of_scope_raises_nothing() -> None:
    assert ranked(SPEC).every == ranked(SPEC.replace("Search and mail.", "Wrapping paper.")).every
    within = SPEC.replace("## What is out\n", "")
    assert ranked(within).every["services/search"] > ranked(SPEC).every["services/search"]


def test_reasons_are_words_that_stand_there_and_landings_that_changed_it() -> None:
    checkout = next(one for one in ranked(SPEC).components if one.component == "services/checkout")
    words, landing = sorted(checkout.reasons, reverse=True)
    assert words in ('the words "gift" and "note"', 'the words "note" and "gift"')
    assert landing == 'changed in "Keep the cart note of the buyer" (28 January)'
    assert checkout.sentence.startswith("Checkout is ")
    assert words in checkout.sentence


def test_every_figure_has_evidence_with_sources() -> None:
    shop, ledger = active(SHOP), Ledger()
    spec = read_spec(SPEC.encode(), "spec.md")
    found = rank(spec, shop, Toy(shop.codebase, TEXTS), today=TODAY, ledger=ledger, repository="shop")
    rows = {row.id: row for row in ledger.table()}
    for part in found.components:
        sources = rows[part.probability.evidence].sources
        assert {one.ref for one in sources if one.kind == "file"} == {one.path for one in part.files}
        assert any(one.kind == "landing" and one.date for one in sources)
    assert all(one.probability.evidence in rows for one in found.files)


def test_names_in_the_glossary_count_as_paths() -> None:
    from dataclasses import replace

    shop = active(SHOP)
    called = tuple(
        replace(one, says=("correspondence",)) if one.key == "services/mail" else one
        for one in shop.codebase.components
    )
    named = replace(shop, codebase=replace(shop.codebase, components=called))
    spec = "# Quarterly correspondence\n"
    assert ranked(spec, shop).coverage.state is State.NOTHING
    assert [one.component for one in ranked(spec, named).components] == ["services/mail"]


@pytest.mark.parametrize(
    ("spec", "state", "told"),
    [
        ("# Zebra quagga\n\nOkapi.", State.NOTHING, "none of the spec's words"),
        ("# It\n\nWhat is it?", State.TOO_LITTLE, "nothing that could be searched for"),
        ("# 礼物\n\n买家可以写一张礼物卡片。", State.NOTHING, "none of the spec's words"),
    ],
)
def test_nothing_is_invented(spec: str, state: State, told: str) -> None:
    found = ranked(spec)
    assert (found.components, found.files) == ((), ())
    assert found.coverage.state is state
    assert told in found.coverage.note
    assert set(found.every.values()) == {0.0}


def test_an_empty_repository_has_nothing_to_read() -> None:
    found = ranked(SPEC, active(""), {})
    assert found.coverage.state is State.TOO_LITTLE
    assert found.every == {}


def test_a_foreign_spec_is_read_by_its_known_words_or_not_at_all() -> None:
    foreign = (
        "# Geschenkkarten\n\nDer Kunde schreibt eine Karte und wir drucken sie auf den Lieferschein. Cart.\n"
    )
    found = ranked(foreign)
    assert found.components == ()
    assert found.coverage.state is State.TOO_LITTLE
    assert "not in English" in found.coverage.note


def test_later_landings_do_not_count_as_the_future() -> None:
    assert ranked(SPEC, active([*SHOP, "2027-01-01 Gift note | services/checkout/note.py"])).files


def test_bulk_landings_say_nothing_of_their_files() -> None:
    many = " ".join(f"+services/big/part{number}.py" for number in range(40))
    found = ranked(SPEC, active([*SHOP, f"2026-06-01 Gift note packing slip | {many}"]))
    assert found.every["services/big"] < 0.05


@given(st.lists(st.sampled_from(["gift", "note", "slip", "search", "mail", "zebra", "out"]), max_size=12))
def test_probabilities_stay_within_bounds(words: list[str]) -> None:
    found = ranked("# " + " ".join(words) + "\n")
    assert all(0 <= one <= 1 for one in found.every.values())
    assert len(found.components) <= 6
    assert len(found.files) <= 10
    chances = [one.probability.value for one in found.files]
    assert chances == sorted(chances, reverse=True)


def test_bm25_prefers_rare_words_and_short_texts() -> None:
    found = postings(["gift", "note"], ["gift note", "note note", "note and very much else beside it"])
    one, two, three = found.scores(np.array([1.0, 1.0]))
    assert one > two > three
    assert found.rarity[0] > found.rarity[1] >= 0


def test_choosing_terms_renumbers_them() -> None:
    found = postings(["gift", "note", "slip"], ["gift slip", "note"]).only(np.array([2, 0], dtype=np.int32))
    assert list(zip(found.term.tolist(), found.document.tolist(), strict=True)) in (
        [(1, 0), (0, 0)],
        [(0, 0), (1, 0)],
    )


def test_chunks_fold_into_their_files() -> None:
    owner = np.array([0, 0, 1], dtype=np.int32)
    found = folded(postings(["gift"], ["gift gift", "gift", "note"]), owner, 2)
    assert found.count.tolist() == [3.0]
    assert found.lengths.tolist() == [3.0, 1.0]
    assert best_of(np.array([1.0, 3.0, 2.0]), owner, 2).tolist() == [3.0, 2.0]


def test_words_spill_from_landings_to_their_files() -> None:
    found = postings(["gift"], ["gift", "note", "gift gift"])
    start = np.array([0, 2, 2, 3])
    spilt = spilled(found, start, np.array([0, 1, 1], dtype=np.int32), 3)
    assert spilt.count.tolist() == [1.0, 3.0]
    assert spilt.document.tolist() == [0, 1]
    assert spilt.lengths.tolist() == [1.0, 3.0, 0.0]


def test_nothing_relative_to_nothing_is_nothing() -> None:
    assert relative(np.zeros(3)).tolist() == [0, 0, 0]
    assert relative(np.zeros(0)).tolist() == []


def test_a_history_that_knows_few_of_the_files_counts_them_right() -> None:
    """A shallow clone: most of today's files stand in no landing; the one that does is the last of them."""
    few = history(["2026-06-01 Mend the query | services/zebra/query.py"])
    files = [SourceFile(f"services/a/{n:03}.py", "0" * 40, 9, Role.PRODUCT) for n in range(300)]
    files.append(SourceFile("services/zebra/query.py", "1" * 40, 9, Role.PRODUCT))
    parts = tuple(
        Component(key, key, ComponentKind.FOLDER, (key,)) for key in ("services/a", "services/zebra")
    )
    shallow = activity(few, Codebase(few.tip, tuple(files), parts))
    before = past(shallow, TODAY)
    assert before.start.tolist() == [0, 1] and before.file.tolist() == [300]


def test_a_file_named_after_what_is_out_of_scope_is_not_touched() -> None:
    with_cards = [*SHOP, *every(6, 5, "Gift cards pay | services/pay/gift_card.py")]
    texts = {**TEXTS, "services/pay/gift_card.py": "gift card note of the buyer"}
    shop = active(with_cards)
    silent = ranked(SPEC, shop, texts)
    told = ranked(SPEC.replace("Search and mail.", "Gift wrapping and gift cards."), shop, texts)
    assert silent.every["services/pay"] > 0
    assert told.every["services/pay"] == 0
    assert told.every["services/checkout"] > 0


def test_naming_a_component_makes_it_likelier() -> None:
    plain = "# Gift notes\n\nThe buyer writes a gift note, and it is printed.\n"
    named = "# Gift notes\n\nThe buyer writes a gift note, and it is printed on the slips.\n"
    assert ranked(named).every["services/slips"] > ranked(plain).every["services/slips"]


ROTA = """# Swapping night shifts on the ward

## Whose problem is it, and what happens today?
Nurses who cannot work a night shift ring round the ward until a colleague agrees to swap, and the ward
sister pencils the swap into the paper rota.

## What we want to build
- A nurse offers a shift from the rota; everybody on the ward with the same grade sees the offer.
- A colleague takes the shift, unless the swap breaks the eleven hours of rest.
- The matron approves the swap, and a mail with the new rota goes to both nurses.
"""


def test_a_spec_of_something_else_touches_nothing_here() -> None:
    found = ranked(ROTA)
    assert (found.components, found.files) == ((), ())
    assert found.coverage.state is State.TOO_LITTLE
    assert "perhaps this is not the right repository" in found.coverage.note
    assert set(found.every.values()) == {0.0}


def test_the_same_spec_belongs_where_its_words_stand() -> None:
    ward = [*every(9, 6, "Swap a night shift in the rota | ward/rota/swap.py ward/rota/shift.py"), *SHOP]
    texts = {**TEXTS, "ward/rota/swap.py": "a nurse offers to swap a shift with a colleague on the ward"}
    found = ranked(ROTA, active(ward), texts)
    assert found.components[0].component == "ward/rota"
    assert found.components[0].probability.value > 0.5
    assert not found.components[0].thin
    assert found.coverage.state is State.FINDING


def test_few_words_cannot_tell_where_they_belong() -> None:
    assert ranked("# Swap the night shift of a customer\n").coverage.state is State.FINDING
    assert belongs(-1.0, FEWEST - 1)
    assert not belongs(-1.0, FEWEST)


def home(asked: dict[str, float], code: list[str], said: list[str]) -> float:
    query = Asked(tuple(asked), np.array(list(asked.values())), {})
    return at_home(query, postings(list(asked), code), postings(list(asked), said))


def test_words_are_at_home_where_they_stand_more_often_than_elsewhere() -> None:
    slips = {"slip": 2.0, "parcel": 1.0}
    here = home(slips, ["parcel slip", "slip"], ["a slip"])
    assert here > 0.5
    assert home(slips, ["note", "cart"], ["a cart"]) < 0 < home({"slip": 1.0, "zebra": 1.0}, ["slip"], [])
    cart = "cart " * 50
    rare, common = (home({word: 1.0}, [word, cart], [word, *[cart] * 5000]) for word in ("parcel", "file"))
    assert rare > common
    assert home({}, ["slip"], ["slip"]) == 0


@pytest.mark.parametrize("size", [1, 30, 300])
def test_a_usual_word_is_no_more_at_home_in_a_large_repository(size: int) -> None:
    said = "button " + "note " * round(100 / USUAL["button"])
    assert home({"button": 1.0}, [said] * size, [said] * size) == pytest.approx(0, abs=0.01)
    assert home({"zebra": 1.0}, [said] * size, [said] * size) < 0


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_word_that_stands_more_often_is_more_at_home_within_bounds(held: int, more: int) -> None:
    rest = 200 - held - more
    fewer = home({"slip": 1.0}, ["slip"] * held + ["note"] * (rest + more), ["note"])
    often = home({"slip": 1.0}, ["slip"] * (held + more) + ["note"] * rest, ["note"])
    assert -1.001 <= fewer <= often <= MOST
    assert fewer == pytest.approx(-1) if not held else fewer > 0


def test_usual_words_are_listed_once_as_terms() -> None:
    listed = [term for said in _LEVELS.values() for term in said.split()]
    assert len(listed) == len(USUAL) > 1500
    assert set(terms("Save the file when the user clicks the button")) <= USUAL.keys()
    assert USUAL["file"] > USUAL["checkout"] >= RARE
    assert USUAL.keys().isdisjoint(("nurs", "payslip", "lighthous", "celeri"))
