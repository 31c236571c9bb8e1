"""`luzhang due`, `luzhang holidays …`, `luzhang acceptance …`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

COUNTY = ("--county", "431127")
FIRM = "甲铸造有限公司"
WHY = ("--reason", "现场验收", *COUNTY)


@pytest.fixture
def county(luzhang: Callable, register: object, tmp_path: Path) -> str:
    """A foundry in production."""
    sheet = tmp_path / "新圩镇.csv"
    sheet.write_text(f"企业名称,乡镇,生产状态\n{FIRM},新圩镇,在产", encoding="utf-8")
    said = luzhang("import", sheet, *COUNTY, "--valid-from", "2024-06-01", "--json")
    assert said.object["applied"]["enterprises"] == 1, said.out
    return FIRM


def test_the_table_is_listed_and_edited(luzhang: Callable, county: str) -> None:
    said = luzhang("holidays", "list", "2025", *COUNTY)
    assert (said.status, "2025-10-11　星期六　调休上班" in said.out, "国办发明电〔2024〕12号" in said.out) == (
        0,
        True,
        True,
    )
    assert luzhang("holidays", "list", "2027", *COUNTY).status == 1
    told = ("--source", "国务院办公厅关于2027年部分节假日安排的通知", *WHY)
    made = luzhang("holidays", "set", "2027-02-05", "off", "--until", "2027-02-12", *told, "--json")
    assert (made.status, len(made.object["holidays"])) == (0, 8)
    assert luzhang("holidays", "year", "2027", *told).status == 0
    assert luzhang("holidays", "list", "2027", *COUNTY).status == 0
    assert luzhang("holidays", "back", made.object["holidays"][0], *WHY).status == 0
    wrong = luzhang("holidays", "set", "2027-02-05", "休", *told, "--json")
    assert (wrong.status, wrong.object["error"]["code"]) == (2, "holiday.kind")


def test_working_days_are_counted(luzhang: Callable, county: str) -> None:
    said = luzhang("holidays", "count", "2025-09-30", "--days", "3", *COUNTY)
    assert (said.status, said.out) == (0, "2025-09-30 以后第 3 个工作日：2025-10-11\n")
    back = luzhang("holidays", "count", "2025-10-11", "--days", "-3", *COUNTY)
    assert back.out == "2025-10-11 以前第 3 个工作日：2025-09-30\n"
    between = luzhang("holidays", "count", "2025-09-30", "--to", "2025-10-11", *COUNTY)
    assert between.out == "2025-09-30 以后到 2025-10-11：3 个工作日\n"
    beyond = luzhang("holidays", "count", "2026-12-20", "--days", "20", *COUNTY)
    assert (beyond.status, beyond.out.startswith("不能确定：节假日表只有 2023、2024、2025、2026 年")) == (1, True)


def test_levels_are_refused_recorded_and_listed(luzhang: Callable, county: str) -> None:
    who = ("--unit", "县科工局", "--person", "张三")
    refused = luzhang("acceptance", "record", county, "county", "通过", "--on", "2025-12-01", *who, *WHY)
    assert (refused.status, "没有镇街自验的记录" in refused.err, "--gap" in refused.err) == (2, True, True)
    item = ("--item", "补装除尘器|2025-11-30|县科工局")
    sent = luzhang(
        "acceptance", "record", county, "township", "returned", "--on", "2025-11-01", *item, *who, *WHY, "--json"
    )
    assert (sent.status, len(sent.object["items"])) == (1, 1)
    listed = luzhang("acceptance", "list", "--as-of", "2025-12-01", *COUNTY)
    assert (listed.status, "整改：补装除尘器　县科工局　2025-11-30　已逾期" in listed.out) == (1, True)
    assert luzhang("acceptance", "done", sent.object["items"][0], "--on", "2025-12-02", *WHY).status == 0
    passed = luzhang("acceptance", "record", county, "township", "passed", "--on", "2025-12-03", *who, *WHY)
    assert "下一步：区县复验" in passed.out
    assert "镇街自验 通过；区县复验 没有通过" in luzhang("acceptance", "list", "--as-of", "2025-12-31", *COUNTY).out
    wrong = luzhang("acceptance", "record", county, "township", "failed", "--on", "2025-12-04", "--item", "|", *WHY)
    assert (wrong.status, "写法不对" in wrong.err) == (2, True)
    assert luzhang("acceptance", "back", sent.object["acceptance"], *WHY).status == 0


def test_a_notice_s_items_fall_due_and_are_written_as_a_reminder(luzhang: Callable, county: str) -> None:
    told = ("--on", "2025-10-20", "--authority", "蓝山县科工局", "--gap", *WHY, "--json")
    action = luzhang("step", "record", county, "限期整改", *told).object["action"]
    open_ = luzhang("due", "--of", "notice", "--undated", "--as-of", "2025-11-01", *COUNTY)
    assert (open_.status, "期限不明　不能确定　甲铸造有限公司（新圩镇）　限期整改：期限要查通知" in open_.out) == (
        1,
        True,
    )
    assert luzhang("acceptance", "notice", action, "--item", "换钢壳炉|2025-12-31", *WHY).status == 0

    said = luzhang("due", "--of", "item", "--as-of", "2025-12-01", *COUNTY)
    assert (said.status, "2025-12-31　未到期　甲铸造有限公司（新圩镇）　换钢壳炉" in said.out) == (0, True)
    text = luzhang("due", "--of", "item", "--remind", "--as-of", "2025-12-01", *COUNTY).out
    assert text.startswith(
        "新圩镇：截至2025年12月1日，到期事项 1 项。\n即将到期（1 项）：\n1. 甲铸造有限公司：换钢壳炉，"
    )
    none = luzhang("due", "--of", "item", "--remind", "--as-of", "2025-10-01", "--within", "0", *COUNTY)
    assert none.out == "没有到期事项\n"
    assert luzhang("due", "--of", "x", *COUNTY, "--json").object["error"]["code"] == "due.source"
