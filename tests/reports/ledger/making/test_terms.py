"""On which terms a ledger is issued: a quarter that has begun, a reason and names that print, a number of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from app import clock
from app.domain.quarter import Quarter
from app.errors import BadInput
from app.register import ledgers
from app.register.ledgers import People
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, head, roster, take_in
from tests.reports.ledger.making.test_ledger_life import Q3, Q4, december, given, issued, september


def told(engine: Engine, quarter: Quarter = Q3) -> ledgers.Issued:
    with reading(engine) as session:
        return ledgers.revision_of(session, COUNTY, quarter, None, LOCAL_OPERATOR)


def number_printed(data: bytes) -> str:
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("版本说明").to_python()
    return str(next(row[1] for row in rows if row[0] == "编号"))


def test_a_quarter_that_has_not_begun_is_not_issued_but_drafted(sqlite_engine: Engine) -> None:
    september(sqlite_engine)
    before = head(sqlite_engine)

    with (
        clock.fixed(datetime(2025, 12, 31, 15, 59, tzinfo=UTC)),
        pytest.raises(BadInput, match="2026年第一季度还没有开始") as refused,
    ):
        issued(sqlite_engine, Quarter(2026, 1))
    with clock.fixed(datetime(2025, 12, 31, 16, tzinfo=UTC)):  # the new year has begun in China
        issued(sqlite_engine, Quarter(2026, 1))

    assert (refused.value.code, given(sqlite_engine, Quarter(2099, 4))[:2]) == ("ledger.not_begun", b"PK")
    assert head(sqlite_engine) == before + 1


def test_reason_and_names_are_one_line_and_as_long_as_they_print(sqlite_engine: Engine) -> None:
    september(sqlite_engine)
    for own in ({"reason": "长" * 1001}, {"people": People("长" * 101)}):
        with pytest.raises(BadInput, match="太长"):
            issued(sqlite_engine, **own)

    issued(sqlite_engine, reason=" \n ", people=People("张三\n（代）\x07", "  ", "=cmd|'/c calc'!A0"))

    one = told(sqlite_engine)
    assert (one.reason, one.people) == (None, People("张三 （代）", None, "=cmd|'/c calc'!A0"))
    with pytest.raises(BadInput, match="已签发第1版"):
        issued(sqlite_engine, reason="　 ")


def test_a_draft_that_opens_with_a_revised_former_ledger_does_not_bear_the_issued_number(engine: Engine) -> None:
    september(engine)
    issued(engine)
    december(engine)
    first = issued(engine, Q4)
    assert given(engine, Q4, draft=True) == first

    issued(engine, reason="更正")

    assert given(engine, Q4) == first
    assert number_printed(given(engine, Q4, draft=True)) == "431127-2025Q4-2"
    second = issued(engine, Q4, reason="期初随上季度更正")
    assert number_printed(second) == "431127-2025Q4-2"
    assert given(engine, Q4, draft=True) == second


def test_payloads_of_formulas_in_names_and_reasons_stay_text(sqlite_engine: Engine) -> None:
    september(sqlite_engine)
    data = issued(sqlite_engine, reason='=HYPERLINK("http://x","y")', people=People("=1+1", "@SUM(1)", "+1"))

    book = ZipFile(BytesIO(data))
    formulas = [
        one
        for name in book.namelist()
        if name.startswith("xl/worksheets/sheet")
        for one in book.read(name).decode().split("<f>")[1:]
    ]
    assert [one[:13] for one in formulas if not one.startswith("SUBTOTAL(109,")] == []
    assert [name for name in book.namelist() if "external" in name.lower()] == []


def test_what_no_file_can_hold_in_a_name_does_not_keep_a_county_from_issuing(sqlite_engine: Engine) -> None:
    september(sqlite_engine)
    take_in(sqlite_engine, roster(Firm({"name": "戊\ufffe铸造厂", "remark": "丁_x0041_\x01"}), on="2025-09-20"))

    assert issued(sqlite_engine)[:2] == b"PK"
