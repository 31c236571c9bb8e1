"""Sixty-four writers amend one firm many times each, all at once, on both engines: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product

from sqlalchemy import Engine, select

from app.domain.statement import Value
from app.store import changes
from app.store.engine import open_engine, reading, retrying, unit
from app.store.keys import ring_of
from app.store.models import (
    OPEN,
    Change,
    Enterprise,
    EnterpriseCapacity,
    EnterpriseCode,
    EnterpriseContact,
    EnterpriseName,
    EnterprisePlace,
    EnterpriseRectification,
    EnterpriseScale,
    Stretch,
)
from app.store.temporal import amend
from app.store.verification import verify

COUNTY, FIRM = "431127", "enterprise-1"
WRITERS, TURNS, SOME_TURNS = 64, 50, 12

#: Two writers have each field, on other days; those of one table share its days. Whoever lays a day anew without what
#: another one wrote on it in the meantime loses that, and it is missed at the end.
FIELDS: list[tuple[type[Stretch], str]] = [
    (table, field)
    for table, fields in (
        (EnterpriseCapacity, "capacity_t_per_year output_t_per_year output_value_wan tax_wan electricity_kwh"),
        (EnterpriseCode, "uscc registration_no power_account_no"),
        (EnterpriseContact, "legal_representative contact_person contact_phone"),
        (EnterpriseName, "name short_name former_name"),
        (EnterprisePlace, "township village address park longitude latitude"),
        (EnterpriseRectification, "problem measures progress responsible_unit supervision abatement_state remark"),
        (EnterpriseScale, "industry_code industry main_product employees land_mu"),
    )
    for field in fields.split()
]
NUMBERS = {"longitude", "latitude", "employees", "land_mu"}

#: As many programs as might share a register, each with its own connections.
PROGRAMS = 3


def field_of(writer: int) -> tuple[type[Stretch], str]:
    return FIELDS[writer % 32]


def day_of(writer: int, turn: int) -> date:
    return date(2025, 1, 1) + timedelta(days=writer // 32 * TURNS + turn)


def value_of(writer: int, turn: int) -> Value:
    table, field = field_of(writer)
    return writer * TURNS + turn if table is EnterpriseCapacity or field in NUMBERS else f"第 {writer} 人第 {turn} 次"


def enrol(engine: Engine) -> None:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "import", actor="本机操作员")
        session.add(Enterprise(county=COUNTY, id=FIRM, recorded_by=change.number))


def amend_once(engine: Engine, writer: int, turn: int) -> int:
    """One day of the firm amended, as a unit of work; the number of its change."""
    table, field = field_of(writer)
    day = day_of(writer, turn)
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "amend", actor=f"第 {writer} 人")
        said = {field: value_of(writer, turn)}
        assert amend(session, change, table, FIRM, since=day, until=day + timedelta(days=1), **said)
        return change.number


def write(engine: Engine, writer: int, turns: int) -> list[int]:
    def once(turn: int) -> int:
        return retrying(lambda: amend_once(engine, writer, turn))

    return [once(turn) for turn in range(turns)]


@contextmanager
def programs(engine: Engine) -> Iterator[list[Engine]]:
    """Engines on one register, as several programs would open it."""
    address, keys = engine.url.render_as_string(hide_password=False), ring_of(engine).folder
    found = [open_engine(address, keys) for _ in range(PROGRAMS)]
    yield found
    for one in found:
        one.dispose()


def written(engine: Engine, turns: int) -> dict[tuple[int, int], int]:
    """All writers at once; by writer and turn the number of the change."""
    with programs(engine) as doors, ThreadPoolExecutor(WRITERS) as writers:
        waiting = [writers.submit(write, doors[writer % PROGRAMS], writer, turns) for writer in range(WRITERS)]
        return {
            (writer, turn): number for writer, one in enumerate(waiting) for turn, number in enumerate(one.result())
        }


def test_nothing_of_64_writers_amending_one_firm_at_once_is_lost(
    engine: Engine, often: Callable[[int, int], int]
) -> None:
    enrol(engine)
    many = often(SOME_TURNS, TURNS)
    numbers = written(engine, many)
    turns = list(product(range(WRITERS), range(many)))
    with reading(engine) as session:
        recorded = session.scalars(select(Change.number).where(Change.county == COUNTY).order_by(Change.number)).all()
        rows = [row for table in {table for table, _ in FIELDS} for row in session.scalars(select(table))]
        assert verify(session) == []
    assert recorded == list(range(1, len(turns) + 2))
    assert sorted(numbers.values()) == recorded[1:]
    by_change = {(type(row), row.recorded_by): row for row in rows}
    holds = {(type(row), row.valid_from): row for row in rows if row.superseded_by == OPEN}
    for writer, turn in turns:
        table, field = field_of(writer)
        for row in (by_change[table, numbers[writer, turn]], holds[table, day_of(writer, turn)]):
            assert getattr(row, field) == value_of(writer, turn)
