"""The middle of paper 000 played over REST: what is refused by which sentence, what may be done, what is lacking."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import openpyxl
import pytest

from tests.story.lanshan_played import CLOSED, COUNTY, CUT, MERGED, RESUMED, SIGNED, Office, played

ACCEPTED_FIRST = "对未达标企业采取停电措施，督促其停产整改，验收合格后方可复工复产"
NO_POWER = "对未达到铸协、省环科院验收标准的不予恢复生产供电"
UPON_LETTER = "12月10日，蓝山县科工局根据市生态环境局蓝山分局函件，对未达标企业采取停电措施"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return played(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def ledger(office: Office) -> openpyxl.Workbook:
    made = office.client.get("/api/v1/ledgers/2025Q4.xlsx", params={"county": COUNTY})
    assert made.status_code == 200, made.text
    return openpyxl.load_workbook(io.BytesIO(made.content), data_only=True)


def refused(answer: Any, code: str) -> str:
    """What a refusal says."""
    assert answer.status_code in (409, 422), answer.text
    assert answer.json()["code"] == code
    assert answer.json()["fix"]
    return str(answer.json()["detail"])


def gaps_of(office: Office, firm: str, as_of: str = "2025-12-31") -> Counter[tuple[str, str, str]]:
    found = office.ask("gaps", as_of=as_of, enterprise=firm)["gaps"]
    return Counter((one["kind"], one["condition"], one["standing"]) for one in found)


def state(office: Office, firm: str, as_of: str) -> dict[str, bool | None]:
    (one,) = office.ask("states", as_of=as_of, enterprise=firm)["states"]
    return {name: one[name]["answer"] for name in ("power_cut", "production_stopped", "closed")}


def lines(ledger: openpyxl.Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return [row for row in ledger[sheet].iter_rows(values_only=True) if any(cell is not None for cell in row)]


def test_plans_are_made_for_twenty_five_and_the_papers_figure_stands_beside_them(office: Office) -> None:
    told = office.ask("plans/progress", as_of="2024-06-30")

    assert len(office.answers["planned"].json()["steps"]) == 25
    assert all(not step["gaps"] for step in office.answers["planned"].json()["steps"])
    assert told["total"]["at"]["made"] == 25
    assert office.ask("plans/progress", as_of="2024-06-29")["total"]["plans"] == 0
    (figure,) = office.ask("plans/progress", as_of="2025-12-31")["stated"]
    assert (figure["number"], figure["unit"], figure["when"]) == (25, "家", "2024年上半年")


def test_a_certificate_before_plan_notice_and_acceptance_is_refused_with_each_missing_step(office: Office) -> None:
    said = refused(office.answers["certified too early"], "plan.gap")

    for stage in ("已制定", "已下达整改通知", "已自主验收"):
        assert f"之前没有{stage}的记录" in said
    assert "铸协共为10家企业出具了符合环保督察整改自主验收条件证明" in said


def test_notices_of_october_reach_all_twenty_five_and_have_no_number(office: Office) -> None:
    assert office.answers["noticed"].status_code == 200
    assert office.ask("plans/progress", as_of="2025-10-31")["total"]["at"]["notified"] == 25
    conditions = {gap["condition"]: gap["lacks"] for gap in office.answers["notice"][0]["gaps"]}
    assert conditions["REG-NO"] == ["没有写文号"]


def test_an_acceptance_by_nobody_is_refused_and_recorded_it_leaves_the_third_party_as_a_gap(office: Office) -> None:
    said = refused(office.answers["self-accepted by nobody"], "plan.gap")

    assert "没有写第三方是哪一家" in said
    assert "指导企业选聘第三方开展自主验收" in said
    steps = office.answers["self-accepted"].json()["steps"]
    assert {gap["missing"] for step in steps for gap in step["gaps"]} == {"unit"}
    standing = office.ask("plans/standing", as_of="2025-12-31", gaps="true")
    assert standing["total"] == 10


def test_only_those_without_a_report_may_be_halted(office: Office) -> None:
    said = refused(office.answers["halt of one with a report"], "step.refused")

    assert "企业已经提交验收报告" in said
    assert "对未提交验收报告的企业，依法下达停产通知" in said
    assert len(office.answers["halt"]) == 15


def test_late_november_settles_nothing_before_it_is_over(office: Office) -> None:
    totals = [office.ask("states", as_of=day)["totals"]["production_stopped"] for day in ("2025-11-25", "2025-11-30")]

    assert [(one["yes"], one["cannot_tell"]) for one in totals] == [(0, 15), (15, 0)]


def test_a_halt_cuts_no_power_and_closes_nobody(office: Office) -> None:
    assert state(office, office.unready[0], "2025-12-09") == {
        "power_cut": None,
        "production_stopped": True,
        "closed": False,
    }


def test_a_cut_without_the_bureaus_letter_is_refused_by_the_papers_sentence(office: Office) -> None:
    said = refused(office.answers["cut without a letter"], "step.refused")

    assert UPON_LETTER in said
    assert office.answers["may be cut on a letter without a date"]["answer"] is None
    assert office.answers["may be cut on a dated letter"]["answer"] is True
    (letter,) = [
        one
        for one in office.answers["may be cut on a letter without a date"]["conditions"]
        if one["condition"] == "LS25-CUT-LETTER"
    ]
    assert "要知道是哪一天的" in letter["lacks"][0]


def test_the_cut_has_its_letter_and_lacks_the_number_that_the_paper_does_not_give(office: Office) -> None:
    assert "没有写文号" in refused(office.answers["cut without its number"], "step.refused")
    of = gaps_of(office, office.unready[0])

    assert of["power_cut", "REG-NO", "missing"] == 1
    assert not [condition for kind, condition, _ in of if condition == "LS25-CUT-LETTER"]
    assert office.ask("states", as_of=CUT)["totals"]["power_cut"]["yes"] == 25


def test_may_it_be_restored_no_before_the_certificate_and_yes_after_it(office: Office) -> None:
    one, before = office.certified[0], str(office.answers["known before"])
    earlier = office.may(one, "restore", "2025-12-23", known=before)
    later = office.may(one, "restore", "2025-12-23")

    assert (earlier["answer"], earlier["answer_label"]) == (False, "不可以")
    assert {NO_POWER, ACCEPTED_FIRST} <= {each["sentence"] for each in earlier["conditions"] if each["answer"] is False}
    assert (later["answer"], later["answer_label"]) == (True, "可以")
    assert any("铸协" in found for each in later["conditions"] for found in each["found"])
    assert office.may(one, "restore", "2025-12-19")["answer"] is False
    assert office.may(office.unready[0], "restore", "2025-12-31")["answer"] is False


def test_power_restored_or_production_resumed_before_the_certificate_is_refused_with_the_sentence(
    office: Office,
) -> None:
    restored = refused(office.answers["restored before the certificate"], "step.refused")
    resumed = refused(office.answers["resumed before the certificate"], "step.refused")

    assert NO_POWER in restored
    assert ACCEPTED_FIRST in restored
    assert ACCEPTED_FIRST in resumed


def test_ten_of_twenty_five_resume_and_fifteen_remain(office: Office) -> None:
    assert [answer.status_code for answer in office.answers["resumed"]] == [200] * 10
    total = office.ask("plans/progress", as_of=RESUMED)["total"]

    assert (total["plans"], total["at"]["certified"], total["not_certified"]) == (25, 10, 15)
    stopped = office.ask("states", as_of=RESUMED)["totals"]["production_stopped"]
    assert stopped["yes"] == 15
    for firm in office.unready:
        assert state(office, firm, RESUMED)["production_stopped"] is True


def test_that_power_was_restored_is_not_stated_and_does_not_follow_from_resuming(office: Office) -> None:
    assert [one for one in office.ask("steps", as_of="2025-12-31")["steps"] if one["kind"] == "power_restored"] == []
    assert state(office, office.certified[0], "2025-12-31") == {
        "power_cut": True,
        "production_stopped": False,
        "closed": False,
    }


def test_a_certificate_of_no_certain_day_leaves_open_what_it_cannot_settle(office: Office) -> None:
    firm = office.certified[-1]
    of = gaps_of(office, firm)

    assert of["resumed", "LS25-ACCEPTED", "cannot_tell"] == 1
    assert of["power_cut", "LS25-CUT-UNMET", "cannot_tell"] == 1
    (gap,) = [
        one
        for one in office.ask("gaps", as_of="2025-12-31", enterprise=firm)["gaps"]
        if one["condition"] == "LS25-ACCEPTED"
    ]
    assert any("要知道是2025年12月22日前的哪一天" in words for words in gap["lacks"])
    assert not any("登记库里没有那份文件" in words for words in gap["lacks"])
    assert office.may(firm, "restore", "2025-12-15")["answer"] is None
    assert office.may(firm, "restore", "2025-12-23")["answer"] is True


def test_the_deadline_passes_though_the_paper_calls_it_mended(office: Office) -> None:
    overdue = office.ask("plans/overdue", as_of="2026-01-01")

    assert overdue["totals"]["plans"] == 25
    assert {plan["due"] for plan in overdue["plans"]} == {"2025-12-31"}
    assert Counter(plan["stage"] for plan in overdue["plans"]) == {"certified": 10, "notified": 15}


def test_four_in_production_at_the_survey_are_closed_without_an_approval_on_record(office: Office) -> None:
    assert "每一步处置要写明是哪一天" in refused(office.answers["closed without a day"], "step.day")
    said = refused(office.answers["closed without approval"], "step.refused")

    assert "报经有批准权的人民政府批准" in said
    assert "第一百零一条" in said
    assert office.ask("states", as_of="2024-02-01")["totals"]["closed"]["yes"] == 0
    assert office.ask("states", as_of="2025-12-01")["totals"]["closed"]["cannot_tell"] == 4
    assert office.ask("states", as_of="2025-12-31")["totals"]["closed"] == {
        "yes": 4,
        "no": 32,
        "cannot_tell": 0,
        "not_recorded": 0,
    }
    for firm in CLOSED:
        assert gaps_of(office, firm)["closure", "CLOSE-APPROVED", "missing"] == 1
        assert state(office, firm, "2025-12-31")["power_cut"] is None


def test_an_order_to_correct_of_no_number_is_a_gap_of_the_two_that_had_one(office: Office) -> None:
    of = {firm: gaps_of(office, firm)["correction_order", "REG-NO", "missing"] for firm in CLOSED}

    assert list(of.values()) == [0, 0, 1, 1]


def test_three_are_merged_into_one_on_a_day_that_nobody_tells(office: Office) -> None:
    for firm in MERGED:
        (one,) = office.ask(f"enterprises/{firm}/successions", as_of="2025-12-31")["successors"]
        assert (one["into"]["name"], one["day"], one["answer"]) == ("华强", "不明", "perhaps")
        assert state(office, firm, "2025-12-31")["closed"] is False


def test_one_of_the_merged_signs_under_its_own_name_and_five_of_seven_are_named(office: Office) -> None:
    (letter,) = [
        one
        for one in office.ask("documents", as_of="2025-12-31", enterprise=MERGED[0])["documents"]
        if one["title"] == "企业投资意愿书"
    ]

    assert {one["name"] for one in letter["named"]} == set(SIGNED)
    assert (len(letter["named"]), letter["dated_by"]) == (5, None)


def test_the_ledger_keeps_unstated_numbers_unstated_beside_the_names(ledger: openpyxl.Workbook) -> None:
    stated = {row[2]: row[7] for row in lines(ledger, "停电关停") if str(row[2]).startswith("原文：")}
    named = Counter(row[0] for row in lines(ledger, "停电关停") if row[6] == 1)

    assert stated["原文：对未达标企业采取停电措施"] == "不明"
    assert stated["原文：对未提交验收报告的企业下达停产通知"] == "不明"
    assert (named["停电"], named["停产"], named["恢复生产"], named["关停退出"]) == (25, 15, 10, 4)
    assert named["复电"] == 0


def test_thirty_six_is_four_and_twenty_five_and_three_and_four_unsorted(ledger: openpyxl.Workbook) -> None:
    table = {str(row[0]).strip(): row for row in lines(ledger, "汇总")}

    assert [table[word][1] for word in ("关停退出", "转型升级", "整合提升", "未归类")] == [4, 25, 3, 4]
    assert table["二、分类处置（按整治类别）"][1] == 36
    signed = next(row for row in lines(ledger, "汇总") if "企业投资意愿书" in str(row[3]))
    assert (signed[1] or None, "：7家" in signed[3]) == (None, True)


def test_what_was_known_before_the_certificates_is_still_answered(office: Office) -> None:
    before = str(office.answers["known before"])

    assert office.ask("states", as_of=RESUMED, known=before)["totals"]["production_stopped"]["yes"] == 15
    assert office.ask("plans/progress", as_of=RESUMED, known=before)["total"]["at"]["certified"] == 0
    assert [one for one in office.ask("steps", as_of=RESUMED, known=before)["steps"] if one["kind"] == "resumed"] == []


def test_every_open_gap_of_the_play_is_listed_with_its_sentence(office: Office) -> None:
    found = office.ask("gaps", as_of="2025-12-31")
    of = Counter((one["kind"], one["condition"]) for one in found["gaps"] if one["open"])

    assert of == {
        ("rectification_notice", "REG-NO"): 3,
        ("rectification_notice", "REG-PAPER"): 3,
        ("halt", "REG-NO"): 15,
        ("halt", "REG-PAPER"): 15,
        ("power_cut", "REG-NO"): 25,
        ("power_cut", "REG-PAPER"): 25,
        ("power_cut", "LS25-CUT-UNMET"): 1,
        ("resumed", "LS25-ACCEPTED"): 1,
        ("resumed", "REG-RESUME-POWER"): 10,
        ("correction_order", "REG-NO"): 2,
        ("correction_order", "REG-PAPER"): 2,
        ("closure", "REG-NO"): 4,
        ("closure", "REG-PAPER"): 4,
        ("closure", "CLOSE-APPROVED"): 4,
    }
    assert all(one["sentence"] and one["source"] for one in found["gaps"])


def test_an_acceptance_by_the_county_lets_a_further_one_restore_only_after_the_townships_own(office: Office) -> None:
    firm = office.unready[0]
    told = {"enterprise": firm, "result": "通过", "units": ["蓝山县科工局"]}
    too_early = refused(office.tell("acceptances", level="区县复验", on="2026-01-15", **told), "acceptance.gap")
    assert office.may(firm, "restore", "2026-01-20")["answer"] is False

    office.done("acceptances", level="镇街自验", on="2026-01-10", **told)
    office.done("acceptances", level="区县复验", on="2026-01-15", **told)

    assert "镇街自验" in too_early
    assert office.may(firm, "restore", "2026-01-20")["answer"] is True
    assert office.may(firm, "restore", "2026-01-14")["answer"] is False
