"""The second example county, asked through the commands: flange forges by stage, who burns what, and the ledger."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports.example.forges import load
from tests.story.office import Office

COUNTY = ("--demo", "--county", "140921")
SURVEY = ("--as-of", "2024-05-20")
CLEAN = ("天然气", "电")


def fuels(office: Office, *days: str) -> dict[str, Any]:
    """Who heats with what the programme forbids."""
    return office.asked("obsolete", "--clause", "XZ24-FLANGE-FUEL", *(days or SURVEY), *COUNTY)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("home"))
    made = office.run("demo", "--county", "140921")
    assert made.returncode == 0, made.stdout + made.stderr
    return office


def named(answer: dict[str, Any], word: str) -> set[str]:
    return {
        row["enterprise"]["name"]
        for row in answer["rows"]
        if any(furnace["answer"] == word for furnace in row["furnaces"])
    }


def test_sixty_forges_are_enrolled_with_every_furnace(office: Office) -> None:
    ledger = openpyxl.load_workbook(office.home / "demo" / "140921" / "140921-2024Q2台账.xlsx", data_only=True)
    told = {str(row[0]).strip(): row for row in ledger["汇总"].iter_rows(values_only=True) if row[0]}
    furnaces = sum(group.quantity for forge in load().forges for group in forge.furnaces)

    assert told["一、企业（按生产状态）"][1] == 60
    assert (told["三、设备"][1], told["三、设备"][2]) == (60, furnaces)
    assert (told["在产"][1], told["停产"][1], told["关停退出"][1]) == (58, 1, 1)


def test_a_producing_forge_that_burns_neither_gas_nor_electricity_holds(office: Office) -> None:
    producing = [forge for forge in load().forges if forge.status == "在产"]
    wanted = {forge.name for forge in producing if any(one.fuel and one.fuel not in CLEAN for one in forge.furnaces)}

    answer = fuels(office)

    assert named(answer, "holds") == wanted
    assert answer["totals"]["holds"]["enterprises"] == len(wanted) == 14


def test_a_fuel_that_no_roster_states_is_asked(office: Office) -> None:
    wanted = {forge.name for forge in load().forges if any(one.fuel is None for one in forge.furnaces)}
    answer = fuels(office)
    open_ones = [one for row in answer["rows"] for one in row["furnaces"] if one["answer"] == "cannot_tell"]

    assert named(answer, "cannot_tell") == wanted
    assert len(wanted) == 6
    assert all(one["lacks"] == ["fuel"] and "燃料" in one["question"] for one in open_ones)


def test_before_the_paper_nobody_is_asked_to_burn_gas(office: Office) -> None:
    answer = fuels(office, "--as-of", "2024-04-29")

    assert answer["rows"] == []


def test_the_sixty_stand_in_three_stages_or_are_said_not_to(office: Office) -> None:
    answer = office.stages(*SURVEY)

    assert answer["totals"] == {"1": 12, "2": 19, "3": 22, "several": 1, "none": 4, "cannot_tell": 2}
    assert sum(answer["totals"].values()) == len(answer["enterprises"]) == 60


def test_townships_stage_their_firms_and_say_why(office: Office) -> None:
    answer = office.stages(*SURVEY)
    found = {
        (row["enterprise"]["township"], *row["stages"])
        for row in answer["enterprises"]
        if row["answer"] == "in_stage" and row["because"][0]["field"] == "township"
    }

    assert found == {("宏道镇", 2), ("神山乡", 2), ("河边镇", 3), ("蒋村镇", 3), ("南王乡", 3)}
    assert all(row["sources"] for row in answer["enterprises"] if row["answer"] == "in_stage")


def test_villages_the_park_and_roads_stage_firms_of_no_known_township(office: Office) -> None:
    rows = [row for row in office.stages(*SURVEY)["enterprises"] if not row["enterprise"]["township"]]
    zones = Counter(row["because"][0]["zone"] for row in rows if row["answer"] == "in_stage")

    assert zones == {
        "DX-ZHUANGLI": 6,
        "DX-XIHETOU": 2,
        "DX-ZHANGCUN": 1,
        "DX-YANGFANG": 1,
        "DX-AIRPORT-AVENUE": 1,
        "DX-RING3": 1,
        "DX-NANXILI": 1,
        "DX-BEIXILI": 1,
    }


def test_a_firm_on_the_avenue_in_hongdao_fits_two_stages(office: Office) -> None:
    (row,) = [row for row in office.stages(*SURVEY)["enterprises"] if row["answer"] == "several"]

    assert row["stages"] == [1, 2]
    assert row["question"]


def test_by_the_ring_road_is_not_within_it(office: Office) -> None:
    rows = [row for row in office.stages(*SURVEY)["enterprises"] if row["answer"] == "cannot_tell"]

    assert {tuple(hint["zone"] for hint in row["hints"]) for row in rows} == {("DX-RING3",), ()}
    assert all(row["question"] for row in rows)


def test_firms_of_jizhuang_are_in_no_stage(office: Office) -> None:
    answer = office.stages("--township", "季庄镇", *SURVEY)

    assert answer["township"]["answer"] == "none"
    assert [row["answer"] for row in answer["enterprises"]] == ["none"] * 4


def test_the_first_of_october_belongs_to_two_stages(office: Office) -> None:
    assert office.stages("--as-of", "2024-10-01")["due"] == [1, 2]


def test_no_firm_is_in_a_bucket_yet_and_all_are_named(office: Office) -> None:
    (scheme,) = office.asked("programmes", "firms", "XZ24-CLUSTERS", *SURVEY, *COUNTY)["schemes"]

    assert scheme["unsorted"] == len(scheme["unsorted_enterprises"]) == 60


def test_the_demo_says_who_burns_what_and_the_stages(tmp_path: Path) -> None:
    told = Office(tmp_path).run("demo", "--county", "140921")

    assert "谁仍有不符合燃料要求的加热炉（摸底日）" in told.stdout
    assert "第三阶段　22 家" in told.stdout
    assert told.stdout.splitlines()[-1].startswith("打开网页：luzhang serve --demo --county 140921")


def test_the_register_verifies_clean_after_the_demo(office: Office) -> None:
    checked = office.run("verify", *COUNTY)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_foundries_of_lanshan_by_bucket_leave_four(tmp_path: Path) -> None:
    other = Office(tmp_path)
    other.run("demo")
    said = other.run("programmes", "firms", "YZ25-LANSHAN", "--demo", "--as-of", "2025-12-31", "--json")
    results = json.loads(said.stdout)["schemes"][1]

    assert {one["bucket"]: (one["stated"], one["count"]) for one in results["buckets"]} == {
        "关停退出一批": (4, 4),
        "转型升级一批": (25, 25),
        "整合提升一批": (3, 3),
    }
    assert (results["unsorted"], results["stated_unsorted"]) == (4, 4)
