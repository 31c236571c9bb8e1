"""An import that is killed leaves everything or nothing, and finishes once when sent again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine, func, select

from app.register.scope import LOCAL_OPERATOR
from app.store.engine import open_engine, reading
from app.store.models import Base
from app.store.schema import prepare
from app.store.verification import verify
from importers.intake import take_in

COUNTY = "431127"
SOME_POINTS, POINTS = 16, 200
FIRMS = 60


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("roster") / "新圩镇.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("填报单位：新圩镇人民政府", "", "填报日期：2024-01-15"))
    sheet.write_row(1, 0, ("企业名称", "炉型", "容量（吨）", "数量（台）", "生产状态"))
    for row in range(FIRMS):
        sheet.write_row(row + 2, 0, (f"试验{row}号铸造有限公司", "钢壳中频炉", 1.5, 2, "在产"))
    book.close()
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    prepare(engine)
    engine.dispose()
    return path


def opened(path: Path) -> Engine:
    return open_engine(f"sqlite:///{path}")


def send(database: Path, roster: Path) -> dict[str, object]:
    engine = opened(database)
    try:
        return take_in(engine, roster, county=COUNTY, township="新圩镇", actor=LOCAL_OPERATOR).as_dict()
    finally:
        engine.dispose()


def rows(database: Path) -> dict[str, int]:
    engine = opened(database)
    try:
        with reading(engine) as session:
            business = [table for table in Base.metadata.sorted_tables if table.info["kind"] == "business"]
            return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in business}
    finally:
        engine.dispose()


def findings(database: Path) -> list[object]:
    engine = opened(database)
    try:
        with reading(engine) as session:
            return list(verify(session))
    finally:
        engine.dispose()


def killed_after(seconds: float, act: Callable[[], object]) -> None:
    """Do it in a process of its own and kill that with SIGKILL when the time has come."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_killed_at_any_point_nothing_is_partial_and_sent_again_it_finishes_once(
    tmp_path: Path, roster: Path, empty: Path, often: Callable[[int, int], int]
) -> None:
    database = tmp_path / "whole.db"
    shutil.copy(empty, database)
    none = rows(database)
    began = time.monotonic()
    assert send(database, roster)["applied"] == {"enterprises": FIRMS, "equipment": FIRMS}
    takes = time.monotonic() - began
    whole = rows(database)
    assert whole["enterprise"] == FIRMS

    chosen = random.Random(20240115)
    died_in_time = 0
    points = often(SOME_POINTS, POINTS)
    for point in range(points):
        database = tmp_path / f"{point}.db"
        shutil.copy(empty, database)
        killed_after(chosen.uniform(0, takes), lambda database=database: send(database, roster))

        left = rows(database)
        assert left in (none, whole), f"partial at point {point}: {left}"
        died_in_time += left == none
        send(database, roster)
        assert send(database, roster)["batch"] is None
        assert rows(database) == whole
        if point % 10 == 0:
            assert findings(database) == []
        for file in tmp_path.glob(f"{point}.db*"):
            file.unlink()
    assert died_in_time > points // 4, "the kills came too late to show anything"
