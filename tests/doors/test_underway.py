"""`colead check --diff`, `--ticket` and `--range` on real clones, from the command line to the sentence."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from past import make
from story import Change
from test_writers import valid

from colead.built import under_way
from colead.cli.run import run
from colead.errors import ColeadError
from colead.underway import Underway
from colead.writers.schema import underway_schema
from colead.writers.underway import markdown, quiet, text
from colead.writers.wire import to_json
from people import EMIL

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 10, 19)
PARTS = ("cart", "shipping", "returns", "search", "mail", "stock", "till")
SPEC = """# Parcels on Saturdays

## Problem

People who order on Friday wait until Tuesday.

## What we want to build

The shipping calendar counts Saturday as a day on which parcels leave; the courier gets a shipping note.
"""


def every(times: int, days: int, title: str, *paths: str, start: str) -> list[Change]:
    first = date.fromisoformat(start)
    return [Change(first + timedelta(days=days * n), title, paths) for n in range(times)]


def landings() -> list[Change]:
    """Shipping and returns go together; a ticket, SHOP-12, went into mail on its third day."""
    found = [Change(date(2025, 1, 1), "Start", tuple(f"{one}/a.py" for one in PARTS))]
    both = ("shipping/a.py", "returns/a.py")
    found += every(18, 18, "Another depot in the shipping calendar", *both, start="2025-11-28")
    for number, one in enumerate(("search", "mail", "stock", "till", "cart")):
        found += every(20, 25, f"Work on {one}", f"{one}/a.py", start=f"2025-02-0{number + 1}")
    found += [
        Change(date(2026, 10, 5), "SHOP-12 Saturday in the shipping calendar", ("shipping/a.py",)),
        Change(date(2026, 10, 6), "SHOP-12 Courier hears of Saturday", ("shipping/b.py",)),
        Change(date(2026, 10, 7), "SHOP-12 Letters say Saturday", ("mail/a.py", "mail/b.py")),
    ]
    return sorted(found, key=lambda one: one.day)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of the shop with its work tree."""
    names = "".join(f"  - path: {one}\n    name: {one.capitalize()}\n" for one in PARTS)
    bare = make(tmp_path / "shop.git", landings(), {".colead/components.yml": f"components:\n{names}"})
    git(tmp_path, "clone", "--quiet", str(bare), "shop")
    return tmp_path / "shop"


def git(folder: Path, *words: str, day: str = "2026-10-10") -> str:
    kept = (("NAME", EMIL.name), ("EMAIL", EMIL.email), ("DATE", f"{day}T12:00:00Z"))
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in kept}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **who}
    done = subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(clone: Path, day: str, *paths: str) -> str:
    for path in paths:
        (clone / path).parent.mkdir(exist_ok=True)
        with (clone / path).open("a") as file:
            file.write(f"# {day}\n")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", f"On {day}", day=day)
    return git(clone, "rev-parse", "HEAD")


def seen(clone: Path, **asked: Any) -> Underway:
    return under_way(repos=clone, today=TODAY, cache=clone.parent / "cache", **asked)


def test_a_branch_hears_what_it_leaves_out(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py")
    told = seen(clone, diff="")
    (one,) = told.left_out
    assert (one.key, one.of) == ("returns", "shipping")
    assert told.sentence.startswith(
        "Returns usually changes along with Shipping, 19 of the last 21 times, and is not"
    )
    (built,) = told.repositories
    assert (built.meant, built.against, built.commits) == ("branch", "origin/HEAD", 1)
    assert built.parts == ("Shipping",)


def test_a_pair_that_was_corrected_is_left_out_until_it_changed_along_again(clone: Path) -> None:
    entry = "corrections:\n- {partner: Returns, of: Shipping, on: %s}\n"
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py")
    (clone / ".colead/corrections.yml").write_text(entry % "2026-10-01")
    told = seen(clone, diff="")
    assert told.left_out == ()
    assert told.coverage[0].note.endswith("One correction of yours was used: .colead/corrections.yml")
    (clone / ".colead/corrections.yml").write_text(entry % "2026-03-01")
    assert [one.key for one in seen(clone, diff="").left_out] == ["returns"]


def test_the_branch_is_not_its_own_past(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "saturday")
    for number in range(10, 18):
        commit(clone, f"2026-10-{number}", "shipping/a.py")
    assert seen(clone, diff="main").left_out[0].times.value == 21


def test_what_is_staged_and_what_is_edited_count(clone: Path) -> None:
    (clone / "shipping/a.py").write_text("edited\n")
    (clone / "till/a.py").write_text("staged\n")
    git(clone, "add", "till/a.py")
    told = seen(clone, diff="")
    assert [one.key for one in told.left_out] == ["returns"]
    assert (told.repositories[0].staged, told.repositories[0].edited) == (1, 1)
    (clone / "returns/a.py").write_text("edited\n")
    assert seen(clone, diff="").left_out == ()


def test_nothing_changed_is_not_analysed(clone: Path) -> None:
    told = seen(clone, diff="")
    assert told.sentence == "Nothing of the product source is changed."
    assert told.coverage[0].state == "not analysed"


def test_a_bare_repository_is_compared_by_its_branches(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py")
    git(clone, "push", "--quiet", "origin", "saturday")
    git(clone.parent / "shop.git", "symbolic-ref", "HEAD", "refs/heads/saturday")
    told = seen(clone.parent / "shop.git", diff="")
    assert told.repositories[0].against == "main"
    assert [one.key for one in told.left_out] == ["returns"]
    assert "a bare repository has no work tree" in told.repositories[0].notes


def test_a_ticket_is_held_against_the_spec_day_by_day(clone: Path) -> None:
    told = seen(clone, ticket="shop-12", text=SPEC)
    assert "Shipping" in told.foreseen and "Mail" not in told.foreseen
    (one,) = told.unforeseen
    assert one.sentence == "day 3 (7 October): also changes Mail, not foreseen"
    assert one.title == "SHOP-12 Letters say Saturday"
    assert told.left_out == ()


def test_the_reading_before_the_work_does_not_know_the_work(clone: Path) -> None:
    told = seen(clone, ticket="SHOP-12", text=SPEC)
    assert told.repositories[0].begun == "2026-10-05"
    assert all(
        source.date < "2026-10-05" for row in told.evidence if row.id[0] != "W" for source in row.sources
    )


def test_a_range_is_held_against_the_spec(clone: Path) -> None:
    git(clone, "tag", "v1")
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py")
    commit(clone, "2026-10-15", "till/a.py")
    told = seen(clone, span="v1..saturday", text=SPEC)
    assert [one.sentence for one in told.unforeseen] == [
        "day 4 (15 October): also changes Till, not foreseen"
    ]


def test_a_diff_with_a_spec_says_both(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py")
    (clone / "till/a.py").write_text("edited\n")
    told = seen(clone, diff="", text=SPEC)
    assert [one.key for one in told.left_out] == ["returns"]
    assert [(one.component, one.day.value, one.title) for one in told.unforeseen] == [
        ("till", 8, "not committed yet")
    ]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"ticket": "SHOP-12"}, "E38"),
        ({"ticket": "SHOP-99", "text": SPEC}, "E38"),
        ({"span": "main..main", "text": SPEC}, "E38"),
        ({"span": "main", "text": SPEC}, "E02"),
        ({"span": "main...main", "text": SPEC}, "E02"),
        ({"span": "nope..main", "text": SPEC}, "E37"),
        ({"diff": "nope"}, "E37"),
    ],
)
def test_what_cannot_be_compared_is_told(clone: Path, asked: dict[str, Any], code: str) -> None:
    with pytest.raises(ColeadError) as told:
        seen(clone, **asked)
    assert told.value.code == code


def test_a_branch_that_shares_nothing_with_main_is_told(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--orphan", "apart")
    commit(clone, "2026-10-12", "shipping/a.py")
    told = seen(clone, diff="")
    assert any("no main branch was found" in note for note in told.repositories[0].notes)


def test_of_several_repositories_each_is_named(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py")
    told = under_way(repos=[clone, clone], diff="", today=TODAY, cache=clone.parent / "cache")
    assert [one.repository for one in told.repositories] == ["shop", "shop-2"]
    assert "Returns (shop-2)" in text(told, width=100, colour=False)


def ran(clone: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(
        [
            "check",
            "--repo",
            str(clone),
            "--cache",
            str(clone.parent / "cache"),
            "--today",
            "2026-10-19",
            *words,
        ]
    )
    told = capsys.readouterr()
    return code, told.out, told.err


def flat(page: str) -> str:
    """A page without its line ends."""
    return " ".join(page.split())


def test_the_command_line(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (clone / "shipping/a.py").write_text("edited\n")
    code, out, err = ran(clone, capsys, "--diff")
    assert (code, err) == (0, "")
    assert "LEFT OUT Returns: usually changes along with Shipping: 19 of the last 21 times" in flat(out)
    code, _, err = ran(clone, capsys, "--diff", "--fail-on", "left-out")
    assert (code, err) == (1, "fail-on left-out: Returns\n")
    assert ran(clone, capsys, "--diff", "--quiet")[1].count("\n") == 1
    assert "- **Left out:** Returns" in ran(clone, capsys, "--diff", "main", "--md")[1]
    assert json.loads(ran(clone, capsys, "--diff", "--json")[1])["schema"] == "colead.underway/1"


def test_a_spec_on_the_command_line(clone: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "idea.md").write_text(SPEC)
    code, out, _ = ran(clone, capsys, str(tmp_path / "idea.md"), "--ticket", "SHOP-12", "--technical")
    assert code == 0
    assert "NOT FORESEEN day 3 (7 October): also changes Mail, not foreseen. [W02]" in flat(out)
    assert "three changes naming SHOP-12" in flat(out)


@pytest.mark.parametrize(
    "words",
    [("--diff", "--ticket", "A-1"), ("--ticket", "A-1"), ("--diff", "--html", "x.html"), ("--range", "a")],
)
def test_wrong_use_exits_2(clone: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, out, err = ran(clone, capsys, *words)
    assert (code, out) == (2, "") and err.startswith("error[E")


def test_the_published_form_is_current_and_holds(clone: Path) -> None:
    published = json.loads((ROOT / "docs" / "schema" / "underway-1.json").read_text())
    assert published == underway_schema()
    told = json.loads(to_json(seen(clone, ticket="SHOP-12", text=SPEC)))
    assert valid(told, {"$ref": published["$ref"]}, published["$defs"])


@pytest.mark.parametrize("width", [60, 84, 120])
def test_no_line_is_wider_than_asked_and_nothing_invisible_is_printed(clone: Path, width: int) -> None:
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py", "till/\x1b[31m@emil#1<b>.py")
    told = seen(clone, diff="", text=SPEC)
    page = text(told, width=width, colour=False, technical=True)
    assert max(map(len, page.splitlines())) <= width
    assert "\x1b" not in page + markdown(told) + quiet(told)
    assert "<b>" not in markdown(told) and "@emil" not in markdown(told)


def test_every_figure_stands_on_evidence(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "saturday")
    commit(clone, "2026-10-12", "shipping/a.py")
    commit(clone, "2026-10-13", "till/a.py")
    told = seen(clone, diff="", text=SPEC)
    rows = {row.id for row in told.evidence}
    figures = [one.together for one in told.left_out] + [one.day for one in told.unforeseen]
    assert len(figures) == 2 and {one.evidence for one in figures} <= rows
    assert datetime.fromisoformat(told.made).tzinfo is not None


def test_a_spec_behind_diff_is_told_to_stand_before_it(
    clone: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "idea.md").write_text(SPEC)
    code, _, err = ran(clone, capsys, "--diff", str(tmp_path / "idea.md"))
    assert code == 2 and f"colead check {tmp_path / 'idea.md'} --diff" in err
