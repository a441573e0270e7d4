"""Roles, parts, names, owners: the codebase without a repository."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colead.codebase import (
    Codebase,
    Component,
    ComponentKind,
    Role,
    SourceFile,
    generated_by,
    is_migration,
    language_of,
    role_of,
)
from colead.codebase.naming import is_common, names, spoken
from colead.codebase.owners import Rule, owners_of, rules, segment_fits
from colead.codebase.split import MOST, Declared, Source, split

ROLES = {
    Role.PRODUCT: """
        checkout/cart.py cmd/caddy/main.go app/models/card.rb app/Http/Controllers/CartController.php
        src/main/java/shop/Cart.java Shop.Backend/Shop.Backend/Services/Cart.cs packages/ui/src/Button.tsx
        web/templates/checkout.html web/templates/mail/paid.txt static/css/site.scss db/schema.sql
        app/models/vendor/price.rb src/vendors/list.ts app/Models/Vendor.php src/i18n/index.ts
        src/locale/format.py db/migrate/20240101_add_gift_note.rb shop/migrations/0002_gift_note.py
        proto/shop.proto api/openapi.yaml src/latest.ts src/contest.py src/protests/list.py
        app/ab_tests/price.py internal/build/build.go src/target/aim.rs config/routes.rb src/spec.py
        components/License.tsx src/requests/client.py handlers/setup.py shared/editor/nodes/Table.tsx
    """,
    Role.TEST: """
        tests/test_cart.py checkout/test_cart.py cart_test.go spec/models/card_spec.rb src/cart.spec.ts
        src/__tests__/cart.ts src/test/java/shop/CartTest.java src/main/java/shop/CartTest.java
        Shop.Backend/Shop.Backend.Tests/CartTests.cs e2e/checkout.ts cypress/support.js fixtures/orders.json
        src/__snapshots__/cart.snap conftest.py app/conftest.py tests-integration/src/lib.rs benches/sync.rs
        okhttp-testing-support/src/main/kotlin/Clock.kt androidTest/Cart.kt src/jvmTest/kotlin/Cart.kt
        features/checkout.feature ShopTests/CartTests.swift core/test/results.json lib/cart-test.js
        t/unit/app.py tests/CartTest.php okhttp-hpacktests/src/main/x.kt
    """,
    Role.DOCS: """
        README.md docs/index.rst docs/conf.py CHANGELOG.md docs/assets/site.js website/docusaurus.js
        guides/rails.rb examples/shop/app.py demo/main.go src/Button.stories.tsx notes.txt
        packages/x/src/docs/.vitepress/theme/a.vue templates/docs/help.md
    """,
    Role.GENERATED: """
        dist/app.js static/app.min.js api/shop_pb2.py api/shop.pb.go lib/cart.g.dart
        web/public/build/app.js Migrations/ShopContextModelSnapshot.cs Migrations/2024_Gift.Designer.cs
        src/__generated__/types.ts db/schema.rb db/structure.sql app.js.map src/routeTree.gen.ts
        apis/zz_generated.deepcopy.go coverage/lcov.js
    """,
    Role.VENDORED: """
        vendor/github.com/x/y.go node_modules/left-pad/index.js third_party/zlib/zlib.c public/lib/leaflet.js
        web/static/vendor/jquery.js .yarn/releases/yarn.cjs app/assets/javascripts/vendor/chart.js
        pip/_vendor/six.py
    """,
    Role.SETTINGS: """
        package.json yarn.lock Dockerfile docker/Dockerfile.dev .github/workflows/ci.yml pyproject.toml
        Makefile webpack.config.js .eslintrc.js build.gradle.kts pom.xml CODEOWNERS docker-compose.yml
        setup.py manage.py requirements.txt Cargo.toml go.mod LICENSE .gitignore scripts/release.sh
        chart/templates/service.yaml bin/setup.sh build/pack.js Procfile app/config/settings.toml
        MIT-LICENSE tsconfig.base.json
    """,
    Role.TRANSLATION: """
        locale/de/LC_MESSAGES/django.po config/locales/de.yml src/locales/zh-tw.json messages_de.properties
        resources/lang/en_US/firefly.php app/Resources/Strings.resx i18n/fr.json active_support/locale/en.rb
        res/de.lproj/Main.strings
    """,
    Role.DATA: "logo.png fonts/inter.woff2 data/cities.csv video.mp4 app/blob core.wasm archive.zip",
}
CASES = [(path, role) for role, paths in ROLES.items() for path in paths.split()]


@pytest.mark.parametrize(("path", "role"), CASES)
def test_a_path_tells_what_a_file_is_for(path: str, role: Role) -> None:
    assert role_of(path) is role


@given(st.text(max_size=300))
def test_every_path_has_a_role(path: str) -> None:
    assert isinstance(role_of(path), Role)
    assert isinstance(is_migration(path), bool)


def test_roles_of_fifty_thousand_paths_come_at_once() -> None:
    paths = [
        f"services/s{n % 300}/src/part{n % 7}/file_{n}.{('py', 'ts', 'json', 'md')[n % 4]}"
        for n in range(50_000)
    ]
    start = perf_counter()
    for path in paths:
        role_of(path)
    assert perf_counter() - start < 1.0  # 0.15 s on an idle core; room for a busy one


@pytest.mark.parametrize(
    "name",
    [
        "a-" * 50_000 + "x",
        ".gen." * 20_000,
        "test_" * 20_000,
        "(" * 90_000,
        "a/" * 40_000 + "b.min.js",
        "." * 90_000,
    ],
)
def test_a_hostile_path_costs_no_time(name: str) -> None:
    start = perf_counter()
    role_of(name)
    is_migration(name)
    names([name])
    assert perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("db/migrate/20240101_add_gift_note.rb", True),
        ("shop/migrations/0002_gift_note.py", True),
        ("alembic/versions/ab12_gift.py", True),
        ("server/migrations/2024-note.js", True),
        ("src/main/resources/db/migration/V2__note.sql", True),
        ("shop/migrations/__init__.py", False),
        ("app/migrations/index.html", False),
        ("app/migration.py", False),
        ("birds/migration/readme.md", False),
    ],
)
def test_migrations_are_told_apart(path: str, step: bool) -> None:
    assert is_migration(path) is step


def test_languages_by_extension() -> None:
    assert [language_of(path) for path in ("a.py", "b.TSX", "c.cs", "Makefile", "x/.rb")] == [
        "python", "tsx", "c#", "", "ruby",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (b"// Code generated by protoc-gen-go. DO NOT EDIT.\npackage shop\n", True),
        (b"# @generated by tool\nx = 1\n", True),
        (b"/*\n * This file was generated automatically\n */\n", True),
        (b"<!-- AUTO-GENERATED -->\n<p>", True),
        (b"x=1;" * 5_000, True),
        (b"def report():\n    return 'generated by hand'\n", False),
        (b"# The order number is generated once per order.\n", False),
        (b'"""Gift notes."""\n\nDO_NOT_EDIT = True\n', False),
        (b"x = 1\n" * 10_000, False),
        (b"", False),
    ],
)
def test_a_file_says_that_a_tool_wrote_it(text: bytes, made: bool) -> None:
    assert generated_by(text) is made


# --- parts -----------------------------------------------------------------------------------

SHOP = [
    *(f"services/checkout/{name}.py" for name in "cart pay order total note".split()),
    *(f"services/shipping/{name}.py" for name in "label parcel courier".split()),
    "services/shipping/src/deep/way/route.py",
    *(f"libs/money/{name}.py" for name in "amount rate tax".split()),
    "app.py",
]


def seats(components: tuple[Component, ...], paths: list[str]) -> dict[str, str | None]:
    files = tuple(SourceFile(path, "", 1, Role.PRODUCT) for path in sorted(paths))
    codebase = Codebase("c", files, components)
    return {path: codebase.seat(path) for path in paths}


def test_a_small_repository_has_few_parts() -> None:
    assert [one.key for one in split(SHOP)] == ["", "libs/money", "services/checkout", "services/shipping"]
    assert [one.key for one in split(["a.py", "b/c.py"])] == [""]
    assert split([]) == ()


def test_what_is_declared_comes_first() -> None:
    said = (
        Declared(("services/shipping",), Source.DEPLOYED, ComponentKind.SERVICE),
        Declared(("services/shipping",), Source.MANIFEST, ComponentKind.PACKAGE, "ship-it"),
        Declared(("libs/money", "app.py"), Source.SETTINGS, None, "Money", "money", ("@omar",), ("prices",)),
        Declared(("services",), Source.OWNERS),
        Declared(("gone",), Source.MANIFEST),
    )
    parts = {one.key: one for one in split(SHOP, said)}
    assert parts["services/shipping"].kind is ComponentKind.SERVICE
    assert parts["services/shipping"].name == "ship-it"
    money = parts["money"]
    assert (money.name, money.owners, money.says, money.files) == ("Money", ("@omar",), ("prices",), 4)
    assert "gone" not in parts
    assert seats(tuple(parts.values()), SHOP)["app.py"] == "money"


def test_what_people_declared_is_never_cut_and_what_manifests_declare_is() -> None:
    big = [f"core/part{n % 6}/file{n}.py" for n in range(120)]
    whole = split(big, [Declared(("core",), Source.SETTINGS), Declared(("core/part1",), Source.MANIFEST)])
    assert [one.key for one in whole] == ["core"]
    cut = split(big, [Declared(("core",), Source.MANIFEST, ComponentKind.PACKAGE)])
    assert len(cut) == 6


def test_a_glossary_name_does_not_freeze_a_folder() -> None:
    big = [f"core/part{n % 6}/file{n}.py" for n in range(120)]
    named = [Declared(("core/part2",), Source.NAMED, name="Gift notes", says=("greeting",))]
    part = next(one for one in split(big, named) if one.key == "core/part2")
    assert (part.name, part.says) == ("Gift notes", ("greeting",))


def test_a_monorepo_stays_readable() -> None:
    paths = [f"packages/p{n}/src/file{k}.ts" for n in range(300) for k in range(1 + n % 9)]
    said = [Declared((f"packages/p{n}",), Source.MANIFEST, ComponentKind.PACKAGE) for n in range(300)]
    parts = split(paths, said)
    assert len(parts) <= MOST
    assert None not in seats(parts, paths).values()
    assert (
        min(one.files for one in parts if one.kind is ComponentKind.PACKAGE) >= 7
    )  # the small ones were merged


def test_folders_that_only_file_things_are_walked_through() -> None:
    deep = "src/main/java/org/shop/"
    paths = [f"{deep}{part}/C{n}.java" for part in ("cart", "pay", "tax") for n in range(20)]
    assert [one.key for one in split(paths)] == [deep + "cart", deep + "pay", deep + "tax"]
    assert [one.name for one in split(paths)] == ["Cart", "Pay", "Tax"]


def test_migrations_of_each_module_stay_with_it_and_one_folder_of_them_is_a_part() -> None:
    each = [
        f"shop/{app}/{kind}/f{n}.py"
        for app in ("cart", "pay", "tax")
        for kind in ("migrations", "views")
        for n in range(15)
    ]
    assert not [one for one in split(each) if one.key.endswith("migrations")]
    one = [f"server/migrations/{n}.js" for n in range(30)] + [f"server/models/{n}.js" for n in range(30)]
    assert "server/migrations" in [part.key for part in split(one)]


folders = st.sampled_from(
    ["app", "app/models", "lib/a", "lib/a/b", "src", "src/x/y/z", "services/pay", "", "web"]
)
paths_of = st.lists(st.tuples(folders, st.integers(0, 60)), max_size=300).map(
    lambda many: sorted({f"{folder}/f{n}.py".lstrip("/") for folder, n in many})
)
sources = st.lists(
    st.builds(Declared, st.lists(folders, min_size=1, max_size=2).map(tuple), st.sampled_from(Source)),
    max_size=5,
)


@given(paths_of, sources)
def test_every_file_has_one_seat_and_the_counts_agree(paths: list[str], said: list[Declared]) -> None:
    parts = split(paths, said)
    found = seats(parts, paths)
    assert None not in found.values()
    assert len({one.name.casefold() for one in parts if one.name}) == len(parts)
    for one in parts:
        assert one.name and one.files == list(found.values()).count(one.key), one
    assert [one.key for one in parts] == sorted({one.key for one in parts})


@pytest.mark.parametrize("roots", [("app", ""), ("app", "app"), ("", "app"), ("gone", "app")])
def test_roots_that_overlap_or_are_gone_break_nothing(roots: tuple[str, ...]) -> None:
    (part,) = split(["app/f0.py"], [Declared(roots, Source.SETTINGS)])
    assert part.files == 1 and len(set(part.roots)) == len(part.roots)


def test_fifty_thousand_files_are_cut_in_a_moment() -> None:
    paths = [f"d{n % 40}/e{n % 7}/f{n % 11}/file{n}.py" for n in range(50_000)]
    start = perf_counter()
    parts = split(paths)
    assert 15 <= len(parts) <= MOST
    assert perf_counter() - start < 2.0


def test_past_paths_take_a_seat_where_it_is_sure() -> None:
    parts = (
        Component("", "Top-level files", ComponentKind.FOLDER, ("",)),
        Component("app", "App", ComponentKind.FOLDER, ("app",)),
        Component("app/cart", "Cart", ComponentKind.FOLDER, ("app/cart",)),
    )
    files = tuple(
        SourceFile(path, "", 1, Role.PRODUCT) for path in ("app/cart/a.py", "app/small/b.py", "main.py")
    )
    codebase = Codebase("c", files, parts)
    assert codebase.seat("app/cart/old/gone.py") == "app/cart"  # nothing was cut out of the cart
    assert codebase.seat("app/small/gone.py") == "app"
    assert codebase.seat("app/gone.py") == "app"
    assert codebase.seat("app/removed/x.py") is None  # which of the parts it was, nobody can tell
    assert codebase.seat("removed/x.py") is None
    assert codebase.seat("old.py") == ""
    assert Codebase("c", (), (parts[2],)).seat("x.py") is None
    assert codebase.by_key["app"].name == "App"


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("services/order_api", "Order api"),
        ("", "Top-level files"),
        ("src", "Src"),
        ("Shop.Backend/Shop.Backend/Models", "Shop backend models"),
        ("app/Http/Controllers/Chart", "Chart controllers"),
        ("wagtail/admin/templates/admin/pages", "Admin pages templates"),
        ("app/models/OAuth", "OAuth"),
        ("lib/GiftNotes.py", "Gift notes"),
        ("tokio/src/io", "Io"),
        ("API", "API"),
        ("!!", "!!"),
    ],
)
def test_a_key_becomes_a_name_that_people_say(key: str, name: str) -> None:
    assert names([key])[key] == name


def test_names_tell_folders_of_one_name_apart() -> None:
    keys = ["app/cart/views", "app/mail/views", "core/search", "admin/search", "x/a_b", "x/a-b"]
    said = names(keys)
    assert [said[key] for key in keys[:4]] == ["Cart views", "Mail views", "Core search", "Admin search"]
    assert len(set(said.values())) == len(keys)
    assert names(["core"], {"core"})["core"] == "Core (rest)"
    assert spoken("HTTPServer2") == "HTTP server2"
    assert is_common("Utils") and not is_common("checkout")


@given(st.lists(st.text(st.characters(exclude_characters="\0"), max_size=40), unique=True, max_size=30))
def test_names_are_never_empty_and_never_twice_the_same(keys: list[str]) -> None:
    said = names(keys)
    assert said.keys() == set(keys)
    assert all(said.values())
    assert len(set(said.values())) == len(keys)


# --- owners ----------------------------------------------------------------------------------

OWNERS = """
# who looks after what
*                  @shop/all
/services/checkout/  @priya @emil  # and nobody else
docs/*             docs@shop.example
*.sql              @shop/data
/libs/**/money     @omar
/build/
[Shipping] @shop/ship
/services/shipping
my\\ folder/       @x
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("readme.md", ("@shop/all",)),
        ("services/checkout/cart/a.py", ("@priya", "@emil")),
        ("old/services/checkout/a.py", ("@shop/all",)),
        ("docs/a.md", ("docs@shop.example",)),
        ("docs/deep/a.md", ("@shop/all",)),
        ("deep/down/x.sql", ("@shop/data",)),
        ("libs/a/b/money/tax.py", ("@omar",)),
        ("libs/money/tax.py", ("@omar",)),
        ("services/shipping/a.py", ("@shop/ship",)),
        ("my folder/a", ("@x",)),
    ],
)
def test_the_last_rule_that_fits_names_the_owners(path: str, owners: tuple[str, ...]) -> None:
    assert owners_of(rules(OWNERS), [("part", [path])]) == {"part": owners}


def test_a_line_without_owners_takes_them_away() -> None:
    assert owners_of(rules(OWNERS), [("build", ["build/a.sh"])]) == {}


def test_owners_need_most_of_the_files() -> None:
    ruled = rules("/a @one\n/b @two\n")
    assert owners_of(ruled, [("x", ["a/1", "b/1"]), ("y", ["a/1", "a/2", "b/1"])]) == {"y": ("@one",)}


def test_folders_that_rules_name() -> None:
    said = ["/services/checkout/", "libs/money/**", "docs", "*.sql", "/a/*/b", "/"]
    assert [Rule(pattern, ("@x",)).folder for pattern in said] == [
        "services/checkout",
        "libs/money",
        "",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "anything", True), ("a*c", "abbbc", True), ("a*c", "abbbd", False), ("?.py", "a.py", True),
        ("?.py", ".py", False), ("*.min.*", "a.min.js", True), ("a**b", "ab", True), ("", "", True),
        ("a", "", False),
    ],
)  # fmt: skip
def test_a_segment_fits_a_pattern(pattern: str, text: str, fits: bool) -> None:
    assert segment_fits(pattern, text) is fits


def test_a_hostile_codeowners_file_costs_no_time() -> None:
    bomb = "/".join(["*a*a*a*a*b"] * 20)
    text = "\n".join(["/**/" * 60 + "x @me", f"/{bomb} @me", "*" * 400 + "b @me"] * 300)
    path = "/".join(["a" * 60] * 30)
    start = perf_counter()
    owners_of(rules(text), [(str(n), [path] * 20) for n in range(80)])
    assert perf_counter() - start < 5.0
    assert len(rules("x @y\n" * 20_000)) == 5_000
    assert rules("a" * 600 + " @x") == ()


def test_services_and_packages_are_parts_by_convention() -> None:
    parts = split(["services/slips/a.py", "services/returns/b.py", "packages/ui/c.ts", "libs/tax/d.py"])
    assert {one.key: one.kind.value for one in parts} == {
        "services/slips": "service",
        "services/returns": "service",
        "packages/ui": "package",
        "libs/tax": "library",
    }
    assert {one.name for one in parts} == {"Slips", "Returns", "Ui", "Tax"}


def test_a_repository_that_says_its_parts_is_cut_no_finer_until_they_are_large() -> None:
    said = [Declared((f"{one}",), Source.DEPLOYED) for one in ("gateway", "visits", "vets")]
    screens = [f"gateway/static/{page}/{number}.js" for page in ("owners", "pets") for number in range(20)]
    services = [f"{one}/main/{number}.java" for one in ("visits", "vets") for number in range(9)]
    assert {one.key for one in split([*screens, *services], said)} == {"gateway", "visits", "vets"}
    assert {one.key for one in split([*screens, *services], said[:1])} > {"gateway/static/owners"}
    large = [f"gateway/static/{page}/{number}.js" for page in ("owners", "pets") for number in range(50)]
    assert {one.key for one in split([*large, *services], said)} > {"gateway/static/owners"}


def test_services_are_called_as_those_who_work_on_them_call_them() -> None:
    family = [f"spring-petclinic-{one}" for one in ("visits-service", "vets-service", "api-gateway", "admin")]
    assert list(names(family).values()) == ["Visits service", "Vets service", "Api gateway", "Admin"]
    below = names([*family, f"{family[0]}/web"])
    assert below[f"{family[0]}/web"] == "Visits service web" or below[f"{family[0]}/web"] == "Web"
    few = family[:2]
    assert list(names(few).values()) == ["Spring petclinic visits service", "Spring petclinic vets service"]
    headed = [*family, "spring-petclinic"]
    assert names(headed)[family[0]] == "Spring petclinic visits service"
    assert (spoken("checkoutservice"), spoken("microservice")) == ("checkout service", "microservice")
