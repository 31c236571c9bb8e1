"""No number of a person stands in a ledger: neither in its file nor in the tables that the register keeps with it.

So they need no key of their own: what is forgotten was never in them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

import openpyxl
from sqlalchemy import Engine, select

from app.domain.quarter import Quarter
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from app.store.models import LedgerContent, LedgerIssue
from importers.intake import take_in
from reports.ledger.make import ledger
from tests.reports.ledger.making.test_ledger_life import SIGNED

COUNTY = "431127"
NUMBERS = re.compile(rb"139\d{8}|43112719900101\d{3}X")

#: Every column in which a ledger's cells may come to hold what people wrote.
HEADER = (
    "序号", "企业名称", "曾用名", "乡镇", "详细地址", "法定代表人", "联系人", "联系电话", "行业类别", "主要产品",
    "生产状态", "设备名称", "炉型", "型号", "容量（吨）", "台数", "出厂编号", "制造厂家", "存在问题", "整改措施",
    "责任单位", "备注",
)  # fmt: skip


def planted(folder: Path) -> tuple[Path, set[bytes]]:
    """A roster with a mobile and an identity number in each text of each firm, and all of these numbers."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("铸造企业名册",))
    sheet.append(("填报单位：新圩镇人民政府 13900999999", None, None, None, "填报日期：2025-09-20"))
    sheet.append(HEADER)
    told: set[bytes] = set()
    for firm in range(3):
        plain = (
            firm + 1, f"甲{firm}铸造厂", "旧厂", "新圩镇", "老街", "李四", "张三", "", "铸造", "井盖", "在产",
            "电炉", "铝壳炉", "GW", 0.5, 2, f"第{firm}号", "某厂", "无磁轭", "更换", "县局", "看过",
        )  # fmt: skip
        row: list[object] = []
        for column, value in enumerate(plain):
            mobile, identity = f"13900{firm}{column:05d}", f"43112719900101{firm}{column:02d}X"
            if isinstance(value, str) and HEADER[column] not in ("乡镇", "生产状态", "炉型"):
                row.append(f"{value}{mobile}号{identity}")
                told |= {mobile.encode(), identity.encode()}
            else:
                row.append(value)
        sheet.append(row)
    book.save(folder / "名册 13900888888.xlsx")
    return folder / "名册 13900888888.xlsx", told | {b"13900888888", b"13900999999"}


def test_a_ledger_and_its_tables_hold_no_number_of_a_person(engine: Engine, tmp_path: Path) -> None:
    file, told = planted(tmp_path)
    assert take_in(engine, file, county=COUNTY, township="新圩镇").applied is not None
    ledger(engine, Quarter.parse("2025Q3"), COUNTY, issue=True, people=SIGNED, actor=LOCAL_OPERATOR)

    with reading(engine) as session:
        workbook = session.scalars(select(LedgerIssue.workbook)).one()
        tables = zlib.decompress(session.scalars(select(LedgerContent.tables)).one())
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert len(told) > 90
    assert NUMBERS.findall(parts) == []
    assert NUMBERS.findall(tables) == []
    assert b"139****" in tables
    assert "甲0铸造厂".encode() in parts
