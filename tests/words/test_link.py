from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from colead.codebase import Codebase, Component, ComponentKind, Role, SourceFile, language_of
from colead.partner import Links, nothing

SHIP, BACK = "services/shipping", "services/returns"


def parts(
    texts: Mapping[str, str], defined: Mapping[str, Sequence[str]], keys: Sequence[str] = (SHIP, BACK)
) -> Links:
    """Files with their texts; what is not there cannot be read."""
    files = tuple(
        SourceFile(path, path, len(text), Role.PRODUCT, language_of(path))
        for path, text in sorted(texts.items())
    )
    components = tuple(Component(key, key, ComponentKind.FOLDER, (key,)) for key in keys)
    code = Codebase(
        "c" * 40, files, components, definitions={path: tuple(some) for path, some in defined.items()}
    )
    return Links(code, lambda oids: {oid: texts[oid].encode() for oid in oids if texts[oid] != "gone"})


@pytest.mark.parametrize(
    ("user", "text", "used", "names", "told"),
    [
        ("cost.py", "from services.returns.label import x", "label.py", ["x"], "returns/label"),
        ("cost.py", "from ..returns import label", "label.py", ["x"], "returns/label"),
        ("cost.ts", 'import { x } from "../returns/label"', "label.ts", ["x"], f"{BACK}/label"),
        ("cost.ts", 'import { x } from "@/services/returns"', "index.ts", ["x"], "services/returns"),
        ("cost.go", 'import (\n\t"shop.test/services/returns"\n)', "label.go", ["x"], "services/returns"),
        ("Cost.java", "import services.returns.Label;", "Label.java", ["Label"], "returns/Label"),
        ("Cost.cs", "using Shop.services.returns;", "Label.cs", ["Label"], "services/returns"),
        ("cost.rs", "use crate::services::returns::label;", "label.rs", ["x"], "returns/label"),
        ("Cost.php", "return view('returns.label');", "label.php", ["x"], "returns/label"),
        ("cost.rb", "ReturnLabel.new(order)", "label.rb", ["ReturnLabel"], "ReturnLabel"),
        ("cost.rb", "Refund.new(order)", "refund.rb", ["Shop::Refund"], "Refund"),
        ("cost.py", "cost = print_label(order)", "label.py", ["print_label"], "print_label"),
        ("cost.html", "{{ printLabel }}", "label.ts", ["printLabel"], "printLabel"),
    ],
)
def test_code_that_uses_the_other_part_is_a_link(
    user: str, text: str, used: str, names: list[str], told: str
) -> None:
    texts, defined = {f"{SHIP}/{user}": text, f"{BACK}/{used}": ""}, {f"{BACK}/{used}": names}
    for one, other in ((SHIP, BACK), (BACK, SHIP)):
        link = parts(texts, defined).between(one, other, [])
        assert link.shown == "code"
        assert link.sentence == f"the code shows the link: {SHIP}/{user} uses {told}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# nothing of the kind", ["ReturnLabel"]),
        ("render(order); order.id; self.print()", ["render", "id", "print"]),  # anybody's words
        ("class A:\n    def __len__(self): ...", ["__len__"]),
        ("Action(order)", ["Action"]),  # a single word, without the import that this language needs
        ("from other.returning import label", ["x"]),
        ("import { a } from '../../../../../etc/passwd'", ["x"]),
    ],
)
def test_words_that_anybody_writes_are_no_link(text: str, names: list[str]) -> None:
    texts = {f"{SHIP}/cost.py": text, f"{BACK}/label.py": ""}
    link = parts(texts, {f"{BACK}/label.py": names}).between(SHIP, BACK, [])
    assert link.shown == "history"
    assert link.sentence == "only the history shows it: no import or call was found between them"


def test_a_name_that_another_part_defines_too_is_no_link() -> None:
    defined = {f"{BACK}/label.py": ["PrintLabel"], "services/mail/label.py": ["PrintLabel"]}
    texts = {f"{SHIP}/cost.py": "PrintLabel()", **dict.fromkeys(defined, "")}
    assert parts(texts, defined, (SHIP, BACK, "services/mail")).between(SHIP, BACK, []).shown == "history"


def test_a_hook_that_several_files_define_is_no_link() -> None:
    defined = {f"{BACK}/{one}.py": ["get_queryset"] for one in "ab"}
    texts = {f"{SHIP}/cost.py": "self.get_queryset()", **dict.fromkeys(defined, "")}
    assert parts(texts, defined).between(SHIP, BACK, []).shown == "history"


def test_where_no_language_defines_names_nothing_is_said() -> None:
    texts = {f"{SHIP}/cost.html": "label", f"{BACK}/label.html": ""}
    assert parts(texts, {}).between(SHIP, BACK, []).shown == "not analysed"


def test_where_no_file_can_be_read_nothing_is_said() -> None:
    texts = {f"{SHIP}/cost.py": "gone", f"{BACK}/label.py": "gone"}
    told = parts(texts, {f"{BACK}/label.py": ["ReturnLabel"]})
    assert told.between(SHIP, BACK, []).shown == "not analysed"
    assert Links(told.codebase, nothing).between(SHIP, BACK, []).shown == "not analysed"


def test_what_changed_along_most_is_read_first_and_reading_has_an_end() -> None:
    texts = {f"{SHIP}/{number:03}.py": "x" * 10_000 for number in range(100)}
    texts |= {
        f"{SHIP}/zz.py": "ReturnLabel()",
        f"{BACK}/label.py": "",
        f"{SHIP}/big.py": "ReturnLabel" * 20_000,
    }
    told = parts(texts, {f"{BACK}/label.py": ["ReturnLabel"]})
    assert told.between(SHIP, BACK, [f"{SHIP}/zz.py"]).shown == "code"
    assert told.between(SHIP, BACK, []).shown == "history"


def test_paths_and_names_of_a_hostile_repository_are_told_plainly() -> None:
    texts = {f"{SHIP}/a\x1b[1m.rb": "ReturnLabel" + "a" * 200, f"{BACK}/label.rb": ""}
    told = parts(texts, {f"{BACK}/label.rb": ["ReturnLabel" + "a" * 200]}).between(SHIP, BACK, [])
    assert "\x1b" not in told.sentence and "\\x1b" in told.sentence and len(told.sentence) < 150
