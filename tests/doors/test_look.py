"""Look: the one way in for every door, with real repositories and a cache that cannot always be used."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from colead import check, look
from colead.demo.repository import demo_repository
from colead.demo.story import TODAY
from colead.errors import DateError, RepositoryError, SpecError, StoreError

SPEC = "# Gift notes\n\nPeople put gift messages into the delivery instructions, where nobody prints them.\n"
DAY = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_repository(tmp_path_factory.mktemp("look"))


def test_the_platforms_cache_is_a_help_and_no_condition(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in-the-way").write_text("a file, where the cache folder would be")
    monkeypatch.setenv("COLEAD_CACHE", str(tmp_path / "in-the-way"))
    reading = check(text=SPEC, repos=shop, today=DAY)
    assert reading.touches
    assert any("nothing was kept for next time" in note for note in reading.repositories[0].notes)
    assert (tmp_path / "in-the-way").read_text().startswith("a file")


def test_a_cache_that_was_named_is_meant(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    with pytest.raises(StoreError) as raised:
        check(text=SPEC, repos=shop, today=DAY, cache=tmp_path / "in-the-way")
    assert raised.value.code == "E41" and raised.value.hint


def test_two_clones_of_one_name_stay_apart(shop: Path, tmp_path: Path) -> None:
    reading = check(text=SPEC, repos=[shop, shop], today=DAY, cache=tmp_path)
    assert [one.name for one in reading.repositories] == ["shop", "shop-2"]


def test_the_same_question_gets_the_same_reading(shop: Path, tmp_path: Path) -> None:
    asked = {"text": SPEC, "repos": shop, "today": DAY, "changes": 8, "by": date(2026, 12, 1)}
    once, again = (check(**asked, cache=tmp_path / name) for name in ("one", "two"))
    assert (once.timeline, once.touches, once.evidence) == (again.timeline, again.touches, again.evidence)


def test_the_future_is_not_read(shop: Path, tmp_path: Path) -> None:
    then = check(text=SPEC, repos=shop, today=date(2024, 3, 1), cache=tmp_path)
    assert then.repositories[0].last <= "2024-03-01"
    assert then.repositories[0].landings < 2_000


@pytest.mark.parametrize("by", [DAY, date(2026, 10, 18)])
def test_a_date_that_is_not_ahead_is_refused(shop: Path, by: date, tmp_path: Path) -> None:
    with pytest.raises(DateError) as raised:
        check(text=SPEC, repos=shop, today=DAY, by=by, cache=tmp_path)
    assert raised.value.code == "E04"


def test_only_a_folder_of_the_repository(shop: Path, tmp_path: Path) -> None:
    reading = check(text=SPEC, repos=shop, today=DAY, path="services/slips", cache=tmp_path)
    assert {one.touch.component for one in reading.touches} <= {"services/slips"}
    assert reading.repositories[0].files < 20


def test_no_spec_no_reading(tmp_path: Path) -> None:
    for spec in (None, tmp_path / "nowhere.md", tmp_path):
        with pytest.raises(SpecError):
            check(spec, tmp_path)
    with pytest.raises(RepositoryError):
        check(text=SPEC, repos=tmp_path)


def test_update_tells_what_is_new_and_is_silent_about_nothing(shop: Path, tmp_path: Path) -> None:
    first, second = (look.update([shop], cache=tmp_path) for _ in range(2))
    assert first[0].startswith("shop: ") and "landings" in first[0]
    assert second != first


def test_suggestions_name_files_below_colead(shop: Path, tmp_path: Path) -> None:
    told = look.suggest(shop, cache=tmp_path)
    assert told and all(name.startswith(".colead/") for name in told)


def test_a_shallow_clone_is_read_as_far_as_it_goes(shop: Path, tmp_path: Path) -> None:
    clone = ["git", "clone", "--quiet", "--bare", "--depth", "5", f"file://{shop}", str(tmp_path / "few.git")]
    subprocess.run(clone, check=True, capture_output=True)
    spec = (Path(__file__).parents[2] / "examples" / "gift-notes.md").read_text()
    reading = check(text=spec, repos=tmp_path / "few.git", today=DAY, cache=tmp_path / "cache")
    assert any("shallow" in note for note in reading.repositories[0].notes)
    assert reading.repositories[0].landings < 20
