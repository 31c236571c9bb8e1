"""Classes of heat-treatment furnaces: by furnace, power, temperature and fuel, and nothing outside the table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.errors import BadInput
from app.rules.limits.heat_treatment import comparable, comparable_fuel
from app.rules.limits.judging import judge
from app.rules.limits.limit import Classes
from app.rules.limits.loader import shipped_limits
from app.rules.limits.verdict import Case, Verdict

TABLE = shipped_limits().limit("GBT36561-T8")


def said(**facts: object) -> Verdict:
    (verdict,) = judge(TABLE, Case(facts, date(2024, 1, 1), trying=True))  # type: ignore[arg-type]
    return verdict


@pytest.mark.parametrize(
    ("consumption", "reached"),
    [(390, "一等"), (390.1, "二等"), (530, "二等"), (531, "三等"), (650, "三等"), (651, "未达三等")],
)
def test_a_car_bottom_furnace_reaches_the_class_whose_end_it_keeps(consumption: float, reached: str) -> None:
    verdict = said(furnace="台车炉", power_kw=120, comparable_kwh_per_t=consumption)
    assert verdict.result == reached
    assert verdict.answer == ("fails" if reached == "未达三等" else "meets")


@pytest.mark.parametrize(
    "facts",
    [
        {"furnace": "台车炉", "power_kw": 65},
        {"furnace": "箱式炉", "power_kw": 14.9},
        {"furnace": "真空炉", "power_kw": 100},
        {"furnace": "台车炉", "power_kw": 120, "fuel": "natural_gas"},
    ],
)
def test_outside_the_rows_nothing_is_said(facts: dict[str, object]) -> None:
    verdict = said(**facts, comparable_kwh_per_t=100)
    assert (verdict.answer, verdict.result, verdict.lacks) == ("cannot_tell", None, ())


def test_a_row_that_cannot_be_chosen_is_asked_for() -> None:
    assert said(furnace="箱式多用炉", comparable_kwh_per_t=500).lacks == ("power_kw",)
    assert said(furnace="罩式炉", comparable_kwh_per_t=500).lacks == ("fuel",)
    assert said(furnace="热处理电热浴炉", comparable_kwh_per_t=500).lacks == ("temperature_c",)


def test_the_ranges_of_the_rows_meet_without_a_gap_or_an_overlap() -> None:
    for power, end in ((45, "540"), (45.1, "480"), (75, "480"), (75.1, "440")):
        verdict = said(furnace="箱式多用炉", power_kw=power, comparable_kwh_per_t=1)
        assert verdict.numbers["limits"].startswith(end)


def test_a_fuel_furnace_is_classed_in_coal_equivalent() -> None:
    assert said(furnace="辊底炉", fuel="natural_gas", comparable_kgce_per_t=100).result == "二等"
    assert said(furnace="辊底炉", fuel="natural_gas", comparable_kwh_per_t=100).lacks == ("comparable_kgce_per_t",)


def test_the_table_s_own_formula_with_its_factor_and_its_warning() -> None:
    assert isinstance(TABLE.body, Classes)
    assert comparable(Decimal(5300), Decimal(10)) == 530
    consumption, warning = comparable_fuel(TABLE.body, "天然气", Decimal(29308), Decimal(100), Decimal(11))
    assert consumption == 10
    assert "请核对原书" in warning
    with pytest.raises(BadInput, match="没有“煤”的修正系数"):
        comparable_fuel(TABLE.body, "煤", Decimal(1), Decimal(1), Decimal(1))
    with pytest.raises(BadInput, match="大于零"):
        comparable(Decimal(1), Decimal(0))


def test_the_table_is_a_draft_because_only_a_data_set_states_it() -> None:
    assert (TABLE.status, TABLE.decides, len(TABLE.body.rows)) == ("draft", False, 26)  # type: ignore[union-attr]
