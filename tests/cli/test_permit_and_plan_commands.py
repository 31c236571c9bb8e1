"""`luzhang permits …`, `luzhang plan …`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

COUNTY = ("--county", "431127")
FIRM = "甲铸造有限公司"
WHY = ("--reason", "验收销号意见", *COUNTY)


@pytest.fixture
def county(luzhang: Callable, register: object, tmp_path: Path) -> str:
    """Two foundries in production, one without a land paper."""
    sheet = tmp_path / "新圩镇.csv"
    rows = [
        "企业名称,乡镇,行业代码,生产状态,用地手续",
        f"{FIRM},新圩镇,3391,在产,未办",
        "乙铸造有限公司,新圩镇,3391,在产,已办",
    ]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    said = luzhang("import", sheet, *COUNTY, "--valid-from", "2024-06-01", "--json")
    assert said.object["applied"]["enterprises"] == 2, said.out
    return FIRM


def test_the_matrix_is_told_in_words_and_as_an_object(luzhang: Callable, county: str) -> None:
    said = luzhang("permits", "check", county, "--as-of", "2026-01-01", *COUNTY)
    assert said.status == 1
    assert "用地手续：没有，已过期限　办理情况是“未办”　依据 LS25-PROCEDURES" in said.out
    assert "督促企业完善手续" in said.out
    told = luzhang("permits", "check", "--state", "已有", "--as-of", "2026-01-01", *COUNTY, "--json").object
    assert [row["enterprise"]["name"] for row in told["rows"]] == ["乙铸造有限公司"]
    assert told["totals"]["land"]["held"] == 1


def test_a_permit_is_recorded_shown_and_doubted(luzhang: Callable, county: str) -> None:
    facts = ("办理情况=已办", "证号=91130200699229617X001P", "有效期止=2024-12-31")
    said = luzhang("permits", "record", county, "排污许可", *facts, "--on", "2024-07-01", *WHY)
    assert said.status == 1
    assert "疑点：证号是不是本单位的，不能确定" in said.out
    ending = luzhang("permits", "expiring", "--as-of", "2024-12-01", *COUNTY)
    assert (ending.status, "还有 30 天" in ending.out, "最迟 2024-11-01 申请延续，已过这一天" in ending.out) == (
        1,
        True,
        True,
    )
    found = luzhang("permits", "findings", "--as-of", "2025-02-01", *COUNTY)
    assert "写着已办，有效期已过" in found.out
    assert "场所 91130200699229617X001" in luzhang("permits", "versions", county, *COUNTY).out
    refused = luzhang("permits", "record", county, "排污许可", "证号=12345", "--on", "2024-07-01", *WHY, "--json")
    assert (refused.status, refused.object["error"]["code"]) == (2, "permit.number")


def test_duties_and_stages_are_listed_with_their_sentences(luzhang: Callable, county: str) -> None:
    duties, stages = luzhang("permits", "duties", *COUNTY), luzhang("plan", "stages", *COUNTY)
    assert (duties.status, "定不了的：" in duties.out, "不作判断" in duties.out) == (0, True, True)
    assert (stages.status, "指导企业选聘第三方开展自主验收" in stages.out) == (0, True)


def test_a_plan_is_refused_recorded_with_its_gap_and_taken_back(luzhang: Callable, county: str) -> None:
    told = ("--stage", "已出具证明", "--on", "2025-12-22")
    refused = luzhang("plan", "advance", county, *told, *WHY)
    assert (refused.status, "铸协共为10家企业出具了" in refused.err, "--gap" in refused.err) == (2, True, True)

    made = luzhang("plan", "advance", county, "乙铸造有限公司", *told, "--gap", *WHY, "--json")
    assert (made.status, len(made.object["steps"])) == (1, 2)
    listed = luzhang("plan", "list", "--as-of", "2026-01-01", *COUNTY)
    assert (listed.status, "期限 2025-12-31，已逾期" in listed.out) == (1, True)
    assert "缺：已出具证明（2025-12-22）之前没有已下达整改通知的记录" in listed.out
    assert "未出具证明 0" in luzhang("plan", "progress", "--as-of", "2025-12-31", *COUNTY).out
    step = made.object["steps"][0]["step"]
    assert luzhang("plan", "back", step, *WHY).status == 0
    assert luzhang("plan", "list", county, "--as-of", "2025-12-31", *COUNTY, "--json").object["total"] == 0


def test_measures_are_listed_by_their_day(luzhang: Callable, county: str) -> None:
    luzhang("plan", "advance", county, "--stage", "made", "--on", "2024年上半年", "--gap", *WHY)
    said = luzhang(
        "plan", "measure", county, "换钢壳炉", "--unit", "县科工局", "--due", "2025年4月底前", *WHY, "--json"
    )
    assert said.status == 0, said.out
    late = luzhang("plan", "overdue", "--as-of", "2025-05-01", *COUNTY)
    assert (late.status, "换钢壳炉　县科工局　2025年4月底前　已逾期" in late.out) == (1, True)
    longer = luzhang("plan", "extend", said.object["measure"], "--due", "2025年5月10日", *WHY)
    assert (longer.status, "延期编号" in longer.out) == (0, True)
    shown = luzhang("plan", "list", "--as-of", "2025-05-01", *COUNTY).out
    assert "2025年5月10日　未到期" in shown
    assert "原期限 2025年4月底前，延到2025年5月10日" in shown
    assert luzhang("plan", "done", said.object["measure"], "--on", "2025-05-20", *WHY).status == 0
    assert "已完成，2025-05-20，晚于期限" in luzhang("plan", "list", "--as-of", "2025-06-01", *COUNTY).out
    assert luzhang("plan", "overdue", "--as-of", "2025-06-01", *COUNTY).status == 0


def test_elsewhere_the_usual_order_is_shown_and_refuses_nothing(
    luzhang: Callable, register: object, tmp_path: Path
) -> None:
    sheet = tmp_path / "宏道镇.csv"
    sheet.write_text("企业名称,乡镇\n甲锻造有限公司,宏道镇", encoding="utf-8")
    there = ("--county", "140921")
    luzhang("import", sheet, *there, "--valid-from", "2024-06-01")
    told = ("--stage", "已出具证明", "--on", "2025-12-22", "--reason", "县里的表", *there)
    said = luzhang("plan", "advance", "甲锻造有限公司", *told)
    assert (said.status, "没有已制定的记录（草稿，不作判断）" in said.out) == (0, True)
    listed = luzhang("plan", "list", *there, "--json")
    assert (listed.status, listed.object["plans"][0]["gaps"]) == (0, [])
    assert len(listed.object["plans"][0]["draft_gaps"]) == 3
