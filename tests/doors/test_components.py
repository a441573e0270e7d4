"""What repositories say of their parts, and the codebase at their tip, on real git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import pytest

from colead.codebase import Codebase, Component, ComponentKind, Role
from colead.codebase.split import Declared, Source
from colead.errors import SettingsError, WrongUse
from colead.readers.components import declared, owner_rules, speaks
from colead.readers.git import Door
from colead.readers.guarded import json_object, toml_table, yaml_documents
from colead.readers.settings import (
    COMPONENTS,
    GLOSSARY,
    Word,
    from_work_tree,
    named_by,
    read_components,
    read_glossary,
)
from colead.store import Store
from colead.store.codebase import codebase
from colead.store.contents import LARGEST, read_new
from colead.writers.settings import suggestions

SHOP = {
    "services/checkout/cart.py": b"class Cart:\n\n    def total(self):\n        return 1\n",
    "services/checkout/Dockerfile": b"FROM scratch\n",
    "services/shipping/label.py": b"def label():\n    return 2\n",
    "services/slips/slip.py": b"def slip():\n    return 3\n",
    "libs/money/tax.py": b"RATE = 1\n",
    "web/shop/page.ts": b"export class Page {}\n",
    "web/shop/package.json": b'{"name": "shop"}',
    "compose.yml": b"services:\n  shipping:\n    build: ./services/shipping\n  db: {image: postgres}\n",
    "CODEOWNERS": b"* @shop/all\n/services/shipping @shop/ship\n",
    "README.md": b"# Shop\n",
    "tests/test_cart.py": b"def test_cart(): pass\n",
}


def made(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A repository with one commit."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Start"]):
        git(folder, *words)
    return folder


def git(folder: Path, *words: str) -> None:
    who = {
        f"GIT_{role}_{what}": "emil@shop.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", str(folder), *words], check=True, env=environment)


def read(folder: Path, under: str = "", cache: Path | None = None) -> Codebase:
    with Door.open(folder) as door, Store.open(door, cache or folder.parent / "cache") as store:
        return codebase(store, door, silent, under=under)


def silent(done: int, total: int, what: str) -> None:
    assert done <= total and what


def parts(code: Codebase) -> dict[str, Component]:
    return {one.key: one for one in code.components}


def test_the_shop_falls_into_its_services(tmp_path: Path) -> None:
    code = read(made(tmp_path / "shop", SHOP))
    found = parts(code)
    assert {key: (one.name, one.kind.value) for key, one in found.items()} == {
        "services/checkout": ("Checkout", "service"),
        "services/shipping": ("Shipping", "service"),
        "services/slips": ("Slips", "service"),
        "libs/money": ("Money", "library"),
        "web/shop": ("Shop", "package"),
    }
    assert found["services/shipping"].owners == ("@shop/ship",)
    assert found["services/checkout"].owners == ("@shop/all",)
    assert code.lines["services/checkout/cart.py"] == 3
    assert code.definitions["services/checkout/cart.py"] == ("Cart", "total")
    assert code.seat("services/checkout/gone.py") == "services/checkout"
    assert code.coverage == ""
    assert {one.path: one.role for one in code.files}["tests/test_cart.py"] is Role.TEST
    assert [one.path for one in code.files] == sorted(SHOP)


def test_settings_at_the_tip_name_and_gather_parts(tmp_path: Path) -> None:
    files = SHOP | {
        COMPONENTS: b"components:\n- {name: Parcels, key: parcels,"
        b" paths: [services/shipping, ./services/slips/]}\n",
        GLOSSARY: b"Basket: services/checkout\nOld: services/gone\n"
        b"Parcel post:\n  path: parcels\n  says: [courier]\n",
    }
    code = read(made(tmp_path / "shop", files))
    found = parts(code)
    assert found["services/checkout"].name == "Basket"
    parcels = found["parcels"]
    assert (parcels.name, parcels.says, parcels.files) == ("Parcel post", ("courier",), 2)
    assert parcels.kind is ComponentKind.SERVICE
    assert "services/slips" not in found
    assert code.coverage == ".colead names services/gone, where no product source lies"


def test_settings_in_the_work_tree_go_before_committed_ones(tmp_path: Path) -> None:
    folder = made(tmp_path / "shop", SHOP | {GLOSSARY: b"Basket: services/checkout\n"})
    (folder / GLOSSARY).write_bytes(b"Till: services/checkout\n")
    assert parts(read(folder))["services/checkout"].name == "Till"


def test_a_symlink_is_not_followed(tmp_path: Path) -> None:
    folder = made(tmp_path / "shop", SHOP)
    secret = tmp_path / "secret.yml"
    secret.write_bytes(b"Secret: services/checkout\n")
    (folder / ".colead").mkdir()
    (folder / GLOSSARY).symlink_to(secret)
    assert from_work_tree(folder, GLOSSARY) is None
    assert parts(read(folder))["services/checkout"].name == "Checkout"
    (folder / GLOSSARY).unlink()
    (folder / ".colead").rmdir()
    (folder / ".colead").symlink_to(tmp_path)
    assert from_work_tree(folder, ".colead/secret.yml") is None
    assert from_work_tree(None, GLOSSARY) is None


def test_settings_that_cannot_be_read_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".colead").mkdir()
    (tmp_path / GLOSSARY).write_bytes(b"A: b\n")

    def refused(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(SettingsError) as told:
        from_work_tree(tmp_path, GLOSSARY)
    assert (told.value.code, told.value.why) == ("E13", "Permission denied")


def test_only_a_subfolder(tmp_path: Path) -> None:
    folder = made(tmp_path / "shop", SHOP)
    assert set(parts(read(folder, "./services/"))) == {
        "services/checkout",
        "services/shipping",
        "services/slips",
    }
    assert len(read(folder, ".").files) == len(SHOP)
    with pytest.raises(WrongUse) as told:
        read(folder, "nowhere")
    assert told.value.code == "E14"


def test_a_file_that_a_tool_wrote_is_no_product(tmp_path: Path) -> None:
    files = {
        "app/a.py": b"# Code generated by maker. DO NOT EDIT.\nA = 1\n",
        "app/b.py": b"B = 2\n",
        "app/c.py": b"\0\1\2",
        "app/migrations/0001.py": b"# Generated by Django 5.0\nclass Migration: pass\n",
    }
    code = read(made(tmp_path / "shop", files))
    roles = {one.path: one.role for one in code.files}
    assert roles["app/a.py"] is Role.GENERATED
    assert roles["app/migrations/0001.py"] is Role.PRODUCT
    assert code.lines == {"app/b.py": 1, "app/c.py": 0, "app/migrations/0001.py": 2}


def test_a_repository_without_product_source_has_no_parts(tmp_path: Path) -> None:
    code = read(made(tmp_path / "shop", {"README.md": b"# Shop\n"}))
    assert (code.components, code.product) == ((), ())


class Seen:
    """A visitor that remembers what it was shown."""

    def __init__(self, known: set[str]) -> None:
        self.known, self.shown, self.kept = known, dict[str, bytes | None](), 0

    def missing(self, oids: object) -> set[str]:
        assert isinstance(oids, dict)
        return set(oids) - self.known

    def visit(self, oid: str, path: str, data: bytes | None) -> None:
        self.shown[path] = data

    def keep(self, connection: object) -> None:
        self.kept += 1


def test_contents_are_read_once_for_everybody(tmp_path: Path) -> None:
    files = {"a.py": b"A = 1\n", "b.py": b"B = 2\n", "c.py": b"B = 2\n", "d.py": b"x" * (LARGEST + 1)}
    folder = made(tmp_path / "shop", files)
    with Door.open(folder) as door, Store.open(door, None) as store:
        oids = {os.fsdecode(one.path): one.oid for one in door.tree(door.tip)}
        asked = [(oid, path) for path, oid in sorted(oids.items())]
        everything, little = Seen(set()), Seen({oids["a.py"]})
        assert read_new(store, door, asked, (everything, little), silent) == 3
        assert everything.shown == {"a.py": b"A = 1\n", "b.py": b"B = 2\n", "d.py": None}
        assert little.shown == {"b.py": b"B = 2\n", "d.py": None}
        nothing = Seen(set(oids.values()))
        assert read_new(store, door, asked, (nothing,), silent) == 0
        assert (everything.kept, nothing.kept) == (1, 0)


def test_a_second_look_reads_no_contents(tmp_path: Path) -> None:
    folder = made(tmp_path / "shop", SHOP)
    with Door.open(folder) as door, Store.open(door, tmp_path / "cache") as store:
        first = codebase(store, door, silent)
        words: list[str] = []
        again = codebase(store, door, lambda _, __, what: words.append(what))
    assert words == []
    assert again == first


def test_a_thousand_files_are_read_within_seconds(tmp_path: Path) -> None:
    line = b"    total = price * amount  # what the buyer pays\n"
    files = {f"app/m{n % 20}/f{n}.py": b"def pay_%d(price, amount):\n" % n + line * 160 for n in range(1_000)}
    folder = made(tmp_path / "shop", files)
    with Door.open(folder) as door, Store.open(door, tmp_path / "cache") as store:
        start = perf_counter()
        code = codebase(store, door, silent)
        took = perf_counter() - start
    assert len(code.definitions) == 1_000
    assert took < 5.0  # 1.0 s on an idle core; room for a busy one


# --- what files say --------------------------------------------------------------------------

TREE = ["services/checkout/a.py", "services/mail/b.py", "cmd/mail/c.go", "jobs/nightly/d.py", "deploy/x.py"]


def say(path: str, text: str, tree: list[str] = TREE) -> dict[str, ComponentKind | None]:
    assert speaks(path), path
    return {one.roots[0]: one.kind for one in declared({path: text.encode()}, [*tree])}


def test_compose_files() -> None:
    text = (
        "x-all: &all {restart: always}\nservices:\n  a: {<<: *all, build: {context: ../services/checkout}}\n"
    )
    service = ComponentKind.SERVICE
    assert say("ops/docker-compose.prod.yaml", text) == {"services/checkout": service}
    for odd in ("https://git.example/x.git", "/etc", "$HOME", "../../out", ".", "", "services/none"):
        assert say("compose.yaml", f"services: {{a: {{build: '{odd}'}}}}") == {}
    for broken in (
        "services: [1]",
        "services: {a: 5}",
        "a: [",
        "- x",
        "",
        "services: {a: {build: {context: [1]}}}",
    ):
        assert say("compose.yaml", broken) == {}


def test_kubernetes_workloads() -> None:
    text = "kind: Service\nmetadata: {name: nightly}\n---\nkind: CronJob\nmetadata: {name: nightly}\n---\n5\n"
    assert say("k8s/jobs.yaml", text) == {"jobs/nightly": ComponentKind.SERVICE}
    assert (
        say("deploy/mail.yml", "kind: Deployment\nmetadata: {name: mail}") == {}
    )  # two folders are called so
    assert say("deploy/mail.yml", "kind: Deployment\nmetadata: {name: 5}") == {}
    assert not speaks("app/values.yaml")


def test_catalogue_entries() -> None:
    entry = (
        "kind: Component\nmetadata: {name: mail, title: Mail room}\nspec: {type: library, owner: team-a}\n"
    )
    (said,) = declared({"services/mail/catalog-info.yaml": f"kind: API\n---\n{entry}".encode()}, TREE)
    assert said == Declared(
        ("services/mail",), Source.CATALOG, ComponentKind.LIBRARY, "Mail room", owners=("team-a",)
    )
    assert say("catalog-info.yaml", entry) == {}  # the whole repository is no part of itself


def test_manifests_make_packages() -> None:
    tree = [
        "core/Cargo.toml", "core/src/lib.rs", "libs/tax/go.mod", "Cargo.toml",
        "api/Shop.csproj", "run/Procfile",
        "docker/Dockerfile", "x/templates/Dockerfile", "gem/shop.gemspec", "y/Dockerfile.prod",
        "z/Dockerfile.tt",
    ]  # fmt: skip
    found = {one.roots[0]: one.kind.value for one in declared({}, tree) if one.kind}
    assert found == {
        "core": "package", "libs/tax": "library", "api": "package", "run": "service", "gem": "package",
        "y": "service",
    }  # fmt: skip
    assert say("ui/package.json", '{"name": "ui"}') == {"ui": ComponentKind.PACKAGE}
    assert say("ui/package.json", '{"type": "module"}') == {}
    assert say("package.json", '{"name": "shop"}') == {}
    assert say("py/pyproject.toml", "[project]\nname = 'x'") == {"py": ComponentKind.PACKAGE}
    assert say("py/pyproject.toml", "[tool.poetry]\nname = 'x'") == {"py": ComponentKind.PACKAGE}
    assert say("py/pyproject.toml", "[tool.ruff]\n") == {}


def test_a_package_that_is_called_a_service_is_one() -> None:
    paths = [f"{one}/pom.xml" for one in ("pet-visits-service", "gateway", "libs/mail-service")]
    kinds = {one.roots[0]: one.kind for one in declared({}, paths)}
    assert kinds == {
        "pet-visits-service": ComponentKind.SERVICE,
        "gateway": ComponentKind.PACKAGE,
        "libs/mail-service": ComponentKind.LIBRARY,
    }


def test_codeowners_name_folders() -> None:
    assert say("CODEOWNERS", "/services/mail/ @emil\n/services/none @emil\n/jobs\n*.py @omar\n") == {
        "services/mail": None
    }
    both = {"CODEOWNERS": b"* @root\n", ".github/CODEOWNERS": b"* @hub\n"}
    assert [one.owners for one in owner_rules(both)] == [("@hub",)]
    assert owner_rules({}) == ()


# --- malformed and hostile -------------------------------------------------------------------

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)
MERGES = "a: &a {k: 1}\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} {{<<: [*{chr(97 + n)}, *{chr(97 + n)}]}}\n" for n in range(14)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS, MERGES, "[" * 60_000, "- " * 30_000, "{a: " * 20_000,
        "a: !!python/object/apply:os.system [id]",
        "a: !Ref x", "? [1]\n: 2", "\tx", "a: 2024-99-99", "&a [*a]", "a\0b",
        "%YAML 9.9\n---\n", "=: 1", "<<: 1",
    ],
)  # fmt: skip
def test_hostile_yaml_is_plain_or_nothing(text: str) -> None:
    start = perf_counter()
    assert isinstance(yaml_documents(text.encode(), 128 << 10), list)
    say("compose.yaml", text)
    assert perf_counter() - start < 2.0


def test_hostile_json_and_toml_are_nothing() -> None:
    deep = b"[" * 100_000
    assert (
        json_object(deep, 1 << 20)
        == json_object(b"[1]", 99)
        == json_object(b"{}", 1)
        == json_object(b"{", 9)
        == {}
    )
    assert json_object(b'{"a": 1}', 99) == {"a": 1}
    assert toml_table(b"a = " + deep, 1 << 20) == toml_table(b"a = 1", 2) == toml_table(b"\xff", 9) == {}
    assert yaml_documents(b"a: 1", 2) == []


@pytest.mark.parametrize(
    ("text", "code", "line", "what"),
    [
        ("components:\n- {name: A}\n", "E11", 2, "a component without paths"),
        ("components:\n- {paths: [a], kin: service}\n", "E11", 2, "the unknown word 'kin'"),
        ("components:\n- {paths: [a], kind: server}\n", "E11", 2, "the unknown kind 'server'"),
        ("parts: []\n", "E11", 1, "the unknown word 'parts'"),
        ("components: yes\n", "E11", 1, "'components' that is not a list"),
        ("- a\n", "E11", 1, "not a mapping"),
        ("components:\n- paths: [../x]\n", "E11", 2, "the path '../x'"),
        ("components:\n- paths: [/etc]\n", "E11", 2, "the path '/etc'"),
        ("components:\n- paths: ['.']\n", "E11", 2, "the path '.'"),
        ("components:\n- paths: [[a]]\n", "E11", 2, "a list or a mapping where one text belongs"),
        ("components:\n- {path: a, name: '" + "x" * 300 + "'}\n", "E11", 2, "a text over 200"),
        ("components:\n- {path: a, name: \"x\\u202e\"}\n", "E11", 2, "control characters"),
        ("components:\n- {path: a, path: b}\n", "E11", 2, "'path' twice"),
        ("components: [\n", "E10", 2, "is not understood"),
        ("components:\n  - &a {path: x}\n  - *a\n", "E12", 3, "aliases"),
        ("components: " + "[" * 50, "E10", 1, "nested deeper"),
        ("components:\n" + "- path: a\n" * 401, "E11", 2, "more than 400 entries"),
        ("#" * 70_000, "E12", 0, "larger than 64 KiB"),
        ("\udcff", "E10", 0, "is not UTF-8 text"),
    ],
)  # fmt: skip
def test_malformed_settings_say_where_and_what_to_try(text: str, code: str, line: int, what: str) -> None:
    with pytest.raises(SettingsError) as told:
        read_components(text.encode("utf-8", "surrogateescape"))
    assert told.value.code == code
    assert what in told.value.what
    assert told.value.what.startswith(f"{COMPONENTS}, line {line}," if line else COMPONENTS)
    assert told.value.hint


def test_glossaries() -> None:
    assert read_glossary(b"") == read_glossary(b"# nothing yet\n") == read_components(b"components:\n") == ()
    words = read_glossary(b"Slips: services/slips\nLabel: {path: a, says: paper}\n")
    assert words == (Word("Slips", "services/slips"), Word("Label", "a", ("paper",)))
    (said, _) = named_by(words, ())
    assert said == Declared(("services/slips",), Source.NAMED, name="Slips")
    for broken in ("Label: {says: [x]}", "Label:", ": x", "Label: [x]"):
        with pytest.raises(SettingsError):
            read_glossary(broken.encode())


def test_an_unknown_word_gets_a_near_one() -> None:
    with pytest.raises(SettingsError) as told:
        read_components(b"components:\n- {paths: [a], owner: x}\n")
    assert told.value.hint == "did you mean 'owners'?"


# --- what init suggests ----------------------------------------------------------------------


def test_suggestions_read_back_as_they_are(tmp_path: Path) -> None:
    files = SHOP | {
        "web/templates/checkout/a.html": b"x",
        "odd/true/a.py": b"A = 1\n",
        'odd/"q": x/a.py': b"A\n",
    }
    files |= {f"web/accounts/{n}.py": b"A = 1\n" for n in range(16)} | {
        f"hc/accounts/{n}.py": b"B\n" for n in range(16)
    }
    folder = made(tmp_path / "shop", files)
    code = read(folder)
    texts = suggestions(code)
    assert list(texts) == [COMPONENTS, GLOSSARY]
    words = {word.name: word.target for word in read_glossary(texts[GLOSSARY].encode())}
    assert words["Checkout"] == "services/checkout"
    assert set(words.values()) <= {one.key for one in code.components}
    assert read_components(texts[COMPONENTS].encode()) == ()
    taken = read_components(texts[COMPONENTS].replace("\n#  ", "\n  ").encode())
    assert ("hc/accounts", "web/accounts") in [one.roots for one in taken]
    assert all(len(text.splitlines()) <= 24 for text in texts.values())
    (folder / ".colead").mkdir()
    (folder / GLOSSARY).write_text(texts[GLOSSARY])
    again = read(folder)
    assert {one.key: one.name for one in again.components} == {one.key: one.name for one in code.components}


def test_suggestions_for_a_repository_of_one_part(tmp_path: Path) -> None:
    texts = suggestions(read(made(tmp_path / "shop", {"a.py": b"A = 1\n"})))
    assert read_components(texts[COMPONENTS].encode()) == ()
    assert read_glossary(texts[GLOSSARY].encode()) == ()
