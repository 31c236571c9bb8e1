"""Changes are numbered without a gap however many write, chained, and digest alike on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from app import clock
from app.errors import LuzhangError
from app.store import changes, ids
from app.store.engine import reading, retrying, unit
from app.store.models import Change, Enterprise, EnterpriseName
from app.store.temporal import amend
from app.store.verification import verify
from tests.store.registers import COUNTY, DAY, OTHER, populate

NOON = datetime(2025, 12, 22, 2, 0, tzinfo=UTC)


def note(engine: Engine, county: str = COUNTY) -> int:
    with unit(engine) as session:
        return changes.open_change(session, county, "note", actor="本机操作员").number


def test_numbers_have_no_gap_under_many_writers(engine: Engine) -> None:
    def write(turn: int) -> int:
        return retrying(lambda: note(engine, COUNTY if turn % 3 else OTHER))

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write, range(36)))
    with reading(engine) as session:
        for county, count in ((COUNTY, 24), (OTHER, 12)):
            numbers = session.scalars(
                select(Change.number).where(Change.county == county).order_by(Change.number)
            ).all()
            assert numbers == list(range(1, count + 1))
            assert changes.head(session, county) == count
        assert verify(session) == []


def test_a_change_that_was_rolled_back_leaves_no_gap(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="no"), unit(engine) as session:
        changes.open_change(session, COUNTY, "note", actor="本机操作员")
        raise RuntimeError("no")
    assert note(engine) == 1


def test_two_changes_in_one_transaction_are_each_sealed(engine: Engine) -> None:
    with unit(engine) as session:
        first = changes.open_change(session, COUNTY, "note", actor="本机操作员")
        session.add(Enterprise(county=COUNTY, id="firm", recorded_by=first.number))
        second = changes.open_change(session, COUNTY, "note", actor="本机操作员")
        amend(session, second, EnterpriseName, "firm", since=DAY, name="骅强")
    assert (first.number, second.number, second.previous) == (1, 2, first.digest)
    with reading(engine) as session:
        assert verify(session) == []


def test_a_transaction_writes_one_county(engine: Engine) -> None:
    with pytest.raises(LuzhangError, match="一个县"), unit(engine) as session:
        changes.open_change(session, COUNTY, "note", actor="本机操作员")
        changes.open_change(session, OTHER, "note", actor="本机操作员")
    with reading(engine) as session:
        assert changes.head(session, COUNTY) == 0


def test_a_clock_that_goes_back_does_not_reorder_what_was_known(engine: Engine) -> None:
    with clock.fixed(NOON):
        note(engine)
    with clock.fixed(NOON - timedelta(days=1)):
        note(engine)
    with reading(engine) as session:
        assert changes.at_of(session, COUNTY, 2) == NOON
        assert changes.number_at(session, COUNTY, NOON) == 2
        assert changes.number_at(session, COUNTY, NOON - timedelta(microseconds=1)) == 0


def test_the_chain_is_the_same_on_both_engines(
    sqlite_engine: Engine, postgresql_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for engine in (sqlite_engine, postgresql_engine):
        made = iter(range(10**6))
        monkeypatch.setattr(ids, "new", lambda made=made: f"id-{next(made):06d}")
        with clock.fixed(NOON):
            populate(engine)
        with reading(engine) as session:
            found.append([tuple(row) for row in session.execute(select(Change.contents, Change.digest))])
    assert found[0] == found[1]
    assert len(set(found[0])) == 2
