"""Landings: which commits are one, what kind they are, which file a change of the past speaks of."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime

import numpy as np
import pytest
from histories import history
from hypothesis import given
from hypothesis import strategies as st

from colead.history import MANY_FILES, Kind
from colead.history.identity import identities
from colead.history.kind import (
    LOCKED,
    efforts_of,
    is_bot,
    is_bot_branch,
    is_bump,
    is_fix,
    is_lock,
    kind_of,
    title_of,
)
from colead.history.landing import Graph, Step, walk
from colead.history.pull import Claim, is_mainline, read_pull

COMMIT = re.compile(r"(\w+)(?:\(([\w ]*)\))? (.*)")


def graph(text: str) -> tuple[Graph, dict[str, int]]:
    """A graph from lines like `c(a b) Merge branch 'notes'`: parents in brackets, oldest line first."""
    found = [COMMIT.fullmatch(line.strip()) for line in text.strip().splitlines()]
    lines = [one.groups() for one in found if one]
    names = {name: number for number, (name, _, _) in enumerate(lines, 1)}
    parents: list[tuple[int, ...] | None] = [None]
    pulls = []
    opens, issues = set(), {}
    for name, before, title in lines:
        parents.append(tuple(names[one] for one in (before or "").split()))
        pull = read_pull(title.replace("//", "\n\n"), merge=len(parents[-1] or ()) > 1)
        pulls.append(pull)
        if pull.claim == Claim.MERGE:
            issues[names[name]] = frozenset(int(n) for n in re.findall(r"closes #(\d+)", title))
        elif len(parents[-1] or ()) > 1 and is_mainline(pull.branch):
            opens.add(names[name])
    numbers = [0, *(one.number for one in pulls)]
    claims = [0, *(int(one.claim) for one in pulls)]
    echoes = [0, *(hash(one.title) for one in pulls)]
    return Graph(parents, numbers, claims, echoes, frozenset(opens), issues), names


def landed(text: str) -> str:
    """The landings up to the last line: names, a star for carriers, the pull request after a hash."""
    told, names = graph(text)
    name_of = {number: name for name, number in names.items()}
    steps = walk(told, max(names.values()))
    return " ".join(
        name_of[one.commit] + "*" * one.carrier + (f"#{one.pull}" if one.pull else "") for one in steps
    )


def test_a_straight_line_is_one_landing_per_commit() -> None:
    assert landed("a start\nb(a) Add notes (#1)\nc(b) tidy") == "a b#1 c"


def test_a_merged_pull_request_is_one_landing_and_its_commits_are_none() -> None:
    text = "a start\nb(a) work\nc(b) more work\nd(a c) Merge pull request #7 from ann/notes"
    assert landed(text) == "a d#7"


def test_a_release_merge_carries_the_pull_requests_that_landed_on_develop() -> None:
    text = """
        a start
        b(a) work
        c(a b) Merge pull request #1 from ann/notes
        d(c) Show the note (#2)
        e(a d) Merge pull request #3 from shop/develop
    """
    assert landed(text) == "a c#1 d#2 e*#3"


def test_a_hotfix_that_comes_back_to_develop_is_told_once() -> None:
    text = """
        a start
        f(a) hotfix
        m(a f) Merge pull request #8 from ann/hotfix
        d(a) Show the note (#7)
        e(d f) Merge pull request #9 from ann/hotfix
        n(m e) Merge branch 'develop'
    """
    assert landed(text) == "a m#8 d#7 e*#9 n*"


def test_a_merge_of_a_branch_that_lives_on_is_a_carrier_without_pull_requests_too() -> None:
    text = "a start\nb(a) one\nc(b) two\nd(a c) Merge branch 'develop'"
    assert landed(text) == "a b c d*"
    assert landed(text.replace("develop", "gift-notes")) == "a d"


def test_a_swapped_first_parent_does_not_hide_the_main_line() -> None:
    text = """
        a start
        b(a) Add notes (#1)
        c(a) mine
        d(c b) Merge branch 'main' of example.com:shop
    """
    assert landed(text) == "a c b#1 d*"


def test_an_octopus_brings_every_branch() -> None:
    text = """
        a start
        b(a) Add notes (#1)
        c(a) Add labels (#2)
        d(a) other
        e(a b c d) Merge branches 'b', 'c' and 'd'
    """
    assert landed(text) == "a b#1 c#2 d e*"


def test_a_criss_cross_tells_nothing_twice() -> None:
    text = """
        a start
        b(a) Add notes (#1)
        c(a) Add labels (#2)
        d(b c) Merge branch 'other'
        e(c b) Merge branch 'main'
        f(d e) Merge branch 'develop'
    """
    assert landed(text) == "a b#1 c#2 d* e* f*"


def test_an_unrelated_history_comes_in() -> None:
    text = "a start\nx imported\ny(x) Add parser (#5)\nm(a y) Merge the parser's repository"
    assert landed(text) == "a x y#5 m*"


def test_the_issue_a_pull_request_closes_does_not_take_it_apart() -> None:
    text = "a start\nb(a) Keep the note (#4)\nc(a b) Merge pull request #5 from ann/notes//Keep it//closes #4"
    assert landed(text) == "a c#5"
    assert landed(text.replace("closes #4", "")) == "a b#4 c*#5"


def test_its_own_number_inside_does_not_take_it_apart() -> None:
    text = "a start\nb(a) Keep the note (#5)\nc(a b) Merge pull request #5 from ann/notes"
    assert landed(text) == "a c#5"


def test_a_number_that_many_bear_is_an_issue() -> None:
    text = """
        a start
        b(a) Keep the note (#88)
        c(b) Show the note (#88)
        d(c) Print the note (#88)
    """
    told, names = graph(text)
    steps = walk(told, names["d"])
    assert [(one.pull, one.issue) for one in steps] == [(0, 0), (88, 88), (0, 88), (0, 88)]


def test_an_issue_that_many_bear_does_not_take_a_merge_apart() -> None:
    text = """
        a start
        b(a) Keep the note (#88)
        c(b) Show the note (#88)
        d(a c) Merge pull request #90 from ann/notes
    """
    assert landed(text) == "a d#90"


def test_a_cherry_pick_that_is_merged_back_is_told_once() -> None:
    text = """
        a start
        b(a) Keep the note (#4)
        c(a) Keep the note (#4)
        d(c) Add labels (#6)
        e(b d) Merge branch '1.x'
    """
    assert landed(text) == "a b#4 d#6 e*"


def test_other_work_under_the_same_number_stays() -> None:
    assert landed("a start\nb(a) Keep the note (#4)\nc(b) Print the note, too (#4)") == "a b#4 c"


def test_the_merge_keeps_its_number_against_an_earlier_mention() -> None:
    text = """
        a start
        b(a) Prepare the ground (#4)
        c(b) work
        d(b c) Merge pull request #4 from ann/notes
    """
    assert landed(text) == "a b d#4"


def test_a_revert_is_its_own_pull_request() -> None:
    assert landed('a start\nb(a) Add x (#12)\nc(b) Revert "Add x (#12)" (#15)') == "a b#12 c#15"


def test_a_landing_remembers_the_first_commits_that_it_brought() -> None:
    told, names = graph("a start\nb(a) one\nc(b) two\nd(a c) Merge pull request #1 from ann/x")
    assert walk(told, names["d"])[-1] == Step(4, 1, False, (2, 3), 1, 0)


def test_parents_that_are_not_here_end_the_chain() -> None:
    told = Graph([None, None, (1,), (2, 1)], [0] * 4, [0] * 4, [0] * 4)
    assert walk(told, 3) == [Step(2, 0), Step(3, 2, True)]


@pytest.mark.parametrize("shape", ["line", "nested", "ladder", "swapped"])
def test_depth_costs_no_recursion_and_no_square(shape: str) -> None:
    size = 100_000
    parents: list[tuple[int, ...] | None] = [None, ()]
    for number in range(2, size):
        if shape == "line":
            parents.append((number - 1,))
        elif shape == "nested":  # each merge brings the merge before it as its second parent
            parents.append((1, number - 1))
        elif shape == "ladder":
            parents.append((number - 1, number - 2) if number > 2 and number % 2 else (number - 1,))
        else:
            parents.append((max(1, number - 2), number - 1))
    pull = [number if number % 3 == 0 else 0 for number in range(size)]
    claim = [int(Claim.TITLE) if one else 0 for one in pull]
    before = time.process_time()
    steps = walk(Graph(parents, pull, claim, list(range(size))), size - 1)
    assert time.process_time() - before < 5
    assert len({one.commit for one in steps}) == len(steps)
    assert {one.pull for one in steps if one.pull} == {one for one in pull if one}


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph: every commit names up to three older parents, some name pull requests."""
    size = draw(st.integers(2, 30))
    parents: list[tuple[int, ...] | None] = [None, ()]
    for number in range(2, size):
        some = st.lists(st.integers(1, number - 1), max_size=3, unique=True)
        parents.append(tuple(draw(some)))
    pull = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    claim = [int(draw(st.sampled_from([Claim.TITLE, Claim.COPY, Claim.MERGE]))) if one else 0 for one in pull]
    echo = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    return Graph(parents, pull, claim, echo, frozenset(draw(st.sets(st.integers(1, size - 1)))))


@given(graphs())
def test_any_graph_is_walked_once_and_each_pull_request_counted_once(told: Graph) -> None:
    tip = len(told.parents) - 1
    steps = walk(told, tip)
    place = {one.commit: number for number, one in enumerate(steps)}
    pulls = [one.pull for one in steps if one.pull]
    reached, ends = {tip}, [tip]
    while ends:
        new = set(told.parents[ends.pop()] or ()) - reached
        reached |= new
        ends.extend(new)
    assert len(place) == len(steps)
    assert len(set(pulls)) == len(pulls)
    assert set(place) <= reached
    assert steps == walk(told, tip)
    assert all(one.base == ((told.parents[one.commit] or (0,))[0]) for one in steps)
    assert all(place[one.base] < place[one.commit] for one in steps if one.base in place)


@pytest.mark.parametrize(
    ("message", "merge", "number", "claim", "title", "branch"),
    [
        ("Add notes (#12)", False, 12, Claim.TITLE, "Add notes", ""),
        ("Add notes (#12) (#15)", False, 15, Claim.TITLE, "Add notes (#12)", ""),
        ('Revert "Add x (#12)" (#15)', False, 15, Claim.TITLE, 'Revert "Add x (#12)"', ""),
        ("Add notes, fixes #12", False, 0, Claim.NONE, "Add notes, fixes #12", ""),
        ("Add notes (#0)", False, 0, Claim.NONE, "Add notes (#0)", ""),
        ("Merge pull request #12 from ann/gift-notes\n\nAdd notes\n\nwhy",
         True, 12, Claim.MERGE, "Add notes", "gift-notes"),
        ("Merge pull request #12 from ann:gift-notes",
         True, 12, Claim.MERGE, "Merge pull request #12 from ann:gift-notes", "gift-notes"),
        ("Merge pull request #12 from ann/a/b\n\nAdd notes", False, 12, Claim.COPY, "Add notes", "a/b"),
        ("Merge pull request #9: add notes", True, 9, Claim.MERGE, "Merge pull request #9: add notes", ""),
        ("Merge branch 'notes' into 'main'\n\nAdd notes\n\nSee merge request shop/checkout!12",
         True, 12, Claim.MERGE, "Add notes", "notes"),
        ("Add notes\n\nSee merge request !12", False, 12, Claim.TITLE, "Add notes", ""),
        ("Merged in gift-notes (pull request #12)\n\nAdd notes",
         True, 12, Claim.MERGE, "Add notes", "gift-notes"),
        ("Pull request #12: Add notes", True, 12, Claim.MERGE, "Add notes", ""),
        ("Merge pull request #12 in SHOP/checkout from ann/notes to main",
         True, 12, Claim.MERGE, None, "ann/notes"),
        ("Merged PR 12: Add notes", True, 12, Claim.MERGE, "Add notes", ""),
        ("Merged PR 12: Add notes", False, 12, Claim.COPY, "Add notes", ""),
        ("Merge pull request 'Add notes' (#12) from notes into main",
         True, 12, Claim.MERGE, "Add notes", "notes"),
        ("Auto merge of #12 - ann:notes, r=bob\n\nAdd notes", True, 12, Claim.MERGE, "Add notes", "notes"),
        ("Rollup merge of #12 - ann:notes, r=bob\n\nAdd notes", True, 12, Claim.MERGE, "Add notes", "notes"),
        ("Merge #12 #13\n\n12: Add notes", True, 12, Claim.MERGE, "12: Add notes", ""),
        ("Merge branch 'gift-notes'", True, 0, Claim.NONE, "Merge branch 'gift-notes'", "gift-notes"),
        ("Merge remote-tracking branch 'origin/develop'", True, 0, Claim.NONE, None, "origin/develop"),
        ("Merge branch 'notes' (#12)", True, 12, Claim.MERGE, "Merge branch 'notes'", "notes"),
        ("Merged the notes", True, 0, Claim.NONE, "Merged the notes", ""),
        ("", False, 0, Claim.NONE, "", ""),
        ("\n\nAdd notes", False, 0, Claim.NONE, "Add notes", ""),
        ("(#12)", False, 12, Claim.TITLE, "(#12)", ""),
    ],
)  # fmt: skip
def test_every_forge_writes_its_own_title(
    message: str, merge: bool, number: int, claim: Claim, title: str | None, branch: str
) -> None:
    pull = read_pull(message, merge=merge)
    assert (pull.number, pull.claim, pull.branch) == (number, claim, branch)
    assert title is None or pull.title == title


@given(st.text(max_size=200), st.booleans())
def test_any_message_is_read(message: str, merge: bool) -> None:
    pull = read_pull(message, merge=merge)
    assert pull.number >= 0
    assert (pull.number == 0) == (pull.claim is Claim.NONE)


@pytest.mark.parametrize(
    "branch", "main master develop origin/dev release/2.1 releases/v3 9.x v2 4.1-stable 0.12".split()
)
def test_branches_that_live_on(branch: str) -> None:
    assert is_mainline(branch)


@pytest.mark.parametrize(
    "branch", ["gift-notes", "fix/main-menu", "developer-docs", "patch-1", "", "x" * 500]
)
def test_branches_that_end(branch: str) -> None:
    assert not is_mainline(branch)


@pytest.mark.parametrize(
    "title",
    [
        "fix: keep the note",
        "fix(checkout)!: keep the note",
        "[2.x] fix(checkout): keep the note",
        "Fix crash when the cart is empty",
        "Prevent a double refund error",
        "Hotfix for labels",
        "Handle broken addresses",
        "The total was wrong",
    ],
)
def test_fixes(title: str) -> None:
    assert is_fix(title)


@pytest.mark.parametrize(
    "title",
    [
        "feat: fix broken window theme",
        "fix(docs): a link",
        "fix(ci): the runner",
        "Fix typo",
        "Fix lint",
        "Fix flaky test",
        "Fixed a broken testcase",
        "docs: fix the guide",
        "Add gift notes",
        "Prefix the label",
        'Revert "Fix crash (#12)"',
        "Debugging helpers",
    ],
)
def test_no_fixes(title: str) -> None:
    assert not is_fix(title)


@pytest.mark.parametrize(
    "title",
    [
        "v1.2.3",
        "Release 2.0.0-rc.1",
        "release version 1.1.0",
        "chore: release v1.25.3",
        "chore(deps): update left-pad",
        "Bump left-pad from 1 to 2",
        "[5.8] update changelog",
        "Update dependencies",
        "update quic-go to v0.57.0",
        "go.mod: Upgrade quic-go to v0.39.1",
        "Prepare for 3.0.1",
    ],
)
def test_bumps(title: str) -> None:
    assert is_bump(title)


@pytest.mark.parametrize(
    "title",
    ["Add release notes page to the shop", "Show the version", "Update the cart to two columns", "Fix bump"],
)
def test_no_bumps(title: str) -> None:
    assert not is_bump(title)


def test_bots_by_name_address_and_branch_and_assistants_are_none() -> None:
    assert is_bot("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.example.com")
    assert is_bot("Renovate Bot", "bot@example.com")
    assert is_bot("someone", "weblate@example.com")
    assert is_bot("shop-bot", "x@example.com")
    assert not is_bot("Priya", "priya@example.com")
    assert not is_bot("Abbot", "abbot@example.com")
    assert not is_bot("copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.example.com")
    assert is_bot_branch("dependabot/npm/left-pad-2.0")
    assert not is_bot_branch("gift-notes")


def test_kinds_in_their_order() -> None:
    def kind(roles: list[str], *, bot: bool = False, title: str = "Add notes", branch: str = "") -> Kind:
        return kind_of(bot=bot, title=title, branch=branch, roles=roles)

    assert kind(["product"]) is Kind.PERSON
    assert kind([]) is Kind.PERSON
    assert kind(["product"], bot=True) is Kind.BOT
    assert kind(["product"], branch="renovate/left-pad") is Kind.BOT
    assert kind(["product"] * 99, title="Bump left-pad from 1 to 2") is Kind.BUMP
    assert kind(["generated", LOCKED, "translation"]) is Kind.GENERATED
    assert kind(["generated", "product"]) is Kind.PERSON
    assert kind(["product"] * MANY_FILES) is Kind.PERSON
    assert kind(["product"] * (MANY_FILES + 1)) is Kind.BULK
    assert kind(["test"] * 200) is Kind.PERSON
    assert kind(["docs"] * 400) is Kind.BULK
    assert is_lock("web/package-lock.json")
    assert not is_lock("src/lock.py")


def test_efforts_group_landings() -> None:
    assert efforts_of("SHOP-12: add notes", "", "") == ("SHOP-12",)
    assert efforts_of("Add notes", "Closes #88, part of SHOP-12.", "feature/gift-notes") == (
        "SHOP-12",
        "#88",
        "feature/gift-notes",
    )
    assert efforts_of("Add notes", "", "bug/7613_label") == ("#7613", "bug/7613_label")
    assert efforts_of("Read UTF-8, SHA-256, ISO-8601 and CVE-2024", "fixed in a-b", "main") == ()
    assert efforts_of("Add notes", "", "patch-3") == ()
    assert efforts_of("Add notes", "", "dependabot/npm/left-pad-2.0.0") == ()
    assert len(efforts_of(" ".join(f"SHOP-{n}" for n in range(1, 99)), "", "")) == 8


def test_a_short_title_is_told_with_what_is_inside() -> None:
    assert title_of("wip", ["Add notes", "Print notes", "wip"]) == "wip; Add notes; Print notes"
    assert title_of("Add the notes", ["other"]) == "Add the notes"
    assert len(title_of("wip", ["x" * 999])) == 300


def followed(rows: list[tuple[str, str]]) -> list[str]:
    """Newest path of the file of each row; rows are (status, path) or (R, old>new)."""
    names = {
        name: number for number, name in enumerate(sorted({p for _, both in rows for p in both.split(">")}))
    }
    paths = [names[both.split(">")[-1]] for _, both in rows]
    olds = [names[both.split(">")[0]] if ">" in both else -1 for _, both in rows]
    file, newest = identities(
        np.array(paths, dtype=np.int32),
        np.array(olds, dtype=np.int32),
        np.array([ord(status) for status, _ in rows], dtype=np.uint8),
    )
    assert {list(names)[one] for one in newest.tolist()} <= set(names)
    return [f"{list(names)[newest[one]]}:{one}" for one in file.tolist()]


def test_files_keep_their_identity_when_they_are_moved() -> None:
    one, two, three = followed([("A", "a"), ("R", "a>b"), ("M", "b")])
    assert one == two == three
    assert one.startswith("b:")


def test_a_new_file_at_the_old_name_is_another_file() -> None:
    first, moved, again = followed([("A", "a"), ("R", "a>b"), ("A", "a")])
    assert first == moved != again
    assert again.startswith("a:")


def test_a_change_on_another_branch_to_the_old_name_is_the_same_file() -> None:
    first, _, late = followed([("A", "a"), ("R", "a>b"), ("M", "a")])
    assert first == late


def test_the_file_that_lives_at_a_path_has_the_highest_number() -> None:
    told = followed([("A", "b"), ("A", "a"), ("D", "b"), ("R", "a>b"), ("M", "b")])
    assert told[1] == told[3] == told[4]
    assert told[0].split(":")[0] == "b"
    assert int(told[0].split(":")[1]) < int(told[1].split(":")[1])


def test_a_file_that_comes_back_is_the_same_file() -> None:
    told = followed([("A", "a"), ("D", "a"), ("A", "a"), ("R", "x>y")])
    assert told[0] == told[1] == told[2]


def test_no_rows_no_files() -> None:
    file, newest = identities(*(np.empty(0, dtype=np.int32),) * 2, np.empty(0, dtype=np.uint8))
    assert len(file) == len(newest) == 0


@given(
    st.lists(
        st.tuples(st.sampled_from("AMDT"), st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=40
    )
)
def test_every_row_has_a_file_and_every_file_a_row(told: list[tuple[str, int, int, bool]]) -> None:
    rows = [
        ("R", f"{one}>{two}") if moves and one != two else (status, str(one))
        for status, one, two, moves in told
    ]
    if rows:
        numbers = {int(one.split(":")[1]) for one in followed(rows)}
        assert numbers == set(range(len(numbers)))


def test_until_cuts_off_what_landed_later() -> None:
    past = history("2026-03-02 one | a.py b.py\n2026-03-03 two | a.py\n2026-03-05 three | c.py")
    cut = past.until(date(2026, 3, 3))
    assert [one.title.strip() for one in cut.landings] == ["one", "two"]
    assert len(cut.change_landing) == len(cut.change_file) == len(cut.change_status) == 3
    assert past.until(date(2026, 3, 5)) is past
    assert past.until(date.max) is past
    assert past.until(date(1980, 1, 1)).landings == ()
    assert datetime.fromtimestamp(int(cut.at[-1]), UTC).date() == date(2026, 3, 3)
    assert past.file_of["a.py"] == past.change_file[0]
    assert past.by_people.all()
    assert not past.is_fix.any()


@pytest.mark.parametrize(
    ("branch", "names"),
    [
        ("SHOP-12-save-the-cart", ("SHOP-12", "SHOP-12-save-the-cart")),
        ("feature/AB-3", ("AB-3", "feature/AB-3")),
        ("bug/7613_sankey", ("#7613", "bug/7613_sankey")),
        ("feature/utf-8", ("feature/utf-8",)),
    ],
)
def test_a_key_in_a_branch_is_no_number_beside_it(branch: str, names: tuple[str, ...]) -> None:
    assert efforts_of("Save the cart", "", branch) == names
