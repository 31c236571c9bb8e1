"""May it be done? Yes, no or cannot tell, each with the sentence that says so; only where and when that is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from app.domain.dates import DateInterval
from app.rules.procedures.case import Case, Condition, May
from app.rules.procedures.judging import may

LANSHAN, HENAN, SHANGHAI, JINAN = "431127", "410122", "310115", "370112"


def on(text: str) -> DateInterval:
    """2025-12-10, or two days with .. between them."""
    first, _, last = text.partition("..")
    return DateInterval(date.fromisoformat(first), date.fromisoformat(last or first), "day", text)


def asked(kind: str, day: str, *, county: str = LANSHAN, **told: Any) -> May:
    """Asked of a firm on a day."""
    return may(kind, Case(date.fromisoformat(day), county, told.pop("firm", {"id": "f"}), **told))


def taken(kind: str, day: str, *, county: str = LANSHAN, step: Mapping[str, Any], **told: Any) -> May:
    """Of a step that is recorded."""
    particulars = {"id": "s", "kind": kind, "taken_on": on(day), **step}
    return may(kind, Case(on(day).until or date.max, county, {"id": "f"}, step=particulars, recorded=True, **told))


def of(found: May, id: str) -> Condition:
    """One of its conditions."""
    return next(one for one in found.conditions if one.id == id)


def ids(found: May) -> set[str]:
    return {one.id for one in found.conditions}


def paper(kind: str, issuer: str, day: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{kind} {day}", "kind": kind, "issuer": issuer, "dated": on(day), "firm": "f"} | more


CERTIFICATE = paper("certificate", "湖南省铸造协会", "2025-12-20")
CUT = {"id": "c", "kind": "power_cut", "taken_on": on("2025-12-10")}


def test_where_no_rule_is_in_force_nothing_of_a_papers_is_asked() -> None:
    assert "LS25-CUT-LETTER" in ids(asked("power_cut", "2025-12-10"))
    assert "LS25-CUT-LETTER" not in ids(asked("power_cut", "2025-12-09"))
    assert "LS25-CUT-LETTER" not in ids(asked("power_cut", "2025-12-10", county="431126"))


@pytest.mark.parametrize(
    ("county", "there", "elsewhere"),
    [
        (HENAN, "HEN-POWER-47-WRITTEN", LANSHAN),
        (HENAN, "HEN-POWER-47-WRITTEN", SHANGHAI),
        (HENAN, "HEN-POWER-47-WRITTEN", JINAN),
    ],
)
def test_a_provinces_rule_holds_in_that_province(county: str, there: str, elsewhere: str) -> None:
    assert of(asked("power_cut", "2024-06-03", county=county), there).answer is False
    assert there not in ids(asked("power_cut", "2024-06-03", county=elsewhere))


def test_the_suppliers_own_notice_in_henan_is_shown_and_decides_nothing() -> None:
    """Its three to seven days are for causes of the supplier's own (art. 44), not for a cut that a government wants."""
    found = asked("power_cut", "2024-06-03", county=HENAN)

    assert "HEN-POWER-45" not in ids(found)
    assert "HEN-POWER-45" in {one.id for one in found.mind}


def test_who_may_order_a_cut_differs_by_place() -> None:
    def orders(county: str) -> set[str]:
        return {one.id for one in asked("power_cut", "2026-01-05", county=county).orders}

    assert orders(LANSHAN) == {"LS25-CUT", "SAFE-70"}
    assert orders(HENAN) == {"HEN-POWER-47", "SAFE-70"}
    assert orders(SHANGHAI) == {"SH-POWER-16", "SAFE-70"}
    assert orders(JINAN) == {"JN-POWER-22", "SAFE-70"}


def test_in_shanghai_a_cut_for_pollution_follows_a_decision() -> None:
    step = {"authority": "浦东新区生态环境局", "document_no": "沪1", "served_on": on("2024-06-01")}
    halted = {"id": "h", "kind": "halt", "taken_on": on("2024-05-20")}

    bare = taken("power_cut", "2024-06-05", county=SHANGHAI, step=step)
    after = taken("power_cut", "2024-06-05", county=SHANGHAI, step=step, actions=[halted])

    assert of(bare, "SH-POWER-16-DECISION").answer is False
    assert of(after, "SH-POWER-16-DECISION").answer is True
    assert of(after, "SH-POWER-16-AHEAD").answer is True


def test_a_halt_that_was_lifted_leaves_it_open_whether_it_is_the_decision() -> None:
    step = {"authority": "浦东新区生态环境局", "document_no": "沪1", "served_on": on("2024-06-01")}
    halted = {"id": "h", "kind": "halt", "taken_on": on("2020-05-20")}
    resumed = {"id": "r", "kind": "resumed", "taken_on": on("2020-06-20")}
    again = {"id": "h2", "kind": "halt", "taken_on": on("2024-05-20")}

    lifted = taken("power_cut", "2024-06-05", county=SHANGHAI, step=step, actions=[halted, resumed])
    anew = taken("power_cut", "2024-06-05", county=SHANGHAI, step=step, actions=[halted, resumed, again])

    found = of(lifted, "SH-POWER-16-DECISION")
    assert (found.answer, found.lacks) == (None, ("停产（2020-05-20）：已有恢复生产（2020-06-20），是否还作数要核实",))
    assert of(anew, "SH-POWER-16-DECISION").found == ("停产（2024-05-20）",)


@pytest.mark.parametrize(("answer", "expected"), [(True, False), (False, True), (None, None)])
def test_no_cut_on_a_holiday_and_cannot_tell_beyond_the_calendar(answer: bool | None, expected: bool | None) -> None:
    found = asked("power_cut", "2025-10-01", holiday=lambda day: answer)

    condition = of(found, "FORCE-43-HOLIDAY")
    assert condition.answer is expected
    assert "情况紧急的除外" in condition.sentence


def test_some_day_of_an_interval_may_be_a_holiday() -> None:
    found = taken("power_cut", "2025-09-28..2025-10-02", step={}, holiday=lambda day: day.month == 10)

    assert of(found, "FORCE-43-HOLIDAY").answer is None
    assert "要知道是哪一天" in of(found, "FORCE-43-HOLIDAY").lacks[-1]


@pytest.mark.parametrize(
    ("time", "answer"), [("21:59", True), ("22:00", None), ("03:30", None), ("05:59", None), ("06:00", True)]
)
def test_night_is_by_custom_and_left_to_a_person(time: str, answer: bool | None) -> None:
    condition = of(taken("power_cut", "2025-12-10", step={"effective_time": time}), "FORCE-43-NIGHT")

    assert condition.answer is answer
    assert "法律没有写夜间是几点到几点" in "".join((*condition.found, *condition.lacks))


@pytest.mark.parametrize(
    ("served", "answer"), [("2025-12-07", True), ("2025-12-08", True), ("2025-12-09", None), ("2025-12-10", False)]
)
def test_twenty_four_hours_ahead_by_days_alone(served: str, answer: bool | None) -> None:
    step = {"authority": "蓝山县应急管理局", "served_on": on(served)}

    assert of(taken("power_cut", "2025-12-10", step=step), "SAFE-70-AHEAD").answer is answer


@pytest.mark.parametrize(
    ("papers", "answer"),
    [
        ([], False),
        ([CERTIFICATE], True),
        ([CERTIFICATE | {"issuer": "甲公司"}], False),
        ([CERTIFICATE | {"firm": "another"}], False),
        ([CERTIFICATE | {"dated": on("2025-12-01..2025-12-31")}], None),
        ([{name: value for name, value in CERTIFICATE.items() if name != "firm"}], None),
        ([{name: value for name, value in CERTIFICATE.items() if name != "issuer"}], None),
        ([CERTIFICATE | {"dated": on("2025-12-23")}], False),
        ([CERTIFICATE | {"dated": on("2025-11-30")}], None),
        ([paper("acceptance_opinion", "蓝山县科工局", "2025-12-20")], True),
    ],
)
def test_what_lets_power_be_restored(papers: list[Any], answer: bool | None) -> None:
    found = asked("power_restored", "2025-12-22", actions=[CUT], documents=papers)

    assert of(found, "LS25-ACCEPTED").answer is answer
    assert found.answer is answer


@pytest.mark.parametrize(("level", "answer"), [("township", False), ("county", True), ("city", True)])
def test_an_acceptance_of_the_county_or_city_does_as_well(level: str, answer: bool) -> None:
    passed = {"level": level, "result": "passed", "accepted_on": on("2025-12-20")}

    found = asked("resumed", "2025-12-22", actions=[CUT], acceptances=[passed])

    assert of(found, "LS25-ACCEPTED").answer is answer
    failed = asked("resumed", "2025-12-22", actions=[CUT], acceptances=[passed | {"result": "failed"}])
    assert of(failed, "LS25-ACCEPTED").answer is False


def test_a_plan_that_says_certified_without_the_paper_settles_nothing() -> None:
    found = asked("power_restored", "2025-12-22", actions=[CUT], plan={"stage": "certified"})

    assert of(found, "LS25-ACCEPTED").answer is None
    assert "没有那份文件" in of(found, "LS25-ACCEPTED").lacks[0]


def test_from_the_opinions_day_its_own_sentence_forbids_restoring() -> None:
    before = asked("power_restored", "2025-12-22", actions=[CUT])
    after = asked("power_restored", "2025-12-23", actions=[CUT])

    assert "LS25-RESTORE-STANDARD" not in ids(before)
    assert of(after, "LS25-RESTORE-STANDARD").sentence == "对未达到铸协、省环科院验收标准的不予恢复生产供电"
    assert "LS25-RESTORE-STANDARD" not in ids(asked("resumed", "2025-12-23", actions=[CUT]))


def test_a_certified_firm_is_not_one_to_cut() -> None:
    found = asked("power_cut", "2025-12-22", documents=[CERTIFICATE, paper("letter", "永州市生态环境局", "2025-12-08")])

    assert of(found, "LS25-CUT-UNMET").answer is False
    assert "已有" in of(found, "LS25-CUT-UNMET").lacks[1]


def test_a_letter_of_an_earlier_round_leaves_it_open() -> None:
    restored = {"id": "r", "kind": "power_restored", "taken_on": on("2025-12-22")}
    letters = [paper("letter", "永州市生态环境局", "2025-12-08"), paper("letter", "永州市生态环境局", "2026-03-01")]
    told = {"actions": [CUT, restored]}

    assert of(asked("power_cut", "2026-03-05", documents=letters[:1], **told), "LS25-CUT-LETTER").answer is None
    assert of(asked("power_cut", "2026-03-05", documents=letters, **told), "LS25-CUT-LETTER").answer is True
    named = asked("power_cut", "2026-03-05", documents=letters, step={"request_document": letters[0]["id"]}, **told)
    assert of(named, "LS25-CUT-LETTER").answer is None


def test_its_own_paper_is_the_one_with_its_number() -> None:
    step = {"document_no": "蓝科工停〔2025〕2号"}
    other = paper("power_cut_notice", "蓝山县科工局", "2025-12-01", number="蓝科工停〔2025〕1号", evidence="ab")
    bare = other | {"id": "own", "number": "蓝科工停〔2025〕2号", "evidence": None}

    found = [
        of(taken("power_cut", "2025-12-10", step=step, documents=some), "REG-PAPER")
        for some in ([other], [other, bare], [other, bare | {"evidence": "cd"}])
    ]

    assert [one.answer for one in found] == [False, False, True]
    assert "没有附扫描件" in found[1].lacks[-1]


def test_a_basis_that_does_not_speak_of_the_authority_is_a_no() -> None:
    other = taken("power_cut", "2025-12-10", step={"authority": "蓝山县应急管理局", "basis": "LS25-CUT"})
    own = taken("power_cut", "2025-12-10", step={"authority": "蓝山县科工局", "basis": "LS25-CUT"})
    strange = taken("power_cut", "2025-12-10", step={"authority": "蓝山县水利局"})
    township = taken("halt", "2025-12-10", step={"authority": "新圩镇人民政府"})

    early = taken("halt", "2025-11-01", step={"authority": "市生态环境局蓝山分局", "basis": "LS25-HALT"})
    assert "那天没有施行" in "".join(of(early, "REG-EMPOWERED").lacks)
    answers = [of(one, "REG-EMPOWERED").answer for one in (other, own, strange, township)]
    assert answers == [False, True, None, None]


def test_drafts_are_shown_with_their_source_and_decide_nothing() -> None:
    found = asked("power_restored", "2024-06-03", county="140921", actions=[CUT | {"taken_on": on("2024-05-01")}])

    assert found.answer is True
    assert [one.id for one in found.mind] == ["ELSEWHERE-RESTORE-NOTICE"]
