"""The names that a source file defines: classes, functions, types; by tree-sitter, or line by line.

Grammars are imported when the first file of their language comes. Nothing a
file holds can stop the reader: a parse that takes too long, a grammar that is
not installed, text that is no program each end in the plain way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from colead.codebase import language_of

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Query, Tree

MOST = 400  # names of one file
LONGEST = 80  # characters of one name
LARGEST = 256 << 10  # bytes; a longer file is read line by line
WIDEST = 3_000  # children of one node that did not parse
PATIENCE = 0.1  # seconds for one parse
_CHUNK = 64 << 10
_LONGEST_LINE = 300  # bytes of a line looked at by the plain way

_GRAMMARS = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "java": ("tree_sitter_java", "language"),
    "go": ("tree_sitter_go", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "c#": ("tree_sitter_c_sharp", "language"),
    "ruby": ("tree_sitter_ruby", "language"),
    "php": ("tree_sitter_php", "language_php"),
}

# Which nodes define a name that somebody would look for.
_SCRIPT = """
(class_declaration name: (_) @d) (function_declaration name: (_) @d) (method_definition name: (_) @d)
(generator_function_declaration name: (_) @d)
(program (lexical_declaration (variable_declarator name: (identifier) @d)))
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @d))))
"""
_TYPED = """
(interface_declaration name: (_) @d) (type_alias_declaration name: (_) @d) (enum_declaration name: (_) @d)
(abstract_class_declaration name: (_) @d)
"""
_QUERIES = {
    "python": "(class_definition name: (_) @d) (function_definition name: (_) @d)",
    "javascript": _SCRIPT,
    "typescript": _SCRIPT + _TYPED,
    "tsx": _SCRIPT + _TYPED,
    "java": """
(class_declaration name: (_) @d) (interface_declaration name: (_) @d) (enum_declaration name: (_) @d)
(record_declaration name: (_) @d) (method_declaration name: (_) @d) (annotation_type_declaration name: (_) @d)
""",
    "go": "(function_declaration name: (_) @d) (method_declaration name: (_) @d) (type_spec name: (_) @d)",
    "rust": """
(function_item name: (_) @d) (struct_item name: (_) @d) (enum_item name: (_) @d) (trait_item name: (_) @d)
(type_item name: (_) @d) (mod_item name: (_) @d) (macro_definition name: (_) @d) (union_item name: (_) @d)
""",
    "c#": """
(class_declaration name: (_) @d) (interface_declaration name: (_) @d) (struct_declaration name: (_) @d)
(record_declaration name: (_) @d) (enum_declaration name: (_) @d) (method_declaration name: (_) @d)
(property_declaration name: (_) @d) (delegate_declaration name: (_) @d)
""",
    "ruby": """
(class name: (_) @d) (module name: (_) @d) (method name: (_) @d) (singleton_method name: (_) @d)
""",
    "php": """
(class_declaration name: (_) @d) (interface_declaration name: (_) @d) (trait_declaration name: (_) @d)
(enum_declaration name: (_) @d) (function_definition name: (_) @d) (method_declaration name: (_) @d)
""",
}


class _Grammar(NamedTuple):
    parser: Parser
    query: Query


def definitions(path: str, data: bytes) -> tuple[str, ...]:
    """Names defined in a file, each once, in order, at most `MOST`; empty for languages that define none."""
    language = language_of(path)
    if language in _GRAMMARS and len(data) <= LARGEST:
        found = _by_grammar(language, data)
        if found is not None:
            return found
    return _kept(_by_line(data)) if language not in _NOTHING else ()


def _by_grammar(language: str, data: bytes) -> tuple[str, ...] | None:
    """None when there is no grammar here or the file tries its patience."""
    grammar = _grammar(language)
    tree = grammar and _parse(grammar.parser, data)
    if not grammar or not tree:
        return None
    from tree_sitter import QueryCursor

    if _too_wide(tree.root_node):
        return None
    # No progress callback: with one the binding (0.26) can crash the process.
    found = QueryCursor(grammar.query, match_limit=10_000).captures(tree.root_node)
    nodes = sorted(found.get("d", ()), key=lambda node: node.start_byte)
    return _kept(data[node.start_byte : node.end_byte] for node in nodes)


def _too_wide(root: Node) -> bool:
    """Whether a query would take long: its time grows with the square of what lies unparsed in one node."""
    waiting, seen = [root] if root.has_error else [], 0
    while waiting:
        node = waiting.pop()
        seen += node.child_count
        if node.child_count > WIDEST or seen > 4 * WIDEST:
            return True
        waiting.extend(child for child in node.children if child.has_error)
    return False


def _parse(parser: Parser, data: bytes) -> Tree | None:
    until = perf_counter() + PATIENCE
    try:
        return parser.parse(
            lambda at, _: data[at : at + _CHUNK], progress_callback=lambda _, __: perf_counter() > until
        )
    except (ValueError, RuntimeError):
        parser.reset()
        return None


@lru_cache
def _grammar(language: str) -> _Grammar | None:
    module, name = _GRAMMARS[language]
    try:
        from tree_sitter import Language, Parser, Query

        known = Language(getattr(import_module(module), name)())
        return _Grammar(Parser(known), Query(known, _QUERIES[language]))
    except (ImportError, ValueError):
        return None


# --- line by line ----------------------------------------------------------------------------

_NOTHING = frozenset(("", "template", "style", "shell", "terraform", "assembly", "shader"))
# One pattern, anchored, without nested repetition: each line is looked at once.
_DEFINES = re.compile(
    rb"^\s{0,60}(?:(?:export|default|public|private|protected|internal|static|final|abstract|sealed|open|override"
    rb"|async|data|suspend|inline|virtual|partial|unsafe|extern|const|case|implicit|lazy|pub|local|declare|inner"
    rb"|companion|fileprivate|mutating|indirect)\s{1,4}){0,6}"
    rb"(?:class|interface|trait|struct|enum|union|record|object|protocol|actor|extension|module|defmodule|namespace"
    rb"|type|typealias|func|fun|function|def|defp|defmacro|fn|sub|proc|macro|message|service|rpc|model|table|view"
    rb"|input)"
    rb"\s{1,4}(?:\([^)\n]{0,60}\)\s{0,4})?(?:`|\")?([A-Za-z_$][\w$.?!:]{0,100})",
    re.IGNORECASE,
)
# A C-like function at the margin: its type, its name, an opening bracket, no semicolon on the line.
_C_FUNCTION = re.compile(rb"^[A-Za-z_][\w:<>,*& \t]{0,120}[ \t*&]([A-Za-z_~][\w:~]{0,100})\([^;\n]{0,200}$")
_NO_FUNCTION = (
    b"return",
    b"else",
    b"if",
    b"for",
    b"while",
    b"switch",
    b"typedef",
    b"using",
    b"new",
    b"throw",
    b"case",
)


def _by_line(data: bytes) -> Iterator[bytes]:
    for line in data.split(b"\n"):
        part = line[:_LONGEST_LINE]
        found = _DEFINES.match(part)
        if found is None and part[:1].isalpha() and b"(" in part and not part.startswith(_NO_FUNCTION):
            found = _C_FUNCTION.match(part)
        if found is not None:
            yield found[1].rstrip(b":.")


def _kept(names: Iterable[bytes]) -> tuple[str, ...]:
    """Names as text, each once, at most `MOST`."""
    kept: dict[str, None] = {}
    for name in names:
        kept.setdefault(name[:LONGEST].decode("utf-8", "replace"))
        if len(kept) >= MOST:
            break
    return tuple(kept)
