"""Corrections: what a team said of a reading, and where it holds in later ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from histories import active, every
from test_touch import SHOP, SPEC, TEXTS, TODAY
from toy import Toy

from colead.apart import AGAIN, Apart
from colead.correction import Correction, Kind, Lesson, lessons, place, until, used
from colead.evidence import Ledger
from colead.forge import commit_page, own_page
from colead.readers.markdown import read_spec
from colead.touch import Touches, rank, telling

DAY = date(2026, 6, 1)
CHECKOUT, SLIPS, SEARCH = "services/checkout", "services/slips", "services/search"
OTHER = SPEC.replace("# Gift notes", "# Another idea", 1)


def said(kind: Kind, part: str, *words: str, spec: str = "Gift notes", of: str = "") -> Correction:
    return Correction(kind, part, of, spec, words, "somebody knows better", DAY, 2)


def reread(spec: str, *corrections: Correction) -> Touches:
    past = active(SHOP)
    learnt, _ = lessons(corrections, past.codebase)
    asked = read_spec(spec.encode(), "spec.md")
    toy = Toy(past.codebase, TEXTS)
    return rank(asked, past, toy, today=TODAY, ledger=Ledger(), repository="shop", lessons=learnt)


def names(found: Touches) -> set[str]:
    return {one.component for one in found.components}


def test_in_its_own_spec_a_wrong_part_is_left_out_and_the_rest_stays() -> None:
    found = reread(SPEC, said(Kind.WRONG, "Checkout"))
    assert names(found) == names(reread(SPEC)) - {CHECKOUT}
    assert not [one for one in found.files if one.path.startswith(CHECKOUT)]
    assert [one.sentence for one in found.used] == ["Checkout was left out: “somebody knows better” (1 June)"]
    assert (found.every[SLIPS], found.every[CHECKOUT]) == (reread(SPEC).every[SLIPS], 0.0)


def test_what_is_left_over_is_no_guess_because_the_best_was_left_out() -> None:
    before = {one.component: one.thin for one in reread(SPEC).components}
    assert all(one.thin == before[one.component] for one in reread(SPEC, said(Kind.WRONG, SLIPS)).components)


def test_in_another_spec_its_words_are_no_reason_and_other_words_are() -> None:
    correction = said(Kind.WRONG, CHECKOUT, "note", "gift", "cart", "buyer")
    plain, found = reread(OTHER), reread(OTHER, correction)
    assert 0 <= found.every[CHECKOUT] < plain.every[CHECKOUT] / 2
    assert {key: found.every[key] for key in (SLIPS, SEARCH)} == {
        key: plain.every[key] for key in (SLIPS, SEARCH)
    }
    assert 'no reason for Checkout: "' not in found.used[0].sentence
    assert found.used[0].sentence.startswith('"note", "gift", "cart" and "buyer" are no reason for Checkout')
    elsewhere = SPEC.replace("gift note in the cart", "summary total").replace("Gift notes", "Totals")
    assert reread(elsewhere, said(Kind.WRONG, CHECKOUT, "carton")).used == ()


def test_a_wrong_file_alone_is_left_out() -> None:
    path = "services/checkout/note.py"
    found = reread(SPEC, said(Kind.WRONG, path))
    assert path not in {one.path for one in found.files}
    assert 0 < found.every[CHECKOUT] < reread(SPEC).every[CHECKOUT]
    later = reread(OTHER, said(Kind.WRONG, path, "gift", "note"))
    assert 0 < later.every[CHECKOUT] < reread(OTHER).every[CHECKOUT]


def test_a_missing_part_is_put_in_with_the_odds_of_a_persons_word() -> None:
    assert SEARCH not in names(reread(SPEC))
    found = reread(SPEC, said(Kind.MISSING, "services/search", "gift"))
    search = next(one for one in found.components if one.component == SEARCH)
    assert search.probability.value == pytest.approx(0.9)
    assert search.reasons[0] == "said by the team: “somebody knows better”" and not search.thin
    assert [one.sentence[:17] for one in found.used] == ["Search was put in"]


def test_a_missing_part_of_which_nothing_is_heard_is_put_in_too() -> None:
    mail = SPEC.replace("Search and mail.", "")
    found = reread(mail, said(Kind.MISSING, "services/mail/send.py"))
    assert "services/mail" in names(found)
    assert "services/mail/send.py" in {one.path for one in found.files}


def test_words_of_a_missing_part_point_to_it_in_another_spec() -> None:
    text = OTHER.replace("## What is out\nSearch and mail.\n", "")
    plain, found = reread(text), reread(text, said(Kind.MISSING, "Search", "gift"))
    assert found.every[SEARCH] > plain.every[SEARCH] and found.every[SLIPS] <= plain.every[SLIPS] + 0.05
    assert reread(text, said(Kind.MISSING, "Search", "gift", "ribbon")).every == plain.every  # not both words


def test_a_file_of_corrections_that_fits_nothing_changes_nothing() -> None:
    learnt, note = lessons(
        [said(Kind.WRONG, "Till"), said(Kind.PARTNER, "Search", of="Till")], active(SHOP).codebase
    )
    assert (
        learnt == () and note == ".colead/corrections.yml names Till, Search, which is not here or not clear"
    )
    assert reread(SPEC) == reread(SPEC, said(Kind.WRONG, "Till"))


def test_a_hundred_corrections_rank_a_spec_ten_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    import colead.touch.told as module

    calls: list[int] = []
    real = module.signals

    def counted(*args: Any) -> object:
        calls.append(1)
        return real(*args)

    monkeypatch.setattr(module, "signals", counted)
    many = [said(Kind.WRONG, path, "note") for path in TEXTS for _ in range(20)]
    reread(OTHER, *many)
    assert len(calls) <= 11


def test_a_day_before_a_correction_does_not_know_it() -> None:
    dated, undated = said(Kind.WRONG, "Checkout"), Correction(Kind.WRONG, "Search")
    assert until([dated, undated], date(2026, 5, 31)) == (undated,)
    assert until([dated, undated], DAY) == (dated, undated)


def test_a_part_is_found_by_its_name_its_key_its_folder_and_its_files() -> None:
    code = active(SHOP).codebase
    assert [place(told, code) for told in ("Checkout", "checkout", CHECKOUT, f"{CHECKOUT}/")] == [
        (CHECKOUT, "")
    ] * 4
    assert place(f"{CHECKOUT}/cart.py", code) == (CHECKOUT, f"{CHECKOUT}/cart.py")
    assert place("services/checkout/gone.py", code) is place("", code) is place("../cart.py", code) is None


def pair(day: date | None, spec: str = "") -> Lesson:
    correction = Correction(Kind.PARTNER, "Slips", "Checkout", spec, (), "", day)
    (lesson,), _ = lessons([correction], active(SHOP).codebase)
    return lesson


def test_a_silenced_partner_speaks_again_once_it_changed_along_often_enough() -> None:
    shop = active(
        [*SHOP, *every(3, AGAIN, f"Both | {CHECKOUT}/cart.py {SLIPS}/print.py", start="2026-05-01")]
    )
    early, late = pair(date(2026, 4, 1)), pair(date(2026, 5, 2))
    assert (Apart([early], "", shop).since(early), Apart([late], "", shop).since(late)) == (AGAIN, AGAIN - 1)
    assert not Apart([early], "", shop)(CHECKOUT, SLIPS)
    apart = Apart([late], "", shop)
    assert apart(CHECKOUT, SLIPS) and apart(CHECKOUT, SLIPS) and apart.used == [late]
    assert not apart(SLIPS, CHECKOUT) and not apart(SEARCH, SLIPS)
    assert (
        used(late, "shop", outright=True, today=TODAY).sentence == "Slips is no partner of Checkout (2 May)"
    )


def test_in_its_own_spec_it_is_a_partner_of_nothing() -> None:
    lesson = pair(None, "Gift notes")
    assert Apart([lesson], "gift  notes", active(SHOP))(SEARCH, SLIPS)
    assert not Apart([lesson], "Gift wrap", active(SHOP))(SEARCH, SLIPS)


def test_the_telling_words_of_a_spec_are_its_own() -> None:
    words = telling(read_spec(SPEC.encode(), "spec.md"), 4)
    assert set(words) >= {"gift"} and "add" not in words and len(words) == 4


# --- where commits are looked at ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        ("https://github.com/shop/shop.git", "https://github.com/shop/shop/commit/{hash}"),
        ("git@github.com:shop/shop.git", "https://github.com/shop/shop/commit/{hash}"),
        ("ssh://git@gitlab.com:22/web/team/shop", "https://gitlab.com/web/team/shop/-/commit/{hash}"),
        (
            "https://user:token@gitlab.shop.example/web/shop.git",
            "https://gitlab.shop.example/web/shop/-/commit/{hash}",
        ),
        ("https://bitbucket.org/shop/shop", "https://bitbucket.org/shop/shop/commits/{hash}"),
        ("https://codeberg.org/shop/shop/", "https://codeberg.org/shop/shop/commit/{hash}"),
        (
            "http://gitea.local.example:3000/shop/shop",
            "http://gitea.local.example:3000/shop/shop/commit/{hash}",
        ),
        ("https://git.sr.ht/~emil/shop", "https://git.sr.ht/~emil/shop/commit/{hash}"),
        ("https://git.example.org/shop/shop.git", ""),  # nobody knows which software runs there
        ("javascript:alert(1)//github.com/a/b", ""),
        ("file:///srv/github.com/shop", ""),
        ("/srv/github.com/shop", ""),
        ("../github.com/shop", ""),
        ("https://github.com/shop/shop\nhttps://evil.example/a/b", ""),
        ("https://github.com/shop/shop\n", ""),
        ("https://github.com/shop/../../evil", ""),
        ("https://github.com\\@evil.example/a/b", ""),
        ("https://github.com/shop/shop?x=1", ""),
        ("https://github.com/shop/shop#x", ""),
        ('https://github.com/shop/"onclick="x', ""),
        ("https://github.com/shop", ""),
        ("https://gıthub.com/shop/shop", ""),
        ("https://evil.example/github.com/shop", ""),
        ("ext::sh -c touch% /tmp/pwned", ""),
        ("https://a@b@github.com/shop/shop", ""),
        ("https://github.com/" + "a" * 400 + "/b", ""),
        ("", ""),
    ],
)
def test_only_plain_addresses_of_known_forges_have_pages(remote: str, page: str) -> None:
    assert commit_page(remote) == page


@pytest.mark.parametrize(
    ("told", "fine"),
    [
        ("https://git.example.org/shop/commit/{hash}", True),
        ("https://git.example.org/?p=shop;a=commit;h={hash}", False),
        ("https://git.example.org/cgit/shop/commit/?id={hash}", True),
        ("https://emil:secret@git.example.org/{hash}", False),
        ("https://git.example.org/{hash}/{hash}", False),
        ("https://git.example.org/commit/", False),
        ("javascript:alert('{hash}')", False),
        ('https://git.example.org/"><script>{hash}', False),
    ],
)
def test_an_address_of_ones_own_is_a_plain_page(told: str, fine: bool) -> None:
    assert own_page(told) == (told if fine else "")
