"""A file of holidays is loaded whole or not at all; every fault is named with its line."""

from __future__ import annotations

import pytest

from app.errors import CatalogueFault
from app.rules.calendar.loader import calendar_of, load_arrangements

HEAD = """version: 1
sources:
  notice: {title: 某年放假通知, date: 2026-11-01}
arrangements:
  - id: HOLIDAYS-2027
    year: 2027
    title: 2027年节假日
    text: 元旦放假
"""


def test_an_arrangement_that_nobody_read_makes_no_year_known() -> None:
    found = load_arrangements({"a.yaml": HEAD + '    evidence: {level: memory}\n    off: ["2027-01-01"]\n'})

    assert [one.rule.decides for one in found.values()] == [False]
    assert calendar_of(one for one in found.values() if one.rule.decides).years == frozenset()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('    work: ["2027-01-04"]', "a.yaml 第10行：放假安排 HOLIDAYS-2027：2027-01-04 不是星期六、星期日"),
        ('    off: ["2027-01-05/2027-01-01"]', "的最后一天在第一天之前"),
        ('    off: ["元旦"]', "应写成 2025-10-01"),
        ('    off: ["2031-01-01"]', "不是 2027 年的安排"),
        ('    off: ["2027-01-02"]\n    work: ["2027-01-02"]', "又是放假又是上班"),
        ('    holiday: ["2027-01-02"]', "不认识的项“holiday”"),
    ],
)
def test_a_fault_is_named_with_its_line(line: str, fault: str) -> None:
    with pytest.raises(CatalogueFault) as refused:
        load_arrangements({"a.yaml": f"{HEAD}    evidence: {{level: official, source: notice}}\n{line}\n"})

    assert fault in str(refused.value.message)
