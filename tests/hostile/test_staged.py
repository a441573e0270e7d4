"""A hostile index is read or told to be odd, in bounded time and memory, and leads nowhere."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest
from forge import Forge
from hypothesis import given
from hypothesis import strategies as st

from colead.readers.git import Door, staged
from colead.readers.git.staged import Index, is_inside, read_index
from colead.readers.worktree import uncommitted

OID = b"\x11" * 20
END = b"\0" * 20


def header(version: int, count: int) -> bytes:
    return struct.pack(">4sII", b"DIRC", version, count)


def entry(path: bytes, *, mode: int = 0o100644, flags: int = 0, version: int = 2, drop: int = 0) -> bytes:
    """One entry as git writes it; in version 4, `drop` bytes of the path before are dropped."""
    plain = struct.pack(">10I", 0, 0, 1, 2, 0, 0, mode, 0, 0, 7) + OID + struct.pack(">H", flags)
    if version == 4:
        return plain + bytes([drop]) + path + b"\0"
    return plain + path + b"\0" * (8 - (len(plain) + len(path)) % 8)


def parsed(tmp_path: Path, data: bytes, digits: int = 40) -> Index:
    (tmp_path / "index").write_bytes(data)
    return read_index(tmp_path / "index", digits)


def test_what_the_forge_writes_is_read(tmp_path: Path) -> None:
    body = header(2, 2) + entry(b"a/one.py") + entry(b"b/two.py", flags=1 << 12)
    index = parsed(tmp_path, body + END)
    assert [(one.path, one.stage) for one in index.entries] == [(b"a/one.py", 0), (b"b/two.py", 1)]
    assert index.entries[0].oid == OID.hex()
    assert (index.entries[0].seconds, index.entries[0].nanoseconds, index.entries[0].size) == (1, 2, 7)


def test_version_4_shares_the_beginnings_of_paths(tmp_path: Path) -> None:
    body = header(4, 2) + entry(b"cart/price.py", version=4) + entry(b"total.py", version=4, drop=8)
    assert [one.path for one in parsed(tmp_path, body + END).entries] == [b"cart/price.py", b"cart/total.py"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "shorter than its own header"),
        (b"DIRC", "shorter than its own header"),
        (b"NOPE" + header(2, 0)[4:] + END, "no version"),
        (header(5, 0) + END, "no version"),
        (header(2, 4_000_000_000) + END, "counts more"),
        (header(2, 3) + entry(b"a") + END * 20, "without a path"),
        (header(2, 2) + entry(b"a") + END * 3, "counts more"),
        (header(2, 1) + entry(b"a" * 5000) + END, "does not end"),
        (header(2, 1) + entry(b"a")[:62] + b"x" * 100 + END, "does not end"),
        (header(4, 1) + entry(b"a", version=4, drop=9) + END, "does not end"),
        (header(4, 1) + entry(b"", version=4)[:-2] + b"\xff" * 12 + END, "does not end"),
        (header(2, 1) + entry(b"a") + b"link" + struct.pack(">I", 0) + END, "split"),
    ],
)
def test_an_odd_index_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    index = parsed(tmp_path, data)
    assert index.entries == ()
    assert said in index.problem


def test_a_long_path_named_in_few_bytes_again_and_again_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staged, "ALL_PATHS", 1 << 20)
    body = header(4, 1001) + entry(b"a" * 4000, version=4) + entry(b"b", version=4, drop=1) * 1000
    assert "more bytes" in parsed(tmp_path, body + END).problem


def test_an_index_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staged, "LARGEST", 100)
    assert "larger than" in parsed(tmp_path, header(2, 0) + b"\0" * 200).problem


def test_a_folder_in_place_of_the_index_is_told(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    assert read_index(tmp_path / "index", 40).problem


@given(st.binary(max_size=400), st.sampled_from([40, 64]), st.sampled_from([2, 3, 4]), st.integers(0, 5))
def test_any_bytes_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, digits: int, version: int, count: int
) -> None:
    index = parsed(tmp_path_factory.mktemp("any"), header(version, count) + tail, digits)
    assert index.problem or len(index.entries) + index.left_out == count


@given(st.data())
def test_a_damaged_byte_never_escapes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    whole = bytearray(header(4, 3) + b"".join(entry(one, version=4) for one in (b"a/b", b"c", b"d/e")) + END)
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] = data.draw(st.integers(0, 255))
    index = parsed(tmp_path_factory.mktemp("bent"), bytes(whole))
    assert all(is_inside(one.path) for one in index.entries)


@pytest.mark.parametrize(
    "path",
    [b"../secret", b"/etc/passwd", b"a/../../b", b".git/config", b"a/.GIT/hooks/x", b"a//b", b"./a"],
)
def test_a_path_that_leads_out_is_left_out(tmp_path: Path, path: bytes) -> None:
    forge = Forge(tmp_path / "shop")
    forge.commit({"a.py": b"one\n"})
    (tmp_path / "secret").write_text("secret")
    (forge.git_dir / "index").write_bytes(header(2, 1) + entry(path) + END)
    with Door.open(forge.folder) as door:
        found = uncommitted(door)
    assert found.edited == () and path not in found.staged
    assert any("lead out of the work tree" in note for note in found.notes)


def test_a_million_entries_that_are_not_there_cost_no_time(tmp_path: Path) -> None:
    started = time.monotonic()
    assert parsed(tmp_path, header(2, 1_000_000) + b"\0" * 100_000).problem
    assert time.monotonic() - started < 1
