"""Energy per tonne: the steps as printed, gaps that stay gaps, and no factor that no paper gives."""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.limits.asking import question
from app.rules.limits.judging import judge
from app.rules.limits.loader import shipped_limits
from app.rules.limits.verdict import Case, Verdict

DAY = date(2024, 1, 1)


def said(limit: str, *, trying: bool = True, **facts: object) -> Verdict:
    (verdict,) = judge(shipped_limits().limit(limit), Case(facts, DAY, trying=trying))  # type: ignore[arg-type]
    return verdict


@pytest.mark.parametrize(
    ("capacity", "measured", "answer"),
    [(1, 600, "meets"), (1.5, 620, "fails"), (3, 600, "cannot_tell"), (5, 589.9, "meets")],
)
def test_a_furnace_is_held_against_the_step_of_its_capacity(capacity: float, measured: float, answer: str) -> None:
    assert said("CJ21-IF-IRON", capacity_t=capacity, energy_kwh_per_t=measured).answer == answer


@pytest.mark.parametrize("capacity", [1.0001, 1.2, 1.7, 2.5, 4.999])
def test_a_capacity_between_the_steps_has_no_limit_however_little_it_uses(capacity: float) -> None:
    verdict = said("CJ21-IF-IRON", capacity_t=capacity, energy_kwh_per_t=1)
    assert (verdict.answer, verdict.lacks) == ("cannot_tell", ())
    assert "不内插" in verdict.because


@pytest.mark.parametrize(("capacity", "limit"), [(0.25, 630), (1, 630), (1.5, 620), (2, 610), (5, 590), (20, 590)])
def test_the_limit_itself_is_not_below_the_limit(capacity: float, limit: float) -> None:
    assert said("CJ21-IF-IRON", capacity_t=capacity, energy_kwh_per_t=limit).answer == "fails"
    assert said("CJ21-IF-IRON", capacity_t=capacity, energy_kwh_per_t=limit - 0.1).answer == "meets"


def test_a_capacity_that_was_written_in_kilogrammes_is_the_same_step() -> None:
    assert said("CJ21-IF-IRON", capacity_t=0.1 * 15, energy_kwh_per_t=619).numbers["limit"] == "620"


def test_what_is_not_known_is_asked_in_one_question() -> None:
    facts = {"kind": "induction_furnace", "code": "3"}
    verdict = said("CJ21-IF-IRON", trying=False, **facts)
    asked = question(facts, verdict.lacks)
    assert asked == "3号炉是有芯炉还是无芯炉、熔炼的是铸铁还是铸钢、容量多少吨、熔炼每吨金属液用电多少千瓦时？"


def test_whether_it_melts_iron_must_be_known_before_anything_is_decided() -> None:
    facts = {"kind": "induction_furnace", "core": "coreless", "capacity_t": 1, "energy_kwh_per_t": 700}
    verdict = said("CJ21-IF-IRON", trying=False, **facts)
    assert (verdict.answer, verdict.lacks) == ("cannot_tell", ("metal",))
    assert said("CJ21-IF-IRON", trying=False, **facts, metal="iron").answer == "fails"


def test_it_is_no_limit_for_another_furnace() -> None:
    for facts in ({"kind": "cupola"}, {"kind": "induction_furnace", "core": "channel"}, {"metal": "steel"}):
        assert judge(shipped_limits().limit("CJ21-IF-IRON"), Case(facts, DAY)) == ()


def test_a_measurement_at_another_temperature_is_not_converted() -> None:
    verdict = said("CJ21-IF-IRON", capacity_t=1, energy_kwh_per_t=600, temperature_c=1450)
    assert verdict.answer == "cannot_tell"
    assert "1500摄氏度" in verdict.because


def test_coal_equivalent_is_compared_as_stated_and_never_reckoned_from_electricity() -> None:
    assert said("CJ21-IRON-TCE", tce_per_t=0.28).answer == "meets"
    assert said("CJ21-STEEL-TCE", tce_per_t=0.5501).answer == "fails"
    assert said("CJ21-IRON-TCE", energy_kwh_per_t=600).lacks == ("tce_per_t",)
