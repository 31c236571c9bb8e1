"""Programme files: the five papers with every sum that they state; a faulty file is named line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.errors import CatalogueFault, NotFound
from app.rules.programmes.loader import load_programmes, shipped_programmes
from app.rules.programmes.programme import Programme

SHIPPED = shipped_programmes()
SOURCES = Path(__file__).parents[4] / "shared" / "sources"
PAPERS = {"YZ25-LANSHAN": "000", "JY25-STRUCTURE": "001", "CJ21-FOUNDRY": "002", "XZ24-CLUSTERS": "003"} | {
    "SX20-OBSOLETE": "004"
}

FILE = """version: 1
zones:
  - {id: Z-1, name: 甲村, kind: village, county: "140921", village: [甲村]}
programmes:
  - id: A-1
    title: 某方案
    kind: plan
    issuer: 某办
    issued: 2024-01-01
    jurisdiction: "1409"
    scope:
      - {name: 法兰, counties: ["140921"], text: 法兰产业}
    stages:
      - no: 1
        scope: 法兰
        text: 第一阶段
        from: 2024-05-01
        to: 2024-10-01
        areas:
          - {name: 甲村, zone: Z-1}
    lists:
      - {name: 设备, stated: 2, items: [甲, 乙]}
    figures:
      - {id: whole, text: 共38个, number: 38, unit: 个}
      - {id: part, text: 其中21个, number: 21, unit: 个}
    sums:
      - {total: whole, parts: [part], remainder: 17, called: 没有写明}
"""


def programme(id: str) -> Programme:
    return SHIPPED.programme(id)


def faults(text: str) -> list[str]:
    with pytest.raises(CatalogueFault) as found:
        load_programmes({"方案.yaml": text})
    return list(found.value.faults)


def quoted(one: Programme) -> list[str]:
    """Every sentence that is said to be the paper's own."""
    said = [one.title, *(s.text for s in one.scopes), *(s.text for s in one.stages), *(s.text for s in one.schemes)]
    said += [c.text for c in one.criteria] + [f.text for f in one.figures] + [d.text for d in one.duties if d.text]
    said += [each.text for each in one.lists if each.text] + list(one.acceptance_levels)
    said += [name for each in one.named for name in each.names]
    return said + [area.name for stage in one.stages for area in stage.areas]


@pytest.mark.parametrize("id", SHIPPED.programmes)
def test_every_sentence_is_the_papers_own(id: str) -> None:
    if not SOURCES.is_dir():
        pytest.skip("the source papers do not lie beside this copy of the project")
    (path,) = SOURCES.glob(f"{PAPERS[id]}_*.txt")
    paper = "".join(path.read_text(encoding="utf-8").split())

    assert [text for text in quoted(programme(id)) if "".join(text.split()) not in paper] == []


def test_five_papers_ship() -> None:
    assert set(SHIPPED.programmes) == set(PAPERS)


def test_thirty_eight_projects_are_twenty_one_and_eleven_and_six() -> None:
    (total,) = programme("JY25-STRUCTURE").sums

    assert {part.label: part.number for part in total.parts} == {"汽配": 21, "阀门": 11, "其他": 6}
    assert (total.total.number, total.remainder) == (38, 0)


def test_twelve_of_sixteen_are_seventy_five_per_cent() -> None:
    (share,) = programme("JY25-STRUCTURE").shares

    assert (share.part.number, share.total.number, share.percent.number) == (12, 16, 75)


def test_thirty_six_leaves_four_under_a_name_of_their_own() -> None:
    sums = {one.total.id: one for one in programme("YZ25-LANSHAN").sums}

    assert (sums["firms"].remainder, sums["firms"].called) == (4, "未归类")
    assert [part.number for part in sums["firms"].parts] == [4, 25, 3]
    assert sums["holding_firms"].remainder == 0
    assert sums["upgraded"].remainder == 15


def test_a_number_that_the_paper_does_not_state_is_none() -> None:
    one = programme("YZ25-LANSHAN")

    assert (one.figure("cut").number, one.figure("halted").number) == (None, None)
    assert one.figure("cut").since == date(2025, 12, 10)


def test_seven_firms_leave_one_without_a_safety_target() -> None:
    one = programme("CJ21-FOUNDRY")
    (total,) = one.sums

    assert (one.figure("level_3").number, one.figure("level_3").until) == (5, date(2022, 1, 1))
    assert (total.remainder, total.called) == (1, "没有写安全目标")
    assert [len(named.names) for named in one.named] == [5, 1]
    assert (one.figure("output").number, one.figure("output").up_to) == (Decimal("1.5"), 2)


def test_targets_by_district_add_up_to_the_city() -> None:
    table = programme("SX20-OBSOLETE").targets

    assert table is not None
    assert table.total.values == (150, 1000)
    assert [sum(row.values[at] for row in table.rows) for at in (0, 1)] == [150, 1000]
    assert [row.code for row in table.rows] == ["330602", "330603", "330604", "330681", "330682", "330624"]


def test_the_lists_are_as_long_as_the_paper_says() -> None:
    found = {one.name: (one.count, one.stated) for one in programme("SX20-OBSOLETE").lists}

    assert [found[name] for name in ("国家重点行业", "省级重点行业", "主要工业设备", "块状行业")] == [
        (22, 22),
        (4, 4),
        (7, 7),
        (15, 15),
    ]
    assert found["定期公布的名单"] == (8, None)


def test_a_stage_is_kept_half_open_with_its_papers_last_day_inside() -> None:
    first, second, _ = programme("XZ24-CLUSTERS").stages

    assert (first.since, first.until) == (date(2024, 5, 1), date(2024, 10, 2))
    assert first.until > second.since


def test_a_bucket_is_meant_by_its_own_name_alone() -> None:
    criteria, results = programme("YZ25-LANSHAN").schemes

    assert results.bucket_of("转型升级") == "转型升级一批"
    assert criteria.bucket_of("转型升级") is None
    assert criteria.bucket_of("整改升级一批") == "整改升级一批"


def test_an_unknown_programme_is_named() -> None:
    with pytest.raises(NotFound, match="没有编号为“X-1”的方案"):
        SHIPPED.programme("X-1")


def test_a_whole_file_loads() -> None:
    assert list(load_programmes({"方案.yaml": FILE}).programmes) == ["A-1"]


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("remainder: 17", "remainder: 16", 27, "38 减各项得 17，写的余数是 16"),
        (", called: 没有写明", "", 27, "有余数的要写它叫什么"),
        ("parts: [part]", "parts: [other]", 27, "figures 里没有“other”"),
        ("number: 21", "number: 22", 25, "原文“其中21个”里没有 22"),
        ("stated: 2", "stated: 3", 22, "写明 3 项，列出的是 2 项"),
        ("zone: Z-1", "zone: Z-2", 20, "没有编号为“Z-2”的地方"),
        ("{name: 甲村, zone: Z-1}", '{name: 丙镇, township: "140922100"}', 20, "“丙镇”不在法兰的县里"),
        ("to: 2024-10-01", "to: 2024-04-01", 18, "止日早于起日"),
        ("scope: 法兰\n", "scope: 铸造\n", 15, "范围里没有“铸造”"),
        ("kind: plan", "kind: law", 7, "“kind”不能是“law”"),
        ('counties: ["140921"]', 'counties: ["110101"]', 11, "范围里有不属于 1409 的县"),
        ("village: [甲村]", "village: []", 3, "没有写用哪些字眼认出它"),
        ("    issuer: 某办\n", "    issuer: 某办\n    wrong: 1\n", 9, "不认识的项“wrong”"),
        ("title: 某方案", "title: 1", 6, "“title”应为文字"),
        ("number: 38", "number: 三十八", 24, "原文没有写数的写 不明"),
        ("id: part", "id: whole", 25, "重复"),
    ],
)
def test_a_fault_is_named_with_its_line(before: str, after: str, line: int, reason: str) -> None:
    assert before in FILE

    told = faults(FILE.replace(before, after, 1))

    assert any(f"方案.yaml 第{line}行" in one and reason in one for one in told), told


def test_targets_that_do_not_add_up_are_refused() -> None:
    table = """
    targets:
      title: 目标表
      from: 2020-01-01
      to: 2020-12-31
      columns: [{id: a, title: 家数, unit: 家, figure: whole}]
      total: {area: 全市, code: "1409", values: [38]}
      rows: [{area: 定襄县, code: "140921", values: [37]}]
"""
    assert any("各地相加得 37，写的合计是 38" in one for one in faults(FILE + table[1:]))
    other = table.replace("37", "39").replace("[38]", "[39]")
    assert any("与正文的数字“whole”不符" in one for one in faults(FILE + other[1:]))


def test_names_beyond_the_number_stated_are_refused() -> None:
    assert any("点名 1 家" in one for one in faults(FILE + "    named: [{of: part, names: [甲]}]\n"))


@pytest.mark.parametrize("wrong", [".nan", ".inf", "'38'", "9" * 400])
def test_a_number_that_is_none_is_a_fault(wrong: str) -> None:
    said = faults(FILE.replace("unit: 个}", f"unit: 个, up_to: {wrong}}}", 1))
    assert [fault for fault in said if "“up_to”应为数字" in fault]


def test_a_figure_for_ever_is_a_fault_and_no_crash() -> None:
    said = faults(FILE.replace("unit: 个}", "unit: 个, to: 9999-12-31}", 1))
    assert [fault for fault in said if "没有“9999-12-31”这样的止日" in fault]
