"""Fetching: from a real git host on this machine, through the door that only fetches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from smart import git, host, land, repository

from colead.errors import ColeadError
from colead.readers.git import Door
from colead.readers.git.address import address
from colead.readers.git.fetching import Access, Bounds, Fetching, is_branch
from colead.readers.reach import Reach

OWN = Reach(("127.0.0.1",))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Any]:
    """A host with one repository."""
    repository(tmp_path / "root" / "shop")
    with host(tmp_path / "root", tmp_path) as told:
        told.folder, told.clone = tmp_path / "root" / "shop", tmp_path / "clones" / "shop.git"
        told.address = address(f"https://127.0.0.1:{told.port}/shop")
        yield told


def fetched(told: Any, **more: Any) -> str:
    """The tip after a fetch."""
    token = more.pop("token", "")
    access = Access(token=token, authorities=told.authorities)
    reach, bounds = more.pop("reach", OWN), more.pop("bounds", Bounds(free=0))
    progress = more.pop("progress", lambda *_: None)
    with Fetching(told.address, told.clone, reach, access, bounds) as door:
        return door.fetch(progress, more.get("beside", ()))


def test_the_main_line_comes_and_what_lands_later_too(shop: Any) -> None:
    assert fetched(shop)
    newest = land(shop.folder, "later.txt")
    assert fetched(shop) == newest
    with Door.open(shop.clone) as door:
        assert door.tip == newest and len(list(door.commits(newest))) == 4


def test_without_being_named_it_is_refused_and_not_knocked_at(shop: Any) -> None:
    with pytest.raises(ColeadError) as told:
        fetched(shop, reach=Reach())
    assert told.value.code == "E71" and not shop.asked and not shop.clone.exists()


def test_named_branches_come_along_and_go_again(shop: Any) -> None:
    main = git(shop.folder, "rev-parse", "HEAD")
    git(shop.folder, "switch", "--quiet", "-c", "try/notes")
    tried = land(shop.folder, "tried.txt")
    git(shop.folder, "switch", "--quiet", "main")
    assert fetched(shop, beside=["try/notes", "missing", "../escape", "--upload-pack=x", "a:b"]) == main
    with Door.open(shop.clone) as door:
        assert (door.tip, door.resolve("try/notes")) == (main, tried)
    git(shop.folder, "switch", "--quiet", "try/notes")
    again = land(shop.folder, "more.txt")
    git(shop.folder, "switch", "--quiet", "main")
    fetched(shop, beside=["try/notes"])
    with Door.open(shop.clone) as door:
        assert door.resolve("try/notes") == again
    assert fetched(shop) == main
    with Door.open(shop.clone) as door, pytest.raises(ColeadError):
        door.resolve("try/notes")
    assert not list((shop.clone / "refs" / "remotes" / "origin").iterdir())
    assert sorted(one.name for one in (shop.clone / "refs" / "heads").iterdir()) == ["fetched"]


@pytest.mark.parametrize("name", ["try/notes", "SHOP-12_a.b"])
def test_what_is_taken_for_a_branch(name: str) -> None:
    assert is_branch(name)


@pytest.mark.parametrize(
    "name",
    ["-x", "a..b", "a//b", "a.lock", "a.lock/b", "/a", "a/", "a b", "a@{b", "a\n", "a:b", "", "a" * 201],
)
def test_what_is_not(name: str) -> None:
    assert not is_branch(name)
