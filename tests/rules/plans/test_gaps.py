"""What is missing under a stage of a plan: nothing before it, no paper, a paper of another's, days that do not tell."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import DateInterval
from app.errors import CatalogueFault
from app.rules.plans.gaps import Gap, Paper, Reached, gaps_of
from app.rules.plans.ladder import ladder, needed, rank
from app.rules.plans.loader import load_stages, shipped_stages

RULES = ladder(shipped_stages().values(), date(2025, 12, 1), "431127")
ELSEWHERE = ladder(shipped_stages().values(), date(2025, 12, 1), "140921")


def on(text: str) -> DateInterval:
    return DateInterval.of_day(date.fromisoformat(text))


def month(year: int, number: int, last: int) -> DateInterval:
    return DateInterval(date(year, number, 1), date(year, number, last), "month", f"{year}年{number}月")


def paper(kind: str, dated: str | None = "2025-12-20", issuer: str | None = None) -> Paper:
    return Paper("p", kind, issuer, on(dated) if dated else None, "某文书")


MADE, NOTICE = Reached("made", on("2024-06-30")), Reached("notified", on("2025-10-20"))
SELF = Reached("self_accepted", on("2025-11-25"), unit="某检测公司")


def found(new: Reached, *before: Reached, papers: tuple[Paper, ...] = ()) -> list[Gap]:
    return list(gaps_of(new, before, papers, RULES))


def told(gaps: list[Gap]) -> list[tuple[str, str]]:
    return [(gap.what, gap.answer) for gap in gaps]


def test_a_certificate_needs_all_that_comes_before_it() -> None:
    certified = Reached("certified", on("2025-12-22"), (paper("certificate", issuer="湖南省铸造协会"),))
    assert told(found(certified, MADE, NOTICE, SELF)) == []
    assert told(found(certified)) == [("made", "missing"), ("notified", "missing"), ("self_accepted", "missing")]
    assert all(gap.rule.rule.decides and gap.rule.rule.text for gap in found(certified))


def test_a_stage_that_came_later_is_told_as_late() -> None:
    certified = Reached("certified", on("2025-11-01"), (paper("certificate", "2025-10-30", "省铸协"),))
    assert told(found(certified, MADE, NOTICE, SELF)) == [("self_accepted", "late")]


def test_days_known_as_a_month_may_not_tell_the_order() -> None:
    same = Reached("self_accepted", month(2025, 10, 31), (paper("acceptance_report", "2025-09-30"),), unit="某公司")
    notice = Reached("notified", month(2025, 10, 31))
    (gap,) = found(same, MADE, notice)
    assert (gap.what, gap.answer) == ("notified", "cannot_tell")
    assert "各是哪一天" in gap.fix
    later = Reached("self_accepted", month(2025, 11, 30), (paper("acceptance_report", "2025-09-30"),), unit="某公司")
    assert told(found(later, MADE, notice)) == []


def test_a_step_needs_its_paper_by_whom_the_rule_names() -> None:
    before = (MADE, NOTICE, SELF)
    day = on("2025-12-22")
    assert told(found(Reached("certified", day), *before)) == [("certificate", "missing")]
    strange = Reached("certified", day, (paper("certificate", issuer="某咨询公司"),))
    (gap,) = found(strange, *before)
    assert (gap.answer, "不是铸协、省环科院出具的" in gap.words) == ("missing", True)
    unknown = Reached("certified", day, (paper("certificate"),))
    assert told(found(unknown, *before)) == [("certificate", "cannot_tell")]


def test_a_paper_dated_after_the_step_is_a_gap() -> None:
    late = Reached("certified", on("2025-12-22"), (paper("certificate", "2025-12-25", "省铸协"),))
    assert told(found(late, MADE, NOTICE, SELF)) == [("certificate", "late")]


def test_a_paper_that_came_in_afterwards_closes_the_gap() -> None:
    bare = Reached("notified", on("2025-10-20"))
    assert told(found(bare, MADE)) == [("rectification_notice", "missing")]
    assert told(found(bare, MADE, papers=(paper("rectification_notice", "2025-10-20"),))) == []
    assert told(found(bare, MADE, papers=(paper("rectification_notice", None),))) == [
        ("rectification_notice", "cannot_tell")
    ]


def test_the_paper_of_a_step_of_the_very_same_days_is_the_step() -> None:
    half = DateInterval(date(2024, 1, 1), date(2024, 6, 30), "half", "2024年上半年")
    scheme = Paper("p", "plan", None, half, "工作方案")
    assert told(found(Reached("made", half, (scheme,)))) == []
    assert told(found(Reached("made", half), papers=(scheme,))) == [("plan", "cannot_tell")]


def test_the_rule_nearest_to_the_stage_is_cited() -> None:
    cited = {gap.what: gap.rule.rule.id for gap in found(Reached("certified", on("2025-12-22")))}
    assert cited["notified"] == cited["made"] == "LS25-SELF-ACCEPTED"
    assert cited["self_accepted"] == "LS25-CERTIFIED"


def test_a_self_acceptance_names_the_third_party() -> None:
    report = paper("acceptance_report", "2025-11-24")
    assert told(found(Reached("self_accepted", on("2025-11-25"), (report,)), MADE, NOTICE)) == [("unit", "missing")]


def test_elsewhere_the_order_is_shown_as_a_draft() -> None:
    certified = Reached("certified", on("2025-12-22"))
    gaps = list(gaps_of(certified, (), (), ELSEWHERE))
    assert told(gaps) == [("made", "missing"), ("self_accepted", "missing"), ("certificate", "missing")]
    assert not any(gap.rule.rule.decides for gap in gaps)


def test_stages_have_their_order_and_a_failed_acceptance_is_no_step_further() -> None:
    assert [rank(stage) for stage in ("none", "failed", "made", "accepted")] == [0, 0, 1, 7]
    assert needed(RULES, "accepted") == ("made", "notified", "self_accepted", "certified")


FILE = """version: 1
sources:
  paper: {title: 某方案}
stages:
  - id: A-1
    stage: notified
    title: 通知
    text: 下达通知
    evidence: {level: paper, source: paper}
    after: [made]
    papers: [rectification_notice]
"""


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("stage: notified", "stage: told", 6, "“stage”不能是“told”"),
        ("after: [made]", "after: [accepted]", 10, "只能写更早的阶段"),
        ("after: [made]", "after: [notified]", 10, "不能排在自己后面"),
        ("after: [made]", "after: [none]", 10, "“after”没有“none”"),
        ("papers: [rectification_notice]", "papers: [notice]", 11, "“papers”没有“notice”"),
        ("papers:", "paper:", 11, "不认识的项“paper”"),
    ],
)
def test_a_fault_is_named_with_its_line(before: str, after: str, line: int, reason: str) -> None:
    with pytest.raises(CatalogueFault) as said:
        load_stages({"县.yaml": FILE.replace(before, after)})
    assert any(f"县.yaml 第{line}行" in fault and reason in fault for fault in said.value.faults), said.value.faults


def test_the_countys_own_paper_goes_before_the_usual_order() -> None:
    assert RULES["notified"].rule.id == "LS25-NOTIFIED"
    assert ELSEWHERE["notified"].rule.id == "ORDER-NOTIFIED"
    assert RULES["accepted"].deadline == date(2025, 12, 31)
