"""PostgreSQL keeps each county's rows from whoever is to see others' only, whatever a query forgets.

SQLite has no such thing: there the row filter stands alone (tests/register/test_scope.py, tests/matrix).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Table, create_engine, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import DatabaseUnavailable, Refused
from app.register.ledgers import whole_division
from app.store import changes, database_role, row_security
from app.store.audit import NOBODYS
from app.store.engine import acting, open_engine, reading, unit
from app.store.guards import guarded
from app.store.models import AuditRecord, Base, Change, CountyHead, Division, Enterprise
from app.store.row_security import counties_of, every_county
from app.store.schema import prepare
from app.store.trouble import Kind, trouble_of
from app.store.verification import verify
from importers.intake import take_in
from tests import databases
from tests.store.registers import COUNTY, OTHER, populate

OFFICER = Actor("县经办", frozenset({COUNTY}))
CITY = Actor("市督查", frozenset({COUNTY, OTHER, "431100"}))
NOBODY = Actor("无权", frozenset())


@pytest.fixture
def two_counties(postgresql_engine: Engine) -> Engine:
    """A register with something in every table of two counties, opened as the program opens it."""
    populate(postgresql_engine)
    populate(postgresql_engine, OTHER)
    return postgresql_engine


@pytest.fixture
def untold(two_counties: Engine) -> Iterator[Engine]:
    """The same under the same role, by somebody who tells its transactions nothing."""
    engine = create_engine(two_counties.url, poolclass=NullPool)
    yield engine
    engine.dispose()


def seen(engine: Engine, table: Table) -> set[str]:
    """The counties whose rows a query finds that has no filter at all."""
    with reading(engine) as session:
        return set(session.scalars(select(table.c.county).distinct()))


def refused(engine: Engine, statement: str) -> str:
    """What the database says to a statement that it must refuse; nothing of it is there afterwards."""
    with pytest.raises(DBAPIError) as said, engine.begin() as connection:
        connection.execute(text(statement))
    assert trouble_of(said.value).kind is Kind.DENIED
    return str(said.value.orig)


@pytest.mark.parametrize(
    ("actor", "told"),
    [
        (LOCAL_OPERATOR, "*"),
        (OFFICER, "431127"),
        (CITY, "431100,431127,431128"),
        (NOBODY, ""),
        (Actor("乡镇经办", frozenset({COUNTY}), frozenset({"431127106"})), "431127"),
        (Actor("乡镇经办", None, frozenset({"431127106", "431128103"})), "431127,431128"),
    ],
)
def test_a_transaction_is_told_the_counties_of_whoever_acts(actor: Actor, told: str) -> None:
    assert counties_of(actor) == told


@pytest.mark.parametrize(
    "code", ["*", "", "4311", "431127,431128", "431127'; RESET ALL; --", "４３１１２７", "431127\n"]
)
def test_what_is_no_code_of_a_county_is_told_to_nobody(code: str) -> None:
    with pytest.raises(ValueError, match="not codes"):
        counties_of(Actor("某人", frozenset({code})))


def test_every_business_table_has_its_wall(postgresql_engine: Engine) -> None:
    """A table made later, without a policy, fails here: it belongs into a step of its own."""
    with postgresql_engine.connect() as connection:
        assert row_security.faults(connection) == {}
        held = connection.execute(text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"))
        assert set(held.scalars()) == {table.name for table in guarded()}


def test_on_sqlite_the_row_filter_stands_alone(sqlite_engine: Engine) -> None:
    populate(sqlite_engine)
    populate(sqlite_engine, OTHER)
    with sqlite_engine.connect() as connection:
        assert row_security.faults(connection) == {}
    assert seen(acting(sqlite_engine, OFFICER), Base.metadata.tables["enterprise"]) == {COUNTY, OTHER}
    with reading(acting(sqlite_engine, OFFICER)) as session, every_county(session):
        assert session.scalar(select(func.count()).select_from(CountyHead)) == 2


def test_the_program_is_neither_superuser_nor_owner_in_these_tests(two_counties: Engine) -> None:
    assert database_role.warning(two_counties) is None
    with two_counties.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar() == databases.PROGRAM


def test_rows_of_another_county_are_not_there_in_any_table(two_counties: Engine) -> None:
    for table in guarded():
        everybodys = {NOBODYS} if table.name == "audit_head" else set()
        every = seen(two_counties, table)
        assert every >= {COUNTY, OTHER}, f"{table.name}: nothing to hide"
        assert seen(acting(two_counties, OFFICER), table) == {COUNTY} | everybodys, table.name
        assert seen(acting(two_counties, CITY), table) == {COUNTY, OTHER} | everybodys, table.name
        assert seen(acting(two_counties, NOBODY), table) == everybodys, table.name


def test_whoever_tells_nothing_finds_nothing_and_writes_nothing(untold: Engine) -> None:
    with untold.connect() as connection:
        for table in guarded():
            counted = select(func.count()).select_from(table).where(table.c.county != NOBODYS)
            assert connection.execute(counted).scalar() == 0, table.name
        assert connection.execute(select(func.count()).select_from(Division)).scalar_one() > 40_000
    for table in guarded():
        assert "row-level security" in refused(untold, f"INSERT INTO {table.name} (county) VALUES ('{COUNTY}')")


def test_nothing_is_written_into_another_county_in_any_table(two_counties: Engine) -> None:
    officer = acting(two_counties, OFFICER)
    for table in guarded():
        said = refused(officer, f"INSERT INTO {table.name} (county) VALUES ('{OTHER}')")
        assert "row-level security" in said, table.name
        refused(officer, f"UPDATE {table.name} SET county = '{OTHER}'")  # the grants already say so


def test_no_row_of_another_county_is_taken_out_of_force(two_counties: Engine) -> None:
    with acting(two_counties, OFFICER).begin() as connection:
        for table in guarded():
            if "superseded_by" in table.c:
                of_other = table.update().where(table.c.county == OTHER).values(superseded_by=9)
                assert connection.execute(of_other).rowcount == 0, table.name
        head = text(f"UPDATE county_head SET number = number + 1 WHERE county = '{OTHER}'")
        assert connection.execute(head).rowcount == 0
        locked = select(CountyHead).where(CountyHead.county == OTHER).with_for_update()
        assert connection.execute(locked).all() == []


def test_a_row_is_not_moved_into_another_county_even_by_who_may_write_the_column(two_counties: Engine) -> None:
    owner = databases.as_owner(two_counties)
    with owner.begin() as connection:
        connection.execute(text(f"GRANT UPDATE (county) ON saved_view TO {databases.PROGRAM}"))
        connection.execute(text("ALTER TABLE saved_view DISABLE TRIGGER guard_saved_view"))
    owner.dispose()
    said = refused(acting(two_counties, OFFICER), f"UPDATE saved_view SET county = '{OTHER}'")
    assert "row-level security" in said


def test_another_countys_numbers_are_neither_read_nor_taken(two_counties: Engine) -> None:
    def act() -> None:
        with unit(acting(two_counties, OFFICER)) as session:
            changes.open_change(session, OTHER, "note", actor="县经办")

    with pytest.raises(DBAPIError) as said:
        act()
    assert trouble_of(said.value).kind is Kind.DENIED
    with reading(acting(two_counties, OFFICER)) as session:
        assert changes.head(session, OTHER) == 0


def test_what_is_no_countys_is_recorded_by_all_and_read_by_few(two_counties: Engine) -> None:
    of_nobody = select(AuditRecord.number).where(AuditRecord.county == NOBODYS)
    with reading(two_counties) as session:
        told = len(session.scalars(of_nobody).all())
        (row, *_) = session.execute(select(AuditRecord.__table__).where(AuditRecord.county == NOBODYS)).mappings()
    for actor in (OFFICER, NOBODY):
        told += 1
        with acting(two_counties, actor).begin() as connection:
            connection.execute(insert(AuditRecord), {**row, "number": 1000 + told})
            connection.execute(text(f"UPDATE audit_head SET number = number + 1 WHERE county = '{NOBODYS}'"))
        with reading(acting(two_counties, actor)) as session:
            assert session.scalars(of_nobody).all() == []
    for actor in (LOCAL_OPERATOR, Actor("审计", frozenset({NOBODYS}))):
        with reading(acting(two_counties, actor)) as session:
            assert len(session.scalars(of_nobody).all()) == told


def test_a_connection_keeps_nothing_of_what_its_last_transaction_was_told(two_counties: Engine) -> None:
    url = two_counties.url.render_as_string(hide_password=False)
    engine = open_engine(url)
    of = select(Enterprise.county).distinct()
    pids = set()
    for actor in (LOCAL_OPERATOR, OFFICER, CITY, NOBODY, OFFICER):
        with reading(acting(engine, actor)) as session:
            pids.add(session.scalar(text("SELECT pg_backend_pid()")))
            expected = {COUNTY, OTHER} if actor.counties is None else set(actor.counties) & {COUNTY, OTHER}
            assert set(session.scalars(of)) == expected
    assert len(pids) == 1
    driver = engine.raw_connection()  # of the same pool, by somebody who knows nothing of the hook
    assert driver.cursor().execute("SELECT count(*) FROM enterprise").fetchone() == (0,)  # type: ignore[attr-defined]
    driver.close()
    engine.dispose()


def test_what_was_told_outlives_a_savepoint_and_ends_with_the_transaction(two_counties: Engine) -> None:
    officer = acting(two_counties, OFFICER)
    with officer.connect() as connection:
        with pytest.raises(DBAPIError), connection.begin_nested():
            connection.execute(text(f"INSERT INTO saved_view (county) VALUES ('{OTHER}')"))
        assert _counties(connection) == {COUNTY}
        connection.rollback()
        assert _counties(connection) == {COUNTY}  # another transaction, told anew


def _counties(connection: Connection) -> set[str]:
    return set(connection.execute(text("SELECT DISTINCT county FROM enterprise")).scalars())


def test_all_counties_are_looked_into_for_one_question_and_no_longer(two_counties: Engine) -> None:
    with reading(acting(two_counties, OFFICER)) as session:
        heads = select(CountyHead.county)
        with every_county(session):
            assert set(session.scalars(heads)) == {COUNTY, OTHER}
        assert set(session.scalars(heads)) == {COUNTY}
        with pytest.raises(RuntimeError), every_county(session):
            raise RuntimeError
        assert set(session.scalars(heads)) == {COUNTY}
        with pytest.raises(DBAPIError), every_county(session):
            session.execute(text("SELECT 1 / 0"))
        session.rollback()
        assert set(session.scalars(heads)) == {COUNTY}


def test_a_county_that_is_hidden_is_missed_all_the_same(two_counties: Engine) -> None:
    """A city's ledger by somebody who does not see one of its counties would be false."""
    partly = Actor("市经办", frozenset({COUNTY, "431100"}))
    with reading(acting(two_counties, partly)) as session, pytest.raises(Refused, match="看得到全部各县"):
        whole_division(session, ("4311", "永州市"), partly)
    with reading(acting(two_counties, CITY)) as session:
        whole_division(session, ("4311", "永州市"), CITY)


def test_an_import_by_a_countys_officer_goes_as_ever(two_counties: Engine, tmp_path: Path) -> None:
    sheet = tmp_path / "名册.csv"
    rows = [f"示例{number:04}铸造厂,新圩镇,铝壳中频炉,在用" for number in range(40)]
    sheet.write_text("\n".join(["企业名称,乡镇,设备名称,使用状态", *rows]), encoding="utf-8")
    told = {"county": COUNTY, "valid_from": date(2024, 1, 15), "actor": OFFICER}
    take_in(acting(two_counties, OFFICER), sheet, **told)
    with reading(two_counties) as session:
        counted = select(Enterprise.county, func.count()).group_by(Enterprise.county).order_by(Enterprise.county)
        assert [(county, count > 40) for county, count in session.execute(counted)] == [(COUNTY, True), (OTHER, False)]
        assert verify(session) == []


def test_what_counties_chains_say_is_the_same_under_the_wall(two_counties: Engine) -> None:
    with unit(acting(two_counties, OFFICER)) as session:
        changes.open_change(session, COUNTY, "note", actor="县经办")
    with reading(two_counties) as session:
        assert verify(session) == []
        assert session.scalars(select(Change.number).where(Change.county == COUNTY)).all() == [1, 2, 3]


@pytest.fixture
def owned(postgresql_server: databases.Server) -> Iterator[tuple[Engine, Callable[[str], Engine]]]:
    """An empty database of an owner who is no superuser, and how to open it as somebody else."""
    name = postgresql_server.create()
    postgresql_server.say("CREATE ROLE keeper LOGIN")
    postgresql_server.say(f"ALTER DATABASE {name} OWNER TO keeper")
    opened = [open_engine(postgresql_server.url(name, "keeper"))]

    def by(role: str) -> Engine:
        opened.append(open_engine(postgresql_server.url(name, role)))
        return opened[-1]

    yield opened[0], by
    for engine in opened:
        engine.dispose()
    postgresql_server.drop(name)
    postgresql_server.say("DROP ROLE keeper")


def test_the_tables_owner_is_held_as_well(owned: tuple[Engine, Callable[[str], Engine]]) -> None:
    keeper, _ = owned
    prepare(keeper)
    populate(keeper)
    populate(keeper, OTHER)
    assert seen(acting(keeper, OFFICER), Base.metadata.tables["enterprise"]) == {COUNTY}
    assert "row-level security" in refused(acting(keeper, OFFICER), f"INSERT INTO plan (county) VALUES ('{OTHER}')")
    assert "所有者" in (database_role.warning(keeper) or "")


def test_the_owner_makes_the_tables_and_the_program_gets_its_grants(
    owned: tuple[Engine, Callable[[str], Engine]],
) -> None:
    keeper, by = owned
    program = by(databases.PROGRAM)
    with pytest.raises(DatabaseUnavailable, match="所有者"):
        prepare(program)
    prepare(program, owner=keeper)
    prepare(program)
    assert database_role.warning(program) is None
    populate(program)
    with reading(program) as session:
        assert verify(session) == []


def test_a_later_table_is_granted_by_the_owner_as_well(owned: tuple[Engine, Callable[[str], Engine]]) -> None:
    keeper, by = owned
    program = by(databases.PROGRAM)
    prepare(program, owner=keeper)
    with keeper.begin() as connection:
        connection.execute(text(f"REVOKE ALL ON plan FROM {databases.PROGRAM}"))
    prepare(program, owner=keeper)
    populate(program)


def test_the_sql_for_the_role_makes_one_that_can_work_and_is_held(
    postgresql_server: databases.Server, own_database: Engine
) -> None:
    for statement in database_role.statements("luzhang_app"):
        for _ in range(2):  # again after an upgrade
            postgresql_server.say(statement, str(own_database.url.database))
    program = open_engine(own_database.url.set(username="luzhang_app").render_as_string(hide_password=False))
    populate(program)
    populate(program, OTHER)
    assert database_role.warning(program) is None
    assert seen(acting(program, OFFICER), Base.metadata.tables["statement"]) == {COUNTY}
    program.dispose()
    for statement in ("DROP OWNED BY luzhang_app", "DROP ROLE luzhang_app"):
        postgresql_server.say(statement, str(own_database.url.database))


@pytest.fixture
def own_database(postgresql_server: databases.Server, postgresql_template: str) -> Iterator[Engine]:
    """A PostgreSQL register that no other test gets, as its superuser."""
    yield from databases.postgresql_database(postgresql_server, postgresql_template)


def test_a_superuser_is_told_that_nothing_holds_it(own_database: Engine) -> None:
    assert "超级用户" in (database_role.warning(own_database) or "")
    populate(own_database)
    populate(own_database, OTHER)
    assert seen(acting(own_database, OFFICER), Base.metadata.tables["plan"]) == {COUNTY, OTHER}
