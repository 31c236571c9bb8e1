"""What was recorded is neither rewritten nor removed: refused by triggers on both engines, and by a role's grants."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, Table, insert, text
from sqlalchemy.exc import DBAPIError

from app.store import changes
from app.store.engine import reading, unit
from app.store.guards import guarded
from app.store.models import OPEN, Base, Division
from app.store.temporal import Amendment, amend_all
from app.store.trouble import Kind, Trouble, trouble_of
from app.store.verification import verify
from tests.store.registers import COUNTY, LATER, facts_tables, populate, some_facts, subject_of


def refusal(engine: Engine, statement: str, **values: Any) -> Trouble:
    """What the database says to a statement that it must refuse."""
    with pytest.raises(DBAPIError) as refused, engine.begin() as connection:
        connection.execute(text(statement), values)
    return trouble_of(refused.value)


def test_nothing_is_removed_or_rewritten(engine: Engine, owner_engine: Engine) -> None:
    populate(engine)
    for table in guarded():
        said = Trouble(Kind.APPEND_ONLY, table.name)
        assert refusal(owner_engine, f"DELETE FROM {table.name}") == said
        for column in table.columns:
            if column.name not in later(table):
                assert refusal(owner_engine, f"UPDATE {table.name} SET {column.name} = {column.name}") == said
    with reading(engine) as session:
        assert verify(session) == []


def later(table: Table) -> tuple[str, ...]:
    head = ("number", "digest")
    own = {"change": ("contents", "digest"), "county_head": head, "audit_head": head}
    return own.get(table.name, ("superseded_by",))


def test_a_row_is_superseded_once(engine: Engine) -> None:
    populate(engine)
    said = Trouble(Kind.APPEND_ONLY, "enterprise_name")
    gone = f"superseded_by <> {OPEN}"
    assert refusal(engine, f"UPDATE enterprise_name SET superseded_by = 9 WHERE {gone}") == said
    assert refusal(engine, f"UPDATE enterprise_name SET superseded_by = {OPEN} WHERE {gone}") == said
    assert refusal(engine, f"UPDATE enterprise_name SET superseded_by = {OPEN}") == said


def test_a_change_is_sealed_once_and_a_head_only_goes_forward(engine: Engine) -> None:
    populate(engine)
    assert refusal(engine, "UPDATE change SET contents = 'x', digest = 'y'").constraint == "change"
    assert refusal(engine, "UPDATE county_head SET number = number - 1").constraint == "county_head"
    assert refusal(engine, "UPDATE county_head SET number = number + 2").constraint == "county_head"
    assert refusal(engine, "UPDATE county_head SET digest = 'x'").constraint == "county_head"


def test_nothing_is_replaced_or_truncated(engine: Engine, owner_engine: Engine) -> None:
    populate(engine)
    if engine.dialect.name == "sqlite":
        replaced = "INSERT OR REPLACE INTO enterprise (county, id, recorded_by) VALUES (:county, 'enterprise-1', 2)"
        with pytest.raises(DBAPIError, match="append only"), engine.begin() as connection:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            connection.execute(text(replaced), {"county": COUNTY})
    else:
        assert refusal(owner_engine, "TRUNCATE enterprise_name").constraint == "enterprise_name"


def test_two_open_stretches_on_one_day_are_refused(engine: Engine) -> None:
    populate(engine)
    table = Base.metadata.tables["enterprise_name"]
    row = {"county": COUNTY, "enterprise_id": "enterprise-1", "recorded_by": 2, "superseded_by": OPEN, "name": "又"}
    with pytest.raises(DBAPIError) as refused, engine.begin() as connection:
        connection.execute(insert(table), [{**row, "valid_from": date(2023, 1, 1), "valid_to": date(2024, 2, 1)}])
    assert trouble_of(refused.value) == Trouble(Kind.OVERLAP, "ex_enterprise_name_overlap")


def test_constraints_speak_by_name(engine: Engine, owner_engine: Engine) -> None:
    populate(engine)
    enterprise = "INSERT INTO enterprise (county, id, recorded_by) VALUES"
    spoken = {
        "INSERT INTO county_head VALUES ('4311', 0, '')": (Kind.CHECK, "ck_county_head_county"),
        "INSERT INTO county_head VALUES ('43112x', 0, '')": (Kind.CHECK, "ck_county_head_county"),
        "INSERT INTO division VALUES ('99', '某地', NULL, 'village')": (Kind.CHECK, "ck_division_level"),
        f"{enterprise} ('431127', 'e', 9)": (Kind.FOREIGN_KEY, "fk_enterprise_recorded_by"),
        f"{enterprise} ('431127', NULL, 1)": (Kind.NOT_NULL, None),
        f"{enterprise} ('431127', 'enterprise-1', 1)": (Kind.UNIQUE, "pk_enterprise"),
    }
    for statement, (kind, constraint) in spoken.items():
        found = refusal(owner_engine, statement)
        assert found.kind is kind
        if kind is Kind.CHECK or engine.dialect.name == "postgresql":
            assert found.constraint == constraint


def test_a_row_cannot_point_into_another_county(engine: Engine) -> None:
    populate(engine)
    populate(engine, "431128")
    with unit(engine) as session:
        changes.open_change(session, COUNTY, "enrol", actor="本机操作员")
        session.execute(text("INSERT INTO enterprise (county, id, recorded_by) VALUES ('431127', 'only-here', 3)"))
    pointing = "INSERT INTO plan (county, id, recorded_by, enterprise_id) VALUES ('431128', 'p', 1, 'only-here')"
    assert refusal(engine, pointing).kind is Kind.FOREIGN_KEY


def test_a_role_with_the_grants_can_do_its_work_and_nothing_else(postgresql_engine: Engine) -> None:
    clerk = postgresql_engine  # which opens the register as the program's role: grants and no more
    populate(clerk)
    with unit(clerk) as session:
        change = changes.open_change(session, COUNTY, "amend", actor="本机操作员")
        for model in facts_tables():
            amend_all(session, change, model, [Amendment(subject_of(model), LATER, facts=some_facts(model))])
    with reading(clerk) as session:
        assert verify(session) == []
        assert session.get(Division, "431127") is not None
    for table in guarded():
        assert refusal(clerk, f"DELETE FROM {table.name}").kind is Kind.DENIED
        assert refusal(clerk, f"TRUNCATE {table.name}").kind is Kind.DENIED
        assert refusal(clerk, f"UPDATE {table.name} SET county = county").kind is Kind.DENIED
    assert refusal(clerk, "UPDATE division SET name = 'x'").kind is Kind.DENIED
