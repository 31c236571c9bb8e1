"""One fact asked in a clerk's words, so that its value is the answer."""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.catalogue_loader import shipped
from app.rules.questions import answer_in, asked_openly, choices, machine_told

DAY = date(2024, 1, 15)
CLAUSES = [shipped().clause("GDC24-IF-NOYOKE-AL"), shipped().clause("ZJ19-GASIFIER-NEW")]


@pytest.mark.parametrize(
    ("path", "facts", "words"),
    [
        ("yoke", {"code": "3"}, "3号炉有无磁轭？"),
        ("shell", {"code": "3#"}, "3号炉炉壳是铝壳还是钢壳？"),
        ("frequency", {"shell": "aluminium", "capacity_t": 0.5}, "该铝壳炉（0.5吨）频率类别是工频、中频还是高频？"),
        ("capacity_t", {"kind": "cupola", "quantity": 2}, "该冲天炉（2台）容量多少吨？"),
        ("kind", {"name": "炉"}, "该炉炉型（设备类别）是否感应电炉或煤气发生炉，不是的是什么？"),
        ("state", {"code": "3号炉"}, "3号炉在2024年1月15日是什么状态，是否已拆除？"),
        ("commissioned_on", {"kind": "gas_producer"}, "该煤气发生炉投运时间是哪一天，是否早于2019年10月30日？"),
        ("enterprise.status", {}, "该企业生产状态是在产、停产、在建、关停退出、搬迁还是被整合？"),
    ],
)
def test_a_fact_is_asked_openly(path: str, facts: dict[str, object], words: str) -> None:
    assert asked_openly(path, facts, CLAUSES, DAY) == words  # type: ignore[arg-type]


def test_answers_stand_beside_the_question_where_they_are_few() -> None:
    assert choices("yoke") == ((True, "有"), (False, "无"))
    assert choices("shell") == (("aluminium", "铝壳"), ("steel", "钢壳"))
    assert choices("kind") == choices("capacity_t") == choices("lining") == ()


def test_a_chosen_word_is_its_value_and_another_word_is_none() -> None:
    assert answer_in("yoke", " 无 ") is False
    assert answer_in("shell", "铝壳") == "aluminium"
    assert answer_in("shell", "铜壳") is None
    assert answer_in("capacity_t", "0.5") is None


def test_a_machine_without_a_number_is_told_by_its_size() -> None:
    assert machine_told({"shell": "steel", "model": "GW-1", "quantity": 1}) == "该钢壳炉（GW-1）"
    assert machine_told({}) == "该炉"
