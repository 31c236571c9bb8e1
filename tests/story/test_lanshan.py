"""The example county, asked through the commands that an officer uses: checks A1 to A7 of the source papers."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import openpyxl
import pytest

from tests.story.office import Office

LOCAL = "LOCAL-LANSHAN-AL-SHELL"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("home"))
    made = office.run("demo")
    assert made.returncode == 0, made.stdout + made.stderr
    return office


@pytest.fixture(scope="module")
def ledger(office: Office) -> openpyxl.Workbook:
    path = office.home / "2025Q4.xlsx"
    made = office.run("ledger", "2025Q4", "--demo", "--county", "431127", "-o", str(path))
    assert made.returncode in (0, 1), made.stdout + made.stderr
    return openpyxl.load_workbook(path, data_only=True)


def states(answer: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Firms and furnaces by the state that the answer gives; a conflict is a state of its own."""
    firms: dict[str, set[str]] = {}
    furnaces: Counter[str] = Counter()
    for row in answer["rows"]:
        for furnace in row["furnaces"]:
            disputed = [claim for claim in furnace.get("conflict", ()) if claim["field"] == "state"]
            state = "conflict" if disputed else furnace["state"]
            firms.setdefault(state, set()).add(row["enterprise"]["name"])
            furnaces[state] += furnace["quantity"] or 1
    return {state: (len(names), furnaces[state]) for state, names in firms.items()}


def lines(ledger: openpyxl.Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return [row for row in ledger[sheet].iter_rows(values_only=True) if any(cell is not None for cell in row)]


def test_a1_eight_firms_hold_nine_furnaces_at_the_survey(office: Office) -> None:
    answer = office.shells("2024-01-15")

    assert answer["totals"]["holds"] == {"enterprises": 8, "furnaces": 9}
    assert answer["totals"]["cannot_tell"] == {"enterprises": 0, "furnaces": 0}


def test_a1b_in_february_of_none_of_the_nine_can_it_be_told(office: Office) -> None:
    answer = office.shells("2024-02-29")

    assert answer["totals"]["holds"] == {"enterprises": 0, "furnaces": 0}
    assert answer["totals"]["cannot_tell"] == {"enterprises": 8, "furnaces": 9}
    assert all("state" in furnace["lacks"] for row in answer["rows"] for furnace in row["furnaces"])
    assert all(furnace["question"] for row in answer["rows"] for furnace in row["furnaces"])


@pytest.mark.parametrize(("day", "told"), [("2024-03-30", "cannot_tell"), ("2024-03-31", None)])
def test_the_last_day_of_march_settles_it(office: Office, day: str, told: str | None) -> None:
    answer = office.shells(day)

    assert {furnace["answer"] for row in answer["rows"] for furnace in row["furnaces"]} == ({told} if told else set())


def test_a2_in_april_nobody_holds_one(office: Office) -> None:
    answer = office.shells("2024-04-01")

    assert answer["rows"] == []
    assert answer["totals"] == {
        "holds": {"enterprises": 0, "furnaces": 0},
        "cannot_tell": {"enterprises": 0, "furnaces": 0},
    }


def test_a3_the_report_splits_the_nine_into_two_in_use_and_seven_idle(office: Office) -> None:
    by_report = office.shells("2024-01-15", "--source", "整改报告.xlsx")

    assert states(by_report) == {"in_use": (2, 2), "idle": (6, 7)}


def test_a3_without_naming_a_source_two_firms_are_in_conflict(office: Office) -> None:
    found = states(office.shells("2024-01-15"))

    assert {state: firms for state, (firms, _) in found.items()} == {"in_use": 2, "idle": 4, "conflict": 2}


def test_a4_thirty_six_is_four_and_twenty_five_and_three_and_four_unsorted(ledger: openpyxl.Workbook) -> None:
    table = {str(row[0]).strip(): row for row in lines(ledger, "汇总")}

    parts = {word: table[word][1] for word in ("关停退出", "转型升级", "整合提升", "未归类")}

    assert parts == {"关停退出": 4, "转型升级": 25, "整合提升": 3, "未归类": 4}
    assert table["二、分类处置（按整治类别）"][1] == 36 == sum(parts.values())
    assert table["未归类"][3].count("示例") == 4


def test_a5_ten_of_the_twenty_five_resumed_and_fifteen_remain(ledger: openpyxl.Workbook) -> None:
    plans = [row for row in lines(ledger, "一企一策") if isinstance(row[0], int)]
    resumed = [row for row in plans if row[8]]

    assert (len(plans), len(resumed), len(plans) - len(resumed)) == (25, 10, 15)
    assert all(row[2].startswith("示例") for row in resumed)


def test_a5_the_papers_own_figures_stand_beside_the_names(ledger: openpyxl.Workbook) -> None:
    notes = "\n".join(str(row[0]) for row in lines(ledger, "一企一策") if str(row[0]).startswith("原文陈述"))

    assert "25家" in notes
    assert "10家" in notes


def test_a6_how_many_were_cut_on_10_december_is_not_known_and_not_zero(ledger: openpyxl.Workbook) -> None:
    cut = [row for row in lines(ledger, "停电关停") if row[0] == "停电"]

    assert [(row[3], row[7]) for row in cut] == [("2025年12月10日", "不明")]
    (summed,) = [row for row in lines(ledger, "汇总") if "停电" in str(row[0])]
    assert summed[1] == "不明"


def test_the_ledger_names_the_clauses_that_were_asked(ledger: openpyxl.Workbook) -> None:
    told = {row[0]: row[1] for row in lines(ledger, "版本说明")}

    assert "GDC24-IF-NOYOKE-AL：无磁轭（≥0.25吨）铝壳中频感应电炉" in told["淘汰类判定依据"]
    assert LOCAL in told["淘汰类判定依据"]


@pytest.mark.parametrize("firm", ["骅强金属制品有限公司", "安雄盛机械有限公司"])
def test_a7_both_statements_on_a_disputed_furnace_are_kept(office: Office, firm: str) -> None:
    answer = office.shells("2024-01-15")
    (row,) = [row for row in answer["rows"] if row["enterprise"]["name"] == firm]
    (furnace,) = row["furnaces"]

    assert furnace["answer"] == "holds"
    assert furnace["state"] is None
    claims = {(claim["field"], claim["value"], claim["source"]) for claim in furnace["conflict"]}
    assert claims == {("state", "in_use", "省级生态环境保护督察组"), ("state", "idle", "蓝山县人民政府")}


def test_every_answer_names_the_cell_that_it_rests_on(office: Office) -> None:
    answer = office.shells("2024-01-15")

    for row in answer["rows"]:
        for furnace in row["furnaces"]:
            assert furnace["sources"], row["enterprise"]["name"]
            assert all("!" in source["cell"] for source in furnace["sources"])


def test_totals_of_the_ledger_equal_its_details(ledger: openpyxl.Workbook) -> None:
    summary = {str(row[0]).strip(): row for row in lines(ledger, "汇总")}
    firms = [row for row in lines(ledger, "企业底数") if isinstance(row[0], int)]
    machines = [row for row in lines(ledger, "设备") if isinstance(row[0], int)]

    assert summary["一、企业（按生产状态）"][1] == len(firms) == 36
    for word, column in (("在厂", 11), ("已拆除", 12), ("不能确定是否已拆除", 13)):
        assert summary[word][2] == sum(row[column] or 0 for row in machines)
    assert summary["已拆除"][2] == 9


def test_the_ledger_has_its_sheets_in_order(ledger: openpyxl.Workbook) -> None:
    facts = ["企业底数", "设备", "淘汰类设备", "手续", "一企一策", "停电关停"]
    last = ["变化汇总", "变化说明", "待核实", "核对", "版本说明"]

    shown = [sheet.title for sheet in ledger if sheet.sheet_state == "visible"]
    assert shown == ["汇总", "分乡镇汇总", "季度走势", *facts, *last]


def test_the_same_ledger_is_the_same_bytes(office: Office) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        office.run("ledger", "2025Q4", "--demo", "--county", "431127", "-o", str(office.home / name))

    assert (office.home / "one.xlsx").read_bytes() == (office.home / "two.xlsx").read_bytes()


def test_the_register_verifies_clean_after_the_demo(office: Office) -> None:
    checked = office.run("verify", "--demo")

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_importing_a_roster_again_changes_nothing(office: Office) -> None:
    rosters = sorted((office.home / "demo" / "431127").rglob("新圩镇.xlsx"))
    again = office.run("import", str(rosters[0]), "--demo", "--county", "431127", "--township", "新圩镇", "--json")
    said = json.loads(again.stdout)

    assert said["batch"] is None
    assert said["change"] is None
    assert {**said["proposal"], "same": 0} == dict.fromkeys(said["proposal"], 0)


def test_the_register_in_use_is_never_touched(office: Office) -> None:
    assert not (office.home / "luzhang.db").exists()
