"""Whatever a register holds, under whatever columns: a template sent back untouched changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain.register import AsOf, Enterprise, Facts, Snapshot
from app.register.desk.in_question import in_question
from app.register.facts.views import snapshot
from app.register.places import township_in
from app.register.scope import LOCAL_OPERATOR
from app.store.changes import head
from app.store.engine import reading
from importers.intake import Upload, take_in
from importers.values.days import parse_days
from reports.template import Asked, Template, TemplateColumn, prefilled
from tests import databases
from tests.importers.layouts import collection
from tests.importers.layouts.drawn import draw
from tests.importers.layouts.scoring import read as read_layout
from tests.reports.template.reading_back import ABOUT, DAY, TOWNSHIP, columns_read, machine, records, snapshot_of
from tests.reports.template.registers import registers

COUNTY = "431127"
UNHURRIED: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}
#: Layouts that townships might send: wide and narrow, in words and in columns, with machines side by side and counted.
OWN = (
    *("one_header_row_with_machines_in_words", "eliminated_furnaces_merged_under_firms", "scattered_polluters_list"),
    *("smelting_equipment_with_a_unit_column", "furnaces_counted_by_fuel_in_columns", "procedures_matrix"),
    *("survey_with_old_and_new_furnaces", "power_cut_register_with_account_numbers", "one_firm_one_plan_ledger"),
    *("permits_about_to_lapse", "second_three_furnaces_side_by_side", "second_matrix_of_papers"),
    *("wide_ledger_with_three_row_head_and_firms_merged", "third_association_members", "third_steel_shell_upgrade"),
    *("third_every_machine_in_words", "values_words_under_state_heads", "values_coordinates_in_six_columns"),
    *("values_coordinates_in_two_columns", "values_furnace_numbers_with_units"),
)


@contextmanager
def empty_register(sqlite_template: Path) -> Iterator[Engine]:
    yield from databases.sqlite_register(sqlite_template, [])


def columns_of(layout: str) -> tuple[TemplateColumn, ...]:
    """Those of the layout's table with the most firms."""
    sent = read_layout(collection()[layout]())
    counts = [(sum((one.sheet, one.table) == (sheet.name, number) for one in sent.records), at, number)
              for at, sheet in enumerate(sent.sheets) for number in range(len(sheet.tables))]  # fmt: skip
    _, at, number = max(counts, key=lambda one: one[0])
    return columns_read(sent, at, number)


def taken_in(engine: Engine, register: Snapshot) -> None:
    """Put a register into the database, by a first roster."""
    content = prefilled(register, TOWNSHIP, (), (), ABOUT, read=records).content
    take_in(engine, Upload(content, "名册.xlsx"), county=COUNTY, township=TOWNSHIP, valid_from=DAY)


def template_of(engine: Engine, columns: tuple[TemplateColumn, ...]) -> Template:
    """The template of the township under these columns, with what is in question."""
    with reading(engine) as session:
        code, _ = township_in(session, COUNTY, TOWNSHIP)
        whole, questions = in_question(session, COUNTY, code, DAY, LOCAL_OPERATOR)
    asked = [Asked(one.subject, one.field, one.question, one.claims) for one in questions]
    return prefilled(whole, TOWNSHIP, columns, asked, ABOUT, read=records)


def changes(engine: Engine, content: bytes) -> dict[str, int]:
    """What the template would change, by bucket."""
    file = Upload(content, "模板.xlsx")
    shown = take_in(engine, file, county=COUNTY, township=TOWNSHIP, valid_from=DAY, dry_run=True)
    return {bucket: count for bucket, count in shown.as_dict()["proposal"].items() if count}


def firms_of(engine: Engine) -> int:
    with reading(engine) as session:
        return len(snapshot(session, COUNTY, AsOf(DAY, head(session, COUNTY)), LOCAL_OPERATOR).enterprises)


@pytest.mark.parametrize("layout", OWN)
@settings(max_examples=2, **UNHURRIED)  # the first that is drawn is always the emptiest register
@given(register=registers())
def test_any_register_under_a_townships_own_columns_comes_back_unchanged(
    sqlite_template: Path, layout: str, register: Snapshot
) -> None:
    with empty_register(sqlite_template) as engine:
        taken_in(engine, register)
        made = template_of(engine, columns_of(layout))

        assert changes(engine, made.content) == {"same": firms_of(engine)}


@settings(max_examples=4, **UNHURRIED)
@given(register=registers())
def test_any_register_under_a_first_rosters_columns_comes_back_unchanged(
    sqlite_template: Path, register: Snapshot
) -> None:
    with empty_register(sqlite_template) as engine:
        taken_in(engine, register)
        made = template_of(engine, ())

        assert changes(engine, made.content) == {"same": firms_of(engine)}
        assert made.lost == frozenset()


@settings(max_examples=4, **UNHURRIED)
@given(register=registers(), seed=st.integers(0, 10_000))
def test_any_register_under_drawn_columns_comes_back_unchanged(
    sqlite_template: Path, register: Snapshot, seed: int
) -> None:
    columns = columns_read(read_layout(draw(seed)))
    with empty_register(sqlite_template) as engine:
        taken_in(engine, register)
        made = template_of(engine, columns)

        assert changes(engine, made.content) == {"same": firms_of(engine)}


def test_machines_of_which_the_last_lines_tell_too_little_go_on_the_page_too(sqlite_template: Path) -> None:
    """Once the first firm's machines are on the page, 设备名称（中频） is understood no more under these heads."""
    gone = {"name": "KGPS-500", "removed_on": parse_days("2016年2月下旬")}
    register = snapshot_of(
        with_machines("f1", "金鑫铸造有限公司", {"name": "甲线", "power_kw": 0.193}, {"name": "KGPS-500"}),
        with_machines("f2", "恒达铸造有限公司", {"name": "KGPS-500", "frequency": "medium"}, gone),
    )
    with empty_register(sqlite_template) as engine:
        taken_in(engine, register)
        made = template_of(engine, columns_of("third_letter_to_cut_power"))

        assert changes(engine, made.content) == {"same": 2}


def with_machines(id: str, name: str, *facts: Facts) -> Enterprise:
    machines = tuple(machine(f"{id}-m{at}", one) for at, one in enumerate(facts))
    return Enterprise(id, {"name": name, "township": TOWNSHIP}, equipment=machines)
