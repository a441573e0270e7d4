"""The hostile corpus: odd, broken and malicious repositories by name, each built in a moment.

    from corpus import CASES, REFUSED, build
    where = build("message-escape", tmp_path)      # a folder to give to --repo
    REFUSED.get("no-commits")                      # "E23", the error that must come; None: it can be read

Settings and arguments that would start a program are built in `traps.py`, and named here too.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path

from forge import NOON, Forge
from traps import ARGUMENT_FORMS, CONFIG_VECTORS

__all__ = ["ARGUMENT_FORMS", "BOMBS", "CASES", "CONFIG_VECTORS", "REFUSED", "build"]

Case = Callable[[Path], Path]
_CASES: dict[str, Case] = {}
REFUSED: dict[str, str] = {}
BOMBS = ("tree-bomb", "tree-bomb-in-the-past", "blob-bomb")


def build(case_name: str, folder: Path) -> Path:
    """Build the repository `case_name` below `folder` and return the folder to read it from."""
    return _CASES[case_name](folder / case_name)


def case(name: str, refused: str = "") -> Callable[[Case], Case]:
    """Seat a builder under a name; `refused` is the code of the error that reading it must give."""

    def seat(builder: Case) -> Case:
        _CASES[name] = builder
        if refused:
            REFUSED[name] = refused
        return builder

    return seat


def two_commits(folder: Path, **second: bytes) -> Path:
    """A file that is changed once; the second commit carries what is odd."""
    forge = Forge(folder)
    first = forge.commit({"shop/cart.py": b"one\n", "README": b"hello\n"}, message=b"Start\n")
    arguments = {"message": b"Change the cart\n", **second}
    forge.commit({"shop/cart.py": b"two\n", "README": b"hello\n"}, parents=[first], **arguments)  # type: ignore[arg-type]  # only bytes arguments are passed on
    return folder


def with_path(folder: Path, path: bytes) -> Path:
    """A file of an odd name, added and then changed."""
    forge = Forge(folder)
    first = forge.commit({b"a": b"1\n"})
    second = forge.commit({b"a": b"1\n", path: b"1\n"}, parents=[first])
    forge.commit({b"a": b"1\n", path: b"2\n"}, parents=[second])
    return folder


ODD_COMMITS: dict[str, dict[str, bytes]] = {
    "date-zero": {"date": b"0 +0000"},
    "date-negative": {"date": b"-5 +0000"},
    "date-beyond-64-bits": {"date": b"18446744073709551615 +0000"},
    "date-far": {"date": b"99999999999 +0000"},
    "date-word": {"date": b"abc"},
    "date-missing": {"date": b""},
    "date-endless": {"date": b"9" * 5000 + b" +0000"},
    "zone-odd": {"date": b"1750000000 +9999"},
    "name-script": {"who": b"<script>alert(1)</script> <x@x>"},
    "name-escape": {"who": b"\x1b[2J\x1b]0;owned\x07 <\x1b[31m@x>"},
    "name-without-mail": {"who": b"Emil"},
    "name-empty": {"who": b" <>"},
    "name-long": {"who": b"E" * 100_000 + b" <e@x>"},
    "message-empty": {"message": b""},
    "message-escape": {"message": b"fix \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m\n"},
    "message-link": {"message": b"see \x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\\n"},
    "message-bidi": {"message": "allow \u202euser\u2066 // admin\u2069\u200b\ufeff\n".encode()},
    "message-latin1": {"message": "Größe geändert\n".encode("latin-1")},
    "message-latin1-declared": {
        "message": "Größe geändert\n".encode("latin-1"),
        "headers": b"encoding ISO-8859-1\n",
    },
    "message-utf7-declared": {"message": b"a +AAA- b +AAo-parent x\n", "headers": b"encoding UTF-7\n"},
    "message-unknown-encoding": {"message": b"plain\n", "headers": b"encoding no-such-thing\n"},
    "message-markup": {"message": b"fix [/b] tag, see [red] and [link=https://evil.example]x[/link]\n"},
    "message-html": {"message": b"</script><script>alert(1)</script><img src=x onerror=alert(1)>\n"},
    "message-markdown": {"message": b"![x](https://evil.example/?q) <!-- --> ``` | a | @everyone #1\n"},
    "message-separators": {"message": b"a\x1eb\x1fc\x1dd\x0be\x0cf\x85g\xe2\x80\xa8h\r\ni\n"},
    "message-nul": {"message": b"before\0after\n\0\0" + b"0" * 40 + b"\n"},
    "message-like-a-record": {"message": b"x\n" + b"f" * 40 + b"\n1750000000\nA\na@b\nhi\n:100644 000000\n"},
    "message-formula": {"message": b"=cmd|' /C calc'!A0\n"},
    "message-long": {"message": b"word " * 1_000_000 + b"\n"},
    "message-of-lines": {"message": b"\n" * 200_000 + b"end\n"},
    "header-unknown": {"headers": b"colead x\n" * 1000},
    "header-signed": {"headers": b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n"},
}
ODD_PATHS: dict[str, bytes] = {
    "path-tab": b"a\tb.py",
    "path-newline": b"\nend-\n\n.py",
    "path-quotes": b"\"quoted\" 'file' `x` $(y).py",
    "path-latin1": "Größe.py".encode("latin-1"),
    "path-escape": b"\x1b[31mred\x1b]8;;x\x07.py",
    "path-like-a-record": b":100644 100644 0000000 0000000 M",
    "path-like-an-option": b"--output=written",
    "path-parent": b"../../outside.py",
    "path-git": b".git/config",
    "path-reserved": b"CON/aux.txt/nul.py",
    "path-bidi": "exe\u202eyp.gpj".encode(),
    "path-markup": b"[bold]x[/bold]<b>.py",
    "path-long-name": b"n" * 100_000,
    "path-deep": b"/".join([b"d" * 300] * 300),
    "settings-malformed": b".colead/components.yml",
}
for _name, _odd in ODD_COMMITS.items():
    _CASES[_name] = lambda folder, odd=_odd: two_commits(folder, **odd)  # type: ignore[misc]  # one builder for all
for _name, _path in ODD_PATHS.items():
    _CASES[_name] = lambda folder, path=_path: with_path(folder, path)  # type: ignore[misc]  # one builder for all


@case("no-repository", "E22")
def _(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@case("no-folder", "E20")
def _(folder: Path) -> Path:
    return folder / "nowhere"


@case("a-file", "E21")
def _(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "spec.md").write_text("# Idea\n")
    return folder / "spec.md"


@case("no-commits", "E23")
def _(folder: Path) -> Path:
    return Forge(folder).folder


@case("head-names-a-missing-branch", "E23")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit({"a": b""})
    (forge.git_dir / "HEAD").write_text("ref: refs/heads/gone\n")
    return folder


@case("reftable", "E24")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit({"a": b""})
    (forge.git_dir / "reftable").mkdir()
    (forge.git_dir / "HEAD").write_text("ref: refs/heads/.invalid\n")
    return folder


def with_head(folder: Path, text: str) -> Path:
    forge = Forge(folder)
    forge.commit({"a": b""})
    (forge.git_dir / "HEAD").write_text(text)
    return folder


ODD_HEADS = {
    "head-garbage": "\0\x1b[31mgarbage",
    "head-empty": "",
    "head-climbs-out": "ref: refs/../../../../etc/passwd\n",
    "head-absolute": "ref: /etc/passwd\n",
    "head-like-an-option": "ref: --output=written\n",
    "head-short-hash": "abc123\n",
    "head-of-another-format": "0" * 48 + "\n",
    "head-loop": "ref: refs/heads/loop\n",
}
for _name, _text in ODD_HEADS.items():
    _CASES[_name] = lambda folder, text=_text: with_head(folder, text)  # type: ignore[misc]  # one builder for all
    REFUSED[_name] = "E25"


@case("head-loop", "E25")
def _(folder: Path) -> Path:
    with_head(folder, "ref: refs/heads/loop\n")
    (folder / ".git/refs/heads/loop").write_text("ref: refs/heads/loop\n")
    return folder


@case("head-without-end", "E35")
def _(folder: Path) -> Path:
    return with_head(folder, "ref: refs/heads/" + "x" * 100_000)


@case("head-pipe", "E25")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    (forge.git_dir / "HEAD").unlink()
    os.mkfifo(forge.git_dir / "HEAD")
    return folder


@case("head-of-a-foreign-file", "E25")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    (folder / "secret").write_text("root:x:0:0\n")
    (forge.git_dir / "HEAD").unlink()
    (forge.git_dir / "HEAD").symlink_to(folder / "secret")
    return folder


@case("head-of-a-foreign-hash", "E27")
def _(folder: Path) -> Path:
    return with_head(folder, "1" * 40 + "\n")


@case("git-file-leads-nowhere", "E22")
def _(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / ".git").write_text("gitdir: ../gone\n")
    return folder


@case("git-file-leads-to-itself", "E22")
def _(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / ".git").write_text("gitdir: .git\n")
    return folder


@case("folder-loop", "E26")
def _(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "loop").symlink_to(folder / "loop")
    return folder / "loop" / "x"


@case("head-symlink")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit({"a": b""})
    (forge.git_dir / "HEAD").unlink()
    (forge.git_dir / "HEAD").symlink_to("refs/heads/main")
    return folder


@case("detached")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    oid = forge.commit({"a": b""})
    forge.commit({"a": b"2"}, parents=[oid])
    (forge.git_dir / "HEAD").write_text(oid + "\n")
    return folder


@case("branch-like-an-option")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit({"a": b""}, branch="--output=written")
    (forge.git_dir / "HEAD").write_text("ref: refs/heads/--output=written\n")
    return folder


@case("packed-refs")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    oid = forge.commit({"a": b""}, branch=None)
    old = forge.commit({"b": b""}, branch=None)
    lines = f"# pack-refs with: peeled fully-peeled sorted \n{old} refs/heads/main2\n{oid} refs/heads/main\n"
    (forge.git_dir / "packed-refs").write_text(lines + f"^{old}\n{old} refs/heads/x refs/heads/main\n")
    return folder


@case("refs-many")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    oid = forge.commit({"a": b""}, branch=None)
    lines = [f"{oid} refs/pull/{number}/head\n" for number in range(200_000)]
    (forge.git_dir / "packed-refs").write_text("".join(["# pack-refs\n", f"{oid} refs/heads/main\n", *lines]))
    return folder


@case("bare")
def _(folder: Path) -> Path:
    forge = Forge(folder / "checkout.git", bare=True)
    forge.commit({"a": b""})
    return forge.folder


@case("a-folder-inside")
def _(folder: Path) -> Path:
    two_commits(folder)
    (folder / "shop" / "deeper").mkdir(parents=True)
    return folder / "shop" / "deeper"


@case("folder-of-an-odd-name")
def _(folder: Path) -> Path:
    odd = Path(os.fsdecode(os.fsencode(folder) + b'/a:b "c"\n\x1b[31m\xff;$(x)'))
    return two_commits(odd)


@case("worktree")
def _(folder: Path) -> Path:
    forge = Forge(folder / "main")
    first = forge.commit({"a": b"1"})
    second = forge.commit({"a": b"2"}, parents=[first], branch="side")
    private = forge.git_dir / "worktrees" / "side"
    private.mkdir(parents=True)
    (private / "commondir").write_text("../..\n")
    (private / "HEAD").write_text("ref: refs/heads/side\n")
    (private / "gitdir").write_text(f"{folder}/side/.git\n")
    (folder / "side").mkdir()
    (folder / "side" / ".git").write_text(f"gitdir: {private}\n")
    assert second
    return folder / "side"


@case("submodule-folder")
def _(folder: Path) -> Path:
    outer = Forge(folder)
    inner = Forge(outer.git_dir / "modules" / "payments", bare=True)
    inner.commit({"pay.py": b"1"})
    (folder / "payments").mkdir()
    (folder / "payments" / ".git").write_text("gitdir: ../.git/modules/payments\n")
    return folder / "payments"


@case("sha256")
def _(folder: Path) -> Path:
    forge = Forge(folder, sha256=True)
    first = forge.commit({"a/b.py": b"1\n", "c": b"x"})
    second = forge.commit({"a/moved.py": b"1\n", "c": b"y"}, parents=[first])
    forge.commit({"a/moved.py": b"2\n"}, parents=[second, first])
    return folder


@case("root-only")
def _(folder: Path) -> Path:
    Forge(folder).commit({"a": b""})
    return folder


@case("empty-root")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    first = forge.commit({})
    forge.commit({}, parents=[first])
    return folder


@case("octopus")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    root = forge.commit({"a": b""})
    arms = [forge.commit({"a": b"", f"arm{n}": b"x"}, parents=[root]) for n in range(6)]
    forge.commit({"a": b"evil"}, parents=arms)
    return folder


@case("parents-many")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tree = forge.files({"a": b""})
    root = forge.commit(tree)
    arms = [forge.commit(tree, parents=[root], message=b"%d\n" % n, branch=None) for n in range(1000)]
    forge.commit({"a": b"x"}, parents=arms * 10)
    return folder


@case("parent-twice")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    root = forge.commit({"a": b""})
    forge.commit({"a": b"x"}, parents=[root, root, root])
    return folder


@case("criss-cross")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    root = forge.commit({"a": b""})
    left, right = (forge.commit({"a": b"", side: b"x"}, parents=[root]) for side in ("l", "r"))
    both = forge.files({"a": b"", "l": b"x", "r": b"x"})
    for _ in range(20):
        left, right = forge.commit(both, parents=[left, right]), forge.commit(both, parents=[right, left])
    forge.commit(both, parents=[left, right])
    return folder


@case("unrelated")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    ours, theirs = forge.commit({"a": b"1"}), forge.commit({"b": b"1"})
    forge.commit({"a": b"1", "b": b"1"}, parents=[ours, theirs])
    return folder


@case("clock-backwards")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tip = forge.commit({"a": b"0"})
    for number in range(1, 50):
        date = f"{NOON - number * 86_400} +0000".encode()
        tip = forge.commit({"a": b"%d" % number}, parents=[tip], date=date)
    return folder


@case("shallow")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    lost = forge.commit({"a": b"1", "b": b"2"})
    boundary = forge.commit({"a": b"2", "b": b"2"}, parents=[lost])
    forge.commit({"a": b"3", "b": b"2"}, parents=[boundary])
    forge.lose(lost)
    (forge.git_dir / "shallow").write_text(boundary + "\n")
    return folder


@case("shallow-garbage")
def _(folder: Path) -> Path:
    two_commits(folder)
    (folder / ".git" / "shallow").write_bytes(b"\xff\0 --output=written\n" + b"f" * 40 + b"\n")
    return folder


@case("partial-clone")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    first = forge.commit({"a": b"1", "b": b"2"})
    forge.commit({"a": b"3", "b": b"2"}, parents=[first])
    forge.lose(forge.blob(b"1"))
    forge.lose(forge.blob(b"2"))
    (forge.git_dir / "objects/pack/pack-x.promisor").write_text("")
    return folder


@case("missing-tree-in-the-past")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tip = forge.commit({"s/a": b"0"})
    for number in range(1, 60):
        tip = forge.commit({"s/a": b"%d" % number}, parents=[tip])
    forge.lose(forge.files({"a": b"30"}))
    return folder


@case("missing-tree-at-the-tip", "E27")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    first = forge.commit({"s/a": b"1"})
    forge.commit({"s/a": b"2"}, parents=[first])
    forge.lose(forge.files({"a": b"2"}))
    return folder


@case("missing-commit", "E27")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    first = forge.commit({"a": b"1"})
    second = forge.commit({"a": b"2"}, parents=[first])
    forge.commit({"a": b"3"}, parents=[second])
    forge.lose(first)
    return folder


@case("damaged-blob")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit({"a": b"1", "b": b"2"})
    forge.path_of(forge.blob(b"1")).write_bytes(b"no zlib stream")
    return folder


@case("lying-blob")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit({"a": b"1", "b": b"2"})
    forge.path_of(forge.blob(b"1")).write_bytes(zlib.compress(b"blob 900000\0short"))
    return folder


@case("damaged-tree", "E27")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit(forge.object("tree", b"100644 a\0short"))
    return folder


@case("tree-is-a-blob", "E27")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit(forge.tree([("40000", b"d", forge.blob(b"no folder"))]))
    return folder


@case("file-is-a-tree")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    forge.commit(forge.tree([("100644", b"f", forge.files({"a": b""}))]))
    return folder


@case("names-twice")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    blobs = [forge.blob(b"%d" % n) for n in range(3)]
    forge.commit(forge.tree([("100644", b"same", oid) for oid in blobs]))
    return folder


@case("modes-odd")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    blob = forge.blob(b"x")
    modes = ("100664", "100600", "100755", "0100644", "107777", "120000")
    forge.commit(forge.tree([(mode, b"f%d" % n, blob) for n, mode in enumerate(modes)]))
    return folder


@case("submodule-entry")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    file = ("100644", b"a", forge.blob(b"x"))
    states = [("160000", b"sub", "1" * 40), ("160000", b"sub", "2" * 40), ("100644", b"sub", file[2])]
    tip = forge.commit(forge.tree([file]))
    for state in [*states, states[0]]:
        tip = forge.commit(forge.tree([file, state]), parents=[tip])
    return folder


@case("symlinks")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    out = forge.blob(b"/etc/passwd")
    tip = forge.commit(forge.tree([("120000", b"link", out), ("120000", b"dangling", forge.blob(b"gone"))]))
    forge.commit(forge.tree([("100644", b"link", out)]), parents=[tip])
    return folder


@case("mode-change")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tip = forge.commit({"run.sh": b"x"})
    forge.commit(forge.files({"run.sh": b"x"}, mode="100755"), parents=[tip])
    return folder


@case("case-only-rename")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tip = forge.commit({"Cart.py": b"x", "cart_test.py": b"y"})
    forge.commit({"cart.py": b"x", "cart_test.py": b"y"}, parents=[tip])
    return folder


@case("renames-of-equal-files")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tip = forge.commit({f"old/{n}/__init__.py": b"" for n in range(400)})
    forge.commit({f"new/{n}/__init__.py": b"" for n in range(400)}, parents=[tip])
    return folder


@case("replaced")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    first = forge.commit({"a": b"1"})
    tip = forge.commit({"a": b"2"}, parents=[first])
    forge.point(f"refs/replace/{tip}", forge.commit({"evil": b""}, message=b"evil\n", branch=None))
    return folder


@case("grafted")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    first = forge.commit({"a": b"1"})
    other = forge.commit({"evil": b"1"}, message=b"evil\n", branch=None)
    tip = forge.commit({"a": b"2"}, parents=[first])
    (forge.git_dir / "info" / "grafts").write_text(f"{tip} {other}\n")
    return folder


@case("alternates-loop")
def _(folder: Path) -> Path:
    two_commits(folder)
    (folder / ".git/objects/info/alternates").write_text(f'{folder}/.git/objects\n../objects\n/dev/zero\n"\n')
    return folder


@case("borrowed-objects")
def _(folder: Path) -> Path:
    lender = Forge(folder / "lender")
    tip = lender.commit({"a": b"1"})
    borrower = Forge(folder / "borrower")
    (borrower.git_dir / "objects/info/alternates").write_text(f"{lender.git_dir}/objects\n")
    borrower.point("refs/heads/main", tip)
    return borrower.folder


@case("graph-garbage")
def _(folder: Path) -> Path:
    two_commits(folder)
    (folder / ".git/objects/info/commit-graph").write_bytes(b"CGPH\1\1\4\0" + b"\xff" * 4000)
    (folder / ".git/objects/pack/multi-pack-index").write_bytes(b"MIDX" + b"\0" * 100)
    (folder / ".git/objects/pack/pack-evil.idx").write_bytes(b"\xfftOc\0\0\0\2" + b"\xff" * 2000)
    (folder / ".git/objects/pack/pack-evil.pack").write_bytes(b"PACK\0\0\0\2\xff\xff\xff\xff")
    return folder


@case("mailmap-hostile")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    rows = (
        b"Emil Known <emil@known.example> <emil@shop.example>\n"
        + b"<" * 100_000
        + b"\n\xff\0\x1b[31m <a> <b>\n"
    )
    forge.commit({"a": b"1", ".mailmap": rows})
    return folder


@case("attributes-hostile")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    rows = b"* diff=evil filter=evil textconv=evil export-subst ident eol=crlf working-tree-encoding=UTF-16\n"
    tip = forge.commit({"a": b"1\n", ".gitattributes": rows})
    forge.commit({"a": b"2\n", ".gitattributes": rows}, parents=[tip])
    return folder


def bomb(forge: Forge, levels: int = 10, entries: int = 10) -> str:
    """Ten folders of ten folders of ...: 10^10 files in about twenty objects."""
    oid = forge.tree([("100644", b"f%d" % n, forge.blob(b"bomb")) for n in range(entries)])
    for _ in range(levels - 1):
        oid = forge.tree([("40000", b"d%d" % n, oid) for n in range(entries)])
    return oid


@case("tree-bomb", "E30")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tip = forge.commit({"a": b""})
    forge.commit(bomb(forge), parents=[tip], message=b"Bomb\n")
    return folder


@case("tree-bomb-in-the-past", "E31")
def _(folder: Path) -> Path:
    forge = Forge(folder)
    tip = forge.commit({"a": b""})
    tip = forge.commit(bomb(forge), parents=[tip], message=b"Bomb\n")
    forge.commit({"a": b"1"}, parents=[tip], message=b"Gone\n")
    return folder


def nested(folder: Path, levels: int) -> Path:
    forge = Forge(folder)
    tip = forge.commit({"a": b""})
    oid = forge.files({"a": b""})
    for _ in range(levels):
        oid = forge.tree([("40000", b"d", oid)])
    forge.commit(oid, parents=[tip])
    return folder


@case("folders-deep")
def _(folder: Path) -> Path:
    return nested(folder, 1500)


@case("folders-too-deep", "E34")
def _(folder: Path) -> Path:
    return nested(folder, 3000)


@case("blob-bomb")
def _(folder: Path) -> Path:
    """Three hundred megabytes of equal lines in one megabyte on disk."""
    forge = Forge(folder)
    size, line = 300 << 20, b"the same line again and again\n" * 34_952
    digest, packer = forge.hasher(), zlib.compressobj(1)
    head = f"blob {size}\0".encode()
    digest.update(head)
    packed = [packer.compress(head)]
    left = size
    while left:
        part = line[:left]
        digest.update(part)
        packed.append(packer.compress(part))
        left -= len(part)
    path = forge.path_of(digest.hexdigest())
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(packed) + packer.flush())
    forge.commit(forge.tree([("100644", b"big.txt", digest.hexdigest()), ("100644", b"a", forge.blob(b"x"))]))
    return folder


CASES: tuple[str, ...] = tuple(_CASES)
