"""`colead balance` on the demo shop, from its settings to the terminal and JSON."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from colead.balance import Agreed, Balance
from colead.balancing import balance
from colead.cli.run import run
from colead.errors import ColeadError, SettingsError
from colead.kinds import HEALTH
from colead.readers.balance import FILE, read_balance
from colead.writers.balance import text
from colead.writers.lines import cells
from colead.writers.schema import balance_schema
from colead.writers.wire import to_json

TODAY = date(2026, 10, 19)


@pytest.fixture(scope="module")
def told(shop: Path, cache: Path) -> Balance:
    return balance(shop, today=TODAY, cache=cache)


@pytest.mark.parametrize("width", [60, 88, 200])
def test_it_fits_on_a_screen(told: Balance, width: int) -> None:
    lines = text(told, width=width, colour=False).splitlines()
    assert max(map(cells, lines)) <= max(width, 75)
    assert width < 88 or len(lines) <= 40
    assert "all changes" in "\n".join(lines) and "PRODUCT" in "\n".join(lines)


def test_the_same_past_gives_the_same_figures(shop: Path, told: Balance, tmp_path: Path) -> None:
    assert balance(shop, today=TODAY, cache=tmp_path).repositories == told.repositories


def test_every_figure_names_its_evidence(told: Balance) -> None:
    one = told.repositories[0]
    assert one.whole is not None and len(one.months) == 12
    known = {row.id: row for row in one.evidence}
    for row in (one.whole, *one.months, *one.parts):
        filed = known[row.health.evidence]
        assert filed.n == row.landings and filed.sources


def test_json_keeps_to_its_schema(told: Balance) -> None:
    form = json.loads(json.dumps(balance_schema()))
    found = json.loads(to_json(told))
    assert found["schema"] == form["$id"] == "colead.balance/1"
    assert set(found) == set(form["$defs"]["Balance"]["required"])


def test_the_command_prints_text_and_json(
    shop: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["balance", "--repo", str(shop), "--cache", str(cache), "--today", "2026-10-19"]
    assert run(asked) == 0
    assert "colead explain L01" in capsys.readouterr().out
    assert run([*asked, "--json", "--since", "2026-09-01"]) == 0
    found = json.loads(capsys.readouterr().out)["repositories"][0]
    assert found["since"] == "2026-09-01"
    assert [row["name"] for row in found["months"]] == ["2026-09", "2026-10"]


def test_several_repositories_are_told_one_after_the_other(shop: Path, cache: Path) -> None:
    both = balance([shop, shop], today=TODAY, cache=cache)
    assert [one.repository for one in both.repositories] == ["shop", "shop-2"]
    assert "shop-2: About" in text(both, width=88, colour=False)


def test_a_start_after_today_is_refused(shop: Path, cache: Path) -> None:
    with pytest.raises(ColeadError, match="--since") as raised:
        balance(shop, since=date(2027, 1, 1), today=TODAY, cache=cache)
    assert raised.value.code == "E04"


def test_a_repository_without_a_past_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "clone"
    who = ("-c", "user.name=E", "-c", "user.email=e@shop")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / ".colead").mkdir()
    (folder / FILE).write_text("share: 30\nhealth: [docs]\n")
    subprocess.run(
        ["git", "-C", str(folder), *who, "commit", "-q", "--allow-empty", "-m", "Start"], check=True
    )
    assert run(["balance", "--repo", str(folder), "--cache", str(tmp_path / "cache")]) == 0
    assert "too little data: 1 change by people" in " ".join(capsys.readouterr().out.split())
    told = balance(folder, cache=tmp_path / "cache")
    assert (told.agreed, told.counted, told.written) == (0.3, ("docs",), True)


def test_settings_that_leave_something_out_keep_the_usual() -> None:
    assert read_balance(b"") == Agreed()
    assert read_balance(b"share: 25 %\n") == Agreed(0.25, HEALTH, written=True)
    assert read_balance(b"health: [tests, docs]\n") == Agreed(0.2, ("tests", "docs"))


@pytest.mark.parametrize(
    ("said", "code", "named"),
    [
        ("share: a lot\n", "E11", "line 1"),
        ("share: 101\n", "E11", "'101'"),
        ("share: 0.2\n", "E11", "share: 20"),
        ("share: -1\n", "E11", "'-1'"),
        ("share: ٢٠\n", "E11", "a share of 100"),
        ("health: [fix]\n", "E11", "'fix'"),
        ("health: [feature]\n", "E11", "'feature'"),
        ("health: []\n", "E11", "no kind"),
        ("shares: 20\n", "E11", "'share'"),
        ("- share\n", "E11", "mapping"),
        ("health: " + "[" * 5_000, "E10", "nested"),
        ("x" * 70_000, "E12", "larger"),
    ],
)
def test_settings_that_are_off_are_refused_with_their_line(said: str, code: str, named: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_balance(said.encode())
    assert raised.value.code == code and FILE in raised.value.what
    assert named in f"{raised.value.what} {raised.value.hint}"
