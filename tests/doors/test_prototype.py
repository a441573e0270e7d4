"""A reading after a prototype: what its branch really changed replaces what was foreseen."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from colead import demo, look
from colead.demo.repository import demo_repository
from colead.errors import WrongUse
from colead.reading import Reading

TODAY = date(2026, 10, 19)
SPEC = Path(demo.__file__).parent / "gift-notes.md"
BRANCH = "try/gift-notes"


def git(folder: Path, *words: str) -> str:
    """Run git there as nobody in particular."""
    settings = ("-c", "user.name=Emil", "-c", "user.email=emil@shop.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *settings, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the made-up shop with a prototype that changes Prices and a file of Shipping."""
    folder = tmp_path_factory.mktemp("prototype")
    shop = folder / "shop"
    git(folder, "clone", "--quiet", str(demo_repository(folder / "bare")), str(shop))
    git(shop, "switch", "--quiet", "-c", BRANCH)
    for part in ("services/pricing", "services/shipping"):
        for file in sorted((shop / part).rglob("*.py"))[:2]:
            file.write_text(f"{file.read_text(encoding='utf-8')}\n# tried\n", encoding="utf-8")
    git(shop, "commit", "--quiet", "--all", "-m", "Try notes")
    git(shop, "switch", "--quiet", "-c", "nothing", "main")
    git(shop, "switch", "--quiet", "main")
    return folder


def read(kept: Path, **more: str) -> Reading:
    return look.check(SPEC, kept / "shop", today=TODAY, cache=kept / "cache", **more)  # type: ignore[arg-type]  # of look


def test_what_it_changed_is_really_touched_and_the_rest_is_less_likely(kept: Path) -> None:
    before, after = read(kept), read(kept, prototype=BRANCH)
    first = {one.touch.name: one.touch.probability.value for one in before.touches}
    then = {one.touch.name: one.touch for one in after.touches}
    assert "Prices" not in first
    assert then["Prices"].sentence == (
        "Prices is really touched: the prototype changed two files of it (not foreseen before it)."
    )
    assert then["Shipping"].sentence.endswith("(foreseen).")
    assert then["Shipping"].code == "T04"
    assert then["Checkout"].probability.value == pytest.approx(first["Checkout"] / 2)
    assert "the prototype did without it" in then["Checkout"].sentence
    assert {one.path for one in after.files} > {one.path for one in then["Prices"].files}
    row = next(one for one in after.evidence if one.id == then["Prices"].probability.evidence)
    assert row.sources[0].title == f"branch {BRANCH}"
    assert row.n == 4
    assert f"read after the prototype on {BRANCH}, which changed four files" in after.repositories[0].notes


def test_the_range_follows(kept: Path) -> None:
    before, after = read(kept), read(kept, prototype=BRANCH)
    assert before.timeline and after.timeline
    assert before.timeline.weeks != after.timeline.weeks


def test_what_was_told_once_holds_when_the_branch_is_gone(kept: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(kept / "shop", shop)
    told = look.tried([shop], BRANCH, cache=tmp_path / "cache")
    git(shop, "branch", "--quiet", "-D", BRANCH)
    with pytest.raises(WrongUse):
        look.tried([shop], BRANCH, cache=tmp_path / "cache")
    after = look.check(SPEC, shop, today=TODAY, trials=told, cache=tmp_path / "cache")
    assert "Prices" in [one.touch.name for one in after.touches]


def test_whoever_stands_on_the_branch_reads_the_same(kept: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(kept / "shop", shop)
    git(shop, "switch", "--quiet", BRANCH)
    after = look.check(SPEC, shop, today=TODAY, prototype=BRANCH, cache=tmp_path / "cache")
    assert "Prices" in [one.touch.name for one in after.touches]


@pytest.mark.parametrize(
    ("branch", "why"),
    [
        ("missing", "no branch of this name"),
        ("nothing", "it changes nothing"),
        ("--upload-pack=x", "no branch of this name"),
        ("../../etc/passwd", "no branch of this name"),
    ],
)
def test_what_is_no_prototype_is_told(kept: Path, branch: str, why: str) -> None:
    with pytest.raises(WrongUse) as told:
        read(kept, prototype=branch)
    assert told.value.code == "E47"
    assert why in told.value.why


def test_at_a_terminal(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from colead.cli.run import run

    words = ["--repo", str(kept / "shop"), "--cache", str(kept / "cache"), "--today", TODAY.isoformat()]
    assert run(["check", str(SPEC), *words, "--prototype", BRANCH]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "> 9 in 10 Prices" in told
    assert f"read after the prototype on {BRANCH}" in told.lower()
