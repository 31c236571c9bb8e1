"""The checks of the five source papers, each by its id, asked through the public commands."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.story.office import Office

SURVEY = "2024-01-15"
NOBODY = {"enterprises": 0, "furnaces": 0}
ALL_NINE = {"enterprises": 8, "furnaces": 9}
LEVEL_THREE = [
    "新疆长讯耐磨材料有限公司",
    "新疆豫丰源铸造有限公司",
    "新疆金瑞耐磨钢制造有限公司",
    "新疆天翼德工业机械制造有限公司",
    "新疆宏建机械制造有限公司",
]
LEVEL_TWO, UNNAMED = "新疆华盛西元金属制造有限公司", "示例铸造厂"


@pytest.fixture(scope="module")
def lanshan(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("lanshan"))
    office.asked("demo")
    return office


@pytest.fixture(scope="module")
def dingxiang(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("dingxiang"))
    office.asked("demo", "--county", "140921")
    return office


@pytest.fixture(scope="module")
def changji(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The seven foundries of the paper; the seventh is named in none of its targets."""
    home = tmp_path_factory.mktemp("changji")
    sheet = home / "铸造企业.csv"
    rows = [f"{name},规下" for name in (*LEVEL_THREE, UNNAMED)]
    sheet.write_text("\n".join(["企业名称,规模", *rows, f"{LEVEL_TWO},规上"]), encoding="utf-8")
    office = Office(home / "data")
    taken = office.asked("import", str(sheet), "--county", "652301", "--valid-from", "2021-06-30")
    assert taken["applied"]["enterprises"] == 7, taken
    return office


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Office]:
    """An officer without a register: what the papers themselves say."""
    yield Office(tmp_path)
    assert not list(tmp_path.iterdir())


def by_state(answer: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Firms and furnaces by the state that the answer gives; a dispute is a state of its own."""
    told = [
        ("in conflict" if one.get("conflict") else one["state"], row["enterprise"]["name"], one["quantity"] or 1)
        for row in answer["rows"]
        for one in row["furnaces"]
    ]
    furnaces: Counter[str] = Counter()
    for state, _, bodies in told:
        furnaces[state] += bodies
    firms = Counter(state for state, _ in {(state, name) for state, name, _ in told})
    return {state: (firms[state], furnaces[state]) for state in firms}


def test_a1_eight_firms_held_nine_aluminium_furnaces_at_the_survey(lanshan: Office) -> None:
    """Also in test_lanshan, with the days around it."""
    assert lanshan.shells(SURVEY)["totals"] == {"holds": ALL_NINE, "cannot_tell": NOBODY}


def test_a1b_in_february_it_cannot_be_told_of_any_of_the_nine(lanshan: Office) -> None:
    """Also in test_lanshan; here all three sets by the summary as well."""
    assert lanshan.shells("2024-02-29")["totals"] == {"holds": NOBODY, "cannot_tell": ALL_NINE}
    totals = lanshan.shells("2024-02-29", "--summary")["totals"]
    assert (totals["holds"], totals["cannot_tell"]) == (NOBODY, ALL_NINE)
    assert set(totals) == {"holds", "cannot_tell", "does_not"}


def test_a2_in_april_nobody_holds_one(lanshan: Office) -> None:
    """Also in test_lanshan."""
    assert lanshan.shells("2024-04-01")["totals"] == {"holds": NOBODY, "cannot_tell": NOBODY}


def test_a3_two_in_use_and_seven_idle_by_the_report_and_two_firms_in_conflict_without_it(lanshan: Office) -> None:
    """Also in test_lanshan."""
    by_report = by_state(lanshan.shells(SURVEY, "--source", "整改报告.xlsx"))
    by_nobody = by_state(lanshan.shells(SURVEY))

    assert by_report == {"in_use": (2, 2), "idle": (6, 7)}
    assert {state: firms for state, (firms, _) in by_nobody.items()} == {"in_use": 2, "idle": 4, "in conflict": 2}


def test_a4_thirty_six_is_four_and_twenty_five_and_three_and_four_unsorted(lanshan: Office) -> None:
    """Also in test_lanshan, by the ledger."""
    found = lanshan.asked("programmes", "firms", "YZ25-LANSHAN", "--demo", "--as-of", "2025-12-31")
    results = found["schemes"][1]
    counts = {one["bucket"]: one["count"] for one in results["buckets"]}

    assert counts == {"关停退出一批": 4, "转型升级一批": 25, "整合提升一批": 3}
    assert (results["unsorted"], len(results["unsorted_enterprises"])) == (4, 4)
    assert found["enterprises"] == 36 == sum(counts.values()) + results["unsorted"]


def test_a5_ten_of_twenty_five_resumed_on_certificates_and_fifteen_remain(lanshan: Office) -> None:
    """Also in test_lanshan, by the ledger."""
    plans = ("count", "plans", "--demo", "--as-of", "2025-12-22")
    filters = ((), ("--where", "action.kind=恢复生产"), ("--where", "action.kind!=恢复生产"))

    assert [lanshan.asked(*plans, *words)["total"] for words in filters] == [25, 10, 15]
    assert lanshan.asked(*plans, "--where", "stage=已出具证明")["total"] == 10


def test_a6_how_many_were_cut_on_10_december_is_unknown_and_not_none(lanshan: Office, papers: Office) -> None:
    """Also in test_lanshan, by the ledger."""
    (stated,) = lanshan.asked("list", "figures", "--demo", "--where", "topic=power_cut")["items"]
    (figure,) = [one for one in papers.asked("programmes", "show", "YZ25-LANSHAN")["figures"] if one["figure"] == "cut"]

    assert (stated["number"], stated["labels"]["number"], stated["when"]) == (None, "不明", "2025年12月10日")
    assert (figure["number"], figure["shown"]) == (None, "不明")


def test_a7_both_claims_on_the_furnace_of_huaqiang_metal_are_kept(lanshan: Office) -> None:
    """Also in test_lanshan, of both disputed firms."""
    rows = lanshan.shells(SURVEY)["rows"]
    ((furnace,),) = [row["furnaces"] for row in rows if row["enterprise"]["name"] == "骅强金属制品有限公司"]

    assert furnace["state"] is None
    assert {(one["field"], one["value"]) for one in furnace["conflict"]} == {("state", "in_use"), ("state", "idle")}


def test_a8_hongcheng_was_merged_into_huaqiang_and_whose_its_steel_furnace_is_cannot_be_told(
    lanshan: Office, tmp_path: Path
) -> None:
    """Also in tests/cli/test_succeed_commands, with what follows from a known day."""
    shutil.copytree(lanshan.home, tmp_path / "data")
    office, firm = Office(tmp_path / "data"), "宏诚金属制品有限公司"
    paper = ("--document", "整改报告.xlsx", "--evidence", "陈述数字!C10", "--reason", "整改报告")
    assert office.say("succeed", "merged", firm, "华强", "--day", "不明", *paper, "--demo")[0] == 0

    status, told = office.say("succeed", "show", firm, "--as-of", "2025-12-31", "--demo")
    (successor,) = told["successors"]
    (furnace,) = [one for one in told["machines"] if one["present"]]

    assert (status, told["enterprise"]["status"]) == (1, "merged")
    assert (successor["into"]["name"], successor["on"], successor["day"]) == ("华强", None, "不明")
    assert (furnace["shell"], furnace["settled"]) == ("steel", False)
    assert [one["name"] for one in furnace["owners"]] == [firm, "华强"]


def test_b1_thirty_eight_projects_of_2023_by_kind(papers: Office) -> None:
    """Also in tests/cli/test_programme_commands."""
    (one,) = papers.asked("programmes", "show", "JY25-STRUCTURE")["sums"]

    assert {part["label"]: part["number"] for part in one["parts"]} == {"汽配": 21, "阀门": 11, "其他": 6}
    assert (one["total"]["number"], one["remainder"]) == (38, 0)


def test_c1_five_firms_are_due_at_safety_level_three_by_the_end_of_2021(changji: Office) -> None:
    """Also in tests/register/limits/test_limits."""
    targets = changji.asked("limits", "check", "--county", "652301", "--as-of", "2021-12-31")["targets"]
    (below,) = [one for one in targets if one["deadline"] == "2021-12-31"]

    assert (below["stated"], below["named"], below["absent"]) == (5, LEVEL_THREE, [])


def test_c2_one_firm_has_no_safety_target(changji: Office, papers: Office) -> None:
    """Also in tests/register/limits/test_limits and, of the paper's own figures, tests/cli/test_programme_commands."""
    found = changji.asked("limits", "check", "--county", "652301", "--as-of", "2023-12-31")
    (figures,) = papers.asked("programmes", "show", "CJ21-FOUNDRY")["sums"]

    assert found["without_target"] == [UNNAMED]
    assert (figures["remainder"], figures["called"]) == (1, "没有写安全目标")


@pytest.mark.parametrize(
    ("capacity", "kwh", "answer"),
    [("1", "600", "meets"), ("1.5", "620", "fails"), ("3", "600", "cannot_tell"), ("5", "589.9", "meets")],
)
def test_c3_energy_is_judged_by_capacity_and_a_gap_stays_one(
    papers: Office, capacity: str, kwh: str, answer: str
) -> None:
    """Also in tests/cli/test_limit_commands."""
    told = (f"capacity_t={capacity}", f"energy_kwh_per_t={kwh}")
    (verdict,) = papers.asked("limits", "try", "CJ21-IF-IRON", *told)["verdicts"]

    assert verdict["answer"] == answer


def test_d1_an_enterprise_in_hongdao_is_in_the_second_stage(dingxiang: Office) -> None:
    """Also in test_dingxiang and tests/cli/test_programme_commands."""
    found = dingxiang.stages("--township", "140921102", "--as-of", "2024-05-20")
    stages = {tuple(row["stages"]) for row in found["enterprises"] if row["answer"] == "in_stage"}

    assert (found["township"]["answer"], found["township"]["stages"]) == ("in_stage", [2])
    assert stages == {(2,)}


def test_d2_an_enterprise_in_jizhuang_is_in_no_stage(dingxiang: Office) -> None:
    """Also in test_dingxiang and tests/cli/test_programme_commands."""
    found = dingxiang.stages("--township", "140921103", "--as-of", "2024-05-20")

    assert (found["township"]["answer"], found["township"]["stages"]) == ("none", [])
    assert {(row["answer"], *row["stages"]) for row in found["enterprises"]} == {("none",)}


def test_d3_nitrogen_oxides_at_twelve_percent_oxygen_are_converted_and_fail(papers: Office) -> None:
    """Also in tests/cli/test_limit_commands."""
    found = papers.asked("limits", "try", "XZ-FLANGE-2024", "nox_mg_per_m3=160", "o2_pct=12")
    (verdict,) = [one for one in found["verdicts"] if one["measure"] == "nox_mg_per_m3"]

    assert (verdict["numbers"]["converted"], verdict["answer"]) == ("231.1", "fails")


def test_d4_the_first_of_october_is_due_in_both_stages(dingxiang: Office) -> None:
    """Also in test_dingxiang; in words in tests/cli/test_programme_commands."""
    found = dingxiang.stages("--as-of", "2024-10-01")
    stages = {one["stage"]: one for one in found["stages"]}

    assert found["due"] == [1, 2]
    assert (stages[1]["to"], stages[2]["from"]) == ("2024-10-01", "2024-10-01")


def test_e1_the_targets_of_the_districts_add_up_to_the_city(papers: Office) -> None:
    """Also in tests/cli/test_programme_commands."""
    found = papers.asked("programmes", "targets", "SX20-OBSOLETE")
    columns = zip(*(row["values"] for row in found["rows"]), strict=True)

    assert [sum(column) for column in columns] == found["sums"] == found["total"]["values"] == [150, 1000]


def test_e3_the_lists_of_2020_are_counted(papers: Office) -> None:
    """Also in tests/cli/test_programme_commands."""
    lists = {one["name"]: one["count"] for one in papers.asked("programmes", "show", "SX20-OBSOLETE")["lists"]}
    named = ("国家重点行业", "省级重点行业", "主要工业设备", "块状行业")

    assert [lists[name] for name in named] == [22, 4, 7, 15]
