"""Cells that say less than they seem to, or several things at once."""

from __future__ import annotations

import pytest

from app.domain.dates import DateInterval
from importers.values import read_machines
from tests.importers.values.cells import read, value


@pytest.mark.parametrize(
    ("path", "written", "unit", "due"),
    [
        ("enterprise.output_value_wan", "3千万", "万元", 3000),
        ("enterprise.output_value_wan", "3000万", "万元", 3000),
        ("enterprise.electricity_kwh", "30万", "万kWh", 300000),
        ("enterprise.capacity_t_per_year", "1.2万", "万吨", 12000),
        ("enterprise.capacity_t_per_year", "1.2万", "吨", 12000),
        ("equipment.quantity", "1套（2台）", "台", None),
        ("enterprise.legal_representative", "待定", None, None),
        ("enterprise.industry", "3391/3392", None, None),
        ("enterprise.industry", "C3391黑色金属铸造", None, "黑色金属铸造"),
        ("enterprise.industry", "有色金属铸造（3392）", None, "有色金属铸造"),
        ("enterprise.contact_phone", "张三 13800001111", None, "13800001111"),
        ("enterprise.contact_phone", "13800001111转8", None, "13800001111转8"),
        ("enterprise.contact_phone", "张三13800001111、李四13800002222", None, None),
    ],
)
def test_what_a_cell_says_and_no_more(path: str, written: str, unit: str | None, due: object) -> None:
    assert value(path, written, unit) == due


@pytest.mark.parametrize(
    ("written", "until"),
    [("2024年3月1日起", "2024-03-01"), ("2024年3月至今", "2024-03-31"), ("自2024年3月1日起", "2024-03-01")],
)
def test_an_event_that_began_has_its_day(written: str, until: str) -> None:
    said = value("action.taken_on", written)

    assert isinstance(said, DateInterval)
    assert (str(said.until), said.text) == (until, written)


def test_a_day_with_its_state_behind_it() -> None:
    said = read("equipment.removed_on", "2024.3.10已拆除")

    assert isinstance(said.value, DateInterval)
    assert said.also == {"equipment.state": "removed"}


@pytest.mark.parametrize("text", ["、", "\n", "（）", "一亿二千万", "。。。", "1、", "0"])
def test_marks_without_words_tell_of_no_machine(text: str) -> None:
    assert read_machines(text)[0] == ()


@pytest.mark.parametrize("seed", ["1吨", "2024年3月", "0.5吨铝壳炉1台、", "1,", "（", "湘环评〔2019〕12号", "☑是□"])
def test_a_report_pasted_into_a_cell_is_asked_about_as_a_whole(seed: str) -> None:
    text = seed * (10_000 // len(seed))
    for path in (
        "equipment.capacity_t",
        "enterprise.deadline",
        "permit.standing",
        "enterprise.uscc",
        "enterprise.longitude",
    ):
        said = read(path, text)
        assert (said.value, dict(said.also), said.issue is not None) == (None, {}, True)
    assert read_machines(text) == ((), text)
