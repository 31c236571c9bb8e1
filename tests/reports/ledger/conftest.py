"""The ledgers of both example counties, and of a city over two counties, made once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.domain.quarter import Quarter
from app.register import ledgers
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from importers.intake import take_in
from reports.example import asked_of, write_rosters
from reports.ledger.cities.city import City
from reports.ledger.cities.gathering import city as city_of
from reports.ledger.gathered.content import Content
from reports.ledger.gathered.gathering import content
from tests.databases import sqlite_database

#: Another county of the same city as 蓝山.
XINTIAN = "431128"
ROSTER = """企业名称,乡镇,生产状态,设备名称,台数
甲铸造厂,龙泉街道,在产,铝壳中频炉,2
乙铸造厂,龙泉街道,停产,冲天炉,1
"""


def made(engine: Engine, county: str, folder: Path) -> None:
    for roster in write_rosters(folder, county):
        take_in(engine, roster.path, county=county, township=roster.township, actor=LOCAL_OPERATOR)


@pytest.fixture(scope="session")
def examples(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One register with both example counties and a third."""
    folder = tmp_path_factory.mktemp("examples")
    for engine in sqlite_database(folder, sqlite_template):
        for county in ("431127", "140921"):
            made(engine, county, folder / county)
        (folder / "新田.csv").write_text(ROSTER, encoding="utf-8")
        told = {"county": XINTIAN, "township": None, "valid_from": date(2025, 11, 1)}
        take_in(engine, folder / "新田.csv", **told, actor=LOCAL_OPERATOR)  # type: ignore[arg-type]
        yield engine


@pytest.fixture(scope="session", params=["431127", "140921"])
def county(request: pytest.FixtureRequest, examples: Engine) -> Content:
    """An example county's ledger, of the quarter that its demo prints."""
    with reading(examples) as session:
        known = ledgers.last_alteration(session, request.param, LOCAL_OPERATOR)
        quarter = Quarter.parse(asked_of(request.param).quarter)
        return content(session, quarter, request.param, known, (), LOCAL_OPERATOR)


@pytest.fixture(scope="session")
def lanshan_in_march(examples: Engine) -> Content:
    """蓝山 at the end of 2024Q1 as the first rosters told of it: eight firms with what must go."""
    with reading(examples) as session:
        return content(session, Quarter(2024, 1), "431127", 7, (), LOCAL_OPERATOR)


@pytest.fixture(scope="session")
def yongzhou(examples: Engine) -> City:
    """永州's quarter over the two counties that have a register."""
    with reading(examples) as session:
        pins = [(one, ledgers.last_alteration(session, one, LOCAL_OPERATOR)) for one in ("431127", XINTIAN)]
        return city_of(session, Quarter(2025, 4), "4311", pins, (), LOCAL_OPERATOR)
