"""Clauses by commands: a county adds one by a file alone, tries it first, adopts it, and may drop it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

pytestmark = pytest.mark.usefixtures("register")

DINGXIANG = ("--county", "140921")
CLAUSE = "DX25-COAL-HEAT"
FILE = """version: 1
sources:
  dx25: {title: 定襄县法兰锻造行业整治方案, date: 2025-06-20}
clauses:
  - id: DX25-COAL-HEAT
    category: eliminate
    clause_text: 2025年7月1日起淘汰燃煤加热炉
    evidence: {level: paper, source: dx25, quote: 燃煤加热炉一律拆除}
    kind: heating_furnace
    jurisdiction: "140921"
    when: {all: [{field: fuel, op: eq, value: coal}]}
    effective_from: 2025-07-01
    examples: [{attrs: {fuel: coal}, expect: true}]
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """The county's own file of clauses."""
    path = tmp_path / "定襄.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def forges(register: Path, luzhang: Callable, tmp_path: Path) -> None:
    """A roster of forges with heating furnaces by fuel."""
    path = tmp_path / "宏道镇.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    heads = ("企业名称", "设备名称", "燃料", "使用状态")
    rows = [("甲法兰锻造厂", "加热炉", "煤", "在用"), ("乙法兰锻造厂", "加热炉", "天然气", "在用")]
    for row, cells in enumerate((("锻造企业名册",), ("填报单位：宏道镇", None, "填报日期：2025-03-31"), heads, *rows)):
        sheet.write_row(row, 0, cells)
    book.close()
    assert luzhang("import", path, *DINGXIANG, "--json").object["applied"]


def asked(luzhang: Callable, day: str, *more: str) -> dict:
    return luzhang("obsolete", *DINGXIANG, "--as-of", day, *more, "--json").object


@pytest.mark.usefixtures("forges")
def test_a_clause_added_by_a_file_alone_changes_answers_from_its_first_day_on(luzhang: Callable, paper: Path) -> None:
    earlier, later = asked(luzhang, "2025-06-30"), asked(luzhang, "2025-07-01")
    assert (earlier["rows"], later["rows"]) == ([], [])

    tried = luzhang("clauses", "try", paper, *DINGXIANG, "--as-of", "2025-07-01")
    assert tried.status == 1
    assert "甲法兰锻造厂（宏道镇）" in tried.out
    assert "不涉及 → 仍有（DX25-COAL-HEAT）" in tried.out
    assert asked(luzhang, "2025-07-01") == later

    added = luzhang("clauses", "add", paper, *DINGXIANG, "--reason", "定政办发〔2025〕8号", "--adopt", "--json")

    assert (added.status, added.object["change"], added.object["adopted"]) == (0, 2, [CLAUSE])
    assert asked(luzhang, "2025-06-30") | {"known": None} == earlier | {"known": None}
    (row,) = asked(luzhang, "2025-07-01")["rows"]
    assert (row["enterprise"]["name"], row["furnaces"][0]["clause"]) == ("甲法兰锻造厂", CLAUSE)
    assert asked(luzhang, "2025-07-01", "--known", "1") == later
    assert luzhang("verify").status == 0


@pytest.mark.usefixtures("forges")
def test_a_clause_is_added_adopted_shown_and_dropped(luzhang: Callable, paper: Path) -> None:
    reason = ("--reason", "常务会议", *DINGXIANG)
    added = luzhang("clauses", "add", paper, *reason)
    assert "尚未采用" in added.out
    assert asked(luzhang, "2025-07-01")["rows"] == []

    assert luzhang("clauses", "adopt", CLAUSE, *reason).status == 0
    shown = luzhang("clauses", "show", CLAUSE, *DINGXIANG, "--as-of", "2025-07-01").out
    told = luzhang("clauses", "show", CLAUSE, *DINGXIANG, "--as-of", "2025-06-30", "--json").object
    dropped = luzhang("clauses", "drop", CLAUSE, *reason, "--json")

    for word in ("燃料为煤", "本县已采用", "燃煤加热炉一律拆除", "定襄.yaml", "代码 140921", "在有效期内"):
        assert word in shown
    assert (told["in_force"], told["own"], told["decides"]) == (False, True, False)
    assert dropped.object == {"county": "140921", "dropped": CLAUSE, "change": 4}
    assert asked(luzhang, "2025-07-01")["rows"] == []
    assert asked(luzhang, "2025-07-01", "--known", "3")["totals"]["holds"]["furnaces"] == 1
    again = luzhang("clauses", "drop", CLAUSE, *reason, "--json")
    assert (again.status, again.object["error"]["code"]) == (2, "clause.not_adopted")


def test_the_shipped_clauses_are_listed_without_a_register(luzhang: Callable) -> None:
    every = luzhang("clauses", "list", "--json").object
    drafts = luzhang("clauses", "list", "--status", "draft", "--json").object
    in_force = luzhang("clauses", "list", "--as-of", "2019-06-01", "--json").object

    assert every["county"] is None
    assert len(every["clauses"]) > 50
    assert {one["status"] for one in drafts["clauses"]} == {"draft"}
    assert "GDC24-IF-NOYOKE-AL" not in [one["clause"] for one in in_force["clauses"]]
    assert "淘汰类" in luzhang("clauses", "list").out


@pytest.mark.parametrize(
    ("clause", "word"),
    [
        ("GDC24-IF-NOYOKE-AL", "同一条款的别的版本或步骤：GDC19-IF-NOYOKE-AL"),
        ("KILN56-LOW-GRADE", "没有条件，不作推算"),
        ("GDC24-MOTOR-YB", "登记库没有：“frame_size_mm”、“rated_voltage_v”"),
        ("BT18-HAND-MOULDING", "原文只到月"),
        ("AQ15-PIT-HT-FURNACE", "代替：热处理工艺、燃气连续热处理炉"),
        ("LOCAL-LANSHAN-AL-SHELL", "例：炉壳为铝壳 → 是"),
    ],
)
def test_a_clause_is_shown_in_words(luzhang: Callable, clause: str, word: str) -> None:
    assert word in luzhang("clauses", "show", clause).out


def test_each_fault_of_a_file_is_named(luzhang: Callable, paper: Path) -> None:
    assert luzhang("clauses", "check", paper, *DINGXIANG, "--json").object["clauses"] == [CLAUSE]
    paper.write_text(FILE.replace("value: coal", "value: cole").replace("2025-07-01", "soon"), encoding="utf-8")

    said = luzhang("clauses", "check", paper, "--json")

    assert said.status == 1
    assert [fault.split("：")[0] for fault in said.object["faults"]] == ["定襄.yaml 第11行", "定襄.yaml 第12行"]
    assert "有 2 处要改" in luzhang("clauses", "check", paper).out
    refused = luzhang("clauses", "add", paper, *DINGXIANG, "--reason", "试", "--json")
    assert (refused.status, refused.object["error"]["code"]) == (2, "catalogue.fault")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "GDC99"), "没有编号为“GDC99”的条款"),
        (("list", "--status", "valid"), "没有“valid”这种状态"),
        (("list", "--known", "5"), "没有指明县"),
        (("check", "没有.yaml"), "没有“没有.yaml”这个文件"),
        (("adopt", CLAUSE, *DINGXIANG), "没有编号为“DX25-COAL-HEAT”的条款"),
        (("adopt", "GDC-PICKLING", *DINGXIANG), "不能采用"),
        (("drop", "GDC24-IF-NOYOKE-AL", "--reason", "试", *DINGXIANG), "不能由县里停用"),
        (("drop", CLAUSE, "--reason", " ", *DINGXIANG), "没有写理由"),
    ],
)
def test_what_is_not_done_says_why(luzhang: Callable, words: tuple[str, ...], told: str) -> None:
    said = luzhang("clauses", *words)

    assert said.status == 2
    assert told in said.err


def test_a_file_that_is_no_text_is_refused(luzhang: Callable, tmp_path: Path) -> None:
    path = tmp_path / "方案.yaml"
    path.write_bytes("version: 1 # 方案".encode("gb18030"))

    assert luzhang("clauses", "check", path, "--json").object["error"]["code"] == "file.encoding"


def test_what_is_listed_is_one_object(luzhang: Callable) -> None:
    (line,) = luzhang("clauses", "list", "--status", "not_found", "--json").out.splitlines()

    assert [one["clause"] for one in json.loads(line)["clauses"]] == ["UNVERIFIED-STEAM-HAMMER"]
