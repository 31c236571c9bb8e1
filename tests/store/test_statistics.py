"""SQLite has statistics of what an import wrote, so that it chooses its plans by them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select, text

from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading, unit
from app.store.models import EquipmentNature
from importers.intake import take_in

TABLES = {"enterprise", "enterprise_name", "enterprise_place", "equipment", "equipment_nature", "equipment_state"}


def taken_in(engine: Engine, folder: Path, firms: int) -> None:
    sheet = folder / f"{firms}.csv"
    rows = [f"示例{number:04}铸造厂,新圩镇,铝壳中频炉,在用" for number in range(firms)]
    sheet.write_text("\n".join(["企业名称,乡镇,设备名称,使用状态", *rows]), encoding="utf-8")
    take_in(engine, sheet, county="431127", valid_from=date(2024, 1, 15), actor=LOCAL_OPERATOR)


def known(engine: Engine) -> dict[str, int]:
    """Of how many rows there are statistics, by table; nothing where none were ever taken."""
    with reading(engine) as session:
        if not session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")):
            return {}
        rows = "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl"
        return dict(session.execute(text(rows)).all())


def test_an_import_leaves_statistics_of_what_it_wrote(sqlite_engine: Engine, tmp_path: Path) -> None:
    taken_in(sqlite_engine, tmp_path, 3)

    assert set(known(sqlite_engine)) >= TABLES


def test_they_are_taken_again_once_a_table_has_grown_many_times(sqlite_engine: Engine, tmp_path: Path) -> None:
    taken_in(sqlite_engine, tmp_path, 3)
    taken_in(sqlite_engine, tmp_path, 150)

    assert known(sqlite_engine)["equipment"] > 3


def test_a_unit_that_is_rolled_back_leaves_none(sqlite_engine: Engine) -> None:
    class Stopped(Exception):
        pass

    before = known(sqlite_engine)
    try:
        with unit(sqlite_engine) as session:
            session.scalars(select(EquipmentNature.id).where(EquipmentNature.county == "431127")).all()
            raise Stopped
    except Stopped:
        pass

    assert known(sqlite_engine) == before


def test_postgresql_is_asked_for_nothing(postgresql_engine: Engine, tmp_path: Path) -> None:
    taken_in(postgresql_engine, tmp_path, 1)
