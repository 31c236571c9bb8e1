"""What a paper states as numbers is kept as it states it: with its phrase, its time and its source, or 不明."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.register import StatedFigure
from importers.figures import figures, figures_day
from importers.grid import Cell, SheetGrid, WorkbookGrid

HEAD = ("类别", "表述", "数量", "单位", "时间", "依据")


def book(*rows: tuple[Any, ...], name: str = "陈述数字") -> WorkbookGrid:
    """A workbook of one sheet."""
    cells = {
        (at, column): Cell(value, str(value))
        for at, row in enumerate(rows, start=1)
        for column, value in enumerate(row, start=1)
        if value is not None
    }
    return WorkbookGrid("整改报告.xlsx", "0" * 64, "xlsx", (SheetGrid(name, cells),))


def stated(*rows: tuple[Any, ...]) -> list[StatedFigure]:
    """The figures of a sheet under the usual header."""
    return list(figures(book(HEAD, *rows), ["陈述数字"], "蓝山县人民政府"))


def test_a_row_is_a_figure_with_its_evidence() -> None:
    [one] = stated(("一企一策方案", "为25家铸造企业制定方案", 25, "家", "2024年上半年", None))

    assert (one.topic, one.number, one.unit, one.phrase) == ("plan", 25.0, "家", "为25家铸造企业制定方案")
    assert (one.since, one.until, one.when) == (date(2024, 1, 1), date(2024, 6, 30), "2024年上半年")
    assert (one.source, one.evidence_file, one.evidence_cell) == ("蓝山县人民政府", "整改报告.xlsx", "陈述数字!C2")


@pytest.mark.parametrize("written", ["不明", "未说明", None, "/", "若干"])
def test_a_number_that_is_not_stated_is_none_and_never_nought(written: str | None) -> None:
    [one] = stated(("停电", "对未达标企业采取停电措施", written, "家", "2025年12月10日", None))

    assert one.number is None
    assert (one.topic, one.since, one.until) == ("power_cut", date(2025, 12, 10), date(2025, 12, 10))


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [("10家", 10.0, "家"), ("1,200", 1200.0, ""), ("约3万吨", 30000.0, "吨"), ("0", 0.0, "")],
)
def test_a_number_may_come_with_its_unit(written: str, number: float, unit: str) -> None:
    [one] = stated(("恢复生产", "恢复了生产", written, None, None, None))

    assert (one.number, one.unit, one.topic) == (number, unit, "resumed")


def test_a_topic_that_nobody_foresaw_is_none() -> None:
    [one] = stated(("入园意愿书", "7家企业已提交意愿书并停电", 7, "家", None, None))

    assert one.topic is None


def test_without_a_topic_column_the_phrase_tells_it_if_it_names_just_one() -> None:
    rows = [("事项", "数值"), ("对企业采取停电措施", "不明"), ("停电后恢复生产的企业", 3)]

    assert [one.topic for one in figures(book(*rows), ["陈述数字"])] == ["power_cut", None]


def test_the_row_s_own_source_goes_before_the_sheet_s_and_that_before_the_told() -> None:
    rows = [
        ("填报单位：蓝山县科工局",),
        HEAD,
        ("停电", "停电", 1, "家", None, "验收销号意见"),
        ("停电", "停电", 1, "家", None, None),
    ]

    assert [one.source for one in figures(book(*rows), ["陈述数字"], "甲")] == ["验收销号意见", "蓝山县科工局"]


def test_a_header_of_counts_gives_the_unit() -> None:
    assert [one.unit for one in figures(book(("指标", "家数"), ("企业总数", 36)), ["陈述数字"])] == ["家"]


def test_notes_and_other_sheets_state_nothing() -> None:
    assert figures(book(("指标", "内容"), ("甲", "乙")), ["陈述数字"]) == ()
    assert figures(book(HEAD, ("停电", "停电", 1)), ["另一张表"]) == ()
    assert stated((None, None, 7)) == []


def test_the_day_of_figures_is_stated_above_them_or_the_last_spoken_of() -> None:
    row = ("停电", "停电", 1, "家", "2025年12月10日", None)

    assert figures_day(book(("填报日期：2025-12-23",), HEAD, row), ["陈述数字"]) == date(2025, 12, 23)
    assert figures_day(book(HEAD, row), ["陈述数字"]) == date(2025, 12, 10)
    assert figures_day(book(HEAD), ["陈述数字"]) is None
