"""The ledger's sheets 手续, 一企一策 and 停电关停, cell by cell: ends, days served and in effect, gaps by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

COUNTY = ("--county", "431127")
FIRM, OTHER = "甲铸造有限公司", "乙铸造有限公司"
ROSTER = """企业名称,乡镇,行业代码,生产状态,排污许可,排污许可有效期至,方案阶段,停电时间
甲铸造有限公司,新圩镇,3391,在产,已办,2025-12-20,已制定,
乙铸造有限公司,新圩镇,3391,在产,已办,2026-02-10,,2025-12-10
丙铸造有限公司,新圩镇,3391,在产,已办,,,
丁铸造有限公司,新圩镇,3391,在产,已办,2029-06-30,,
"""
CUT = (
    *("step", "record", FIRM, "cut", "--on", "2025-12-10", "--decided", "2025-12-08", "--served", "2025-12-09"),
    *("--time", "09:30", "--authority", "蓝山县科工局", "--number", "蓝科工停〔2025〕3号", "--reason", "整治"),
)


@pytest.fixture
def county(luzhang: Callable, register: Path, tmp_path: Path) -> Callable:
    (tmp_path / "新圩镇.csv").write_text(ROSTER, encoding="utf-8")
    assert luzhang("import", tmp_path / "新圩镇.csv", *COUNTY, "--valid-from", "2025-12-01").status < 2
    done = luzhang(*CUT, *COUNTY, "--gap")
    assert done.status == 1, done.err
    return luzhang


def ledger(county: Callable, path: Path, *words: str) -> dict[str, list[dict[str, Any]]]:
    said = county("ledger", "2025Q4", *COUNTY, "-o", path, *words)
    assert said.status < 2, said.err
    book = openpyxl.load_workbook(path, data_only=True)
    return {name: _rows(book[name]) for name in ("手续", "一企一策", "停电关停")}


def _rows(sheet: Any) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[3]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)]


def notes(rows: list[dict[str, Any]], first: str) -> str:
    return "\n".join(str(row[first]) for row in rows)


def test_a_recorded_step_has_its_days_and_its_gaps_by_name(county: Callable, tmp_path: Path) -> None:
    acts = ledger(county, tmp_path / "q.xlsx")["停电关停"]
    (row,) = [one for one in acts if one["企业名称或原文表述"] == FIRM]

    assert row == {
        "处置类别": "停电",
        "乡镇（街道）": "新圩镇",
        "企业名称或原文表述": FIRM,
        "时间": "2025-12-10",
        "实施单位": "蓝山县科工局",
        "文号": "蓝科工停〔2025〕3号",
        "名单": 1,
        "原文陈述": None,
        "缺件": None,
        "作出时间": "2025-12-08",
        "送达时间": "2025-12-09",
        "实施时间": "2025-12-10 09:30",
        "缺口": "缺：文书、影像不全，停电通知（蓝科工停〔2025〕3号）没有收进登记库；"
        "没有生态环境部门在停电前给科工局的函件",
    }
    assert "缺口依据：“12月10日，蓝山县科工局根据市生态环境局蓝山分局函件" in notes(acts, "处置类别")


def test_of_a_rosters_action_no_day_is_printed_that_nobody_said(county: Callable, tmp_path: Path) -> None:
    acts = ledger(county, tmp_path / "q.xlsx")["停电关停"]
    (row,) = [one for one in acts if one["企业名称或原文表述"] == OTHER]

    assert (row["时间"], row["缺件"]) == ("2025-12-10", "缺实施单位、文号")
    assert (row["作出时间"], row["送达时间"], row["实施时间"]) == (None, None, None)
    assert "没有写实施单位；没有写文号" in row["缺口"]


def test_a_gap_that_was_closed_later_says_so(county: Callable, tmp_path: Path) -> None:
    letter = ("--issuer", "永州市生态环境局蓝山分局", "--dated", "2025-12-09", "--firm", FIRM, "--reason", "来函")
    assert county("paper", "add", "函件", *letter, *COUNTY).status == 0
    acts = ledger(county, tmp_path / "q.xlsx")["停电关停"]
    (row,) = [one for one in acts if one["企业名称或原文表述"] == FIRM]

    assert "没有生态环境部门在停电前给科工局的函件" not in row["缺口"]
    assert row["缺口"].endswith("补录：函件（永州市生态环境局蓝山分局，2025-12-09）")


def test_permits_say_whether_they_ended_or_end_soon(county: Callable, tmp_path: Path) -> None:
    rows = ledger(county, tmp_path / "q.xlsx")["手续"]
    ends = {row["企业名称"]: row["到期情况"] for row in rows if row["手续类别"] == "排污许可"}

    assert ends == {
        FIRM: "已过期：有效期到2025-12-20，已过 11 天",
        OTHER: "将到期：有效期到2026-02-10，还有 41 天；最迟2025-12-12申请延续，已过这一天",
        "丙铸造有限公司": "不能确定：没有写有效期到哪一天",
        "丁铸造有限公司": None,
    }
    assert "到期情况：已过期1件；60天内到期1件；不能确定1件" in notes(rows, "序号")


def test_a_plan_names_what_it_lacks(county: Callable, tmp_path: Path) -> None:
    rows = ledger(county, tmp_path / "q.xlsx")["一企一策"]
    (row,) = [one for one in rows if one["企业名称"] == FIRM]

    assert row["缺口"] == "缺：已制定（2025-12-01以前）没有一企一策方案"
    assert "缺口依据：“2024年上半年，为25家铸造企业量身制定" in notes(rows, "序号")


def test_resuming_production_that_needs_no_number_lacks_none(county: Callable, tmp_path: Path) -> None:
    resumed = ("step", "record", FIRM, "resume", "--on", "2025-12-22", "--gap", "--reason", "已恢复生产")
    assert county(*resumed, *COUNTY).status == 1
    acts = ledger(county, tmp_path / "q.xlsx")["停电关停"]
    (row,) = [one for one in acts if one["处置类别"] == "恢复生产"]

    assert row["缺件"] is None
    assert row["缺口"].startswith("缺：")


def test_acceptances_stand_beside_the_plan_with_what_they_lack(county: Callable, tmp_path: Path) -> None:
    who = ("--unit", "县科工局", "--person", "张三", "--reason", "现场复核", *COUNTY)
    assert county("acceptance", "record", FIRM, "township", "failed", "--on", "2025-12-01", *who).status == 1
    before = ledger(county, tmp_path / "1.xlsx", "--issue")["一企一策"]
    assert county("acceptance", "record", FIRM, "township", "passed", "--on", "2025-12-12", *who).status == 1
    assert county("acceptance", "record", OTHER, "county", "passed", "--on", "2025-12-20", "--gap", *who).status == 1
    assert county("acceptance", "record", FIRM, "county", "passed", "--on", "2026-01-05", *who).status == 1
    rows = ledger(county, tmp_path / "2.xlsx", "--draft")["一企一策"]

    levels = ("镇街自验", "区县复验", "市级抽验")
    assert [[row[level] for level in levels] for row in before if row["企业名称"] == FIRM] == [
        ["未通过（2025-12-01）", None, None]
    ]
    (row,) = [one for one in rows if one["企业名称"] == FIRM]
    assert [row[level] for level in levels] == ["通过（2025-12-12）", None, None]
    assert "镇街自验通过（2025-12-12）的验收意见没有收进登记库" in row["缺口"]
    told = notes(rows, "序号")
    assert f"没有方案、有验收记录：{OTHER}：区县复验通过（2025-12-20）" in told
    assert "缺口依据：“上一级只验收下一级已经通过的企业" in told


def test_an_issued_ledger_stays_to_the_byte_and_a_draft_has_the_paper_that_came_since(
    county: Callable, tmp_path: Path
) -> None:
    issued, again, draft = (tmp_path / name for name in ("1.xlsx", "2.xlsx", "3.xlsx"))
    ledger(county, issued, "--issue")
    letter = ("--issuer", "永州市生态环境局蓝山分局", "--dated", "2025-12-09", "--firm", FIRM, "--reason", "来函")
    assert county("paper", "add", "函件", *letter, *COUNTY).status == 0
    ledger(county, again)
    ledger(county, draft, "--draft")

    assert issued.read_bytes() == again.read_bytes()
    assert issued.read_bytes() != draft.read_bytes()


def test_a_draft_of_what_was_issued_last_is_that_issue(county: Callable, tmp_path: Path) -> None:
    ledger(county, tmp_path / "1.xlsx", "--issue")
    ledger(county, tmp_path / "2.xlsx", "--draft")

    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_merger_on_a_day_nobody_knows_is_in_the_next_draft(county: Callable, tmp_path: Path) -> None:
    asked = ("ledger", "2025Q4", *COUNTY, "-o", tmp_path / "q.xlsx", "--json")
    before = county(*asked).object["known"]
    day = ("--day", "不明", "--reason", "验收销号意见")
    assert county("succeed", "merged", OTHER, FIRM, *day, *COUNTY).status == 0

    assert county(*asked).object["known"] == before + 1
