"""Rosters that state permits, plans and actions: the commands on them speak of what they state, each with its cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

COUNTY = ("--county", "431127")
ZOO = Path(__file__).parents[3] / "shared" / "rosters" / "zoo"
FIRM, OTHER, THIRD = "甲铸造有限公司", "乙铸造有限公司", "丙铸造有限公司"
HEADS = (
    "序号",
    "企业名称",
    "乡镇",
    "行业代码",
    "生产状态",
    "环评批复",
    "排污许可",
    "排污许可证编号",
    "排污许可有效期至",
    "方案制定时间",
    "方案阶段",
    "停产时间",
    "停电时间",
    "停电文号",
    "复电时间",
)
ROWS = (
    (
        *(1, FIRM, "新圩镇", "3391", "在产", "已办", "已办", "91431127MA0000165P001P", "2025-12-20"),
        *("2024年上半年", "已出具证明", None, "2025-12-10", "蓝科工停〔2025〕3号", "2025-12-22"),
    ),
    (
        *(2, OTHER, "新圩镇", "3391", "停产", "已办", "办理中", None, None),
        *("2024年上半年", "已下达整改通知", "2025年11月下旬", "2025-12-10", None, None),
    ),
    (3, THIRD, "新圩镇", "3391", "在产", "未办", *(None,) * 9),
)


@pytest.fixture
def county(luzhang: Callable, register: Path, tmp_path: Path) -> Callable:
    """A roster of three firms as a township's clerk keeps it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in (("新圩镇铸造企业台账",), ("填报单位：新圩镇人民政府", None, "填报日期：2025-12-31"), HEADS, *ROWS):
        sheet.append(row)
    book.save(tmp_path / "新圩镇.xlsx")
    said = luzhang("import", tmp_path / "新圩镇.xlsx", *COUNTY, "--json")
    assert said.status < 2, said.err
    return luzhang


def cells(sources: list[dict[str, str]]) -> set[str]:
    assert {one["file"] for one in sources} <= {"新圩镇.xlsx", "07.ods"}, sources
    return {one["cell"] for one in sources}


def column(name: str) -> str:
    return openpyxl.utils.get_column_letter(HEADS.index(name) + 1)


def test_its_permits_are_held_against_what_is_owed(county: Callable) -> None:
    found = county("permits", "check", *COUNTY, "--as-of", "2025-12-31", "--json").object
    rows = {row["enterprise"]["name"]: {cell["kind"]: cell for cell in row["cells"]} for row in found["rows"]}

    assert rows[FIRM]["eia"]["state"] == "held"
    assert rows[FIRM]["pollutant_discharge"]["state"] == "expired"
    assert rows[OTHER]["pollutant_discharge"]["state"] == "applying"
    assert (rows[THIRD]["eia"]["state"], rows[THIRD]["land"]["state"]) == ("lacking", "cannot_tell")
    (permit,) = rows[FIRM]["pollutant_discharge"]["permits"]
    assert cells(permit["sources"]) >= {f"台账!{column(name)}4" for name in ("排污许可证编号", "排污许可有效期至")}
    assert f"出处 新圩镇.xlsx 台账!{column('环评批复')}" in county("permits", "check", *COUNTY).out


def test_what_ends_and_what_is_doubtful_names_its_cell(county: Callable) -> None:
    ending = county("permits", "expiring", *COUNTY, "--as-of", "2025-12-31", "--json").object
    doubtful = county("permits", "findings", *COUNTY, "--as-of", "2025-12-31", "--json").object

    (line,) = ending["lines"]
    assert (line["enterprise"]["name"], line["state"]) == (FIRM, "expired")
    assert f"台账!{column('排污许可有效期至')}4" in cells(line["sources"])
    assert {one["enterprise"]["name"] for one in doubtful["findings"]} == {FIRM}
    assert all(cells(one["sources"]) for one in doubtful["findings"])


def test_its_plans_stand_at_their_stage_with_what_is_missing(county: Callable) -> None:
    found = county("plan", "list", *COUNTY, "--as-of", "2025-12-31", "--json").object
    plans = {plan["enterprise"]["name"]: plan for plan in found["plans"]}

    assert {name: plan["stage"] for name, plan in plans.items()} == {FIRM: "certified", OTHER: "notified"}
    assert cells(plans[FIRM]["sources"]) >= {f"台账!{column(name)}4" for name in ("方案制定时间", "方案阶段")}
    assert {gap["missing"] for gap in plans[FIRM]["gaps"]} >= {"notified", "self_accepted", "certificate"}
    assert "出处 新圩镇.xlsx 台账!" in county("plan", "list", *COUNTY).out


def test_its_actions_are_steps_with_their_gaps(county: Callable) -> None:
    steps = county("step", "list", *COUNTY, "--as-of", "2025-12-31", "--json").object["steps"]
    told = {(one["enterprise"]["name"], one["kind"]): one for one in steps}

    assert set(told) == {(FIRM, "power_cut"), (FIRM, "power_restored"), (OTHER, "halt"), (OTHER, "power_cut")}
    assert told[FIRM, "power_cut"]["document_no"] == "蓝科工停〔2025〕3号"
    assert told[FIRM, "power_cut"]["step"] is None
    assert f"台账!{column('停电时间')}4" in cells(told[FIRM, "power_cut"]["sources"])
    gaps = county("gaps", *COUNTY, "--as-of", "2025-12-31", "--json").object["gaps"]
    of = {(one["enterprise"]["name"], one["kind"], one["condition"]): one for one in gaps}
    assert of[FIRM, "power_cut", "LS25-CUT-LETTER"]["standing"] == "missing"
    assert of[FIRM, "power_restored", "LS25-ACCEPTED"]["open"]
    assert (FIRM, "power_cut", "REG-NO") not in of
    assert of[OTHER, "power_cut", "REG-NO"]["open"]
    assert f"台账!{column('停电时间')}5" in cells(of[OTHER, "power_cut", "REG-NO"]["sources"])
    assert "出处 新圩镇.xlsx 台账!" in county("gaps", *COUNTY).out


def test_a_paper_that_comes_in_later_closes_the_rosters_gap(county: Callable) -> None:
    letter = ("--issuer", "永州市生态环境局蓝山分局", "--dated", "2025-12-09", "--firm", FIRM, "--reason", "来函")
    assert county("paper", "add", "函件", *letter, *COUNTY).status == 0

    gaps = county("gaps", FIRM, *COUNTY, "--as-of", "2025-12-31", "--json").object["gaps"]
    assert "LS25-CUT-LETTER" not in {one["condition"] for one in gaps if one["open"]}


def test_a_step_recorded_of_an_action_that_the_roster_states_is_laid_beside_it(county: Callable) -> None:
    done = county(
        *("step", "record", FIRM, "cut", "--on", "2025-12-10", "--number", "蓝科工停〔2025〕3号"),
        *("--authority", "蓝山县科工局", "--served", "2025-12-09", "--gap", "--reason", "补记送达", *COUNTY, "--json"),
    )
    assert done.status < 2, done.err

    steps = county("step", "list", FIRM, *COUNTY, "--as-of", "2025-12-31", "--json").object["steps"]
    (cut,) = [one for one in steps if one["kind"] == "power_cut"]
    assert (cut["served_on"]["text"], cut["authority"]) == ("2025-12-09", "蓝山县科工局")
    assert {"file": "新圩镇.xlsx", "cell": f"台账!{column('停电时间')}4"} in cut["sources"]


@pytest.mark.skipif(not ZOO.is_dir(), reason="the rosters of ../shared are not here")
def test_a_roster_nobody_prepared_lands_the_same(luzhang: Callable, register: Path) -> None:
    day = ("--valid-from", "2025-12-31")
    assert luzhang("import", ZOO / "07.ods", *COUNTY, "--township", "祠堂圩镇", *day).status < 2
    truth = json.loads((ZOO / "07.ods.truth.json").read_text(encoding="utf-8"))["records"]
    due: dict[str, Any] = {one["enterprise"]["name"]["value"]: one for one in truth}
    asked = (*COUNTY, "--as-of", "2025-12-31", "--json")

    plans = {one["enterprise"]["name"]: one for one in luzhang("plan", "list", *asked).object["plans"]}
    assert {name: one["stage"] for name, one in plans.items()} == {
        name: one["plan"]["stage"]["value"] for name, one in due.items()
    }
    for name, one in due.items():
        assert {f"台账!{cell}" for cell in one["plan"]["stage"]["cells"]} <= cells(plans[name]["sources"])
    steps = luzhang("step", "list", *asked).object["steps"]
    assert {(one["enterprise"]["name"], one["kind"]) for one in steps} == {
        (name, kind) for name, one in due.items() for kind in one["actions"]
    }
    for step in steps:
        told = due[step["enterprise"]["name"]]["actions"][step["kind"]]["taken_on"]
        assert step["effective_on"]["to"] == told["value"]["to"]
        assert {f"台账!{cell}" for cell in told["cells"]} <= cells(step["sources"])
    gaps = luzhang("gaps", *asked).object
    assert gaps["open"] == len(gaps["gaps"]) > 0
    (holiday,) = [one for one in gaps["gaps"] if one["condition"] == "FORCE-43-HOLIDAY"]
    assert (holiday["enterprise"]["name"], holiday["on"]["from"]) == ("蓝山凯裕锻造有限公司", "2024-09-17")
    cut = luzhang("step", "states", *asked).object["totals"]["power_cut"]
    assert (cut["yes"], cut["no"]) == (2, 4)
    matrix = luzhang("permits", "check", *asked).object
    assert {cell["state"] for row in matrix["rows"] for cell in row["cells"]} == {"cannot_tell"}
