"""What was measured is a record: told with its source and reason, shown, taken back, and known only since then."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.errors import BadInput, Decided, NotFound
from app.register.desk.merging import merge
from app.register.limits import measure_queries
from app.register.limits.measuring import Measured, Recorded, measure, measurements, take_measurement_back
from app.register.limits.service_lives import drop_life, own_lives, set_life
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import changes
from app.store.engine import reading, unit
from tests.register.rosters import COUNTY, Firm, head, machine, roster, seen, take_in
from tests.register.saying import day

SURVEY = "2024-01-15"
DAY = DateInterval.of_day(day("2024-03-05"))
TOLD = {"reason": "监测报告", "actor": LOCAL_OPERATOR}


def two_firms(engine: Engine) -> None:
    for name, township, code in (("甲铸造厂", "新圩镇", "431127105"), ("乙铸造厂", "土市镇", "431127107")):
        firm = Firm({"name": name, "township": township}, [machine(code="1号", kind="cupola"), machine(code="2号")])
        take_in(engine, roster(firm, on=SURVEY, by=township, township=code))


def nox(firm: str = "甲铸造厂", machine: str | None = "1", value: float = 160, **more: object) -> Measured:
    told = {"circumstances": {"o2_pct": 12.0}, "document": "监测〔2024〕5号", **more}
    return Measured(firm, "nox_mg_per_m3", value, DAY, "某检测公司", machine, **told)  # type: ignore[arg-type]


def known(engine: Engine, at: int | None = None, actor: Actor = LOCAL_OPERATOR) -> list[Recorded]:
    with reading(engine) as session:
        return measurements(session, COUNTY, head(engine) if at is None else at, actor)


def test_a_measurement_keeps_its_unit_day_source_paper_and_reason(engine: Engine) -> None:
    two_firms(engine)
    told = measure(engine, COUNTY, nox(), **TOLD)  # type: ignore[arg-type]

    (one,) = known(engine)
    row = one.as_dict()
    assert (row["value"], row["unit"], row["circumstances"]) == (160, "毫克/立方米", {"o2_pct": 12.0})
    assert (row["source"], row["document"], row["reason"]) == ("某检测公司", "监测〔2024〕5号", "监测报告")
    assert (row["change"], row["by"], row["measured_on"]["from"]) == (told["change"], "本机操作员", "2024-03-05")
    assert known(engine, told["change"] - 1) == []


def test_what_is_taken_back_was_known_until_then(engine: Engine) -> None:
    two_firms(engine)
    told = measure(engine, COUNTY, nox(), **TOLD)  # type: ignore[arg-type]
    back = take_measurement_back(engine, COUNTY, told["measurement"], **TOLD)  # type: ignore[arg-type]

    assert known(engine) == []
    assert [one.id for one in known(engine, back["change"] - 1)] == [told["measurement"]]
    with pytest.raises(NotFound):
        take_measurement_back(engine, COUNTY, told["measurement"], **TOLD)  # type: ignore[arg-type]


def test_the_same_is_not_recorded_twice(engine: Engine) -> None:
    two_firms(engine)
    measure(engine, COUNTY, nox(), **TOLD)  # type: ignore[arg-type]
    before = head(engine)
    with pytest.raises(Decided):
        measure(engine, COUNTY, nox(machine="1号"), **TOLD)  # type: ignore[arg-type]
    assert head(engine) == before


@pytest.mark.parametrize(
    ("said", "refused", "code"),
    [
        (nox(circumstances={"o2_pct": 21.0}), BadInput, "limits.o2"),
        (nox(circumstances={"colour": "红"}), BadInput, "measure.circumstance"),
        (nox(value=-1), BadInput, "measure.value"),
        (nox(value=float("inf")), BadInput, "measure.value"),
        (nox(machine="9号"), NotFound, "equipment.unknown"),
        (nox(firm="丙铸造厂"), NotFound, "enterprise.unknown"),
        (Measured("甲铸造厂", "co_ppm", 1, DAY, "某检测公司"), BadInput, "measure.kind"),
        (Measured("甲铸造厂", "energy_kwh_per_t", 600, DAY, "电表"), BadInput, "measure.machine"),
        (Measured("甲铸造厂", "tce_per_t", 0.3, DAY, "年报", "1号"), BadInput, "measure.machine"),
        (Measured("甲铸造厂", "tce_per_t", 0.3, DAY, " "), BadInput, "measure.source"),
        (
            Measured("甲铸造厂", "tce_per_t", 0.3, DateInterval(None, day("2024-03-05"), "day", "3月前"), "年报"),
            BadInput,
            "day.bad",
        ),
    ],
)
def test_what_cannot_be_recorded_says_why_and_writes_nothing(
    sqlite_engine: Engine, said: Measured, refused: type[BadInput], code: str
) -> None:
    two_firms(sqlite_engine)
    before = head(sqlite_engine)
    with pytest.raises(refused) as told:
        measure(sqlite_engine, COUNTY, said, **TOLD)  # type: ignore[arg-type]
    assert (told.value.code, head(sqlite_engine)) == (code, before)


def test_a_reason_must_be_told(sqlite_engine: Engine) -> None:
    two_firms(sqlite_engine)
    with pytest.raises(BadInput, match="没有写理由"):
        measure(sqlite_engine, COUNTY, nox(), reason=" ", actor=LOCAL_OPERATOR)


def test_it_follows_the_firm_that_stands_for_the_one_measured(engine: Engine) -> None:
    two_firms(engine)
    measure(engine, COUNTY, nox("乙铸造厂"), **TOLD)  # type: ignore[arg-type]
    firms = {one.name: one.id for one in seen(engine, SURVEY).enterprises}

    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "merge", actor="测试", reason="试")
        merge(session, change, firms["乙铸造厂"], firms["甲铸造厂"], "同一家")

    assert [one.firm for one in known(engine)] == [firms["甲铸造厂"]]


def test_a_township_sees_its_own_measurements_and_another_county_none(engine: Engine) -> None:
    two_firms(engine)
    made = [measure(engine, COUNTY, nox(firm), **TOLD)["measurement"] for firm in ("甲铸造厂", "乙铸造厂")]  # type: ignore[arg-type]
    set_life(engine, COUNTY, "冲天炉", 20, "made_on", **TOLD)  # type: ignore[arg-type]
    clerk, stranger = Actor("经办", townships=frozenset(["431127105"])), Actor("外县", counties=frozenset(["431126"]))

    assert [one.id for one in known(engine, actor=clerk)] == made[:1]
    assert known(engine, actor=stranger) == []
    with reading(engine) as session:
        assert session.scalars(measure_queries.measurement(COUNTY, made[1], clerk)).all() == []
        assert session.scalars(measure_queries.measurement(COUNTY, made[0], clerk)).all() == made[:1]
        assert session.scalars(measure_queries.measurement(COUNTY, made[0], stranger)).all() == []
        assert session.scalars(measure_queries.service_lives(COUNTY, head(engine), stranger)).all() == []


def test_the_countys_own_years_give_way_to_the_next_and_are_taken_back(engine: Engine) -> None:
    two_firms(engine)
    first = set_life(engine, COUNTY, "冲天炉", 20, "made_on", **TOLD)  # type: ignore[arg-type]
    second = set_life(engine, COUNTY, "cupola", 15, "made_on", **TOLD)  # type: ignore[arg-type]
    with pytest.raises(Decided):
        set_life(engine, COUNTY, "cupola", 15, "made_on", **TOLD)  # type: ignore[arg-type]
    dropped = drop_life(engine, COUNTY, "cupola", **TOLD)  # type: ignore[arg-type]

    with reading(engine) as session:
        years = {
            at: [one.body.years for one in own_lives(session, COUNTY, at, LOCAL_OPERATOR)]  # type: ignore[union-attr]
            for at in (first["change"] - 1, first["change"], second["change"], dropped["change"])
        }
    assert list(years.values()) == [[], [20], [15], []]
    with pytest.raises(NotFound):
        drop_life(engine, COUNTY, "cupola", **TOLD)  # type: ignore[arg-type]
    for kind, number, since in (("轮船", 10, "made_on"), ("cupola", 0, "made_on"), ("cupola", 10, "removed_on")):
        with pytest.raises(BadInput):
            set_life(engine, COUNTY, kind, number, since, **TOLD)  # type: ignore[arg-type]
