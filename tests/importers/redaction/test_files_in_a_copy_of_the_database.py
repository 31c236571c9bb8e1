"""Whoever holds a copy of the database alone reads no number of a person: not in rows, not in any kept file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from app.domain.quarter import Quarter
from app.register.scope import LOCAL_OPERATOR
from app.store.models import Base
from importers.intake import Upload, resume, take_in
from reports.ledger.make import ledger
from tests.importers.redaction.test_forgotten_files import COUNTY, forgotten, whom
from tests.importers.redaction.test_redaction import everything
from tests.register.papers.papers import letter, recorded, two_firms
from tests.reports.ledger.making.test_ledger_life import SIGNED
from tests.reports.ledger.making.test_ledger_numbers import planted

NUMBERS = re.compile(r"139\d{8}|43112719900101\d{3}X")
#: The legal representative is published with the licence, by law: its column is not sealed.
LAW = re.compile(r"13900\d00005|43112719900101\d05X")


def test_files_are_in_no_copy_of_the_database(sqlite_engine: Engine, tmp_path: Path) -> None:
    two_firms(sqlite_engine)
    file, told = planted(tmp_path)
    batch = take_in(sqlite_engine, file, county=COUNTY, township="新圩镇").applied
    assert batch is not None
    later = "序号,企业名称,联系电话\n1,丁铸造厂,13900777777\n"
    take_in(sqlite_engine, Upload(later.encode(), "等着的.csv"), county=COUNTY, township="新圩镇", later=True)
    recorded(sqlite_engine, letter(), "请打 13900666666\n".encode() * 400, "说明.txt")
    ledger(sqlite_engine, Quarter.parse("2025Q3"), COUNTY, issue=True, people=SIGNED, actor=LOCAL_OPERATOR)
    forgotten(sqlite_engine, whom(sqlite_engine, min(told).decode(), "13900000007"))
    resume(sqlite_engine, batch.batch)
    sqlite_engine.dispose()

    found: dict[str, set[str]] = {}
    values = 0
    with closing(sqlite3.connect(str(sqlite_engine.url.database))) as connection:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                kinds = f"SELECT {column.name} FROM {table.name} WHERE typeof({column.name}) IN ('text', 'blob')"
                for (value,) in connection.execute(kinds):
                    values += 1
                    said = everything(value) if isinstance(value, bytes) else value
                    if numbers := {one for one in NUMBERS.findall(said) if not LAW.fullmatch(one)}:
                        found.setdefault(f"{table.name}.{column.name}", set()).update(numbers)
    assert found == {}
    assert values > 1000
    rest = b"".join(one.read_bytes() for one in Path(str(sqlite_engine.url.database)).parent.glob("*.db*"))
    assert {one for one in NUMBERS.findall(rest.decode("latin-1")) if not LAW.fullmatch(one)} == set()
