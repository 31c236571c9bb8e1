"""Marks and enumerated words: each value's usual spellings, and questions for the rest."""

from __future__ import annotations

import pytest

from app.domain.statement import Value
from app.domain.vocabulary import field
from importers.grid import Cell
from importers.values import understand

from .cells import also, asked, read, value


@pytest.mark.parametrize(
    ("path", "written", "expected"),
    [
        *[
            ("permit.standing", word, "held")
            for word in ("√", "✓", "✔️", "是", "有", "已办", "已办理", "1", "Y", "已取得")
        ],
        *[("permit.standing", word, "lacking") for word in ("×", "✗", "否", "无", "0", "未办", "未办理", "N", "没有")],
        *[("permit.standing", word, "applying") for word in ("在办", "办理中", "正在办理", "正在 办理")],
        ("permit.standing", "已过期", "expired"),
        ("permit.standing", "无需办理", "not_required"),
        ("permit.standing", "已注销", "revoked"),
        ("permit.standing", 1.0, "held"),
        ("equipment.yoke", "√", True),
        ("equipment.yoke", "有", True),
        ("equipment.yoke", "带磁轭", True),
        ("equipment.yoke", "无", False),
        ("equipment.yoke", "0", False),
        ("equipment.yoke", 0, False),
        ("equipment.yoke", "无磁扼", False),
        ("enterprise.scale", "规上", "above"),
        ("enterprise.scale", "小作坊", "workshop"),
        ("enterprise.status", "正常生产", "producing"),
        ("enterprise.status", "长期停产", "suspended"),
        ("enterprise.status", "已取缔", "closed"),
        ("enterprise.status", "已关停", "closed"),
        ("enterprise.status", "被整合", "merged"),
        ("enterprise.status", "搬迁", "relocated"),
        ("enterprise.grade", "Ａ级", "A"),
        ("enterprise.grade", "地方B", "B"),
        ("enterprise.grade", "民生豁免-A", "A"),
        ("enterprise.grade", "B－", "B-"),
        ("enterprise.grade", "引领性", "leading"),
        ("enterprise.grade", "非引领性", "not_leading"),
        ("equipment.shell", "铝壳", "aluminium"),
        ("equipment.shell", "铁壳", "steel"),
        ("equipment.frequency", "中频", "medium"),
        ("equipment.core", "无芯", "coreless"),
        ("equipment.fuel", "管道天然气", "natural_gas"),
        ("equipment.fuel", "电", "electricity"),
        ("equipment.state", "闲置未使用", "idle"),
        ("equipment.state", "已关停未拆除", "shut_not_removed"),
        ("equipment.state", "拆除到位", "removed"),
        ("equipment.state", "正常", "in_use"),
        ("permit.class", "简化", "simplified"),
        ("permit.class", "排污登记", "registration"),
        ("permit.class", "Ⅲ级", "level_3"),
        ("plan.stage", "方案已制定", "made"),
        ("plan.stage", "未制定", "none"),
        ("plan.stage", "无", "none"),
        ("plan.stage", "已下达整改通知", "notified"),
        ("plan.stage", "未通过验收", "failed"),
        ("plan.stage", "通过验收", "accepted"),
        ("plan.acceptance", "验收合格", "passed"),
        ("plan.acceptance", "未验收", "pending"),
    ],
)
def test_a_word_of_a_field(path: str, written: object, expected: Value) -> None:
    said = read(path, written)
    assert (said.value, said.issue) == (expected, None)


@pytest.mark.parametrize(
    ("path", "written", "code"),
    [
        ("permit.standing", "○", "value.mark_unclear"),
        ("equipment.yoke", "○", "value.mark_unclear"),
        ("equipment.yoke", "待核实", "value.stated_unknown"),
        ("equipment.yoke", "不明", "value.stated_unknown"),
        ("equipment.kind", "电炉", "value.kind_unclear"),
        ("equipment.kind", "熔炼炉", "value.kind_unclear"),
        ("equipment.state", "待拆除", "value.not_understood"),
        ("equipment.state", "已升级", "value.not_understood"),
        ("equipment.state", "拆除中", "value.not_understood"),
        ("equipment.shell", "铝壳/钢壳", "value.not_understood"),
        ("enterprise.status", "半停产", "value.not_understood"),
        ("equipment.fuel", "燃气", "value.not_understood"),
        ("permit.standing", "2023年5月", "value.not_understood"),
        ("plan.acceptance", "×", "value.not_understood"),
    ],
)
def test_a_word_that_is_not_understood_is_asked(path: str, written: str, code: str) -> None:
    assert asked(path, written) == code


@pytest.mark.parametrize(
    "path", ["enterprise.status", "enterprise.grade", "equipment.fuel", "equipment.kind", "permit.class"]
)
def test_nothing_under_a_field_without_such_a_value_states_nothing(path: str) -> None:
    assert (value(path, "无"), read(path, "无").issue, value(path, "/")) == (None, None, None)


def test_a_word_under_one_field_may_state_another() -> None:
    assert (value("enterprise.grade", "长期停产"), also("enterprise.grade", "长期停产")) == (
        None,
        {"enterprise.status": "suspended"},
    )
    assert also("equipment.kind", "铝壳中频炉") == {"equipment.shell": "aluminium", "equipment.frequency": "medium"}
    assert value("equipment.kind", "铝壳") == "induction_furnace"
    assert also("permit.standing", "简化管理") == {"permit.class": "simplified"}
    assert value("permit.standing", "已办（湘环评[2019]12号）") == "held"
    assert also("permit.standing", "湘环评〔2019〕12号") == {"permit.number": "湘环评〔2019〕12号"}


def test_struck_out_and_broken_cells_state_nothing_and_say_so() -> None:
    struck = understand(field("permit.standing"), Cell("已办", "已办", struck=True))
    broken = understand(field("permit.standing"), Cell(None, "#REF!", error="#REF!"))
    assert struck.issue
    assert broken.issue
    assert (struck.value, struck.issue[0]) == (None, "cell.struck_out")
    assert (broken.value, broken.issue[0]) == (None, "value.cell_error")
