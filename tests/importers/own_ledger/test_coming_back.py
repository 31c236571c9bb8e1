"""A county's own ledger comes back: what the register said in it is no news, and an altered cell is one change."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.quarter import Quarter
from app.domain.register import AsOf, Snapshot
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR
from app.store.changes import head
from app.store.engine import reading
from importers.intake import Upload, take_in
from reports.example import asked_of, write_rosters
from reports.template import prefilled
from tests import databases
from tests.importers.own_ledger.coming_back import (
    Q4,
    altered,
    asked,
    buckets,
    cells,
    differences,
    ledger_of,
    put,
    sent_back,
    statements,
    told_in_words,
)
from tests.reports.template.reading_back import ABOUT, DAY, TOWNSHIP, records
from tests.reports.template.registers import registers

LANSHAN, DINGXIANG = "431127", "140921"
#: A register is a file and a ledger of it seconds: one that fails is told as it was drawn.
DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)
ISSUED: dict[str, Any] = {"issue": True}


@contextmanager
def empty_register(template: Path) -> Iterator[Engine]:
    yield from databases.sqlite_register(template, [])


@pytest.fixture(scope="module", params=[LANSHAN, DINGXIANG])
def example(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An example county's register with its code, and the quarter that its demo prints."""
    with empty_register(sqlite_template) as engine:
        made(engine, request.param, tmp_path_factory.mktemp("rosters"))
        yield engine, request.param, Quarter.parse(asked_of(request.param).quarter)


@pytest.fixture(scope="module")
def lanshan(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with empty_register(sqlite_template) as engine:
        made(engine, LANSHAN, tmp_path_factory.mktemp("rosters"))
        yield engine


def made(engine: Engine, county: str, folder: Path) -> None:
    for roster in write_rosters(folder, county):
        take_in(engine, roster.path, county=county, township=roster.township, actor=LOCAL_OPERATOR)


def whole(engine: Engine, county: str, day: date = DAY) -> Snapshot:
    with reading(engine) as session:
        return snapshot(session, county, AsOf(day, head(session, county)), LOCAL_OPERATOR)


@pytest.mark.parametrize("told", [{"draft": True}, ISSUED], ids=["draft", "issued"])
def test_an_exported_ledger_of_a_demo_county_is_no_change(example: Any, told: dict[str, Any]) -> None:
    engine, county, quarter = example
    firms = len(whole(engine, county, quarter.last).enterprises)

    shown = sent_back(engine, county, ledger_of(engine, county, quarter, **told, reason="再出一版"))

    assert (buckets(shown), asked(shown), statements(shown)) == ({"same": firms}, [], [])
    assert "台账" in told_in_words(shown)
    assert "没有改动" in told_in_words(shown)
    assert (shown.status, shown.proposal.day) == (0, quarter.last)


def test_taking_a_ledger_in_alters_nothing_and_the_ledger_stays_the_same_to_the_byte(lanshan: Engine) -> None:
    content = ledger_of(lanshan, LANSHAN, draft=True)
    before = whole(lanshan, LANSHAN)

    taken = sent_back(lanshan, LANSHAN, content, dry_run=False)

    assert taken.applied is not None
    assert whole(lanshan, LANSHAN).enterprises == before.enterprises
    assert ledger_of(lanshan, LANSHAN, draft=True) == content


def test_a_ledger_saved_again_by_another_program_is_no_change(example: Any, tmp_path: Path) -> None:
    engine, county, quarter = example
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice here")
    (tmp_path / "台账.xlsx").write_bytes(ledger_of(engine, county, quarter, draft=True))
    command = [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(tmp_path / "again"), str(tmp_path / "台账.xlsx")], check=True)

    shown = sent_back(engine, county, (tmp_path / "again" / "台账.xlsx").read_bytes())

    assert (list(buckets(shown)), asked(shown), statements(shown)) == (["same"], [], [])


def test_a_later_correction_is_not_taken_back_by_an_older_ledger(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with empty_register(sqlite_template) as engine:
        made(engine, LANSHAN, tmp_path_factory.mktemp("rosters"))
        older = ledger_of(engine, LANSHAN, draft=True)
        corrected = "企业名称,乡镇,生产状态,法定代表人\n兴鼎,塔峰镇,停产,李某\n".encode()
        told: dict[str, Any] = {"county": LANSHAN, "township": None, "valid_from": Q4.last}
        take_in(engine, Upload(corrected, "更正.csv"), **told, actor=LOCAL_OPERATOR)

        shown = sent_back(engine, LANSHAN, older)

        assert (list(buckets(shown)), asked(shown), statements(shown)) == (["same"], [], [])


END = DateInterval(date(2024, 4, 20), date(2024, 4, 20), "day", "2024-04-20")
HUAJU = {"企业名称": "华钜机械有限公司", "设备名称": "铝壳炉"}
#: A clerk's alteration of one cell: the sheet, the row, the column, what is written; and what then changes.
ALTERATIONS = {
    "a state": ("企业底数", {"企业名称": "兴鼎"}, "生产状态", "停产", ("enterprise.status", "producing", "suspended")),
    "a new fact": ("企业底数", {"企业名称": "兴鼎"}, "法定代表人", "李某",
                   ("enterprise.legal_representative", None, "李某")),
    "an amount": ("企业底数", {"企业名称": "君雄"}, "产能（吨/年）", 12000,
                  ("enterprise.capacity_t_per_year", None, 12000)),
    "a name": ("企业底数", {"企业名称": "永盛"}, "企业名称", "永盛铸造有限公司",
               ("enterprise.name", "永盛", "永盛铸造有限公司")),
    "bodies": ("设备", {"企业名称": "示例九机械铸造有限公司"}, "在厂", 3, ("equipment.quantity", 2, 3)),
    "one of two that read alike": ("设备", HUAJU, "拆除去向", "卖给废品站",
                                   ("equipment.destination", "拆除并搬离厂区", "卖给废品站")),
    "a removal": ("设备", {"企业名称": "示例三铸造厂"}, "使用状态", "已拆除", ("equipment.state", None, "removed")),
    "its day": ("设备", {"企业名称": "示例三铸造厂"}, "拆除时间", "2024-04-20", ("equipment.removed_on", None, END)),
    "a capacity": ("设备", {"企业名称": "示例三铸造厂"}, "容量（吨）", 0.75, ("equipment.capacity_t", 0.5, 0.75)),
    "a permit": ("手续", {"企业名称": "示例十八铸造有限公司", "手续类别": "排污许可"}, "办理情况", "在办",
                 ("permit.standing", "held", "applying")),
    "a plan": ("一企一策", {"企业名称": "兴鼎"}, "方案阶段", "已评审", ("plan.stage", "made", "reviewed")),
    "an act": ("停电关停", {"企业名称或原文表述": "示例四精密铸造有限公司"}, "实施单位", "蓝山县供电公司",
               ("action.authority", None, "蓝山县供电公司")),
}  # fmt: skip


@pytest.mark.parametrize("alteration", ALTERATIONS.values(), ids=ALTERATIONS)
def test_one_altered_cell_is_one_change(lanshan: Engine, alteration: Any) -> None:
    sheet, where, column, value, change = alteration
    content = altered(ledger_of(lanshan, LANSHAN, draft=True), put(sheet, where, column, value))

    shown = sent_back(lanshan, LANSHAN, content)

    assert differences(shown) == [change]
    assert buckets(shown) == {"changed": 1, "same": 35}
    assert "改动1格" in told_in_words(shown)
    assert asked(shown) == []


def test_sorted_rows_are_known_again(lanshan: Engine) -> None:
    def backwards(book: Any) -> None:
        for sheet, last in (("企业底数", 39), ("设备", 38)):
            page = book[sheet]
            rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=last)]
            for number, values in enumerate(reversed(rows), start=4):
                for column, value in enumerate(values, start=1):
                    page.cell(number, column).value = value

    shown = sent_back(lanshan, LANSHAN, altered(ledger_of(lanshan, LANSHAN, draft=True), backwards))

    assert (buckets(shown), asked(shown), statements(shown)) == ({"same": 36}, [], [])


def test_a_machine_whose_row_was_deleted_is_asked_about(lanshan: Engine) -> None:
    content = ledger_of(lanshan, LANSHAN, draft=True)
    row = next(one["row"] for one in cells(content, "设备") if one["企业名称"] == "示例三铸造厂")

    shown = sent_back(lanshan, LANSHAN, altered(content, lambda book: book["设备"].delete_rows(row)))

    assert [code for code, _, _ in asked(shown)] == ["machine.not_listed"]
    assert statements(shown) == []


def test_a_row_that_was_added_is_a_new_machine_and_nothing_else(lanshan: Engine) -> None:
    def add(book: Any) -> None:
        page = book["设备"]
        page.insert_rows(39)
        for letters, value in (("B", "新圩镇"), ("C", "示例三铸造厂"), ("E", "冲天炉"), ("L", 1)):
            page[f"{letters}39"] = value

    shown = sent_back(lanshan, LANSHAN, altered(ledger_of(lanshan, LANSHAN, draft=True), add))

    assert buckets(shown) == {"changed": 1, "same": 35}
    assert {("equipment.kind", "cupola"), ("equipment.quantity", 1)} <= set(statements(shown))


def test_an_answer_written_into_the_open_questions_is_not_lost_in_silence(lanshan: Engine) -> None:
    content = altered(ledger_of(lanshan, LANSHAN, draft=True), lambda book: book["待核实"].__setitem__("J5", "在产"))

    shown = sent_back(lanshan, LANSHAN, content)

    assert asked(shown) == [("cell.answer_not_read", "待核实", "J5")]
    assert statements(shown) == []


def test_another_registers_ledger_is_a_roster_like_any(lanshan: Engine, sqlite_template: Path) -> None:
    with empty_register(sqlite_template) as engine:
        shown = sent_back(engine, LANSHAN, ledger_of(lanshan, LANSHAN, draft=True))

        assert buckets(shown) == {"new": 36}
        assert asked(shown) == []
        assert "不是本登记库印出的" in told_in_words(shown)


@pytest.mark.parametrize("part", range(5))  # so that several can draw at once
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=DRAWN)
@given(register=registers())
def test_any_registers_ledger_is_no_change(sqlite_template: Path, part: int, register: Snapshot) -> None:
    with empty_register(sqlite_template) as engine:
        roster = prefilled(register, TOWNSHIP, (), (), ABOUT, read=records).content
        take_in(engine, Upload(roster, "名册.xlsx"), county=LANSHAN, township=TOWNSHIP, valid_from=DAY)

        shown = sent_back(engine, LANSHAN, ledger_of(engine, LANSHAN, draft=True))

        firms = len(whole(engine, LANSHAN).enterprises)
        assert (buckets(shown), asked(shown), statements(shown)) == ({"same": firms}, [], [])
