"""What is staged and edited is told as git tells it, without git and without following a link."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from colead.errors import RepositoryError
from colead.readers import worktree
from colead.readers.git import Door
from colead.readers.worktree import Uncommitted, uncommitted
from people import EMIL

LONG_AGO = (1_500_000_000, 1_500_000_000)


@pytest.fixture(params=["sha1", "sha256"])
def clone(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A clone with a few files and one commit."""
    folder = tmp_path / "shop"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main", f"--object-format={request.param}")
    for path in ("cart/price.py", "cart/total.py", "tax/rate.py", "notes.txt"):
        write(folder / path, f"{path}\n")
    commit(folder, "Begin")
    return folder


def git(folder: Path, *words: str) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder.parent),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C",
        **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in IDENTITY},
    }
    done = subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, check=True)
    return done.stdout.decode().strip()


IDENTITY = (("NAME", EMIL.name), ("EMAIL", EMIL.email))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def seen(folder: Path) -> Uncommitted:
    with Door.open(folder) as door:
        return uncommitted(door)


def test_a_clean_tree_has_nothing(clone: Path) -> None:
    found = seen(clone)
    assert (found.staged, found.edited, found.read) == ((), (), True)


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_staged_and_edited_are_told_apart(clone: Path, version: str) -> None:
    write(clone / "cart/price.py", "staged\n")
    write(clone / "cart/new.py", "new\n")
    git(clone, "add", "--all")
    write(clone / "tax/rate.py", "edited\n")
    (clone / "notes.txt").unlink()
    write(clone / "not-known.py", "untracked\n")
    git(clone, "update-index", "--index-version", version)
    found = seen(clone)
    assert set(found.staged) == {b"cart/price.py", b"cart/new.py"}
    assert set(found.edited) == {b"tax/rate.py", b"notes.txt"}
    assert "untracked files are not counted" in found.notes[0]


def test_a_file_deleted_from_the_index_is_staged(clone: Path) -> None:
    git(clone, "rm", "--quiet", "tax/rate.py")
    assert seen(clone).staged == (b"tax/rate.py",)


def test_other_times_alone_are_no_change(clone: Path) -> None:
    os.utime(clone / "tax/rate.py", LONG_AGO)
    assert seen(clone).edited == ()


def test_an_edit_that_keeps_size_and_second_is_seen(clone: Path) -> None:
    write(clone / "tax/rate.py", "tax/rate.PY\n")
    assert seen(clone).edited == (b"tax/rate.py",)


def test_other_line_ends_alone_are_no_change(clone: Path) -> None:
    write(clone / "tax/rate.py", "tax/rate.py\r\n")
    assert seen(clone).edited == ()


def test_a_file_behind_a_pointer_is_no_change(clone: Path) -> None:
    write(clone / "photo.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    commit(clone, "A photo")
    write(clone / "photo.bin", "the photo")
    assert seen(clone).edited == ()


def test_what_is_only_promised_to_be_added_is_not_staged(clone: Path) -> None:
    write(clone / "cart/later.py", "later\n")
    git(clone, "add", "--intent-to-add", "cart/later.py")
    assert b"cart/later.py" not in seen(clone).staged


@pytest.mark.parametrize("flag", ["--skip-worktree", "--assume-unchanged"])
def test_what_git_is_told_to_pass_over_is_passed_over(clone: Path, flag: str) -> None:
    git(clone, "update-index", flag, "tax/rate.py")
    write(clone / "tax/rate.py", "edited\n")
    assert seen(clone).edited == ()


def test_sides_of_a_conflict_count_once(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "other")
    write(clone / "tax/rate.py", "theirs\n")
    commit(clone, "Theirs")
    git(clone, "switch", "--quiet", "main")
    write(clone / "tax/rate.py", "ours\n")
    commit(clone, "Ours")
    with pytest.raises(subprocess.CalledProcessError):
        git(clone, "merge", "other")
    assert seen(clone).staged == (b"tax/rate.py",)


def test_a_sparse_index_keeps_its_folders(clone: Path) -> None:
    git(clone, "sparse-checkout", "set", "--cone", "--sparse-index", "cart")
    write(clone / "cart/price.py", "edited\n")
    found = seen(clone)
    assert (found.staged, found.edited) == ((), (b"cart/price.py",))


def test_a_split_index_is_told_and_not_read(clone: Path) -> None:
    git(clone, "update-index", "--split-index")
    found = seen(clone)
    assert not found.read and "split" in found.notes[0]


def test_a_work_tree_of_its_own_has_its_own_index(clone: Path) -> None:
    git(clone, "worktree", "add", "--quiet", "-b", "notes", "../beside")
    write(clone.parent / "beside" / "tax/rate.py", "edited\n")
    git(clone.parent / "beside", "add", "--all")
    assert seen(clone.parent / "beside").staged == (b"tax/rate.py",)
    assert seen(clone).staged == ()
    with Door.open(clone.parent / "beside") as door:
        assert door.branch == "refs/heads/notes"


def test_a_bare_repository_has_no_work_tree(clone: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(clone), "bare.git")
    assert not seen(tmp_path / "bare.git").read


def test_a_clone_without_an_index_says_so(clone: Path) -> None:
    (clone / ".git" / "index").unlink()
    assert "no index" in seen(clone).notes[0]


def test_no_link_is_followed_out_of_the_tree(clone: Path, tmp_path: Path) -> None:
    write(tmp_path / "outside" / "rate.py", "tax/rate.py\n")
    (clone / "tax/rate.py").unlink()
    (clone / "tax").rmdir()
    (clone / "tax").symlink_to(tmp_path / "outside")
    (clone / "notes.txt").unlink()
    (clone / "notes.txt").symlink_to(tmp_path / "outside" / "rate.py")
    assert set(seen(clone).edited) == {b"tax/rate.py", b"notes.txt"}


def test_a_pipe_in_place_of_a_file_does_not_block(clone: Path) -> None:
    (clone / "notes.txt").unlink()
    os.mkfifo(clone / "notes.txt")
    assert seen(clone).edited == (b"notes.txt",)


def test_large_files_are_told_and_not_read(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worktree, "LARGEST", 20)
    write(clone / "tax/rate.py", "x" * 100)
    found = seen(clone)
    assert found.edited == () and "one changed file too large" in found.notes[1]


def test_no_filter_is_run(clone: Path) -> None:
    write(clone / ".gitattributes", "* filter=trap\n")
    git(clone, "config", "filter.trap.clean", "touch sprung; cat")
    git(clone, "config", "core.fsmonitor", "touch sprung")
    write(clone / "tax/rate.py", "edited\n")
    assert seen(clone).edited == (b"tax/rate.py",)
    assert not (clone / "sprung").exists()


def test_names_lead_to_commits(clone: Path) -> None:
    first = git(clone, "rev-parse", "HEAD")
    git(clone, "tag", "--annotate", "v1", "--message", "One")
    git(clone, "switch", "--quiet", "--create", "gift-notes")
    write(clone / "cart/note.py", "note\n")
    second = commit(clone, "A note")
    git(clone, "update-ref", "refs/remotes/origin/main", first)
    git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    git(clone, "pack-refs", "--all")
    with Door.open(clone) as door:
        assert door.branch == "refs/heads/gift-notes"
        for name in ("v1", "main", "refs/heads/main", "origin/main", "origin", "refs/tags/v1", first):
            assert door.resolve(name) == first, name
        assert door.resolve("HEAD") == door.resolve("gift-notes") == second
        assert door.merge_base(second, first) == first
        with door.at(first) as earlier:
            assert [one.oid for one in earlier.commits(earlier.tip)] == [first]


@pytest.mark.parametrize(
    "name",
    ["", "nope", "--help", "-n", "../main", "refs/heads/../../HEAD", "main..", "a b", "main\n", "x" * 5000,
     "config", "refs/heads/ma*n", "HEAD~1", "@{u}", "0" * 40, "\0"],
)  # fmt: skip
def test_odd_names_lead_nowhere(clone: Path, name: str) -> None:
    write(clone / ".git" / "refs" / "heads" / "loop", "ref: refs/heads/loop\n")
    with Door.open(clone) as door, pytest.raises(RepositoryError) as told:
        door.resolve(name if name != "main\n" else "loop")
    assert told.value.code == "E37"


def test_histories_without_a_common_commit_have_no_merge_base(clone: Path) -> None:
    first = git(clone, "rev-parse", "HEAD")
    git(clone, "switch", "--quiet", "--orphan", "apart")
    write(clone / "a.py", "a\n")
    second = commit(clone, "Apart")
    with Door.open(clone) as door:
        assert door.merge_base(first, second) == ""
