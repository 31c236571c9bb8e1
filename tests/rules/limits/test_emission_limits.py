"""Emission concentrations: brought to the reference oxygen where fuel is burnt, and refused where air cannot be so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.errors import BadInput
from app.rules.limits.amounts import rounded
from app.rules.limits.emissions import at_reference
from app.rules.limits.judging import judge
from app.rules.limits.loader import shipped_limits
from app.rules.limits.verdict import Case, Verdict

DAY = date(2024, 6, 1)
FLANGE = {"kind": "heating_furnace", "enterprise.main_product": "法兰、环锻件"}


def said(limit: str = "XZ-FLANGE-2024", *, trying: bool = False, **facts: object) -> Verdict:
    verdicts = judge(shipped_limits().limit(limit), Case({**FLANGE, **facts}, DAY, trying=trying))  # type: ignore[dict-item]
    return verdicts[0]


@pytest.mark.parametrize(
    ("measured", "o2", "reference", "expected"),
    [(10, 12, 8, "14.4"), (50, 15, 8, "108.3"), (200, 8, 8, "200.0"), (160, 12, 8, "231.1")],
)
def test_the_conversion_gives_the_published_vectors(measured: int, o2: int, reference: int, expected: str) -> None:
    assert rounded(at_reference(Decimal(measured), Decimal(o2), Decimal(reference))) == expected


def test_nitrogen_oxides_of_160_at_12_percent_fail_the_limit_of_200_at_8_percent() -> None:
    verdict = said(nox_mg_per_m3=160, o2_pct=12, fuel="natural_gas")
    assert (verdict.answer, verdict.numbers["converted"], verdict.numbers["limit"]) == ("fails", "231.1", "200")
    assert "折到基准氧 8% 为 231.1" in verdict.because


def test_what_is_compared_is_not_rounded() -> None:
    assert said(nox_mg_per_m3=138.47, o2_pct=12, fuel="natural_gas").answer == "fails"  # 200.01, shown as 200.0
    assert said(nox_mg_per_m3=138.46, o2_pct=12, fuel="natural_gas").answer == "meets"


@pytest.mark.parametrize("o2", [21, 21.5, 100, -0.1])
def test_an_oxygen_content_that_air_cannot_have_is_refused(o2: float) -> None:
    for reckon in (
        lambda: at_reference(Decimal(10), Decimal(str(o2)), Decimal(8)),
        lambda: said(nox_mg_per_m3=160, o2_pct=o2, fuel="natural_gas"),
        lambda: said("SX-KILN-2019", nox_mg_per_m3=160, o2_pct=o2),
    ):
        with pytest.raises(BadInput, match="不成立") as refused:
            reckon()
        assert refused.value.code == "limits.o2"


def test_an_electric_furnace_is_judged_as_measured() -> None:
    verdict = said(nox_mg_per_m3=160, o2_pct=20.5, fuel="electricity")
    assert (verdict.answer, "converted" in verdict.numbers) == ("meets", False)


def test_fuel_burnt_without_oxygen_measured_cannot_be_told() -> None:
    assert said(nox_mg_per_m3=1, fuel="natural_gas").lacks == ("o2_pct",)
    assert said(nox_mg_per_m3=1).lacks == ("o2_pct", "fuel")


def test_an_unknown_fuel_matters_only_where_the_two_reckonings_differ() -> None:
    assert said(nox_mg_per_m3=160, o2_pct=12).lacks == ("fuel",)
    assert said(nox_mg_per_m3=300, o2_pct=12).answer == "fails"
    assert said(nox_mg_per_m3=100, o2_pct=12).answer == "meets"


def test_a_limit_without_a_reference_is_compared_as_measured_and_says_so() -> None:
    verdict = said("SX-KILN-2019", nox_mg_per_m3=290, o2_pct=18)
    assert verdict.answer == "meets"
    assert "没有写基准氧含量" in verdict.because


def test_a_cupola_has_its_reference_by_the_temperature_of_its_blast() -> None:
    facts = {"kind": "cupola", "pm_mg_per_m3": 40, "o2_pct": 15}
    assert said("GB39726-CUPOLA", **facts, blast_temperature_c=400).numbers["reference_o2_pct"] == "15"
    assert said("GB39726-CUPOLA", **facts, blast_temperature_c=401).numbers["reference_o2_pct"] == "12"
    assert said("GB39726-CUPOLA", **facts).lacks == ("blast_temperature_c",)
    assert said("GB39726-CUPOLA", **{**facts, "pm_mg_per_m3": 60}).answer == "fails"


def test_what_was_not_measured_is_asked_for_in_one_line() -> None:
    limit = shipped_limits().limit("XZ-FLANGE-2024")
    (untold,) = judge(limit, Case(FLANGE, DAY))
    assert untold.lacks == ("pm_mg_per_m3", "so2_mg_per_m3", "nox_mg_per_m3")
    both = judge(limit, Case({**FLANGE, "fuel": "natural_gas", "pm_mg_per_m3": 5, "o2_pct": 8}, DAY))
    assert [one.answer for one in both] == ["meets", "cannot_tell"]


def test_whether_it_is_a_flange_forge_is_asked_where_no_product_says_so() -> None:
    facts = {"enterprise.main_product": "曲轴", "nox_mg_per_m3": 500, "o2_pct": 8, "fuel": "natural_gas"}
    assert said(**facts).lacks == ("enterprise.main_product",)
