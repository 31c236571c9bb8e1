"""Limit files: what ships is whole and tells drafts apart; a faulty file is named line by line."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.measures import MEASURES
from app.errors import CatalogueFault, UnknownClause
from app.rules.limits.judging import judge
from app.rules.limits.limit import DECIDING, Limit
from app.rules.limits.loader import load_limits, shipped_limits
from app.rules.limits.verdict import Case

SHIPPED = shipped_limits()
EXAMPLES = [(limit, one) for limit in SHIPPED.limits.values() for one in limit.examples]

FILE = """version: 1
sources:
  paper: {title: 某方案, date: 2024-01-01}
limits:
  - id: A-1
    kind: energy
    title: 某炉
    text: 应小于630
    evidence: {level: paper, source: paper}
    measure: energy_kwh_per_t
    comparison: "<"
    unit: 千瓦·小时/吨
    limit: 630
    effective_from: 2024-01-01
    effective_to: 2024-12-31
"""


@pytest.mark.parametrize(("limit", "example"), EXAMPLES, ids=[f"{one.id}-{n}" for n, (one, _) in enumerate(EXAMPLES)])
def test_an_example_comes_out_as_it_says(limit: Limit, example) -> None:  # type: ignore[no-untyped-def]
    verdicts = judge(limit, Case(example.facts, date(2024, 1, 1), trying=True))
    assert example.expect in {word for one in verdicts for word in (one.answer, one.result)}


def test_only_what_was_read_decides() -> None:
    for limit in SHIPPED.limits.values():
        assert limit.decides <= (limit.level in DECIDING)
        assert limit.source in SHIPPED.sources or limit.level not in DECIDING
    drafts = {limit.id for limit in SHIPPED.limits.values() if limit.status == "draft"}
    assert {"GB39726-CUPOLA", "GBT36561-T8", "HEN-2021-BUILTUP"} <= drafts
    assert not SHIPPED.limit("sx20-service-life").decides


def test_a_limit_is_in_force_on_its_days_in_its_places() -> None:
    limit = load_limits({"a.yaml": FILE}).limit("A-1")
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [limit.in_force(day, "431127") for day in days] == [False, True, True, False]
    flange = SHIPPED.limit("XZ-FLANGE-2024")
    assert [flange.in_force(date(2025, 1, 1), county) for county in ("140921", "140105", "431127")] == [
        True,
        False,
        False,
    ]


def test_an_unknown_id_is_told() -> None:
    with pytest.raises(UnknownClause) as told:
        SHIPPED.limit("NO-SUCH")
    assert told.value.code == "limit.unknown"


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("kind: energy", "kind: energie", 6, "“kind”不能是“energie”"),
        ("level: paper, source: paper", "level: paper", 9, "要写明来源"),
        ("source: paper}", "source: other}", 9, "没有来源“other”"),
        ("measure: energy_kwh_per_t", "measure: kwh", 10, "“measure”不能是“kwh”"),
        ('comparison: "<"', 'comparison: "≤"', 11, "“comparison”不能是"),
        ("limit: 630", "limit: 约630", 13, "应为不小于零的数"),
        ("limit: 630", "limit: .nan", 13, "应为不小于零的数"),
        ("limit: 630", "steps: [{capacity: {lte: 1}, limit: 630}]", 13, "没有“capacity”这个字段"),
        ("limit: 630", "steps: [{capacity_t: {below: 1}, limit: 630}]", 13, "不认识的比较“below”"),
        ("limit: 630", "steps: [{fuel: gas, limit: 630}]", 13, "没有“gas”这个值"),
        ("effective_to: 2024-12-31", "effective_to: 2023-12-31", 15, "失效日早于生效日"),
        ("limit: 630", "limit: 630\n    limits: {pm: 1}", 14, "不认识的项“limits”"),
        (
            "limit: 630",
            "limit: 630\n    examples: [{attrs: {energy_kwh_per_t: 630}, expect: meets}]",
            14,
            "第1个例子得出的是",
        ),
        ("title: 某炉", "status: confirmed", 5, "缺少“title”"),
        ("id: A-1", "id: a 1", 5, "编号只用大写字母"),
    ],
)
def test_a_fault_is_named_with_its_line(before: str, after: str, line: int, reason: str) -> None:
    with pytest.raises(CatalogueFault) as told:
        load_limits({"a.yaml": FILE.replace(before, after)})
    assert any(f"a.yaml 第{line}行" in fault and reason in fault for fault in told.value.faults), told.value.faults


def test_a_draft_cannot_call_itself_confirmed() -> None:
    text = FILE.replace("level: paper, source: paper", "level: memory").replace(
        "    title", "    status: confirmed\n    title"
    )
    with pytest.raises(CatalogueFault, match="只能是草稿"):
        load_limits({"a.yaml": text})


def test_several_faults_are_told_at_once() -> None:
    with pytest.raises(CatalogueFault) as told:
        load_limits({"a.yaml": FILE.replace("energy\n", "energie\n").replace("630\n", "六百\n"), "b.yaml": "limits: ["})
    assert len(told.value.faults) >= 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("kind: permit, rule: renewal, permit: eia", "days_before"),
        ("kind: safety_grade, level: third", "“level”不能是“third”"),
        ("kind: service_life, years: ten", "整年数"),
        ("kind: heat_treatment, rows: [{furnace: 台车炉, unit: 千瓦·小时/吨, limits: [3, 2, 1]}]", "由小到大"),
        ("kind: emission, comparison: '<=', unit: 毫克, limits: {co: 1}", "没有“co”这种污染物"),
        ("kind: emission, comparison: '<=', unit: 毫克, limits: {pm: 1}, reference_o2_pct: 21", "不含 21"),
    ],
)
def test_each_kind_names_what_it_needs(row: str, reason: str) -> None:
    text = f"version: 1\nlimits:\n  - {{id: X-1, title: 题, text: 文, evidence: {{level: memory}}, {row}}}\n"
    with pytest.raises(CatalogueFault, match=reason):
        load_limits({"a.yaml": text})


def test_every_measure_says_its_unit_and_how_it_is_asked_for() -> None:
    assert all(one.unit and one.asked and one.whose in ("machine", "firm", "either") for one in MEASURES.values())
