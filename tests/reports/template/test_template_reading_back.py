"""Record → template → record is lossless: a template that nobody filled in changes nothing when it comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain.quarter import Quarter
from app.domain.register import AsOf, Enterprise, Equipment, Snapshot, Subject
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR
from app.store.changes import head
from app.store.engine import reading
from importers.intake import Intake, Upload, take_in
from reports.example import write_rosters
from reports.template import About, TemplateColumn, default_columns, prefilled
from tests.importers.layouts.drawn import draw
from tests.importers.layouts.scoring import read as read_layout
from tests.importers.rosters import code
from tests.reports.template.reading_back import (
    ABOUT,
    DAY,
    TOWNSHIP,
    columns_read,
    compared,
    machine,
    read,
    records,
    registered,
    snapshot_of,
)
from tests.reports.template.registers import registers

COUNTY = "431127"
ZOO = Path(__file__).resolve().parents[4] / "shared" / "rosters" / "zoo"
ROSTERS = sorted(path for path in ZOO.glob("*") if path.suffix in (".xlsx", ".xls", ".csv", ".ods"))
#: Zoo rosters of one township whose firms all stand in this county.
OF_ONE_TOWNSHIP = [path for path in ROSTERS if path.stem not in ("01", "04")]
#: Texts that a reader takes for something else, or for nothing.
TRAPS = [
    *("=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "不明", "/", "无", "同上", "合计", "0.5吨", "2024年3月", "√", "是"),
    *("铝壳炉（已拆除）", "_x0041_", "示例", "备注：无", "甲\n乙", "填报单位：", "企业名称", "13800138000", "#N/A"),
]
ODD = st.one_of(st.text(max_size=12).map(str.strip).filter(bool), st.sampled_from(TRAPS).map(str.strip))
UNHURRIED: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def seen(engine: Engine) -> Snapshot:
    with reading(engine) as session:
        return snapshot(session, COUNTY, AsOf(DAY, head(session, COUNTY)), LOCAL_OPERATOR)


def sent_back(engine: Engine, content: bytes, township: str) -> dict[str, int]:
    """What a template would change: the buckets that are not empty."""
    file = Upload(content, "模板.xlsx")
    shown = take_in(engine, file, county=COUNTY, township=township, valid_from=DAY, dry_run=True)
    return {bucket: count for bucket, count in shown.as_dict()["proposal"].items() if count}


def columns_of_roster(taken: Intake) -> tuple[TemplateColumn, ...]:
    """Those of the roster's widest table."""
    tables = [(len(table.columns), s, t) for s, sheet in enumerate(taken.reading.sheets) for t, table in
              enumerate(sheet.tables)]  # fmt: skip
    _, sheet, table = max(tables, key=lambda one: one[0])
    return columns_read(taken.reading, sheet, table)


def test_the_example_countys_templates_change_nothing(sqlite_engine: Engine, tmp_path: Path) -> None:
    rosters = write_rosters(tmp_path, COUNTY)
    taken = [(one.township, take_in(sqlite_engine, one.path, county=COUNTY, township=one.township)) for one in rosters]
    register = seen(sqlite_engine)

    for township, intake in taken:
        if township is None:
            continue
        own = columns_of_roster(intake)
        about = About("蓝山县", Quarter(2025, 4), f"{township}人民政府")
        firms = sum(firm.facts.get("township") == township for firm in register.enterprises)
        for columns in (own, ()):
            made = prefilled(register, township, columns, (), about, read=records)
            assert sent_back(sqlite_engine, made.content, township) == {"same": firms}
            assert made.left_empty == () or columns == ()


@pytest.mark.skipif(not OF_ONE_TOWNSHIP, reason="the folder of rosters is not beside the project")
@pytest.mark.parametrize("path", OF_ONE_TOWNSHIP, ids=lambda path: path.name)
def test_a_townships_roster_comes_back_in_its_own_columns(sqlite_engine: Engine, path: Path) -> None:
    taken = take_in(sqlite_engine, path, county=COUNTY, township=TOWNSHIP, valid_from=DAY)
    register = seen(sqlite_engine)
    unit = taken.reading.sheets[0].tables[0].reporting_unit or ""

    for columns in (columns_of_roster(taken), ()):
        about = About("蓝山县", Quarter(2025, 4), unit)
        made = prefilled(register, TOWNSHIP, columns, (), about, read=records)
        assert sent_back(sqlite_engine, made.content, TOWNSHIP) == {"same": len(register.enterprises)}


@pytest.mark.parametrize("seed", range(8))
def test_a_drawn_layout_carries_its_own_facts_back(seed: int) -> None:
    sent = read_layout(draw(seed))
    back = gone = 0
    for at, sheet in enumerate(sent.sheets):
        for number in range(len(sheet.tables)):
            firms = [one for one in sent.records if (one.sheet, one.table) == (sheet.name, number)]
            register = registered(firms)
            made = prefilled(register, TOWNSHIP, columns_read(sent, at, number), (), ABOUT, read=records)
            found = compared(register, records(made.content))
            assert found.wrong == []
            back, gone = back + found.back, gone + len(found.gone)

    assert gone * 50 <= back


@settings(max_examples=12, **UNHURRIED)
@given(registers())
def test_every_plain_fact_comes_back_with_the_same_value(register: Snapshot) -> None:
    made = prefilled(register, TOWNSHIP, (), (), ABOUT, read=records)

    found = compared(register, records(made.content))

    assert (found.wrong, found.gone, made.left_empty) == ([], [], ())


@settings(max_examples=8, **UNHURRIED)
@given(registers(ODD))
def test_no_text_whatever_is_read_as_anything_but_itself(register: Snapshot) -> None:
    made = prefilled(register, TOWNSHIP, (), (), ABOUT, read=records)

    assert compared(register, records(made.content)).wrong == []


def test_without_a_reader_at_hand_the_usual_facts_come_back_all_the_same() -> None:
    register = snapshot_of(
        Enterprise(
            "f",
            {"name": "甲铸造厂", "township": TOWNSHIP, "uscc": code(1), "status": "producing"},
            equipment=(
                machine("m1", {"name": "铝壳炉", "kind": "induction_furnace", "shell": "aluminium", "capacity_t": 0.1}),
                machine("m2", {"name": "冲天炉", "kind": "cupola", "quantity": 2, "state": "idle"}),
            ),
            permits=(Subject("p", {"kind": "eia", "standing": "lacking"}),),
        )
    )

    found = compared(register, records(prefilled(register, TOWNSHIP, (), (), ABOUT).content))

    assert (found.wrong, found.gone) == ([], [])


@pytest.mark.parametrize(
    ("unit", "value"), [("kg", 0.1), ("kg", 0.15), ("t", 0.1), ("t", 1 / 3), ("t", 0.30000000000000004)]
)
def test_a_capacity_comes_back_to_the_last_digit_in_the_columns_own_unit(unit: str, value: float) -> None:
    firm = Enterprise("f", {"name": "甲铸造厂", "township": TOWNSHIP}, equipment=(machine("m", {"capacity_t": value}),))
    columns = (TemplateColumn("企业名称", "enterprise.name"), TemplateColumn("容量", "equipment.capacity_t", unit))

    (back,) = records(prefilled(snapshot_of(firm), TOWNSHIP, columns, (), ABOUT, read=records).content)

    assert back.equipment[0]["capacity_t"].value == value


def test_a_removed_machine_is_never_listed_as_if_it_were_there() -> None:
    facts = {"name": "冲天炉", "kind": "cupola", "quantity": 1, "state": "removed"}
    gone = Equipment("m", facts, present=False)
    register = snapshot_of(Enterprise("f", {"name": "甲铸造厂", "township": TOWNSHIP}, equipment=(gone,)))
    name = TemplateColumn("企业名称", "enterprise.name")

    def back(*columns: TemplateColumn) -> list[dict[str, Any]]:
        (firm,) = records(prefilled(register, TOWNSHIP, (name, *columns), (), ABOUT, read=records).content)
        return [{name: fact.value for name, fact in one.items()} for one in firm.equipment]

    assert back(TemplateColumn("设备名称", "equipment.name"), TemplateColumn("台数", "equipment.quantity")) == []
    (told,) = back(TemplateColumn("设备名称", "equipment.name"), TemplateColumn("使用状态", "equipment.state"))
    assert told["state"] == "removed"


def test_the_other_sheets_are_read_as_no_rosters() -> None:
    register = snapshot_of(Enterprise("f", {"name": "甲铸造厂", "township": TOWNSHIP}))

    found = read(prefilled(register, TOWNSHIP, default_columns(register), (), ABOUT).content)

    assert [(sheet.name, sheet.why_no_table) for sheet in found.sheets] == [
        ("名册", None),
        ("填写说明", "not_a_roster"),
    ]
    (table,) = found.sheets[0].tables
    assert (table.title, table.reporting_unit) == ("蓝山县新圩镇铸造企业名册（2025年第四季度）", "新圩镇人民政府")
    assert found.issues == ()
    assert all(column.field for column in table.columns[1:])
