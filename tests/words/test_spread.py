"""Spread: how far an idea reaches against what is usual here."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from histories import active, every
from hypothesis import given
from hypothesis import strategies as st

from colead.activity import Activity
from colead.codebase import Boundary, ComponentKind, boundary_of
from colead.evidence import Coverage, Figure, Ledger, State
from colead.spread import Past, Spread, expected_parts, spread
from colead.spread.reach import is_told, more_than, reach_of
from colead.touch import Once, Touch, Touches

KEYS = ("s/a", "s/b", "s/c", "s/d")


def touch(key: str, chance: float, kind: ComponentKind = ComponentKind.SERVICE) -> Touch:
    figure = Figure(chance, "T01-1")
    return Touch("shop", key, key, kind, figure, (), (), False, "", "")


def ranked(
    activity: Activity, *chances: float, alike: str = "", files: dict[str, float] | None = None
) -> Touches:
    """Odds of the first parts, which landings are alike by a word of their title, and odds of files."""
    every_part = dict.fromkeys(activity.components, 0.0) | dict(zip(KEYS, chances, strict=False))
    product = [one.path for one in activity.codebase.product]
    titles = [one.title for one in activity.history.landings]
    return Touches(
        tuple(touch(key, chance) for key, chance in zip(KEYS, chances, strict=False) if chance >= 0.3),
        (),
        Coverage("touches", State.FINDING, ""),
        every_part,
        once=Once(
            np.array([(files or {}).get(path, 0.0) for path in product]),
            np.array(list(every_part.values())),
            np.array([float(bool(alike) and alike in title) for title in titles]),
        ),
    )


def told(
    activity: Activity, *chances: float, alike: str = "", files: dict[str, float] | None = None
) -> tuple[Spread | None, Coverage]:
    found = ranked(activity, *chances, alike=alike, files=files)
    return spread(found, activity, shown=found.components, ledger=Ledger(), repository="shop")


def spread_of(activity: Activity, *chances: float, alike: str = "") -> Spread:
    found, coverage = told(activity, *chances, alike=alike)
    assert found is not None
    assert coverage.state is State.FINDING
    return found


def shop(narrow: int, wide: int) -> Activity:
    return active(
        every(2, narrow, "Small | s/a/x.py") + every(2, wide, "Large | s/a/x.py s/b/x.py s/c/x.py s/d/x.py")
    )


class TestParts:
    def test_an_idea_like_wide_changes_reaches_further_than_usual(self) -> None:
        found = spread_of(shop(40, 8), 0.95, 0.9, 0.9, alike="Large")
        assert found.sentence == "about 4 parts, 3 of them named here; 8 in 10 changes here touch 1."
        assert found.wide
        assert (found.usual_parts, found.usual.value) == (1, 40 / 48)

    def test_an_idea_like_small_changes_does_not(self) -> None:
        found = spread_of(shop(40, 8), 0.9, alike="Small")
        assert found.sentence == "about 1 service; 8 in 10 changes here touch 1."
        assert not found.wide

    def test_several_that_are_likely_one_by_one_are_not_likely_together(self) -> None:
        found = spread_of(shop(40, 8), 0.7, 0.6, 0.5, alike="Small")
        assert found.sentence.startswith("about 1 of these 3 services;")

    def test_more_than_those_shown_add_up_to_is_told_of_all(self) -> None:
        found = spread_of(shop(20, 20), 0.4, 0.4, 0.4, alike="nothing like it")
        assert found.sentence.startswith("about 2 parts in all;")

    def test_a_folder_among_services_makes_them_parts(self) -> None:
        past = shop(40, 8)
        found = ranked(past, 0.95, 0.4, alike="Small")
        shown = (touch("s/a", 0.9), touch("s/b", 0.4, ComponentKind.FOLDER))
        said, _ = spread(found, past, shown=shown, ledger=Ledger(), repository="shop")
        assert said is not None
        assert said.sentence.startswith("about 1 of these 2 parts;")

    def test_where_wide_changes_are_usual_three_parts_are_not_wide(self) -> None:
        found = spread_of(shop(20, 20), 0.9, 0.9, 0.9)
        assert not found.wide
        assert found.sentence.endswith("changes here touch at most 4.")

    def test_more_likely_parts_and_wider_likes_are_more_parts(self) -> None:
        past = shop(40, 8)
        chances = [(0.2,), (0.8,), (0.8, 0.5), (0.9, 0.9, 0.9)]
        for alike in ("Small", "Large"):
            parts = [spread_of_any(past, chance, alike) for chance in chances]
            assert all(one < other for one, other in pairwise(parts))
        assert spread_of_any(past, (0.8,), "Small") < spread_of_any(past, (0.8,), "Large")

    def test_thirty_landings_are_needed(self) -> None:
        found, coverage = told(shop(29, 0), 0.8)
        assert found is None
        assert coverage.state is State.TOO_LITTLE
        assert told(shop(30, 0), 0.8)[0] is not None

    def test_no_touch_no_spread(self) -> None:
        found, coverage = told(shop(40, 0))
        assert (found, coverage.state) == (None, State.NOTHING)

    def test_where_its_record_is_poor_the_page_says_so_instead(self) -> None:
        past = shop(40, 8)
        found = ranked(past, 0.9)
        said, coverage = spread(
            found,
            past,
            shown=found.components,
            ledger=Ledger(),
            repository="shop",
            poor="3 expected, 1 came",
        )
        assert (said, coverage.state) == (None, State.TOO_LITTLE)
        assert "3 expected, 1 came" in coverage.note

    def test_work_of_several_changes_reaches_further_than_one(self) -> None:
        past = shop(40, 8)
        once = ranked(past, 0.5, alike="Small")
        more = replace(once, every=once.every | {"s/a": 0.8, "s/b": 0.3})
        parts = [reach_of(Past.of(past), one).parts for one in (once, more)]
        assert parts[1] - parts[0] == pytest.approx(0.6)

    def test_what_it_tells_is_what_a_backtest_holds_against_the_past(self) -> None:
        past = shop(40, 8)
        assert expected_parts(past, ranked(past, 0.9)) == spread_of(past, 0.9).parts.value
        young = shop(29, 0)
        assert expected_parts(young, ranked(young, 0.9)) == pytest.approx(0.9)

    def test_old_landings_are_not_counted(self) -> None:
        lines = every(2, 40, "Old | s/a/x.py s/b/x.py", start="2020-01-01") + every(2, 40, "New | s/a/x.py")
        assert spread_of(active(lines), 0.8).usual.value == 1.0

    def test_services_among_the_expected_parts_follow_their_odds(self) -> None:
        past = shop(40, 8)
        one, *rest = past.codebase.components
        code = replace(past.codebase, components=(replace(one, kind=ComponentKind.SERVICE), *rest))
        found = spread_of(replace(past, codebase=code), 0.8, 0.2, alike="Large")
        assert one.key == "s/a"
        assert found.services.value == pytest.approx(0.8 * found.parts.value)
        assert "of them services" in found.technical

    def test_the_evidence_is_what_is_alike(self) -> None:
        past, ledger = shop(40, 8), Ledger()
        found = ranked(past, 0.9, alike="Large")
        spread(found, past, shown=found.components, ledger=ledger, repository="shop")
        assert {one.title for one in ledger.rows[0].sources} == {"Large"}


def spread_of_any(past: Activity, chances: tuple[float, ...], alike: str) -> float:
    return reach_of(Past.of(past), ranked(past, *chances, alike=alike)).parts


def stored(*more: str) -> Activity:
    """Ten of 50 landings add a migration; they say so in their titles."""
    steps = [
        f"2026-0{1 + n // 5}-{10 + n} Store what buyers say | s/a/x.py +db/migrate/{n:04}_add.rb"
        for n in range(10)
    ]
    return active(every(2, 40, "Show it | s/a/x.py") + steps + list(more))


class TestCrossings:
    def test_an_idea_like_changes_of_the_schema_is_told(self) -> None:
        schema = spread_of(stored(), 0.9, alike="Store").crossings[0]
        assert (schema.boundary, schema.code, schema.told) == ("schema", "S02", True)
        assert schema.usual.value == 0.2
        assert schema.sentence == "more than 19 in 20 to change the database schema (usual: 2 in 10)."

    def test_an_idea_like_others_is_not_told_but_kept(self) -> None:
        found = spread_of(stored(), 0.9, alike="Show")
        schema = found.crossings[0]
        assert not schema.told
        assert schema.chance.value < 0.05
        assert "schema p = 0.00 (usual 0.20)" in found.technical

    def test_what_resembles_nothing_is_as_usual_here(self) -> None:
        schema = spread_of(stored(), 0.9).crossings[0]
        assert not schema.told
        assert schema.chance.value == pytest.approx(0.2, abs=0.1)

    def test_where_nothing_of_the_kind_changed_nothing_is_said(self) -> None:
        assert spread_of(shop(40, 8), 0.9).crossings == ()

    def test_two_changes_of_an_interface_are_too_few(self) -> None:
        routes = [f"2026-03-0{day} Route | config/routes.rb" for day in (1, 2, 3)]
        assert [one.boundary for one in spread_of(stored(*routes[:2]), 0.9).crossings] == ["schema"]
        assert [one.code for one in spread_of(stored(*routes), 0.9).crossings] == ["S02", "S03"]

    def test_a_likely_file_makes_its_interface_likelier(self) -> None:
        routes = [f"2026-03-0{day} Route | config/routes.rb" for day in (1, 2, 3)]
        past = stored(*routes)
        likely, _ = told(past, 0.9, files={"config/routes.rb": 0.9})
        unlikely, _ = told(past, 0.9)
        assert likely is not None
        assert unlikely is not None
        assert likely.crossings[1].chance.value > unlikely.crossings[1].chance.value

    def test_models_say_the_schema_only_where_nothing_else_does(self) -> None:
        models = [f"2026-03-0{day} Keep | src/entity/Order.java" for day in (1, 2, 3)]
        past = Past.of(active(every(2, 40, "Show it | s/a/x.py") + models))
        assert past.crossed(Boundary.SCHEMA).sum() == 3
        assert Past.of(stored(*models)).crossed(Boundary.SCHEMA).sum() == 10

    @pytest.mark.parametrize(
        ("chance", "usual", "said"),
        [(0.5, 0.5, True), (0.49, 0.3, False), (0.3, 0.15, True), (0.3, 0.16, False), (0.29, 0.01, False)],
    )
    def test_only_what_is_likely_or_clearly_above_usual_is_told(
        self, chance: float, usual: float, said: bool
    ) -> None:
        assert is_told(chance, usual) is said


@given(st.lists(st.floats(0, 1), max_size=8), st.integers(0, 8))
def test_more_than_counts_like_all_cases_would(chances: list[float], count: int) -> None:
    kept = [one for one in chances if one > 0.001]
    cases = [([], 1.0)]
    for one in kept:
        cases = [
            ([*so, hit], odds * (one if hit else 1 - one)) for so, odds in cases for hit in (True, False)
        ]
    wanted = sum(odds for hits, odds in cases if sum(hits) > count)
    assert more_than(np.array(chances), count) == pytest.approx(wanted, abs=1e-9)


SCHEMAS = """
db/migrate/20250101120000_create_notes.rb
db/post_migrate/20250101120000_drop.rb
engines/pay/db/migrate/2025_x.rb
db/schema.rb
db/structure.sql
db/queue_schema.rb
alembic/versions/fd4fc850d7ea_.py
app/migrations/versions/abc_add.py
shop/orders/migrations/0001_initial.py
shop/orders/migrations/0002_auto.py
prisma/schema.prisma
packages/prisma/migrations/20230404_init/migration.sql
src/main/resources/db/migration/V2__add_tax.sql
src/main/resources/db/migration/R__views.sql
src/main/java/db/migration/V3_1__Move.java
Shop.Data/Migrations/20240101120000_AddNote.cs
Shop.Data/Migrations/20240101120000_AddNote.Designer.cs
Shop.Data/Migrations/ShopContextModelSnapshot.cs
priv/repo/migrations/20240101_add_notes.exs
database/migrations/2014_10_12_000000_create_users_table.php
migrations/Version20240101120000.php
migrations/m150101_185401_notes.php
server/migrations/20160619080644-initial.js
server/store/migrations/000001_init.up.sql
src/migrations/1700000000000-Notes.ts
Sources/App/Migrations/CreateNote.swift
db/changelog/db.changelog-1.0.xml
schema.sql
dao/src/main/resources/sql/schema-entities.sql
src/db/schema.ts
ent/schema/note.go
docs.dbml
core/src/Order.hbm.xml
"""
INTERFACES = """
openapi.yaml
api/swagger.json
docs-api/openapi-v2.yml
asyncapi.yaml
proto/shop.proto
events/order_placed.avsc
idl/shop.thrift
service.wsdl
schema.graphql
saleor/graphql/schema.graphql
src/schema/order.graphqls
graph/schema/order.gql
events/order.schema.json
schemas/order-placed.json
config/routes.rb
config/routes/admin.rb
conf/routes
shop/urls.py
shop/api/serializers.py
shop/api/views.py
routes/api.php
routes/web.php
lib/shop_web/router.ex
app/controllers/api/v2/orders_controller.rb
app/Api/V1/Controllers/OrderController.php
server/routes/api/orders/orders.ts
server/api/orders.go
packages/back-end/src/api/orders/post.ts
Shop.Backend/API/OrdersController.cs
apps/web/app/api/orders/route.ts
src/flask/__init__.py
celery/__init__.py
packages/cart/src/index.ts
packages/cart/index.js
tokio/src/lib.rs
types/index.d.ts
client.d.ts
okhttp/api/okhttp.api
include/leveldb/c.h
projects/ui-kit/src/public-api.ts
"""
MODELS = """
src/order/order.entity.ts
src/main/java/shop/OrderEntity.java
src/Entity/Order.php
Shop/Data/ShopDbContext.cs
domain/entities/Order.kt
"""
NEITHER = """
README.md
app.py
src/index.ts
src/main.rs
src/shop/orders/__init__.py
shop/orders/migrations/__init__.py
lib/active_record/migration/command_recorder.rb
src/Illuminate/Database/Migrations/Migrator.php
src/migration/Runner.ts
script/migrations/20250924-populate.rb
tests/migrations/0001_initial.py
spec/db/migrate/2025_x.rb
docs/openapi.yaml
docs/schema.sql
node_modules/pkg/index.d.ts
third_party/protobuf/any.proto
.github/schema.json
db/seeds.rb
db/seeds.sql
reports/queries/late.sql
sql/query_orders.sql
tests/fixtures/dump.sql
client/app/services/routes.ts
frontend/src/api/orders.ts
web/src/queries/order.graphql
app/routes/orders._index.tsx
src/vite-env.d.ts
src/typings/yazl.d.ts
frontend/src/types/order.d.ts
dist/index.d.ts
shop_pb.d.ts
proto/shop.pb.go
src/api.ts
app/views/orders.py
services/orders/order_service.go
deps/jemalloc/include/a.h
src/entities/EntityService.ts
src/entity/OrderRepository.java
package.json
tsconfig.json
liquibase/pom.xml
locale/de/schema.json.po
"""
MANY = {Boundary.SCHEMA: SCHEMAS, Boundary.INTERFACE: INTERFACES, Boundary.MODEL: MODELS, None: NEITHER}


@pytest.mark.parametrize(
    ("path", "wanted"), [(path, kind) for kind, paths in MANY.items() for path in paths.split()]
)
def test_a_boundary_is_told_by_its_path(path: str, wanted: Boundary | None) -> None:
    assert boundary_of(path) is wanted


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "//",
        "a" * 100_000,
        "a/" * 50_000,
        "migrations/" + "1" * 100_000,
        "db/migrate/" + "_" * 100_000 + ".rb",
        "api/" * 10_000 + "v1/x.py",
        "routes/\udcff\udc80.php",
        "migrations/\n0001_x.py\n",
        "." * 5_000,
        "entity/" + "A" * 50_000 + ".java",
    ],
)
def test_hostile_paths_are_answered(path: str) -> None:
    assert boundary_of(path) in (None, *Boundary)


@given(st.text(alphabet=st.sampled_from("abv1_-./ \udcff\n"), max_size=80))
def test_any_path_is_answered(path: str) -> None:
    assert boundary_of(path) in (None, *Boundary)
