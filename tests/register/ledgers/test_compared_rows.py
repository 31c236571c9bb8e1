"""Which row of one ledger stands beside which of another."""

from __future__ import annotations

from typing import Any

from app.register.ledgers.compare import VERSION, _keyed
from app.register.ledgers.frozen import Cell, Heading, Origin, Sheet


def keys(name: str, titles: tuple[str, ...], *rows: tuple[Cell, ...], **more: Any) -> list[tuple[Any, ...]]:
    sheet = Sheet(name, name, tuple(map(Heading, titles)), rows, **more)
    return [key for key, _ in _keyed(sheet)]


def test_a_line_of_movements_stands_beside_that_of_its_own_township_and_unit() -> None:
    titles = ("类别", "乡镇（街道）", "单位", "期初", "期末")
    whole = ("停产中", "全县（市、区）", "家", 2, 1)
    lines = [("停产中", "新圩镇", "家", 1, 0), ("停产中", "土市镇", "家", 1, 1), ("停产中", "土市镇", "台", 3, 3)]

    one = keys("变化汇总", titles, whole, *lines, emphasis=frozenset({0}))
    other = keys("变化汇总", titles, whole, lines[1], lines[2], emphasis=frozenset({0}))

    assert other == [one[0], one[2], one[3]]


def test_a_reconciliation_stands_beside_the_one_of_its_name() -> None:
    titles = ("类别", "事项", "原文或明细", "名单或汇总")
    one = keys("核对", titles, ("台账内部", "甲", 1, 1), ("台账内部", "乙", 2, 2))

    assert keys("核对", titles, ("台账内部", "乙", 3, 3)) == one[1:]


def test_of_one_record_each_movement_is_a_row_of_its_own() -> None:
    titles = ("序号", "企业名称", "类别", "变化", "原来", "现在")
    own = Origin((("enterprise", "1"),))
    gone, stopped = (1, "甲", "在厂设备", "减少", "1台", "没有"), (2, "甲", "停产中", "新增", "没有停产", "停产")

    one = keys("变化说明", titles, gone, stopped, origins=(own, own))
    other = keys("变化说明", titles, (1, *stopped[1:]), origins=(own,))

    assert other == one[1:]


def test_what_the_version_tells_of_all_is_not_said_of_one_firm() -> None:
    own = Origin((("enterprise", "1"), ("enterprise", "2")))
    one = keys(VERSION, ("项目", "内容"), ("底数", "企业2家"), origins=(own,))

    assert one == keys(VERSION, ("项目", "内容"), ("底数", "企业3家"), origins=(own, own))
    assert one[0][0] == "words"
