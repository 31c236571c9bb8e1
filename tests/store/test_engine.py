"""Units of work commit whole or not at all, readings cannot write, and being in the way is retried."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

from app.errors import DatabaseUnavailable
from app.store import changes
from app.store import engine as engines
from app.store.engine import open_engine, reading, retrying, unit
from app.store.models import Change, Division, Enterprise

COUNTY = "431127"


def enrol(engine: Engine, *, fail: bool = False) -> None:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "import", actor="本机操作员")
        session.add(Enterprise(county=COUNTY, id="e1", recorded_by=change.number))
        session.flush()
        if fail:
            raise RuntimeError("half-way")


def test_a_unit_of_work_commits_at_its_end(engine: Engine) -> None:
    enrol(engine)
    with reading(engine) as session:
        assert session.scalars(select(Enterprise.id)).all() == ["e1"]
        assert changes.head(session, COUNTY) == 1


def test_a_unit_of_work_that_fails_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="half-way"):
        enrol(engine, fail=True)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Change)) == 0
        assert changes.head(session, COUNTY) == 0


def write_while_reading(engine: Engine) -> None:
    with reading(engine) as session:
        session.add(Division(code="99", name="某省", parent=None, level="province"))
        session.flush()


def test_a_reading_cannot_write(engine: Engine) -> None:
    with pytest.raises(DatabaseUnavailable, match="只可读取"):
        write_while_reading(engine)
    enrol(engine)  # and the connection that it used is none the worse


def test_a_reading_sees_one_moment(engine: Engine) -> None:
    with reading(engine) as session:
        assert changes.head(session, COUNTY) == 0
        enrol(engine)
        assert changes.head(session, COUNTY) == 0


def in_the_way() -> OperationalError:
    return OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))


def test_what_was_in_the_way_is_tried_again() -> None:
    turns = iter([in_the_way(), in_the_way(), None])

    def act() -> str:
        if trouble := next(turns):
            raise trouble
        return "done"

    assert retrying(act, pause=0) == "done"


def test_what_stays_in_the_way_is_told() -> None:
    def act() -> None:
        with engines.telling():
            raise in_the_way()

    with pytest.raises(DatabaseUnavailable, match="占用"):
        retrying(act, times=3, pause=0)


def test_what_is_wrong_is_not_tried_again() -> None:
    turns = iter([1])

    def act() -> None:
        next(turns)
        raise DBAPIError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed: t.a"))

    with pytest.raises(DBAPIError):
        retrying(act, pause=0)


def test_a_busy_database_is_told_in_a_sentence(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0)
    hasty = open_engine(str(sqlite_engine.url))
    with unit(sqlite_engine) as session:
        changes.open_change(session, COUNTY, "note", actor="本机操作员")
        with pytest.raises(DatabaseUnavailable, match="占用"):
            enrol(hasty)
    hasty.dispose()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "无法打开或连接"),
        ("sqlite:////proc/no/such/folder/luzhang.db", "无法打开或连接"),
    ],
)
def test_an_unreachable_database_is_told_in_a_sentence(url: str, said: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=said), reading(open_engine(url)) as session:
        changes.head(session, COUNTY)


def test_a_full_disk_is_told_and_leaves_nothing(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engines_pages(sqlite_engine, pages)
    with pytest.raises(DatabaseUnavailable, match="磁盘空间已满"):
        fill(sqlite_engine)
    with reading(sqlite_engine) as session:
        assert changes.head(session, COUNTY) == 0


def engines_pages(engine: Engine, pages: int) -> None:
    """As if the disk held no page more."""
    connection = engine.raw_connection()
    connection.cursor().execute(f"PRAGMA max_page_count = {pages}")
    connection.close()


def fill(engine: Engine) -> None:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "import", actor="本机操作员")
        for number in range(5000):
            session.add(Enterprise(county=COUNTY, id=f"e{number}", recorded_by=change.number))


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "luzhang.db"
    file.write_bytes("这不是数据库".encode() * 100)
    with pytest.raises(DatabaseUnavailable, match="损坏"), reading(open_engine(f"sqlite:///{file}")) as session:
        changes.head(session, COUNTY)


def test_one_more_than_there_are_connections_is_told_that_it_is_busy(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(str(sqlite_engine.url))
    monkeypatch.setattr(engine.pool, "_timeout", 0)
    with ExitStack() as open_readings:
        for _ in range(15):
            open_readings.enter_context(reading(engine)).scalar(select(func.count()).select_from(Division))
        with pytest.raises(DatabaseUnavailable, match="占用"), reading(engine) as one_more:
            one_more.scalar(select(func.count()).select_from(Division))
    engine.dispose()
