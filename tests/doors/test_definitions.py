"""Names that files define, by grammar and line by line; nothing a file holds stops the reader."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.readers import definitions as reader
from colead.readers.definitions import LONGEST, MOST, definitions

SOURCES = {
    "cart.py": (
        "class Cart:\n    async def total(self): ...\n@x\ndef pay(): pass\nRATE = 1\n",
        "Cart total pay",
    ),
    "cart.js": (
        "class Cart { total() {} }\nfunction* pay() {}\nexport const rate = () => 1;\n",
        "Cart total pay rate",
    ),
    "cart.ts": (
        "export interface Cart { a: 1 }\ntype Rate = 1;\nenum Kind { A }\nabstract class B {}\n",
        "Cart Rate Kind B",
    ),
    "cart.tsx": ("export function Cart() { return <b/> }\nconst Row = memo(Cart);\n", "Cart Row"),
    "Cart.java": (
        "interface A {} record B(int x) {} class C { int total() { return 1; } enum D { X } }",
        "A B C total D",
    ),
    "cart.go": (
        "package shop\ntype Cart struct{}\nfunc (c *Cart) Total() int { return 1 }\nfunc Pay() {}\n",
        "Cart Total Pay",
    ),
    "cart.rs": (
        "struct Cart; trait Pay { fn go(&self); }\nimpl Cart { fn total(&self) {} }\n"
        "macro_rules! tax { () => {} }\n",
        "Cart Pay total tax",
    ),
    "Cart.cs": (
        "interface IPay {} record Note(int X); class Cart { int Rate { get; } void Total() {} }",
        "IPay Note Cart Rate Total",
    ),
    "cart.rb": (
        "module Shop\n  class Cart\n    def total; end\n    def self.pay; end\n  end\nend\n",
        "Shop Cart total pay",
    ),
    "Cart.php": (
        "<?php\ninterface A {}\nclass Cart { function total() {} }\nfunction pay() {}\nenum B {}\n",
        "A Cart total pay B",
    ),
    "Cart.kt": (
        "data class Cart(val a: Int)\n  private suspend fun total() {}\nobject Tax\n",
        "Cart total Tax",
    ),
    "cart.swift": ("public struct Cart {\n  func total() {}\n}\nextension Int {}\n", "Cart total Int"),
    "cart.c": (
        "struct cart { int a; };\nstatic int total(struct cart *c)\n{\n  return pay(c);\n}\n",
        "cart total",
    ),
    "cart.ex": (
        "defmodule Shop.Cart do\n  def total(x), do: x\n  defp tax(x), do: x\nend\n",
        "Shop.Cart total tax",
    ),
    "shop.proto": (
        "message Note {\n}\nservice Shop {\n  rpc Pay (Note) returns (Note);\n}\n",
        "Note Shop Pay",
    ),
    "Cart.vue": ("<script>\nexport default class Cart {}\n</script>\n", "Cart"),
    "page.html": ("<p>class Cart</p>", ""),
    "notes.xyz": ("class Cart\n", ""),
    "cart.sh": ("function pay() {}\n", ""),
}


@pytest.mark.parametrize("path", SOURCES)
def test_names_of_a_language(path: str) -> None:
    text, names = SOURCES[path]
    assert definitions(path, text.encode()) == tuple(names.split())


def test_names_are_bounded_and_once_each() -> None:
    many = b"".join(b"def f%d(): pass\n" % number for number in range(2 * MOST))
    assert len(definitions("a.py", many)) == MOST
    assert definitions("a.py", b"def f(): pass\n" * 9) == ("f",)
    assert definitions("a.py", b"def " + b"x" * 500 + b"(): pass\n") == ("x" * LONGEST,)
    assert definitions("a.py", b"def f\xff(): pass\ndef g(): pass\n")[-1] == "g"


LINE = b"x" * (1 << 20)
HOSTILE = {
    "deep brackets": b"(" * 250_000,
    "deep blocks": b"{" * 250_000,
    "one line": LINE,
    "open strings": b'"\\' * 120_000,
    "words without end": b"public static " * 70_000,
    "almost functions": b"a b c d e f " * 80_000 + b"(",
    "spaces": b" " * (1 << 20) + b"class",
    "templates": b"`${" * 80_000,
    "nested generics": b"A<" * 120_000,
    "zeroes": b"\0" * 250_000,
    "noise": bytes(range(256)) * 1_000,
    "heredocs": b"<<A\n" * 60_000,
    "indents": b"".join(b" " * (n % 90) + b"if x:\n" for n in range(5_000)),
}


@pytest.mark.parametrize("path", [*SOURCES, "a.scala", "a.cpp", "a.dart", "a.sql"])
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_costs_little_time(path: str, what: str) -> None:
    start = perf_counter()
    definitions(path, HOSTILE[what])
    assert perf_counter() - start < 2.0  # 0.2 s on an idle core; room for a busy one


@given(st.sampled_from([*SOURCES]), st.binary(max_size=400))
def test_no_bytes_stop_the_reader(path: str, data: bytes) -> None:
    assert all(isinstance(name, str) for name in definitions(path, data))


def test_a_missing_grammar_is_read_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reader._GRAMMARS, "python", ("tree_sitter_nowhere", "language"))
    reader._grammar.cache_clear()
    try:
        assert definitions("a.py", b"class Cart:\n    def total(self): pass\n") == ("Cart", "total")
    finally:
        reader._grammar.cache_clear()


def test_a_parse_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PATIENCE", -1.0)
    assert definitions("a.py", b"def f(): pass\n" * 2_000) == ("f",)
    monkeypatch.undo()
    assert definitions("a.py", b"def g(): pass\n") == ("g",)


def test_no_grammar_is_imported_before_it_is_needed() -> None:
    code = "import sys, colead.readers.definitions; print([m for m in sys.modules if 'tree_sitter' in m])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
