"""The steps go up, down and up on a populated register, on both engines, and end where the models say."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from app.store import guards
from app.store.models import Base
from app.store.schema import MIGRATIONS, downgrade, prepare, revisions, upgrade
from tests.store.registers import populate


def test_the_program_knows_the_steps_that_alembic_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    walked = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(walked)) == revisions()


def test_the_configuration_for_developers_finds_the_same_steps() -> None:
    config = Config(str(MIGRATIONS.parent / "alembic.ini"))
    assert Path(ScriptDirectory.from_config(config).dir) == MIGRATIONS


def test_models_equal_steps(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [
            difference for difference in compare_metadata(context, Base.metadata) if not _version_table(difference)
        ]
    assert found == []


def _version_table(difference: object) -> bool:
    return "alembic_version" in str(difference)


def test_constraints_of_the_models_are_those_of_the_steps(owner_engine: Engine) -> None:
    """Alembic compares neither CHECKs nor exclusions nor partial indexes, so ask a database that the models make."""
    engine = owner_engine
    made = _constraints(engine)
    if engine.dialect.name == "sqlite":
        other = create_engine("sqlite://")
        Base.metadata.create_all(other)
        assert made == _constraints(other)
        return
    with engine.connect() as connection:
        connection.execute(text("CREATE SCHEMA twin"))
        connection.execute(text("SET LOCAL search_path TO twin, public"))
        Base.metadata.create_all(connection, checkfirst=False)
        assert made == _postgresql_constraints(connection, "twin")


def _constraints(engine: Engine) -> dict[str, object]:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return _postgresql_constraints(connection, "public")
    looking = inspect(engine)
    with engine.connect() as connection:
        indexes = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''"))
        found: dict[str, object] = dict(tuple(row) for row in indexes)
    for name in set(looking.get_table_names()) - {"alembic_version"}:
        found[name] = (
            sorted(f"{check['name']} {check['sqltext']}" for check in looking.get_check_constraints(name)),
            sorted(str(key["name"]) for key in looking.get_foreign_keys(name)),
            looking.get_pk_constraint(name),
            sorted((column["name"], column["nullable"]) for column in looking.get_columns(name)),
        )
    return found


def _postgresql_constraints(connection: Connection, schema: str) -> dict[str, object]:
    query = text(
        "SELECT conrelid::regclass::text || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = CAST(CAST(:schema AS text) AS regnamespace) AND conrelid <> 0 "
        "UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = CAST(:schema AS text)"
    )
    told = {name: said for name, said in connection.execute(query, {"schema": schema}) if "alembic" not in name}
    return {_unqualified(name): _unqualified(said) for name, said in told.items()}


def _unqualified(said: str) -> str:
    return said.replace("twin.", "").replace("public.", "")


def test_guards_in_the_database_are_those_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        assert guards.present(connection) == guards.expected(connection)


def test_up_down_up_on_a_populated_register(own_engine: Engine) -> None:
    engine = own_engine
    populate(engine)
    for below in (*reversed(revisions()[:-1]), "base"):
        with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
            downgrade(connection, below)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    prepare(engine)
    populate(engine)


def test_each_step_up_is_taken_alone(empty_engine: Engine) -> None:
    for step in revisions():
        with empty_engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
            upgrade(connection, step)
    prepare(empty_engine)
    populate(empty_engine)


@pytest.mark.parametrize("step", revisions())
def test_a_step_says_what_it_makes(step: str) -> None:
    file = next((MIGRATIONS / "versions").glob(f"{step}_*.py"))
    assert file.read_text(encoding="utf-8").startswith('"""')
