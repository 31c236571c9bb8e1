"""A clause's verdict over what is known, over what sources claim, and the question that would settle it."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.statement import Value
from app.rules.catalogue_loader import shipped
from app.rules.questions import question, subject
from app.rules.verdict import verdict

YOKE = shipped().clause("GDC24-IF-NOYOKE-AL")
LANSHAN = shipped().clause("LOCAL-LANSHAN-AL-SHELL")
DAY = date(2024, 2, 29)

KNOWN: dict[str, Value] = {
    "kind": "induction_furnace",
    "frequency": "medium",
    "shell": "aluminium",
    "yoke": False,
    "capacity_t": 0.5,
}


def without(*names: str) -> dict[str, Value]:
    return {name: value for name, value in KNOWN.items() if name not in names}


def test_all_facts_at_hand_decide() -> None:
    assert verdict(YOKE, KNOWN).holds is True
    assert verdict(YOKE, KNOWN | {"yoke": True}).holds is False


def test_an_absent_kind_cannot_be_told_and_another_kind_is_no() -> None:
    assert verdict(LANSHAN, {"shell": "aluminium"}).lacks == ("kind",)
    assert verdict(LANSHAN, {"shell": "aluminium", "kind": "cupola"}).holds is False


def test_a_steel_shell_is_no_whatever_else_is_lacking() -> None:
    assert verdict(YOKE, {"shell": "steel"}).holds is False


def test_claims_that_all_decide_alike_decide() -> None:
    said = verdict(YOKE, without("capacity_t"), {"capacity_t": (0.5, 0.75)})

    assert said.holds is True


def test_claims_that_decide_differently_cannot_be_told() -> None:
    said = verdict(YOKE, without("capacity_t"), {"capacity_t": (0.1, 0.75)})

    assert (said.holds, said.lacks) == (None, ("capacity_t",))


def test_a_contested_fact_that_turns_nothing_is_not_asked_for() -> None:
    said = verdict(YOKE, without("capacity_t", "yoke"), {"capacity_t": (0.5, 0.75)})

    assert (said.holds, said.lacks) == (None, ("yoke",))


def test_a_contested_fact_that_some_claim_would_settle_is_asked_for_too() -> None:
    said = verdict(YOKE, without("capacity_t", "yoke"), {"capacity_t": (0.1, 0.75)})

    assert (said.holds, said.lacks) == (None, ("yoke", "capacity_t"))


def test_a_conflict_elsewhere_is_no_concern_of_the_clause() -> None:
    assert verdict(LANSHAN, KNOWN, {"capacity_t": (0.1, 0.75)}).holds is True


@pytest.mark.parametrize(
    ("facts", "lacks", "expected"),
    [
        (without("yoke") | {"code": "3"}, ("yoke",), "3号炉有无磁轭？"),
        (
            {"kind": "induction_furnace", "shell": "aluminium"},
            ("frequency", "yoke", "capacity_t"),
            "该铝壳炉是否中频炉、有无磁轭、容量多少吨？",
        ),
        ({"kind": "induction_furnace"}, ("state",), "该感应电炉在2024年2月29日是否已拆除？"),
        ({"name": "电炉"}, ("kind", "shell"), "该电炉是否感应电炉、是否铝壳？"),
        (KNOWN, (), None),
    ],
)
def test_questions_in_a_clerks_words(facts: dict[str, Value], lacks: tuple[str, ...], expected: str | None) -> None:
    assert question(YOKE, facts, lacks, DAY) == expected


def test_a_fact_of_the_firm_is_asked_of_the_firm() -> None:
    clause = shipped().clause("XZ24-FLANGE-FUEL")

    asked = question(clause, {"kind": "heating_furnace"}, ("enterprise.status", "fuel"), DAY)

    assert asked == "该加热炉用什么燃料；该企业是否在产？"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"code": "3"}, "3号炉"),
        ({"code": "3#"}, "3号炉"),
        ({"code": "3号"}, "3号炉"),
        ({"code": "1#炉"}, "1#炉"),
        ({"code": "A-2", "kind": "pump"}, "A-2号设备"),
        ({"kind": "other"}, "该设备"),
        ({"frequency": "medium", "shell": "aluminium"}, "该铝壳中频炉"),
        ({}, "该炉"),
    ],
)
def test_how_a_machine_is_called(facts: dict[str, Value], expected: str) -> None:
    assert subject(facts) == expected
