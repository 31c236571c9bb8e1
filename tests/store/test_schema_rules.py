"""The rules that let the same schema be distributed by county, held over the models and over the steps as SQL."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    CheckConstraint,
    Constraint,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

import app
from app.domain.vocabulary import SECTIONS
from app.store import facts
from app.store.guards import grants, guarded, postgresql_functions
from app.store.models import Base, Stretch
from app.store.schema import MIGRATIONS

TABLES = list(Base.metadata.tables.values())
BUSINESS = [table for table in TABLES if table.info.get("kind") == "business"]
LONGEST = 63 - 8 - 1


def names(table: Table) -> list[str]:
    items: list[Constraint | Index] = [*table.constraints, *table.indexes]
    return [str(item.name) for item in items]


def test_every_table_says_its_kind() -> None:
    assert {table.info.get("kind") for table in TABLES} <= {"business", "reference", "local"}
    assert len(BUSINESS) >= 25
    assert guarded() == [table for table in Base.metadata.sorted_tables if table in BUSINESS]


@pytest.mark.parametrize("table", BUSINESS, ids=str)
def test_county_is_plain_text_first_in_the_key(table: Table) -> None:
    county = table.columns["county"]
    assert type(county.type) is Text
    assert county.type.collation is None
    assert not county.nullable
    assert county.server_default is None
    assert next(iter(table.primary_key.columns)) is county
    assert f"ck_{table.name}_county" in names(table)


@pytest.mark.parametrize("table", BUSINESS, ids=str)
def test_what_is_unique_begins_with_the_county(table: Table) -> None:
    unique: list[list[str]] = [list(table.primary_key.columns.keys())]
    unique += [list(item.columns.keys()) for item in table.constraints if isinstance(item, UniqueConstraint)]
    unique += [list(index.columns.keys()) for index in table.indexes if index.unique]
    assert {columns[0] for columns in unique} == {"county"}
    for item in table.constraints:
        if isinstance(item, ExcludeConstraint):
            assert next((name, operator) for _, name, operator in item._render_exprs) == ("county", "=")


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_foreign_keys_stay_within_the_county(table: Table) -> None:
    for key in table.constraints:
        if not isinstance(key, ForeignKeyConstraint):
            continue
        there = key.referred_table
        pairs = [(element.parent.name, element.column.name) for element in key.elements]
        if table.info["kind"] == "business":
            assert there.info["kind"] in ("business", "reference")
        else:
            assert there.info["kind"] in ("reference", table.info["kind"])
        if there.info["kind"] == "business":
            assert pairs[0] == ("county", "county")
        assert key.onupdate is None
        assert key.ondelete in (None, "RESTRICT")
        assert not key.deferrable
        assert key.initially is None


def test_names_are_given_short_and_told_apart_without_their_ending() -> None:
    every = [name for table in TABLES for name in (table.name, *names(table))]
    assert "None" not in every
    assert [name for name in every if len(name.encode()) > LONGEST] == []
    assert [name for name in every if re.search(r"_\d+$", name)] == []
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("table", BUSINESS, ids=str)
def test_the_database_makes_no_numbers(table: Table) -> None:
    for column in table.columns:
        assert column.identity is None
        assert column.server_default is None
        assert not isinstance(column.default, str)
    assert table.autoincrement_column is None


@pytest.mark.parametrize("table", BUSINESS, ids=str)
def test_every_constraint_is_of_a_kind_that_distributes(table: Table) -> None:
    kinds = (PrimaryKeyConstraint, ForeignKeyConstraint, UniqueConstraint, CheckConstraint, ExcludeConstraint)
    assert [item for item in table.constraints if not isinstance(item, kinds)] == []


def test_every_field_of_the_vocabulary_has_one_home() -> None:
    assert set(facts.HOMES) == {(section, name) for section, fields in SECTIONS.items() for name in fields}


def test_every_temporal_table_may_only_be_superseded() -> None:
    said = grants("clerk")
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Stretch):
            name = mapper.local_table.name  # type: ignore[attr-defined]
            assert f'GRANT UPDATE (superseded_by) ON {name} TO "clerk"' in said
            assert f'GRANT INSERT ON {name} TO "clerk"' in said
    assert [line for line in said if "DELETE" in line or "TRUNCATE" in line or "ALL" in line.split()] == []


def test_guards_ask_no_table_and_take_off_a_shards_number() -> None:
    for ddl in postgresql_functions().values():
        assert not re.search(r"\b(select|from|perform|execute)\b", ddl.replace("LANGUAGE", ""), re.IGNORECASE)
        assert r"regexp_replace(TG_TABLE_NAME, '_\d+$', '')" in ddl


@pytest.fixture(scope="module")
def sql() -> list[str]:
    """`alembic upgrade head --sql`, statement by statement."""
    output = io.StringIO()
    config = Config(output_buffer=output)
    config.set_main_option("script_location", str(MIGRATIONS))
    command.upgrade(config, "head", sql=True)
    plain = re.sub(r"^--.*$", "", output.getvalue(), flags=re.MULTILINE)
    whole = re.split(r";\s*\n", plain)
    return [" ".join(statement.split()) for statement in whole if statement.strip()]


def test_the_steps_are_one_transaction(sql: list[str]) -> None:
    assert (sql[0], sql[-1]) == ("BEGIN", "COMMIT")
    assert sql.count("BEGIN") == 1


def test_on_postgresql_tables_are_made_bare(sql: list[str]) -> None:
    made = [statement for statement in sql if statement.startswith("CREATE TABLE")]
    assert len(made) == len(TABLES) + 1
    assert [statement for statement in made if "REFERENCES" in statement] == []


def test_on_postgresql_constraints_are_added_one_by_one_and_by_name(sql: list[str]) -> None:
    added = [statement for statement in sql if statement.startswith("ALTER TABLE")]
    assert added
    walls = [statement for statement in added if statement.endswith(" ROW LEVEL SECURITY")]
    for statement in set(added) - set(walls):
        assert re.match(r"ALTER TABLE \w+ ADD CONSTRAINT \w+ (FOREIGN KEY|EXCLUDE)", statement)
        assert len(re.findall(r"\bADD\b", statement)) == 1


def test_each_table_is_made_then_indexed_then_bound_then_guarded(sql: list[str]) -> None:
    ranks = (
        (r"CREATE TABLE (\w+)", 0),
        (r"CREATE (?:UNIQUE )?INDEX \w+ ON (\w+)", 1),
        (r"ALTER TABLE (\w+) ADD CONSTRAINT \w+ EXCLUDE", 2),
        (r"ALTER TABLE (\w+) ADD CONSTRAINT \w+ FOREIGN KEY", 3),
        (r"CREATE TRIGGER \w+ BEFORE [A-Z ]+ ON (\w+)", 4),
    )
    order: dict[str, list[int]] = {}
    for statement in sql:
        for pattern, rank in ranks:
            if found := re.match(pattern, statement):
                of = order.setdefault(found[1], [])
                # An index that a later step adds to a table that stands is no part of its making.
                of += [rank] if rank != 1 or 4 not in of else []
    assert {table.name for table in TABLES} <= set(order)
    assert {name: ranks for name, ranks in order.items() if ranks != sorted(ranks)} == {}
    assert [table.name for table in BUSINESS if order[table.name].count(4) != 2] == []


def test_each_table_is_walled_when_it_is_guarded_and_by_one_statement_each(sql: list[str]) -> None:
    """A distributed table takes policies, but none with a subquery in it, and the owner is held by FORCE alone."""
    for table in BUSINESS:
        of = rf"^ALTER TABLE {table.name} .*ROW LEVEL SECURITY$|^CREATE POLICY \w+ ON {table.name} "
        wall = [one for one in sql if re.search(of, one)]
        assert [re.sub(rf" {table.name}\b.*?(ENABLE|FORCE|$)", r" \1", one).strip() for one in wall] == [
            "CREATE POLICY within_county ON",
            "ALTER TABLE ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE FORCE ROW LEVEL SECURITY",
        ]
        last = max(at for at, one in enumerate(sql) if re.match(rf"CREATE TRIGGER \w+ .* ON {table.name} ", one))
        assert last < sql.index(wall[0])
    policies = [one for one in sql if one.startswith("CREATE POLICY")]
    assert len(policies) == len(BUSINESS)
    assert [one for one in policies if re.search(r"\bSELECT\b", one)] == []


def test_the_steps_hold_nothing_that_a_distributed_table_refuses(sql: list[str]) -> None:
    refused = (
        r"RENAME CONSTRAINT|ON UPDATE|ON DELETE|SET NULL|SET DEFAULT|DEFERRABLE|\bSERIAL\b|BIGSERIAL|\bIDENTITY\b"
        r"|NEXTVAL|CREATE SEQUENCE"
    )
    assert [statement for statement in sql if re.search(refused, statement, re.IGNORECASE)] == []
    assert [statement for statement in sql if re.search(r"county VARCHAR|county CHAR", statement)] == []


def test_no_query_is_of_a_form_that_shards_refuse() -> None:
    root = Path(app.__file__).parent
    for path in (*root.rglob("*.py"), *MIGRATIONS.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        assert "pg_advisory" not in code, path
        assert not re.search(r"\b(rollup|cube|grouping_sets)\(|recursive=True", code), path
        for found in re.finditer(r"with_for_update", code):
            assert ".county == county" in code[max(0, found.start() - 200) : found.start()], path
