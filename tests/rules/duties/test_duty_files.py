"""Duty files: what ships is whole and tells what decides from what does not; a faulty file is named line by line."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import CatalogueFault
from app.rules.clause import READ
from app.rules.duties.loader import load_duties, shipped_duties

SHIPPED = shipped_duties()

FILE = """version: 1
sources:
  paper: {title: 某方案, date: 2024-01-01}
duties:
  - id: A-1
    permits: [safety_grade]
    title: 三级
    text: 达到三级
    evidence: {level: paper, source: paper}
    jurisdiction: "431127"
    trades: [foundry]
    applies: {enterprise.scale: below}
    grade: level_3
    effective_from: 2024-01-01
    deadline: 2024-12-31
"""


def test_only_what_was_read_decides() -> None:
    for duty in SHIPPED.values():
        rule = duty.rule
        assert rule.decides <= (rule.level in READ and rule.source is not None and bool(rule.text))
    assert [duty.rule.id for duty in SHIPPED.values() if not duty.rule.decides] == ["FOUNDRY-CLASS-3391"]


def test_each_duty_of_a_paper_stands_in_its_own_county() -> None:
    day = date(2025, 12, 1)
    here = {duty.rule.id for duty in SHIPPED.values() if duty.rule.in_force(day, "431127")}
    there = {duty.rule.id for duty in SHIPPED.values() if duty.rule.in_force(day, "652301")}

    assert "LS25-PROCEDURES" in here - there
    assert {"CJ21-DISCHARGE", "CJ21-SAFETY-BELOW", "CJ21-SAFETY-ABOVE"} <= there - here
    assert {"PERMIT-2", "PERMIT-24", "LICENCE-3"} <= here & there


def test_paper_002_states_five_and_one_and_names_them() -> None:
    below, above = SHIPPED["CJ21-SAFETY-BELOW"], SHIPPED["CJ21-SAFETY-ABOVE"]
    assert (below.stated, len(below.named), below.deadline) == (5, 5, date(2021, 12, 31))
    assert (above.stated, len(above.named), above.deadline) == (1, 1, date(2023, 12, 31))


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("permits: [safety_grade]", "permits: [safety]", 6, "“permits”没有“safety”"),
        ("permits: [safety_grade]", "permits: []", 6, "要哪几项手续"),
        ("level: paper, source: paper", "level: paper", 9, "要写明来源"),
        ("source: paper}", "source: other}", 9, "没有来源“other”"),
        ("level: paper", "level: heard", 9, "“level”不能是“heard”"),
        ('jurisdiction: "431127"', 'jurisdiction: "蓝山"', 10, "行政区划代码"),
        ("trades: [foundry]", "trades: [铸造]", 11, "“trades”没有“铸造”"),
        ("enterprise.scale: below", "enterprise.scale: tiny", 12, "没有“tiny”这个值"),
        ("enterprise.scale: below", "capacity_t: 3", 12, "不是企业的字段"),
        ("grade: level_3", "grade: 三级", 13, "“grade”不能是“三级”"),
        ("deadline: 2024-12-31", "deadline: 年底", 15, "应为日期"),
        ("deadline:", "due:", 15, "不认识的项“due”"),
        ("    text: 达到三级\n", "", 5, "缺少“text”"),
    ],
)
def test_a_fault_is_named_with_its_line(before: str, after: str, line: int, reason: str) -> None:
    with pytest.raises(CatalogueFault) as told:
        load_duties({"县.yaml": FILE.replace(before, after)})
    assert any(f"县.yaml 第{line}行" in fault and reason in fault for fault in told.value.faults), told.value.faults


def test_every_fault_of_every_file_is_named_at_once() -> None:
    faulty = FILE.replace("grade: level_3", "grade: 三级").replace("deadline: 2024-12-31", "deadline: 年底")
    with pytest.raises(CatalogueFault) as told:
        load_duties({"a.yaml": faulty, "b.yaml": "version: 2\nduties: []", "c.yaml": "[", "d.yaml": "- 1"})
    assert len(told.value.faults) >= 5
    assert {"a.yaml", "b.yaml", "c.yaml", "d.yaml"} == {fault.split(" ")[0] for fault in told.value.faults}


def test_what_was_not_read_cannot_be_confirmed() -> None:
    with pytest.raises(CatalogueFault, match="只能是草稿"):
        load_duties({"a.yaml": FILE.replace("level: paper, source: paper}", "level: news}\n    status: confirmed")})


def test_one_id_is_given_once() -> None:
    with pytest.raises(CatalogueFault, match="编号重复"):
        load_duties(
            {"a.yaml": FILE, "b.yaml": FILE.replace("paper:", "other:").replace("source: paper", "source: other")}
        )
