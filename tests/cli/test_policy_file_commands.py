"""A county's own limits and programmes by commands: a new paper is a file that is checked, added and adopted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "140921")
REASON = ("--reason", "定政办发〔2025〕8号", *COUNTY)
LIMIT = """version: 1
sources:
  dx25: {title: 定襄县锻造行业能耗通知, date: 2025-06-20}
limits:
  - id: DX25-NOX
    kind: emission
    title: 定襄加热炉
    text: 2025年7月1日起加热炉氮氧化物不高于100毫克/立方米
    evidence: {level: paper, source: dx25}
    jurisdiction: "140921"
    applies: {kind: heating_furnace}
    comparison: "<="
    unit: 毫克/立方米
    limits: {nox: 100}
    effective_from: 2025-07-01
"""
PROGRAMME = """version: 1
programmes:
  - id: DX25-SECOND
    title: 定襄县第二轮整治方案
    kind: plan
    issuer: 定襄县人民政府
    issued: 2025-06-01
    jurisdiction: "140921"
    scope:
      - {name: 法兰, counties: ["140921"], text: 法兰产业, words: [法兰]}
    stages:
      - no: 1
        scope: 法兰
        text: 第一阶段，宏道镇
        from: 2025-07-01
        to: 2025-12-31
        areas:
          - {name: 宏道镇, township: "140921102"}
"""


@pytest.fixture
def forge(luzhang: Callable, register: Path, tmp_path: Path) -> None:
    """A flange forge with a heating furnace, of which nitrogen oxides were measured."""
    sheet = tmp_path / "法兰.csv"
    sheet.write_text("企业名称,乡镇,设备编号,设备名称,燃料\n甲法兰厂,宏道镇,1号,加热炉,电\n", encoding="utf-8")
    luzhang("import", sheet, *COUNTY, "--valid-from", "2025-01-01")
    told = ("--on", "2025-03-05", "--source", "某检测公司", "--reason", "监测报告", "--machine", "1号", *COUNTY)
    assert luzhang("measure", "add", "甲法兰厂", "nox_mg_per_m3=160", *told).status == 0


@pytest.fixture
def limit(tmp_path: Path) -> Path:
    path = tmp_path / "限值.yaml"
    path.write_text(LIMIT, encoding="utf-8")
    return path


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    path = tmp_path / "第二轮.yaml"
    path.write_text(PROGRAMME, encoding="utf-8")
    return path


def answers(luzhang: Callable, on: str, *more: str) -> list[tuple[str, bool]]:
    """What the county's own limit says: the answer, and whether it is a draft's."""
    said = luzhang("limits", "check", *COUNTY, "--as-of", on, *more, "--json").object
    return [(one["answer"], one["draft"]) for one in said["lines"] + said["drafts"] if one["limit"] == "DX25-NOX"]


@pytest.mark.usefixtures("forge")
def test_a_limit_is_checked_added_looked_at_adopted_and_dropped(luzhang: Callable, limit: Path) -> None:
    assert luzhang("limits", "check", limit, *COUNTY).out == "限值.yaml：没有错处，限值 1 条\n  DX25-NOX\n"

    added = luzhang("limits", "add", limit, *REASON)
    assert "DX25-NOX　尚未采用" in added.out
    assert answers(luzhang, "2025-07-01") == [("fails", True)]
    assert "本县尚未采用（不作判断）" in luzhang("limits", "list", *COUNTY, "--as-of", "2025-07-01").out

    assert "已登记：140921 采用限值 DX25-NOX（变更第 4 号）" in luzhang("limits", "adopt", "dx25-nox", *REASON).out
    assert "没有再记" in luzhang("limits", "adopt", "DX25-NOX", *REASON).out
    assert answers(luzhang, "2025-07-01") == [("fails", False)]
    assert answers(luzhang, "2025-06-30") == []
    assert answers(luzhang, "2025-07-01", "--known", "3") == [("fails", True)]
    assert "（定襄县锻造行业能耗通知）" in luzhang("limits", "check", *COUNTY, "--as-of", "2025-07-01").out
    listed = luzhang("limits", "list", *COUNTY, "--as-of", "2025-07-01").out
    assert "有效，本县已采用，本县文件 限值.yaml" in listed

    held = luzhang("limits", "drop", "限值.yaml", *REASON)
    assert (held.status, "还在采用：DX25-NOX" in held.err) == (2, True)
    assert "停用 DX25-NOX" in luzhang("limits", "drop", "DX25-NOX", *REASON).out
    assert luzhang("limits", "drop", "限值.yaml", *REASON, "--json").object["dropped"] == "限值.yaml"
    assert answers(luzhang, "2025-07-01") == []
    assert luzhang("verify").status == 0


def test_a_countys_own_limit_is_tried_with_its_county(luzhang: Callable, limit: Path) -> None:
    luzhang("limits", "add", limit, *REASON, "--adopt")

    tried = luzhang("limits", "try", "DX25-NOX", "nox_mg_per_m3=100", *COUNTY)

    assert (tried.status, "达到" in tried.out) == (0, True)
    unknown = luzhang("limits", "try", "DX25-NOX", "nox_mg_per_m3=100", "--json").object["error"]
    assert (unknown["code"], "--county" in unknown["fix"]) == ("limit.unknown", True)


def test_a_draft_is_confirmed_by_a_person_who_names_what_was_read(luzhang: Callable) -> None:
    refused = luzhang("limits", "adopt", "GB39726-GAS", *REASON)
    assert (refused.status, "--source" in refused.err, "凭记忆" in refused.err) == (2, True, True)

    told = luzhang("limits", "adopt", "GB39726-GAS", "--source", "GB 39726—2020 表1", *REASON, "--json")

    assert told.object == {"county": "140921", "limit": "GB39726-GAS", "change": 1}
    (row,) = [
        one for one in luzhang("limits", "list", *COUNTY, "--json").object["limits"] if one["limit"] == "GB39726-GAS"
    ]
    assert (row["decides"], row["adopted"], row["confirmed_from"]) == (True, "county", "GB 39726—2020 表1")


@pytest.mark.usefixtures("forge")
def test_a_programme_is_checked_added_asked_and_dropped(luzhang: Callable, programme: Path) -> None:
    asked = ("programmes", "stage", "DX25-SECOND", "--as-of", "2025-08-01")
    assert luzhang("programmes", "check", programme, *COUNTY).out == "第二轮.yaml：没有错处，方案 1 条\n  DX25-SECOND\n"

    assert luzhang("programmes", "add", programme, *REASON, "--json").object["programmes"] == ["DX25-SECOND"]

    (row,) = luzhang(*asked, "--json").object["enterprises"]
    assert (row["answer"], row["stages"]) == ("in_stage", [1])
    listed = luzhang("programmes", "list", *COUNTY, "--json").object["programmes"]
    assert [one["programme"] for one in listed] == ["XZ24-CLUSTERS", "DX25-SECOND"]
    assert "定襄县第二轮整治方案" in luzhang("programmes", "show", "DX25-SECOND", *COUNTY).out
    assert luzhang("programmes", "show", "DX25-SECOND", *COUNTY, "--known", "2").status == 2
    assert "方案 DX25-SECOND：第1阶段" in luzhang("dossier", "甲法兰厂", *COUNTY, "--as-of", "2025-08-01").out

    assert "撤下 第二轮.yaml" in luzhang("programmes", "drop", "第二轮.yaml", *REASON).out
    assert luzhang(*asked, "--json").object["error"]["code"] == "programme.unknown"
    assert len(luzhang(*asked, "--known", "3", "--json").object["enterprises"]) == 1
    assert luzhang("verify").status == 0


@pytest.mark.parametrize(
    ("group", "text", "lines"),
    [
        ("limits", LIMIT.replace("{nox: 100}", "{co: 1}").replace("2025-07-01", "soon"), [14, 15]),
        ("programmes", PROGRAMME.replace("plan", "plane").replace('"140921102"', '"140921199"'), [5, 11]),
    ],
)
def test_each_fault_of_a_file_is_named(luzhang: Callable, tmp_path: Path, group: str, text: str, lines: list) -> None:
    path = tmp_path / "错.yaml"
    path.write_text(text, encoding="utf-8")

    said = luzhang(group, "check", path, *COUNTY, "--json")

    assert said.status == 1
    assert [fault.split("：")[0] for fault in said.object["faults"]] == [f"错.yaml 第{line}行" for line in lines]
    assert "有 2 处要改" in luzhang(group, "check", path).out
    refused = luzhang(group, "add", path, *REASON, "--json").object["error"]
    assert refused["code"] == "catalogue.fault"
    assert "条款" not in refused["message"]


@pytest.mark.parametrize("group", ["limits", "programmes"])
def test_what_is_no_file_or_no_text_says_so(luzhang: Callable, tmp_path: Path, group: str) -> None:
    path = tmp_path / "方案.yaml"
    path.write_bytes("version: 1 # 方案".encode("gb18030"))

    assert luzhang(group, "check", path, "--json").object["error"]["code"] == "file.encoding"
    assert luzhang(group, "check", tmp_path / "没有.yaml", "--json").object["error"]["code"] == "file.absent"
    gone = luzhang(group, "drop", "没有.yaml", *REASON, "--json").object["error"]
    assert gone["code"] == f"{group}.file_unknown"
    empty = tmp_path / "空.yaml"
    empty.write_text("version: 1\n", encoding="utf-8")
    assert luzhang(group, "add", empty, *REASON, "--json").object["error"]["code"] == f"{group}.none"
