"""Limits over the register: what applies, what is met, what cannot be told and is asked; as of a day, as known then."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.errors import NotFound
from app.register.imports.applying import Applied
from app.register.limits.checking import check
from app.register.limits.lines import Checked, Line
from app.register.limits.measuring import Measured, measure, take_measurement_back
from app.register.limits.service_lives import set_life
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.successions.acts import merged
from app.store import changes
from app.store.engine import reading, unit
from tests.register import rosters
from tests.register.rosters import Firm, machine, permit, roster
from tests.register.saying import day
from tests.register.successions import firms as passing

CHANGJI, DINGXIANG = "652301", "140921"
SURVEY = "2024-06-01"
NAMED = [
    "新疆长讯耐磨材料有限公司",
    "新疆豫丰源铸造有限公司",
    "新疆金瑞耐磨钢制造有限公司",
    "新疆天翼德工业机械制造有限公司",
    "新疆宏建机械制造有限公司",
]
ABOVE = "新疆华盛西元金属制造有限公司"
TOLD: dict[str, Any] = {"reason": "监测报告", "actor": LOCAL_OPERATOR}


@pytest.fixture
def take_in(engine: Engine, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Take in firms of a county, as a source tells of them on a day."""

    def taken(county: str, *firms: Firm, on: str = SURVEY, by: str = "填报单位") -> Applied:
        monkeypatch.setattr(rosters, "COUNTY", county)
        return rosters.take_in(engine, roster(*firms, on=on, by=by))

    return taken


def checked(engine: Engine, county: str, on: str = "2024-12-31", known: int | None = None, **more: Any) -> Checked:
    with reading(engine) as session:
        at = changes.head(session, county) if known is None else known
        return check(session, county, as_of=day(on), known=at, actor=more.pop("actor", LOCAL_OPERATOR), **more)


def lines(found: Checked, limit: str) -> list[Line]:
    return [one for one in found.lines if one.limit.id == limit]


def one(found: Checked, limit: str) -> Line:
    (line,) = lines(found, limit)
    return line


def tell(
    engine: Engine, county: str, firm: str, kind: str, value: float, on: str = "2024-03-05", **more: Any
) -> dict[str, Any]:
    machine = more.pop("machine", None)
    days = DateInterval.of_day(day(on))
    said = Measured(firm, kind, value, days, "某检测公司", machine, "报告5号", more)
    return measure(engine, county, said, **TOLD)


def furnace(**facts: Any) -> Any:
    return machine(**{"code": "1号", "kind": "induction_furnace", "core": "coreless", "state": "in_use", **facts})


def forge(product: str = "法兰", **facts: Any) -> Firm:
    own = {"code": "3号", "kind": "heating_furnace", "state": "in_use", **facts}
    return Firm({"name": "甲锻造厂", "main_product": product}, [machine(**own)])


@pytest.mark.parametrize(
    ("capacity", "measured", "answer"),
    [(1, 600, "meets"), (1.5, 620, "fails"), (3, 600, "cannot_tell"), (5, 589.9, "meets")],
)
def test_energy_per_tonne_by_capacity(
    take_in: Any, engine: Engine, capacity: float, measured: float, answer: str
) -> None:
    take_in(CHANGJI, Firm({"name": "甲铸造厂"}, [furnace(capacity_t=capacity)]))
    tell(engine, CHANGJI, "甲铸造厂", "energy_kwh_per_t", measured, machine="1号", metal="iron")

    line = one(checked(engine, CHANGJI), "CJ21-IF-IRON")

    assert (line.verdict.answer, line.overdue) == (answer, answer == "fails")
    row = line.as_dict()
    assert row["measurement"]["document"] == "报告5号"
    capacities = [fact for fact in row["facts"] if fact["field"] == "equipment.capacity_t"]
    assert [(fact["value"], fact["file"]) for fact in capacities] == [(capacity, "填报单位.xlsx")]
    assert all(fact["cell"].startswith("Sheet1!") for fact in row["facts"])


def test_a_furnace_without_a_measurement_is_asked_about(take_in: Any, engine: Engine) -> None:
    take_in(CHANGJI, Firm({"name": "甲铸造厂"}, [furnace(capacity_t=1)]))

    line = one(checked(engine, CHANGJI), "CJ21-IF-IRON")

    assert line.question == "1号炉熔炼的是铸铁还是铸钢、熔炼每吨金属液用电多少千瓦时？"
    assert checked(engine, CHANGJI).status == 1


def test_converted_nitrogen_oxides_fail_with_the_numbers_and_the_sentence(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge(fuel="natural_gas"))
    tell(engine, DINGXIANG, "甲锻造厂", "nox_mg_per_m3", 160, machine="3号", o2_pct=12.0)

    found = lines(checked(engine, DINGXIANG), "XZ-FLANGE-2024")

    assert [line.verdict.answer for line in found] == ["fails", "cannot_tell"]
    assert found[0].verdict.numbers["converted"] == "231.1"
    assert "基准含氧量8%" in found[0].limit.text
    assert found[1].question == "3号炉颗粒物实测浓度是多少、二氧化硫实测浓度是多少？"


def test_the_last_measurement_finished_by_the_day_counts(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge(fuel="electricity"), on="2024-05-01")
    for value, on in ((300, "2024-05-05"), (100, "2024-08-01")):
        tell(engine, DINGXIANG, "甲锻造厂", "nox_mg_per_m3", value, on, machine="3号")

    def answer(on: str) -> list[str]:
        found = lines(checked(engine, DINGXIANG, on), "XZ-FLANGE-2024")
        return [line.verdict.answer for line in found if line.measurement]

    assert [answer(on) for on in ("2024-05-04", "2024-05-05", "2024-07-31", "2024-08-01")] == [
        [],
        ["fails"],
        ["fails"],
        ["meets"],
    ]


def test_two_measurements_of_one_day_are_both_shown(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge(fuel="electricity"))
    for value in (100, 300):
        tell(engine, DINGXIANG, "甲锻造厂", "nox_mg_per_m3", value, machine="3号")

    found = lines(checked(engine, DINGXIANG), "XZ-FLANGE-2024")

    assert sorted(line.verdict.answer for line in found if line.measurement) == ["fails", "meets"]


def test_a_measurement_goes_with_its_machine_to_the_firm_that_took_it_over(take_in: Any, engine: Engine) -> None:
    take_in(CHANGJI, Firm({"name": "甲铸造厂"}, [furnace(capacity_t=1)]), Firm({"name": "乙铸造厂"}))
    tell(engine, CHANGJI, "甲铸造厂", "energy_kwh_per_t", 700, machine="1号", metal="iron")
    merged(engine, CHANGJI, "甲铸造厂", "乙铸造厂", passing.on("2024-07-01"), actor=LOCAL_OPERATOR)

    tell(engine, CHANGJI, "甲铸造厂", "energy_kwh_per_t", 650, "2024-06-20", machine="1号", metal="iron")

    line = one(checked(engine, CHANGJI), "CJ21-IF-IRON")

    assert (line.firm.name, line.verdict.answer) == ("乙铸造厂", "fails")
    assert one(checked(engine, CHANGJI, "2024-06-30"), "CJ21-IF-IRON").firm.name == "甲铸造厂"


def test_a_machine_whose_owner_nobody_knows_says_so_and_stands_with_each_firm_that_is_asked(
    take_in: Any, engine: Engine
) -> None:
    take_in(CHANGJI, Firm({"name": "甲铸造厂"}, [furnace(capacity_t=1)]), Firm({"name": "乙铸造厂"}))
    merged(engine, CHANGJI, "甲铸造厂", "乙铸造厂", passing.between("2024-07-01", "2025-07-01"), actor=LOCAL_OPERATOR)
    tell(engine, CHANGJI, "乙铸造厂", "energy_kwh_per_t", 700, machine="1号", metal="iron")

    (line,) = lines(checked(engine, CHANGJI), "CJ21-IF-IRON")
    (own,) = lines(checked(engine, CHANGJI, firm="乙铸造厂"), "CJ21-IF-IRON")

    assert [one.verdict.answer for one in (line, own)] == ["fails", "fails"]
    assert own.as_dict()["equipment"]["owner"] == "归属不明"
    assert len(own.as_dict()["equipment"]["owners"]) == 2


def test_a_limit_that_asks_for_the_firm_is_not_decided_of_a_machine_without_a_certain_owner(
    take_in: Any, engine: Engine
) -> None:
    take_in(DINGXIANG, forge(fuel="electricity"), Firm({"name": "乙机械厂", "main_product": "齿轮"}))
    merged(engine, DINGXIANG, "甲锻造厂", "乙机械厂", passing.between("2024-07-01", "2025-07-01"), actor=LOCAL_OPERATOR)
    tell(engine, DINGXIANG, "甲锻造厂", "nox_mg_per_m3", 300, "2024-06-05", machine="3号")

    (line,) = [one for one in lines(checked(engine, DINGXIANG), "XZ-FLANGE-2024") if one.measurement]

    assert (line.verdict.answer, "归属不明" in line.verdict.because) == ("cannot_tell", True)


def test_what_was_measured_of_the_firm_as_a_whole_asks_which_machine(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge(fuel="natural_gas"))
    tell(engine, DINGXIANG, "甲锻造厂", "nox_mg_per_m3", 160, o2_pct=12.0)

    (line,) = [one for one in lines(checked(engine, DINGXIANG), "XZ-FLANGE-2024") if one.measurement]

    assert (line.verdict.answer, line.machine) == ("cannot_tell", None)
    assert line.question == "该企业测的是哪一台设备？"


def test_a_measurement_taken_back_answers_no_more_but_did_then(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge(fuel="electricity"))
    told = tell(engine, DINGXIANG, "甲锻造厂", "nox_mg_per_m3", 300, machine="3号")
    take_measurement_back(engine, DINGXIANG, told["measurement"], **TOLD)

    now = lines(checked(engine, DINGXIANG), "XZ-FLANGE-2024")
    then = lines(checked(engine, DINGXIANG, known=told["change"]), "XZ-FLANGE-2024")
    before = lines(checked(engine, DINGXIANG, known=told["change"] - 1), "XZ-FLANGE-2024")

    answers = [[line.verdict.answer for line in found if line.measurement] for found in (before, then, now)]
    assert answers == [[], ["fails"], []]


def test_sources_that_differ_leave_it_open_only_where_the_answer_does(take_in: Any, engine: Engine) -> None:
    firm = forge()
    take_in(DINGXIANG, firm, by="甲镇")
    with reading(engine) as session:
        id = check(session, DINGXIANG, as_of=day(SURVEY), known=1, actor=LOCAL_OPERATOR).lines[0].firm
    own = Firm({}, [machine(id.equipment[0].id, fuel="electricity")], id=id.id)
    other = Firm({}, [machine(id.equipment[0].id, fuel="natural_gas")], id=id.id)
    take_in(DINGXIANG, own, by="甲镇", on="2024-06-02")
    take_in(DINGXIANG, other, by="县局", on="2024-06-02")
    tell(engine, DINGXIANG, "甲锻造厂", "nox_mg_per_m3", 160, machine="3号", o2_pct=12.0)
    tell(engine, DINGXIANG, "甲锻造厂", "so2_mg_per_m3", 90, machine="3号", o2_pct=12.0)

    found = {
        line.measurement.kind: line for line in lines(checked(engine, DINGXIANG), "XZ-FLANGE-2024") if line.measurement
    }

    assert found["so2_mg_per_m3"].verdict.answer == "fails"
    assert found["nox_mg_per_m3"].verdict.answer == "cannot_tell"
    assert "燃料说法不一" in found["nox_mg_per_m3"].verdict.because


def test_a_removed_machine_is_judged_no_more(take_in: Any, engine: Engine) -> None:
    take_in(CHANGJI, Firm({"name": "甲铸造厂"}, [furnace(capacity_t=1, state="removed")]))
    assert lines(checked(engine, CHANGJI), "CJ21-IF-IRON") == []


def test_a_machine_that_may_be_gone_is_neither_met_nor_failed(take_in: Any, engine: Engine) -> None:
    until = DateInterval(None, day("2024-12-31"), "year", "2024年底前")
    take_in(CHANGJI, Firm({"name": "甲铸造厂"}, [furnace(capacity_t=1, removed_on=until)]))
    tell(engine, CHANGJI, "甲铸造厂", "energy_kwh_per_t", 700, machine="1号", metal="iron")

    line = one(checked(engine, CHANGJI, "2024-08-01"), "CJ21-IF-IRON")

    assert (line.verdict.answer, "可能已经拆除" in line.verdict.because) == ("cannot_tell", True)


def test_safety_grades_due_are_the_named_firms_and_one_has_no_target(take_in: Any, engine: Engine) -> None:
    firms = [Firm({"name": name, "scale": "below"}) for name in NAMED]
    take_in(CHANGJI, *firms, Firm({"name": ABOVE, "scale": "above"}), Firm({"name": "未点名铸造厂"}))

    found = checked(engine, CHANGJI, "2024-06-30")

    below, above = found.targets
    assert (below.as_dict()["deadline"], len(below.named), below.absent) == ("2021-12-31", 5, ())
    assert (above.as_dict()["deadline"], above.named) == ("2023-12-31", (ABOVE,))
    assert found.without_target == ("未点名铸造厂",)
    assert len([line for line in lines(found, "CJ21-SAFE-BELOW") if line.firm.name in NAMED]) == 5


def test_a_grade_not_reached_is_overdue_only_after_its_day(take_in: Any, engine: Engine) -> None:
    own = Firm({"name": NAMED[0], "scale": "below"}, [permit("safety_grade", standing="lacking")])
    take_in(CHANGJI, own, on="2021-07-01")

    before, after = (one(checked(engine, CHANGJI, on), "CJ21-SAFE-BELOW") for on in ("2021-12-31", "2022-01-01"))

    assert [(line.verdict.answer, line.overdue) for line in (before, after)] == [("fails", False), ("fails", True)]
    assert (before.words, after.words) == ("未达到（期限 2021-12-31，未到）", "未达到，已过期限")


def test_a_named_firm_that_the_register_lacks_is_told(take_in: Any, engine: Engine) -> None:
    take_in(CHANGJI, Firm({"name": NAMED[0]}))
    assert checked(engine, CHANGJI).targets[0].absent == tuple(NAMED[1:])


def test_permits_and_their_renewal_by_the_day(take_in: Any, engine: Engine) -> None:
    term = DateInterval.of_day(day("2025-12-31"))
    own = permit("pollutant_discharge", standing="held", valid_to=term)
    take_in(DINGXIANG, Firm({"name": "甲锻造厂"}, [own]))

    def answers(on: str) -> list[str]:
        found = checked(engine, DINGXIANG, on)
        return [line.verdict.answer for name in ("PERMIT-33", "PERMIT-14") for line in lines(found, name)]

    assert answers("2025-11-01") == ["meets", "meets"]
    assert answers("2025-11-02") == ["meets", "cannot_tell"]
    assert answers("2026-01-01") == ["fails"]
    facts = one(checked(engine, DINGXIANG), "PERMIT-33").as_dict()["facts"]
    assert {fact["field"] for fact in facts} == {"permit.standing", "permit.valid_to"}


def test_the_countys_own_years_answer_from_their_change_on(take_in: Any, engine: Engine) -> None:
    made = DateInterval(day("2010-01-01"), day("2010-12-31"), "year", "2010年")
    take_in(DINGXIANG, Firm({"name": "甲锻造厂"}, [machine(code="3号", kind="heating_furnace", made_on=made)]))
    told = set_life(engine, DINGXIANG, "加热炉", 14, "made_on", **TOLD)

    line = one(checked(engine, DINGXIANG, "2025-01-01"), "OWN-LIFE-HEATING-FURNACE")

    assert (line.verdict.answer, line.limit.source) == ("fails", f"第 {told['change']} 号变更")
    assert one(checked(engine, DINGXIANG, "2024-12-31"), "OWN-LIFE-HEATING-FURNACE").verdict.answer == "cannot_tell"
    assert lines(checked(engine, DINGXIANG, known=told["change"] - 1), "OWN-LIFE-HEATING-FURNACE") == []


def test_a_draft_is_shown_apart_and_counts_nowhere(take_in: Any, engine: Engine) -> None:
    take_in(CHANGJI, Firm({"name": "甲铸造厂"}, [machine(code="1号", kind="cupola", state="in_use")]))
    tell(engine, CHANGJI, "甲铸造厂", "pm_mg_per_m3", 90, machine="1号", o2_pct=12.0, blast_temperature_c=300.0)

    found = checked(engine, CHANGJI)

    assert [(line.limit.id, line.verdict.answer) for line in found.drafts] == [("GB39726-CUPOLA", "fails")]
    assert "GB39726-CUPOLA" in {limit.id for limit in found.silent}
    assert found.totals["fails"] == 0


def test_a_limit_is_asked_only_of_its_days_and_places(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge(fuel="natural_gas"), on="2024-01-01")
    assert lines(checked(engine, DINGXIANG, "2024-04-29"), "XZ-FLANGE-2024") == []
    assert lines(checked(engine, DINGXIANG, "2024-04-30"), "XZ-FLANGE-2024") != []
    assert {line.limit.jurisdiction for line in checked(engine, DINGXIANG).lines} <= {"", "14", "1409"}


def test_one_firm_alone_is_asked_about(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge(), Firm({"name": "乙锻造厂"}))
    found = checked(engine, DINGXIANG, firm="乙锻造厂")
    assert {line.firm.name for line in found.lines} == {"乙锻造厂"}
    with pytest.raises(NotFound):
        checked(engine, DINGXIANG, firm="丙锻造厂")


def test_another_county_is_told_nothing(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge())
    found = checked(engine, DINGXIANG, actor=Actor("外县", counties=frozenset(["431126"])))
    assert (found.lines, found.drafts) == ((), ())


def test_asking_writes_nothing(take_in: Any, engine: Engine) -> None:
    take_in(DINGXIANG, forge())
    with unit(engine) as session:
        check(session, DINGXIANG, as_of=day(SURVEY), known=1, actor=LOCAL_OPERATOR)
        assert not session.new
        assert not session.dirty
