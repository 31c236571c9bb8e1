"""A printed number that is another than it must be is named before a ledger is issued."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.errors import Refused
from app.store.engine import reading
from app.store.models import LedgerIssue
from reports.ledger import make
from reports.ledger.sheets.changes import BALANCE, MOVED
from reports.tables import Table
from tests.reports.ledger.making.test_ledger_life import Q4, december, issued, september


def another(table: Table, title: str) -> Iterator[Table]:
    """The same with one more in each number of a column, one at a time."""
    at = [column.title for column in table.columns].index(title)
    for place, row in enumerate(table.rows):
        if isinstance(row[at], int):
            rows = [list(one) for one in table.rows]
            rows[place][at] = row[at] + 1
            yield replace(table, rows=tuple(map(tuple, rows)))


@pytest.mark.parametrize(
    ("sheet", "title", "named"),
    [
        (BALANCE, "期初", "变化汇总"),
        (BALANCE, "新增", "变化汇总印出的各行"),
        (BALANCE, "迁出、转出", "变化汇总印出的各行"),
        (MOVED, "家", "变化说明印出的各行相加等于变化汇总"),
        ("季度走势", "企业总数（家）", "季度走势的本季度等于分乡镇汇总"),
    ],
)
def test_a_printed_number_that_is_another_is_named_and_not_issued(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, sheet: str, title: str, named: str
) -> None:
    september(sqlite_engine)
    issued(sqlite_engine)
    december(sqlite_engine)
    made = make.suite
    drawn: list[Table] = []

    def broken(content: object) -> list[Table]:
        tables = list(made(content))
        place = [table.name for table in tables].index(sheet)
        drawn[:] = list(another(tables[place], title))[-1:]
        tables[place] = drawn[0]
        return tables

    monkeypatch.setattr(make, "suite", broken)
    with pytest.raises(Refused, match=named):
        issued(sqlite_engine, Q4)

    assert drawn
    with reading(sqlite_engine) as session:
        assert session.query(LedgerIssue).count() == 1
