"""Values go into columns and come back the same; ids sort in the order in which they were made."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from app import clock
from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.store import facts, ids
from app.store.engine import reading
from app.store.models import EquipmentNature, EquipmentState, Permit, PermitFact
from tests.store.registers import facts_tables, populate, some_facts

values = st.one_of(
    st.text(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates().map(DateInterval.of_day),
)


@given(values)
def test_a_statements_value_comes_back_the_same(value: Value) -> None:
    back = facts.from_json(facts.to_json(value))
    assert back == value
    assert type(back) is type(value)


def test_facts_come_back_as_they_were_given(engine: Engine) -> None:
    populate(engine)
    with reading(engine) as session:
        for model in facts_tables():
            row = session.scalars(select(model).order_by(model.recorded_by, model.valid_from)).first()
            kept = {name for (_, name), home in facts.HOMES.items() if home.model is model}
            assert facts.facts_of(row) == {name: value for name, value in some_facts(model).items() if name in kept}


def test_facts_of_a_row_that_is_no_model(engine: Engine) -> None:
    populate(engine)
    with reading(engine) as session:
        row = session.execute(select(*EquipmentNature.__table__.columns)).first()
        assert facts.facts_of(row, EquipmentNature)["capacity_t"] == 0.1


def test_homes() -> None:
    assert facts.HOMES["permit", "kind"] == (Permit, "kind")
    assert facts.HOMES["permit", "valid_from"] == (PermitFact, "term_from")
    assert facts.HOMES["permit", "class"] == (PermitFact, "permit_class")
    assert "present" in facts.keepings(EquipmentState)
    assert len(facts.tables_of("enterprise")) == 8


def test_columns_of_days() -> None:
    found = facts.columns_of(PermitFact, "valid_to", DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前"))
    assert found == {
        "term_to_from": None,
        "term_to_to": date(2024, 3, 31),
        "term_to_precision": "month",
        "term_to_text": "2024年3月底前",
    }


@pytest.mark.parametrize("at", [datetime(2024, 1, 15, tzinfo=UTC), datetime(1990, 1, 1, tzinfo=UTC)])
def test_ids_sort_as_they_were_made_also_when_the_clock_stands(at: datetime) -> None:
    first = ids.new()
    with clock.fixed(at):
        made = [ids.new() for _ in range(1000)]
    assert [first, *made] == sorted({first, *made})
    assert {UUID(id).version for id in made} == {7}
    assert {UUID(id).variant for id in made} == {"specified in RFC 4122"}
