"""Clauses over a snapshot built in code: which line decides a machine, conflicts, evidence, order and totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from app.domain.dates import DateInterval
from app.domain.register import AsOf, Enterprise, Equipment, Snapshot
from app.domain.statement import Evidence, Statement, Value
from app.register.clauses.adoption import in_question
from app.register.facts.evidence import Evidence as Ground
from app.register.verdicts.holding import Holding
from app.register.verdicts.judging import candidates, holders
from app.rules.catalogue_loader import shipped
from app.rules.clause import Clause

COUNTY = "431127"
SURVEY = date(2024, 1, 15)
LANSHAN, OLDER, NEWER = "LOCAL-LANSHAN-AL-SHELL", "GDC19-IF-NOYOKE-AL", "GDC24-IF-NOYOKE-AL"
SHELL: dict[str, Value] = {"kind": "induction_furnace", "shell": "aluminium"}
NOYOKE: dict[str, Value] = {**SHELL, "frequency": "medium", "yoke": False, "capacity_t": 0.5}

_numbers = count(1)


def machine(
    facts: Mapping[str, Value], present: bool | None = True, *, disputed: str = "", id: str = "m1"
) -> Equipment:
    return Equipment(id, facts, frozenset(disputed.split()), present)


def firm(*machines: Equipment, name: str = "甲铸造有限公司", township: str = "新圩镇") -> Enterprise:
    return Enterprise(name, {"name": name, "township": township}, equipment=machines)


def said(
    subject: str,
    field: str,
    value: Value,
    cell: str = "D6",
    *,
    by: str = "新圩镇",
    file: str = "新圩镇.xlsx",
    on: date = SURVEY,
) -> Statement:
    return Statement(subject, "equipment", field, value, on, by, Evidence(file, "Sheet1", cell, ""), next(_numbers))


def clauses(day: date, *names: str, county: str = COUNTY) -> tuple[Clause, ...]:
    return in_question(shipped(), names, day, county, frozenset())


def asked(
    *firms: Enterprise, told: tuple[Statement, ...] = (), day: date = SURVEY, source: str | None = None, by: str = ""
) -> dict[str, Any]:
    register = Snapshot(COUNTY, AsOf(day, 7), firms)
    chosen = clauses(day, *by.split())
    rows = holders(candidates(register, chosen), Ground.of(told, day), chosen, source)
    return Holding(COUNTY, day, 7, None, rows).as_dict()


def line(answer: dict[str, Any]) -> dict[str, Any]:
    ((found,),) = [row["furnaces"] for row in answer["rows"]]
    return dict(found)


def test_an_aluminium_shell_holds_in_the_county_and_cannot_be_told_by_the_catalogue() -> None:
    told = (said("m1", "kind", "induction_furnace"), said("m1", "shell", "aluminium"), said("m1", "quantity", 2, "E6"))

    answer = asked(firm(machine({**SHELL, "quantity": 2, "state": "idle"})), told=told)
    answer["rows"][0]["furnaces"][0].pop("because")

    assert answer["totals"] == {
        "holds": {"enterprises": 1, "furnaces": 2},
        "cannot_tell": {"enterprises": 0, "furnaces": 0},
    }
    assert answer["rows"] == [
        {
            "enterprise": {"name": "甲铸造有限公司", "uscc": None, "township": "新圩镇"},
            "furnaces": [
                {
                    "kind": "induction_furnace",
                    "shell": "aluminium",
                    "yoke": None,
                    "capacity_t": None,
                    "quantity": 2,
                    "state": "idle",
                    "answer": "holds",
                    "clause": LANSHAN,
                    "clause_text": "8家铸造企业存在使用或长期闲置淘汰类设备装备的情况，均涉及铝壳炉",
                    "edition": None,
                    "overdue": False,
                    "lacks": [],
                    "question": None,
                    "also": [
                        {
                            "clause": OLDER,
                            "answer": "cannot_tell",
                            "lacks": ["frequency", "yoke", "capacity_t"],
                            "question": "该铝壳炉是否中频炉、有无磁轭、容量多少吨？",
                        }
                    ],
                    "sources": [{"file": "新圩镇.xlsx", "cell": "Sheet1!D6"}],
                }
            ],
        }
    ]


def test_within_a_removals_interval_its_being_there_cannot_be_told() -> None:
    removal = DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")
    report = said("m1", "removed_on", removal, "F3", by="蓝山县", file="整改报告.xlsx", on=date(2025, 12, 22))
    told = (said("m1", "shell", "aluminium"), report)

    found = line(asked(firm(machine({**SHELL, "state": "idle"}, None)), told=told, day=date(2024, 2, 29), by=LANSHAN))

    assert (found["answer"], found["lacks"], found["state"]) == ("cannot_tell", ["state"], None)
    assert found["question"] == "该铝壳炉在2024年2月29日是否已拆除？"
    assert found["sources"] == [
        {"file": "新圩镇.xlsx", "cell": "Sheet1!D6"},
        {"file": "整改报告.xlsx", "cell": "Sheet1!F3"},
    ]
    assert "conflict" not in found


def test_what_is_gone_or_is_not_meant_is_not_listed() -> None:
    gone, steel = machine(NOYOKE, present=False), machine({"kind": "induction_furnace", "shell": "steel"}, id="m2")

    answer = asked(firm(gone, steel))

    assert answer["rows"] == []
    assert answer["totals"]["holds"] == {"enterprises": 0, "furnaces": 0}


def test_a_firm_counts_once_under_its_strongest_answer_and_bodies_under_their_own() -> None:
    holds, unclear = machine({**SHELL, "quantity": 3}), machine({"name": "电炉"}, id="m2")

    answer = asked(firm(holds, unclear), firm(machine({"name": "电炉"}, id="m3"), name="乙铸造有限公司"))

    assert answer["totals"] == {
        "holds": {"enterprises": 1, "furnaces": 3},
        "cannot_tell": {"enterprises": 1, "furnaces": 2},
    }


def test_a_deadline_makes_what_is_held_overdue_from_the_day_after() -> None:
    firms = (firm(machine(SHELL)),)

    assert line(asked(*firms, day=date(2024, 12, 31)))["overdue"] is False
    assert line(asked(*firms, day=date(2025, 1, 1)))["overdue"] is True
    assert line(asked(*firms, day=date(2025, 1, 1), by=NEWER))["overdue"] is False


def test_a_clause_that_holds_decides_before_a_local_one_that_cannot_be_told() -> None:
    mains: dict[str, Value] = {"kind": "induction_furnace", "frequency": "mains", "core": "coreless"}

    found = line(asked(firm(machine(mains)), day=date(2024, 3, 1), by=f"{LANSHAN} GDC24-IF-MAINS-CORELESS"))

    assert (found["clause"], found["answer"]) == ("GDC24-IF-MAINS-CORELESS", "holds")
    assert [(one["clause"], one["lacks"]) for one in found["also"]] == [(LANSHAN, ["shell"])]


def test_a_local_clause_decides_before_an_edition_that_holds_too() -> None:
    found = line(asked(firm(machine(NOYOKE)), day=date(2024, 3, 1)))

    assert (found["clause"], [one["clause"] for one in found["also"]]) == (LANSHAN, [NEWER])


def test_the_newer_edition_decides_before_the_older() -> None:
    both = tuple(shipped().clause(name) for name in (OLDER, NEWER))

    rows = holders(Snapshot(COUNTY, AsOf(SURVEY, 1), (firm(machine(NOYOKE)),)), Ground.of((), SURVEY), both)

    assert [answer.clause.id for answer in rows[0].lines[0].answers] == [NEWER, OLDER]


IN_USE = said("m1", "state", "in_use", "B2", by="省督察组", file="督察.xlsx")
IDLE = said("m1", "state", "idle", "C2", by="蓝山县", file="整改报告.xlsx")


def test_states_in_conflict_that_both_say_there_hold() -> None:
    told = (said("m1", "shell", "aluminium"), IN_USE, IDLE)

    found = line(asked(firm(machine(SHELL, disputed="state")), told=told))

    assert (found["answer"], found["state"]) == ("holds", None)
    assert found["conflict"] == [
        {"field": "state", "value": "in_use", "source": "省督察组"},
        {"field": "state", "value": "idle", "source": "蓝山县"},
    ]


@pytest.mark.parametrize("source", ["整改报告.xlsx", "蓝山县"])
def test_a_named_source_is_the_value(source: str) -> None:
    told = (said("m1", "shell", "aluminium"), IN_USE, IDLE)

    found = line(asked(firm(machine(SHELL, disputed="state")), told=told, source=source))

    assert found["state"] == "idle"
    assert "conflict" not in found


def test_a_contested_state_inside_a_removals_interval_tells_of_the_states_alone() -> None:
    removal = said("m1", "removed_on", DateInterval(None, date(2024, 3, 31), "month", "3月底前"), on=date(2025, 12, 22))

    found = line(
        asked(firm(machine(SHELL, None, disputed="state")), told=(IN_USE, IDLE, removal), day=date(2024, 2, 29))
    )

    assert found["lacks"] == ["state"]
    assert {claim["field"] for claim in found["conflict"]} == {"state"}


def test_one_says_removed_and_another_in_use() -> None:
    removed = said("m1", "state", "removed", "C2", by="蓝山县", file="整改报告.xlsx")
    told = (said("m1", "shell", "aluminium"), IN_USE, removed)
    contested = firm(machine(SHELL, None, disputed="state"))

    found = line(asked(contested, told=told, by=LANSHAN))
    assert (found["answer"], found["lacks"]) == ("cannot_tell", ["state"])
    assert len(found["conflict"]) == 2

    assert asked(contested, told=told, source="蓝山县")["rows"] == []
    assert line(asked(contested, told=told, source="省督察组"))["answer"] == "holds"


def test_where_only_a_removal_is_told_of_against_a_listing_it_is_the_conflict() -> None:
    gone = said("m1", "removed_on", DateInterval.of_day(SURVEY), "C2", by="蓝山县", file="整改报告.xlsx")
    told = (said("m1", "shell", "aluminium"), gone)

    found = line(asked(firm(machine(SHELL, None, disputed="state")), told=told, by=LANSHAN))

    assert [(claim["field"], claim["source"]) for claim in found["conflict"]] == [("removed_on", "蓝山县")]
    assert found["conflict"][0]["value"]["to"] == "2024-01-15"


def test_a_dismantling_of_the_firms_one_machine_is_evidence_of_its_going() -> None:
    by_march = DateInterval(None, date(2024, 3, 31), "month", "3月底前")
    taken = replace(said("a1", "taken_on", by_march, "H6"), section="action")
    register = Snapshot(COUNTY, AsOf(date(2024, 2, 29), 7), (firm(machine(SHELL, None)),))
    evidence = Ground.of((said("m1", "shell", "aluminium"),), date(2024, 2, 29), {"甲铸造有限公司": [taken]})

    (row,) = holders(register, evidence, clauses(SURVEY, LANSHAN))

    assert [place.cell for place in row.lines[0].sources] == ["Sheet1!D6", "Sheet1!H6"]


def test_capacities_in_conflict_are_judged_each() -> None:
    facts = {name: value for name, value in NOYOKE.items() if name != "capacity_t"}
    large = said("m1", "capacity_t", 0.75, "E6")
    contested = firm(machine(facts, disputed="capacity_t"))

    alike = asked(contested, told=(large, said("m1", "capacity_t", 0.5, by="蓝山县")), by=OLDER)
    unlike = asked(contested, told=(large, said("m1", "capacity_t", 0.15, by="蓝山县")), by=OLDER)

    assert (line(alike)["answer"], line(alike)["capacity_t"]) == ("holds", None)
    assert (line(unlike)["answer"], line(unlike)["lacks"]) == ("cannot_tell", ["capacity_t"])


def test_rows_stand_in_order_of_township_and_name() -> None:
    firms = [
        firm(machine(SHELL), name=name, township=township)
        for township, name in (("新圩镇", "乙"), ("太平圩镇", "丙"), ("新圩镇", "甲"))
    ]

    answer = asked(*firms)

    order = [(row["enterprise"]["township"], row["enterprise"]["name"]) for row in answer["rows"]]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("day", "names", "expected"),
    [
        (date(2024, 1, 31), "", [LANSHAN, OLDER]),
        (date(2024, 2, 1), "", [LANSHAN, NEWER]),
        (date(2024, 2, 1), OLDER, []),
        (date(2024, 2, 1), f"{OLDER} {NEWER}", [NEWER]),
        (date(2024, 2, 1), "GDC24-IF-MAINS-CORELESS", ["GDC24-IF-MAINS-CORELESS"]),
        (date(2024, 2, 1), "GDC-SAND-OIL-CORE", []),
        (date(2024, 2, 1), "DRAFT09-IF-NOYOKE-1T", []),
        (date(2024, 2, 1), "AQ15-PIT-HT-FURNACE", []),
    ],
)
def test_which_clauses_answer(day: date, names: str, expected: list[str]) -> None:
    assert [clause.id for clause in clauses(day, *names.split())] == expected


def test_a_local_clause_answers_nowhere_else() -> None:
    assert clauses(SURVEY, LANSHAN, county="431125") == ()
    assert [clause.id for clause in clauses(SURVEY, county="431125")] == [OLDER]


def test_a_clause_adopted_by_an_act_answers_unnamed() -> None:
    day = date(2024, 2, 1)

    chosen = in_question(shipped(), (), day, "431125", frozenset({"GDC24-IF-MAINS-CORELESS"}))

    assert {clause.id for clause in chosen} == {NEWER, "GDC24-IF-MAINS-CORELESS"}


def test_the_exit_status_says_whether_there_is_something_to_look_at() -> None:
    register = Snapshot(COUNTY, AsOf(SURVEY, 7), (firm(machine(SHELL)),))
    local = clauses(SURVEY, LANSHAN)
    unclear = replace(register, enterprises=(firm(machine(SHELL, None)),))

    assert Holding(COUNTY, SURVEY, 7, None, holders(register, Ground.of((), SURVEY), local)).status == 0
    assert Holding(COUNTY, SURVEY, 7, None, holders(unclear, Ground.of((), SURVEY), local)).status == 1
    assert Holding(COUNTY, SURVEY, 7, None, why="no_clause").status == 1


def test_where_no_clause_answers_there_are_no_totals() -> None:
    answer = Holding(COUNTY, SURVEY, 7, None, why="no_clause").as_dict()

    assert (answer["totals"], answer["rows"], answer["why"]) == (None, [], "no_clause")
