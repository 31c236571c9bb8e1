"""Numbers with units: exact conversion, the cell's unit first, and a question wherever it is not one number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .cells import also, asked, read, value

CAPACITY = "equipment.capacity_t"
A_YEAR = "enterprise.capacity_t_per_year"


@pytest.mark.parametrize(
    ("path", "written", "unit", "expected"),
    [
        (CAPACITY, "0.75T", None, 0.75),
        (CAPACITY, "1.5 吨/台", None, 1.5),
        (CAPACITY, "500KG", None, 0.5),
        (CAPACITY, "500KG", "吨", 0.5),
        (CAPACITY, "１５０公斤", None, 0.15),
        (CAPACITY, "8000 kg", None, 8.0),
        (CAPACITY, 150.0, "kg", 0.15),
        (CAPACITY, 0.25, "（吨/台）", 0.25),
        (CAPACITY, "3", "t（吨）", 3.0),
        (CAPACITY, "1,500", "公斤", 1.5),
        (CAPACITY, "半吨", None, 0.5),
        (CAPACITY, "一吨半", None, 1.5),
        (CAPACITY, "0.5（吨）", None, 0.5),
        (A_YEAR, "24000 吨", None, 24000.0),
        (A_YEAR, "8400t/a", None, 8400.0),
        (A_YEAR, "０．０７万吨", None, 700.0),
        (A_YEAR, "1.2", "万吨/年", 12000.0),
        (A_YEAR, "2万", "吨", 20000.0),
        ("enterprise.output_value_wan", "1.2亿元", None, 12000.0),
        ("enterprise.output_value_wan", "3000万", None, 3000.0),
        ("enterprise.output_value_wan", "30000000元", None, 3000.0),
        ("enterprise.tax_wan", 88, "万元", 88.0),
        ("enterprise.electricity_kwh", "12.5万千瓦时", None, 125000.0),
        ("enterprise.electricity_kwh", "120", "万kW·h", 1200000.0),
        ("enterprise.electricity_kwh", "98000度", None, 98000.0),
        ("enterprise.land_mu", "20亩", None, 20.0),
        ("enterprise.land_mu", "2000平方米", None, 3.0),
        ("enterprise.land_mu", 2000.0, "㎡", 3.0),
        ("enterprise.employees", "２８人", None, 28),
        ("enterprise.employees", "一百二十人", None, 120),
        ("enterprise.employees", 37.0, None, 37),
        ("equipment.quantity", "两台", None, 2),
        ("equipment.quantity", "十二台", None, 12),
        ("equipment.quantity", "2台（一拖二）", None, 2),
        ("equipment.quantity", "一拖二", None, 2),
        ("equipment.quantity", 3.0, "台/套", 3),
        ("equipment.power_kw", "250kW", None, 250.0),
        ("equipment.power_kw", "三千瓦", None, 3.0),
        ("equipment.transformer_kva", "1250千伏安", None, 1250.0),
        ("equipment.melt_rate_t_per_h", "0.1吨/小时", None, 0.1),
        ("enterprise.employees", "无", None, 0),
        ("enterprise.tax_wan", "0", None, 0.0),
    ],
)
def test_a_number_in_the_fields_own_unit(path: str, written: object, unit: str | None, expected: float) -> None:
    said = read(path, written, unit)
    assert (said.value, said.issue) == (expected, None)
    assert type(said.value) is type(expected)


@pytest.mark.parametrize(
    ("path", "written", "unit", "code"),
    [
        (CAPACITY, "150", None, "value.unit_unknown"),
        (A_YEAR, 20500.0, None, "value.unit_unknown"),
        (A_YEAR, "5万重箱", None, "value.unit_mismatch"),
        (A_YEAR, "3000", "件", "value.unit_mismatch"),
        ("enterprise.land_mu", "2000立方米", None, "value.unit_mismatch"),
        ("equipment.transformer_kva", "1250kW", None, "value.unit_mismatch"),
        ("equipment.quantity", "2", "家", "value.unit_mismatch"),
        (CAPACITY, "约1吨", None, "value.not_exact"),
        (CAPACITY, "1-2吨", None, "value.not_exact"),
        (CAPACITY, "1吨左右", None, "value.not_exact"),
        (CAPACITY, "≥0.25吨", None, "value.not_exact"),
        (A_YEAR, "1.5—2万吨", None, "value.not_exact"),
        ("enterprise.employees", "50余人", None, "value.not_exact"),
        ("enterprise.tax_wan", "500多万元", None, "value.not_exact"),
        ("enterprise.tax_wan", "-5万元", None, "value.implausible"),
        ("equipment.quantity", -1.0, None, "value.implausible"),
        (CAPACITY, "3000t", None, "value.implausible"),
        (CAPACITY, "0吨", None, "value.implausible"),
        ("equipment.quantity", "2.5", None, "value.not_whole"),
        (CAPACITY, "1,5吨", None, "value.not_understood"),
        (CAPACITY, "0.5/1吨", None, "value.not_understood"),
        (CAPACITY, "0.5吨（实际1吨）", None, "value.not_understood"),
        (CAPACITY, "不明", None, "value.stated_unknown"),
        (CAPACITY, "未检出", None, "value.below_detection"),
    ],
)
def test_what_is_no_single_number_is_asked(path: str, written: object, unit: str | None, code: str) -> None:
    assert asked(path, written, unit) == code
    issue = read(path, written, unit).issue
    assert issue
    assert issue[1] == "question"


def test_tons_an_hour_are_never_a_capacity() -> None:
    for written, unit in (("5t/h", None), ("5吨/小时", None), (5, "吨/小时"), ("5", "t/h")):
        said = read(CAPACITY, written, unit)
        assert said.value is None
        assert said.also == {"equipment.melt_rate_t_per_h": 5.0}


@pytest.mark.parametrize("written", ["", "/", "-", "—", " ", "——", "N/A"])
def test_a_blank_states_nothing_and_asks_nothing(written: str) -> None:
    said = read(CAPACITY, written)
    assert (said.value, said.issue, dict(said.also)) == (None, None, {})


def test_several_bodies_in_one_capacity() -> None:
    assert (value(CAPACITY, "1吨×2"), also(CAPACITY, "1吨×2")) == (1.0, {"equipment.quantity": 2})
    assert (value(CAPACITY, "2×0.5吨"), also(CAPACITY, "2×0.5吨")) == (0.5, {"equipment.quantity": 2})
    assert (value(CAPACITY, "0.5吨（闲置）"), also(CAPACITY, "0.5吨（闲置）")) == (0.5, {"equipment.state": "idle"})


def test_coordinates_in_degrees_and_in_minutes() -> None:
    both = '东经116°45"53.134",北纬38°11"19.125"'
    assert value("enterprise.longitude", both) == pytest.approx(116.76475944)
    assert also("enterprise.longitude", both)["enterprise.latitude"] == pytest.approx(38.18864583)
    assert value("enterprise.longitude", "112°11′40.2″") == pytest.approx(112.1945)
    assert value("enterprise.latitude", 25.375) == 25.375
    assert asked("enterprise.longitude", 25.375) == "value.implausible"
    assert asked("enterprise.longitude", "112°75′40″") == "value.not_understood"


UNITS = {
    CAPACITY: {"t": "1", "吨": "1", "kg": "0.001", "公斤": "0.001", "KG/台": "0.001"},
    A_YEAR: {"吨/年": "1", "万吨": "10000", "t/a": "1"},
    "enterprise.electricity_kwh": {"kWh": "1", "万千瓦时": "10000", "度": "1"},
    "enterprise.output_value_wan": {"万元": "1", "亿元": "10000", "元": "0.0001"},
}


@given(
    path=st.sampled_from(sorted(UNITS)),
    number=st.decimals("0.001", "99", places=3),
    choice=st.integers(0, 9),
    in_cell=st.booleans(),
    wide=st.booleans(),
)
def test_a_number_comes_back_exactly(path: str, number: Decimal, choice: int, in_cell: bool, wide: bool) -> None:
    unit, factor = list(UNITS[path].items())[choice % len(UNITS[path])]
    digits = str(number).translate(str.maketrans("0123456789.", "０１２３４５６７８９．")) if wide else str(number)
    said = value(path, f"{digits} {unit}") if in_cell else value(path, digits, unit)
    assert said == float(number * Decimal(factor))


@given(st.integers(1, 9999), st.sampled_from(["", "台", " 台", "套"]))
def test_a_count_comes_back(count: int, unit: str) -> None:
    assert value("equipment.quantity", f"{count}{unit}") == count
    assert value("equipment.quantity", float(count)) == count


@given(st.text(max_size=12), st.one_of(st.none(), st.text(max_size=4)))
def test_no_text_breaks_the_reader(text: str, unit: str | None) -> None:
    for path in (CAPACITY, "equipment.quantity", "enterprise.longitude", "enterprise.land_mu"):
        said = read(path, text, unit)
        assert said.value is None or isinstance(said.value, (int, float))
