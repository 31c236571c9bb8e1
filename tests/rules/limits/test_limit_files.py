"""Limit files: what ships is whole and tells drafts apart; a faulty file is named line by line."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.measures import MEASURES
from app.errors import CatalogueFault, UnknownClause
from app.rules.clause import READ
from app.rules.limits.judging import judge
from app.rules.limits.limit import Limit
from app.rules.limits.loader import load_limits, load_own_limits, shipped_limits
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
    unit: 千瓦·小时/吨金属液
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
        assert limit.decides <= (limit.level in READ)
        assert limit.source in SHIPPED.sources or limit.level not in READ
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
        ("unit: 千瓦·小时/吨金属液", "unit: 千瓦·小时/千克", 12, "单位应为“千瓦·小时/吨金属液”"),
        ("limit: 630", "limit: 630\n    steps: [{capacity_t: {lte: 1}, limit: 620}]", 14, "limit 和 steps 只写一样"),
        ("limit: 630", "steps: [{capacity_t: {}, limit: 630}]", 13, "“capacity_t”没有写条件"),
        ("limit: 630", "steps: [{capacity_t: '1', limit: 630}]", 13, "值应为数字"),
        ("limit: 630", "steps: [{capacity_t: {lte: .nan}, limit: 630}]", 13, "比较大小要用数字"),
        ("limit: 630", "steps: [{built_up_area: 1, limit: 630}]", 13, "true 或 false"),
        ("limit: 630", f"limit: {'9' * 400}", 13, "应为不小于零的数"),
        ("limit: 630", "limit: 630\n    jurisdiction: '43112'", 14, "2、4或6位"),
        ("limit: 630", "limit: 630\n    status: waiting", 14, "“status”不能是“waiting”"),
        (
            "limit: 630",
            "limit: 630\n    examples: [{attrs: {energy: 1}, expect: cannot_tell}]",
            14,
            "第1个例子：没有“energy”这个字段",
        ),
        (
            "limit: 630",
            "limit: 630\n    examples: [{attrs: {energy_kwh_per_t: 多}, expect: cannot_tell}]",
            14,
            "第1个例子：“energy_kwh_per_t”的值应为数字",
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
        ("kind: service_life, years: ten", "1 到 100 的整数"),
        ("kind: service_life, years: 9000", "1 到 100 的整数"),
        ("kind: permit, rule: renewal, permit: eia, days_before: 1000000000", "1 到 3650 的整数"),
        ("kind: safety_grade, level: level_3, stated: 1, named: [甲, 乙]", "写明 1 家，点名的有 2 家"),
        ("kind: safety_grade, level: level_3, named: [1]", "企业名称的列表"),
        ("kind: emission, comparison: '<=', unit: 毫克/立方米, limits: {}", "没有写哪种污染物"),
        ("kind: heat_treatment, rows: [{furnace: 台车炉, unit: 千瓦·小时/吨, limits: [3, 2, 1]}]", "由小到大"),
        ("kind: emission, comparison: '<=', unit: 毫克, limits: {co: 1}", "没有“co”这种污染物"),
        ("kind: emission, comparison: '<=', unit: 毫克, limits: {pm: 1}, reference_o2_pct: 21", "不含 21"),
    ],
)
def test_each_kind_names_what_it_needs(row: str, reason: str) -> None:
    text = f"version: 1\nlimits:\n  - {{id: X-1, title: 题, text: 文, evidence: {{level: memory}}, {row}}}\n"
    with pytest.raises(CatalogueFault, match=reason):
        load_limits({"a.yaml": text})


def test_an_example_that_no_air_can_have_is_a_fault_and_no_crash() -> None:
    row = "kind: emission, comparison: '<=', unit: 毫克/立方米, limits: {pm: 1}, reference_o2_pct: 8, "
    row += "examples: [{attrs: {pm_mg_per_m3: 1, o2_pct: 30}, expect: meets}]"
    text = f"version: 1\nlimits:\n  - {{id: X-1, title: 题, text: 文, evidence: {{level: memory}}, {row}}}\n"
    with pytest.raises(CatalogueFault, match="含氧量 30% 不成立"):
        load_limits({"a.yaml": text})


def test_examples_may_tell_of_days_and_of_permits() -> None:
    life = "kind: service_life, years: 10, examples: [{attrs: {commissioned_on: 2010-01-01}, expect: fails}]"
    term = "kind: permit, rule: valid, permit: eia, deadline: 2024-01-01, "
    term += "examples: [{attrs: {permit.valid_to: 2023-12-31, permit.standing: held}, expect: fails}]"
    for row in (life, term):
        text = f"version: 1\nlimits:\n  - {{id: X-1, title: 题, text: 文, evidence: {{level: memory}}, {row}}}\n"
        assert load_limits({"a.yaml": text}).limit("X-1").examples
        with pytest.raises(CatalogueFault, match="得出的是未达到，不是达到"):
            load_limits({"a.yaml": text.replace("expect: fails", "expect: meets")})


def test_a_countys_file_names_shipped_sources_and_does_not_state_them_anew() -> None:
    own = FILE.replace("  paper: {title: 某方案, date: 2024-01-01}", "  other: {title: 别的}")
    named = own.replace("source: paper}", "source: paper002}")
    assert load_own_limits("a.yaml", named).limit("A-1").read_in == SHIPPED.sources["paper002"].title
    with pytest.raises(CatalogueFault, match="来源 laws：编号重复"):
        load_own_limits("a.yaml", named.replace("other:", "laws:"))


def test_the_digest_is_of_what_is_stated_however_it_is_laid_out() -> None:
    first = load_limits({"a.yaml": FILE}).limit("A-1").digest
    laid = (
        FILE.replace("text: 应小于630", "text:    '应小于630'").replace("    title: 某炉\n", "") + "    title: 某炉\n"
    )
    assert load_limits({"a.yaml": laid}).limit("A-1").digest == first
    assert load_limits({"a.yaml": FILE.replace("limit: 630", "limit: 631")}).limit("A-1").digest != first


def test_every_measure_says_its_unit_and_how_it_is_asked_for() -> None:
    assert all(one.unit and one.asked and one.whose in ("machine", "firm", "either") for one in MEASURES.values())


def of(row: str) -> Limit:
    """A limit of a file that says no more than this row."""
    text = f"version: 1\nlimits:\n  - {{id: X-1, title: 题, text: 文, evidence: {{level: memory}}, {row}}}\n"
    return load_limits({"a.yaml": text}).limit("X-1")


STEPS = "kind: energy, measure: energy_kwh_per_t, comparison: '<=', unit: 千瓦·小时/吨金属液, steps: "


def test_a_later_step_does_not_decide_while_an_earlier_one_may_hold() -> None:
    limit = of(STEPS + "[{capacity_t: {lte: 2}, metal: iron, limit: 500}, {capacity_t: {lte: 2}, limit: 700}]")
    facts = {"capacity_t": 1.0, "energy_kwh_per_t": 600.0}

    (unknown,) = judge(limit, Case(facts, date(2024, 1, 1)))
    (steel,) = judge(limit, Case({**facts, "metal": "steel"}, date(2024, 1, 1)))

    assert (unknown.answer, unknown.lacks, steel.answer) == ("cannot_tell", ("metal",), "meets")


def test_a_gap_is_told_also_where_a_fact_of_a_step_is_not_known() -> None:
    limit = of(STEPS + "[{capacity_t: {lte: 2}, metal: iron, limit: 500}]")

    (said,) = judge(limit, Case({"capacity_t": 3.0, "energy_kwh_per_t": 600.0}, date(2024, 1, 1)))

    assert (said.answer, "文件没有写 3吨 的限值" in said.because) == ("cannot_tell", True)


def test_a_case_without_a_reference_oxygen_of_its_own_is_not_converted() -> None:
    row = "kind: emission, comparison: '<=', unit: 毫克/立方米, limits: {pm: 40}, "
    limit = of(row + "reference_o2_pct: [{blast_temperature_c: {lte: 400}, pct: 15}]")
    facts = {"kind": "cupola", "pm_mg_per_m3": 30.0, "o2_pct": 12.0, "blast_temperature_c": 500.0}

    (said,) = judge(limit, Case(facts, date(2024, 1, 1)))

    assert (said.answer, said.because) == ("cannot_tell", "文件没有写这种情况的基准氧含量，不换算")


def test_two_rows_of_a_table_that_both_fit_decide_nothing() -> None:
    rows = "{furnace: 台车炉, unit: 千瓦·小时/吨, limits: [1, 2, 3]}, "
    rows += "{power_kw: {gt: 65}, unit: 千瓦·小时/吨, limits: [4, 5, 6]}"
    limit = of(f"kind: heat_treatment, rows: [{rows}]")
    facts = {"furnace": "台车炉", "comparable_kwh_per_t": 3.0}

    (both,) = judge(limit, Case({**facts, "power_kw": 120.0}, date(2024, 1, 1)))
    (perhaps,) = judge(limit, Case(facts, date(2024, 1, 1)))

    assert (both.answer, "有 2 行都合" in both.because) == ("cannot_tell", True)
    assert (perhaps.answer, perhaps.lacks) == ("cannot_tell", ("power_kw",))
