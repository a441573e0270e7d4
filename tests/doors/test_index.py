"""The search index: on real git it answers what counting the words answers, however it came to its tip."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from colead.codebase import Codebase
from colead.readers.git import Door
from colead.store import Store
from colead.store import index as indexing
from colead.store.codebase import codebase
from colead.store.index import Contents, Searched, index
from colead.store.postings import MOST_COUNT, Batch, Field, Shelf, keys
from colead.terms import counts
from colead.touch import Postings
from colead.touch.messages import message, said
from people import EMIL

ASKED = ["gift", "note", "slip", "print", "order", "zebra"]
FIRST = {
    "services/checkout/cart.py": "def add_gift_note(order):\n    return order.note\n",
    "services/slips/print.py": "class PackingSlip:\n    pass\n" + "# print the slip\n" * 130,
    "services/slips/again.py": "",
    "README.md": "gift gift gift",
}
LATER = {
    "services/checkout/cart.py": "def add_gift_note(order, text):\n    return order.note, text\n",
    "services/slips/again.py": "print('gift')\n",
    "services/mail/send.py": "def send(order): ...\n",
}


def commit(shop: Path, files: dict[str, str], text: str) -> None:
    for path, content in files.items():
        (shop / path).parent.mkdir(parents=True, exist_ok=True)
        (shop / path).write_text(content)
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", text, "--author", EMIL.signature)


def git(shop: Path, *words: str) -> None:
    who = ["-c", f"user.name={EMIL.name}", "-c", f"user.email={EMIL.email}"]
    subprocess.run(["git", "-C", str(shop), *who, *words], check=True, capture_output=True)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    place = tmp_path / "shop"
    place.mkdir()
    git(place, "init", "-q", "-b", "main")
    commit(place, FIRST, "Print the packing slip\n\nEach order has one.")
    return place


@contextmanager
def searched(shop: Path, cache: Path | None) -> Iterator[tuple[Searched, Codebase, Store]]:
    with Door.open(shop) as door, Store.open(door, cache) as store:
        store.update(door, quiet)
        code = codebase(store, door, quiet, visitors=(Contents(store, quiet),))
        yield index(store, door, code, quiet), code, store


def quiet(done: int, total: int, what: str) -> None:
    """Report progress to nobody."""


def table(found: Postings) -> dict[tuple[str, int], float]:
    rows = zip(found.term.tolist(), found.document.tolist(), found.count.tolist(), strict=True)
    return {(ASKED[term], document): count for term, document, count in rows}


def counted(texts: list[str]) -> dict[tuple[str, int], float]:
    found = [counts(text) for text in texts]
    return {(term, number): one[term] for number, one in enumerate(found) for term in ASKED if term in one}


def whole(found: Searched, code: Codebase) -> dict[tuple[str, int], float]:
    """Content by file: the chunks of each file added up."""
    postings, owner = found.chunks(ASKED)
    total: dict[tuple[str, int], float] = {}
    for (term, chunk), count in table(postings).items():
        total[term, int(owner[chunk])] = total.get((term, int(owner[chunk])), 0) + count
    return total


def everything(shop: Path, cache: Path | None) -> list[object]:
    with searched(shop, cache) as (found, code, store):
        landings = store.history().landings
        postings = [found.symbols(ASKED), found.paths(ASKED), found.messages(ASKED, landings)]
        lengths = [one.lengths.tolist() for one in postings]
        return [
            whole(found, code),
            [table(one) for one in postings],
            lengths,
            [one.path for one in code.product],
        ]


def test_answers_are_those_of_counting(shop: Path) -> None:
    with searched(shop, None) as (found, code, store):
        paths = [one.path for one in code.product]
        assert "README.md" not in paths
        assert whole(found, code) == counted([FIRST[path] for path in paths])
        assert table(found.paths(ASKED)) == counted(paths)
        assert table(found.symbols(ASKED)) == counted([" ".join(code.definitions[path]) for path in paths])
        landings = store.history().landings
        told = table(found.messages(ASKED, landings))
        assert told == {("print", 0): 2, ("slip", 0): 2, ("order", 0): 1}


def test_long_files_are_searched_in_chunks(shop: Path) -> None:
    with searched(shop, None) as (found, code, _):
        _, owner = found.chunks(ASKED)
        sizes = dict(zip([one.path for one in code.product], np.bincount(owner), strict=True))
        assert sizes["services/slips/print.py"] == 3


def test_step_by_step_is_the_same_as_at_once(shop: Path, tmp_path: Path) -> None:
    steps: list[Callable[[], None]] = [
        lambda: commit(shop, LATER, "Gift notes (#3)\n\nCo-authored-by: X <x@y>\n- [x] gift order"),
        lambda: git(shop, "mv", "services/mail/send.py", "services/mail/print_order.py"),
        lambda: commit(shop, {"services/slips/print.py": "print"}, "Shorter slip"),
        lambda: git(shop, "reset", "-q", "--hard", "HEAD~2"),
    ]
    everything(shop, tmp_path / "kept")
    for step in steps:
        step()
        assert everything(shop, tmp_path / "kept") == everything(shop, None)


def test_a_blob_is_cut_once(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything(shop, tmp_path)
    commit(shop, LATER, "Gift notes")
    seen: list[str] = []
    cut = indexing.chunks
    monkeypatch.setattr(indexing, "chunks", lambda text: seen.append(text) or cut(text))
    everything(shop, tmp_path)
    everything(shop, tmp_path)
    assert sorted(seen) == sorted(LATER.values())


def test_one_blob_at_two_paths_is_found_at_both(shop: Path) -> None:
    commit(shop, {"services/other/cart.py": FIRST["services/checkout/cart.py"]}, "Copy")
    with searched(shop, None) as (found, code, _):
        at = {one.path: number for number, one in enumerate(code.product)}
        holds = whole(found, code)
        assert holds["gift", at["services/other/cart.py"]] == holds["gift", at["services/checkout/cart.py"]]


def test_updates_of_empty_files_alone_follow_each_other(shop: Path, tmp_path: Path) -> None:
    everything(shop, tmp_path)
    for number in range(3):
        (shop / "services/slips/print.py").write_bytes(b"\0" * (number + 1))
        commit(shop, {}, f"Binary {number}")
        assert everything(shop, tmp_path) == everything(shop, None)


def test_binary_and_missing_contents_have_no_words(shop: Path) -> None:
    (shop / "services/slips/blob.py").write_bytes(b"gift\0gift")
    (shop / "services/slips/latin.py").write_bytes(b"# gift f\xfcr\n")
    commit(shop, {}, "Bytes")
    with searched(shop, None) as (found, code, _):
        at = {one.path: number for number, one in enumerate(code.product)}
        holds = whole(found, code)
        assert ("gift", at["services/slips/blob.py"]) not in holds
        assert holds["gift", at["services/slips/latin.py"]] == 1


def test_a_field_mostly_of_the_past_is_begun_anew(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything(shop, tmp_path)
    for number in range(12):
        commit(shop, {"services/mail/send.py": f"order = {number}\n"}, f"Order {number}")
        everything(shop, tmp_path)
    monkeypatch.setattr(indexing, "STALE_FROM", 2)
    monkeypatch.setattr(indexing, "STALE", 2)
    assert everything(shop, tmp_path) == everything(shop, None)
    with searched(shop, tmp_path) as (_, code, store):
        assert len(keys(store.db, Field.CONTENT)) == len({one.oid for one in code.product})


def test_counts_are_held_in_a_byte_and_units_go_on_counting(shop: Path) -> None:
    with Door.open(shop) as door, Store.open(door, None) as store:
        for key, times in (("one", 1000), ("two", 3)):
            batch = Batch()
            batch.add(key, [{"gift": times}])
            with store.writing() as connection:
                batch.write(connection, Field.SYMBOLS)
        found = Shelf.of(store.db, Field.SYMBOLS, ["two", "unknown", "one"]).whole(["gift", "note"])
        assert list(zip(found.document.tolist(), found.count.tolist(), strict=True)) in (
            [(2, MOST_COUNT), (0, 3)],
            [(0, 3), (2, MOST_COUNT)],
        )
        assert found.lengths.tolist() == [3, 0, 1000]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("Prints it.\nSigned-off-by: A <a@b>\nChange-Id: I123", "Prints it."),
        ("## What\n- [x] tested\n- [ ] documented\nPrints it.", "Prints it."),
        ("<!-- say what\nyou did -->Prints<!-- open", "Prints"),
        ("See https://shop.example/x?y=1 and #123.", "See   and  ."),
        ("", ""),
    ],
)
def test_messages_lose_what_a_form_or_tool_put_there(body: str, kept: str) -> None:
    assert said(body) == kept


def test_a_title_counts_twice() -> None:
    assert message("Gift notes", "Prints it.") == "Gift notes\nGift notes\nPrints it."
